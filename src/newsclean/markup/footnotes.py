"""Page → which links are footnote references and which elements are the notes, with a label for each pair.

A pair holds only if both ends were kept; a reference without its note stays the plain text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.markup.loose_notes import find_loose_notes, inline_notes
from newsclean.page.html import PHRASING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsclean.markup.links import Links
    from newsclean.markup.texts import KeptTexts
    from newsclean.page.html import Page

    Element = etree._Element

MAX_FRAGMENT = 100
"""Characters past which a fragment is no note's id."""

MAX_NOTE_BLOCKS = 40
"""Blocks past which what a link points to is a section rather than a note."""

NEAR = 3
"""How many inline elements around a link may carry its id or say that it is a reference."""

_NUMBER_RE = re.compile(
    r"[\[(\s]*((?:note|nb|n|fn|lower-alpha)?\.?\s?\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4}|[※注註주]\s?\d{1,3})[\])\s.:]*$",
    re.I,
)  # "1", "[12]", "(a)", "note 3", "*"
_REFERENCE_RE = re.compile(
    r"foot-?note|noteref|note-ref|fn-?ref|cite[_-]ref|endnote|ftnref|sdfootnote|\breference\b", re.I
)  # "footnote-ref", "_ftnref1"
_NOTE_ID_RE = re.compile(
    r"_?(?:fn|ftn|footnote|cite_note|endnote|edn|sdfootnote|easy-footnote|note|en|ref)[\w.:%-]*\d\w{0,3}$", re.I
)  # "fn1", "cite_note-3", "_ftn2"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NUMBER_HOMES = _HEADINGS | {"dt"}
_NO_NOTE = _HEADINGS | {"html", "body", "main", "article", "table", "tbody", "tr", "ul", "ol", "dl"}
"""Elements that may hold a note but are none."""
_UNSAFE_RE = re.compile(r"[^\w-]+")  # what a Markdown label should not hold: "note 3"
_BACK_TEXT_RE = re.compile(r"[\[(]?(?:[↩↑^⤴⏎⬆⇑↵⮌]+|back|return|jump up)[\])]?$", re.I)  # "↩", "[back]"
_BACK_TARGET_RE = re.compile(
    r"_?(?:cite|fn|ftn|footnote|note|edn|endnote|easy-footnote)[-_:]?(?:ref|back)|(?:fnr|docf|ref)\b", re.I
)  # "cite_ref-3", "fnref:1"
_BACKLINK_RE = re.compile(r"back-?(?:link|ref)|cite-backlink|footnote-return|reversefootnote|jump-?up", re.I)


@dataclass(slots=True)
class Note:
    """One note: its label in the document and the number that the page shows."""

    label: str
    number: str
    first: int
    last: int

    @property
    def spellings(self) -> list[str]:
        """Return the forms in which the number may stand in front of the note, which the label takes the place of."""
        number = self.number
        around = ("{}", "{}.", "[{}]", "({})", "{})", "{}:")
        return [*(form.format(number) for form in around), ".", ":", ")", "]", "].", ").", "："] if number else []


@dataclass(slots=True)
class Footnotes:
    """The pairs of a page, by the element of a reference (most often an `a`) and by the element of a note."""

    references: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, Note] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    """Ids of the references, to which backlinks lead."""
    inline: dict[Element, Note] = field(default_factory=dict)
    """Notes that stand in the sentence they belong to."""
    repeated: set[Element] = field(default_factory=set)
    """What says again what a note says: its copy in the margin, a heading that is its number."""


def find_footnotes(page: Page, texts: KeptTexts, links: Links) -> Footnotes:
    """Return the footnotes of a page of which both the reference and the note were kept."""
    if page.kind == "text":
        return Footnotes()  # no element of a flattened page refers to another
    footnotes = _linked(page, texts, links)
    loose = find_loose_notes(page, texts, footnotes.notes)
    if not footnotes.notes:
        for element, number in loose.references:
            footnotes.references[element] = str(number)
            footnotes.notes[loose.notes[number]] = Note(str(number), str(number), -1, -1)
        for element, number in loose.continuations.items():
            footnotes.notes[element] = Note(str(number), "", -1, -1)
    _add_inline(footnotes, inline_notes(page, texts))
    return footnotes


