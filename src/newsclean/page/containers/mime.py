"""MIME → parts: what browsers' single-file saves and mails are made of. Knows nothing of pages.

Bodies are found by their boundaries and decoded when somebody asks, so that a save with a hundred pictures costs no
more than its page. Header blocks go through the standard library.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers.member import iso_time

if TYPE_CHECKING:
    from email.message import Message

MAX_HEADERS = 256 * 1024
"""Bytes of a header block; that of a mail which went through many hands stays under 100 kB."""
MAX_PARTS = 20_000
"""Parts of one message; a saved page with all its pictures has a few hundred."""
MAX_DEPTH = 20
"""Messages and multiparts inside one another."""

_BEFORE_RE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}")  # what editors put before a message
_BLANK_LINE_RE = re.compile(rb"^\r?\n", re.M)  # what ends a header block


@dataclass(slots=True)
class Part:
    """A leaf of a message."""

    headers: Message
    raw: bytes = field(repr=False)
    """As it was sent."""
    message: Message
    """The headers of the mail that it belongs to: of the outer one, or of one that was forwarded in it."""
    is_whole: bool = True
    """Whether its end is marked."""

    @property
    def media_type(self) -> str:
        """Return what it says it is, in lower case: "text/html"."""
        return self.headers.get_content_type()

    @property
    def charset(self) -> str | None:
        """Return the charset that it declares."""
        try:
            return self.headers.get_content_charset()
        except (LookupError, UnicodeError, ValueError):
            return None

    @property
    def location(self) -> str:
        """Return its Content-Location, "" where it has none."""
        return "".join(header(self.headers, "Content-Location").split())

    @property
    def content_id(self) -> str:
        """Return its Content-ID without the angle brackets."""
        return header(self.headers, "Content-ID").strip(" <>")

    @property
    def is_attachment(self) -> bool:
        """Return whether it was attached rather than shown."""
        return header(self.headers, "Content-Disposition").lower().startswith("attachment")

    def decoded(self) -> bytes:
        """Return the content without its transfer encoding; what cannot be decoded is left out."""
        encoding = header(self.headers, "Content-Transfer-Encoding").lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.raw)
        if encoding != "base64":
            return self.raw
        try:
            return binascii.a2b_base64(self.raw)
        except binascii.Error:
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", self.raw)
            return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


def read_parts(data: bytes) -> tuple[Message, list[Part]]:
    """Return the headers of a message and its leaves in order. Raises InputError where its headers have no end."""
    top, start = _read_headers(data, len(_BEFORE_RE.match(data)[0]), len(data))  # type: ignore[index]  # it may be empty
    leaves: list[Part] = []
    waiting = [(top, top, start, len(data), 0, True)]
    while waiting:
        headers, message, start, end, depth, is_whole = waiting.pop()
        boundary = _boundary(headers) if headers.get_content_maintype() == "multipart" else None
        if depth >= MAX_DEPTH or len(leaves) + len(waiting) > MAX_PARTS:
            raise InputError("has too many parts inside one another", remedy="save the page again")
        if headers.get_content_type() == "message/rfc822":
            inner, start = _read_headers(data, start, end)
            waiting.append((inner, inner, start, end, depth + 1, is_whole))
        elif boundary is None:
            leaves.append(Part(headers, data[start:end], message, is_whole))
        else:
            found = []
            for first, last, whole in _split(data, boundary, start, end):
                inner, body = _read_headers(data, first, last)
                found.append((inner, message, body, last, depth + 1, whole))
            waiting += reversed(found)
    return top, leaves


def _read_headers(data: bytes, start: int, end: int) -> tuple[Message, int]:
    """Return a header block and where what it heads begins."""
    blank = _BLANK_LINE_RE.search(data, start, min(end, start + MAX_HEADERS))
    if blank is None and end - start > MAX_HEADERS:
        raise InputError("has a header without end", remedy="save the page again")
    stop = blank.start() if blank else end
    return message_from_bytes(data[start:stop]), blank.end() if blank else end


def _boundary(headers: Message) -> str | None:
    try:
        return headers.get_boundary()
    except (LookupError, UnicodeError, ValueError):
        return None


def _split(data: bytes, boundary: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return (first, last, whether its end is marked) of what stands between the lines of a boundary."""
    line_re = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?$", re.M)
    parts: list[tuple[int, int, bool]] = []
    first = -1
    for line in line_re.finditer(data, start, end):
        if first >= 0:
            parts.append((first, _without_line_end(data, first, line.start()), True))
        first = line.end() + 1 if line[1] is None else -1
        if first < 0 or len(parts) > MAX_PARTS:
            break
    if 0 <= first < end:
        parts.append((first, end, False))
    return parts


def _without_line_end(data: bytes, first: int, last: int) -> int:
    """Return where a part ends: the line end before a boundary belongs to the boundary."""
    if last > first and data[last - 1 : last] == b"\n":
        last -= 1
    if last > first and data[last - 1 : last] == b"\r":
        last -= 1
    return last


def header(headers: Message, name: str) -> str:
    """Return a header in plain characters, "" where it is missing: "=?utf-8?Q?Br=C3=BCcke?=" gives "Brücke"."""
    value = str(headers.get(name, ""))
    if "=?" not in value and value.isascii():
        return " ".join(value.split())
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return " ".join(value.split())
    text = "".join(piece if isinstance(piece, str) else _decoded(piece, charset) for piece, charset in pieces)
    return " ".join(text.split())


def _decoded(piece: bytes, charset: str | None) -> str:
    from newsclean.page.decode import decode  # which knows the charsets that Python does not

    return decode(piece, None, charset=charset if charset != "unknown-8bit" else None).text


def date(headers: Message) -> str | None:
    """Return the Date header as ISO 8601, None where it is missing or none."""
    try:
        return iso_time(parsedate_to_datetime(header(headers, "Date")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
