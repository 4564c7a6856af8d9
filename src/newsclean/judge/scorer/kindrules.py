"""Scores + what the page is → scores after what such a page says of its posts, and of parts named for something else.

What the page says of one post it says of all: a short reply alone looks like a menu. The trees weigh names too, but
they saw some ninety products and a hundred threads, too few to learn that customers' reviews or signatures hardly ever
belong to what the page is about. What is listed here was measured out of fold (training/README.md); a name that only
one site uses is a matter for a site rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.judge.scorer.cut import SHELL
from newsclean.judge.scorer.kind import KINDS, likeliest_kind
from newsclean.judge.scorer.tokens import label_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

CONSENT = frozenset(
    """
    borlabs cmplz cookiebot cookieconsent cookielaw cybot didomi iubenda klaro onetrust osano quantcast termly trustarc
    truste usercentrics
    """.split()
)
"""Programs that ask for consent to cookies; they name what they put into a page after themselves."""
BY_KIND = {
    "article": frozenset({"bio", "comment", "comments", "disclaimer"}),
    "forum": frozenset({"comments", "signature"}),
    "product": frozenset({"carousel", "related", "review", "reviews"}),
}
"""Kind of page → words in the class, id, role or itemprop of an element that is no body text there."""
POSTS = frozenset({",answer", ",question"})
REMARKS = "comments"
"""On a forum, comments are remarks only inside one of POSTS; else they are its posts."""
LARGEST = 0.5
"""Share of the page's blocks from which an element is the page itself, whatever its name."""
MOST_OF_ARTICLE, MOST_OF_OTHERS = 0.5, 0.9
"""Share of the likely text from which what is named so is the body after all: the page of a reviewer, a life."""

_ON_ALL = frozenset("," + word for word in CONSENT)
_NAMES = {kind: _ON_ALL.union("," + word for word in words) for kind, words in BY_KIND.items()}
"""The same as tokens, with those of CONSENT."""
_DIGITS_RE = re.compile(r"\d+")  # "post-12345"


def follow_kind(
    view: PageView, sizes: Sequence[float], scores: list[float], kinds: Sequence[float]
) -> tuple[list[float], dict[int, str]]:
    """Return the scores of the second stage after what the kind of the page says of posts and of named parts.

    Beside them, block → name of the part, for blocks that score 0 for it.
    """
    scores = level_posts(view, sizes, scores, kinds[KINDS.index("forum")])
    parts = named_parts(view, sizes, scores, likeliest_kind(kinds))
    return [0.0 if index in parts else score for index, score in enumerate(scores)], parts


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


def named_parts(view: PageView, sizes: Sequence[float], scores: Sequence[float], kind: str) -> dict[int, str]:
    """Return block → the name of the part it stands in, for blocks in parts that are no body text on such a page.

    `sizes` are characters; `scores`, 0 to 1, are taken for probabilities.
    """
    named = _named_labels(set(view.labels), kind)
    if not named:
        return {}
    limit = LARGEST * len(view.texts)
    inside = _in_posts(view) if kind == "forum" else []
    found: dict[int, str] = {}
    done = 0
    for node in [node for node, label in enumerate(view.labels) if label in named]:
        first, last, name = view.firsts[node], view.lasts[node], named[view.labels[node]]
        if last <= done or last - first > limit or (inside and name == REMARKS and not inside[node]):
            continue
        done = last
        found.update(dict.fromkeys(range(first, last), name))
    doubtful = {block for block, name in found.items() if name not in CONSENT}
    most = MOST_OF_ARTICLE if kind == "article" else MOST_OF_OTHERS
    if _mass(doubtful, sizes, scores) > most * _mass(range(len(scores)), sizes, scores):
        return {block: name for block, name in found.items() if name in CONSENT}
    return found


def _mass(blocks: Iterable[int], sizes: Sequence[float], scores: Sequence[float]) -> float:
    """Return how many characters of article the blocks hold by their scores."""
    return sum(sizes[block] * scores[block] for block in blocks)


def _named_labels(labels: set[str], kind: str) -> dict[str, str]:
    """Return label → the word in it that names such a part on a page of a kind."""
    names = _NAMES.get(kind, _ON_ALL)
    found = {label: names.intersection(label_tokens(label)) for label in labels}
    return {label: min(tokens)[1:] for label, tokens in found.items() if tokens}


def _in_posts(view: PageView) -> list[bool]:
    """Return for each node whether it is one of POSTS, or in one."""
    are_posts = {label: not POSTS.isdisjoint(label_tokens(label)) for label in set(view.labels)}
    found: list[bool] = []
    for label, parent in zip(view.labels, view.parents, strict=True):
        found.append(are_posts[label] or (parent >= 0 and found[parent]))
    return found
