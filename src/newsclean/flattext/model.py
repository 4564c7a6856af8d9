"""Columns of numbers → scores, by the trained trees and token weights in trained/. No features are made here."""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.flattext.features import HEADLINE_COLUMNS, SHAPE_COLUMNS, headline_columns
from newsclean.flattext.headline import (
    TITLE_COLUMNS,
    TITLE_TOKEN_COLUMNS,
    candidates,
    title_columns,
    title_token_columns,
)
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS, token_columns
from newsclean.flattext.trained import first, head, second, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.flattext.features import Column, LineView, Measures

MIN_TITLE_SCORE = 0.02
"""Score under which even the best line is no title: a page that has none."""

SURELY_NOT, NEAR_NOTHING = 0.1, 0.2
"""First-stage score of a line, and mean score around it, under which the second stage never keeps it."""
MEAN_5 = SECOND_COLUMNS.index("mean_5")

_TITLE_NAMES = (*SHAPE_COLUMNS, *TITLE_COLUMNS, *TITLE_TOKEN_COLUMNS)
_FIRST_NAMES = (*SHAPE_COLUMNS, *HEADLINE_COLUMNS, *TOKEN_COLUMNS)
_SECOND_NAMES = (*_FIRST_NAMES, *SECOND_COLUMNS)


@dataclass(frozen=True)
class _Tables:
    """Token weights, and which columns each model asks for."""

    lines: dict[str, float]
    titles: dict[str, float]
    exit: float
    """Log-odds after the head of the first stage under which a line is surely none: its other trees are not asked."""
    title: tuple[int, ...]
    head: tuple[int, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]


@lru_cache(maxsize=1)
def _load_tables() -> _Tables:
    data = json.loads(gzip.decompress((Path(__file__).parent / "trained" / "tokens.json.gz").read_bytes()))
    return _Tables(
        data["lines"],
        data["titles"],
        data["exit"],
        tuple(_TITLE_NAMES.index(name) for name in title.COLUMNS),
        tuple(_FIRST_NAMES.index(name) for name in head.COLUMNS),
        tuple(_FIRST_NAMES.index(name) for name in first.COLUMNS),
        tuple(_SECOND_NAMES.index(name) for name in second.COLUMNS),
    )


def find_headline(view: LineView, measures: Measures, shape: Sequence[Column]) -> int | None:
    """Return the number of the line that is the article's title, or None where no line looks like one."""
    numbers = candidates(view, measures)
    if not numbers:
        return None
    pick = itemgetter(*numbers, numbers[-1])  # the last one twice: picking one item alone gives no tuple
    columns = [list(pick(column)[:-1]) for column in shape]
    columns += title_columns(view, measures, numbers)
    tables = _load_tables()
    columns += title_token_columns(view, numbers, tables.titles)
    scores = _probabilities(list(map(title.score, _rows(columns, tables.title))))
    best = max(scores)
    return numbers[scores.index(best)] if best >= MIN_TITLE_SCORE else None


def score_lines(view: LineView, measures: Measures, shape: Sequence[Column], headline: int | None) -> list[float]:
    """Return the score of every line, 0 (boilerplate) to 1 (article)."""
    tables = _load_tables()
    columns = [*shape, *headline_columns(view, measures, headline), *token_columns(view, tables.lines, headline)]
    odds = list(map(head.score, _rows(columns, tables.head)))
    for number, row in enumerate(_rows(columns, tables.first)):
        if odds[number] > tables.exit:
            odds[number] += first.score(row)
    seen = _probabilities(odds)
    more = second_columns(view, measures, seen)
    around = more[MEAN_5]
    rows = _rows(columns + more, tables.second)
    return [
        score if score < SURELY_NOT and near < NEAR_NOTHING else 1.0 / (1.0 + math.exp(-second.score(row)))
        for score, near, row in zip(seen, around, rows, strict=True)
    ]


def _rows(columns: Sequence[Column], used: Sequence[int]) -> Iterator[tuple[float, ...]]:
    return zip(*[columns[column] for column in used], strict=True)


def _probabilities(odds: Sequence[float]) -> list[float]:
    exp = math.exp
    return [1.0 / (1.0 + exp(-value)) for value in odds]
