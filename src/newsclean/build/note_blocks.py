"""Finished blocks → the same with the parts of each footnote joined and no heading left over a list of notes."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from newsclean.build.inline import flatten_text
from newsclean.document import Block, Divider, Footnote, Heading

NOTES_TITLES = frozenset(
    """notes footnotes endnotes note footnote sidenotes fußnoten anmerkungen notas voetnoten noten przypisy примечания
    сноски fotnoter noter""".split()
) | {"notas al pie", "notas de rodapé", "notes de bas de page", "note a piè di pagina", "脚注", "注釈", "注释", "각주"}
"""What sites write over their notes, in lower case; Markdown readers set the notes apart by themselves."""


def tidy_notes(blocks: tuple[Block, ...], left_out: list[str]) -> tuple[Block, ...]:
    """Return the blocks with parts of the same note joined, and without headings and rules over notes alone.

    The texts of those headings are added to `left_out`.
    """
    return _without_titles(_joined(blocks), left_out)


def _joined(blocks: tuple[Block, ...]) -> list[Block]:
    places: dict[str, int] = {}
    joined: list[Block] = []
    for block in blocks:
        place = places.get(block.label) if isinstance(block, Footnote) else None
        if not isinstance(block, Footnote):
            joined.append(block)
        elif place is None:
            places[block.label] = len(joined)
            joined.append(block)
        else:
            first = joined[place]
            assert isinstance(first, Footnote)
            joined[place] = replace(first, content=first.content + block.content)
    return joined


def _without_titles(blocks: list[Block], left_out: list[str]) -> tuple[Block, ...]:
    kept: list[Block] = []
    after: Block | None = None
    """What follows the notes that follow."""
    for block, following in reversed(list(zip_longest(blocks, blocks[1:]))):
        if not isinstance(block, Footnote) and isinstance(following, Footnote):
            if isinstance(block, Divider):
                continue
            if isinstance(block, Heading) and (_heads_only(block, after) or _is_notes_title(block)):
                left_out.append(flatten_text(block.content))
                continue
        if not isinstance(block, Footnote):
            after = block
        kept.append(block)
    return tuple(reversed(kept))


def _heads_only(heading: Heading, after: Block | None) -> bool:
    """Return whether a heading has nothing but notes below it; `after` is what follows them."""
    return after is None or (isinstance(after, Heading) and after.level <= heading.level)


def _is_notes_title(heading: Heading) -> bool:
    return flatten_text(heading.content).strip(" :.").lower() in NOTES_TITLES
