"""Lines of a text → the same with tabs between the cells of tables that were drawn: in columns, boxes or Markdown.

Only what is surely a table: columns that keep their edge over several rows and hold numbers or stand below a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.flattext.features import DIGIT_RE

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_ROWS = 3
"""Rows of a table in columns: two lines with wide gaps at one place are a coincidence."""

MAX_CELL = 60
"""Letters of a cell: the columns of a newspaper, set side by side, are longer."""

MIN_NUMBERS = 0.6
"""Share of the cells of a column that hold a digit, in one column at least; menus side by side have none."""

MAX_ROWS_LOOKED_AT = 400
"""Rows of one table; what follows is another."""

MAX_ROW = 2_000
"""Characters of a row of a table: terminals and printers have 80 to 250."""

TAB_STOP = 8

_GAP_RE = re.compile(r"\S(?: ?\S)*")  # a cell: words with single spaces between
_RULE_RE = re.compile(r"[-=─━_+ |\t]{6,}$")  # "-----  -----" below the heads of columns, or padding alone
_BOX_RE = re.compile(r"^\s*[│┃║].*[│┃║]\s*$")  # "│2019│41│" of w3m
_BOX_EDGE_RE = re.compile(r"[│┃║]")
_BOX_RULE_RE = re.compile(r"^\s*[├└╠╚┣┗┌╔┏┠─━═┼╬╋┤┘┐]")  # "├────┼────┤"
_BULLET_RE = re.compile(r"[•◦‣▪*+·-] ")  # "* Nov   18": an item, or lists side by side


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def read_columns(lines: list[str]) -> list[str]:
    """Return the lines with tabs between the cells of tables in columns and in boxes, other lines as they are."""
    read = list(lines)
    number = 0
    while number < len(lines):
        if not _may_begin(lines[number]):
            number += 1
            continue
        table = _box if _BOX_RE.match(lines[number]) else _columns
        rows, number = table(lines, number)
        for at, cells in rows.items():
            margin = len(lines[at]) - len(lines[at].lstrip())
            read[at] = lines[at][:margin] + "\t".join(cells)
    return read


def _may_begin(line: str) -> bool:
    """Return whether a line has a gap or an edge inside: most have none, and no more is asked of them."""
    if len(line) > MAX_ROW:
        return False
    if "  " in line:
        text = line.strip()
        if "  " in text or "\t" in text:
            return True
    return not line.isascii() and ("│" in line or "┃" in line or "║" in line)


def _columns(lines: Sequence[str], first: int) -> tuple[dict[int, list[str]], int]:
    """Return the cells of each row of the table that begins at or below a line, and the first line not looked at.

    Where the first rows hold no numbers, the table is what stands below them. Lines are looked at once, table or not.
    """
    rows: dict[int, list[_Cell]] = {}
    above: list[_Cell] = []
    ruled = False
    number = first
    for number in range(first, min(first + MAX_ROWS_LOOKED_AT, len(lines))):
        if rows and _RULE_RE.match(lines[number]):
            ruled = True
            continue
        cells = _cells(lines[number])
        if len(cells) < 2 or (above and not _fits(cells, above)):
            break
        rows[number] = above = cells
    else:
        number += 1
    top = 0 if ruled or not rows else _first_with_numbers(list(rows.values()))
    table = list(rows.items())[top:]
    if len(table) < MIN_ROWS:
        return {}, max(number, first + 1)
    return {at: [cell.text for cell in cells] for at, cells in table}, table[-1][0] + 1


def _cells(line: str) -> list[_Cell]:
    if len(line) > MAX_ROW:
        return []
    line = line.expandtabs(TAB_STOP) if "\t" in line else line
    cells = [_Cell(found.start(), found.end(), found[0]) for found in _GAP_RE.finditer(line)]
    is_table = all(len(cell.text) <= MAX_CELL and not _BULLET_RE.match(cell.text) for cell in cells)
    return cells if is_table else []


def _fits(cells: Sequence[_Cell], above: Sequence[_Cell]) -> bool:
    """Return whether each cell has the left or right edge of the cell above it."""
    return len(cells) == len(above) and all(
        cell.start == other.start or cell.end == other.end for cell, other in zip(cells, above, strict=True)
    )


def _first_with_numbers(rows: Sequence[Sequence[_Cell]]) -> int:
    """Return the first row from which a column, but the leftmost, holds numbers down to the last; len(rows) if none."""
    found = len(rows)
    counts = [0] * len(rows[0])
    for first in range(len(rows) - 1, -1, -1):
        for column, cell in enumerate(rows[first]):
            counts[column] += DIGIT_RE.search(cell.text) is not None
        if max(counts[1:]) >= MIN_NUMBERS * (len(rows) - first):
            found = first if len(rows) - first >= MIN_ROWS else found
    return found


def _box(lines: Sequence[str], first: int) -> tuple[dict[int, list[str]], int]:
    """Return the cells of each row of the box that begins with a line, and the first line below it."""
    rows: dict[int, list[str]] = {}
    number = first
    for number in range(first, len(lines)):
        if len(lines[number]) <= MAX_ROW and _BOX_RE.match(lines[number]):
            rows[number] = [cell.strip() for cell in _BOX_EDGE_RE.split(lines[number].strip())[1:-1]]
        elif not _BOX_RULE_RE.match(lines[number]):
            break
    else:
        number += 1
    is_table = len(rows) > 1 and max(map(len, rows.values())) > 1
    return rows if is_table else {}, number
