"""Lines → columns of numbers about the headline: what tells it from other short lines, and how far lines go with it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.columns import FAR, since_last
from newsclean.flattext.features import DIGIT_RE, Measures
from newsclean.flattext.tokens import opening_token
from newsclean.lexicon.furniture import BYLINE_STARTS, CREDIT_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.columns import Column
    from newsclean.flattext.features import Focus, LineView
    from newsclean.flattext.tokens import Weights

MIN_CHARS, MAX_CHARS = 6, 250
"""Characters that a title has."""
MAX_CANDIDATES = 160
"""Lines that are looked at, from the top of the page."""
BELOW = 6
"""Lines below a title in which its byline and date line stand."""

TITLE_COLUMNS = (
    "shared shared_rare shared_first first_30 first_60 first_120 last_60 date_below date_above by_below "
    "by_itself date_itself alike best_shared above_repeats next_long rank"
).split()

TITLE_TOKEN_COLUMNS = "title_mean title_max title_min title_opening title_exact".split()

HEADLINE_COLUMNS = "since_headline title_share topic_share dates_passed shorts_passed".split()

TOPIC_LINES = 8
"""Long lines below the headline whose words are the topic that later lines are compared with."""

FAR_BELOW = 30
"""Lines below a title in which a first paragraph is looked for."""
MAX_LABEL = 160
"""Characters of the longest byline or date line."""
BYLINE_WORDS = frozenset(start.strip(" :").split(" ")[0] for start in BYLINE_STARTS)

_DATE_RE = re.compile(
    r"(?:19[89]|20[0-4])\d(?!\d)|\d[:.h]\d\d(?!\d)|\d\d?[./-]\d\d?[./-]\d\d"
)  # "2025", "10:30", "4.7.25"
_YEAR_RE = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}")  # "2025", "4.7.25"


def candidates(view: LineView, measures: Measures) -> list[int]:
    """Return the lines that can be the title: short, with a word, not far below the body's start."""
    last = max(run[0] for run in measures.runs) + BELOW
    found = []
    for number, text in enumerate(view.texts[: last + 1]):
        is_short = MIN_CHARS <= len(text) <= MAX_CHARS and not view.bullets[number] and view.words[number]
        if is_short and not _is_credited(text):
            found.append(number)
    return found[-MAX_CANDIDATES:]


def _is_credited(text: str) -> bool:
    """Return whether a line ends with the credit of a picture: "… on the quay. (Photo by Ann Lee)"."""
    credit = text.rpartition("(")[2].casefold()
    return text.endswith(")") and any(mark.lstrip("(") in credit for mark in CREDIT_MARKS)


def title_columns(view: LineView, measures: Measures, numbers: Sequence[int]) -> list[Column]:
    """Return the columns named in TITLE_COLUMNS, one number a candidate."""
    body = _body_words(view, measures)
    first = set(_first_words(view, measures))
    telling = [[w for w in view.words[number] if len(w) > 3 or not w.isascii()] for number in numbers]
    shared = [sum(word in body for word in words) / (len(words) or 1) for words in telling]
    rare = [sum(1.0 / body[word] for word in words if word in body) for words in telling]
    dated = _dated_lines(view.texts, numbers)
    by = _bylines(view, numbers)
    is_long = [size > 0.0 for size in measures.long[: _reach(numbers)[1] + FAR_BELOW]]
    openings = Counter([" ".join(words[:3]) for words in view.words])
    best = max(shared, default=0.0) or 1.0
    ranks = [0.0] * len(numbers)
    for place, index in enumerate(sorted(range(len(numbers)), key=lambda index: -rare[index])):
        ranks[index] = float(place)
    return [
        shared,
        rare,
        [sum(word in first for word in words) / (len(words) or 1) for words in telling],
        *([float(number - run[0]) for number in numbers] for run in measures.runs),
        [float(number - measures.runs[1][1]) for number in numbers],
        _within(since_last(dated[::-1])[::-1], numbers, BELOW),
        _within(since_last(dated), numbers, BELOW),
        _within(since_last(by[::-1])[::-1], numbers, BELOW),
        [1.0 if by[number] else 0.0 for number in numbers],
        [1.0 if dated[number] else 0.0 for number in numbers],
        [float(openings[" ".join(view.words[number][:3])]) for number in numbers],
        [value / best for value in shared],
        [measures.repeats[number - 1] if number else 0.0 for number in numbers],
        _within(since_last(is_long[::-1])[::-1], numbers, FAR_BELOW),
        ranks,
    ]


