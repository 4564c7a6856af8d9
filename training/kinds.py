"""Labelled pages → token weights for the page kinds. The trees on top are trained in crossval."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from newsclean.judge.scorer.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_SITES = 4
LIMIT = 700
BOUND = 3.0
"""Largest weight: a token seen on a few sites proves no more."""
DECIMALS = 1

KindWeights = dict[str, tuple[float, ...]]


class KindCounts:
    """On how many sites of each kind a token is; a site counts once a kind."""

    def __init__(self, pages: Iterable[tuple[str, str, frozenset[str]]]) -> None:
        seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for site, kind, tokens in pages:
            seen[site, kind].update(tokens)
        self.sites = [0] * len(KINDS)
        self.counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(KINDS))
        for (_, kind), found in seen.items():
            number = KINDS.index(kind)
            self.sites[number] += 1
            for token in found:
                self.counts[token][number] += 1

    def choose(self) -> KindWeights:
        """Return the most telling tokens with their weights."""
        ranked = []
        for token, counts in self.counts.items():
            if sum(counts) >= MIN_SITES:
                weights = self._weights(counts, self.sites)
                gain = max(abs(weight) * math.sqrt(min(sum(counts), 60)) for weight in weights)
                ranked.append((-gain, token, weights))
        return {token: weights for _, token, weights in sorted(ranked)[:LIMIT]}

    @staticmethod
    def _weights(counts: list[int], sites: list[int]) -> tuple[float, ...]:
        total, all_sites = sum(counts), sum(sites)
        found = []
        for count, size in zip(counts, sites, strict=True):
            with_kind = (count + 0.5) / (size + 1.0)
            others = (total - count + 0.5) / (all_sites - size + 1.0)
            found.append(round(max(-BOUND, min(BOUND, math.log(with_kind / others))), DECIMALS))
        return tuple(found)
