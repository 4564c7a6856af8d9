"""Container → Members: saves of a page with its pictures, mails, archives, books, feeds. One file a format.

Told by content, never by name. A member is a page as it was before it was packed, and goes the way of every page; what
is no container is not touched. A format's module is imported when a file of it is met.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers.member import Member, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from newsclean.model import Record

HEAD = 65_536
"""Bytes of a file that are looked at."""

NAMED_MEMBERS = 3
"""Members that the error names which asks for one of them."""

_FIELD = rb"[A-Za-z][\w-]{0,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,99}"
_HEADERS_RE = re.compile(rb"\s{0,9}(?:" + _FIELD + rb"){2,200}?\r?\n|\s{0,9}(?:" + _FIELD + rb"){200}")
# "From: a@b.example", "Subject: Bridge" … up to the empty line
_MULTIPART_RE = re.compile(
    rb"^Content-Type:\s{0,9}multipart/(?:related|alternative|mixed)[^:]{0,2000}boundary=", re.I | re.M
)
_SAVED_RE = re.compile(
    rb"^(?:Snapshot-Content-Location:|X-MimeOLE:|From:\s{0,9}<?\"?Saved by |Content-Type:\s{0,9}multipart/related)",
    re.I | re.M,
)
# "From: <Saved by Blink>"
_MAIL_RE = re.compile(rb"^(?:Message-ID|Received|Return-Path|Delivered-To|MIME-Version):", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of containers."""

    name: str
    """As messages call it: "single-file save (MHTML)"."""
    module: str
    reader: str
    looks: Callable[[bytes], bool]
    """Whether the first bytes of a file are of it."""


def _is_mhtml(head: bytes) -> bool:
    block = _header_block(head)
    return bool(block and _MULTIPART_RE.search(block) and _SAVED_RE.search(block) and b"\nReceived:" not in block)


def _header_block(head: bytes) -> bytes | None:
    found = _HEADERS_RE.match(head)
    return found[0] if found else None


def _is_webarchive(head: bytes) -> bool:
    if head.startswith(b"bplist00"):
        return b"WebMainResource" in head or b"WebResource" in head
    return b"<plist" in head[:1_000] and b"<key>Web" in head


KINDS = (
    Kind("single-file save (MHTML)", "mhtml", "read_mhtml", _is_mhtml),
    Kind("web archive", "webarchive", "read_webarchive", _is_webarchive),
)
"""In the order in which they are asked."""


def container_kind(head: bytes) -> Kind | None:
    """Return the format that the first 64 KB of a file are of, None for a page and anything else."""
    return next((kind for kind in KINDS if kind.looks(head)), None)


def open_container(data: bytes | BinaryIO, *, pictures: bool = False) -> Iterator[Member] | None:
    """Return the members of a container one after the other, None for what is none.

    `pictures`: with the copies of the images that came with a page. Raises InputError, at once or at any member, for a
    container that is broken; what came before is good.
    """
    head = data[:HEAD] if isinstance(data, bytes) else _head(data)
    kind = container_kind(head)
    if kind is None:
        return None
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    read = getattr(import_module(f"newsclean.page.containers.{kind.module}"), kind.reader)
    members: Iterator[Member] = read(file, pictures)
    return members


def _head(file: BinaryIO) -> bytes:
    head = file.read(HEAD)
    file.seek(0)
    return head


def page_record(record: Record, *, pictures: bool = False) -> Record:
    """Return the record of the one page that a container holds, and any other record as it is.

    Raises InputError for a container that is broken, without a page, or with several.
    """
    if isinstance(record.data, str):
        return record
    try:
        members = open_container(record.data, pictures=pictures)
        if members is None:
            return record
        found = list(islice(pages_of(members, record), NAMED_MEMBERS))
    except InputError as error:
        raise InputError(error.message, source=record.name, remedy=error.remedy) from error
    if not found:
        raise InputError("holds no page", source=record.name, remedy="save the page again")
    if len(found) > 1:
        names = ", ".join(f"#{one.member}" for one in found)
        raise InputError(f"holds several pages ({names} …)", source=record.name, remedy="name one, or ask for all")
    return found[0]
