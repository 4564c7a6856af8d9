"""Lines and elements → whether a date in them is the day on which someone became a member: beside posts of a forum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.facts.findings import tidy
from newsclean.facts.surroundings import names_of, visible_text
from newsclean.lexicon.dates import without_date

if TYPE_CHECKING:
    from newsclean.page.html import Element

MAX_DAY_CHARS = 36
"""Characters behind such a word among which its date ends: "Wednesday, 12 September 2012, 10:30 AM"."""
MAX_UP = 3
"""Elements that are asked for a label before them: a `time` may stand in a `dd` of its own."""

# "Joined", "Member since", "join-date", "Mitglied seit"
_LABEL = (
    r"\b(?:joined|join[ _-]?date|registered|registration[ _-]date|member[ _-]since|user since|mitglied seit|dabei seit"
    r"|registriert(?: seit)?|beigetreten|inscrite?(?: le| depuis)?|membre depuis|miembro desde|registrad[oa](?: el)?"
    r"|membro d[ae]l?|iscritt[oa](?: dal?| il)?|lid sinds|geregistreerd(?: op)?|medlem (?:sedan|siden)"
    r"|zarejestrowan[ya]|dołączył[ay]?|зарегистрирован[а]?|регистрация)(?!\w)(?: on| am)?[\s:]{0,3}"
)
_LABEL_RE = re.compile(_LABEL, re.I)
_LABEL_AT_END_RE = re.compile(rf"{_LABEL}$", re.I)
_JOINED_RE = re.compile(rf"{_LABEL}(?=(?:[^\W\d]{{2,12}}[.,]{{0,2}}\s){{0,2}}\d)", re.I)  # "Joined: Thu, Feb 12, 2009"


def is_member_label(text: str) -> bool:
    """Return whether a text only says that what follows is the day on which someone became a member."""
    return _LABEL_RE.fullmatch(text.strip()) is not None


def without_member_date(text: str) -> str:
    """Return a line without the day on which someone became a member."""
    match = _JOINED_RE.search(text)
    if match is None:
        return text
    day, rest = text[match.end() : match.end() + MAX_DAY_CHARS], text[match.end() + MAX_DAY_CHARS :]
    return text[: match.start()] + without_date(day) + rest


def ends_with_member_label(text: str) -> bool:
    """Return whether a text ends by saying so: what stands before a `time` element in its line."""
    return _LABEL_AT_END_RE.search(text) is not None


def is_member_date(element: Element) -> bool:
    """Return whether an element is named after the day on which someone became a member, or has a label before it."""
    if _LABEL_RE.search(names_of(element)):
        return True
    for _ in range(MAX_UP):
        before, parent = element.getprevious(), element.getparent()
        if parent is None:
            return False
        label = parent.text if before is None else before.tail if (before.tail or "").strip() else visible_text(before)
        if label and label.strip():
            return ends_with_member_label(tidy(label))
        element = parent
    return False
