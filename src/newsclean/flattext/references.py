"""Rows → the rows without the numbered list of addresses at their end, and the addresses by number.

The list goes before rows are joined: its long addresses would hide the width at which the text was wrapped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.rows import Row

MAX_LIST_TITLE = 40
"""Characters in a title inside the list of references ("Visible links", "Hidden links:")."""

_ADDRESS_RE = re.compile(r"(?:https?|ftp|file|mailto|tel|javascript|about):\S*$")  # "https://a.org/x"
_REFERENCE_RE = re.compile(r"(?:\[(\d{1,5})\]:?|(\d{1,5})\.)\s+(\S.*)$")  # "12. https://a.org/", "[12] Title"


def cut_references(rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    """Return the rows above the list of references, and its addresses by their numbers as written.

    An entry is a number with its address, or, as elinks writes it, a number with a title and the address in the row
    below.
    """
    addresses: dict[str, str] = {}
    number = first = len(rows)
    while number:
        size = _entry(rows, number - 1, addresses)
        if size:
            number -= size
            first = number
        elif addresses and len(rows[number - 1].text) <= MAX_LIST_TITLE and first == number:
            number -= 1  # the title of the list, or of a part of it
        else:
            break
    while addresses and first and _is_title(rows, first):
        first -= 1
    return rows[:first], addresses


def _entry(rows: Sequence[Row], last: int, addresses: dict[str, str]) -> int:
    """Return how many rows the entry that ends with row `last` takes, 0 where there is none; note its address."""
    text = rows[last].text
    found = _REFERENCE_RE.match(text)
    if found and _ADDRESS_RE.match(found.group(3)):
        addresses[found.group(1) or found.group(2)] = found.group(3)
        return 1
    if last and _ADDRESS_RE.match(text):
        found = _REFERENCE_RE.match(rows[last - 1].text)
        if found:
            addresses[found.group(1) or found.group(2)] = text
            return 2
    return 0


LIST_TITLES = frozenset({"references", "visible links", "hidden links", "links"})
"""What lynx, elinks and w3m write above the list."""


def _is_title(rows: Sequence[Row], first: int) -> bool:
    return rows[first - 1].text.strip(" :").lower() in LIST_TITLES
