"""Lines in focus → columns about the headline: how far it is, what words are shared with it, what was passed since."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.flattext.features import DIGIT_RE, FAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.features import Column
    from newsclean.flattext.focus import Focus

HEADLINE_COLUMNS = "since_headline title_share topic_share dates_passed shorts_passed".split()

TOPIC_LINES = 8
"""Long lines below the headline whose words are the topic that later lines are compared with."""

_DATE_RE = re.compile(
    r"(?:19[89]|20[0-4])\d(?!\d)|\d[:.h]\d\d(?!\d)|\d\d?[./-]\d\d?[./-]\d\d"
)  # "2025", "10:30", "4.7.25"


def headline_columns(focus: Focus, title: Sequence[str]) -> list[Column]:
    """Return the columns named in HEADLINE_COLUMNS: distance from the headline, words shared with it, dates passed.

    `title` are the words of the headline, none where the page has no headline.
    """
    words, total = focus.view.words, len(focus.numbers)
    start = focus.start or 0
    telling = {word for word in title if len(word) > 3}
    size = len(telling) or 1
    topic = _topic(focus, start)
    sum_dated = [0.0, *accumulate(1.0 if _is_dated(text) else 0.0 for text in focus.view.texts)]
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


def _is_dated(text: str) -> bool:
    """Return whether a short line has a year or a clock time in it."""
    return len(text) < 90 and DIGIT_RE.search(text) is not None and _DATE_RE.search(text) is not None
