"""Lines of a text → the same with tabs between the cells of tables that were drawn: in columns, boxes or Markdown.

Only what is surely a table: columns that keep their edge over several rows and hold numbers or stand below a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

TAB_STOP = 8

_GAP_RE = re.compile(r"\S(?: ?\S)*")  # a cell: words with single spaces between
_RULE_RE = re.compile(r"^\s*[-=─━_+ |]{6,}$")  # "-----  -----" below the heads of columns
_BOX_RE = re.compile(r"^\s*[│┃║].*[│┃║]\s*$")  # "│2019│41│" of w3m
_BOX_EDGE_RE = re.compile(r"[│┃║]")
_BOX_RULE_RE = re.compile(r"^\s*[├└╠╚┣┗┌╔┏┠─━═┼╬╋┤┘┐]")  # "├────┼────┤"
_BULLET_RE = re.compile(r"[•◦‣▪*+·-] ")  # "* Nov   18": an item, or lists side by side
_DIGIT_RE = re.compile(r"\d")


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
        line = lines[number]
        if "  " in line or "│" in line or "┃" in line or "║" in line:
            rows = _table(lines, number)
            if rows:
                for at, cells in rows.items():
                    margin = len(lines[at]) - len(lines[at].lstrip())
                    read[at] = lines[at][:margin] + "\t".join(cells)
                number = max(rows)
        number += 1
    return read


def _table(lines: Sequence[str], first: int) -> dict[int, list[str]]:
    """Return the cells of each row of the table that begins with a line; {} where none does."""
    if _BOX_RE.match(lines[first]):
        return _box(lines, first)
    rows: dict[int, list[_Cell]] = {}
    above: list[_Cell] = []
    ruled = False
    for number in range(first, min(first + MAX_ROWS_LOOKED_AT, len(lines))):
        if rows and _RULE_RE.match(lines[number]):
            ruled = True
            continue
        cells = _cells(lines[number])
        if len(cells) < 2 or (above and not _fits(cells, above)):
            break
        rows[number] = above = cells
    if len(rows) < MIN_ROWS or not (ruled or _has_numbers(list(rows.values()))):
        return {}
    return {number: [cell.text for cell in cells] for number, cells in rows.items()}


def _cells(line: str) -> list[_Cell]:
    line = line.expandtabs(TAB_STOP) if "\t" in line else line
    cells = [_Cell(found.start(), found.end(), found[0]) for found in _GAP_RE.finditer(line)]
    is_table = all(len(cell.text) <= MAX_CELL and not _BULLET_RE.match(cell.text) for cell in cells)
    return cells if is_table else []


def _fits(cells: Sequence[_Cell], above: Sequence[_Cell]) -> bool:
    """Return whether each cell has the left or right edge of the cell above it."""
    return len(cells) == len(above) and all(
        cell.start == other.start or cell.end == other.end for cell, other in zip(cells, above, strict=True)
    )


def _has_numbers(rows: Sequence[Sequence[_Cell]]) -> bool:
    return any(
        sum(_DIGIT_RE.search(row[column].text) is not None for row in rows) >= MIN_NUMBERS * len(rows)
        for column in range(1, len(rows[0]))
    )


def _box(lines: Sequence[str], first: int) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for number in range(first, len(lines)):
        if _BOX_RE.match(lines[number]):
            rows[number] = [cell.strip() for cell in _BOX_EDGE_RE.split(lines[number].strip())[1:-1]]
        elif not _BOX_RULE_RE.match(lines[number]):
            break
    return rows if len(rows) > 1 and max(map(len, rows.values())) > 1 else {}
