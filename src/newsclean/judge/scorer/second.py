"""First-stage scores + surroundings → columns for the second stage: what the first stage thinks of the neighbourhood.

Pure and shared with training. Takes the scores as log-odds turned into 0 to 1.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from newsclean.columns import Column, best_run, range_columns
from newsclean.judge.scorer.measures import best_subtree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.scorer.measures import Measures
    from newsclean.judge.scorer.view import PageView

REACHES = (1, 3, 8, 20)
LEVELS = 5
RUN_CUTS = (0.3, 0.6)
"""First-stage scores from which a block lengthens a run."""
LIKELY = 0.5
NO_HEADING = -1.0

SECOND_COLUMNS: tuple[str, ...] = (
    "q",
    *(f"q_{side}{k}" for k in (1, 2, 3) for side in ("prev", "next")),
    *(f"q_near{reach}" for reach in REACHES),
    "q_before10",
    "q_after10",
    *(f"q_around{level}" for level in range(LEVELS)),
    "q_like",
    *(f"{side}_qrun{k}" for k in range(len(RUN_CUTS)) for side in ("in", "past")),
    "in_qtree",
    "past_qtree",
    "q_page",
    "kept_chars",
    "kept_share_before",
    "kept_share_after",
    "q_heading",
    "q_section",
)


def second_columns(view: PageView, measures: Measures, scores: Sequence[float]) -> list[Column]:
    """Return the columns named in SECOND_COLUMNS; `scores` are the first stage's."""
    total = len(scores)
    chars = measures.chars
    mass = [score * size for score, size in zip(scores, chars, strict=True)]
    sums = [0.0, *accumulate(mass)]
    sizes = measures.sum_chars
    kept = [size if score >= LIKELY else 0.0 for score, size in zip(scores, chars, strict=True)]
    kept_sums = [0.0, *accumulate(kept)]
    all_kept = kept_sums[-1] or 1.0
    return [
        list(scores),
        *_shifted(scores),
        *(_window(sums, sizes, reach, reach) for reach in REACHES),
        _window(sums, sizes, 10, -1),
        _window(sums, sizes, -1, 10),
        *_around(view, measures, sums),
        _like(measures.likes, mass, chars),
        *_runs(view, scores, chars),
        [sums[-1] / (sizes[-1] or 1.0)] * total,
        [kept_sums[-1]] * total,
        [value / all_kept for value in kept_sums[:-1]],
        [1.0 - value / all_kept for value in kept_sums[1:]],
        *_sections(view, scores, sums, sizes),
    ]


def _shifted(scores: Sequence[float]) -> list[Column]:
    total = len(scores)
    padded = [0.0, 0.0, 0.0, *scores, 0.0, 0.0, 0.0]
    return [padded[3 + sign * k : 3 + sign * k + total] for k in (1, 2, 3) for sign in (-1, 1)]


def _window(sums: Column, sizes: Column, before: int, after: int) -> Column:
    """Return the mean score of the blocks from `before` blocks before to `after` blocks after, by size."""
    edges = (sums_at(sums, -before), sums_at(sums, after + 1), sums_at(sizes, -before), sums_at(sizes, after + 1))
    return [(b - a) / (d - c or 1.0) for a, b, c, d in zip(*edges, strict=True)]


def sums_at(sums: Column, offset: int) -> Column:
    """Return for each block the prefix sum `offset` blocks from its start; past the edges, the sum at the edge."""
    total = len(sums) - 1
    if offset < 0:
        inside = sums[: max(total + offset, 0)]
        return [sums[0]] * (total - len(inside)) + inside
    inside = sums[offset : offset + total]
    return inside + [sums[-1]] * (total - len(inside))


def _around(view: PageView, measures: Measures, sums: Column) -> list[Column]:
    firsts, lasts, sizes, up = view.firsts, view.lasts, measures.sum_chars, measures.up
    rows: dict[int, list[float]] = {}
    for inner in set(measures.inner):
        row = rows[inner] = []
        node = inner
        for _ in range(LEVELS):
            first, last = firsts[node], lasts[node]
            row.append((sums[last] - sums[first]) / (sizes[last] - sizes[first] or 1.0))
            node = up[node]
    here = [rows[node] for node in measures.inner]
    return [[row[level] for row in here] for level in range(LEVELS)]


def _like(keys: Sequence[str], mass: Column, chars: Column) -> Column:
    total: dict[str, float] = {}
    size: dict[str, float] = {}
    for key, value, count in zip(keys, mass, chars, strict=True):
        total[key] = total.get(key, 0.0) + value
        size[key] = size.get(key, 0.0) + count
    return [total[key] / size[key] for key in keys]


def _runs(view: PageView, scores: Sequence[float], chars: Column) -> list[Column]:
    columns: list[Column] = []
    total = len(scores)
    sizes = [min(size, 600.0) for size in chars]
    for cut in RUN_CUTS:
        gains = [(score - cut) * size for score, size in zip(scores, sizes, strict=True)]
        columns.extend(range_columns(total, best_run(gains))[:2])
    gains = [(score - LIKELY) * size for score, size in zip(scores, sizes, strict=True)]
    columns.extend(range_columns(total, best_subtree(view, gains))[:2])
    return columns


def _sections(view: PageView, scores: Sequence[float], sums: Column, sizes: Column) -> list[Column]:
    """Return the score of the heading above each block, and the mean score up to the next heading."""
    total = len(scores)
    starts = [index for index, node in enumerate(view.nodes_of) if view.headings[node]]
    heading: Column = [NO_HEADING] * (starts[0] if starts else total)
    section: Column = []
    edges = [0, *starts, total]
    for first, last in pairwise(edges):
        if last == first:
            continue
        body = min(first + 1, last - 1) if first in starts[:1] or first else first
        mean = (sums[last] - sums[body]) / (sizes[last] - sizes[body] or 1.0)
        section.extend([mean] * (last - first))
    for position, first in enumerate(starts):
        last = starts[position + 1] if position + 1 < len(starts) else total
        heading.extend([scores[first]] * (last - first))
    return [heading, section]
