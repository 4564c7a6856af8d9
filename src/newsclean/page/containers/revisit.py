"""Revisit records of a crawl → where the capture is that they refer to.

A crawler that met the same page again writes a revisit instead of the page. What was captured is noted from the first
revisit on, and what stands before that is read once more: a crawl without any costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.page.containers.record import next_header, pass_over
from newsclean.page.containers.stream import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.containers.record import Header
    from newsclean.page.containers.stream import Stream

MAX_PLACES = 500_000
"""Names of captures that are noted, twice at most; each takes some 100 bytes, and a capture has up to three."""

MAX_STREAMS = 2**16
"""Crawls in one archive that can be told apart; there are 100,000 files in one at most."""

ORIGINALS = frozenset({"response", "resource"})


class Originals:
    """Where the captures of a crawl, or of several in one archive, begin."""

    def __init__(self) -> None:
        self._streams: list[Stream] = []
        self._is_noting = False
        self._recent: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def begin(self, stream: Stream) -> None:
        """Go on with the captures of a stream."""
        self._streams.append(stream)

    def note(self, header: Header) -> None:
        """Note a capture of the last stream, once that is of use."""
        if self._is_noting:
            self._add(len(self._streams) - 1, header)

    def find(self, revisit: Header) -> Iterator[tuple[Stream, int]]:
        """Yield where the captures are said to be that a revisit refers to, the surest first."""
        if not self._is_noting:
            self._is_noting = True
            self._look_back(revisit)
        for name in _referred(revisit):
            found = self._recent.get(hash(name), self._before.get(hash(name)))
            if found is not None:
                yield self._streams[found % MAX_STREAMS], found // MAX_STREAMS

    def _look_back(self, revisit: Header) -> None:
        """Note what stands before the first revisit."""
        for number, stream in enumerate(self._streams):
            is_last = number == len(self._streams) - 1
            with stream.aside(0) as again:
                for header in _headers(again):
                    if is_last and header.place == revisit.place:
                        break
                    self._add(number, header)

    def _add(self, number: int, header: Header) -> None:
        if header.place is None or header.kind not in ORIGINALS or number >= MAX_STREAMS:
            return
        if len(self._recent) >= MAX_PLACES:
            self._before, self._recent = self._recent, {}
        for name in _names(header):
            self._recent[hash(name)] = header.place * MAX_STREAMS + number


def _headers(stream: Stream) -> Iterator[Header]:
    while True:
        try:
            header = next_header(stream)
            if header is None:
                return
            yield header
            pass_over(stream, header.size)
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
