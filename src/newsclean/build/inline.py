"""Text nodes, images and marks in reading order → inline spans: white space collapsed, styles merged and nested.

A run is a flat list of atoms, each with the marks it stands under; nesting is made at the end, so that neighbours in
the same style merge, empty spans never exist and spaces move out of marks. Nothing here reads the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from newsclean.document import (
    Block,
    Code,
    CodeSpan,
    Figure,
    FootnoteReference,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Paragraph,
    Source,
    Span,
    Text,
)
from newsclean.markup.pictures import is_picture, picture_name

CODE = "code"
CREDIT = "credit"
"""Marks that are no Span style: inline code, and the credit line inside a caption."""

SEAM = "|"
"""Pending where an element that cuts blocks flows in a paragraph: a space if words meet, nothing before a comma."""

MAX_QUOTES = 8
"""Quotations in one another that are marked as such; texts have three at most, and nesting is walked by recursion."""

_OPENING = "([{«“‘\"'-–—/"
_CLOSING = ")]}»”’\"'-–—/.,;:!?…%"
INVISIBLE_RE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width space, word joiner, byte order mark


@dataclass(frozen=True, slots=True, eq=False)
class LinkMark:
    """One `<a>`: what stands under it becomes a Link. Compared by identity, so that two links never merge."""

    href: str
    title: str | None


Mark: TypeAlias = "str | LinkMark"
Marks: TypeAlias = "tuple[Mark, ...]"
Atom: TypeAlias = "tuple[Marks, str | Inline]"


class Run:
    """The inline content that is being collected, with the numbers of the blocks it came from."""

    __slots__ = ("_pending", "atoms", "first", "last")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.atoms: list[Atom] = []
        self.first = -1
        self.last = -1
        self._pending: str | LineBreak | None = None

    @property
    def source(self) -> Source:
        """Return the first and last block number, or None for content without a block."""
        return (self.first, self.last) if self.first >= 0 else None

    def text(self, text: str, marks: Marks, block: int) -> None:
        """Add the text of one text node."""
        if text.isprintable() and "  " not in text:  # most texts: nothing invisible, no white space but single spaces
            shown = text.strip()
        else:
            text = INVISIBLE_RE.sub("", text)
            shown = " ".join(text.split())
        if not shown:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        self.put(shown, marks, block)
        if text[-1].isspace():
            self._pending = " "

    def put(self, atom: str | Inline, marks: Marks, block: int) -> None:
        """Add an atom as it is, after the space or break that is due."""
        if self._pending is not None:
            is_due = self._pending != SEAM or (bool(self.atoms) and _needs_space(self.atoms[-1][1], atom))
            if self.atoms and is_due and not self._ends_link(atom, marks):
                gap = " " if self._pending == SEAM else self._pending
                self.atoms.append((_common(self.atoms[-1][0], marks), gap))
            self._pending = None
        self.atoms.append((marks, atom))
        if block >= 0:
            if self.first < 0:
                self.first = block
            self.last = block

    def _ends_link(self, atom: str | Inline, marks: Marks) -> bool:
        """Return whether a stop stands behind a link that ends with an icon and the space before it."""
        if self._pending != " " or not isinstance(atom, str) or atom[0] not in ".,":
            return False
        return any(isinstance(mark, LinkMark) and mark not in marks for mark in self.atoms[-1][0])

    def image(self, image: Image, marks: Marks, block: int) -> None:
        """Add an image, unless it repeats the one before it (a lazy image and its fallback)."""
        previous = self.atoms[-1][1] if self.atoms else None
        if isinstance(previous, Image) and same_image(previous, image):
            return
        self.put(image, marks, block)

    def space(self) -> None:
        """Note that white space stands here."""
        if self._pending is None or self._pending == SEAM:
            self._pending = " "

    def seam(self) -> None:
        """Note that blocks meet here: a space is due where words would run together."""
        if self._pending is None:
            self._pending = SEAM

    def line_break(self) -> bool:
        """Note a line break; return whether it is the second in a row, which ends a paragraph."""
        if isinstance(self._pending, LineBreak):
            return True
        if self.atoms:
            self._pending = LineBreak()
        return False


def _needs_space(before: str | Inline, after: str | Inline) -> bool:
    if not isinstance(before, str) or not isinstance(after, str):
        return True
    return after[0] not in _CLOSING and before[-1] not in _OPENING


def same_image(one: Image, other: Image) -> bool:
    """Return whether two images show the same file, whatever size the query asks for."""
    if not one.src:
        return not other.src and one.saved == other.saved
    return picture_name(one.src) == picture_name(other.src)


def add_mark(marks: Marks, mark: Mark) -> Marks:
    """Return the marks with one more: none twice but quotes, no link inside a link, no style inside inline code."""
    if mark in marks and (mark != "quote" or marks.count(mark) == MAX_QUOTES):  # a quotation may hold another
        return marks
    if isinstance(mark, LinkMark):
        if any(isinstance(other, LinkMark) for other in marks):
            return marks
        return (*marks[:-1], mark, CODE) if CODE in marks else (*marks, mark)
    return marks if CODE in marks else (*marks, mark)


def _common(one: Marks, other: Marks) -> Marks:
    if one is other:
        return one
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return one[:size]


def nest(atoms: list[Atom], depth: int = 0) -> tuple[Inline, ...]:
    """Return the atoms as nested spans. Recursion is bounded by the number of marks, which are all distinct."""
    spans: list[Inline] = []
    start, end = 0, len(atoms)
    while start < end:
        marks = atoms[start][0]
        stop = start + 1
        if len(marks) <= depth:
            while stop < end and len(atoms[stop][0]) <= depth:
                stop += 1
            spans.extend(_plain(atoms[start:stop]))
        else:
            mark = marks[depth]
            while stop < end and len(atoms[stop][0]) > depth and atoms[stop][0][depth] == mark:
                stop += 1
            spans.extend(_marked(mark, atoms[start:stop], depth + 1))
        start = stop
    return tuple(spans)


def _plain(atoms: list[Atom]) -> list[Inline]:
    spans: list[Inline] = []
    texts: list[str] = []
    for _, atom in atoms:
        if isinstance(atom, str):
            texts.append(atom)
            continue
        if texts:
            spans.append(Text("".join(texts)))
            texts = []
        spans.append(atom)
    if texts:
        spans.append(Text("".join(texts)))
    return spans


def _marked(mark: Mark, atoms: list[Atom], depth: int) -> list[Inline]:
    if isinstance(mark, LinkMark):
        return [Link(mark.href, nest(atoms, depth), mark.title)]
    if mark == CODE:
        text = "".join(atom if isinstance(atom, str) else " " for _, atom in atoms if _is_textual(atom))
        others = [atom for _, atom in atoms if not _is_textual(atom) and not isinstance(atom, str)]
        return [CodeSpan(text), *others] if text.strip() else list(others)
    if mark == CREDIT:
        return list(nest(atoms, depth))
    return [Span(mark, nest(atoms, depth))]  # type: ignore[arg-type]  # marks are styles, CODE or CREDIT


def _is_textual(atom: str | Inline) -> bool:
    return isinstance(atom, (str, LineBreak))


def flatten_text(content: tuple[Inline, ...]) -> str:
    """Return the characters of inline content, line breaks as spaces, images left out."""
    parts: list[str] = []
    for span in content:
        if isinstance(span, (Text, CodeSpan)):
            parts.append(span.text)
        elif isinstance(span, (Span, Link)):
            parts.append(flatten_text(span.content))
        elif isinstance(span, LineBreak):
            parts.append(" ")
        elif isinstance(span, Math):
            parts.append(span.latex)
        elif isinstance(span, FootnoteReference):
            parts.append(span.label)
    return "".join(parts)


def without_outer_strong(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the content of a heading or header cell, which is strong anyway, without bold type around all of it."""
    while len(content) == 1 and isinstance(content[0], Span) and content[0].style == "strong":
        content = content[0].content
    return content


