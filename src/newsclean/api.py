"""The Python entry point: a page as bytes, text or path in, an Article out. No conversion logic here."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from newsclean.errors import NoArticleError
from newsclean.model import Options, Record
from newsclean.page.containers import page_record
from newsclean.pipeline import convert as convert_record
from newsclean.pipeline import convert_all as convert_all_of
from newsclean.runs.read import read_record

if TYPE_CHECKING:
    from newsclean.article import Article

MAX_PATH_CHARS = 4096
"""PATH_MAX of Linux, the longest among the common systems: no longer text names a file."""
_PATH_RE = re.compile(r"[^\s<>]+\.\w{2,11}")  # "saved/page.html"


def convert(page: bytes | str | os.PathLike[str], *, url: str | None = None, options: Options = Options()) -> Article:
    """Return the article of a saved page: its bytes, its text, or the path of its file.

    A `str` and `bytes` are always the page itself, a `pathlib.Path` is always the file. `url` is where the page was
    saved from, if known: links are made absolute with it. Raises NewscleanError: InputError when the file cannot be
    read, DecodeError when it is not text in the encoding asked for, NoArticleError when the page holds no article.
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
    """Return every article of a text that holds several, such as a pasted newsletter, in order; else the one.

    Takes and raises what `convert` does; parts of a text that hold no article are left out.
    """
    return convert_all_of(_record(page, url), options)


def _record(page: bytes | str | os.PathLike[str], url: str | None) -> Record:
    if isinstance(page, (bytes, str)):
        return page_record(Record(page, url=url))
    return read_record(os.fspath(page), url)


def _looks_like_path(text: str) -> bool:
    return len(text) <= MAX_PATH_CHARS and bool(_PATH_RE.fullmatch(text))
