"""PageView → sizes of its blocks, prefix sums over them, and where by sizes alone the body may be."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.columns import Column, best_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.scorer.view import PageView

LONG_CHARS = 80
"""A block of so many characters that are not links is a paragraph, in the eyes of the features."""
LONGEST_WORD = 40.0
"""Characters a word from which a text is no language: identifiers, encoded data."""
LINKED = 0.5
"""Link density from which a block is a link, in the eyes of the features."""
RUN_COSTS = (30.0, 120.0)
"""Characters that a block must bring to lengthen a run of text."""
LONG_LIMIT = 1000.0
"""Characters of a paragraph that count in a run."""
UNSPACED_WORD = 14.0
"""Characters a word past which a page's script has no spaces between words."""
UNSPACED_SCALE = 2.5
"""One character of such a script says about as much as so many Latin letters."""
PARAGRAPH_CHARS = 25
"""Shorter texts do not count as paragraphs (the classic paragraph scoring of reader modes)."""

TWIN_BLOCKS = 3
TWIN_CHARS = 150.0
"""Smallest container, in blocks and in characters of paragraphs, that can be one of several like texts."""
_NO_DIGITS = str.maketrans("", "", "0123456789")


def distinct_ancestors(view: PageView) -> list[int]:
    """Return for each node the nearest node around it that holds more blocks; the outermost points to itself."""
    firsts, lasts = view.firsts, view.lasts
    up: list[int] = []
    for node, parent in enumerate(view.parents):
        if parent < 0:
            up.append(node)
        elif firsts[parent] == firsts[node] and lasts[parent] == lasts[node]:
            up.append(up[parent])
        else:
            up.append(parent)
    return up


class Measures:
    """What several groups of columns share: sizes of the blocks and prefix sums over them."""

    def __init__(self, view: PageView) -> None:
        texts = view.texts
        self.words: Column = [text.count(" ") + 1.0 for text in texts]
        self.scale = scale = _scale(texts, sum(self.words))
        self.chars: Column = [len(text) * scale for text in texts]
        if scale > 1.0:
            self.words = [max(words, chars / 6.0) for words, chars in zip(self.words, self.chars, strict=True)]
        self.links = view.links
        self.commas: Column = [_commas(text) for text in texts]
        plain = [chars * (1.0 - links) for chars, links in zip(self.chars, self.links, strict=True)]
        self.plain = plain
        self.long: Column = [
            size if size >= LONG_CHARS and links < LINKED and size < LONGEST_WORD * words else 0.0
            for size, links, words in zip(plain, self.links, self.words, strict=True)
        ]
        self.sum_chars = [0.0, *accumulate(self.chars)]
        self.sum_plain = [0.0, *accumulate(plain)]
        self.sum_long = [0.0, *accumulate(self.long)]
        self.gains = [min(size, LONG_LIMIT) - RUN_COSTS[0] for size in self.long]
        self.run = best_run(self.gains)
        """The range of blocks that is the longest run of text."""
        first, last = self.run
        self.run_share = (self.sum_long[last] - self.sum_long[first]) / (self.sum_long[-1] or 1.0)
        self.up = distinct_ancestors(view)
        self.inner = [self.up[n] if view.lasts[n] - view.firsts[n] == 1 else n for n in view.nodes_of]
        """The innermost node around each block that holds more blocks."""
        self.likes = [f"{view.tags[node]}.{view.labels[node]}" for node in view.nodes_of]


def _commas(text: str) -> float:
    if text.isascii():
        return float(text.count(", "))
    return float(text.count(", ") + text.count("،") + text.count("、") + text.count("，"))


def _scale(texts: Sequence[str], spaces: float) -> float:
    """Return how many Latin letters one character of this page is worth."""
    chars = sum(map(len, texts))
    wide = sum(len(text) for text in texts if not text.isascii())
    return UNSPACED_SCALE if chars > UNSPACED_WORD * spaces and wide > chars / 2 else 1.0


def best_subtree(view: PageView, gains: Sequence[float]) -> tuple[int, int]:
    """Return the range of blocks under the node with the largest sum of gains; the innermost one of equals."""
    sums = [0.0, *accumulate(gains)]
    best, found = 0.0, (0, 0)
    for first, last in zip(view.firsts, view.lasts, strict=True):
        total = sums[last] - sums[first]
        if total > best or (total == best and last - first < found[1] - found[0]):
            best, found = total, (first, last)
    return found


def paragraph_scores(
    view: PageView, plain: Sequence[float], commas: Sequence[float], links: Sequence[float]
) -> list[float]:
    """Return for each node the best paragraph score on its way to the root, as a share of the page's best.

    A paragraph gives points to the element around it, and half of them to the next one (as reader modes count).
    """
    parents = view.parents
    scores = [0.0] * len(parents)
    for node, size, linked, pauses in zip(view.nodes_of, plain, links, commas, strict=True):
        if size < PARAGRAPH_CHARS or linked > 0.5:
            continue
        points = 1.0 + pauses + min(size / 100.0, 3.0)
        parent = parents[node]
        if parent < 0:
            continue
        scores[parent] += points
        if parents[parent] >= 0:
            scores[parents[parent]] += points / 2.0
    top = max(scores, default=0.0) or 1.0
    best: list[float] = []
    for score, parent in zip(scores, parents, strict=True):
        own = score / top
        best.append(own if parent < 0 or own > best[parent] else best[parent])
    return best


def count_twins(view: PageView, sum_long: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return for each node how many like containers of text stand before it or what is around it, and how many in all.

    Like are siblings of one tag and class: posts of a thread, cards, articles stacked on one page.
    """
    parents, firsts, lasts = view.parents, view.firsts, view.lasts
    known: dict[tuple[int, str, str], int] = {}
    keys: list[tuple[int, str, str] | None] = []
    index: list[float] = []
    for node, parent in enumerate(parents):
        first, last = firsts[node], lasts[node]
        above = index[parent] if parent >= 0 else 0.0
        if last - first < TWIN_BLOCKS or sum_long[last] - sum_long[first] < TWIN_CHARS:
            keys.append(None)
            index.append(above)
            continue
        key = (parent, view.tags[node], view.labels[node].translate(_NO_DIGITS))
        before = known.get(key, 0)
        known[key] = before + 1
        keys.append(key)
        index.append(max(above, float(before)))
    count: list[float] = []
    for key_or_none, parent in zip(keys, parents, strict=True):
        above = count[parent] if parent >= 0 else 1.0
        count.append(above if key_or_none is None else max(above, float(known[key_or_none])))
    return index, count