def join_contents(contents: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return several paragraphs' contents as one, spaces between."""
    joined: list[Inline] = []
    for content in contents:
        if joined and content:
            joined.append(Text(" "))
        joined.extend(content)
    return tuple(joined)


def paragraphs(atoms: list[Atom], source: Source) -> list[Block]:
    """Return the block or blocks that a finished run makes: images of their own are figures, the rest a paragraph.

    Links that each hold a picture and a text are cards, a paragraph each.
    """
    cards = _cards(atoms)
    if len(cards) > 1:
        return [_paragraph(card, source) for card in cards]
    links = {
        mark for marks, atom in atoms if not _is_picture_or_gap(atom) for mark in marks if isinstance(mark, LinkMark)
    }
    start, end = 0, len(atoms)
    while start < end and _stands_apart(atoms[start], links):
        start += 1
    while end > start and _stands_apart(atoms[end - 1], links):
        end -= 1
    if end - start == len(atoms):
        return [_paragraph(atoms, source)]
    middle = [_paragraph(atoms[start:end], source)] if start < end else []
    return [*_figures(atoms[:start], source), *middle, *_figures(atoms[end:], source)]


def _cards(atoms: list[Atom]) -> list[list[Atom]]:
    """Return the atoms of each link of a run that is nothing but links with a picture and a text; else nothing."""
    if not any(isinstance(atom, Image) for _, atom in atoms):
        return []
    cards: dict[LinkMark, list[Atom]] = {}
    for marks, atom in atoms:
        link = next((mark for mark in marks if isinstance(mark, LinkMark)), None)
        if link is not None:
            cards.setdefault(link, []).append((marks, atom))
        elif atom != " " and not isinstance(atom, LineBreak):
            return []
    is_each = all(
        any(isinstance(atom, Image) for _, atom in card)
        and any(isinstance(atom, str) and atom != " " for _, atom in card)
        for card in cards.values()
    )
    return list(cards.values()) if is_each else []


def _stands_apart(atom: Atom, links: set[LinkMark]) -> bool:
    """Return whether an atom is a picture, or what parts one from text; a link may hold a picture and text."""
    return _is_picture_or_gap(atom[1]) and (not isinstance(atom[1], Image) or links.isdisjoint(atom[0]))


def _is_picture_or_gap(atom: str | Inline) -> bool:
    return isinstance(atom, (Image, LineBreak)) or atom == " "


def _figures(atoms: list[Atom], source: Source) -> list[Block]:
    return [Figure((_linked(atom, marks),), source=source) for marks, atom in atoms if isinstance(atom, Image)]


def _linked(image: Image, marks: Marks) -> Image:
    """Return an image with the link around it: to the whole picture, which takes its place, or elsewhere."""
    link = next((mark.href for mark in marks if isinstance(mark, LinkMark)), None)
    if link is None or link == image.src:
        return image
    if not is_picture(link):
        return replace(image, link=link)
    return replace(image, src=link) if image.src else image


def _paragraph(atoms: list[Atom], source: Source) -> Block:
    if len(atoms) == 1 and isinstance(atoms[0][1], Math) and atoms[0][1].display:
        return atoms[0][1]
    if _is_listing(atoms):
        return Code("".join(atom if isinstance(atom, str) else "\n" for _, atom in atoms), source=source)
    return Paragraph(nest(atoms), source)


def _is_listing(atoms: list[Atom]) -> bool:
    """Return whether a run is inline code over several lines: a listing that was marked up without `<pre>`."""
    has_break = False
    for marks, atom in atoms:
        if isinstance(atom, LineBreak):
            has_break = True
        elif atom != " " and (not isinstance(atom, str) or CODE not in marks):
            return False
    return has_break
