"""Text page → Metadata: title, authors and dates from the headline and the lines around it, and nothing guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.authorboxes import BOXED, boxed_author, poster_of
from newsclean.facts.closings import closing_line, without_mails
from newsclean.facts.datelines import read_date_texts, read_relative_dates, says_when
from newsclean.facts.dates import url_date
from newsclean.facts.findings import Finding, Findings
from newsclean.facts.signatures import read_signatures, unglued
from newsclean.facts.trust import with_trust
from newsclean.lexicon.dates import is_month_first, may_hold_date, without_date
from newsclean.lexicon.languages import find_language
from newsclean.lexicon.names import starts_with_by
from newsclean.lexicon.persons import is_agency
from newsclean.model import Metadata
from newsclean.page.provenance import TEXT_TIME_RE
from newsclean.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.facts.findings import Field
    from newsclean.page.html import Block, Page

BELOW, FAR_BELOW, ABOVE = 12, 40, 8
"""Lines below and above the headline in which its date line stands; farther below is looked where those have none."""

RIGHT_BELOW = 4
"""Lines below the headline in which an agency or a user of one word signs."""

MAX_ANCHORS = 4
"""Lines with the text of the headline near which bylines are looked for."""

MAX_LABEL = 220
"""Characters of the longest line that is read as a byline or date line."""

MAX_BESIDE_DATE = 80
"""Characters beside the date in a line that dates the article: label, time, author and section."""

MAX_END = 15
"""Lines at the end of the body and below it in which a date stands where the headline has none beside it."""


def read_line_metadata(page: Page) -> Metadata:
    """Return what the lines of a flattened page say about its article."""
    headline = next((n for n, role in page.roles.items() if role == "headline"), None)
    found = Findings()
    anchor = _body_start(page) if headline is None else headline
    lines = without_mails([label(block.text) for block in page.blocks])
    for place in _anchors(page, anchor):
        if not found.of("author"):
            read_signatures(lines, _items(page), place, found, lists=True)
    if not found.of("author"):
        body = {number for number, role in page.roles.items() if role == "body"}
        for name in closing_line(lines, body) or boxed_author(lines):
            found.add("author", name, BOXED)
    if not found.of("author") and anchor is not None:
        near = lines[anchor + 1 : anchor + 1 + RIGHT_BELOW]
        for name in filter(None, (line if is_agency(line) else poster_of(line, has_date=True) for line in near)):
            found.add("author", name, "byline")
            break
    _read_dates(page, anchor, found)
    date = _first(found, "published") or _first(found, "modified")
    in_url = url_date(page.url)
    if in_url and all(finding.value[:10] != in_url for finding in found.of("published")):
        date = Finding(in_url, "URL")
    authors = found.of("author")
    language = find_language(_body_texts(page))
    places = (
        ("title", "headline" if headline is not None else ""),
        ("authors", authors[0].where if authors else ""),
        ("published", date.where if date else ""),
        ("language", "words of the body" if language else ""),
    )
    metadata = Metadata(
        title=page.blocks[headline].text if headline is not None else None,
        authors=tuple(dict.fromkeys(author.value for author in authors)),
        published=date.value if date else None,
        source=page.url,
        language=language,
        found_in=tuple((name, where) for name, where in places if where),
    )
    return with_trust(metadata, {})


def _body_texts(page: Page) -> list[str]:
    """Return the paragraphs of the body; menus and buttons may be in another language."""
    return [page.blocks[number].text for number, role in page.roles.items() if role == "body"]


def _body_start(page: Page) -> int | None:
    """Return the first line of the body: what stands near it where no line is the headline."""
    return next((number for number, role in page.roles.items() if role == "body"), None)


def _anchors(page: Page, anchor: int | None) -> list[int]:
    """Return the line from which bylines are looked for, then the others with its text: contents repeat a headline."""
    if anchor is None:
        return []
    text = page.blocks[anchor].text
    return [anchor, *(block.number for block in page.blocks if block.text == text and block.number != anchor)][
        :MAX_ANCHORS
    ]


def _items(page: Page) -> list[bool]:
    """Return which lines are items of a list."""
    return [page.nodes[block.node].tag == "li" for block in page.blocks]


def _read_dates(page: Page, anchor: int | None, found: Findings) -> None:
    """Note the dates of the first of the places where an article's date stands that has any."""
    month_first = is_month_first(page.source)
    for texts in _date_places(page, anchor):
        read_date_texts(texts, found, month_first)
        if found.of("published") or found.of("modified"):
            return
    if page.saved_at and anchor is not None:
        near = page.blocks[anchor + 1 : anchor + 1 + BELOW]
        read_relative_dates(
            (block.text for block in near if page.roles.get(block.number) != "body"), page.saved_at, found
        )


def _date_places(page: Page, anchor: int | None) -> Iterator[list[str]]:
    """Yield lines that are a date and little else, then other lines, the nearest first; most pages need one."""
    near = _near(page, anchor, BELOW)
    yield list(filter(_is_dateline, near))
    yield near
    yield list(filter(_is_dateline, _near(page, anchor, FAR_BELOW)))
    yield _end(page)
    yield _labelled(page)


def _is_dateline(text: str) -> bool:
    rest = without_date(text)
    return len(rest) <= MAX_BESIDE_DATE and not rest.endswith((".", "?", "!"))


def _labelled(page: Page) -> list[str]:
    """Return the lines that say "Published" or "Updated", or by whom, wherever they stand."""
    return [unglued(text) for text in _numbered(page.blocks, MAX_LABEL) if says_when(text) or starts_with_by(text)]


def _near(page: Page, anchor: int | None, reach: int) -> list[str]:
    """Return the short lines that can hold a date below the headline, then those above it, nearest first."""
    if anchor is None:
        return []
    below = page.blocks[anchor + 1 : anchor + 1 + reach]
    above = page.blocks[max(0, anchor - ABOVE) : anchor]
    return [unglued(text) for text in _numbered((*below, *above[::-1]), MAX_LABEL)]


def _end(page: Page) -> list[str]:
    """Return the short lines that can hold a date where the body ends: there some pages say when it was published."""
    body = [number for number, role in page.roles.items() if role == "body"]
    if not body:
        return []
    around = page.blocks[max(0, body[-1] - MAX_END) : body[-1] + MAX_END]
    return list(_numbered(around, MAX_LABEL // 2))


def _numbered(blocks: Iterable[Block], size: int) -> Iterator[str]:
    """Yield the lines of up to `size` characters that can hold a date; that of the save is not the article's."""
    texts = (block.text for block in blocks if len(block.text) <= size and may_hold_date(block.text))
    return (text for text in texts if not TEXT_TIME_RE.match(text))


def _first(found: Findings, field: Field) -> Finding | None:
    return next(iter(found.of(field)), None)
