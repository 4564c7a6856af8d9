"""Scores and sizes of a page's blocks (or lines) → the score from which one is kept, and which are copies.

Knows no HTML and no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Keep

CUTS: dict[Keep, tuple[tuple[float, float], tuple[float, float]]] = {
    "precision": ((0.75, 0.85), (0.45, 0.60)),
    "balanced": ((0.45, 0.62), (0.25, 0.55)),
    "recall": ((0.15, 0.25), (0.10, 0.20)),
}
"""Bounds of the cut on articles and on other kinds of pages, chosen on out-of-fold scores (training/README.md)."""

LIKELY_ARTICLE = 0.5
SHELL = 0.45
"""Score that some block of a page has unless the page is a shell: of menus, something always looks best. Of the eleven
development pages below it that are no articles, eight hold no text, and none was found on the others."""

COPY_WORDS = 8
"""A text of so many words that was already kept in another container is a copy."""


def page_cut(scores: Sequence[float], sizes: Sequence[float], article: float, keep: Keep) -> float:
    """Return the score from which a block is kept: the best expected F1, within bounds that follow the page's kind.

    `article` is the probability that the page is an article. One that is none and has no likely text keeps nothing,
    unless `keep` is "recall".
    """
    if keep != "recall" and article < LIKELY_ARTICLE and max(scores, default=0.0) < SHELL:
        return SHELL
    on_articles, elsewhere = CUTS[keep]
    low = article * on_articles[0] + (1.0 - article) * elsewhere[0]
    high = article * on_articles[1] + (1.0 - article) * elsewhere[1]
    return expected_f1_cut(scores, sizes, low, high)


def expected_f1_cut(scores: Sequence[float], sizes: Sequence[float], low: float, high: float) -> float:
    """Return the cut that maximises the expected F1 over characters, read as probabilities, kept within [low, high]."""
    expected = sum(score * size for score, size in zip(scores, sizes, strict=True))
    kept = hit = best = 0.0
    cut = high
    for score, size in sorted(zip(scores, sizes, strict=True), reverse=True):
        if score < low:
            break
        kept += size
        hit += score * size
        f1 = 2.0 * hit / (kept + expected)
        if f1 > best:
            best, cut = f1, score
    return min(max(cut, low), high)


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
