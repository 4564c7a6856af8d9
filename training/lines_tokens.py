"""Labelled lines → token weights for the title: in which share of its lines a word is the title, as log-odds.

Every site has one vote a token. A page in training sees weights that its own fold had no part in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from newsclean.flattext.tokens import title_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.lines_pages import LinePage

MIN_SITES = 3
PRIOR_VOTES = 1.0
"""Votes of an undecided site that every token starts with, at the base rate of its kind."""
DECIMALS = 1
TITLE_LIMITS = {"w": 700, "^": 200, "=": 200}
"""How many tokens of each family ship: words, openings, whole lines."""

Shares = dict[str, float]


def token_family(token: str) -> str:
    """Return which family a token belongs to."""
    return token[0] if token[0] in "^=" and len(token) > 1 else "w"


def title_shares(page: LinePage) -> Shares:
    """Return for every token of the lines that can be the title in which share of them it is."""
    return _shares(
        (page.view.words[n], page.view.texts[n], float(is_title))
        for n, is_title in zip(page.numbers, page.is_title, strict=True)
    )


def _shares(lines: Iterable[tuple[list[str], str, float]]) -> Shares:
    good: defaultdict[str, float] = defaultdict(float)
    count: defaultdict[str, int] = defaultdict(int)
    for words, text, label in lines:
        for token in dict.fromkeys(title_tokens(words, text)):
            good[token] += label
            count[token] += 1
    return {token: good[token] / count[token] for token in count}


def choose_weights(pages: Iterable[tuple[str, Shares]], limits: Mapping[str, int]) -> dict[str, float]:
    """Return the most telling tokens with their log-odds against the base rate of their family."""
    votes: defaultdict[str, float] = defaultdict(float)
    sites: defaultdict[str, int] = defaultdict(int)
    for shares in _by_site(pages):
        for token, share in shares.items():
            votes[token] += share
            sites[token] += 1
    base = _base_rates(votes, sites)
    ranked: defaultdict[str, list[tuple[float, str, float]]] = defaultdict(list)
    for token, count in sites.items():
        if count >= MIN_SITES:
            weight = _log_odds(votes[token], count, base[token_family(token)])
            ranked[token_family(token)].append((-abs(weight) * math.sqrt(count), token, weight))
    chosen = {
        token: weight
        for family, limit in limits.items()
        for _, token, weight in sorted(ranked[family])[:limit]
        if weight
    }
    return dict(sorted(chosen.items()))


def _log_odds(votes: float, count: int, base: float) -> float:
    rate = min(max((votes + PRIOR_VOTES * base) / (count + PRIOR_VOTES), 0.005), 0.995)
    return round(math.log(rate / (1 - rate)) - math.log(base / (1 - base)), DECIMALS)


def _base_rates(votes: Mapping[str, float], sites: Mapping[str, int]) -> dict[str, float]:
    good: defaultdict[str, float] = defaultdict(float)
    total: defaultdict[str, int] = defaultdict(int)
    for token, count in sites.items():
        good[token_family(token)] += votes[token]
        total[token_family(token)] += count
    return {family: good[family] / total[family] for family in total}


def _by_site(pages: Iterable[tuple[str, Shares]]) -> Iterable[Shares]:
    sites: defaultdict[str, list[Shares]] = defaultdict(list)
    for site, shares in pages:
        sites[site].append(shares)
    return (_mean(found) for found in sites.values())


def _mean(pages: Sequence[Shares]) -> Shares:
    if len(pages) == 1:
        return pages[0]
    sums: defaultdict[str, list[float]] = defaultdict(list)
    for shares in pages:
        for token, share in shares.items():
            sums[token].append(share)
    return {token: sum(values) / len(values) for token, values in sums.items()}
