"""Text page → Metadata: title, authors and dates from the lines that roles name. Nothing that a line does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.metadata.dates import find_date
from newsclean.metadata.names import clean_names
from newsclean.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.parse import Page

BESIDE = 12
"""Lines from the headline within which its byline and date line stand."""

MAX_LABEL = 200
"""Characters of the longest line that is read as a byline or date line."""

_BY_RE = re.compile(
    r"(?:^|[\s|·•,–—-])(?:by|von|par|por|door|av|af|di|автор:?|oleh|text:|autor:|yazan:)\s+(?=\S)", re.I
)  # "By ", " | Von "
_CHANGED_RE = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|modifié|actualizado|atualizado|aggiornat|bijgewerkt|uppdaterad|"
    r"oppdatert|"
    r"opdateret|päivitetty|aktualizacja|aktualizov|actualizat|frissítve|güncelle|обновлен|оновлен|更新|수정)",
    re.I,
)  # "Updated: 4 July"


def read_line_metadata(page: Page) -> Metadata:
    """Return what the lines of a flattened page say about its article."""
    headline = next((n for n, role in page.roles.items() if role == "headline"), None)
    authors, author_line = _authors(page, headline)
    published, date_line = _published(page, headline)
    found = (
        ("title", "headline" if headline is not None else ""),
        ("authors", page.roles.get(author_line, "") if authors else ""),
        ("published", page.roles.get(date_line, "") if published else ""),
    )
    return Metadata(
        title=page.blocks[headline].text if headline is not None else None,
        authors=authors,
        published=published,
        source=page.url,
        found_in=tuple((name, where) for name, where in found if where),
    )


def _near(page: Page, headline: int | None) -> Iterator[tuple[int, str]]:
    """Yield the short lines below the headline, then those above it, nearest first."""
    if headline is None:
        return
    for number in (*range(headline + 1, headline + BESIDE + 1), *range(headline - 1, headline - BESIDE - 1, -1)):
        if 0 <= number < len(page.blocks) and len(page.blocks[number].text) <= MAX_LABEL:
            yield number, page.blocks[number].text


def _named(page: Page, roles: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for role in roles:
        for number, own in page.roles.items():
            if own == role:
                yield number, page.blocks[number].text


def _authors(page: Page, headline: int | None) -> tuple[tuple[str, ...], int]:
    for number, text in (*_named(page, ("byline", "date line")), *_near(page, headline)):
        for start in _BY_RE.finditer(text):
            names = clean_names(text[start.start() :].lstrip(" |·•,–—-"))
            if names:
                return names, number
    return (), -1


def _published(page: Page, headline: int | None) -> tuple[str | None, int]:
    """Return the first date beside the headline that is not the date of a change, else the first of those."""
    changed: tuple[str | None, int] = (None, -1)
    for number, text in (*_near(page, headline), *_named(page, ("date line", "byline"))):
        if not any(letter.isdigit() for letter in text):
            continue
        date = find_date(text)
        if date is None:
            continue
        if not _CHANGED_RE.search(text):
            return date, number
        if changed[0] is None:
            changed = (date, number)
    return changed
