"""Blocks that Markdown has no mark for → blocks that it has: definitions, embeds, formulas inside paragraphs.

Document model in, smaller document model out; no Markdown is written here.
"""

from __future__ import annotations

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
    Math,
    Paragraph,
    Quote,
    Table,
    Text,
)
from newsclean.render.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.document import Block, Inline

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
