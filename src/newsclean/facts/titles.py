"""Title as written in the head of a page → the headline alone, without the site's name, section and separators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

# "Headline | Site", "Site - Headline", "Headline – Section – Site", "Headline :: Site"
_SEPARATOR_RE = re.compile(r"\s+(?:[|–—\-·•»«›‹/~>]|::|<)\s+|\s*(?:\||::|»)\s*")
_BY_RE = re.compile(r"by\s", re.I)  # "Headline | Site | by Ann Lee"
_COLON_RE = re.compile(r"\s*:\s+")
_NO_LETTERS_RE = re.compile(r"[\W_]+")  # ": ", "_", " – "
_STRONG = frozenset(["|", "::", "»", "«", "›", "‹", "·", "•"])
"""Separators that headlines themselves seldom hold."""
MIN_HEADLINE_WORDS = 3
"""Words that must be left where the only ground for cutting is the separator."""
MAX_SITE_WORDS = 4
"""Words of a last part that can be a site's name without further proof."""
MIN_NAME_CHARS = 3


def letters(text: str) -> str:
    """Return a text reduced to its letters and digits, so that two ways to set a headline compare equal."""
    return _NO_LETTERS_RE.sub("", text.casefold())


def host_names(url: str | None) -> list[str]:
    """Return the names that a URL's host gives a site: "www.example-news.co.uk" → "examplenews", "examplenewscouk"."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = [label for label in host.split(".")[:-1] if len(letters(label)) >= MIN_NAME_CHARS]
    return [letters(name) for name in (*labels, host) if name]


def split_title(title: str) -> list[str]:
    """Return the parts of a title between its separators."""
    return _SEPARATOR_RE.split(title)


def trim_title(title: str, site_names: Iterable[str], headline: str | None = None) -> str:
    """Return the title without the site's name.

    `site_names` are the names known of the site (any spelling), `headline` what the page shows as its h1: a part that
    agrees with it is the title, whatever stands around.
    """
    names = {letters(name) for name in site_names} - {""}
    parts = _SEPARATOR_RE.split(title)
    separators = [found.strip() for found in _SEPARATOR_RE.findall(title)]
    if headline and 2 * len(headline) > max(map(len, parts)):
        agreed = _part_that_is(headline, title, parts)
        if agreed:
            return agreed
    first, last = 0, len(parts)
    while last - first > 1 and (is_site_name(parts[last - 1], names) or _BY_RE.match(parts[last - 1])):
        last -= 1
    while last - first > 1 and is_site_name(parts[first], names):
        first += 1
    if last == len(parts) and last - first > 1 and separators[last - 2] in _STRONG and _is_cut_fair(parts[first:last]):
        last -= 1
    trimmed = _slice(title, parts, first, last)
    return _without_colon_name(trimmed, names) or title


def without_site(title: str, names: set[str]) -> str:
    """Return a headline without the site at its end ("Headline – Site"), which has to be its name and no more."""
    parts = split_title(title)
    last = len(parts)
    while last > 1 and letters(parts[last - 1]) in names:
        last -= 1
    return _slice(title, parts, 0, last) if last < len(parts) else title


def is_site_name(text: str, names: set[str]) -> bool:
    """Return whether a part of a title names the site: equal to a known name, or holding it and little else."""
    own = letters(text)
    if not own:
        return True
    for name in names:
        if own == name:
            return True
        if len(name) > MIN_NAME_CHARS and len(own) > MIN_NAME_CHARS:
            shorter, longer = sorted((own, name), key=len)
            if shorter in longer and (len(longer) < 2 * len(shorter) or len(text.split()) <= 2):
                return True
    return False


def _part_that_is(headline: str, title: str, parts: list[str]) -> str | None:
    """Return the run of parts that says the same as the headline, or None."""
    wanted = letters(headline)
    for first in range(min(len(parts), 8)):
        joined = ""
        for last in range(first, min(len(parts), 8)):
            joined += letters(parts[last])
            if joined == wanted and wanted:
                return _slice(title, parts, first, last + 1)
    return None


def _slice(title: str, parts: list[str], first: int, last: int) -> str:
    """Return the parts from `first` up to `last` with the separators between them as they were."""
    start = title.find(parts[first])
    end = len(title)
    position = 0
    for number, part in enumerate(parts[:last]):
        position = title.find(part, position)
        if number == first:
            start = position
        position += len(part)
        end = position
    return title[start:end].strip()


def _is_cut_fair(parts: list[str]) -> bool:
    """Return whether the last part is short enough to be a name and the rest long enough to be a headline."""
    rest = sum(len(part.split()) for part in parts[:-1])
    return len(parts[-1].split()) <= MAX_SITE_WORDS and rest >= MIN_HEADLINE_WORDS and rest > len(parts[-1].split())


def _without_colon_name(title: str, names: set[str]) -> str:
    """Return a title without "Site: " before it or ": Site" after it."""
    parts = _COLON_RE.split(title)
    if len(parts) > 1 and letters(parts[-1]) in names:
        return title[: title.rfind(parts[-1])].rstrip(" :")
    if len(parts) > 1 and letters(parts[0]) in names:
        return title[len(parts[0]) :].lstrip(" :")
    return title
