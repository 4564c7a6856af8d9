"""Containers among the inputs → a Source for each of their pages, and later its Record, read again in the same order.

A container is read twice from front to back: for the names of its outputs, which have to be told apart, and page by
page as workers come free. So a crawl of any size is converted in bounded memory, by as many workers as there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import InputError, NewscleanError
from newsclean.model import Record
from newsclean.page.containers import container_kind, open_container
from newsclean.runs.read import (
    HEAD_BYTES,
    MAX_BYTES,
    STDIN,
    open_regular,
    page_stem,
    read_once,
    read_records,
    reason_of,
    split_member,
)

MAX_REASONS = 30
"""Reasons for which members are left out that are counted apart."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.page.containers.kinds import Kind
    from newsclean.page.containers.member import Member
    from newsclean.runs.read import Source


def members_of(path: str, *, pictures: bool = False) -> Iterator[Member]:
    """Yield the members of a container, those that are no pages too. Raises InputError, also for what is none."""
    try:
        with open_regular(path) as file:
            kind = container_kind(file.read(HEAD_BYTES))
            if kind is None:
                raise InputError("is not a container of pages", remedy="give it as it is")
            if not kind.is_of_any_size and file.seek(0, 2) > MAX_BYTES:
                raise InputError(f"larger than {MAX_BYTES // 2**20} MB", remedy="unpack it, and give the folder")
            file.seek(0)
            yield from kind.read(file, pictures)
    except (OSError, ValueError) as error:
        raise InputError(reason_of(error), source=path) from error
    except InputError as error:
        raise InputError(error.message, source=path, remedy=error.remedy) from error


def holds_several(path: str) -> bool:
    """Return whether a path is a container of more than one page. One that is broken is not: its conversion tells."""
    kind = _kind_at(path)
    if kind is None or not kind.several:
        return False
    try:
        pages = (member for member in members_of(path) if member.data is not None)
        return len(list(islice(pages, 2))) > 1
    except InputError:
        return False


def _kind_at(path: str) -> Kind | None:
    if path == STDIN or split_member(path)[1] is not None or not Path(path).is_file():  # a pipe is read but once
        return None
    try:
        with open_regular(path) as file:
            return container_kind(file.read(HEAD_BYTES))
    except (OSError, ValueError):
        return None


def unfold(sources: Iterable[Source], url: str | None = None) -> Iterator[Source]:
    """Yield the sources, for a container of several pages one for each of them.

    Members that are damaged have a problem; those that are no pages are told of in one source that is left out.
    `url` is where a container was saved from that was read already (stdin).
    """
    for source in sources:
        if source.problem or source.left_out:
            yield source
        elif source.data is not None:
            kind = container_kind(source.data[:HEAD_BYTES])
            outer = Record(b"", source.name, None if source.path == STDIN else source.path, url)
            several = kind is not None and kind.several
            yield from unfold_members(source, _members_in(source), outer) if several else (source,)
        else:
            kind = _kind_at(source.path)
            several = kind is not None and kind.several
            yield from unfold_members(source, members_of(source.path)) if several else (source,)


def holds_pages(source: Source) -> bool:
    """Return whether a source that was read is a container of more than one page."""
    return source.data is not None and len(list(islice(unfold((source,)), 2))) > 1


def _members_in(source: Source) -> Iterator[Member]:
    yield from open_container(source.data or b"") or ()


def unfold_members(
    source: Source, members: Iterable[Member], outer: Record | None = None, *, is_whole: bool = True
) -> Iterator[Source]:
    """Yield a source for each page among the members of a container; with the page, where its outer record is given.

    `is_whole`: these are all of its members, one of which has to be a page.
    """
    left_out: Counter[str] = Counter()
    folder = page_stem(source.place)
    is_empty = is_whole
    try:
        for member in members:
            one = replace(source, member=member.name, place=f"{folder}/{member.place}", data=None)
            if member.data is not None:
                yield replace(one, record=member.record(outer)) if outer else one
            elif member.is_damaged:
                yield replace(one, problem=InputError(member.left_out or "is damaged"))
            else:
                reason = member.left_out or "is no page"
                left_out[reason if reason in left_out or len(left_out) < MAX_REASONS else "other"] += 1
                continue
            is_empty = False
    except InputError as error:
        yield replace(source, problem=type(error)(error.message, remedy=error.remedy))
        is_empty = False
    if is_empty:
        yield replace(source, problem=InputError("holds no page", remedy="newsclean list tells what it holds"))
    if left_out:
        reasons = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common())
        yield replace(source, problem=InputError(f"holds no pages besides: {reasons}"), left_out=True)


class Members:
    """Reads sources in their order. Of a container the pages come one after the other, without going back."""

    def __init__(self, url: str | None, *, pictures: bool = False, seconds: float = 0.0) -> None:
        self._url = url
        self._pictures = pictures
        self._seconds = seconds
        self._path = ""
        self._records: Iterator[Record] = iter(())

    def load(self, source: Source) -> Source:
        """Return the source with what a worker process cannot read, or would have to look for."""
        if source.record is not None:
            return source
        if source.member is None or source.problem:
            return read_once(source, self._seconds)
        try:
            return replace(source, record=self._find(source.path, source.member))
        except NewscleanError as error:
            return replace(source, problem=error)

    def _find(self, path: str, member: str) -> Record:
        for _ in range(2):
            if path == self._path:
                for record in self._records:
                    if record.member == member or (record.member is None and not member):
                        return record
            self._path = path
            self._records = read_records(path, self._url, pictures=self._pictures)
        self._path = ""
        raise InputError(f"no longer holds a page {member}", source=path, remedy="was it changed?")
