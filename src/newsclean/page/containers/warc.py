"""WARC and ARC, plain or gzip → the pages that a crawler fetched, from front to back in bounded memory.

A record that is damaged is named and passed over; in gzip files with a member a record, as crawlers write them, the
next one is found again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers import HEAD
from newsclean.page.containers.captures import Captures
from newsclean.page.containers.member import MAX_MEMBER, Member, parse_time, place_of_url, web_url
from newsclean.page.containers.record import BEGINS, Header, next_header, pass_over
from newsclean.page.containers.response import charset_of, media_type_of, read_response
from newsclean.page.containers.stream import DamagedError, Stream
from newsclean.page.sniff import foreign_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

PAGE_TYPES = ("text/html", "application/xhtml+xml")
XML_TYPES = ("application/xml", "text/xml")
"""What XHTML is sent as by some servers, and data by most."""
SILENT = frozenset({"", "request", "metadata", "warcinfo", "continuation"})
"""Kinds of record that hold no page by their nature: they are not even told of."""

_HTML_RE = re.compile(rb"<(?:!doctype html|html)[\s>]", re.I)  # "<!DOCTYPE html>", "<html xmlns="

HTML_END = 2_000
"""Bytes in which a page ends; comments of a cache may stand behind it."""

NOT_MODIFIED = 304
"""What a server answers that was asked for a newer page; a revisit that has it refers to the page."""


def read_warc(file: BinaryIO | Stream, pictures: bool) -> Iterator[Member]:
    """Yield the records of a crawl that are pages or ought to be."""
    return read_crawls([file if isinstance(file, Stream) else Stream(file)], pictures)


def read_crawls(streams: Sequence[Stream], pictures: bool) -> Iterator[Member]:
    """Yield those of several crawls that belong together and may refer to one another."""
    captures = Captures(streams)
    for number, stream in enumerate(streams):
        captures.begin(number)
        for member in _members(stream, captures):
            if pictures and member.data is not None and member.url:
                yield replace(member, pictures=captures.pictures_of(member.data, member.url))
            else:
                yield member


def _members(stream: Stream, captures: Captures) -> Iterator[Member]:
    stream.begins = BEGINS
    number = 0
    while True:
        number += 1
        try:
            header = next_header(stream)
            if header is None:
                return
            member = _record(stream, header, number, captures)
        except DamagedError as error:
            yield _damaged(number, str(error))
            if not stream.resume():
                return
            continue
        if member is not None:
            yield member


def _record(stream: Stream, header: Header, number: int, captures: Captures) -> Member | None:
    """Return the page of a record, or why it is none; None for records that are none by their nature."""
    if header.kind in SILENT:
        pass_over(stream, header.size)
        return None
    captures.note(header)
    name = header.name or f"record-{number}"
    saved_at = parse_time(header.fields.get("warc-date", ""))
    url = header.url
    member = Member(name, place_of_url(url), size=header.size, url=web_url(url), saved_at=saved_at)
    if header.size > MAX_MEMBER:
        pass_over(stream, header.size)
        return replace(member, left_out=f"is larger than {MAX_MEMBER // 2**20} MB")
    block = stream.read(header.size)
    if len(block) < header.size or stream.readline().strip():
        raise DamagedError(f"holds a record that is cut off, or whose length is wrong: {url}")
    if header.kind == "revisit":
        return _revisited(member, header, block, captures)
    return _whole(_read(member, header, block), header)


def _whole(member: Member, header: Header) -> Member:
    """Return a page; none where the crawler says that it did not take all of it, and its end is missing."""
    reason = header.fields.get("warc-truncated")
    if not reason or member.data is None or b"</html" in member.data[-HTML_END:].lower():
        return member
    return replace(member, data=None, left_out=f"was cut off by the crawler ({reason[:20]})", is_damaged=True)


def _revisited(member: Member, header: Header, block: bytes, captures: Captures) -> Member:
    """Return what a capture refers to that was not stored again, with its own address and time."""
    response = read_response(block)
    if response is not None and response.status != NOT_MODIFIED:
        own = replace(member, media_type=response.media_type)
        reason = _reason_of(response.status) or (response.media_type and _reason(own, b"<html>"))
        if reason:
            return replace(own, left_out=reason)
    for stream, place in captures.originals(header):
        with stream.aside(place) as again:
            found = _original(again, member)
        if found is not None and not captures.may_repeat(len(found.data or b"")):
            return replace(member, left_out="repeats what was captured too often")
        if found is not None:
            return found
    return replace(member, left_out="is the same as a capture that is not in this crawl")


def _original(stream: Stream, member: Member) -> Member | None:
    """Return a member as the record has it that a stream stands before, None where that cannot be read."""
    try:
        header = next_header(stream)
        if header is None or header.kind in SILENT or header.kind == "revisit" or header.size > MAX_MEMBER:
            return None
        block = stream.read(header.size)
        return _whole(_read(member, header, block), header) if len(block) == header.size else None
    except DamagedError:
        return None


def _reason_of(status: int) -> str | None:
    return None if status == 200 else f"has HTTP status {status}"


def _read(member: Member, header: Header, block: bytes) -> Member:
    """Return what the block of a record holds that may be a page."""
    declared = header.fields.get("content-type", "")
    response = read_response(block) if header.kind == "response" or declared.startswith("application/http") else None
    if response is None:
        member = replace(member, media_type=media_type_of(declared), charset=charset_of(declared))
        return _page(member, block)
    member = replace(member, media_type=response.media_type, charset=response.charset)
    if reason := _reason_of(response.status):
        return replace(member, left_out=reason)
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
    if media_type in PAGE_TYPES or (media_type in XML_TYPES and _HTML_RE.search(data, 0, HEAD)):
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
