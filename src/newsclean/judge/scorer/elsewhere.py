"""A page whose largest text is not what its title is about: which blocks to look away from before it is judged again.

A short article beside a longer text, of another story or hidden, looks like furniture to the scorer, since most columns
measure a block against the page's largest text.
"""

from __future__ import annotations

from itertools import accumulate, compress
from typing import TYPE_CHECKING

from newsclean.judge.scorer.measures import Measures
from newsclean.words import compared, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.judge.scorer.view import PageView

BODY = 0.9
"""Share of what was kept that the element of the other text holds."""
MIN_TOPIC = 2
"""Telling words that the page's titles must have."""
TAKEN_UP = 0.4
"""Share of them that an article takes up."""
MIN_SAID = 3
"""How often they must be said outside of the other text."""
FOREIGN = 0.2
"""How often the other text says them, against the paragraphs around it."""
TITLE = 0.6
"""Share of them that a repeated title holds."""
MIN_LONG = 250.0
"""Letters of paragraphs outside of the other text, without which there is nothing to find."""


def find_other(view: PageView, kept: Sequence[bool]) -> range | None:
    """Return the blocks of an element that was kept, though its text says nothing of the titles and the others do."""
    topic = _topic(view.titles)
    if len(topic) < MIN_TOPIC or any(
        is_taken_up(compress(view.texts, kept), words) for words in (topic, _topic(view.descriptions)) if words
    ):
        return None
    measures = Measures(view)
    first, last = _body(view, measures, kept)
    outside = [
        size > 0 and not first <= place < last and not _is_title(view.texts[place], topic)
        for place, size in enumerate(measures.long)
    ]
    size = measures.sum_long[last] - measures.sum_long[first]
    around = sum(compress(measures.long, outside))
    if around < MIN_LONG or not size or not is_taken_up(compress(view.texts, outside), topic):
        return None
    said, others = _said(view.texts[first:last], topic), _said(compress(view.texts, outside), topic)
    is_foreign = others >= MIN_SAID and said * around <= FOREIGN * others * size
    return range(first, last) if is_foreign else None


def _topic(texts: Sequence[str]) -> set[str]:
    return set(telling_words(compared(" ".join(texts))))


def is_taken_up(texts: Iterable[str], topic: set[str]) -> bool:
    """Return whether texts say enough of the words that tell what a page is about."""
    told: set[str] = set()
    for text in texts:
        told.update(word for word in telling_words(compared(text)) if word in topic)
        if len(told) >= TAKEN_UP * len(topic):
            return True
    return False


def _is_title(text: str, topic: set[str]) -> bool:
    """Return whether a text repeats the titles: it links to the page, or shares it."""
    return len(topic.intersection(telling_words(compared(text)))) >= TITLE * len(topic)


def _said(texts: Iterable[str], topic: set[str]) -> int:
    return sum(word in topic for text in texts for word in telling_words(compared(text)))


def _body(view: PageView, measures: Measures, kept: Sequence[bool]) -> tuple[int, int]:
    """Return the blocks of the smallest element that holds nearly all that was kept."""
    sums = [0.0, *accumulate(chars * is_kept for chars, is_kept in zip(measures.chars, kept, strict=True))]
    ranges = zip(view.firsts, view.lasts, strict=True)
    return min(
        ((first, last) for first, last in ranges if sums[last] - sums[first] >= BODY * sums[-1]),
        key=lambda one: one[1] - one[0],
    )
