"""Container → Members: saves of a page with its pictures, mails, archives, books, feeds. One file a format.

Told by content, never by name. A member is a page as it was before it was packed, and goes the way of every page; what
is no container is not touched. A format's module is imported when a file of it is met.
"""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.foreign import DICTIONARY, is_binary, packing, signed_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from newsclean.model import Record
    from newsclean.page.containers.kinds import Kind
    from newsclean.page.containers.member import Member

HEAD = 65_536
"""Bytes of a file that are looked at."""

UNDAMAGED = 256
"""Bytes of a packed file that tell what is inside where those behind them are damaged."""

NAMED_MEMBERS = 3
"""Members that the error names which asks for one of them."""

PAGE_STARTS = (b"<!doctype", b"<html", b"<head", b"<body")
"""How a page begins that is no container, unless one of the MARKS is in it."""

MARKS = (
    b"<html data-sfz",
    b"line-gutter-backdrop",
    b'id="viewsource"',
    b"<!DOCTYPE en-",
    b"<!DOCTYPE rss",
    b"<!DOCTYPE plist",
    b"<!DOCTYPE rdf",
)
MARKED = 4_096
"""Bytes in which marks stand."""


def container_kind(head: bytes) -> Kind | None:
    """Return the format that the first 64 KB of a file are of, None for a page and anything else."""
    name = packing(head)
    inner = unpacked_head(head) if name else head
    if name and packing(inner):
        from newsclean.page.containers.kinds import PACKED

        return PACKED
    if inner.lstrip()[:9].lower().startswith(PAGE_STARTS) and not any(mark in inner[:MARKED] for mark in MARKS):
        kind = None
    else:
        from newsclean.page.containers.kinds import KINDS  # whose patterns take time that plain pages need not wait

        kind = next((kind for kind in KINDS if kind.looks(inner)), None)
    if kind is not None and (name is None or kind.streams):
        return kind
    if (name is None and not _is_brotli(head)) or (name == "gzip" and kind is None):
        return None  # a page in gzip is unpacked where it is decoded
    from newsclean.page.containers.kinds import CRAWL, PACKED

    return CRAWL if kind is None and head.startswith(DICTIONARY) else PACKED


def _is_brotli(head: bytes) -> bool:
    """Return whether text or a ZIP archive comes out of data by Brotli, which has no mark; needs the extra [warc]."""
    if not is_binary(head) or signed_kind(head):
        return False
    from newsclean.page.containers.response import begin_of_brotli  # as above

    text = begin_of_brotli(head)
    return bool(text) and (not is_binary(text) or text.startswith(b"PK\x03\x04"))


def unpacked_head(head: bytes) -> bytes:
    """Return the first bytes inside packed data, b"" where they cannot be read."""
    from newsclean.page.containers.stream import DamagedError, Stream  # as above

    for size in (HEAD, UNDAMAGED):
        try:
            return Stream(io.BytesIO(head[:size])).peek(HEAD)
        except (DamagedError, InputError):  # noqa: PERF203 - fewer bytes may be whole
            continue
    return b""


def open_container(data: bytes | BinaryIO, *, pictures: bool = False) -> Iterator[Member] | None:
    """Return the members of a container one after the other, None for what is none.

    `pictures`: with the copies of the images that came with a page. Raises InputError, at once or at any member, for a
    container that is broken; what came before is good.
    """
    head = data[:HEAD] if isinstance(data, bytes) else _head(data)
    kind = container_kind(head)
    if kind is None:
        return None
    return kind.read(io.BytesIO(data) if isinstance(data, bytes) else data, pictures)


def _head(file: BinaryIO) -> bytes:
    head = file.read(HEAD)
    file.seek(0)
    return head


def page_records(record: Record, *, pictures: bool = False) -> Iterator[Record]:
    """Yield the records of the pages in a container, and any other record as it is. Raises InputError."""
    try:
        members = None if isinstance(record.data, str) else open_container(record.data, pictures=pictures)
        if members is None:
            yield record
            return
        yield from (member.record(record) for member in members if member.data is not None)
    except InputError as error:
        raise InputError(error.message, source=record.name, remedy=error.remedy) from error


def sole_record(records: Iterator[Record], name: str) -> Record:
    """Return the one record of the input of a name. Raises InputError where there are several or none."""
    found = list(islice(records, NAMED_MEMBERS))
    if not found:
        raise InputError("holds no page", source=name, remedy="save the page again")
    if len(found) > 1:
        names = ", ".join(f"#{one.member}" for one in found)
        raise InputError(f"holds several pages ({names} …)", source=name, remedy="name one, or ask for all")
    return found[0]
