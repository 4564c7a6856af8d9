"""Words that say who did what for an article, in some 50 languages (credits.txt), and what finds them in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from newsclean.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterable

Role = Literal[
    "author", "photographer", "editor", "translator", "illustrator", "reviewer", "producer", "source", "date"
]
"""What a label announces; "source" (an agency, another paper) and "date" end a list of names and name nobody."""

UNSPACED = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f"  # kana, Han, Thai: a label may touch what follows
_UNSPACED_RE = later(f"[{UNSPACED}]")  # "文"

Table = dict[str, frozenset[str]]


def _read_tables() -> Table:
    """Return role → words in lower case, of all languages."""
    found: dict[str, set[str]] = {}
    for line in files("newsclean.lexicon").joinpath("credits.txt").read_text("utf-8").splitlines():
        head, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            found.setdefault(head.split()[0], set()).update(word.strip() for word in words.split(";"))
    return {role: frozenset(words) for role, words in found.items()}


_TABLES = _read_tables()
_ROLES: tuple[Role, ...] = (
    "photographer",
    "editor",
    "translator",
    "illustrator",
    "reviewer",
    "producer",
    "source",
)
PREPOSITIONS = _TABLES["by"]
AUTHOR_STARTS = frozenset(word.split()[0] for word in _TABLES["author"])
"""First words of the labels that announce an author: most lines begin with another."""
UNSPACED_AUTHORS = tuple(word for word in _TABLES["author"] if _UNSPACED_RE.search(word))
AND = _TABLES["and"]
"""What joins two names."""
PUBLISHED, UPDATED, EVENT = _TABLES["published"], _TABLES["updated"], _TABLES["event"]
"""What stands before a date: of the article, of its last change, of something else."""
ROLE_OF: dict[str, Role] = {
    **dict.fromkeys(PUBLISHED | UPDATED | _TABLES["counter"], "date"),
    **{word: role for role in _ROLES for word in _TABLES[role]},
    **dict.fromkeys(_TABLES["author"] | PREPOSITIONS, "author"),
}
"""Label in lower case → what it announces."""


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


# "Текст", "foto's", "लेखिका": vowel signs are no letters to a regular expression
_WORD_RE = later(r"[^\s\d_,;:：|()（）\[\]\"“”„«»·•…／/=!?。、，]+")
_UNSPACED_LABEL_RE = later(
    "|".join(word for word in _longest_first(ROLE_OF) if re.search(f"[{UNSPACED}]", word))
)  # "作者", "文", "โดย"
_COLON_RE = later(r"\s*[:：／/・]\s*")
AFTER_RE = later(rf"\s?(?:{'|'.join(_longest_first(_TABLES['after']))})$")  # "기자" of "한서윤 기자"
AND_RE = later(
    rf"\s+(?:(?:im gespräch|in conversation|im interview|en conversation|en conversación)\s+)?"
    rf"(?:{'|'.join(map(re.escape, _longest_first(AND)))}|&)\s+"
    # letters without cases are out of IGNORECASE, under which re takes 5 ms to look for other cases of each
    r"|\s*&\s*|(?-i:(?<=[\u3400-\u9fff])[和与及](?=[\u3400-\u9fff]))",
    re.I,
)  # " and ", " & "

_BY_FIRST: dict[str, list[str]] = {}
for _label in _longest_first(ROLE_OF):
    if not _UNSPACED_RE.search(_label):
        _BY_FIRST.setdefault(_label.split()[0].rstrip(".'’"), []).append(_label)


@dataclass(frozen=True, slots=True)
class Label:
    """One label in a text."""

    start: int
    end: int
    """Where what it announces begins: behind the colon and the spaces."""
    word: str
    """In lower case."""
    role: Role
    has_colon: bool


@lru_cache(maxsize=4_096)
def find_labels(text: str) -> tuple[Label, ...]:
    """Return the words of a text that can be labels, in order, the longest at each place."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is two letters in lower case
        lower = text
    found: list[Label] = []
    for match in _WORD_RE.finditer(lower):
        first = match[0].rstrip(".'’-/")
        words = _BY_FIRST.get(first) or []
        if found and match.start() < found[-1].end:
            continue
        for word in words:
            if lower.startswith(word, match.start()) and not _goes_on(lower, match.start() + len(word)):
                found.append(_label_at(lower, match.start(), word))
                break
    if _UNSPACED_RE.search(lower):
        taken = [range(one.start, one.end) for one in found]
        matches = _UNSPACED_LABEL_RE.finditer(lower)
        new = [match for match in matches if not any(match.start() in span for span in taken)]
        found = sorted(
            [*found, *(_label_at(lower, match.start(), match[0]) for match in new)], key=lambda one: one.start
        )
    return tuple(found)


def _goes_on(text: str, place: int) -> bool:
    """Return whether a word goes on at a place: "author" in "authority", "tekst" in "tekst-tv"."""
    return (_WORD_RE.match(text, place) is not None and text[place] != ".") or text[place : place + 1] == "_"


def _label_at(text: str, start: int, word: str) -> Label:
    end = start + len(word)
    colon = _COLON_RE.match(text, end)
    if colon:
        return Label(start, colon.end(), word, ROLE_OF[word], has_colon=True)
    rest = text[end:]
    return Label(start, end + len(rest) - len(rest.lstrip()), word, ROLE_OF[word], has_colon=False)


_CREDITED: frozenset[Role] = frozenset(("editor", "producer", "reviewer"))
MAX_CREDIT = 60
"""Characters of a line that says who edited, and nothing else."""


def is_credit_line(text: str) -> bool:
    """Return whether a line is a label for others than the author, a colon and names: "（责任编辑：杜衡）"."""
    line = text.strip(" ()（）[]【】") if len(text) <= MAX_CREDIT else ""
    label = next(iter(find_labels(line)), None) if line else None
    return label is not None and label.start == 0 and label.has_colon and label.role in _CREDITED
