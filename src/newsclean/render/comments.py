"""Comments → blocks of the document model: a heading and a list, replies as lists inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.document import Heading, LineBreak, List, ListItem, Paragraph, Span, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Block, Inline
    from newsclean.model import Comment

HEADING = "Comments"
MAX_NESTED = 8
"""Levels of replies that are shown as such; deeper ones stand beside what they reply to."""


def comment_blocks(comments: Sequence[Comment]) -> tuple[Block, ...]:
    """Return the comments as blocks that go below the body; () where there are none."""
    if not comments:
        return ()
    levels: list[list[ListItem]] = [[]]
    heads: list[tuple[Block, ...]] = []
    for comment in comments:
        depth = min(comment.depth, MAX_NESTED, len(heads))
        _close_levels(levels, heads, depth)
        heads.append((Paragraph(_signature(comment)), *_paragraphs(comment.text)))
        levels.append([])
    _close_levels(levels, heads, 0)
    return Heading(2, (Text(HEADING),)), List(tuple(levels[0]))


def _close_levels(levels: list[list[ListItem]], heads: list[tuple[Block, ...]], depth: int) -> None:
    """Make items of the open comments down to a depth, each with its replies."""
    while len(heads) > depth:
        replies = levels.pop()
        content = heads.pop()
        levels[-1].append(ListItem((*content, List(tuple(replies))) if replies else content))


def _signature(comment: Comment) -> tuple[Inline, ...]:
    """Return "**Ann** (2025-07-04)", what of it is known."""
    author = (Span("strong", (Text(comment.author),)),) if comment.author else ()
    if not comment.date:
        return author
    day = comment.date[:16].replace("T", " ")
    return (*author, Text(f" ({day})")) if author else (Text(day),)


def _paragraphs(text: str) -> list[Paragraph]:
    found = []
    for paragraph in text.split("\n\n"):
        content: list[Inline] = []
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            content += [*([LineBreak()] if content else []), Text(line)]
        if content:
            found.append(Paragraph(tuple(content)))
    return found
