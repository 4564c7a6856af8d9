"""Blocks that Markdown has no mark for → blocks that it has: definition lists, embeds, formulas inside paragraphs.

Document model in, smaller document model out; no Markdown is written here.
"""

from __future__ import annotations

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

    from newsclean.document import Block, Inline

Basic: TypeAlias = "Heading | Paragraph | List | Table | Code | Quote | Divider | Math | Figure"
"""What is left: the blocks of Markdown itself. A Figure is left where it has images, for its caption's place."""


def lower(blocks: Sequence[Block]) -> Iterator[Basic]:
    """Yield `blocks` (one level, not their contents) in terms of Markdown's own blocks; footnotes are left out."""
    for block in blocks:
        if isinstance(block, DefinitionList):
            yield List(tuple(_definition_item(item) for item in block.items))
        elif isinstance(block, Embed):
            yield Paragraph((Link(block.href, (Text(block.title or block.href),)),))
        elif isinstance(block, Paragraph):
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


def _definition_item(item: Definition) -> ListItem:
    """Return `**term**: description` where that is one paragraph, else the term above its descriptions."""
    term = Span("strong", item.term)
    blocks = [block for description in item.descriptions for block in description]
    if not runs(item.term):
        return ListItem(tuple(blocks))
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return ListItem((Paragraph((term, Text(_separator(item.term)), *blocks[0].content)),))
    return ListItem((Paragraph((term,)), *blocks))


def _separator(term: Sequence[Inline]) -> str:
    last = runs(term)[-1].leaf
    return " " if isinstance(last, Text) and last.text.endswith((":", "?", "：")) else ": "


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
