"""Text page → Metadata: title, authors and dates from the headline and the lines around it, and nothing guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.metadata.bylines import read_bylines
from newsclean.metadata.datelines import read_datelines
from newsclean.metadata.findings import Findings
from newsclean.metadata.languages import find_language
from newsclean.model import Metadata

if TYPE_CHECKING:
    from newsclean.metadata.findings import Field, Finding
    from newsclean.parse import Block, Page

BELOW, ABOVE = 12, 8
"""Lines below and above the headline in which its byline and date line stand."""

MAX_LABEL = 220
"""Characters of the longest line that is read as a byline or date line."""

MAX_END = 15
"""Lines at the end of the body and below it in which a date stands where the headline has none beside it."""


def read_line_metadata(page: Page) -> Metadata:
    """Return what the lines of a flattened page say about its article."""
    headline = next((n for n, role in page.roles.items() if role == "headline"), None)
    found = Findings()
    near = _near(page, headline)
    read_bylines(None, near, found)
    read_datelines(None, near, None, found)
    if not found.of("published") and not found.of("modified"):
        read_datelines(None, _end(page), None, found)
    date = _first(found, "published") or _first(found, "modified")
    authors = found.of("author")
    language = find_language(_body_texts(page))
    places = (
        ("title", "headline" if headline is not None else ""),
        ("authors", authors[0].where if authors else ""),
        ("published", date.where if date else ""),
        ("language", "words of the body" if language else ""),
    )
    return Metadata(
        title=page.blocks[headline].text if headline is not None else None,
        authors=tuple(dict.fromkeys(author.value for author in authors)),
        published=date.value if date else None,
        source=page.url,
        language=language,
        found_in=tuple((name, where) for name, where in places if where),
    )


def _body_texts(page: Page) -> list[str]:
    """Return the paragraphs of the body; menus and buttons may be in another language."""
    return [page.blocks[number].text for number, role in page.roles.items() if role == "body"]


def _near(page: Page, headline: int | None) -> list[Block]:
    """Return the short lines below the headline, then those above it, nearest first."""
    if headline is None:
        return []
    below = page.blocks[headline + 1 : headline + 1 + BELOW]
    above = page.blocks[max(0, headline - ABOVE) : headline]
    return [block for block in (*below, *above[::-1]) if len(block.text) <= MAX_LABEL]


def _end(page: Page) -> list[Block]:
    """Return the short lines where the body ends: there some pages say when it was published."""
    body = [number for number, role in page.roles.items() if role == "body"]
    if not body:
        return []
    around = page.blocks[max(0, body[-1] - MAX_END) : body[-1] + MAX_END]
    return [block for block in around if len(block.text) <= MAX_LABEL // 2]


def _first(found: Findings, field: Field) -> Finding | None:
    return next(iter(found.of(field)), None)
