"""Saved pages → which of them are the pages of one article, in page order, and their articles → one article.

Pages belong together when their addresses differ by a page number alone, the numbers run from 1 without a gap, and the
titles agree or the pages name each other as next and previous; where in doubt, they do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from newsclean.document import Document, Footnote, FootnoteReference, transform
from newsclean.errors import NewscleanError
from newsclean.facts import read_metadata
from newsclean.model import Confidence, Options, Record
from newsclean.page.html import parse_html
from newsclean.page.open import open_record
from newsclean.runs.read import record_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.article import Article
    from newsclean.document import Block
    from newsclean.model import Verdict
    from newsclean.page.html import Page
    from newsclean.runs.read import Source

MAX_PAGES = 100
"""Pages of one article; a larger number is a year or an id."""

_NUMBER_NAMES = frozenset(
    {"page", "p", "pg", "paged", "pagenum", "pageno", "page_no", "seite", "pagina", "pag", "sida"}
)
_PATH_RE = re.compile(  # "/news/trams/2", "/news/trams/page/2", "/news/trams-seite-2.html", "/news/trams,page2"
    r"(?:/(?:page|seite|pagina|p)?[/-]?|[-_,.](?:page|seite|pagina|p)[-_,]?)(\d{1,3})(?P<end>\.\w{2,5})?$", re.I
)
_TITLE_RE = re.compile(  # "Trams – Page 2 of 3", "Trams (2/3)", "Trams | Seite 2"
    r"[\s\W]*(?:(?:page|seite|pagina|página|part|teil)\s*\d{1,3}(?:\s*(?:of|von|de|/)\s*\d{1,3})?|\(?\d{1,3}/\d{1,3}\)?)[)\s]*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """The address of one page of something: what it shares with the others, and the number of the page."""

    base: str
    number: int
    numbered: bool
    """Whether the address itself holds the number: without one it is page 1, or says nothing."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page tells about the pages beside it. Plain data."""

    address: PageAddress | None
    title: str
    following: PageAddress | None
    """What it calls next."""
    previous: PageAddress | None


def read_page_facts(record: Record, encoding: str | None = None) -> PageFacts | None:
    """Return the facts of a saved page, None for one that is no HTML. Raises InputError, DecodeError."""
    opened = open_record(record, Options(encoding=encoding))
    if opened.kind != "html":
        return None
    page = parse_html(opened.text, opened.url)
    title = _TITLE_RE.sub("", read_metadata(page).title or "").casefold().strip()
    following, previous = _related(page, "next"), _related(page, "prev")
    return PageFacts(_own_address(page, following, previous), title, following, previous)


def group_pages(facts: Sequence[PageFacts | None]) -> list[tuple[int, ...]]:
    """Return the positions of pages that are one article, two or more in page order; no position twice."""
    by_base: dict[str, dict[int, list[int]]] = {}
    for position, one in enumerate(facts):
        if one is not None and one.address is not None:
            by_base.setdefault(one.address.base, {}).setdefault(one.address.number, []).append(position)
    groups = []
    for numbers in by_base.values():
        group: list[int] = []
        while len(found := numbers.get(len(group) + 1, [])) == 1:  # the same page saved twice: which one is it?
            if group and not _belong_together(facts[group[-1]], facts[found[0]]):
                break
            group.append(found[0])
        if len(group) > 1:
            groups.append(tuple(group))
    return groups


def _belong_together(one: PageFacts | None, other: PageFacts | None) -> bool:
    """Return whether two pages with neighbouring numbers have one title or name each other."""
    assert one is not None
    assert other is not None
    if one.title and one.title == other.title:
        return True
    return one.following is not None and one.following == other.address and other.previous == one.address


def read_facts(encoding: str | None, source: Source) -> PageFacts | None:
    """Return the facts of an input, None where it cannot be read: its conversion will tell."""
    if source.problem or not Path(source.path).is_file():
        return None
    try:
        return read_page_facts(record_of(source, None), encoding)
    except NewscleanError:
        return None


