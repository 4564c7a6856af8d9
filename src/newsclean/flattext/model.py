"""Columns of numbers → scores, by the trained trees and token weights in trained/. No features are made here."""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from operator import add, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.flattext.features import SHAPE_COLUMNS, focus_on
from newsclean.flattext.headline import (
    HEADLINE_COLUMNS,
    TITLE_COLUMNS,
    TITLE_TOKEN_COLUMNS,
    candidates,
    headline_columns,
    title_columns,
    title_token_columns,
)
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS, token_columns
from newsclean.flattext.trained import first, second, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsclean.columns import Column
    from newsclean.flattext.features import Focus, LineView, Measures, Row
    from newsclean.flattext.tokens import Weights

    Pick = Callable[[Row], Row]

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
_AROUND = SECOND_COLUMNS.index("mean_5")
_STILL_ASKED = itemgetter(*map(_FIRST_NAMES.index, STILL_ASKED))


@dataclass(frozen=True)
class _Tables:
    """Token weights, and what picks the columns that each model asks for from a row of all."""

    lines: dict[str, float]
    titles: dict[str, float]
    title: Pick
    first: Pick
    second: Pick


@lru_cache(maxsize=1)
def _load_tables() -> _Tables:
    data = json.loads(gzip.decompress((Path(__file__).parent / "trained" / "tokens.json.gz").read_bytes()))
    return _Tables(
        data["lines"],
        data["titles"],
        _picking(title.COLUMNS, _TITLE_NAMES),
        _picking(first.COLUMNS, _FIRST_NAMES),
        _picking(second.COLUMNS, _SECOND_NAMES),
    )


def _picking(used: Sequence[str], names: Sequence[str]) -> Pick:
    return tuple if list(used) == list(names) else itemgetter(*map(names.index, used))  # tuple() gives a row as it is


def find_headline(view: LineView, measures: Measures, shape: Sequence[Row]) -> int | None:
    """Return the number of the line that is the article's title, or None where no line looks like one."""
    numbers = candidates(view, measures)
    if not numbers:
        return None
    tables = _load_tables()
    own = zip(*title_columns(view, measures, numbers), *title_token_columns(view, numbers, tables.titles), strict=True)
    rows = map(add, [shape[number] for number in numbers], own)
    scores = _probabilities(map(title.score, map(tables.title, rows)))
    best = max(scores)
    number = numbers[scores.index(best)]
    is_repeated = measures.long[number] and view.texts.count(view.texts[number]) > 1
    return number if best >= (MIN_REPEATED_SCORE if is_repeated else MIN_TITLE_SCORE) else None


def score_lines(view: LineView, measures: Measures, shape: Sequence[Row], headline: int | None) -> list[float]:
    """Return the score of every line, 0 (boilerplate) to 1 (article)."""
    tables = _load_tables()
    focus = focus_on(view, measures, headline)
    own = zip(*word_columns(focus, () if headline is None else view.words[headline], tables.lines), strict=True)
    rows = list(map(add, focus.pick(shape), own))
    seen = _probabilities(map(first.score, map(tables.first, rows)))
    more = second_columns(focus.view, focus.chars, seen)
    asked = map(add, map(_STILL_ASKED, rows), zip(*more, strict=True))
    scores = [0.0] * len(view.texts)
    for number, score, near, row in zip(focus.numbers, seen, more[_AROUND], map(tables.second, asked), strict=True):
        if score < SURELY_NOT and near < NEAR_NOTHING:
            scores[number] = score
        else:
            scores[number] = 1.0 / (1.0 + math.exp(-second.score(row)))
    return scores


def word_columns(focus: Focus, title: Sequence[str], weights: Weights) -> list[Column]:
    """Return the columns that the first stage has beside SHAPE_COLUMNS; `title` are the words of the headline."""
    return [*headline_columns(focus, title), *token_columns(focus.view, weights, focus.start or 0)]


def _probabilities(odds: Iterable[float]) -> list[float]:
    exp = math.exp
    return [1.0 / (1.0 + exp(-value)) for value in odds]
