"""Where the body of a page may be, from sizes alone: the best run of blocks, the best subtree, the paragraph scores."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.scorer.view import PageView

PARAGRAPH_CHARS = 25
"""Shorter texts do not count as paragraphs (the classic paragraph scoring of reader modes)."""

TWIN_BLOCKS = 3
TWIN_CHARS = 150.0
"""Smallest container, in blocks and in characters of paragraphs, that can be one of several like texts."""
_NO_DIGITS = str.maketrans("", "", "0123456789")


def best_run(gains: Sequence[float]) -> tuple[int, int]:
    """Return the range of blocks (first, past the last) with the largest sum of gains; (0, 0) if none is positive."""
    best = total = 0.0
    found = (0, 0)
    start = 0
    for index, gain in enumerate(gains):
        if total <= 0.0:
            total, start = 0.0, index
        total += gain
        if total > best:
            best, found = total, (start, index + 1)
    return found


def best_subtree(view: PageView, gains: Sequence[float]) -> tuple[int, int]:
    """Return the range of blocks under the node with the largest sum of gains; the innermost one of equals."""
    sums = [0.0, *accumulate(gains)]
    best, found = 0.0, (0, 0)
    for first, last in zip(view.firsts, view.lasts, strict=True):
        total = sums[last] - sums[first]
        if total > best or (total == best and last - first < found[1] - found[0]):
            best, found = total, (first, last)
    return found


def paragraph_scores(
    view: PageView, plain: Sequence[float], commas: Sequence[float], links: Sequence[float]
) -> list[float]:
    """Return for each node the best paragraph score on its way to the root, as a share of the page's best.

    A paragraph gives points to the element around it, and half of them to the next one (as reader modes count).
    """
    parents = view.parents
    scores = [0.0] * len(parents)
    for node, size, linked, pauses in zip(view.nodes_of, plain, links, commas, strict=True):
        if size < PARAGRAPH_CHARS or linked > 0.5:
            continue
        points = 1.0 + pauses + min(size / 100.0, 3.0)
        parent = parents[node]
        if parent < 0:
            continue
        scores[parent] += points
        if parents[parent] >= 0:
            scores[parents[parent]] += points / 2.0
    top = max(scores, default=0.0) or 1.0
    best: list[float] = []
    for score, parent in zip(scores, parents, strict=True):
        own = score / top
        best.append(own if parent < 0 or own > best[parent] else best[parent])
    return best


def count_twins(view: PageView, sum_long: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return for each node how many like containers of text stand before it or what is around it, and how many in all.

    Like are siblings of one tag and class: posts of a thread, cards, articles stacked on one page.
    """
    parents, firsts, lasts = view.parents, view.firsts, view.lasts
    known: dict[tuple[int, str, str], int] = {}
    keys: list[tuple[int, str, str] | None] = []
    index: list[float] = []
    for node, parent in enumerate(parents):
        first, last = firsts[node], lasts[node]
        above = index[parent] if parent >= 0 else 0.0
        if last - first < TWIN_BLOCKS or sum_long[last] - sum_long[first] < TWIN_CHARS:
            keys.append(None)
            index.append(above)
            continue
        key = (parent, view.tags[node], view.labels[node].translate(_NO_DIGITS))
        before = known.get(key, 0)
        known[key] = before + 1
        keys.append(key)
        index.append(max(above, float(before)))
    count: list[float] = []
    for key_or_none, parent in zip(keys, parents, strict=True):
        above = count[parent] if parent >= 0 else 1.0
        count.append(above if key_or_none is None else max(above, float(known[key_or_none])))
    return index, count
