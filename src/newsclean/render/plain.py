"""Document → the body as plain text: the words of the page and no others.

List numbers, figures with their captions, embeds and dividers add nothing; the title is not part of the body, and the
standfirst only where it is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.document import (
    Code,
    CodeSpan,
    DefinitionList,
    Document,
    Footnote,
    FootnoteReference,
    Heading,
    LineBreak,
    List,
    Math,
    Paragraph,
    Quote,
    Raw,
    Table,
    Text,
)
from newsclean.render.once import Same
from newsclean.render.prepare import footnotes
from newsclean.render.runs import lone_text, runs
from newsclean.render.safe import formula, one_line, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.document import Block, Inline
    from newsclean.model import Metadata

_LONGEST_MARK = 3
"""Characters of a footnote's mark that reads as one: "[1]", not "[cite_note-Smith2003]"."""
OPENING = 8
"""Blocks with which a body opens: pictures may stand before its first paragraph."""


def render_text(document: Document, above: Sequence[str] = ()) -> str:
    """Return the body: a blank line between paragraphs, "- " before list items, tabs between cells, notes at the end.

    `above` are paragraphs that come first. The text ends with one newline; "" where there is none.
    """
    text = "\n\n".join((*above, *_texts(Same(document))))
    return f"{text}\n" if text else ""


@lru_cache(maxsize=1)
def _texts(same: Same) -> Sequence[str]:
    document = same.document
    return (
        *block_texts(document.blocks),
        *(text for note in footnotes(document) for text in block_texts(note.content)),
    )


def without_posts(document: Document) -> Document:
    """Return the body without the posts of social networks that it quotes, unless it is made of them."""
    rest = tuple(block for block in document.blocks if not (isinstance(block, Quote) and block.is_post))
    return Document(rest) if len(document.blocks) > len(rest) > len(document.blocks) / 2 else document


def standfirst_above(document: Document, metadata: Metadata) -> list[str]:
    """Return the paragraphs of the standfirst that are set above the body; none where the body opens with them."""
    paragraphs = [line for part in (metadata.standfirst or "").split("\n\n") if (line := one_line(part))]
    if not paragraphs:
        return []
    opening = {one_line(text) for text in block_texts(document.blocks[:OPENING])}
    return [] if opening.issuperset(paragraphs) else paragraphs


def block_texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the text of each block that has any; footnotes are left to the end of the whole text."""
    for block in blocks:
        if not isinstance(block, Footnote) and (text := block_text(block)):
            yield text


def block_text(block: Block) -> str:
    """Return the block's own text, without a final newline; "" for figures, embeds and dividers."""
    if isinstance(block, Paragraph | Heading):
        return inline_text(block.content)
    if isinstance(block, List):
        return "\n".join(text for item in block.items if (text := _item("\n".join(block_texts(item.content)))))
    if isinstance(block, Quote):
        parts = [inline_text(block.title), *block_texts(block.content)]
        return "\n\n".join(part for part in parts if part)
    if isinstance(block, Code):
        text = verbatim(block.text)
        return text if text.strip() else ""
    if isinstance(block, Math):
        return formula(block.latex)
    if isinstance(block, DefinitionList):
        return _definitions(block)
    if isinstance(block, Table):
        return _table(block)
    return "\n\n".join(block_texts(block.content)) if isinstance(block, Footnote) else ""


def inline_text(content: Sequence[Inline]) -> str:
    """Return inline content as text; line breaks are newlines, images leave nothing."""
    if (text := lone_text(content)) is not None:
        return text
    parts = []
    for run in runs(content, links=False, images=False):
        leaf = run.leaf
        if isinstance(leaf, Text | CodeSpan):
            parts.append(leaf.text)
        elif isinstance(leaf, Raw):
            parts.append(leaf.text.replace("\n", " "))
        elif isinstance(leaf, LineBreak):
            parts.append("\n")
        elif isinstance(leaf, Math):
            parts.append(leaf.latex)
        elif isinstance(leaf, FootnoteReference) and _is_mark(leaf.label):
            parts.append(f"[{leaf.label}]")
    return "".join(parts)


def _is_mark(label: str) -> bool:
    return len(label) <= _LONGEST_MARK and label.isalnum()


def _item(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join((f"- {first}", *(f"  {line}" if line else "" for line in rest))) if text else ""


def _definitions(block: DefinitionList) -> str:
    lines = []
    for item in block.items:
        lines.append(inline_text(item.term))
        for description in item.descriptions:
            lines += block_texts(description)
    return "\n".join(line for line in lines if line)


def _table(table: Table) -> str:
    lines: list[str] = []
    for row in (table.header, *table.rows):
        cells = [" ".join(block_texts(cell.content)).replace("\n", " ").replace("\t", " ") for cell in row]
        lines.append("\t".join(cells) if any(cells) else "")
    caption = inline_text(table.caption)
    parts = [*lines, caption] if table.is_caption_below else [caption, *lines]
    return "\n".join(part for part in parts if part)
