"""Whether a word is a given name, in many languages: what tells a line that is a person's name from a section's title.

The names are data (given.txt); one that is missing costs a sign among several.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th"})


def is_given_name(word: str) -> bool:
    """Return whether persons are called so, whatever its case; accents on Latin letters do not count."""
    word = _fold(word.strip(".,'’"))
    return word in _load_names() or word.split("-", 1)[0] in _load_names()


def _fold(word: str) -> str:
    """Return a word as given.txt has it: in lower case, Latin letters without their accents."""
    word = word.lower()
    if word.isascii() or "LATIN" not in unicodedata.name(word[0], ""):
        return word
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return plain.translate(_STROKED)


@lru_cache(maxsize=1)
def _load_names() -> frozenset[str]:
    lines = files("newsclean.lexicon").joinpath("given.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
