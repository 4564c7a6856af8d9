"""Extracted text + gold → the scores of the benchmarks: word F1, 4-word shingles, snippets; intervals by site."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD_RE = re.compile(r"\w+")
SHINGLE = 4
BOOTSTRAPS = 400
SNIPPETS_A_SIDE = 6
"""As in trafilatura's own evaluation."""


@dataclass(frozen=True)
class PageScore:
    """How one page did. None where the gold has nothing to say."""

    site: str
    word_f1: float | None = None
    precision: float | None = None
    recall: float | None = None
    snippets: tuple[int, int, int] | None = None
    """Wanted found, wanted missed, unwanted found."""


def word_f1(text: str, gold: str) -> float:
    """Return the bag-of-words F1 of a text against its gold, 0 to 1."""
    found, wanted = _WORD_RE.findall(text.lower()), _WORD_RE.findall(gold.lower())
    if not wanted:
        return float(not found)
    if not found:
        return 0.0
    common = sum((Counter(found) & Counter(wanted)).values())
    return 2 * common / (len(found) + len(wanted))


def shingle_precision_recall(text: str, gold: str) -> tuple[float | None, float | None]:
    """Return precision and recall over 4-word shingles; None where there is nothing to divide by."""
    found, wanted = _shingles(text), _shingles(gold)
    common, n_found, n_wanted = sum((found & wanted).values()), found.total(), wanted.total()
    if not n_found and not n_wanted:
        return 1.0, 1.0
    precision = common / n_found if n_found else None if not n_wanted else 0.0
    return precision, common / n_wanted if n_wanted else None


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _WORD_RE.findall(text)
    starts = range(max(1, len(tokens) - SHINGLE + 1))
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in starts if tokens[start : start + SHINGLE])


def snippet_counts(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[int, int, int]:
    """Return how many wanted snippets are found and missed, and how many unwanted ones are found."""
    flat = " ".join(text.split())
    found = sum(" ".join(snippet.split()) in flat for snippet in wanted[:SNIPPETS_A_SIDE])
    leaked = sum(" ".join(snippet.split()) in flat for snippet in unwanted[:SNIPPETS_A_SIDE])
    return found, len(wanted[:SNIPPETS_A_SIDE]) - found, leaked


Score = Callable[[Sequence[PageScore]], float]


def mean_word_f1(pages: Sequence[PageScore]) -> float:
    """Return the mean word F1."""
    return _mean([page.word_f1 for page in pages])


def mean_precision(pages: Sequence[PageScore]) -> float:
    """Return the mean precision over 4-word shingles."""
    return _mean([page.precision for page in pages])


def mean_recall(pages: Sequence[PageScore]) -> float:
    """Return the mean recall over 4-word shingles."""
    return _mean([page.recall for page in pages])


def shingle_f1(pages: Sequence[PageScore]) -> float:
    """Return the F1 of mean precision and mean recall over 4-word shingles."""
    precision, recall = mean_precision(pages), mean_recall(pages)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def snippet_f1(pages: Sequence[PageScore]) -> float:
    """Return the F1 over all snippets of all pages."""
    found, missed, leaked = (sum(page.snippets[k] for page in pages if page.snippets) for k in range(3))
    return 2 * found / max(2 * found + missed + leaked, 1)


def interval(pages: Sequence[PageScore], score: Score) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a score, resampled by site."""
    sites: defaultdict[str, list[PageScore]] = defaultdict(list)
    for page in pages:
        sites[page.site].append(page)
    groups = [sites[site] for site in sorted(sites)]
    chance = random.Random(0)
    values = sorted(
        score([page for group in chance.choices(groups, k=len(groups)) for page in group]) for _ in range(BOOTSTRAPS)
    )
    return values[int(0.025 * BOOTSTRAPS)], values[int(0.975 * BOOTSTRAPS)]


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else float("nan")
