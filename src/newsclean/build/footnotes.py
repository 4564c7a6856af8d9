"""Page → which links are footnote references and which elements are the notes, with a label for each pair.

A pair holds only if both ends were kept; a reference without its note stays the plain text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.parse import PHRASING

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.build.links import Links
    from newsclean.build.texts import KeptTexts
    from newsclean.parse import Page

    Element = etree._Element

MAX_FRAGMENT = 100
"""Characters past which a fragment is no note's id."""

MAX_NOTE_BLOCKS = 40
"""Blocks past which what a link points to is a section rather than a note."""

NEAR = 3
"""How many inline elements around a link may carry its id or say that it is a reference."""

_NUMBER_RE = re.compile(
    r"[\[(\s]*((?:note|nb|n|fn|lower-alpha)?\.?\s?\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4})[\])\s.:]*$", re.I
)  # "1", "[12]", "(a)", "note 3", "*"
_REFERENCE_RE = re.compile(
    r"foot-?note|noteref|note-ref|fn-?ref|cite[_-]ref|endnote|ftnref|sdfootnote|\breference\b", re.I
)  # "footnote-ref", "_ftnref1"
_NOTE_ID_RE = re.compile(
    r"_?(?:fn|ftn|footnote|cite_note|endnote|edn|sdfootnote|easy-footnote|note|en|ref)[\w.:%-]*\d\w{0,3}$", re.I
)  # "fn1", "cite_note-3", "_ftn2"
_NO_NOTE = frozenset(
    ("html", "body", "main", "article", "table", "tbody", "tr", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""Elements that may hold a note but are none."""
_UNSAFE_RE = re.compile(r"[^\w-]+")  # what a Markdown label should not hold: "note 3"
_BACK_TEXT_RE = re.compile(r"[\[(]?(?:[↩↑^⤴⏎⬆⇑↵⮌]+|back|return|jump up)[\])]?$", re.I)  # "↩", "[back]"
_BACKLINK_RE = re.compile(r"back-?(?:link|ref)|cite-backlink|footnote-return|reversefootnote|jump-?up", re.I)


@dataclass(slots=True)
class Note:
    """One note: its label in the document and the number that the page shows."""

    label: str
    number: str
    first: int
    last: int


@dataclass(slots=True)
class Footnotes:
    """The pairs of a page, by the `a` of a reference and by the element of a note."""

    references: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, Note] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    """Ids of the references, to which backlinks lead."""


def find_footnotes(page: Page, texts: KeptTexts, links: Links) -> Footnotes:
    """Return the footnotes of a page of which both the reference and the note were kept."""
    candidates = _candidates(page, texts, links)
    if not candidates:
        return Footnotes()
    targets = _targets(page, {fragment for _, fragment, _ in candidates})
    ranges = _ranges(page)
    anchors: set[Element] = set()
    covered: set[int] = set()
    found: dict[Element, Note] = {}
    pointing: list[tuple[Element, Element]] = []
    for element, fragment, number in candidates:
        here = texts.inner(element)
        target = targets.get(fragment)
        if target is None or target in anchors or here in covered:
            continue
        note = _note_element(target)
        if note is None or note not in ranges or not texts.is_live(note):
            continue
        first, last = ranges[note]
        if first <= here < last or last - first > MAX_NOTE_BLOCKS:
            continue
        found.setdefault(note, Note("", number, first, last))
        covered.update(range(first, last))
        pointing.append((element, note))
        anchors.update(_around(element))
    return _labelled(pointing, _disjoint(found))


def is_backlink(element: Element, tag: str, links: Links, footnotes: Footnotes, at_start: bool) -> bool:
    """Return whether something in a note only leads back to its reference; `at_start` of the note a "1." does."""
    if tag != "a":
        return tag == "span" and bool(_BACKLINK_RE.search(element.get("class") or ""))
    fragment = links.fragment(element.get("href") or "")
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
    found: list[tuple[Element, str, str]] = []
    for element in page.root.iter("a"):
        fragment = links.fragment(element.get("href") or "")
        if not fragment or len(fragment) > MAX_FRAGMENT or texts.inner(element) < 0:
            continue
        number = _NUMBER_RE.match(_text(element))
        if number and _says_reference(element, fragment):
            found.append((element, fragment, number[1].strip()))
    return found


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
    if parent is not None and parent.tag == "li" and note.getprevious() is None:
        note = parent
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
            plain = _UNSAFE_RE.sub("-", note.number).strip("-") or "note"
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
