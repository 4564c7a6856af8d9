"""Two runs over the same pages → what got better and worse, paired page by page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.intervals import difference_interval
from benchmarks.scores import METRICS, add, body_score, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.run import Result

NOTICEABLE = 0.005
"""Difference in a page's body score below which it counts as unchanged."""


def compare(before: Sequence[Result], after: Sequence[Result], worst: int) -> Iterator[str]:
    """Yield the lines of a comparison: a corpus's metrics on the common pages, then the pages that moved most."""
    old = {(result.corpus, result.id): result for result in before}
    pairs = [(old[key], new) for new in after if (key := (new.corpus, new.id)) in old]
    if not pairs:
        yield "compare: no page in common"
        return
    for corpus in dict.fromkeys(new.corpus for _, new in pairs):
        yield from _compare_corpus(corpus, [pair for pair in pairs if pair[1].corpus == corpus], worst)


def _compare_corpus(corpus: str, pairs: Sequence[tuple[Result, Result]], worst: int) -> Iterator[str]:
    was, now = (summarize(add(pair[side].tally for pair in pairs)) for side in (0, 1))
    yield f"\n{corpus}: {len(pairs)} pages in both runs"
    for name in METRICS:
        if name in was and name in now:
            yield f"  {name:8} {was[name]:.3f} -> {now[name]:.3f}  ({now[name] - was[name]:+.3f})"
    moves = [(move, new) for before, new in pairs if (move := _move(before, new)) is not None]
    if not moves:
        return
    by_site: dict[str, list[float]] = defaultdict(list)
    for move, new in moves:
        by_site[new.site].append(move)
    low, high = difference_interval(by_site)
    mean = sum(move for move, _ in moves) / len(moves)
    better = [pair for pair in moves if pair[0] > NOTICEABLE]
    lower = [pair for pair in moves if pair[0] < -NOTICEABLE]
    yield f"  body of a page {mean:+.4f} [{low:+.4f}, {high:+.4f}]: {len(better)} better, {len(lower)} worse"
    yield from _listing("worse", sorted(lower, key=_by_move)[:worst])
    yield from _listing("better", sorted(better, key=_by_move, reverse=True)[:worst])


def _move(before: Result, after: Result) -> float | None:
    was, now = body_score(before.tally), body_score(after.tally)
    return None if was is None or now is None else now - was


def _by_move(pair: tuple[float, Result]) -> tuple[float, str]:
    return pair[0], pair[1].id


def _listing(label: str, moves: Sequence[tuple[float, Result]]) -> Iterator[str]:
    for move, result in moves:
        yield f"    {label:6} {move:+.3f} to {body_score(result.tally):.3f}  {result.id}  {result.site}"
