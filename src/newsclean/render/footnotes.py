"""Document → its footnotes in reading order, each with a short label that every output may use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.document import DefinitionList, Footnote, Heading, List, Paragraph, Quote, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.document import Block, Document

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
