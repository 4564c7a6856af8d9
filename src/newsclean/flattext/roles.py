"""Lines → the role each plays in the page: headline, byline, date line, body, navigation, related, footer …

Roles name what a line is for readers of verdicts and for metadata; what is kept is decided by score.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.flattext.features import DIGIT_RE
from newsclean.flattext.words import (
    AD_MARKERS,
    BYLINE_STARTS,
    COMMENTS,
    COPYRIGHT_MARKS,
    CREDIT_MARKS,
    LATEST,
    POSTED_STARTS,
    RELATED,
)
from newsclean.metadata.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.inline import Inline
    from newsclean.flattext.lines import Line

RUN_COST = 60
"""Characters a line costs in the search for the body: the text study's best, about what a title or teaser has."""

MAX_RUN_GAIN = 600
"""Characters of one line that count for the body, so that a long notice alone is no article."""

LIST_FACTOR = 0.4
"""Share of a list item's characters that count for the body."""

MAX_HEADLINE = 240
"""Characters of the longest headline."""

MAX_LABEL = 160
"""Characters of the longest byline, date line or section title."""

MAX_DATE_SPACES = 9
"""Spaces in a line that is a date, a time and an author at most."""

BESIDE = 14
"""Lines around the headline and the body's start in which bylines and date lines stand."""

SENTENCE_ENDS = frozenset(".!?…。！？؟।:;\"”»'’」)")
TERMINAL_ENDS = frozenset(".!?…。！？؟।")
WIDE_STOPS = frozenset("。、，！？")

_YEAR_RE = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}")  # "2025", "4.7.25"
_CLOCK_RE = re.compile(r"\d{1,2}[:.h]\d{2}")  # "10:30"


@dataclass(slots=True)
class Entry:
    """A line as roles see it."""

    text: str
    bullet: str
    key: str
    """Lower case, without marks at its ends, to compare lines."""
    count: int
    """How often the line stands in the page."""
    gain: float
    """What the line adds to a run of body text."""


@dataclass(slots=True)
class Outline:
    """Where the parts of the page are, as line numbers."""

    headline: int | None
    body_first: int
    body_last: int


def assign_roles(lines: Sequence[Line], inlines: Sequence[Inline], headline: int | None) -> list[str]:
    """Return the role of every line; `headline` is the number of the line that is the title."""
    entries = _entries(lines, inlines)
    first, last = body_run(entries)
    outline = Outline(headline, first, last)
    roles = [_role_inside(entry) if first <= n <= last else "" for n, entry in enumerate(entries)]
    _name_before(entries, roles, outline)
    _name_after(entries, roles, outline)
    for number, inline in enumerate(inlines):
        if not inline.text:
            roles[number] = "form"
        elif inline.has_tags and len(inline.text) < MAX_LABEL:
            roles[number] = "teaser"
    _name_headlines(entries, roles, outline)
    return roles


def _entries(lines: Sequence[Line], inlines: Sequence[Inline]) -> list[Entry]:
    keys = [inline.text.lower().strip(" :.|-–—>»›") for inline in inlines]
    counts = Counter(keys)
    return [
        Entry(inline.text, line.bullet, key, counts[key], _gain(inline.text, line.bullet))
        for line, inline, key in zip(lines, inlines, keys, strict=True)
    ]


def _gain(text: str, bullet: str) -> float:
    size = float(min(len(text), MAX_RUN_GAIN))
    if bullet:
        size *= 2 * LIST_FACTOR if text[-1:] in SENTENCE_ENDS else LIST_FACTOR
    elif text[-1:] not in SENTENCE_ENDS and size < MAX_HEADLINE:
        size *= LIST_FACTOR
    if not text.isascii() and not WIDE_STOPS.isdisjoint(text):
        size *= 2  # a Chinese or Japanese letter says about what two Latin ones say
    return size - RUN_COST


