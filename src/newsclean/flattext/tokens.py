"""Words of lines → what they weigh: how far a word, an opening or a whole line speaks for article text.

The weights are learned (training/lines_weights.py) and shipped as data; this file only looks them up.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from newsclean.flattext.features import window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.columns import Column
    from newsclean.flattext.features import LineView

MAX_WORDS = 16
"""Words of a line that are looked up: boilerplate is short, and long text is told by its length."""
MAX_WORD = 24
"""Characters past which a word is an address or a name that no other site has."""
MAX_EXACT = 60
"""Characters of the longest line that is looked up as a whole."""
WIDE_FROM = "\u0e00"
"""Scripts from here on (Thai, Chinese, Japanese) write no spaces: pairs of letters stand for words."""

TOKEN_COLUMNS = (
    "tokens token_low token_high tokens_1 tokens_3 tokens_8 since_bad bad_passed worst_passed title_tokens"
).split()

HEAD_CHARS = 240
"""Characters of a line in which its words are looked for."""
_DIGIT_RE = re.compile("[1-9]")  # numbers are looked up by their length: which year it is says nothing
_STRIP = " .,:;!?\"'“”‘’«»()[]|–—-•·›…/&"

MAX_LINE = 4.0
"""Log-odds that one line counts for at most in sums over its neighbours."""
BAD = -1.0
"""Log-odds of a short line under which it belongs to the page around the article."""
MAX_BAD = 9.0
"""Lines since, and number of, such lines past which nothing more is learned."""


class Weights(Protocol):
    """Token → weight in log-odds; None where the token says nothing."""

    def get(self, token: str, /) -> float | None: ...


def split_words(texts: Sequence[str]) -> list[list[str]]:
    """Return the first words of each text, lower case, without marks around them."""
    heads = _DIGIT_RE.sub("0", "\n".join([text[:HEAD_CHARS] for text in texts]).lower()).split("\n")
    found = []
    for text, head in zip(texts, heads, strict=False):  # no text at all still makes one empty head
        words = head.split(None, MAX_WORDS)[:MAX_WORDS]
        if len(words) <= 2 and len(text) > 6 and max(text) >= WIDE_FROM:
            pairs = text[: 2 * MAX_WORDS]
            found.append([pairs[n : n + 2] for n in range(len(pairs) - 1)])
        else:
            found.append([stripped for word in words if (stripped := word.strip(_STRIP))])
    return found


def line_tokens(words: Sequence[str], text: str) -> list[str]:
    """Return the tokens of a line: its words, pairs of words, "^" opening, "$" closing and "=" whole line."""
    tokens = [*words]
    if words:
        pairs = [f"{first} {second}" for first, second in pairwise(words)]
        tokens += pairs
        tokens += ("^" + pairs[0], "$" + pairs[-1]) if pairs else ("^" + words[0], "$" + words[0])
    if len(text) <= MAX_EXACT:
        tokens.append("=" + " ".join(words))
    return tokens


def title_tokens(words: Sequence[str], text: str) -> list[str]:
    """Return the tokens that a title is told by: its words, its opening and all of it."""
    tokens = [word for word in words if len(word) < MAX_WORD]
    if words:
        tokens.append(opening_token(words))
    if len(text) <= MAX_EXACT:
        tokens.append("=" + " ".join(words))
    return tokens


def opening_token(words: Sequence[str]) -> str:
    """Return the token of a line's first two words."""
    return "^" + " ".join(words[:2])


def token_columns(view: LineView, weights: Weights, start: int) -> list[Column]:
    """Return the columns named in TOKEN_COLUMNS; from line `start` on, the headline, bad lines are counted."""
    get = weights.get
    sums: Column = []
    lows: Column = []
    highs: Column = []
    for words, text in zip(view.words, view.texts, strict=True):
        known = [weight for weight in map(get, line_tokens(words, text)) if weight is not None]
        sums.append(sum(known))
        lows.append(min(known, default=0.0))
        highs.append(max(known, default=0.0))
    bounded = [0.0, *accumulate(max(-MAX_LINE, min(value, MAX_LINE)) for value in sums)]
    return [
        sums,
        lows,
        highs,
        *(window(bounded, reach) for reach in (1, 3, 8)),
        *_passed_columns(view, sums, start),
    ]


def _passed_columns(view: LineView, sums: Column, start: int) -> list[Column]:
    """Return what was passed above each line: lines since the last bad one, how many, the worst, the last title."""
    since: Column = []
    bads: Column = []
    worsts: Column = []
    titles: Column = []
    distance, bad = MAX_BAD, 0.0
    title = worst = 0.0
    for number, (value, text, bullet) in enumerate(zip(sums, view.texts, view.bullets, strict=True)):
        since.append(distance)
        bads.append(bad)
        worsts.append(worst)
        titles.append(title)
        distance = min(distance + 1.0, MAX_BAD)
        if len(text) <= MAX_EXACT:
            if number > start:
                worst = min(worst, value)
                if value <= BAD:
                    distance, bad = 0.0, min(bad + 1.0, MAX_BAD)
            if not bullet:
                title = value
    return [since, bads, worsts, titles]
