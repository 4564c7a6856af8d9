"""Words of lines → what they weigh: how far a word, an opening or a whole line speaks for article text.

The weights are learned (training/lines_tokens.py) and shipped as data; this file only looks them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.features import Column, LineView

MAX_WORDS = 16
"""Words of a line that are looked up: boilerplate is short, and long text is told by its length."""
MAX_EXACT = 60
"""Characters of the longest line that is looked up as a whole."""
TITLE_CHARS = 50
"""Characters of the longest line that can be the title of the lines below."""
WIDE_FROM = "\u0e00"
"""Scripts from here on (Thai, Chinese, Japanese) write no spaces: pairs of letters stand for words."""

TOKEN_COLUMNS = (
    "word_mean word_max word_min opening closing exact title_exact worst_passed since_bad bad_passed "
    "above_mean below_mean words_3 words_8"
).split()

_SAME_DIGIT = dict.fromkeys(map(ord, "123456789"), "0")
"""Numbers are looked up by their length: which year it is says nothing."""
_STRIP = " .,:;!?\"'“”‘’«»()[]|–—-•·›…/&"


BAD = -1.0
"""Log-odds of a short line's opening or whole under which it belongs to the page around the article."""
MAX_BAD = 9.0
"""Lines since, and number of, such lines past which nothing more is learned."""


class Weights(Protocol):
    """Token → weight in log-odds; None where the token says nothing."""

    def get(self, token: str, /) -> float | None: ...


def split_words(texts: Sequence[str]) -> list[list[str]]:
    """Return the first words of each text, lower case, without marks around them."""
    found = []
    for text in texts:
        words = text[:240].lower().translate(_SAME_DIGIT).split(None, MAX_WORDS)[:MAX_WORDS]
        if len(words) <= 2 and len(text) > 6 and max(text) >= WIDE_FROM:
            head = text[: 2 * MAX_WORDS]
            found.append([head[n : n + 2] for n in range(len(head) - 1)])
        else:
            stripped = [word.strip(_STRIP) for word in words]
            found.append([word for word in stripped if word])
    return found


def line_tokens(words: Sequence[str], text: str) -> list[str]:
    """Return all tokens of a line: its words, "^" opening, "$" closing and "=" whole line."""
    tokens = [word for word in words if len(word) < 24]
    if words:
        tokens.append(opening_token(words))
        tokens.append(closing_token(words))
    if len(text) <= MAX_EXACT:
        tokens.append("=" + " ".join(words))
    return tokens


def opening_token(words: Sequence[str]) -> str:
    """Return the token of a line's first two words."""
    return "^" + " ".join(words[:2])


def closing_token(words: Sequence[str]) -> str:
    """Return the token of the last two words looked at."""
    return "$" + " ".join(words[-2:])


def token_columns(view: LineView, weights: Weights, headline: int | None) -> list[Column]:
    """Return the columns named in TOKEN_COLUMNS."""
    get = weights.get
    means: Column = []
    highs: Column = []
    lows: Column = []
    openings: Column = []
    closings: Column = []
    exacts: Column = []
    titles: Column = []
    worsts: Column = []
    since: Column = []
    bads: Column = []
    distance, bad = MAX_BAD, 0.0
    title = worst = 0.0
    start = 0 if headline is None else headline
    for number, (words, text, bullet) in enumerate(zip(view.words, view.texts, view.bullets, strict=True)):
        known = [weight for weight in map(get, words) if weight is not None]
        means.append(sum(known) / len(known) if known else 0.0)
        highs.append(max(known, default=0.0))
        lows.append(min(known, default=0.0))
        opening = get(opening_token(words)) or 0.0
        openings.append(opening)
        closings.append(get(closing_token(words)) or 0.0)
        titles.append(title)
        worsts.append(worst)
        since.append(distance)
        bads.append(bad)
        distance = min(distance + 1.0, MAX_BAD)
        if len(text) <= MAX_EXACT:
            exact = get("=" + " ".join(words)) or 0.0
            exacts.append(exact)
            if number > start:
                worst = min(worst, exact)
                if exact <= BAD or opening <= BAD:
                    distance = 0.0
                    bad = min(bad + 1.0, MAX_BAD)
            if not bullet and len(text) <= TITLE_CHARS and (exact or not title):
                title = exact
        else:
            exacts.append(0.0)
    sums = _running(means)
    return [
        means, highs, lows, openings, closings, exacts, titles, worsts, since, bads,
        [0.0, *means[:-1]], [*means[1:], 0.0], _mean_window(sums, 3), _mean_window(sums, 8),
    ]  # fmt: skip


def _running(values: Column) -> Column:
    sums = [0.0]
    total = 0.0
    for value in values:
        total += value
        sums.append(total)
    return sums


def _mean_window(sums: Column, reach: int) -> Column:
    total = len(sums) - 1
    column: Column = []
    for number in range(total):
        low, high = max(0, number - reach), min(total, number + reach + 1)
        column.append((sums[high] - sums[low]) / (high - low))
    return column
