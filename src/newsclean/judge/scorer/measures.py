"""PageView → sizes of its blocks and prefix sums over them: what the groups of columns share."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judge.scorer.runs import best_run

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

Column = list[float]


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
