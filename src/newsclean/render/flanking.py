"""Can a run of `*`, `_` or `~` open or close emphasis? CommonMark's flanking rules over the two characters around it.

Characters enter, yes or no leaves. The revisions of CommonMark differ on symbols such as "€": before 0.31 they are
letters, since then punctuation. Each answer names both readings, so that the output is right under either.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@lru_cache(maxsize=4096)
def _readings(char: str) -> tuple[str, ...]:
    """Return how `char` ("" at an edge) may be read: as space, punctuation or letter; a symbol in two ways."""
    if not char or char.isspace():
        return ("space",)
    if char in _ASCII_PUNCTUATION or unicodedata.category(char).startswith("P"):
        return ("punctuation",)
    return ("punctuation", "letter") if unicodedata.category(char).startswith("S") else ("letter",)


def _left(before: str, after: str) -> bool:
    return after != "space" and (after == "letter" or before != "letter")


def _answers(before: str, after: str) -> list[bool]:
    """Return, for each reading, whether a run between these characters is left-flanking."""
    return [_left(one, other) for one in _readings(before) for other in _readings(after)]


def surely_opens(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is left-flanking in every reading."""
    return all(_answers(before, after))


def surely_closes(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is right-flanking in every reading."""
    return all(_answers(after, before))


def may_open(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is left-flanking in some reading."""
    return any(_answers(before, after))


def may_close(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is right-flanking in some reading."""
    return any(_answers(after, before))


def inside_word(before: str, after: str) -> bool:
    """Return whether both neighbours are letters in every reading, where `_` is never emphasis."""
    return _readings(before) == ("letter",) == _readings(after)
