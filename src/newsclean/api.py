"""The Python entry point: a page as bytes, text or path in, an Article out. No conversion logic here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.model import Options, Record
from newsclean.pipeline import convert as convert_record
from newsclean.pipeline import convert_all as convert_all_of
from newsclean.runs.read import read_record

if TYPE_CHECKING:
    from newsclean.article import Article

MAX_PATH_CHARS = 4096
"""PATH_MAX of Linux, the longest among the common systems: no longer text names a file."""


def convert(
    data_or_path: bytes | str | os.PathLike[str], *, url: str | None = None, options: Options = Options()
) -> Article:
    """Return the article of a saved page: its bytes, its text, or the path of its file.

    A `str` is a path when it is one line without "<" that names an existing file; otherwise it is the page itself.
    Bytes are always the page, a `pathlib.Path` always a path. `url` is where the page was saved from, if known: links
    are made absolute with it. Raises NewscleanError: InputError when the file cannot be read, DecodeError when it is
    not text in the encoding asked for, NoArticleError when the page holds no article.
    """
    return convert_record(_record(data_or_path, url), options)


def convert_all(
    data_or_path: bytes | str | os.PathLike[str], *, url: str | None = None, options: Options = Options()
) -> tuple[Article, ...]:
    """Return every article of a text that holds several, such as a pasted newsletter, in order; else the one.

    Takes and raises what `convert` does; parts of a text that hold no article are left out.
    """
    return convert_all_of(_record(data_or_path, url), options)


def _record(data_or_path: bytes | str | os.PathLike[str], url: str | None) -> Record:
    if isinstance(data_or_path, bytes):
        return Record(data_or_path, url=url)
    if isinstance(data_or_path, str) and not _names_a_file(data_or_path):
        return Record(data_or_path, url=url)
    return read_record(os.fspath(data_or_path), url)


def _names_a_file(text: str) -> bool:
    if not text or len(text) > MAX_PATH_CHARS or any(mark in text for mark in "<\n\r\0"):
        return False
    try:
        return Path(text).is_file()
    except OSError:  # a name too long for the file system
        return False
