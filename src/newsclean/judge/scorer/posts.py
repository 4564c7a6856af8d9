"""Scores of a thread's blocks → scores that its posts share: what the page says of one post, it says of all.

A short reply alone looks like a menu; the trees see that its like are kept, but weigh it too little.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.judge.scorer.cut import SHELL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.scorer.view import PageView

SHARE = 0.7
"""How much of a block's score is that of its like, on a page that is surely a forum. Out of fold, anything from .6 to 1
does as well."""
LEVELS = 3
"""Blocks are alike whose element and two around it have the same tags and first class names."""
MIN_LIKE = 3
MAX_CHARS = 400.0
"""Characters from which a block says no more about its like."""
LEAST = 0.05
"""Probability of a forum from which it is worth the time."""

_DIGITS_RE = re.compile(r"\d+")  # "post-12345"


def level_posts(view: PageView, sizes: Sequence[float], scores: list[float], forum: float) -> list[float]:
    """Return the scores, each drawn towards the mean of its like; `forum` is the probability that the page is one.

    A page that would look like a shell for it keeps its scores.
    """
    if forum < LEAST or not scores:
        return scores
    share = SHARE * forum
    keys = _like_keys(view)
    totals: dict[str, tuple[float, float]] = {}
    nodes: dict[str, set[int]] = {}
    for key, node, score, size in zip(keys, view.nodes_of, scores, sizes, strict=True):
        weight = min(size, MAX_CHARS)
        mass, weights = totals.get(key, (0.0, 0.0))
        totals[key] = (mass + score * weight, weights + weight)
        nodes.setdefault(key, set()).add(node)
    means = {key: mass / weights for key, (mass, weights) in totals.items() if len(nodes[key]) >= MIN_LIKE}
    level = [score + share * (means.get(key, score) - score) for key, score in zip(keys, scores, strict=True)]
    return level if max(level) >= SHELL else scores


def _like_keys(view: PageView) -> list[str]:
    names = [
        f"{tag}.{_DIGITS_RE.sub('#', label.partition(' ')[0])}"
        for tag, label in zip(view.tags, view.labels, strict=True)
    ]
    keys = names
    for _ in range(LEVELS - 1):
        around = zip(names, view.parents, strict=True)
        keys = [f"{name}<{keys[parent]}" if parent >= 0 else name for name, parent in around]
    return [keys[node] for node in view.nodes_of]
