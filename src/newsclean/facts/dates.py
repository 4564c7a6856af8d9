"""Sources → when the article was published, by the dates that the page declares, shows and has in its address."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.facts.datelines import BY_HEADLINE
from newsclean.facts.sources import dates_of
from newsclean.lexicon.dates import parse_date

if TYPE_CHECKING:
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Page

MAX_ZONE = timedelta(hours=14)
ZONE_STEP = timedelta(minutes=15)
"""Offsets of the world's time zones are multiples of it."""
# "/2025/07/04/", "/2025-07-04-", "/20250704", "/A20250704103000123"; 14 digits are when an archive saved it
_URL_DATE_RE = re.compile(
    r"(?<!\d)(19[9]\d|20\d\d)([/_-]?)(0[1-9]|1[0-2]|(?<=[/_-])[1-9])\2(0[1-9]|[12]\d|3[01])(?=\D|$|(?:[01]\d|2[0-3])(?:[0-5]\d){2}\d)"
)

_URL_MONTH_RE = re.compile(r"/(20\d\d|199\d)/([a-z]{3,9})/([0-3]?\d)(?=/)", re.I)  # "/2025/jul/04/"
_SHORT_URL_DATE_RE = re.compile(r"(?<=[/_-])([012]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")  # "/240704_"
Date = tuple[str, str]
"""A date in ISO 8601, and where it was found."""
SAME_STAMP = 3
"""Days between publication and change within which one stamp set both."""
WEAK = frozenset(
    f"meta {name}" for name in "date dc.date dcterms.date datepublished dcterms.created og:pubdate time created".split()
)
"""Meta elements that often hold the day on which a template or a file was made."""


def choose_published(sources: Sources, page: Page) -> tuple[str, str] | None:
    """Return the date that the page declares, in the zone that it shows; else the one it shows; else its only date."""
    in_url = next(((day, "URL") for url in (page.canonical_url, page.url) if (day := url_date(url))), None)
    shown = dates_of(sources.of("published", "shown"))
    stated = dates_of(sources.of("published", "article", "tags", "items", "around"))
    modified = dates_of(sources.of("modified", "article", "tags", "items", "around", "shown"))
    if stated:
        days = [value[:10] for value, _ in shown]
        is_told = stated[0][0][:10] in days
        if not is_told:  # sources differ: "datePublished" of the first draft, say
            if by_headline := _by_headline(stated[0], shown, modified, in_url):
                return by_headline
            stated = [*(date for date in stated if date[0][:10] in days[:1]), *stated]
        others = [*stated, *shown, *([in_url] if in_url and not is_told else []), *modified]
        return local_time(stated[0], others)
    if in_url:
        same = [date for date in shown if date[0][:10] == in_url[0]]
        return (same or _local_day(shown, in_url[0]) or [in_url])[0]
    if shown:
        return shown[0]
    if modified:
        return modified[0][0], f"{modified[0][1]} (the only date)"
    return next(((day, "URL") for url in (page.canonical_url, page.url) if (day := _short_url_date(url))), None)


def _local_day(shown: list[Date], day: str) -> list[Date]:
    """Return the dates beside the headline that are a day off the one of the address, which may be in another zone."""
    beside = [date for date in shown if date[1].endswith(BY_HEADLINE)]
    return [date for date in beside[:1] if abs(_days_between(date[0][:10], day)) == 1]


def _by_headline(stated: Date, shown: list[Date], modified: list[Date], in_url: Date | None) -> Date | None:
    """Return the date beside the headline where it is worth more than the one declared.

    A bare `meta name=date` tells when a page was made as often as when it was published. What was declared as published
    and changed within days was moved to where it is, and an earlier day is its own. The day of a change is another.
    """
    day, where = stated[0][:10], stated[1]
    changed = {value[:10] for value, _ in modified}
    swapped = next((date for date in shown if _are_swapped(date[0][:10], day)), None)
    if swapped:
        return swapped if changed and day > max(changed) else None
    beside = [date for date in shown if date[1].endswith(BY_HEADLINE)]
    if not beside or len({value[:10] for value, _ in beside}) > 1:
        return None
    if in_url and abs(_days_between(in_url[0], day)) <= 1:  # the address tells the same day, maybe in another zone
        return None
    own = beside[0][0][:10]
    stamped = any(abs(_days_between(value, day)) <= SAME_STAMP for value in changed)
    if own < day and stamped and _days_between(own, day) > 1:
        return beside[0]
    return beside[0] if where in WEAK and own not in changed else None


def _are_swapped(one: str, other: str) -> bool:
    """Return whether day and month changed places in one of two dates."""
    return one != other and one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]


def _days_between(first: str, second: str) -> int:
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).days


def local_time(stated: tuple[str, str], others: list[tuple[str, str]]) -> tuple[str, str]:
    """Return a time in UTC in the zone of the page, where another date shows the same moment or the day beside it.

    A page that says 01:06 UTC and shows the evening of the day before was published on the day it shows.
    """
    value, _ = stated
    if not value.endswith("+00:00") or value.endswith("T00:00:00+00:00"):  # midnight UTC is a day, not a time
        return stated
    moment = datetime.fromisoformat(value)
    for other, where in others:
        if other.endswith("+00:00") or "T" not in other or value.startswith(other):
            continue  # in UTC as well, if without saying so
        local = datetime.fromisoformat(other)
        minute = moment.replace(second=0) if local.second == 0 else moment  # pages seldom show seconds
        zone = local.utcoffset() or local.replace(tzinfo=timezone.utc) - minute
        if abs(zone) <= MAX_ZONE and zone % ZONE_STEP == timedelta(0):
            there = moment.astimezone(timezone(zone))
            if abs(there.replace(tzinfo=None) - local.replace(tzinfo=None)) < timedelta(minutes=1):
                return there.isoformat(), where
    days = [(other, where) for other, where in others if "T" not in other]
    is_told_twice = any("T" in other and other != value and value.startswith(other) for other, _ in others)
    if days and not is_told_twice and abs((datetime.fromisoformat(days[0][0]).date() - moment.date()).days) == 1:
        return days[0]
    return stated


def url_date(url: str | None) -> str | None:
    """Return the day that a URL's path names, or None."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    if match := _URL_DATE_RE.search(path):
        return parse_date(f"{match[1]}-{match[3]}-{match[4]}")
    named = _URL_MONTH_RE.search(path)
    return parse_date(f"{named[3]} {named[2]} {named[1]}") if named else None


def _short_url_date(url: str | None) -> str | None:
    """Return the day that six digits of a URL's path name ("/ausland/240704_pier.html"): a guess among numbers."""
    try:
        match = _SHORT_URL_DATE_RE.search(urlsplit(url or "").path)
    except ValueError:
        return None
    return parse_date(f"20{match[1]}-{match[2]}-{match[3]}") if match else None
