"""Scores of the first stage → columns of numbers for the second: what the lines around were taken for."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from newsclean.columns import best_run, range_columns
from newsclean.flattext.features import window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.columns import Column
    from newsclean.flattext.features import LineView

RUN_CUTS = (0.3, 0.6)
"""Scores that a line must have to lengthen a run of article lines, which counts the roots of sizes."""
WHOLE_RUN_CUTS = (0.3, 0.5)
"""The same for a run that counts sizes, up to WHOLE."""
WHOLE = 600.0
SURE = 0.7
"""Score from which a line is surely article, in the eyes of the second stage."""
LOW = 0.15
"""Score under which a line surely is none."""
LIKELY = 0.5
HIGH_SHARE = 0.9
"""Share of a page's lines that score less than its `high` score."""

SECOND_COLUMNS = (
    "score prev1 prev2 prev3 next1 next2 next3 mean_2 mean_5 mean_12 near group_score list_score before after "
    "in_low in_high in_whole_low in_whole_high page_score page_sure sure_lines kept_chars doubt highest high "
    "above_page rank mass_rank like_score low_passed low_chars longest_low lowest_passed"
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
    columns: list[Column] = [
        list(scores),
        padded[2 : total + 2],
        padded[1 : total + 1],
        padded[:total],
        padded[4 : total + 4],
        padded[5 : total + 5],
        padded[6:],
    ]
    counts = [float(n) for n in range(total + 1)]
    columns.extend(_mean(sums, counts, reach) for reach in (2, 5, 12))
    columns.append(_mean(mass, sum_chars, 1))
    bullets = [bool(bullet) for bullet in view.bullets]
    columns.append(_group_mean(mass, sum_chars, [n for n in range(total) if n == 0 or view.gaps[n]]))
    columns.append(_group_mean(mass, sum_chars, [n for n in range(total) if n == 0 or bullets[n] != bullets[n - 1]]))
    columns.append([part / all_mass for part in mass[:-1]])
    columns.append([1.0 - part / all_mass for part in mass[1:]])
    for cuts, sizes in (
        (RUN_CUTS, [min(size, WHOLE) ** 0.5 for size in chars]),
        (WHOLE_RUN_CUTS, [min(size, WHOLE) for size in chars]),
    ):
        for cut in cuts:
            gains = [(score - cut) * size for score, size in zip(scores, sizes, strict=True)]
            columns.append(range_columns(total, best_run(gains, 0.0))[0])
    columns.extend([number] * total for number in _page_numbers(chars, scores, all_mass, sum_chars[-1]))
    columns.extend(_rank_columns(chars, scores, all_mass, sum_chars[-1]))
    columns.append(_like_mean(view, chars, scores))
    columns.extend(_low_columns(chars, scores))
    columns.append(_lowest_passed(scores, _mean(mass, sum_chars, 2)))
    return columns


def _mean(sums: Column, sizes: Column, reach: int) -> Column:
    """Return the mean score around each line, from two prefix sums."""
    return [part / (size or 1.0) for part, size in zip(window(sums, reach), window(sizes, reach), strict=True)]


def _page_numbers(chars: Column, scores: Sequence[float], mass: float, size: float) -> list[float]:
    """Return the columns from page_score to high."""
    total = len(scores)
    if not total:
        return [0.0] * 7
    sure = float(sum(score >= SURE for score in scores))
    doubt = sum(min(score, 1.0 - score) * size for score, size in zip(scores, chars, strict=True))
    ranked = sorted(scores)
    return [
        mass / (size or 1.0),
        sure / total,
        sure,
        sum(size for score, size in zip(scores, chars, strict=True) if score >= LIKELY),
        doubt / (size or 1.0),
        ranked[-1],
        ranked[int(HIGH_SHARE * (total - 1))],
    ]


def _rank_columns(chars: Column, scores: Sequence[float], mass: float, size: float) -> list[Column]:
    """Return how far each line is above the page's mean, its rank, and the share of mass that scores no less."""
    total = len(scores)
    mean = mass / (size or 1.0)
    ranks = [0.0] * total
    shares = [0.0] * total
    above = 0.0
    for rank, number in enumerate(sorted(range(total), key=lambda number: -scores[number])):
        above += scores[number] * chars[number]
        ranks[number] = rank / total
        shares[number] = above / mass
    return [[score - mean for score in scores], ranks, shares]


def _lowest_passed(scores: Sequence[float], around: Column) -> Column:
    """Return the lowest mean score around a line between the first sure line and each line, 1 before it."""
    found: Column = []
    lowest = 1.0
    begun = False
    for score, mean in zip(scores, around, strict=True):
        found.append(lowest)
        begun = begun or score >= SURE
        if begun and mean < lowest:
            lowest = mean
    return found


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
