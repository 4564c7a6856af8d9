"""Class attributes → whether a pattern finds something in them. A page repeats a few hundred: each is searched once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

MAX_NAMES = 1_000
"""Characters of a class attribute that are read: what was read is kept in a cache."""
MAX_KNOWN = 4_096
"""Class attributes of which is remembered whether a pattern finds something in them."""


def finder(pattern: re.Pattern[str]) -> Callable[[str | None], bool]:
    """Return the function that tells whether a class attribute, which may be absent, holds what a pattern finds."""

    @lru_cache(maxsize=MAX_KNOWN)
    def is_found(names: str) -> bool:
        return pattern.search(names) is not None

    def finds(names: str | None) -> bool:
        if not names:
            return False
        return is_found(names if len(names) <= MAX_NAMES else names[:MAX_NAMES])

    return finds
