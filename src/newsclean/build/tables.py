"""Rows and cells → a rectangular Table, or the cells' own blocks where the table was only there for the layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newsclean.build.frames import Frame, strong_paragraphs
from newsclean.build.inline import flatten_text, without_outer_strong
from newsclean.document import Align, Block, Cell, Figure, Heading, Inline, Math, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.build.frames import QuoteFrame

MAX_SPAN = 100
"""Columns or rows that one cell may span; tables in articles have fewer, and bombs ask for 10**15."""

MAX_CELLS = 50_000
"""Cells of the filled grid. A table past it is handed on as the blocks of its cells."""

MAX_LAYOUT_CHARS = 400
"""Characters in one cell past which a table without header cells is a layout of columns."""

MAX_ROW_CHARS = 120
"""The same for a table of one row."""

MAX_NAME_CHARS = 60
"""Characters past which a cell of the first row is no name of a column."""

_EQUATION_NUMBER_RE = re.compile(r"\([\w.]{1,8}\)$")  # "(2.1)"


Part = Literal["head", "body", "foot"]
"""The part of a table in which a row stands."""


@dataclass(slots=True)
class DraftCell:
    """A cell as the page has it."""

    blocks: tuple[Block, ...] = ()
    is_header: bool = False
    columns: int = 1
    rows: int = 1
    align: Align | None = None


@dataclass(slots=True)
class DraftRow:
    """A row as the page has it."""

    part: Part = "body"
    cells: list[DraftCell] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of the row was kept."""
        return not any(cell.blocks for cell in self.cells)

    @property
    def is_header(self) -> bool:
        """Return whether all that is in the row stands in header cells."""
        return all(cell.is_header for cell in self.cells if cell.blocks) and not self.is_empty


class TableFrame(Frame):
    """table. `blocks` holds what stands in the table before its first row."""

    __slots__ = ("_column_aligns", "_is_layout", "callout", "caption", "part", "rows")

    def __init__(self, is_layout: bool, column_aligns: list[Align | None], callout: QuoteFrame | None = None) -> None:
        super().__init__()
        self._is_layout = is_layout or callout is not None
        self.callout = callout
        """The callout whose icon and text the table sets side by side."""
        self._column_aligns = column_aligns
        self.caption: tuple[Inline, ...] = ()
        self.part: Part = "body"
        self.rows: list[DraftRow] = []

    def start_row(self) -> None:
        """Open a row; one of which nothing was kept still takes part in row spans."""
        self.rows.append(DraftRow(self.part))

    def add_cell(self, cell: DraftCell) -> None:
        """Take a cell of the open row."""
        if not self.rows:
            self.start_row()
        self.rows[-1].cells.append(cell)

    def add(self, block: Block) -> None:
        """Take a block that stands outside any cell; between rows it is a row."""
        if not self.rows:
            super().add(block)
        else:
            self.start_row()
            self.add_cell(DraftCell((block,)))

    def close(self, parent: Frame) -> None:
        """Hand on the table, or its blocks; the foot is last wherever it was written."""
        self.rows.sort(key=lambda row: row.part == "foot")
        for block in self.content():
            parent.add(block)
        grid = None if self._is_layout or self._looks_like_layout() else fill_grid(self.rows)
        if grid is not None:
            parent.add(self._table(*grid))
            return
        if self.caption:
            parent.add(Paragraph(self.caption, self.source))
        for cell in self._cells():
            for block in cell.blocks:
                parent.add(block)

    def _cells(self) -> Iterator[DraftCell]:
        return (cell for row in self.rows for cell in row.cells)

    def _looks_like_layout(self) -> bool:
        full = [cell for cell in self._cells() if cell.blocks]
        if len(full) < 2:
            return True
        if _is_equation(full):
            return True
        if any(cell.is_header for cell in full):
            return max(len(row.cells) for row in self.rows) == 1 and len(full) < 3
        if any(isinstance(block, Table) for cell in full for block in cell.blocks):
            return True
        if max(len(row.cells) for row in self.rows) == 1:
            return True
        is_row = sum(not row.is_empty for row in self.rows) == 1
        limit = MAX_ROW_CHARS if is_row else MAX_LAYOUT_CHARS
        if is_row and any(_is_picture(cell.blocks) for cell in full):
            limit = MAX_NAME_CHARS
        return any(_is_column(cell.blocks, limit) for cell in full)

    def _table(self, columns: list[int], grid: list[tuple[DraftRow, list[DraftCell]]]) -> Table:
        header: tuple[Cell, ...] = ()
        if len(grid) > 1 and (grid[0][0].part == "head" or grid[0][0].is_header or _names_columns(grid)):
            header = tuple(_cell(cell, is_header=True) for cell in grid[0][1])
        rows = tuple(tuple(_cell(cell) for cell in cells) for _, cells in (grid[1:] if header else grid))
        aligns = [*self._column_aligns, *[None] * (columns[-1] + 1)]
        align = tuple(own or aligns[column] for column, own in zip(columns, _alignment(grid), strict=True))
        return Table(header, rows, align, self.caption, self.source)


