"""Counts the words of a text, the same way everywhere: front matter, JSON, length features. And drops from a text what
no output may hold: terminal escapes, control characters, lone surrogates.

Splitting text for scoring or comparing is not done here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import TYPE_CHECKING

from newsclean.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Scripts written without spaces: kana, Han, Thai, Lao, Myanmar, Khmer. Each letter counts as a word.
# Matches each of "桥", "の", "ส"; not the Korean "다리", which is written with spaces.
_UNSPACED_RE = later(
    "[\u3041-\u3096\u30a1-\u30fa\u30fc\u31f0-\u31ff\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"
    "\u1000-\u102a\u103f\u1780-\u17b3]"
)
DENSE_RE = later("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Chinese, Japanese, Korean: a letter of theirs says as much as three of an alphabet."""
_INFLECTION_RE = later("[\u3041-\u309f]{2}")  # "した": hiragana inflect, they tell nothing
TELLING = 5
"""Letters from which a word tells what a text is about."""
WORDS_A_MINUTE, LETTERS_A_MINUTE = 230, 400
"""Words that grown-ups read in a minute, and letters in scripts without spaces (Brysbaert 2019: 238 in English;
Chinese and Japanese 350 to 500)."""
_ASCII_MARKS = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code).isspace())}
_ASCII_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
_ASCII_NOT_LETTERS = dict.fromkeys(_ASCII_APART)
_LETTERS_RE = later(r"[^\W_]+")  # "ferry", "2024"
BODY_CHARS = (1_000, 200_000)
"""Characters of a text that is most likely a whole body, which front matter, JSON and reports all count."""
MAX_SLUG_CHARS = 80
"""Characters of a slug: as many as an address or a list of files shows."""
_DASHES_RE = later(r"[\u2012-\u2015]+")  # "word—word"

# A terminal escape sequence: "\x1b[31m", "\x1b]0;title\x07".
TERMINAL_RE = later(r"(?:\x1b\[|\x9b)[0-?]{0,32}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)")
# Control characters other than tab and newline, those that turn the direction of what follows, byte order marks and
# noncharacters: "\x00", "\x1b", "\u202e", "\ufeff".
_CONTROL_RE = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# Half of a surrogate pair, which no UTF-8 file can hold: "\ud83d".
_SURROGATE_RE = later("[\ud800-\udfff]")
# What a label has no use for besides: direction marks; soft hyphens and zero-width spaces, set for the line breaker.
# Joiners stay, which Persian and Hindi spell with.
_INVISIBLE_RE = later("[\u00ad\u061c\u200b\u200e\u200f\u2060]")


def printable(text: str) -> str:
    """Return a text without terminal escapes, control characters and lone surrogates; tabs and newlines stay."""
    if text.isprintable():
        return text
    return _CONTROL_RE.sub("", _SURROGATE_RE.sub("\ufffd", TERMINAL_RE.sub("", text)))


def label(text: str) -> str:
    """Return a name, a title or another label printable, on one line, without what only directs how it is set."""
    if not text.isprintable():
        text = printable(_INVISIBLE_RE.sub("", text))
    return " ".join(text.split())


def slug(text: str) -> str:
    """Return a text as part of an address or file name, in its own script: "The Quay’s plan" gives "the-quays-plan"."""
    kept = "".join(_slug_character(character) for character in unicodedata.normalize("NFC", text.casefold()))
    words = kept.split()
    while len(words) > 1 and len("-".join(words)) > MAX_SLUG_CHARS:
        words.pop()
    return "-".join(words)[:MAX_SLUG_CHARS]


def _slug_character(character: str) -> str:
    is_kept = unicodedata.category(character)[0] in "LMN"  # Hindi and Thai spell with marks
    return character if is_kept else "" if character in "'’\u200c\u200d" else " "


def compared(text: str) -> str:
    """Return the words of a text as they compare: without case and marks, parted by single spaces."""
    folded = text.casefold()
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_APART).split())
    return " ".join(_LETTERS_RE.findall(folded))


def letters_only(text: str) -> str:
    """Return a text reduced to its letters and digits, without case; labels are remembered."""
    return _letters_of_label(text) if len(text) <= MAX_SLUG_CHARS else _letters(text)


def _letters(text: str) -> str:
    folded = text.casefold()
    return folded.translate(_ASCII_NOT_LETTERS) if folded.isascii() else "".join(_LETTERS_RE.findall(folded))


_letters_of_label = lru_cache(maxsize=4_096)(_letters)


def letters(text: str) -> int:
    """Return the letters of a text, one of a dense script counted for three."""
    return len(text) if text.isascii() else len(text) + 2 * len(DENSE_RE.findall(text))


def telling_words(said: str) -> Iterator[str]:
    """Yield the longer words of a text that was `compared`, and pairs of letters of scripts without spaces."""
    for word in said.split():
        if word.isascii() or not DENSE_RE.search(word):
            if len(word) >= TELLING:
                yield word
        else:
            yield from (word[n : n + 2] for n in range(len(word) - 1) if not _INFLECTION_RE.match(word, n))


def count_words(text: str) -> int:
    """Return the number of words in `text`; in scripts without spaces (Chinese, Japanese, Thai) letters count."""
    return _count_body(text) if BODY_CHARS[0] <= len(text) <= BODY_CHARS[1] else _count(text)


def _count(text: str) -> int:
    if text.isascii():
        return _count_ascii(text)
    chunks = text.split()
    words = _count_ascii(" ".join(filter(str.isascii, chunks)))
    others = " ".join(filterfalse(str.isascii, chunks))
    spaced, unspaced = _UNSPACED_RE.subn(" ", _DASHES_RE.sub(" ", others))
    return words + unspaced + sum(map(_is_word, spaced.split()))


_count_body = lru_cache(maxsize=2)(_count)


def spaced(text: str) -> str:
    """Return a text with each letter of a script without spaces (Chinese, Japanese, Thai) apart, as a word."""
    return text if text.isascii() else _UNSPACED_RE.sub(r" \g<0> ", text)


def _count_ascii(text: str) -> int:
    return len(text.translate(_ASCII_MARKS).split())


def count_until(texts: Iterable[str], enough: float) -> int:
    """Return the number of words in `texts`; stops counting after the text with which there are `enough`."""
    words = 0
    for text in texts:
        words += count_words(text)
        if words >= enough:
            break
    return words


def _is_word(chunk: str) -> bool:
    return chunk[0].isalnum() or any(map(str.isalnum, chunk))


def reading_minutes(text: str) -> int:
    """Return how many minutes it takes to read a text, at least one where there is any."""
    letters = len(_UNSPACED_RE.findall(text)) if not text.isascii() else 0
    minutes = (count_words(text) - letters) / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE
    return max(round(minutes), 1) if minutes else 0
