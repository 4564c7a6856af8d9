"""Labelled pages → token weights: in which share of its text a class name, tag path or word is article, as log-odds.

Every site has one vote a token.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from newsclean.judge.scorer.tokens import (
    EXACT_CHARS,
    exact_token,
    label_tokens,
    opening_tokens,
    path_token,
    text_tokens,
)
from training.labels import is_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.judge.scorer.view import PageView

MIN_SITES = 4
PRIOR_VOTES = 2.0
"""Votes of undecided sites that every token starts with, at the base rate of its family."""
DECIMALS = 1

Shares = dict[str, float]
"""Token → share of its text (0 to 1) that is article, on one site."""


def token_family(token: str) -> str:
    """Return which family a token belongs to: its first character, "w" for words."""
    return token[0] if token[0] in ".,/<=^" else "w"


def page_shares(view: PageView, labels: Sequence[float]) -> Shares:
    """Return for every token of a page the share of its text that is article, by the blocks of known label."""
    good: defaultdict[str, float] = defaultdict(float)
    size: defaultdict[str, float] = defaultdict(float)
    for index, (text, node) in enumerate(zip(view.texts, view.nodes_of, strict=True)):
        weight, label = float(len(text)), labels[index]
        if not is_known(label):
            continue
        found = text_tokens(text)
        tokens = set(found)
        tokens.update(opening_tokens(found))
        if len(text) <= EXACT_CHARS:
            tokens.add(exact_token(text))
        for token in tokens:
            good[token] += label
            size[token] += 1.0
        inline = view.inline[index]
        if inline:
            tag, _, rest = inline.partition(" ")
            for token in ("<" + tag, *label_tokens(rest)):
                good[token] += label * weight
                size[token] += weight
        good[path_token(view, node)] += label * weight
        size[path_token(view, node)] += weight
    sums = [(0.0, 0.0)]
    for text, label in zip(view.texts, labels, strict=True):
        good_chars, chars = (label * len(text), len(text)) if is_known(label) else (0.0, 0)
        sums.append((sums[-1][0] + good_chars, sums[-1][1] + chars))
    for label_text, first, last in zip(view.labels, view.firsts, view.lasts, strict=True):
        for token in label_tokens(label_text):
            good[token] += sums[last][0] - sums[first][0]
            size[token] += sums[last][1] - sums[first][1]
    return {token: good[token] / size[token] for token in size if token and size[token]}


class TokenCounts:
    """Votes of all sites of a training set."""

    def __init__(self, pages: Iterable[tuple[str, Shares]]) -> None:
        by_site: defaultdict[str, list[Shares]] = defaultdict(list)
        for site, shares in pages:
            by_site[site].append(shares)
        self.votes: defaultdict[str, float] = defaultdict(float)
        self.total: defaultdict[str, int] = defaultdict(int)
        for group in by_site.values():
            for token, share in _mean_shares(group).items():
                self.votes[token] += share
                self.total[token] += 1
        self.base = self._base_rates()

    def _base_rates(self) -> dict[str, float]:
        votes: defaultdict[str, float] = defaultdict(float)
        total: defaultdict[str, float] = defaultdict(float)
        for token, count in self.total.items():
            votes[token_family(token)] += self.votes[token]
            total[token_family(token)] += count
        return {family: votes[family] / total[family] for family in total}

    def weight(self, token: str) -> float | None:
        """Return the log-odds of a token against its family's base rate; None if it is on too few sites."""
        total = self.total.get(token, 0)
        if total < MIN_SITES:
            return None
        base = self.base[token_family(token)]
        rate = (self.votes[token] + PRIOR_VOTES * base) / (total + PRIOR_VOTES)
        rate = min(max(rate, 0.005), 0.995)
        return round(math.log(rate / (1 - rate)) - math.log(base / (1 - base)), DECIMALS)

    def select(self, limits: Mapping[str, int]) -> dict[str, float]:
        """Return the most telling tokens of each family with their weights, at most `limits[family]` of them."""
        ranked: defaultdict[str, list[tuple[float, str, float]]] = defaultdict(list)
        for token, count in self.total.items():
            weight = self.weight(token)
            if weight:
                ranked[token_family(token)].append((-abs(weight) * math.sqrt(count), token, weight))
        chosen: dict[str, float] = {}
        for family, limit in sorted(limits.items()):
            chosen.update((token, weight) for _, token, weight in sorted(ranked[family])[:limit])
        return dict(sorted(chosen.items()))


def token_tables(pages: Sequence[tuple[str, bool, Shares]], limits: Mapping[str, int]) -> list[dict[str, float]]:
    """Return the weights by table (features_tokens.TABLES) of pages given as site, whether article, and shares."""
    pooled = TokenCounts((site, shares) for site, _, shares in pages)
    chosen = pooled.select(limits)
    tables = [chosen]
    for wanted in (True, False):
        counts = TokenCounts((site, shares) for site, article, shares in pages if article is wanted)
        own = {token: counts.weight(token) for token in chosen}
        tables.append({token: chosen[token] if weight is None else weight for token, weight in own.items()})
    return tables


def _mean_shares(pages: Sequence[Shares]) -> Shares:
    if len(pages) == 1:
        return pages[0]
    sums: defaultdict[str, float] = defaultdict(float)
    count: defaultdict[str, int] = defaultdict(int)
    for shares in pages:
        for token, share in shares.items():
            sums[token] += share
            count[token] += 1
    return {token: sums[token] / count[token] for token in sums}
