"""Kept lines of flattened text → Document, where the lines hold text alone: no tree is made and walked for it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.build.formulas import spells_formulas
from newsclean.build.frames import Frame, ItemFrame, ListFrame, QuoteFrame
from newsclean.build.inline import INVISIBLE_RE
from newsclean.document import Document, Heading, Paragraph, Text
from newsclean.page.linetree import LineNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Node, Page


def is_of_lines(page: Page) -> bool:
    """Return whether all nodes of a page are lines, or hold lines."""
    return isinstance(page.nodes[0], LineNode) and not spells_formulas(page.source)


def document_of_lines(page: Page, kept: Sequence[bool]) -> Document:
    """Return what the walk over the tree of such a page gives."""
    sums = list(accumulate(kept, initial=0))
    frame, end = Frame(), len(kept)
    around: list[tuple[Frame, int]] = []
    """The containers around the innermost open one, and where each ends."""
    done = 0
    for node in page.nodes[2:]:
        first, tag = node.first, node.tag
        if first < done:  # inside what was dropped
            continue
        while first >= end:
            frame, end = _close(frame, around)
        if sums[node.last] == sums[first]:
            done = node.last
            if tag == "li" and isinstance(frame, ListFrame):
                frame.skip_item()
            continue
        if opened := _container(node):
            around.append((frame, end))
            frame, end = opened, node.last
        if kept[first] and tag not in _HOLDING_LINES:
            _add(frame, tag, page.blocks[first].text, first)
    while around:
        frame, end = _close(frame, around)
    return Document(frame.content())


_HOLDING_LINES = ("ul", "ol", "blockquote")


def _container(node: Node) -> Frame | None:
    if node.tag == "li":
        return ItemFrame(None)
    if node.tag in ("ul", "ol"):
        assert isinstance(node, LineNode)
        return ListFrame(node.tag == "ol", node.start, "1", None)
    return QuoteFrame() if node.tag == "blockquote" else None


def _add(frame: Frame, tag: str, text: str, number: int) -> None:
    if not text.isprintable():
        text = " ".join(INVISIBLE_RE.sub("", text).split())
    if text:
        content, source = (Text(text),), (number, number)
        frame.touch(source)
        frame.add(Heading(max(int(tag[1]), 2), content, source) if tag[0] == "h" else Paragraph(content, source))


def _close(frame: Frame, around: list[tuple[Frame, int]]) -> tuple[Frame, int]:
    """Hand what a container holds to the one around it; return that and where it ends."""
    parent, end = around.pop()
    parent.touch(frame.source)
    frame.close(parent)
    return parent, end
