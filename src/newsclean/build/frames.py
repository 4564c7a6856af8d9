"""Open containers: runs and blocks go in, and closing one hands its block of the model to the container around it.

Tables and figures have files of their own. Nothing here reads the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.build.inline import flatten_text, join_contents, nest, paragraphs, same_image, without_outer_strong
from newsclean.document import (
    Block,
    Definition,
    DefinitionList,
    Divider,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Paragraph,
    Quote,
    Source,
    Span,
)

if TYPE_CHECKING:
    from newsclean.build.inline import Atom

MAX_HEADING = 400
"""Characters past which several paragraphs inside a heading element are no heading: someone forgot to close it."""


class Frame:
    """A container that keeps blocks as they come; the document itself is one."""

    __slots__ = ("_loose", "_loose_at", "_loose_items", "_loose_last", "blocks", "first", "last")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.first = -1
        self.last = -1
        self._loose: List | None = None
        self._loose_at = 0
        self._loose_items: list[ListItem] = []
        self._loose_last = -1

    @property
    def source(self) -> Source:
        """Return the first and last number of the blocks that went in."""
        return (self.first, self.last) if self.first >= 0 else None

    def touch(self, source: Source) -> None:
        """Note that blocks of this range went in."""
        if source is not None:
            self.first = source[0] if self.first < 0 else min(self.first, source[0])
            self.last = max(self.last, source[1])

    def receive(self, atoms: list[Atom], source: Source) -> None:
        """Take a finished run."""
        for block in paragraphs(atoms, source):
            self.add(block)

    def add(self, block: Block) -> None:
        """Take a block, unless it repeats the image before it."""
        if isinstance(block, Figure) and self.blocks and _is_repeated(self.blocks[-1], block):
            return
        self.blocks.append(block)

    def add_loose_item(self, item: ListItem, source: Source) -> None:
        """Take a list item that stands outside any list; neighbours share one."""
        if self._loose is None or not self.blocks or self.blocks[-1] is not self._loose:
            self._gather_loose_items()
            self._loose = List((item,), source=source)
            self._loose_at = len(self.blocks)
            self.add(self._loose)
        self._loose_items.append(item)
        self._loose_last = source[1] if source else -1

    def _gather_loose_items(self) -> None:
        if self._loose is not None and len(self._loose_items) > 1:
            source = (self._loose.source[0], self._loose_last) if self._loose.source else None
            self.blocks[self._loose_at] = List(tuple(self._loose_items), source=source)
        self._loose_items = []

    def _end_loose_list(self) -> None:
        self._gather_loose_items()
        self._loose = None

    def content(self) -> tuple[Block, ...]:
        """Return the blocks with dividers only between others, and never two in a row."""
        self._gather_loose_items()
        tidy: list[Block] = []
        for block in self.blocks:
            if not isinstance(block, Divider) or (tidy and not isinstance(tidy[-1], Divider)):
                tidy.append(block)
        if tidy and isinstance(tidy[-1], Divider):
            tidy.pop()
        return tuple(tidy)

    def close(self, parent: Frame) -> None:
        """Hand the result to the container around."""
        for block in self.content():
            parent.add(block)


def _is_repeated(previous: Block, figure: Figure) -> bool:
    return (
        isinstance(previous, Figure)
        and len(figure.images) == 1
        and not figure.caption
        and figure.credit is None
        and any(same_image(image, figure.images[0]) for image in previous.images)
    )


def inline_only(blocks: tuple[Block, ...]) -> tuple[Inline, ...] | None:
    """Return the joined content of blocks that are all paragraphs or headings, else None."""
    contents: list[tuple[Inline, ...]] = []
    for block in blocks:
        if not isinstance(block, (Paragraph, Heading)):
            return None
        contents.append(block.content)
    return join_contents(contents)


def strong_paragraphs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with headings as paragraphs of strong text: list items and cells have no outline."""
    return tuple(
        Paragraph((Span("strong", block.content),), block.source) if isinstance(block, Heading) else block
        for block in blocks
    )


class HeadingFrame(Frame):
    """h1 to h6. What holds more than a heading's text is passed on as it is."""

    __slots__ = ("_level",)

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = min(max(level, 2), 6)

    def close(self, parent: Frame) -> None:
        """Hand on pictures first, then the heading."""
        blocks = self.content()
        texts = tuple(block for block in blocks if not isinstance(block, Figure))
        content = inline_only(texts)
        if content is None or (len(texts) > 1 and len(flatten_text(content)) > MAX_HEADING):
            super().close(parent)
            return
        for block in blocks:
            if isinstance(block, Figure):
                parent.add(block)
        content = without_outer_strong(content)
        if content:
            parent.add(Heading(self._level, content, self.source))


class ItemFrame(Frame):
    """li."""

    __slots__ = ("checked", "value")

    def __init__(self, value: int | None) -> None:
        super().__init__()
        self.value = value
        self.checked: bool | None = None

    def close(self, parent: Frame) -> None:
        """Hand the item to its list, if it has content."""
        blocks = self.content()
        if isinstance(parent, ListFrame):
            parent.add_item(blocks, self.checked, self.value)
        elif blocks:
            parent.add_loose_item(ListItem(strong_paragraphs(blocks), self.checked), self.source)


