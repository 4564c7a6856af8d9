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

from newsclean.flattext.features import SHAPE_COLUMNS
from newsclean.flattext.focus import focus_on
from newsclean.flattext.headline import (
    TITLE_COLUMNS,
    TITLE_TOKEN_COLUMNS,
    candidates,
    title_columns,
    title_token_columns,
)
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS, token_columns
from newsclean.flattext.topic import HEADLINE_COLUMNS, headline_columns
from newsclean.flattext.trained import first, second, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.flattext.features import Column, LineView, Measures
    from newsclean.flattext.focus import Focus
    from newsclean.flattext.tokens import Weights

MIN_TITLE_SCORE = 0.02
"""Score under which even the best line is no title: a page that has none."""
MIN_REPEATED_SCORE = 0.1
"""The same for a paragraph that stands twice: in a text without a title some line is best."""

SURELY_NOT, NEAR_NOTHING = 0.1, 0.2
"""First-stage score of a line, and mean score around it, under which the second stage never keeps it."""

STILL_ASKED = (
    "chars ending repeats bullet gap tokens worst_passed "
    "long_after words title_tokens commas shorts_passed since_headline"
).split()
"""Columns of the first stage that the second looks at again; with all of them it learns what the first knows."""

_TITLE_NAMES = (*SHAPE_COLUMNS, *TITLE_COLUMNS, *TITLE_TOKEN_COLUMNS)
_FIRST_NAMES = (*SHAPE_COLUMNS, *HEADLINE_COLUMNS, *TOKEN_COLUMNS)
_SECOND_NAMES = (*STILL_ASKED, *SECOND_COLUMNS)
_AROUND = _SECOND_NAMES.index("mean_5")


@dataclass(frozen=True)
class _Tables:
    """Token weights, and which columns each model asks for."""

    lines: dict[str, float]
    titles: dict[str, float]
    title: tuple[int, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]


@lru_cache(maxsize=1)
def _load_tables() -> _Tables:
    data = json.loads(gzip.decompress((Path(__file__).parent / "trained" / "tokens.json.gz").read_bytes()))
    return _Tables(
        data["lines"],
        data["titles"],
        tuple(_TITLE_NAMES.index(name) for name in title.COLUMNS),
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
    number = numbers[scores.index(best)]
    is_repeated = measures.long[number] and view.texts.count(view.texts[number]) > 1
    return number if best >= (MIN_REPEATED_SCORE if is_repeated else MIN_TITLE_SCORE) else None


def score_lines(view: LineView, measures: Measures, shape: Sequence[Column], headline: int | None) -> list[float]:
    """Return the score of every line, 0 (boilerplate) to 1 (article)."""
    tables = _load_tables()
    focus = focus_on(view, measures, headline)
    columns = line_columns(focus, shape, () if headline is None else view.words[headline], tables.lines)
    seen = _probabilities(list(map(first.score, _rows(columns, tables.first))))
    more = [columns[_FIRST_NAMES.index(name)] for name in STILL_ASKED]
    more += second_columns(focus.view, focus.chars, seen)
    scores = [0.0] * len(view.texts)
    for number, score, near, row in zip(focus.numbers, seen, more[_AROUND], _rows(more, tables.second), strict=True):
        if score < SURELY_NOT and near < NEAR_NOTHING:
            scores[number] = score
        else:
            scores[number] = 1.0 / (1.0 + math.exp(-second.score(row)))
    return scores


def line_columns(focus: Focus, shape: Sequence[Column], title: Sequence[str], weights: Weights) -> list[Column]:
    """Return the columns named in FIRST_NAMES for the lines in focus; `title` are the words of the headline."""
    return [
        *map(focus.pick, shape),
        *headline_columns(focus, title),
        *token_columns(focus.view, weights, focus.start or 0),
    ]


def _rows(columns: Sequence[Column], used: Sequence[int]) -> Iterator[tuple[float, ...]]:
    return zip(*[columns[column] for column in used], strict=True)


def _probabilities(odds: Sequence[float]) -> list[float]:
    exp = math.exp
    return [1.0 / (1.0 + exp(-value)) for value in odds]
