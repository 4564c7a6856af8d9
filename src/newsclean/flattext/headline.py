"""Lines → columns of numbers that tell the article's title from other short lines, for the lines that can be one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.flattext.features import FAR, Measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.features import Column, LineView

MIN_CHARS, MAX_CHARS = 6, 250
"""Characters that a title has."""
MAX_CANDIDATES = 160
"""Lines that are looked at, from the top of the page."""
BELOW = 6
"""Lines below a title in which its byline and date line stand."""

TITLE_COLUMNS = (
    "shared shared_rare shared_first contained first_30 first_60 first_120 last_60 date_below date_above by_below "
    "by_itself date_itself twins best_shared above_repeats next_long size_rank"
).split()

_YEAR_RE = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}")  # "2025", "4.7.25"


def candidates(view: LineView, measures: Measures) -> list[int]:
    """Return the lines that can be the title: short, with a word, not far below the body's start."""
    last = max(run[0] for run in measures.runs) + BELOW
    found = []
    for number, text in enumerate(view.texts[: last + 1]):
        if MIN_CHARS <= len(text) <= MAX_CHARS and not view.bullets[number] and view.words[number]:
            found.append(number)
    return found[-MAX_CANDIDATES:]


def title_columns(view: LineView, measures: Measures, numbers: Sequence[int], by_words: Sequence[str]) -> list[Column]:
    """Return the columns named in TITLE_COLUMNS, one number a candidate."""
    body = _body_words(view, measures)
    lines = [set(view.words[number]) for number in numbers]
    long_words = [[word for word in words if len(word) > 3 or not word.isascii()] for words in lines]
    shared = [sum(word in body for word in words) / (len(words) or 1) for words in long_words]
    rare = [sum(1.0 / body[word] for word in words if word in body) for words in long_words]
    first = set(_first_words(view, measures))
    dated = [bool(len(text) < 160 and _YEAR_RE.search(text)) for text in view.texts]
    by = [bool(words) and (words[0] in by_words) and len(text) < 160 for words, text in zip(view.words, view.texts, strict=True)]
    joined = " \n".join(view.texts)
    counts = Counter(view.texts)
    best = max(shared, default=0.0) or 1.0
    firsts = [run[0] for run in measures.runs]
    order = sorted(range(len(numbers)), key=lambda n: -rare[n])
    rank = [0.0] * len(numbers)
    for place, n in enumerate(order):
        rank[n] = float(place)
    return [
        shared,
        rare,
        [sum(word in first for word in words) / (len(words) or 1) for words in long_words],
        [float(min(joined.count(view.texts[number]), 9)) for number in numbers],
        [float(number - firsts[0]) for number in numbers],
        [float(number - firsts[1]) for number in numbers],
        [float(number - firsts[2]) for number in numbers],
        [float(number - measures.runs[1][1]) for number in numbers],
        [_next_mark(dated, number, 1) for number in numbers],
        [_next_mark(dated, number, -1) for number in numbers],
        [_next_mark(by, number, 1) for number in numbers],
        [1.0 if by[number] else 0.0 for number in numbers],
        [1.0 if dated[number] else 0.0 for number in numbers],
        [float(sum(_is_twin(words, other) for other in long_sets)) for words, long_sets in ((set(w), [set(x) for x in long_words]) for w in long_words)],
        [value / best for value in shared],
        [float(counts[view.texts[number - 1]]) if number else 0.0 for number in numbers],
        [_next_long(measures, number) for number in numbers],
        rank,
    ]


def _is_twin(one: set[str], other: set[str]) -> bool:
    return len(one) > 2 and len(one & other) * 4 >= 3 * len(one)


def _body_words(view: LineView, measures: Measures) -> Counter[str]:
    words: Counter[str] = Counter()
    first, last = measures.runs[1]
    for number in range(first, last):
        if measures.long[number]:
            words.update(set(view.words[number]))
    return words


def _first_words(view: LineView, measures: Measures) -> list[str]:
    found: list[str] = []
    first, last = measures.runs[1]
    for number in range(first, last):
        if measures.long[number]:
            found += view.words[number]
            if len(found) > 40:
                break
    return found


def _next_mark(marks: Sequence[bool], number: int, step: int) -> float:
    for distance in range(1, BELOW + 1):
        at = number + distance * step
        if 0 <= at < len(marks) and marks[at]:
            return float(distance)
    return FAR


def _next_long(measures: Measures, number: int) -> float:
    for distance in range(1, 31):
        if number + distance < len(measures.long) and measures.long[number + distance]:
            return float(distance)
    return FAR