def _add_inline(footnotes: Footnotes, elements: list[Element]) -> None:
    """Take in notes that stand in their sentence, unless they repeat a note that the text before them refers to."""
    taken = {note.label for note in footnotes.notes.values()}
    count = 0
    for element in elements:
        before = element.getprevious()
        if before is not None and before.tag == "input":  # the check box that a style sheet opens the note by
            before = before.getprevious()
        if before is not None and any(inner in footnotes.references for inner in islice(before.iter(), NEAR)):
            footnotes.repeated.add(element)
            continue
        if any(around in footnotes.inline for around in element.iterancestors()):
            continue
        if (
            before is not None
            and not before.tail
            and _NUMBER_RE.match(_text(before))
            and before.tag in ("sup", "label")
        ):
            footnotes.repeated.add(before)
        count += 1
        while str(count) in taken:
            count += 1
        footnotes.inline[element] = Note(str(count), str(count), -1, -1)


def _linked(page: Page, texts: KeptTexts, links: Links) -> Footnotes:
    candidates = _candidates(page, texts, links)
    if not candidates:
        return Footnotes()
    targets = _targets(page, {fragment for _, fragment, _ in candidates})
    ranges = _ranges(page)
    anchors: set[Element] = set()
    covered: set[int] = set()
    found: dict[Element, Note] = {}
    pointing: list[tuple[Element, Element]] = []
    numbers: set[Element] = set()
    for element, fragment, number in candidates:
        here = texts.inner(element)
        target = targets.get(fragment)
        if target is None or target in anchors or here in covered:
            continue
        note = _note_element(target)
        heading = note is not None and note.tag in _NUMBER_HOMES
        if note is not None and heading:
            numbers.add(note)
            note = note.getnext()
        if note is None or note not in ranges or not texts.is_live(note):
            continue
        first, last = ranges[note]
        if first <= here < last or last - first > MAX_NOTE_BLOCKS:
            continue
        found.setdefault(note, Note("", number, first, last))
        covered.update(range(first, last))
        pointing.append((element, note))
        anchors.update(_around(element))
    footnotes = _labelled(pointing, _disjoint(found))
    footnotes.repeated = {number for number in numbers if number.getnext() in footnotes.notes}
    return footnotes


def is_stray_backlink(element: Element, tag: str, links: Links) -> bool:
    """Return whether an element leads back from a note whose reference was not kept: "^" to "#cite_ref-3"."""
    if tag == "span":
        return "mw-cite-backlink" in (element.get("class") or "")
    fragment = links.fragment(element.get("href") or "") if tag == "a" else None
    return bool(
        fragment and _BACK_TARGET_RE.match(fragment) and _BACK_TEXT_RE.match(_text(element).replace("\ufe0e", ""))
    )


def is_backlink(element: Element, tag: str, links: Links, footnotes: Footnotes, at_start: bool) -> bool:
    """Return whether something in a note only leads back to its reference; `at_start` of the note a "1." does."""
    if tag != "a":
        return tag == "span" and bool(_BACKLINK_RE.search(element.get("class") or ""))
    fragment = links.fragment(element.get("href") or "")
    if fragment is None and (element.get("href") or "").partition("#")[2] in footnotes.places:
        return True
    if fragment is None:
        return False
    names = f"{element.get('class') or ''} {element.get('role') or ''} {element.get('rev') or ''}"
    if fragment in footnotes.places or _BACKLINK_RE.search(names):
        return True
    text = _text(element).replace("\ufe0e", "")
    return bool(_BACK_TEXT_RE.match(text) or (at_start and _NUMBER_RE.match(text)))


def _ranges(page: Page) -> dict[Element, tuple[int, int]]:
    """Return the block range of every block-level element outside of preformatted text."""
    ranges: dict[Element, tuple[int, int]] = {}
    inside: list[bool] = []
    for node in page.nodes:
        inside.append(node.tag == "pre" or (node.parent >= 0 and inside[node.parent]))
        if not inside[-1]:
            ranges[node.element] = (node.first, node.last)
    return ranges


def _candidates(page: Page, texts: KeptTexts, links: Links) -> list[tuple[Element, str, str]]:
    """Return the links that look like references, with the fragment they point to and the number they show."""
    if page.references is None:
        page.references = list(_references(page, links))
    return [found for found in page.references if texts.inner(found[0]) >= 0]