class ListFrame(Frame):
    """ul, ol, menu. Blocks that stand in the list itself join the item before them (lists) or become items."""

    __slots__ = ("_items", "_marker", "_next", "_numbers", "_ordered", "_step")

    def __init__(self, ordered: bool, start: int | None, marker: str, reversed_from: int | None) -> None:
        super().__init__()
        self._items: list[tuple[list[Block], bool | None]] = []
        self._numbers: list[int] = []
        self._ordered = ordered
        self._marker = marker
        self._step = 1 if reversed_from is None else -1
        self._next = start if start is not None else (reversed_from or 1)

    def add_item(self, blocks: tuple[Block, ...], checked: bool | None, value: int | None) -> None:
        """Take an item; one without content still counts."""
        number = self._next if value is None else value
        self._next = number + self._step
        if blocks:
            self._items.append((list(blocks), checked))
            self._numbers.append(number)

    def skip_item(self) -> None:
        """Count an item that was not kept."""
        self._next += self._step

    def add(self, block: Block) -> None:
        """Take a block that stands between items."""
        if self._items and isinstance(block, List):
            self._items[-1][0].append(block)
        elif not isinstance(block, Divider):
            self.add_item((block,), None, None)

    def close(self, parent: Frame) -> None:
        """Hand on the list, in as many pieces as the numbers have gaps; a list of sections hands on its sections."""
        if self._is_sections():
            for blocks, _ in self._items:
                for block in blocks:
                    parent.add(block)
            return
        start = 0
        for index in range(1, len(self._items) + 1):
            if index == len(self._items) or self._has_gap(index):
                parent.add(self._piece(start, index))
                start = index

    def _is_sections(self) -> bool:
        headed = sum(any(isinstance(block, Heading) for block in blocks) for blocks, _ in self._items)
        return not self._ordered and headed * 2 > len(self._items)

    def _has_gap(self, index: int) -> bool:
        return self._ordered and self._numbers[index] != self._numbers[index - 1] + 1

    def _piece(self, start: int, stop: int) -> List:
        items = tuple(
            ListItem(strong_paragraphs(tuple(blocks)), checked) for blocks, checked in self._items[start:stop]
        )
        if not self._ordered:
            return List(items, source=self.source)
        return List(items, True, self._numbers[start], self._marker, self.source)


class DefinitionsFrame(Frame):
    """dl."""

    __slots__ = ("_items",)

    def __init__(self) -> None:
        super().__init__()
        self._items: list[tuple[tuple[Inline, ...], list[tuple[Block, ...]]]] = []

    def add_term(self, term: tuple[Inline, ...]) -> None:
        """Take a dt."""
        self._items.append((term, []))

    def add_description(self, blocks: tuple[Block, ...]) -> None:
        """Take a dd."""
        if not self._items:
            self._items.append(((), []))
        self._items[-1][1].append(blocks)

    def add(self, block: Block) -> None:
        """Take a block that stands between terms."""
        self.add_description((block,))

    def close(self, parent: Frame) -> None:
        """Hand on the list; one without terms is an indented passage, and one without descriptions is paragraphs."""
        if any(descriptions for _, descriptions in self._items) and self._items[0][0]:
            items = tuple(Definition(term, tuple(descriptions)) for term, descriptions in self._items)
            parent.add(DefinitionList(items, self.source))
            return
        for term, descriptions in self._items:
            if term:
                parent.add(Paragraph(term, self.source))
            for blocks in descriptions:
                for block in blocks:
                    parent.add(block)


class TermFrame(Frame):
    """dt."""

    __slots__ = ()

    def close(self, parent: Frame) -> None:
        """Hand the term to its list; outside one, or with block content, it is what it holds."""
        blocks = self.content()
        term = inline_only(blocks)
        if term is None or not isinstance(parent, DefinitionsFrame):
            super().close(parent)
        elif term:
            parent.add_term(without_outer_strong(term))


class DescriptionFrame(Frame):
    """dd."""

    __slots__ = ()

    def close(self, parent: Frame) -> None:
        """Hand the description to its list."""
        blocks = self.content()
        if not isinstance(parent, DefinitionsFrame):
            super().close(parent)
        elif blocks:
            parent.add_description(strong_paragraphs(blocks))


class QuoteFrame(Frame):
    """blockquote, or a callout with its kind."""

    __slots__ = ("_is_post", "callout", "title")

    def __init__(self, callout: str | None = None, *, is_post: bool = False) -> None:
        super().__init__()
        self._is_post = is_post
        self.callout = callout
        self.title: tuple[Inline, ...] = ()

    def close(self, parent: Frame) -> None:
        """Hand on the quotation."""
        blocks = self.content()
        if blocks or self.title:
            parent.add(Quote(blocks, self.callout, self.title, self.source, self._is_post))


class CalloutTitleFrame(Frame):
    """The title line of a callout, or the label that stands in the place of its icon."""

    __slots__ = ("_callout",)

    def __init__(self, callout: QuoteFrame) -> None:
        super().__init__()
        self._callout = callout

    def close(self, parent: Frame) -> None:
        """Hand the title to its callout."""
        title = inline_only(self.content())
        if title and not self._callout.title and not self._callout.blocks:
            self._callout.title = without_outer_strong(title)
        else:
            super().close(parent)


def nested(atoms: list[Atom]) -> tuple[Inline, ...]:
    """Return atoms as spans without the space at their edges."""
    while atoms and atoms[0][1] == " ":
        atoms = atoms[1:]
    while atoms and atoms[-1][1] == " ":
        atoms = atoms[:-1]
    return nest(atoms)
