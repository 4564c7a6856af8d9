"""The element of a comment and the marks inside it → its text, without author, date, controls and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from newsclean.page.html import PHRASING, SKIPPED
from newsclean.words import printable

if TYPE_CHECKING:
    from newsclean.facts.comments.marks import Marked
    from newsclean.page.html import Element

Pieces: TypeAlias = "set[tuple[Element, bool]]"
"""Text nodes: (element, False) is its text, (element, True) its tail."""

MAX_CHARS = 100_000
"""Characters of one comment; sites stop at 40,000."""
KEPT_SHARE = 0.5
"""A comment of whose characters more than this share were kept is part of the body."""


def text_of(
    element: Element, marks: list[Marked], replies: list[Element], kept: Pieces, *, marked: bool
) -> tuple[str, bool]:
    """Return the text, its paragraphs parted by empty lines, and whether it was kept as part of the body.

    `marked`: only what is marked as a text counts. "" where there is none.
    """
    named = {inner for mark, inner in marks if mark in ("name", "author", "time", "date")}
    for wanted in ("text", "body"):
        for mark, inner in marks:
            if mark == wanted and not _holds(inner, named) and _is_outside(inner, replies, element):
                controls = {other for kind, other in marks if kind == "control"}
                reader = _Reader({*replies, *controls}, kept)
                if text := reader.read(inner):
                    return text, reader.is_kept
    if marked:
        return "", False
    left_out = {inner for mark, inner in marks if mark not in ("text", "body")}
    reader = _Reader({*replies, *left_out}, kept)
    return reader.read(element), reader.is_kept


def _holds(element: Element, others: set[Element]) -> bool:
    return any(other is not element and element in set(other.iterancestors()) for other in others)


def _is_outside(element: Element, replies: list[Element], top: Element) -> bool:
    """Return whether an element stands in none of the replies."""
    around: Element | None = element
    while around is not None and around is not top:
        if around in replies:
            return False
        around = around.getparent()
    return True


class _Reader:
    """Collects the paragraphs of one element."""

    def __init__(self, left_out: set[Element], kept: Pieces) -> None:
        self._left_out = left_out
        self._kept = kept
        self._paragraphs: list[str] = []
        self._parts: list[str] = []
        self._chars = self._kept_chars = 0

    @property
    def is_kept(self) -> bool:
        """Return whether most of what was read is part of the body."""
        return self._kept_chars > KEPT_SHARE * self._chars

    def read(self, top: Element) -> str:
        """Return the text of an element."""
        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            cuts = element.tag not in PHRASING
            if event == "start":
                if element is not top and (element in self._left_out or element.tag in SKIPPED):
                    walker.skip_subtree()
                    continue
                if cuts:
                    self._end()
                elif element.tag == "br":
                    self._parts.append("\n")
                self._add(element.text, (element, False))
            else:
                if cuts:
                    self._end()
                if element is not top:
                    self._add(element.tail, (element, True))
            if self._chars > MAX_CHARS:
                break
        self._end()
        return "\n\n".join(self._paragraphs)[:MAX_CHARS]

    def _add(self, text: str | None, piece: tuple[Element, bool]) -> None:
        if not text:
            return
        self._parts.append(" " if text.isspace() else text.replace("\n", " "))
        size = len(text.strip())
        self._chars += size
        if piece in self._kept:
            self._kept_chars += size

    def _end(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        self._parts.clear()
        for paragraph in "\n".join(lines).split("\n\n"):  # <br><br> ends a paragraph
            if paragraph.strip():
                self._paragraphs.append(printable(paragraph.strip()))
