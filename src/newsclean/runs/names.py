"""What files are called after the article that they hold: a pattern filled in, made safe, one name an input."""

from __future__ import annotations

import re
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.errors import OptionsError
from newsclean.files import holds
from newsclean.runs.output import file_key, fit_name
from newsclean.words import label, slug

if TYPE_CHECKING:
    from newsclean.article import Article
    from newsclean.runs.journal import Entry, Journal

PLACEHOLDERS = ("title", "slug", "date", "author", "site", "domain", "section", "language", "name")
"""What a pattern may name in braces; "name" is the input's own."""

_PLACEHOLDER_RE = re.compile(r"\{([^{}]*)\}")  # "{slug}"
_SEPARATOR_RE = re.compile(r"\s*[/\\|]+\s*")  # "a / b"
# What file systems, or links between notes, do not take: ":", "?", "#".
_FORBIDDEN_RE = re.compile(r'[:*?"<>#^\[\]]+')
_REPEATED_RE = re.compile(r"([-_])[-_ ]*[-_]|  +")  # "--", "- -", where a part between was empty
_RESERVED_RE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*| *)", re.I
)  # "con", "nul.txt"
EDGES = " .-"
"""What a name neither begins nor ends with: a dot hides it, and Windows drops spaces and dots."""


def check_pattern(pattern: str) -> None:
    """Raise OptionsError for a pattern that names something unknown, or nothing."""
    named = _PLACEHOLDER_RE.findall(pattern)
    unknown = [name for name in named if name not in PLACEHOLDERS]
    if unknown or not named or set(_PLACEHOLDER_RE.sub("", pattern)) & set("{}"):
        what = f"has an unknown {{{unknown[0]}}}" if unknown else "has no name in braces"
        known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise OptionsError(f"name={pattern!r} {what}", remedy=f"known: {known}")


def fill_pattern(pattern: str, article: Article, name: str) -> str:
    """Return a pattern filled in as the stem of a file name on any system; "" where nothing is left.

    `name` is the input's own.
    """
    metadata = article.metadata
    values = {
        "title": metadata.title,
        "slug": slug(metadata.title or ""),
        "date": (metadata.published or article.input.saved_at or "")[: len("2025-07-04")],
        "author": next(iter(metadata.authors), None),
        "site": metadata.site,
        "domain": _domain(metadata.source),
        "section": metadata.section,
        "language": metadata.language,
        "name": name,
    }
    return safe_stem(_PLACEHOLDER_RE.sub(lambda match: _inside(values[match[1]] or ""), _inside(pattern)))


def safe_stem(text: str) -> str:
    """Return a text as a file name, without an ending, that every system takes and no shell hides; it may be empty."""
    stem = _REPEATED_RE.sub(lambda match: match[1] or " ", _FORBIDDEN_RE.sub("", _inside(text))).strip(EDGES)
    return f"_{stem}" if _RESERVED_RE.fullmatch(stem) else stem


def _inside(text: str) -> str:
    """Return a text without what would lead into another folder."""
    return _SEPARATOR_RE.sub("-", label(text))


def _domain(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None


class GivenNames:
    """Gives the article of each input a name of its own in the folder of outputs, the same one in every run."""

    def __init__(self, pattern: str, folder: str, suffix: str, journal: Journal) -> None:
        self._pattern = pattern
        self._folder = folder
        self._suffix = suffix
        self._journal = journal
        self._used: set[int] = set()

    def planned(self, place: str) -> str:
        """Return what shows where the article of a place will go: the pattern as it is."""
        folder, slash, _ = place.rpartition("/")
        return f"{folder}{slash}{_inside(self._pattern)}{self._suffix}"

    def known(self, place: str) -> Entry | None:
        """Return what an earlier run made of the input of a place in the mirrored tree."""
        entry = self._journal.find_place(place)
        if entry is None and (other := self._journal.find(place)) and other.place is None:
            return other
        return entry

    def give(self, place: str, stem: str, content: bytes) -> str:
        """Return the name of an input's article, which no other gets; `stem` is what the pattern gave."""
        name = self._choose(place, stem, content)
        self._used.add(hash(file_key(name)))
        return name

    def _choose(self, place: str, stem: str, content: bytes) -> str:
        folder, slash, _ = place.rpartition("/")
        stem = f"{folder}{slash}{stem}" if stem else place.removesuffix(self._suffix)
        names = chain((fit_name(stem, self._suffix),), (fit_name(stem, f"-{n}{self._suffix}") for n in count(2)))
        known = self.known(place)
        if known and not known.error and _is_same(known.output, fit_name(stem, self._suffix), self._suffix):
            return known.output
        return next(name for name in names if self._is_free(name, place, content))

    def _is_free(self, name: str, place: str, content: bytes) -> bool:
        """Return whether nothing is lost, and no other input's name taken, by writing there."""
        if hash(file_key(name)) in self._used:
            return False
        entry = self._journal.find(name)
        if entry and not entry.error:
            return entry.place == place
        path = Path(self._folder, name)
        return not path.exists() or holds(path, content)


def _is_same(name: str, wanted: str, suffix: str) -> bool:
    """Return whether a name is the one that is wanted, but for a number."""
    stem = wanted.removesuffix(suffix)
    number = name.removeprefix(stem).removesuffix(suffix)
    return name == wanted or (name == f"{stem}{number}{suffix}" and number[:1] == "-" and number[1:].isdecimal())
