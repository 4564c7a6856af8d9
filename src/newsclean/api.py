"""The Python entry point: a page as bytes, text or path in, an Article out. No conversion logic here."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from newsclean.errors import NoArticleError
from newsclean.model import Options, Record
from newsclean.page.containers import page_records, sole_record
from newsclean.pipeline import convert as convert_record
from newsclean.pipeline import convert_all as convert_all_of
from newsclean.runs.read import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.article import Article

MEMORY = "<memory>"
MAX_PATH_CHARS = 4096
"""PATH_MAX of Linux, the longest among the common systems: no longer text names a file."""
_PATH_RE = re.compile(r"[^\s<>]+\.\w{2,11}")  # "saved/page.html"


def convert(page: bytes | str | os.PathLike[str], *, url: str | None = None, options: Options = Options()) -> Article:
    """Return the article of a saved page: its bytes, its text, or the path of its file.

    `str` and `bytes` are always the page itself; a `pathlib.Path` is always a file. `url` is the address the page was
    saved from, if known, and makes its links absolute. Raises InputError when the file cannot be read or is not a page,
    DecodeError when it is not text in the given encoding, and NoArticleError when the page has no article.

    Examples:
        >>> page = "<main><h1>Ferry late</h1>" + "<p>The ferry left an hour late: fog lay on the quay.</p>" * 3
        >>> convert(page, url="https://example.org/ferry.html").metadata.title
        'Ferry late'
    """
    try:
        return convert_record(_record(page, url), options)
    except NoArticleError as error:
        if isinstance(page, str) and _looks_like_path(page):
            remedy = "a str is the page itself: give a pathlib.Path to read a file"
            raise NoArticleError(error.message, source=error.source, remedy=remedy) from None
        raise


def convert_all(
    page: bytes | str | os.PathLike[str], *, url: str | None = None, options: Options = Options()
) -> tuple[Article, ...]:
    """Return all articles of a container, or of a text that holds several, in order; for any other page, its one.

    Arguments and errors are those of `convert`. Pages of a container without an article are left out.
    """
    articles: list[Article] = []
    missing: NoArticleError | None = None
    for record in _records(page, url):
        try:
            articles += convert_all_of(record, options)
        except NoArticleError as error:  # noqa: PERF203 - one page without must not hide the next
            missing = error
    if not articles:
        raise missing or NoArticleError(
            "holds no page", source=os.fsdecode(page) if isinstance(page, os.PathLike) else None
        )
    return tuple(articles)


def _record(page: bytes | str | os.PathLike[str], url: str | None) -> Record:
    return sole_record(_records(page, url), os.fsdecode(page) if isinstance(page, os.PathLike) else MEMORY)


def _records(page: bytes | str | os.PathLike[str], url: str | None) -> Iterator[Record]:
    if isinstance(page, (bytes, str)):
        return page_records(Record(page, url=url))
    return read_records(os.fspath(page), url)


def _looks_like_path(text: str) -> bool:
    return len(text) <= MAX_PATH_CHARS and bool(_PATH_RE.fullmatch(text))
