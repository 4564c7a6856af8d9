"""Lines with their text, links and roles → a synthetic tree of HTML elements, one block a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.inline import Inline
    from newsclean.flattext.lines import Line
    from newsclean.parse import Element

MAX_LIST_LEVEL = 6
"""Levels that lists nest at most: deeper indents are a program's layout."""


def build_tree(lines: Sequence[Line], inlines: Sequence[Inline], roles: Sequence[str]) -> Element:
    """Return the root of a tree in which every line with text is one block, in order."""
    builder = _Builder()
    for line, inline, role in zip(lines, inlines, roles, strict=True):
        if inline.text:
            builder.add(line, inline, role)
    return builder.root


class _Builder:
    """The open lists and table while lines are added to the body."""

    def __init__(self) -> None:
        self.root = etree.Element("html")
        self._body = etree.SubElement(self.root, "body")
        self._lists: list[tuple[int, Element]] = []
        self._table: Element | None = None
        self._quote: Element | None = None

    def add(self, line: Line, inline: Inline, role: str) -> None:
        """Append one line."""
        if not line.is_quote or line.bullet:
            self._quote = None
        if line.bullet:
            self._table = None
            element = self._open_item(line)
        else:
            self._lists.clear()
            if "\t" in inline.text and not line.code:
                self._quote = None
                self._add_row(inline.text)
                return
            self._table = None
            if line.code:
                etree.SubElement(self._body, "pre").text = line.code
                return
            element = etree.SubElement(self._open_quote(line), "p" if line.is_quote else _tag(inline, role))
        _fill(element, inline)

    def _open_quote(self, line: Line) -> Element:
        """Return where a line belongs: in the quotation that its neighbours stand in, or in the body."""
        if not line.is_quote:
            return self._body
        if self._quote is None:
            self._quote = etree.SubElement(self._body, "blockquote")
        return self._quote

    def _open_item(self, line: Line) -> Element:
        """Return a new list item in the list that its indent belongs to."""
        tag = "ol" if line.bullet[-1] in ".)" else "ul"
        while self._lists and line.indent < self._lists[-1][0]:
            self._lists.pop()
        if self._lists and line.indent == self._lists[-1][0] and self._lists[-1][1].tag != tag:
            self._lists.pop()
        if not self._lists or (line.indent > self._lists[-1][0] and len(self._lists) < MAX_LIST_LEVEL):
            parent = self._lists[-1][1][-1] if self._lists else self._body
            opened = etree.SubElement(parent, tag)
            if tag == "ol" and line.bullet.strip("(.)") != "1":
                opened.set("start", str(int(line.bullet.strip("(.)"))))
            self._lists.append((line.indent, opened))
        return etree.SubElement(self._lists[-1][1], "li")

    def _add_row(self, text: str) -> None:
        if self._table is None:
            self._table = etree.SubElement(self._body, "table")
        is_head = not len(self._table) and not any(map(str.isdigit, text))
        row = etree.SubElement(self._table, "tr")
        for cell in text.split("\t"):
            etree.SubElement(row, "th" if is_head else "td").text = cell


def _tag(inline: Inline, role: str) -> str:
    if role == "headline":
        return "h1"
    if inline.heading:
        return f"h{inline.heading}"
    return "h2" if role == "subheading" else "p"


def _fill(element: Element, inline: Inline) -> None:
    """Set the text of an element, its links as `a` elements."""
    if not inline.links:
        element.text = inline.text
        return
    end = 0
    last: Element | None = None
    for start, stop, address in inline.links:
        between = inline.text[end:start]
        if last is None:
            element.text = between
        else:
            last.tail = between
        last = etree.SubElement(element, "a", href=address)
        last.text = inline.text[start:stop]
        end = stop
    if last is not None:
        last.tail = inline.text[end:]
