"""Footnotes: the container of one, and finished blocks → the same with the parts of each note joined and no heading
left over a list of notes."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from newsclean.build.frames import Frame, ListFrame
from newsclean.build.inline import flatten_text
from newsclean.document import Block, Divider, Footnote, Heading

if TYPE_CHECKING:
    from newsclean.build.inline import Atom
    from newsclean.document import Source

NOTES_TITLES = frozenset(
    """notes footnotes endnotes note footnote sidenotes fußnoten anmerkungen notas voetnoten noten przypisy примечания
    сноски fotnoter noter""".split()
) | {"notas al pie", "notas de rodapé", "notes de bas de page", "note a piè di pagina", "脚注", "注釈", "注释", "각주"}
"""What sites write over their notes, in lower case; Markdown readers set the notes apart by themselves."""

_BEHIND_NUMBER = (".", ":", ")", "]", "].", ").", "：")


class FootnoteFrame(Frame):
    """The element that footnote references point to. Its number in front is dropped, since the label says it."""

    __slots__ = ("_label", "_number", "_root")

    def __init__(self, label: str, number: str, root: Frame) -> None:
        super().__init__()
        self._label = label
        self._number = number
        self._root = root

    def receive(self, atoms: list[Atom], source: Source) -> None:
        """Take a finished run without the note's own number at its start."""
        if not self.blocks and atoms and isinstance(atoms[0][1], str):
            marks, text = atoms[0][0], atoms[0][1]
            rest = self._without_number(text)
            atoms = [*([(marks, rest)] if rest else []), *atoms[1:]]
            if not rest and atoms and atoms[0][1] == " ":
                del atoms[0]
        if atoms:
            super().receive(atoms, source)

    def _without_number(self, text: str) -> str:
        """Return "1. Text", "[1] Text" and "1" without what the label says."""
        head, _, rest = text.partition(" ")
        if head in _BEHIND_NUMBER and rest:  # the number itself led back: "<a>1</a>. Text"
            return rest
        return rest if head.strip("[].():^") == self._number and not (rest and head == self._number) else text

    def close(self, parent: Frame) -> None:
        """Hand the note to the document, whatever list it stands in; it is there even when empty, being pointed to."""
        self._root.add(Footnote(self._label, self.content(), self.source))
        if isinstance(parent, ListFrame):
            parent.skip_item()


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
