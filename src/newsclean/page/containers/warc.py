"""WARC and ARC, plain or gzip → the pages that a crawler fetched, from front to back in bounded memory.

A record that is damaged is named and passed over; in gzip files with a member a record, as crawlers write them, the
next one is found again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers.member import MAX_MEMBER, Member, parse_time, place_of_url, web_url
from newsclean.page.containers.response import charset_of, media_type_of, read_response
from newsclean.page.containers.stream import DamagedError, Stream
from newsclean.page.sniff import foreign_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_FIELDS = 1_000
"""Lines of a record's header."""

PAGE_TYPES = ("text/html", "application/xhtml+xml")
SILENT = frozenset({"request", "metadata", "warcinfo", "continuation"})
"""Kinds of record that hold no page by their nature: they are not even told of."""

_VERSION_RE = re.compile(rb"WARC/\d\.\d")  # "WARC/1.1"
_ARC_RE = re.compile(
    rb"(\S{1,8000}) (\S{1,60}) (\d{8,14}) (\S{1,200}|\S{1,200}; \S{1,200})(?: [^\r\n]{0,8000})? (\d{1,15})\r?\n"
)
# "http://a.example/ 10.0.0.1 20130307194348 text/html 5120"


def read_warc(file: BinaryIO | Stream, pictures: bool) -> Iterator[Member]:  # noqa: ARG001 - as all readers have it
    """Yield the records of an archive that are pages or ought to be."""
    stream = file if isinstance(file, Stream) else Stream(file)
    stream.begins = b"WARC/"
    number = 0
    while True:
        number += 1
        try:
            line = _first_line(stream)
            if not line:
                return
            member = _record(stream, line, number)
        except DamagedError as error:
            yield _damaged(number, str(error))
            if not stream.resume():
                return
            continue
        if member is not None:
            yield member


def _first_line(stream: Stream) -> bytes:
    """Return the first line of the next record, b"" behind the last."""
    while (line := stream.readline()) in (b"\r\n", b"\n"):
        continue
    return line


def _record(stream: Stream, line: bytes, number: int) -> Member | None:
    """Return the page of the next record, or why it is none; None for records that are none by their nature."""
    if _VERSION_RE.match(line):
        fields = _read_fields(stream)
        size = _size(fields.get("content-length", ""))
        kind = fields.get("warc-type", "").lower()
        if kind not in SILENT:
            return _read(stream, fields, size, number)
        _pass(stream, size)
        return None
    arc = _ARC_RE.fullmatch(line)
    if arc is None:
        raise DamagedError("holds what is no record")
    url = arc[1].decode("utf-8", "replace")
    if url.startswith("filedesc:"):
        _pass(stream, _size(arc[5].decode()))
        return None
    day = arc[3].decode()
    fields = {
        "warc-type": "response",
        "warc-target-uri": url,
        "warc-date": parse_time(day, "%Y%m%d%H%M%S", "%Y%m%d") or "",
    }
    fields["warc-record-id"] = f"{day}/{url}"
    return _read(stream, fields, _size(arc[5].decode()), number)


def _read_fields(stream: Stream) -> dict[str, str]:
    fields: dict[str, str] = {}
    for _ in range(MAX_FIELDS):
        line = stream.readline()
        if line in (b"\r\n", b"\n"):
            return fields
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if not line.endswith(b"\n"):
            break
        if colon:
            fields[name.strip().lower()] = value.strip()
    raise DamagedError("holds a record whose header has no end")


def _size(length: str) -> int:
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise DamagedError("holds a record without its length")
    return int(length)


def _pass(stream: Stream, size: int) -> None:
    if not stream.skip(size):
        raise DamagedError("is cut off inside a record")


def _read(stream: Stream, fields: dict[str, str], size: int, number: int) -> Member:
    """Return what a record of a kind that may be a page holds."""
    url = fields.get("warc-target-uri", "").strip("<>")
    kind, declared = fields.get("warc-type", "").lower(), fields.get("content-type", "")
    name = fields.get("warc-record-id", "") or f"record-{number}"
    saved_at = parse_time(fields.get("warc-date", ""))
    member = Member(name, place_of_url(url), size=size, url=web_url(url), saved_at=saved_at)
    if size > MAX_MEMBER or kind == "revisit":
        _pass(stream, size)
        same = "is the same as a capture before it"
        return replace(member, left_out=same if kind == "revisit" else f"is larger than {MAX_MEMBER // 2**20} MB")
    block = stream.read(size)
    if len(block) < size or stream.readline().strip():
        raise DamagedError(f"holds a record that is cut off, or whose length is wrong: {url}")
    response = read_response(block) if kind == "response" or declared.startswith("application/http") else None
    if response is None:
        member = replace(member, media_type=media_type_of(declared), charset=charset_of(declared))
        return _page(member, block)
    member = replace(member, media_type=response.media_type, charset=response.charset)
    if response.status != 200:
        return replace(member, left_out=f"has HTTP status {response.status}")
    if _reason(member, b"<html>"):
        return _page(member, b"<html>")
    try:
        return _page(member, response.decoded())
    except InputError as error:
        return replace(member, left_out=error.message, is_damaged=True)


def _page(member: Member, data: bytes) -> Member:
    reason = _reason(member, data)
    return replace(member, left_out=reason) if reason else replace(member, data=data, size=len(data))


def _reason(member: Member, data: bytes) -> str | None:
    """Return why content is no page, None for a page."""
    media_type = member.media_type
    if not data.strip():
        return "is empty"
    if media_type in PAGE_TYPES:
        return None
    if media_type not in ("", "text/plain", "application/octet-stream"):
        return f"is {media_type}"
    foreign = foreign_kind(data)
    if foreign:
        return f"is {foreign.name}"
    if member.url is None:
        return "is a note of the crawler"
    return "is a file for robots" if member.url.endswith("/robots.txt") else None


def _damaged(number: int, reason: str) -> Member:
    return Member(f"record-{number}", f"record-{number}", left_out=reason, is_damaged=True)