class CellFrame(Frame):
    """td, th."""

    __slots__ = ("_draft",)

    def __init__(self, draft: DraftCell) -> None:
        super().__init__()
        self._draft = draft

    def close(self, parent: Frame) -> None:
        """Hand the cell to its table."""
        if isinstance(parent, TableFrame):
            self._draft.blocks = self.content()
            parent.add_cell(self._draft)
        else:
            super().close(parent)


def _is_equation(full: list[DraftCell]) -> bool:
    """Return whether a table sets a formula beside its number."""
    first, *others = [cell.blocks for cell in full]
    texts = [flatten_text(blocks[0].content) for blocks in others if isinstance(blocks[0], Paragraph)]
    is_numbered = len(texts) == 1 == len(others) and _EQUATION_NUMBER_RE.match(texts[0])
    return len(first) == 1 and isinstance(first[0], Math) and bool(is_numbered)


def _names_columns(grid: list[tuple[DraftRow, list[DraftCell]]]) -> bool:
    """Return whether the first row of a table without header cells names its columns: in bold, or over figures."""
    if any(cell.is_header for _, cells in grid for cell in cells):
        return False
    names, *rows = [[_line_of(cell) for cell in cells] for _, cells in grid]
    if len(names) < 2 or not all(text and len(text) <= MAX_NAME_CHARS for text in names):
        return False
    if all(_is_strong(cell) for cell in grid[0][1]):
        return not all(_is_strong(cell) for cell in grid[1][1])
    if any(char.isdigit() for text in names for char in text or ""):
        return False
    return any(all(_is_figure(text) for text in column) for column in zip(*rows, strict=True))


def _is_figure(text: str | None) -> bool:
    """Return whether a cell holds a number: "3", "$4.20", "-1"."""
    return bool(text) and any(char.isdigit() for char in (text or "")[:3])


def _line_of(cell: DraftCell) -> str | None:
    """Return the text of a cell that holds one paragraph and nothing else."""
    if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph):
        return flatten_text(cell.blocks[0].content).strip()
    return None


def _is_strong(cell: DraftCell) -> bool:
    content = cell.blocks[0].content if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph) else ()
    return bool(content) and without_outer_strong(content) != content


def _is_column(blocks: tuple[Block, ...], limit: int) -> bool:
    """Return whether a cell's content is a column of a page rather than a datum."""
    if any(isinstance(block, Heading) for block in blocks):
        return True
    size = sum(len(flatten_text(block.content)) for block in blocks if isinstance(block, Paragraph))
    return size > limit


def _is_picture(blocks: tuple[Block, ...]) -> bool:
    """Return whether a cell shows a picture and says nothing."""
    return len(blocks) == 1 and (
        isinstance(blocks[0], Figure) or (isinstance(blocks[0], Paragraph) and not flatten_text(blocks[0].content))
    )


def _cell(draft: DraftCell, *, is_header: bool = False) -> Cell:
    blocks = strong_paragraphs(draft.blocks)
    if (draft.is_header or is_header) and len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return Cell((Paragraph(without_outer_strong(blocks[0].content), blocks[0].source),))
    return Cell(blocks)


def _alignment(grid: list[tuple[DraftRow, list[DraftCell]]]) -> tuple[Align | None, ...]:
    """Return each column's alignment: what its first two cells (a header and a datum) say."""
    return tuple(
        next((cells[column].align for _, cells in grid[:2] if cells[column].align), None)
        for column in range(len(grid[0][1]))
    )


def fill_grid(rows: list[DraftRow]) -> tuple[list[int], list[tuple[DraftRow, list[DraftCell]]]] | None:
    """Return the columns and the rows with each of them filled, spans as a cell and empty ones; None past MAX_CELLS.

    Columns in which no cell with content starts are dropped, and so are rows of which nothing was kept.
    """
    spanned = sum(min(cell.columns, MAX_SPAN) for row in rows for cell in row.cells) <= MAX_CELLS
    placed = _place(rows, MAX_SPAN if spanned else 1)
    kept = [index for index, row in enumerate(rows) if not row.is_empty]
    used = sorted({column for index in kept for column, cell in placed[index].items() if cell.blocks})
    if not used or len(used) * len(kept) > MAX_CELLS:
        return None
    return used, [(rows[index], [placed[index].get(column) or DraftCell() for column in used]) for index in kept]


def _place(rows: list[DraftRow], max_span: int) -> list[dict[int, DraftCell]]:
    """Return for each row its cells by the column in which they start."""
    free_at: dict[int, int] = {}
    """Column → the row from which on no cell above reaches into it."""
    placed: list[dict[int, DraftCell]] = []
    for number, row in enumerate(rows):
        here: dict[int, DraftCell] = {}
        column = 0
        for cell in row.cells:
            while free_at.get(column, 0) > number:
                column += 1
            here[column] = cell
            width = min(cell.columns, max_span)
            if cell.rows > 1:
                for spanned in range(column, column + width):
                    free_at[spanned] = number + min(cell.rows, max_span)
            column += width
        placed.append(here)
    return placed
