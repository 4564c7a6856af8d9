"""Lines → the role each plays in the page: headline, byline, date line, body, navigation, related, footer …

Roles name what a line is for readers of verdicts and for metadata; what is kept is decided by score.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.flattext.features import DIGIT_RE
from newsclean.lexicon.credits import is_credit_line
from newsclean.lexicon.dates import find_date
from newsclean.lexicon.furniture import (
    AD_MARKERS,
    BYLINE_STARTS,
    COMMENTS,
    COPYRIGHT_MARKS,
    CREDIT_MARKS,
    LATEST,
    POSTED_STARTS,
    RELATED,
)

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
class Outline:
    """The lines as roles see them, as parallel lists, and where the parts of the page are, as line numbers."""

    texts: list[str]
    lowers: list[str]
    bullets: list[str]
    keys: list[str]
    """Lower case, without marks at their ends, to compare lines."""
    counts: Counter[str]
    """How often the key of a line stands in the page."""
    headline: int | None
    first: int
    last: int
    """The first and last line of the body."""


def assign_roles(lines: Sequence[Line], inlines: Sequence[Inline], headline: int | None) -> list[str]:
    """Return the role of every line; `headline` is the number of the line that is the title."""
    outline = _outline(lines, inlines, headline)
    roles = [""] * len(lines)
    _name_before(roles, outline)
    _name_inside(roles, outline)
    _name_after(roles, outline)
    for number, inline in enumerate(inlines):
        if not inline.text:
            roles[number] = "form"
        elif inline.has_tags and len(inline.text) < MAX_LABEL:
            roles[number] = "teaser"
    _name_headlines(roles, outline)
    return roles


def _outline(lines: Sequence[Line], inlines: Sequence[Inline], headline: int | None) -> Outline:
    texts = [inline.text for inline in inlines]
    lowers = "\n".join(texts).lower().split("\n") if texts else []
    keys = [lower.strip(" :.|-–—>»›") for lower in lowers]
    bullets = [line.bullet for line in lines]
    first, last = body_run([_gain(text, bullet) for text, bullet in zip(texts, bullets, strict=True)])
    return Outline(texts, lowers, bullets, keys, Counter(keys), headline, first, last)


def _gain(text: str, bullet: str) -> float:
    size = len(text)
    if size > MAX_RUN_GAIN:
        size = MAX_RUN_GAIN
    gain = float(size)
    if bullet:
        gain *= 2 * LIST_FACTOR if text[-1:] in SENTENCE_ENDS else LIST_FACTOR
    elif size < MAX_HEADLINE and text[-1:] not in SENTENCE_ENDS:
        gain *= LIST_FACTOR
    if not text.isascii() and not WIDE_STOPS.isdisjoint(text):
        gain *= 2  # a Chinese or Japanese letter says about what two Latin ones say
    return gain - RUN_COST


def body_run(gains: Sequence[float]) -> tuple[int, int]:
    """Return the first and last line of the run of lines with the greatest gain; (0, -1) where no line has any."""
    best, current = 0.0, 0.0
    start, found = 0, (0, -1)
    for number, gain in enumerate(gains):
        if current <= 0:
            current, start = 0.0, number
        current += gain
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


def is_caption(text: str) -> bool:
    """Return whether a line credits a picture."""
    if len(text) >= 2 * MAX_LABEL or text[-1:] in TERMINAL_ENDS:
        return False
    lower = text.lower()
    return any(mark in lower for mark in CREDIT_MARKS)


def _name_inside(roles: list[str], outline: Outline) -> None:
    for number in range(outline.first, outline.last + 1):
        roles[number] = _role_inside(outline, number)
    for number in range(outline.first, min(outline.first + BESIDE, outline.last + 1)):
        if is_byline(outline.texts[number]):
            roles[number] = "byline"
        elif is_date_line(outline.texts[number]):
            roles[number] = "date line"


def _role_inside(outline: Outline, number: int) -> str:
    """Return the role of a line inside the body."""
    text, key = outline.texts[number], outline.keys[number]
    if key in AD_MARKERS:
        return "ad marker"
    if key in RELATED:
        return "teaser"
    if len(text) < MAX_LABEL and text[-1:] not in TERMINAL_ENDS and key.partition(":")[0] in RELATED:
        return "labelled teaser"
    if is_credit_line(text):
        return "credit"
    if outline.bullets[number]:
        return "list item"
    if is_caption(text):
        return "caption"
    if len(text) < MAX_LABEL and text[-1:] not in SENTENCE_ENDS:
        return "label" if len(text) < RUN_COST and outline.counts[key] > 1 else "subheading"
    return "body"


def _name_before(roles: list[str], outline: Outline) -> None:
    texts, bullets, keys = outline.texts, outline.bullets, outline.keys
    top = outline.headline if outline.headline is not None else outline.first
    for number in range(outline.first):
        if keys[number] in AD_MARKERS:
            roles[number] = "ad marker"
        elif number < top - BESIDE:
            roles[number] = "navigation"
        elif is_byline(texts[number]):
            roles[number] = "byline"
        elif is_date_line(texts[number]):
            roles[number] = "date line"
        elif number > top and not bullets[number] and texts[number][-1:] in TERMINAL_ENDS:
            roles[number] = "standfirst"
        elif number > top and is_caption(texts[number]):
            roles[number] = "caption"
        else:
            roles[number] = "navigation"
    if texts and roles[0] == "navigation" and not bullets[0] and outline.counts[keys[0]] > 1:
        roles[0] = "site name"


def _name_after(roles: list[str], outline: Outline) -> None:
    section = "footer"
    below = "\n".join(outline.lowers[outline.last + 1 :])
    marks = [mark for mark in COPYRIGHT_MARKS if mark in below]
    for number in range(outline.last + 1, len(roles)):
        size, key = len(outline.texts[number]), outline.keys[number]
        if key in AD_MARKERS or is_credit_line(outline.texts[number]):
            roles[number] = "ad marker" if key in AD_MARKERS else "credit"
            continue
        if not outline.bullets[number] and size < MAX_LABEL:
            section = _SECTIONS.get(key, section)
        is_copyright = size < 2 * MAX_LABEL and any(mark in outline.lowers[number] for mark in marks)
        roles[number] = "copyright" if is_copyright else section
        if is_copyright:
            section = "footer"


_SECTIONS = dict.fromkeys(COMMENTS, "comments") | dict.fromkeys(LATEST, "latest") | dict.fromkeys(RELATED, "related")
"""Title → the section that begins with it."""


def _name_headlines(roles: list[str], outline: Outline) -> None:
    if outline.headline is None:
        return
    key = outline.keys[outline.headline]
    if outline.counts[key] > 1:
        for number, other in enumerate(outline.keys):
            if other == key:
                roles[number] = "repeated headline"
    roles[outline.headline] = "headline"
