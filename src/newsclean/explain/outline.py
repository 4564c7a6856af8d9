"""Document → its outline: an entry a block of the body, with the blocks of the page that it was built from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.document import DefinitionList, Embed, Figure, Heading, List, Math, Quote, Table
from newsclean.render.plain import block_text
from newsclean.render.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.document import Block, Document, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of the body, or a run of plain paragraphs."""

    kind: str
    """What it is, for a reader: "heading", "3 paragraphs", "table, 4 rows"."""
    level: int
    """2 to 6 for a heading, else the level of the heading above it plus one."""
    text: str
    """A heading's text, or how the block begins."""
    source: Source
    """Numbers of the page's first and last block in it."""


def outline(document: Document) -> tuple[Entry, ...]:
    """Return the entries in reading order; paragraphs that follow one another are one."""
    entries: list[Entry] = []
    level = 1
    for run in _runs(document):
        if isinstance(run[0], Heading):
            level = run[0].level
        text = next((text for text in map(_text, run) if text), "")
        entries.append(Entry(_kind(run), level if isinstance(run[0], Heading) else level + 1, text, _source(run)))
    return tuple(entries)


def built(document: Document) -> dict[int, str]:
    """Return what each block of the page became: number → "heading 2", "list", "table"; paragraphs are left out."""
    named = ((block, _name(block)) for block in document.blocks if _name(block) != "paragraph")
    return {
        number: name
        for block, name in named
        if not isinstance(block, Math) and block.source
        for number in range(block.source[0], block.source[1] + 1)
    }


def _runs(document: Document) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in document.blocks:
        if run and _name(block) == "paragraph" and _name(run[-1]) == "paragraph":
            run.append(block)
            continue
        if run:
            yield run
        run = [block]
    if run:
        yield run


def _name(block: Block) -> str:
    if isinstance(block, Heading):
        return f"heading {block.level}"
    if isinstance(block, DefinitionList):
        return "definition list"
    return type(block).__name__.lower()


def _kind(run: list[Block]) -> str:
    block = run[0]
    if isinstance(block, Heading):
        return "heading"
    if isinstance(block, List | DefinitionList):
        return f"{_name(block)}, {_many(len(block.items), 'item')}"
    if isinstance(block, Table):
        return f"table, {_many(len(block.rows) + bool(block.header), 'row')}"
    if isinstance(block, Quote) and block.callout:
        return f"callout ({block.callout})"
    return _many(len(run), "paragraph") if len(run) > 1 else _name(block)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(block: Block) -> str:
    if isinstance(block, Figure):
        return one_line(next((image.alt for image in block.images if image.alt), ""))
    if isinstance(block, Embed):
        return one_line(block.title)
    first_line = block_text(block).partition("\n")[0]
    return " ".join(first_line.removeprefix("- ").split())


def _source(run: list[Block]) -> Source:
    sources = [block.source for block in run if not isinstance(block, Math) and block.source]
    return (sources[0][0], sources[-1][1]) if sources else None
