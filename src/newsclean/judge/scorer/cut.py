"""Scores and sizes of a page's blocks (or lines) → the score from which one is kept, and which are copies.

Knows no HTML and no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Keep


class Aim(NamedTuple):
    """What a cut is to bring about, and the scores it stays between."""

    recall: float
    """What recall weighs beside precision."""
    low: float
    high: float


AIMS: dict[Keep, tuple[Aim, Aim]] = {
    "precision": (Aim(0.4, 0.75, 0.85), Aim(0.5, 0.45, 0.60)),
    "balanced": (Aim(0.55, 0.30, 0.75), Aim(0.85, 0.25, 0.55)),
    "recall": (Aim(1.5, 0.15, 0.25), Aim(1.5, 0.10, 0.20)),
}
"""On articles and on other kinds of pages, chosen on out-of-fold scores (training/README.md)."""

LEAST_RECALL = 0.2
"""Expected recall below which a cut is not looked at: a few sure lines do not stand for an unsure article."""
LIKELY_ARTICLE = 0.5
SHELL = 0.45
"""Score that some block of a page has unless the page is a shell: of menus, something always looks best. Of the eleven
development pages below it that are no articles, eight have an empty gold."""

COPY_WORDS = 8
"""A text of so many words that was already kept in another container is a copy."""


def page_cut(scores: Sequence[float], sizes: Sequence[float], article: float, keep: Keep) -> float:
    """Return the score from which a block is kept; `article` is the probability that the page is an article.

    A page that is none and has no likely text keeps nothing, unless `keep` is "recall".
    """
    if keep != "recall" and article < LIKELY_ARTICLE and max(scores, default=0.0) < SHELL:
        return SHELL
    pairs = zip(*AIMS[keep], strict=True)
    aim = Aim(*(article * on_articles + (1.0 - article) * elsewhere for on_articles, elsewhere in pairs))
    return best_cut(scores, sizes, aim)


def best_cut(scores: Sequence[float], sizes: Sequence[float], aim: Aim) -> float:
    """Return the cut with the highest expected precision plus weighed recall over characters, between the aim's bounds.

    Scores are read as probabilities. A cut that keeps less than LEAST_RECALL of what they expect is none.
    """
    expected = sum(score * size for score, size in zip(scores, sizes, strict=True)) or 1.0
    kept = hit = best = 0.0
    cut = aim.high
    for score, size in sorted(zip(scores, sizes, strict=True), reverse=True):
        if score < aim.low:
            break
        kept += size
        hit += score * size
        if hit < LEAST_RECALL * expected:
            cut = aim.low
            continue
        worth = hit / (kept or 1.0) + aim.recall * hit / expected
        if worth > best:
            best, cut = worth, score
    return min(max(cut, aim.low), aim.high)


def find_copies(
    texts: Sequence[str], words: Sequence[float], containers: Sequence[int], scores: Sequence[float], cut: float
) -> set[int]:
    """Return the indices of long blocks whose text is kept before, in another container that is a copy as a whole.

    A container that also holds long text of its own says something twice, and is none.
    """
    seen: dict[str, int] = {}
    copies: set[int] = set()
    own: set[int] = set()
    for index, score in enumerate(scores):
        if score < cut or words[index] < COPY_WORDS:
            continue
        first = seen.setdefault(texts[index], containers[index])
        if first != containers[index]:
            copies.add(index)
        else:
            own.add(containers[index])
    return {index for index in copies if containers[index] not in own}
