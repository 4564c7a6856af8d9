"""Sources → a source for each article of a text that holds several. Where the articles are is flattext's question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import NewscleanError
from newsclean.model import Record
from newsclean.page.containers import page_records, sole_record
from newsclean.pipeline import split_record
from newsclean.runs.output import page_stem
from newsclean.runs.read import STDIN, read_bytes

if TYPE_CHECKING:
    from newsclean.model import Options
    from newsclean.runs.read import Source


def hold(source: Source) -> Source:
    """Return the source with its bytes where those can be read but once, or why they cannot be read."""
    if source.problem or (source.path != STDIN and Path(source.path).is_file()):
        return source
    try:
        return replace(source, data=read_bytes(source.path))
    except NewscleanError as error:
        return replace(source, problem=error.message)


def split(options: Options, source: Source) -> tuple[Source, ...]:
    """Return a source for each article of the input, numbered in its place; itself where it holds but one.

    Also itself where it cannot be read: its conversion will tell.
    """
    if source.problem or source.parts:
        return (source,)
    try:
        data = read_bytes(source.path) if source.data is None else source.data
        records = split_record(sole_record(page_records(Record(data, source.path)), source.path), options)
    except NewscleanError:
        return (source,)
    if len(records) < 2:
        return (source,)
    return tuple(
        replace(source, place=_numbered(source.place, number), lines=record.lines)
        for number, record in enumerate(records, 1)
    )


def _numbered(place: str, number: int) -> str:
    """Return a place with a number in its name: "a/news.txt" gives "a/news-2.txt"."""
    stem = page_stem(place)
    return f"{stem}-{number}{place.removeprefix(stem)}"