def _dated_lines(texts: Sequence[str], numbers: Sequence[int]) -> list[bool]:
    """Return which lines down to a little below the last candidate date something."""
    first, last = _reach(numbers)
    return [False] * first + [_is_dated(text) for text in texts[first:last]]


def _bylines(view: LineView, numbers: Sequence[int]) -> list[bool]:
    """Return which lines down to a little below the last candidate begin like a byline."""
    first, last = _reach(numbers)
    return [False] * first + [
        bool(words) and words[0] in BYLINE_WORDS and len(text) < MAX_LABEL
        for words, text in zip(view.words[first:last], view.texts[first:last], strict=True)
    ]


def _reach(numbers: Sequence[int]) -> tuple[int, int]:
    """Return the range of the lines that are near a candidate, or between them."""
    return (max(0, numbers[0] - BELOW), numbers[-1] + BELOW + 1) if numbers else (0, 0)


def _is_dated(text: str) -> bool:
    return len(text) < MAX_LABEL and DIGIT_RE.search(text) is not None and _YEAR_RE.search(text) is not None


def title_token_columns(view: LineView, numbers: Sequence[int], weights: Weights) -> list[Column]:
    """Return the columns named in TITLE_TOKEN_COLUMNS: how far the words of a line speak for a title."""
    get = weights.get
    rows: list[tuple[float, ...]] = []
    for number in numbers:
        words = view.words[number]
        known = [weight for weight in map(get, words) if weight is not None] or [0.0]
        opening, exact = get(opening_token(words)) or 0.0, get("=" + " ".join(words)) or 0.0
        rows.append((sum(known) / len(known), max(known), min(known), opening, exact))
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in TITLE_TOKEN_COLUMNS]


def _body_words(view: LineView, measures: Measures) -> Counter[str]:
    words: Counter[str] = Counter()
    first, last = measures.runs[1]
    for number in range(first, last):
        if measures.long[number]:
            words.update(set(view.words[number]))
    return words


def _first_words(view: LineView, measures: Measures) -> list[str]:
    found: list[str] = []
    first, last = measures.runs[1]
    for number in range(first, last):
        if measures.long[number]:
            found += view.words[number]
            if len(found) > 40:
                break
    return found


def _within(distances: Column, numbers: Sequence[int], reach: int) -> Column:
    """Return the distances of some lines, FAR past `reach`."""
    return [distances[number] if distances[number] <= reach else FAR for number in numbers]


def headline_columns(focus: Focus, title: Sequence[str]) -> list[Column]:
    """Return the columns named in HEADLINE_COLUMNS: distance from the headline, words shared with it, dates passed.

    `title` are the words of the headline, none where the page has no headline.
    """
    words, total = focus.view.words, len(focus.numbers)
    start = focus.start or 0
    telling = {word for word in title if len(word) > 3}
    size = len(telling) or 1
    topic = _topic(focus, start)
    sum_dated = [0.0, *accumulate(1.0 if _is_date_line(text) else 0.0 for text in focus.view.texts)]
    sum_short = [0.0, *accumulate(0.0 if long else 1.0 for long in focus.long)]
    dated, short = sum_dated[min(start, total)], sum_short[min(start, total)]
    return [
        [-FAR] * total if focus.start is None else [max(-FAR, min(n - start, 3 * FAR)) for n in range(total)],
        [len(telling.intersection(line)) / size for line in words] if telling else [0.0] * total,
        [len(topic.intersection(line)) / len(line) if line else 0.0 for line in words],
        [max(0.0, count - dated) for count in sum_dated[:-1]],
        [max(0.0, count - short) for count in sum_short[:-1]],
    ]


def _topic(focus: Focus, start: int) -> set[str]:
    """Return the longer words of the first long lines below a line."""
    words: set[str] = set()
    found = 0
    for number in range(start, len(focus.numbers)):
        if focus.long[number]:
            words.update(word for word in focus.view.words[number] if len(word) > 4 or not word.isascii())
            found += 1
            if found == TOPIC_LINES:
                break
    return words


def _is_date_line(text: str) -> bool:
    """Return whether a short line has a year or a clock time in it."""
    return len(text) < 90 and DIGIT_RE.search(text) is not None and _DATE_RE.search(text) is not None
