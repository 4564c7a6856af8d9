"""Lines with their text, links and roles → a synthetic tree of HTML elements, one block a line, and its numbering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.page.html import MAX_ROW_CELL, number_blocks
from newsclean.page.linetree import LineBlock, LineNode, LineTree
from newsclean.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.inline import Inline
    from newsclean.flattext.lines import Line
    from newsclean.page.html import Block, Node

MAX_LIST_LEVEL = 6
"""Levels that lists nest at most: deeper indents are a program's layout."""


def build_tree(
    lines: Sequence[Line], inlines: Sequence[Inline], roles: Sequence[str]
) -> tuple[Sequence[Node], Sequence[Block]]:
    """Return the nodes and blocks of a tree in which every line with text is one block, in order.

    They are what `number_blocks` finds, which need not walk the tree where all lines are plain.
    """
    builder = _Builder()
    for line, inline, role in zip(lines, inlines, roles, strict=True):
        if inline.text:
            builder.add(line, inline, role)
    if not builder.is_plain:
        return number_blocks(builder.tree.elements[0])
    for node in builder.nodes[:2]:
        node.last = len(builder.blocks)
    return builder.nodes, builder.blocks


class _Builder:
    """The open lists and table while lines are added to the body, and the numbering as far as it is known."""

    def __init__(self) -> None:
        self.tree = LineTree()
        self.nodes: list[LineNode] = []
        self.blocks: list[LineBlock] = []
        self.is_plain = True
        """Whether no line has links, cells or a layout: those make several pieces of a block, or several blocks."""
        self._lists: list[tuple[int, int]] = []
        """Indent and node of the open lists, outermost first."""
        self._table: int | None = None
        self._quote: int | None = None
        self._open(-1, "html")
        self._open(0, "body")

    def add(self, line: Line, inline: Inline, role: str) -> None:
        """Append one line."""
        if not line.is_quote or line.bullet:
            self._quote = None
        if line.bullet:
            self._table = None
            parent, tag = self._list_of(line), "li"
        else:
            self._lists.clear()
            if not line.code and _is_row(inline.text):
                self._quote = None
                self._add_row(inline.text)
                return
            self._table = None
            if line.code:
                self.is_plain = False
                self._open(BODY, "pre", line.code)
                return
            parent, tag = (self._open_quote(), "p") if line.is_quote else (BODY, _tag(inline, role))
        if inline.links:
            self.is_plain = False
            self.tree.links[len(self.nodes)] = inline.links
        self._add_block(parent, tag, inline.text)

    def _open(self, parent: int, tag: str, text: str = "") -> int:
        """Append an element to that of a node; return its own node."""
        depth = self.nodes[parent].depth + 1 if self.nodes else 1
        self._append(LineNode(self.tree, tag, parent, depth, len(self.blocks), 0), text)
        return len(self.nodes) - 1

    def _append(self, node: LineNode, text: str) -> None:
        tree = self.tree
        tree.tags.append(node.tag)
        tree.parents.append(node.parent)
        tree.texts.append(text)
        self.nodes.append(node)

    def _add_block(self, parent: int, tag: str, text: str) -> None:
        """Append an element that holds nothing but a text, which is a block."""
        nodes, tree, number = self.nodes, self.tree, len(self.blocks)
        shown = " ".join(text.split()) if "  " in text or "\t" in text or not text.isascii() else text
        self.blocks.append(LineBlock(tree, number, len(nodes), printable(shown), len(text)))
        self._append(LineNode(tree, tag, parent, nodes[parent].depth + 1, number, number + 1), text)
        while parent > BODY:  # where the body and the root end is known when all is done
            nodes[parent].last = number + 1
            parent = nodes[parent].parent

    def _open_quote(self) -> int:
        """Return the quotation that the neighbours of a line stand in, or a new one."""
        if self._quote is None:
            self._quote = self._open(BODY, "blockquote")
        return self._quote

    def _list_of(self, line: Line) -> int:
        """Return the list that an item's indent belongs to."""
        tag = "ol" if line.bullet[-1] in ".)" else "ul"
        while self._lists and line.indent < self._lists[-1][0]:
            self._lists.pop()
        if self._lists and line.indent == self._lists[-1][0] and self.nodes[self._lists[-1][1]].tag != tag:
            self._lists.pop()
        if not self._lists or (line.indent > self._lists[-1][0] and len(self._lists) < MAX_LIST_LEVEL):
            self._lists.append((line.indent, self._open_list(line, tag)))
        return self._lists[-1][1]

    def _open_list(self, line: Line, tag: str) -> int:
        """Return a new list in the last item of the innermost open one, or in the body."""
        parent = BODY
        if self._lists:
            above = self._lists[-1][1]
            parent = next(n for n in range(len(self.nodes) - 1, above, -1) if self.nodes[n].parent == above)
        opened = self._open(parent, tag)
        if tag == "ol" and (start := int(line.bullet.strip("(.)"))) != 1:
            self.tree.starts[opened] = start
        return opened

    def _add_row(self, text: str) -> None:
        self.is_plain = False
        is_head = self._table is None and not any(map(str.isdigit, text))
        if self._table is None:
            self._table = self._open(BODY, "table")
        row = self._open(self._table, "tr")
        for cell in text.split("\t"):
            self._open(row, "th" if is_head else "td", cell)


BODY = 1
"""Node of the body."""


def _is_row(text: str) -> bool:
    """Return whether a line is a row of a table; a cell that would be cut into blocks of its own makes it a text."""
    return "\t" in text and max(map(len, text.split("\t"))) <= MAX_ROW_CELL


def _tag(inline: Inline, role: str) -> str:
    if role == "headline":
        return "h1"
    if inline.heading:
        return f"h{inline.heading}"
    return "h2" if role in ("subheading", "label") else "p"
