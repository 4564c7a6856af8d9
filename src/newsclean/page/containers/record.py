"""The header of a record in a crawl (WARC, ARC) → what it says; the stream then stands before the block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.page.containers.member import parse_time
from newsclean.page.containers.stream import DamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.page.containers.stream import Stream

BEGINS = b"WARC/"
"""How a record of WARC begins."""

MAX_FIELDS = 1_000
"""Lines of a record's header."""

_VERSION_RE = re.compile(rb"WARC/\d\.\d")  # "WARC/1.1"
_ARC_RE = re.compile(
    rb"(\S{1,8000}) (\S{1,60}) (\d{8,14}) (\S{1,200}|\S{1,200}; \S{1,200})(?: [^\r\n]{0,8000})? (\d{1,15})\r?\n"
)
# "http://a.example/ 10.0.0.1 20130307194348 text/html 5120"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the block of a record."""

    fields: Mapping[str, str]
    """As WARC names them, in lower case."""
    size: int
    """Bytes of the block."""
    place: int | None
    """Where in the file the record begins; None where it can be reached from the front alone."""

    @property
    def kind(self) -> str:
        """Return what it is of: "response", "revisit"; "" for what is known to be no page."""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """Return the address that was asked for, "" where there is none."""
        return self.fields.get("warc-target-uri", "").strip("<>")

    @property
    def name(self) -> str:
        """Return its identifier, "" where it has none."""
        return self.fields.get("warc-record-id", "")


def next_header(stream: Stream) -> Header | None:
    """Return the header of the next record, None behind the last. Raises DamagedError."""
    while (line := stream.readline()) in (b"\r\n", b"\n"):
        continue
    if not line:
        return None
    place = stream.begin_of(line)
    if _VERSION_RE.match(line):
        fields = _read_fields(stream)
        return Header(fields, _size(fields.get("content-length", "")), place)
    arc = _ARC_RE.fullmatch(line)
    if arc is None:
        raise DamagedError("holds what is no record")
    return Header(_fields_of_arc(arc[1].decode("utf-8", "replace"), arc[3].decode()), _size(arc[5].decode()), place)


def _fields_of_arc(url: str, day: str) -> dict[str, str]:
    """Return the fields that WARC would have; those of the record about the file itself have no kind."""
    if url.startswith("filedesc:"):
        return {}
    return {
        "warc-type": "response",
        "warc-target-uri": url,
        "warc-date": parse_time(day, "%Y%m%d%H%M%S", "%Y%m%d") or "",
        "warc-record-id": f"{day}/{url}",
    }


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


def pass_over(stream: Stream, size: int) -> None:
    """Go behind a block. Raises DamagedError."""
    if not stream.skip(size):
        raise DamagedError("is cut off inside a record")
