"""Tallies by site → 95 % bootstrap intervals of their metrics. Sites are resampled, since pages of one are alike."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.scores import TALLY_FIELDS, Tally, add, summarize, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RESAMPLES = 400
"""Bootstrap samples: the interval's ends then move by about a tenth of its width from seed to seed."""

Interval = tuple[float, float]


def group_by_site(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    """Return the sum of the tallies of each site."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for site, tally in tallies:
        groups[site].append(tally)
    return {site: add(group) for site, group in groups.items()}


def metric_intervals(sites: Mapping[str, Tally], resamples: int = RESAMPLES) -> dict[str, Interval]:
    """Return metric → (low, high) of 95 % for the sites' metrics. The same sites give the same interval."""
    samples: dict[str, list[float]] = defaultdict(list)
    for tally in _resampled([values(tally) for tally in sites.values()], resamples):
        for name, value in summarize(tally).items():
            samples[name].append(value)
    return {name: _percentiles(found) for name, found in samples.items()}


def difference_interval(differences: Mapping[str, Sequence[float]], resamples: int = RESAMPLES) -> Interval:
    """Return the 95 % interval of the mean over pages of paired differences, given site → its pages' differences."""
    rows = [(sum(found), float(len(found))) for found in differences.values()]
    rng = random.Random(0)
    means = []
    for _ in range(resamples):
        chosen = rng.choices(rows, k=len(rows))
        means.append(sum(total for total, _ in chosen) / sum(count for _, count in chosen))
    return _percentiles(means)


def share_interval(sites: Sequence[tuple[float, float]], resamples: int = RESAMPLES) -> Interval:
    """Return the 95 % interval of a share of sums, given each site's part and whole."""
    rng = random.Random(0)
    shares = []
    for _ in range(resamples):
        chosen = rng.choices(sites, k=len(sites))
        whole = sum(whole for _, whole in chosen)
        shares.append(sum(part for part, _ in chosen) / whole if whole else math.nan)
    return _percentiles(shares)


def _resampled(rows: Sequence[tuple[float, ...]], resamples: int) -> Iterable[Tally]:
    columns = list(zip(*rows, strict=True))
    live = [at for at, column in enumerate(columns) if any(column)]
    rng = random.Random(0)
    numbers = range(len(rows))
    for _ in range(resamples):
        chosen = rng.choices(numbers, k=len(rows))
        sums = {TALLY_FIELDS[at]: sum(map(columns[at].__getitem__, chosen)) for at in live}
        yield Tally(**sums)


def _percentiles(found: Sequence[float]) -> Interval:
    ordered = sorted(value for value in found if not math.isnan(value))
    if not ordered:
        return math.nan, math.nan
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]