def _references(page: Page, links: Links) -> Iterator[tuple[Element, str, str]]:
    for element in page.root.iter("a", "label"):
        fragment = element.get("for") if element.tag == "label" else _fragment(element, links)
        if fragment and len(fragment) <= MAX_FRAGMENT:
            number = _NUMBER_RE.match(_text(element))
            if number and _says_reference(element, fragment):
                yield element, fragment, number[1].strip()


def _fragment(element: Element, links: Links) -> str | None:
    """Return the fragment that a link leads to on this page; the link of a note may name the file as well."""
    href = element.get("href") or ""
    if "#" not in href:
        return None
    fragment = links.fragment(href)
    if fragment is None and "//" not in href and (_is_noteref(element) or _NOTE_ID_RE.match(href.partition("#")[2])):
        fragment = href.partition("#")[2]
    return fragment


def _is_noteref(element: Element) -> bool:
    return "noteref" in f"{element.get('data-type')} {element.get('role')} {element.get('type')}"


def _text(element: Element) -> str:
    return "".join(str(part) for part in islice(element.itertext(), 8))[:40].strip()


def _says_reference(element: Element, fragment: str) -> bool:
    if _NOTE_ID_RE.match(fragment) or next(element.iter("sup"), None) is not None:
        return True
    for near in _around(element):
        names = (near.get(name) for name in ("class", "id", "rel", "role", "name", "type"))
        if near.tag == "sup" or _REFERENCE_RE.search(" ".join(name for name in names if name)):
            return True
    return False


def _around(element: Element) -> list[Element]:
    """Return a link and the inline elements close around it."""
    near = [element]
    parent = element.getparent()
    while parent is not None and parent.tag in PHRASING and len(near) <= NEAR:
        near.append(parent)
        parent = parent.getparent()
    return near


def _targets(page: Page, fragments: set[str]) -> dict[str, Element]:
    targets: dict[str, Element] = {}
    for element in page.root.iter():
        if element.tag == "input":  # the check box that opens a note in the margin may have the note's id
            continue
        for name in (element.get("id"), element.get("name")):
            if name and name in fragments:
                targets.setdefault(name, element)
    return targets


def _note_element(target: Element) -> Element | None:
    """Return the element that holds the note of a target: itself, or the block-level element around an anchor."""
    around = _around(target)
    note = target if target.tag not in PHRASING else around[-1].getparent()
    if note is None or note.tag in PHRASING:
        return None
    parent = note.getparent()
    if note.tag in ("td", "th"):  # the number stands in a cell of its own
        return parent if parent is not None and parent.tag == "tr" and len(parent) > 1 else None
    if parent is not None and parent.tag == "li" and note.getprevious() is None:
        note = parent
    if note.tag in _NUMBER_HOMES and _NUMBER_RE.match(_text(note)):  # Texinfo: the number is a heading of the note
        return note
    return None if note.tag in _NO_NOTE else note


def _disjoint(found: dict[Element, Note]) -> dict[Element, Note]:
    """Return the notes that hold no other note."""
    ordered = sorted(found.items(), key=lambda item: (item[1].first, -item[1].last))
    kept: dict[Element, Note] = {}
    for index, (element, note) in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1][1].first >= note.last:
            kept[element] = note
    return kept


def _labelled(pointing: list[tuple[Element, Element]], notes: dict[Element, Note]) -> Footnotes:
    """Return the pairs with a label each: the number that the page shows, made unique."""
    footnotes = Footnotes()
    taken: set[str] = set()
    for element, note_element in pointing:
        note = notes.get(note_element)
        if note is None:
            continue
        if not note.label:
            plain = _UNSAFE_RE.sub("-", note.number.lstrip("※注註주 ")).strip("-") or "note"
            count = 1
            note.label = plain
            while note.label in taken:
                count += 1
                note.label = f"{plain}-{count}"
            taken.add(note.label)
        footnotes.references[element] = note.label
        footnotes.places.update(near.get(name) or "" for near in _around(element) for name in ("id", "name"))
        footnotes.notes[note_element] = note
    footnotes.places.discard("")
    return footnotes
