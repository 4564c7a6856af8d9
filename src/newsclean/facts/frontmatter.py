"""What the front matter of a note says, and its first heading → Metadata; what they leave open, its lines may tell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclean.document import Heading
from newsclean.facts import read_metadata
from newsclean.facts.headlines import split_title
from newsclean.flattext import parse_text
from newsclean.flattext.markdown import text_of
from newsclean.lexicon.dates import find_date

if TYPE_CHECKING:
    from newsclean.flattext.markdown import Note
    from newsclean.model import Metadata

_ISO_RE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})? ?(Z|[+-]\d\d:?\d\d)?)?")
"""A day, or a time of it: "2024-02-19", "2021-08-02T08:00:00+00:00"."""

_MANY = {"author": "authors", "tags": "tags"}
"""Front matter's name → field of several values."""


def read_note_metadata(note: Note, url: str | None) -> Metadata:
    """Return the metadata of a note."""
    found = read_metadata(parse_text(note.body, url))
    headings = (block for block in note.document.blocks if isinstance(block, Heading) and block.level == 1)
    headline = next((text_of(heading.content) for heading in headings), None)
    told: dict[str, Any] = {}
    for name, values in note.fields.items():
        if name in _MANY:
            told[_MANY[name]] = tuple(dict.fromkeys(values))
        elif value := _date(values[0]) if name in ("published", "modified") else values[0]:
            told[name] = value
    sources = dict.fromkeys(told, "front matter")
    if headline and "title" not in told:
        told["title"], sources["title"] = headline, "heading"
    if headline and headline in split_title(told["title"]):  # "Headline | Site", as reader services have it
        told["title"] = headline
    others = [(name, where) for name, where in found.found_in if name not in sources]
    return replace(found, **told, found_in=(*sources.items(), *others))


def _date(value: str) -> str | None:
    iso = _ISO_RE.match(value)
    if iso is None:
        return find_date(value)
    day, time, offset = iso.groups()
    if time is None:
        return day
    return f"{day}T{time if time.count(':') == 2 else f'{time}:00'}{(offset or '').replace('Z', '+00:00')}"
