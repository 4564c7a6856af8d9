"""Pictures, captions and credits as they stand together on the page → Figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.build.frames import Frame, inline_only, nested
from newsclean.build.inline import CREDIT, flatten_text, join_contents, same_image
from newsclean.build.tables import TableFrame
from newsclean.document import Block, Figure, Heading, Image, Inline, LineBreak, Paragraph, Table, Text
from newsclean.markup.classes import MAX_CAPTION

if TYPE_CHECKING:
    from newsclean.build.inline import Atom
    from newsclean.document import Source

MAX_SLIDE = 200
"""Characters past which what a slide says below its heading is text of the article: a list told in pictures."""


class CaptionFrame(Frame):
    """figcaption, caption and what sites use in their place. A heading over text is an item of a grid."""

    __slots__ = ("credits",)

    def __init__(self) -> None:
        super().__init__()
        self.credits: list[str] = []

    def receive(self, atoms: list[Atom], source: Source) -> None:
        """Take a finished run, credit apart."""
        rest = split_credit(atoms, self.credits)
        if rest:
            super().receive(rest, source)

    def close(self, parent: Frame) -> None:
        """Hand the caption to the figure or table that it stands in or follows."""
        blocks = self.content()
        headings = sum(isinstance(block, Heading) for block in blocks)
        caption = inline_only(blocks) if headings in (0, len(blocks)) else None
        credit = " ".join(self.credits) or None
        if caption is None or len(flatten_text(caption)) > MAX_CAPTION:
            super().close(parent)
            _add_text(parent, credit, self.source)
        elif isinstance(parent, FigureFrame) and not parent.is_wrapper:
            parent.is_titled = parent.is_titled or not (parent.blocks or parent.captions)
            parent.captions.append(caption)
            parent.credits.extend(self.credits)
            parent.place = len(parent.blocks)
        elif isinstance(parent, TableFrame) and not parent.caption:
            parent.caption = join_contents([caption, _as_content(credit)])
        else:
            _attach(parent, caption, credit, self.source)


class FigureFrame(Frame):
    """figure and what sites use in its place."""

    __slots__ = ("_chars", "_is_slide", "captions", "credits", "is_titled", "is_wrapper", "place")

    def __init__(self, *, is_slide: bool = False) -> None:
        super().__init__()
        self._is_slide = is_slide
        self.is_titled = False
        """Whether the caption stands before everything else."""
        self.is_wrapper = False
        """Whether it holds the text of an article, be it that nobody closed the element."""
        self.place = 0
        """How many blocks stood before the last caption."""
        self._chars = 0
        self.captions: list[tuple[Inline, ...]] = []
        self.credits: list[str] = []

    def receive(self, atoms: list[Atom], source: Source) -> None:
        """Take a finished run, credit apart."""
        found: list[str] = []
        rest = split_credit(atoms, found)
        if self.is_wrapper and found:
            _attach(self, (), " ".join(found), source)
        else:
            self.credits.extend(found)
        if rest:
            super().receive(rest, source)

    def add(self, block: Block) -> None:
        """Take a block; a heading or much text below a picture or table is no part of a figure."""
        if self.blocks and isinstance(block, (Heading, Paragraph)) and not self.is_wrapper:
            self._chars += len(flatten_text(block.content))
            limit = MAX_SLIDE if self._is_slide else MAX_CAPTION
            if (isinstance(block, Heading) and not self._is_slide) or self._chars > limit:
                self._become_wrapper()
        super().add(block)

    def _become_wrapper(self) -> None:
        """Put what was taken for its caption where it stood."""
        self.is_wrapper = True
        self._end_loose_list()
        behind = self.blocks[self.place :]
        del self.blocks[self.place :]
        caption, credit = join_contents(self.captions), " ".join(self.credits) or None
        if caption or credit:
            _attach(self, caption, credit, self.source)
        self.blocks += behind
        self.captions, self.credits = [], []

    def close(self, parent: Frame) -> None:
        """Hand on one figure of all images, or what else the element holds followed by its caption."""
        if self.is_wrapper:
            super().close(parent)
            return
        images: list[Image] = []
        others: list[Block] = []
        before: list[Block] = []
        captions = [caption for caption in self.captions if caption]
        credit_lines = list(self.credits)
        for block in self.content():
            if isinstance(block, Figure):
                images.extend(image for image in block.images if not _is_known(images, image))
                captions.extend([block.caption] if block.caption else [])
                credit_lines.extend([block.credit] if block.credit else [])
            else:
                (others if images else before).append(block)
        if not images:
            before, others = [], before
        if images and self._is_slide and not captions:
            before, others = [], [*before, *others]
        for block in before:
            parent.add(block)
        if images and not captions and (self._is_slide or len(others) == 1) and _are_short_texts(others):
            caption = inline_only(tuple(others))
            captions.extend([caption] if caption else [])
            others = []
        self._hand_on(parent, images, others, join_contents(captions), " ".join(credit_lines) or None)

    def _hand_on(
        self, parent: Frame, images: list[Image], others: list[Block], caption: tuple[Inline, ...], credit: str | None
    ) -> None:
        if images:
            parent.add(Figure(tuple(images), caption, credit, self.source))
            caption, credit = (), None
        elif len(others) == 1 and isinstance(others[0], Table) and not others[0].caption:
            whole = join_contents([caption, _as_content(credit)])
            others = [replace(others[0], caption=whole, is_caption_below=bool(whole) and not self.is_titled)]
            caption, credit = (), None
        text = join_contents([caption, _as_content(credit)])
        if text:
            others.insert(0 if self.is_titled else len(others), Paragraph(text, self.source))
        for block in others:
            parent.add(block)


def _attach(frame: Frame, caption: tuple[Inline, ...], credit: str | None, source: Source) -> None:
    """Give a caption to the picture or table right before it, or let it be a paragraph."""
    previous = frame.blocks[-1] if frame.blocks else None
    text = join_contents([caption, _as_content(credit)])
    if isinstance(previous, Figure) and not previous.caption and previous.credit is None:
        frame.blocks[-1] = replace(previous, caption=caption, credit=credit)
    elif isinstance(previous, Table) and isinstance(frame, FigureFrame) and not previous.caption:
        frame.blocks[-1] = replace(previous, caption=text, is_caption_below=bool(text))
    elif text:
        frame.add(Paragraph(text, source))


def split_credit(atoms: list[Atom], found: list[str]) -> list[Atom]:
    """Return the atoms that are no credit; the credit's text is added to `found`."""
    rest: list[Atom] = []
    line: list[Atom] = []
    for marks, atom in atoms:
        (line if CREDIT in marks else rest).append((marks, atom))
    if line:
        text = flatten_text(nested(line)).strip()
        found.extend([text] if text else [])
        while rest and (rest[-1][1] == " " or _is_break(rest[-1])):
            rest.pop()
        while rest and (rest[0][1] == " " or _is_break(rest[0])):
            del rest[0]
    return rest


def _is_break(atom: Atom) -> bool:
    return isinstance(atom[1], LineBreak)


def _is_known(images: list[Image], image: Image) -> bool:
    return any(same_image(known, image) for known in images[-3:])


def _are_short_texts(blocks: list[Block]) -> bool:
    content = inline_only(tuple(blocks))
    return content is not None and len(flatten_text(content)) <= MAX_CAPTION


def _as_content(text: str | None) -> tuple[Inline, ...]:
    return (Text(text),) if text else ()


def _add_text(parent: Frame, text: str | None, source: Source) -> None:
    if text:
        parent.add(Paragraph(_as_content(text), source))
