"""A Table → a GFM table, or HTML where GFM cannot hold it (lists, code or quotes in cells)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.document import Figure, Heading, LineBreak, Math, Paragraph, Span
from newsclean.render.html import table_html
from newsclean.render.lower import caption_of, lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Align, Cell, Inline, Table
    from newsclean.render.lower import Basic
    from newsclean.render.writer import Writer

_RULES: dict[Align | None, str] = {None: "---", "left": ":--", "center": ":-:", "right": "--:"}


def render_table(table: Table, writer: Writer) -> str:
    """Return the table as Markdown; its caption is a paragraph in italics above it."""
    rows = [row for row in (table.header, *table.rows) if row]
    width = max((len(row) for row in rows), default=0)
    contents = [[cell_content(cell) for cell in row] for row in rows]
    caption = writer.inline((Span("emphasis", table.caption),))
    if any(content is None for row in contents for content in row):
        text = table_html(table, links=writer.links, images=writer.images)
    elif any(writer.runs(content or ()) for row in contents for content in row):
        lines = [_row([writer.inline(content or (), "cell") for content in row], width) for row in contents]
        if not table.header:
            lines.insert(0, _row([], width))
        align = [*table.align, *[None] * width][:width]
        lines.insert(1, _row([_RULES[side] for side in align], width))
        text = "\n".join(lines)
    else:
        text = ""
    return "\n\n".join(part for part in (caption, text) if part)


def cell_content(cell: Cell) -> tuple[Inline, ...] | None:
    """Return the cell's content as one line (its paragraphs divided by line breaks), or None where that cannot be."""
    parts: list[Inline] = []
    for block in lower(cell.content):
        inline = _inline_content(block)
        if inline is None:
            return None
        parts += (LineBreak(), *inline) if parts else inline
    return tuple(parts)


def _inline_content(block: Basic) -> tuple[Inline, ...] | None:
    if isinstance(block, Paragraph):
        return block.content
    if isinstance(block, Heading):
        return (Span("strong", block.content),)
    if isinstance(block, Math):
        return (block,)
    if isinstance(block, Figure):
        caption = caption_of(block)
        return (*block.images, *((LineBreak(), Span("emphasis", caption)) if caption else ()))
    return None


def _row(cells: Sequence[str], width: int) -> str:
    return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
