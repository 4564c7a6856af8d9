"""Text page → Metadata: title, authors and dates from the lines that roles name. Nothing that a line does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.metadata.dates import find_date
from newsclean.metadata.names import clean_names
from newsclean.model import Metadata

if TYPE_CHECKING:
    from newsclean.parse import Page


def read_line_metadata(page: Page) -> Metadata:
    """Return what the lines of a flattened page say about its article."""
    by_role: dict[str, list[str]] = {}
    for number, role in page.roles.items():
        by_role.setdefault(role, []).append(page.blocks[number].text)
    title = (by_role.get("headline") or [None])[0]
    authors, author_from = _authors(by_role)
    published, published_from = _published(by_role)
    found = (("title", "headline" if title else ""), ("authors", author_from), ("published", published_from))
    return Metadata(
        title=title,
        authors=authors,
        published=published,
        source=page.url,
        found_in=tuple((name, where) for name, where in found if where),
    )


def _authors(by_role: dict[str, list[str]]) -> tuple[tuple[str, ...], str]:
    for text in by_role.get("byline", ()):
        names = clean_names(text)
        if names:
            return names, "byline"
    return (), ""


def _published(by_role: dict[str, list[str]]) -> tuple[str | None, str]:
    for role in ("date line", "byline"):
        for text in by_role.get(role, ()):
            date = find_date(text)
            if date:
                return date, role
    return None, ""
