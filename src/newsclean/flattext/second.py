"""Scores of the first stage → columns of numbers for the second: what the lines around were taken for."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from newsclean.flattext.features import best_run, range_columns, since_last, window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.features import Column, LineView

RUN_CUTS = (0.3, 0.6)
"""Scores that a line must have to lengthen a run of article lines."""
SURE = 0.7
"""Score from which a line is surely article, in the eyes of the second stage."""
LOW = 0.15
"""Score under which a line surely is none."""

SECOND_COLUMNS = (
    "score prev1 prev2 prev3 next1 next2 next3 mean_2 mean_5 mean_12 group_score list_score before after "
    "in_low past_low before_low in_high past_high before_high since_sure until_sure page_score page_sure like_score "
    "low_passed low_chars longest_low"
).split()
"""Names of the columns that `second_columns` returns, in order."""


def second_columns(view: LineView, chars: Column, scores: Sequence[float]) -> list[Column]:
    """Return the columns named in SECOND_COLUMNS from the sizes and first-stage scores (0 to 1) of lines."""
    total = len(scores)
    padded = [0.0, 0.0, 0.0, *scores, 0.0, 0.0, 0.0]
    sums = [0.0, *accumulate(scores)]
    sum_chars = [0.0, *accumulate(chars)]
    mass = [0.0, *accumulate(score * size for score, size in zip(scores, chars, strict=True))]
    all_mass = mass[-1] or 1.0
    sure = [score >= SURE for score in scores]
    columns: list[Column] = [
        list(scores),
        padded[2 : total + 2],
        padded[1 : total + 1],
        padded[:total],
        padded[4 : total + 4],
        padded[5 : total + 5],
        padded[6:],
    ]
    for reach in (2, 5, 12):
        sizes = window([float(n) for n in range(total + 1)], reach)
        columns.append([part / size for part, size in zip(window(sums, reach), sizes, strict=True)])
    bullets = [bool(bullet) for bullet in view.bullets]
    columns.append(_group_mean(mass, sum_chars, [n for n in range(total) if n == 0 or view.gaps[n]]))
    columns.append(_group_mean(mass, sum_chars, [n for n in range(total) if n == 0 or bullets[n] != bullets[n - 1]]))
    columns.append([part / all_mass for part in mass[:-1]])
    columns.append([1.0 - part / all_mass for part in mass[1:]])
    for cut in RUN_CUTS:
        gains = [(score - cut) * min(size, 600.0) ** 0.5 for score, size in zip(scores, chars, strict=True)]
        columns.extend(range_columns(total, best_run(gains, 0.0)))
    columns.append(since_last(sure))
    columns.append(since_last(sure[::-1])[::-1])
    columns.append([all_mass / (sum_chars[-1] or 1.0)] * total)
    columns.append([sum(sure) / (total or 1)] * total)
    columns.append(_like_mean(view, chars, scores))
    columns.extend(_low_columns(chars, scores))
    return columns


def _low_columns(chars: Column, scores: Sequence[float]) -> list[Column]:
    """Return what lies between the first sure line and each line: how many low ones, their size, the longest run."""
    passed: Column = []
    sizes: Column = []
    longest: Column = []
    count = size = run = most = 0.0
    begun = False
    for score, length in zip(scores, chars, strict=True):
        passed.append(count)
        sizes.append(size)
        longest.append(most)
        begun = begun or score >= SURE
        if begun and score < LOW:
            count += 1.0
            size += length
            run += 1.0
            most = max(most, run)
        elif score >= SURE:
            run = 0.0
    return [passed, sizes, longest]


def _group_mean(mass: Column, sum_chars: Column, starts: Sequence[int]) -> Column:
    """Return the mean score, by characters, of the group of lines that each line stands in."""
    means: Column = []
    for first, last in pairwise([*starts, len(mass) - 1]):
        mean = (mass[last] - mass[first]) / (sum_chars[last] - sum_chars[first] or 1.0)
        means.extend([mean] * (last - first))
    return means


def _like_mean(view: LineView, chars: Column, scores: Sequence[float]) -> Column:
    """Return the mean score of the lines with the same indent and bullet."""
    sums: dict[tuple[int, str], float] = {}
    sizes: dict[tuple[int, str], float] = {}
    keys = [(indent, bullet[-1:]) for indent, bullet in zip(view.indents, view.bullets, strict=True)]
    for key, score, size in zip(keys, scores, chars, strict=True):
        sums[key] = sums.get(key, 0.0) + score * size
        sizes[key] = sizes.get(key, 0.0) + size
    return [sums[key] / (sizes[key] or 1.0) for key in keys]
