"""Page → footnotes that no link ties together: `<sup>1</sup>` in the text and a paragraph that starts with it, numbered
lists in asides, and notes that stand inside the sentence they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.page.html import PHRASING
from newsclean.page.names import finder
from newsclean.page.tree.notes import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

    from newsclean.markup.texts import KeptTexts
    from newsclean.page.html import Block, Page

    Element = etree._Element

_NUMBER_RE = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.:]?\s*$")  # "1", "[12]", "3."
_INLINE_NOTE_RE = re.compile(
    r"(?:^|\s)(?:inline-?footnote|sidenote|side-note|margin-?note|footnote-content|footnote__content|easy-footnote-text"
    r"|refbody|tufte-sidenote|modern-footnotes-footnote__note|(?:foot-?)?note[-_]{1,2}(?:tooltip|popup|popover|text|body)"
    r"|fn-(?:tooltip|popup|popover|content|text))(?:\s|$)",
    re.I,
)  # "sidenote", "inline-footnote"
_EXPONENT_RE = re.compile(r"(?:\d|(?:^|[\s\d(=+*/−-])(?:[a-zA-Z]|[kcmdµ]m|ft|yd|mi))$")  # "12 m", "10", "x"
_MARKER_TAGS = frozenset(("sup", "b", "strong"))
_NOTE_TAGS = frozenset(("p", "li", "div", "dd"))
MAX_MARKERS = 2_000
"""Raised numbers looked at; a page with more is a table of something."""

MARKER_DEPTH = 3
"""Inline elements around a definition's number among which its `<sup>` is looked for."""


_is_inline_note = finder(_INLINE_NOTE_RE)


@dataclass(slots=True)
class LooseNotes:
    """Numbers in the text by their element, notes by theirs, and what goes on with a note after its first paragraph."""

    references: list[tuple[Element, int]] = field(default_factory=list)
    notes: dict[int, Element] = field(default_factory=dict)
    continuations: dict[Element, int] = field(default_factory=dict)


def inline_notes(page: Page, texts: KeptTexts) -> list[Element]:
    """Return the inline elements that hold a note right where it is referred to."""
    return [
        element
        for element in page.root.iter("span", "small")
        if _is_inline_note(element.get("class")) and texts.inner(element) >= 0
    ]


def find_loose_notes(page: Page, texts: KeptTexts, known: Iterable[Element]) -> LooseNotes:
    """Return the numbers and notes that answer each other one to one, counting up from 1; none where they do not."""
    raised = _raised_numbers(page, texts)
    if not raised:
        return LooseNotes()
    taken = set(known)
    leading = {element for element, _ in raised if _leads_block(page.blocks[texts.inner(element)], element)}
    definitions = _definitions(page, texts, taken)
    references = _counting_up([(element, number) for element, number in raised if element not in leading])
    found = LooseNotes()
    for element, number in references:
        note = definitions.get(number)
        if note is None or len(found.notes) + 1 != number:
            break
        found.references.append((element, number))
        found.notes[number] = note
    found.continuations = _continuations(found.notes)
    return found


def _raised_numbers(page: Page, texts: KeptTexts) -> list[tuple[Element, int]]:
    found = []
    marks = (element for element in page.root.iter("sup", "span") if element.tag == "sup" or MARK in element.attrib)
    for element in islice(marks, MAX_MARKERS):
        number = _marked_number(element)
        if number is not None and texts.inner(element) >= 0 and not _has_link(element):
            found.append((element, number))
    return found


def _marked_number(element: Element) -> int | None:
    """Return the number that an element shows: "1", or what the tree made a mark of, "※1"."""
    match = _NUMBER_RE.match(element.get(MARK) or "".join(str(part) for part in islice(element.itertext(), 4)))
    return int(match[1]) if match else None


def _has_link(element: Element) -> bool:
    parent = element.getparent()
    return next(element.iter("a"), None) is not None or (parent is not None and parent.tag == "a")


def _leads_block(block: Block, element: Element) -> bool:
    first = _first_piece(block)
    return first is not None and any(near is element for near in _inline_chain(first))


def _first_piece(block: Block) -> Element | None:
    for element, is_tail in block.pieces:
        text = element.tail if is_tail else element.text
        if text and not text.isspace():
            return None if is_tail else element
    return None


def _inline_chain(element: Element) -> list[Element]:
    chain = [element]
    parent = element.getparent()
    while parent is not None and parent.tag in PHRASING and len(chain) < MARKER_DEPTH:
        chain.append(parent)
        parent = parent.getparent()
    return chain


def _definitions(page: Page, texts: KeptTexts, taken: set[Element]) -> dict[int, Element]:
    """Return number → the element that starts with it, or the item of a numbered list that stands aside."""
    found: dict[int, Element] = {}
    for block in page.blocks:
        node = page.nodes[block.node]
        if node.tag not in _NOTE_TAGS or node.element in taken or not texts.is_live(node.element):
            continue
        number = _aside_number(node.element) if node.tag == "li" else None
        if number is None:
            number = _leading_number(block)
        if number is not None:
            found.setdefault(number, node.element)
    return found


def _leading_number(block: Block) -> int | None:
    first = _first_piece(block)
    if first is None or not any(near.tag in _MARKER_TAGS or MARK in near.attrib for near in _inline_chain(first)):
        return None
    return _marked_number(first)


def _aside_number(item: Element) -> int | None:
    """Return the number of an item of a numbered list that is all an aside holds."""
    around = item.getparent()
    aside = around.getparent() if around is not None and around.tag == "ol" else None
    if around is None or aside is None or aside.tag != "aside" or len(aside) != 1:
        return None
    start = _NUMBER_RE.match(around.get("start") or "1")
    return int(start[1]) + sum(1 for _ in item.itersiblings("li", preceding=True)) if start else None


def _counting_up(raised: Sequence[tuple[Element, int]]) -> list[tuple[Element, int]]:
    """Return the numbers 1, 2, 3 … in the order of the text; others are exponents or ordinals."""
    found: list[tuple[Element, int]] = []
    for element, number in raised:
        if number == len(found) + 1 and not _EXPONENT_RE.search(_text_before(element)):
            found.append((element, number))
    return found


def _text_before(element: Element) -> str:
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (text or "")[-8:]


def _continuations(notes: dict[int, Element]) -> dict[Element, int]:
    """Return what stands between one note and the next, by the number of the note that it goes on with."""
    found: dict[Element, int] = {}
    for number, note in notes.items():
        following = notes.get(number + 1)
        if following is None or following.getparent() is not note.getparent():
            continue
        between: dict[Element, int] = {}
        for sibling in note.itersiblings():
            if sibling is following:
                found.update(between)
                break
            between[sibling] = number
    return found