def join_sources(sources: Sequence[Source], facts: Sequence[PageFacts | None]) -> tuple[Source, ...]:
    """Return the sources in their order, further pages of an article as parts of its first page.

    Only pages of one folder are joined; `facts` has one entry a source.
    """
    folders: dict[str, list[int]] = {}
    for position, source in enumerate(sources):
        folders.setdefault(source.place.rpartition("/")[0], []).append(position)
    parts: dict[int, tuple[str, ...]] = {}
    taken: set[int] = set()
    for positions in folders.values():
        for group in group_pages([facts[position] for position in positions]):
            first, *others = [positions[number] for number in group]
            parts[first] = tuple(sources[other].name for other in others)
            taken.update(others)
    return tuple(
        replace(source, parts=parts.get(position, ()))
        for position, source in enumerate(sources)
        if position not in taken
    )


def page_address(address: str) -> PageAddress | None:
    """Return an absolute address with its page number apart, or None for one that is no address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    number, query = None, []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in _NUMBER_NAMES and value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= MAX_PAGES:
            number = int(value)
        elif not name.lower().startswith("utm_"):
            query.append((name, value))
    path = parts.path.rstrip("/")
    if number is None and (match := _PATH_RE.search(path)) and 1 <= int(match[1]) <= MAX_PAGES:
        number = int(match[1])
        path = path[: match.start()] + (match["end"] or "")
    base = f"{host.removeprefix('www.')}{path}?{urlencode(sorted(query))}"
    return PageAddress(base, number or 1, number is not None)


def _related(page: Page, relation: str) -> PageAddress | None:
    """Return the page that a page calls its next or previous one."""
    for tag in ("link", "a"):
        for element in page.root.iter(tag):
            if relation in (element.get("rel") or "").lower().split() and element.get("href"):
                try:
                    return page_address(urljoin(page.base_url or "", element.get("href") or ""))
                except ValueError:
                    return None
    return None


def _own_address(page: Page, following: PageAddress | None, previous: PageAddress | None) -> PageAddress | None:
    """Return a page's address; where the number is not in it, its neighbours tell: page 2 may give page 1's address."""
    known = (page_address(address) for address in (page.url, page.canonical_url) if address)
    found = [address for address in known if address is not None]
    own = next((address for address in found if address.numbered), found[0] if found else None)
    if own is None or own.numbered:
        return own
    if page.url is None and previous is not None and previous.base == own.base:
        return PageAddress(own.base, previous.number + 1, True)
    if page.url is None and following is not None and following.base == own.base and following.number > 1:
        return PageAddress(own.base, following.number - 1, following.number > 2)
    return own


def join_articles(articles: Sequence[Article]) -> Article:
    """Return the first article with the bodies, verdicts and comments of all, block numbers counted on.

    What one page says about the article is what its first page says; the result is as sure as the least sure page.
    """
    blocks: list[Block] = []
    verdicts: list[Verdict] = []
    for number, article in enumerate(articles):
        blocks += _numbered_on(article.document, len(verdicts), number).blocks
        shift = len(verdicts)
        verdicts += [replace(verdict, block=verdict.block + shift) for verdict in article.verdicts]
    least = min((article.confidence for article in articles), key=lambda confidence: confidence.score)
    return replace(
        articles[0],
        document=Document(tuple(blocks)),
        verdicts=tuple(verdicts),
        confidence=Confidence(least.score, (*least.reasons, f"joined of {len(articles)} pages")),
        comments=tuple(dict.fromkeys(comment for article in articles for comment in article.comments)),
        warnings=tuple(dict.fromkeys(warning for article in articles for warning in article.warnings)),
    )


def _numbered_on(document: Document, shift: int, page: int) -> Document:
    """Return the body of a page with its block numbers and footnote labels made its own."""

    def change(node: object) -> object:
        if isinstance(node, FootnoteReference | Footnote) and page:
            node = replace(node, label=f"{page + 1}-{node.label}")
        source = getattr(node, "source", None)
        if shift and source:
            return replace(node, source=(source[0] + shift, source[1] + shift))  # type: ignore[type-var]
        return node

    return transform(document, change)