def body_run(entries: Sequence[Entry]) -> tuple[int, int]:
    """Return the first and last line of the run of lines with the greatest gain; (0, -1) where no line has any."""
    best, current = 0.0, 0.0
    start, found = 0, (0, -1)
    for number, entry in enumerate(entries):
        if current <= 0:
            current, start = 0.0, number
        current += entry.gain
        if current > best:
            best, found = current, (start, number)
    return found


def is_byline(text: str) -> bool:
    """Return whether a line begins as a byline does, in a short line."""
    return len(text) < MAX_LABEL and text[-1:] not in TERMINAL_ENDS and text.lower().startswith(BYLINE_STARTS)


def is_date_line(text: str) -> bool:
    """Return whether a short line states a date and little else."""
    if len(text) >= MAX_LABEL // 2 or not (DIGIT_RE.search(text) and _YEAR_RE.search(text)):
        return False
    if not text.lower().startswith(POSTED_STARTS) and text.count(" ") >= MAX_DATE_SPACES:
        return False
    return find_date(text) is not None


def _role_inside(entry: Entry) -> str:
    """Return the role of a line inside the body."""
    if entry.key in AD_MARKERS:
        return "ad marker"
    if entry.key in RELATED:
        return "teaser"
    if entry.bullet:
        return "list item"
    if is_caption(entry.text):
        return "caption"
    if len(entry.text) < MAX_LABEL and entry.text[-1:] not in SENTENCE_ENDS:
        return "label" if entry.count > 1 and len(entry.text) < RUN_COST else "subheading"
    return "body"


def is_caption(text: str) -> bool:
    """Return whether a line credits a picture."""
    if len(text) >= 2 * MAX_LABEL or text[-1:] in TERMINAL_ENDS:
        return False
    lower = text.lower()
    return any(mark in lower for mark in CREDIT_MARKS)


def _name_before(entries: Sequence[Entry], roles: list[str], outline: Outline) -> None:
    top = outline.headline if outline.headline is not None else outline.body_first
    for number in range(outline.body_first):
        entry = entries[number]
        if entry.key in AD_MARKERS:
            roles[number] = "ad marker"
        elif number < top - BESIDE:
            roles[number] = "navigation"
        elif is_byline(entry.text):
            roles[number] = "byline"
        elif is_date_line(entry.text):
            roles[number] = "date line"
        elif number > top and not entry.bullet and entry.text[-1:] in TERMINAL_ENDS:
            roles[number] = "standfirst"
        elif number > top and is_caption(entry.text):
            roles[number] = "caption"
        else:
            roles[number] = "navigation"
    if entries and roles[0] == "navigation" and not entries[0].bullet and entries[0].count > 1:
        roles[0] = "site name"
    for number in range(outline.body_first, min(outline.body_first + BESIDE, outline.body_last + 1)):
        if is_byline(entries[number].text):
            roles[number] = "byline"
        elif is_date_line(entries[number].text):
            roles[number] = "date line"


def _name_after(entries: Sequence[Entry], roles: list[str], outline: Outline) -> None:
    section = "footer"
    for number in range(outline.body_last + 1, len(entries)):
        entry = entries[number]
        if entry.key in AD_MARKERS:
            roles[number] = "ad marker"
            continue
        if not entry.bullet and len(entry.text) < MAX_LABEL:
            section = _section(entry.key) or section
        is_copyright = len(entry.text) < 2 * MAX_LABEL and is_copyright_line(entry.text)
        roles[number] = "copyright" if is_copyright else section
        if is_copyright:
            section = "footer"


def is_copyright_line(text: str) -> bool:
    """Return whether a line says who owns the text."""
    lower = text.lower()
    return any(mark in lower for mark in COPYRIGHT_MARKS)


def _section(key: str) -> str | None:
    for name, titles in (("related", RELATED), ("latest", LATEST), ("comments", COMMENTS)):
        if key in titles:
            return name
    return None


def _name_headlines(entries: Sequence[Entry], roles: list[str], outline: Outline) -> None:
    if outline.headline is None:
        return
    key = entries[outline.headline].key
    for number, entry in enumerate(entries):
        if entry.key == key:
            roles[number] = "repeated headline"
    roles[outline.headline] = "headline"
