"""Numbers a block or line → columns of numbers that both scorers share: the best run, ranges, distances to marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Column = list[float]
FAR = 99.0
"""Blocks past which a distance is no longer counted."""


def best_run(gains: Sequence[float], cost: float = 0.0) -> tuple[int, int]:
    """Return the range (first, past the last) whose gains minus `cost` each sum to most; (0, 0) if none is positive."""
    best = total = 0.0
    found = (0, 0)
    start = 0
    for index, gain in enumerate(gains):
        if total <= 0.0:
            total, start = 0.0, index
        total += gain - cost
        if total > best:
            best, found = total, (start, index + 1)
    return found


def range_columns(total: int, best: tuple[int, int]) -> list[Column]:
    """Return inside (0/1), how far past the end, how far before the start of a range."""
    first, last = best
    return [
        [0.0] * first + [1.0] * (last - first) + [0.0] * (total - last),
        [0.0] * last + [float(k) for k in range(1, total - last + 1)],
        [float(k) for k in range(first, 0, -1)] + [0.0] * (total - first),
    ]


def since_last(marks: Sequence[bool], limit: float = FAR) -> Column:
    """Return how long ago the last mark was (1: right before), at most `limit`."""
    distances: Column = []
    distance = limit
    for mark in marks:
        distances.append(distance)
        distance = 1.0 if mark else distance + 1.0 if distance < limit else limit
    return distances
