"""Where the captures of a crawl begin → what a revisit refers to, and the pictures that a page shows.

A crawler that met the same page again writes a revisit instead of the page. What was captured is noted from the first
revisit on, and what stands before that is read once more; pictures are looked for where somebody asks for them. A
crawl of which neither is wanted is read once, and nothing is noted.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from newsclean.errors import InputError
from newsclean.page.containers.member import MAX_MEMBER, PICTURE_ROOM
from newsclean.page.containers.record import next_header, pass_over
from newsclean.page.containers.response import read_response
from newsclean.page.containers.stream import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.containers.record import Header
    from newsclean.page.containers.stream import Stream

MAX_PLACES = 500_000
"""Names of captures that are noted, twice at most; each takes some 100 bytes, and a capture has up to three."""

MAX_STREAMS = 2**16
"""Crawls in one archive that can be told apart."""

MAX_PICTURES = 2_000
"""Pictures of a page that are looked up."""

RESPONSE_HEAD = 4_096
"""Bytes of a response in which its type stands."""

ROOM = 2**30
MAX_REPETITION = 1_000
"""Bytes of captures that may be given once more: so many, and so many times those that were read. A page takes some 100
times the bytes of the revisit that refers to it."""

ORIGINALS = frozenset({"response", "resource"})

_VALUE_RE = re.compile(rb"=\s{0,9}(?:\"([^\"<>]{3,8000})\"|'([^'<>]{3,8000})'|([^\s\"'<>]{3,8000}))")
# 'src="img/lamp.png"', "srcset='a.jpg 320w, b.jpg 640w'"


class Places:
    """Names → places in bounded space: the latest stay."""

    def __init__(self) -> None:
        self._recent: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def add(self, name: object, stream: int, place: int) -> None:
        """Note where something of a name begins."""
        if len(self._recent) >= MAX_PLACES:
            self._before, self._recent = self._recent, {}
        self._recent[hash(name)] = place * MAX_STREAMS + stream

    def find(self, name: object) -> tuple[int, int] | None:
        """Return the stream and the place in it that were noted, None where there are none."""
        found = self._recent.get(hash(name), self._before.get(hash(name)))
        return None if found is None else (found % MAX_STREAMS, found // MAX_STREAMS)


class Captures:
    """Where the captures of a crawl, or of several in one archive, begin."""

    def __init__(self, streams: Sequence[Stream]) -> None:
        self._streams = streams[:MAX_STREAMS]
        self._current = 0
        self._originals: Places | None = None
        self._images: Places | None = None
        self._repeated = 0

    def may_repeat(self, size: int) -> bool:
        """Return whether so many bytes of a capture may be given once more, and count them."""
        self._repeated += size
        return self._repeated <= ROOM + MAX_REPETITION * sum(stream.taken for stream in self._streams)

    def begin(self, number: int) -> None:
        """Go on with the captures of a stream."""
        self._current = number

    def note(self, header: Header) -> None:
        """Note a capture, once that is of use."""
        if self._originals is not None:
            _add(self._originals, self._current, header)

    def originals(self, revisit: Header) -> Iterator[tuple[Stream, int]]:
        """Yield where the captures are said to be that a revisit refers to, the surest first."""
        if self._originals is None:
            self._originals = self._before(revisit)
        for name in _referred(revisit):
            if found := self._originals.find(name):
                yield self._streams[found[0]], found[1]

    def _before(self, revisit: Header) -> Places:
        """Return what stands before the first revisit."""
        found = Places()
        for number, stream in enumerate(self._streams[: self._current + 1]):
            with stream.aside(0) as again:
                for header, _ in _headers(again):
                    if number == self._current and header.place == revisit.place:
                        break
                    _add(found, number, header)
        return found

    def pictures_of(self, page: bytes, url: str) -> dict[str, bytes]:
        """Return the pictures that a page names and that were captured too, by their addresses."""
        if self._images is None:
            self._images = self._all_images()
        pictures: dict[str, bytes] = {}
        room = PICTURE_ROOM
        for address in _addresses(page, url):
            place = self._images.find(address)
            data = self._picture(*place) if place else None
            if data and len(data) <= room and self.may_repeat(len(data)):
                room -= len(data)
                pictures[address] = data
            if len(pictures) >= MAX_PICTURES:
                break
        return pictures

    def _all_images(self) -> Places:
        found = Places()
        for number, stream in enumerate(self._streams):
            with stream.aside(0) as again:
                for header, head in _headers(again):
                    if header.kind in ORIGINALS and header.place is not None and _is_image(header, head):
                        found.add(header.url, number, header.place)
        return found

    def _picture(self, number: int, place: int) -> bytes | None:
        try:
            with self._streams[number].aside(place) as again:
                header = next_header(again)
                block = again.read(header.size) if header and header.size <= MAX_MEMBER else b""
            response = read_response(block)
            return response.decoded() if response else block
        except (DamagedError, InputError):
            return None


def _add(places: Places, number: int, header: Header) -> None:
    if header.place is not None and header.kind in ORIGINALS:
        for name in _names(header):
            places.add(name, number, header.place)


def _headers(stream: Stream) -> Iterator[tuple[Header, bytes]]:
    """Yield the header of each record, and how its block begins."""
    while True:
        try:
            header = next_header(stream)
            if header is None:
                return
            head = stream.read(min(header.size, RESPONSE_HEAD))
            yield header, head
            pass_over(stream, header.size - len(head))
        except DamagedError:  # noqa: PERF203 - the next record may be whole
            if not stream.resume():
                return


def _names(header: Header) -> Iterator[tuple[str, ...]]:
    """Yield what a revisit may call a capture."""
    fields = header.fields
    if header.name:
        yield ("name", header.name)
    if header.url and "warc-date" in fields:
        yield ("time", header.url, fields["warc-date"])
    if "warc-payload-digest" in fields:
        yield ("digest", fields["warc-payload-digest"].lower())


def _referred(revisit: Header) -> Iterator[tuple[str, ...]]:
    """Yield what a revisit calls the capture that it refers to."""
    fields = revisit.fields
    if "warc-refers-to" in fields:
        yield ("name", fields["warc-refers-to"])
    if "warc-refers-to-date" in fields:
        url = fields.get("warc-refers-to-target-uri", "").strip("<>") or revisit.url
        yield ("time", url, fields["warc-refers-to-date"])
    if "warc-payload-digest" in fields:
        yield ("digest", fields["warc-payload-digest"].lower())


def _is_image(header: Header, head: bytes) -> bool:
    response = read_response(head)
    if response is None:
        return header.fields.get("content-type", "").lower().startswith("image/")
    return response.status == 200 and response.media_type.startswith("image/")


def _addresses(page: bytes, url: str) -> Iterator[str]:
    """Yield the addresses in the attributes of a page, each once and whole."""
    seen: set[str] = set()
    for match in _VALUE_RE.finditer(page):
        value = unescape((match[1] or match[2] or match[3]).decode("utf-8", "replace"))
        for part in {value.strip(), *(candidate.partition(" ")[0] for candidate in value.split(", "))}:
            if part in seen or not ("/" in part or "." in part):
                continue
            seen.add(part)
            try:
                yield urljoin(url, part.strip())
            except ValueError:
                continue
