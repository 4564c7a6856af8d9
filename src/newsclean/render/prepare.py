"""Document → what outputs write of it: blocks that Markdown has a mark for, footnotes in reading order with short
labels, readers' comments as blocks. Document model in and out; nothing is written here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from newsclean.document import (
    Code,
    Definition,
    DefinitionList,
    Divider,
    Embed,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from newsclean.render.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.document import Block, Document, Inline
    from newsclean.model import Comment

Basic: TypeAlias = "Heading | Paragraph | List | Table | Code | Quote | Divider | Math | Figure | Defined"
"""What is left: the blocks of Markdown itself. A Figure is left where it has images, for its caption's place."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A term with descriptions of one line each."""

    term: tuple[Inline, ...]
    lines: tuple[tuple[Inline, ...], ...]


def lower(blocks: Sequence[Block]) -> Iterator[Basic]:
    """Yield `blocks` (one level, not their contents) in terms of Markdown's own blocks; footnotes are left out."""
    for block in blocks:
        if isinstance(block, DefinitionList):
            for item in block.items:
                yield from _definition(item)
        elif isinstance(block, Embed):
            yield Paragraph((Link(block.href, (Text(block.title or block.href),)),))
        elif isinstance(block, Paragraph) and any(isinstance(inline, Math) for inline in block.content):
            yield from _split_at_formulas(block)
        elif not isinstance(block, Footnote):
            yield block


def caption_of(figure: Figure) -> tuple[Inline, ...]:
    """Return the figure's caption with its credit in parentheses after it."""
    credit = (figure.credit or "").strip()
    if not credit:
        return figure.caption
    if not runs(figure.caption):
        return (Text(credit),)
    return (*figure.caption, Text(f" {credit}" if credit.startswith("(") else f" ({credit})"))


def _definition(item: Definition) -> Iterator[Basic]:
    """Yield the term with its descriptions where each is a paragraph, else with the first one, then what is left."""
    described = [[block for block in lower(each) if _is_seen(block)] for each in item.descriptions]
    lines: list[tuple[Inline, ...]] = []
    if runs(item.term):
        lone = all(len(blocks) == 1 and isinstance(blocks[0], Paragraph) for blocks in described)
        for blocks in described if lone else described[:1]:
            if blocks and isinstance(blocks[0], Paragraph):
                lines.append(blocks[0].content)
                del blocks[0]
        yield Defined(item.term, tuple(lines))
    for blocks in described:
        yield from blocks


def _is_seen(block: Basic) -> bool:
    return not isinstance(block, Paragraph) or bool(runs(block.content))


def _split_at_formulas(paragraph: Paragraph) -> Iterator[Paragraph | Math]:
    """A display formula inside a paragraph stands on lines of its own."""
    rest: list[Inline] = []
    for inline in paragraph.content:
        if isinstance(inline, Math) and inline.display:
            yield from _paragraph(rest)
            yield inline
            rest = []
        else:
            rest.append(inline)
    yield from _paragraph(rest)


def _paragraph(content: Sequence[Inline]) -> Iterator[Paragraph]:
    if any(not isinstance(inline, LineBreak) for inline in content):
        yield Paragraph(tuple(content))


# A label that needs no change: "1", "note-3".
_PLAIN_LABEL_RE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


def footnotes(document: Document) -> list[Footnote]:
    """Return the footnotes wherever they stand in `document`, in reading order."""
    found = []
    stack = list(reversed(document.blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, (Paragraph, Heading)):  # most blocks
            continue
        if isinstance(block, Footnote):
            found.append(block)
        stack.extend(reversed(list(_children(block))))
    return found


def short_labels(notes: Sequence[Footnote]) -> dict[str, str]:
    """Return label → label as shown: kept where it is plain, else the next free number."""
    shown: dict[str, str] = {}
    taken = {note.label.lower() for note in notes if _PLAIN_LABEL_RE.fullmatch(note.label)}
    seen: set[str] = set()
    number = 0
    for note in notes:
        if note.label in shown:
            continue
        label = note.label
        if not _PLAIN_LABEL_RE.fullmatch(label) or label.lower() in seen:
            number += 1
            while str(number) in taken:
                number += 1
            label = str(number)
        seen.add(label.lower())
        shown[note.label] = label
    return shown


def _children(block: Block) -> Iterator[Block]:
    if isinstance(block, Quote | Footnote):
        yield from block.content
    elif isinstance(block, List):
        for item in block.items:
            yield from item.content
    elif isinstance(block, DefinitionList):
        for definition in block.items:
            for description in definition.descriptions:
                yield from description
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell.content


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
