"""str → Page: flattened text (a dump, a paste, a mail) as a synthetic tree, one block a line, with roles.

The tree lets building and rendering know one kind of page only. No opinion here on what is article.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from newsclean.flattext.inline import read_inlines
from newsclean.flattext.lines import Line, join_rows
from newsclean.flattext.roles import assign_roles
from newsclean.flattext.rows import cut_rows
from newsclean.flattext.tree import build_tree
from newsclean.parse import Page, number_blocks

__all__ = ["Line", "TextPage", "parse_text"]


@dataclass
class TextPage(Page):
    """A page that came as text: its blocks are lines, and their layout is kept."""

    lines: list[Line] = field(default_factory=list)
    """The line of each block, by block number."""


def parse_text(source: str, url: str | None = None) -> TextPage:
    """Return the page of a flattened text, `kind` "text"; a text without words gives a page without blocks."""
    lines = join_rows(cut_rows(source))
    inlines = read_inlines(lines)
    shown = [number for number, inline in enumerate(inlines) if inline.text]
    lines = [lines[number] for number in shown]
    inlines = [inlines[number] for number in shown]
    roles, _ = assign_roles(lines, inlines)
    root = build_tree(lines, inlines, roles)
    nodes, blocks = number_blocks(root)
    return TextPage(root, nodes, blocks, "text", url, source, dict(enumerate(roles)), lines)
