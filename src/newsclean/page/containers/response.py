"""What a web server sent → the page: status, headers, and the body without chunks and compression."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from newsclean.errors import InputError
from newsclean.page.containers.member import MAX_MEMBER, check_ratio

MAX_HEADERS = 512 * 1024
"""Bytes of a response's header block."""

BROTLI_CHUNK = 4_096
"""Bytes that are given to Brotli at a time: it cannot be told to stop."""

MAX_TYPE = 100
"""Characters of a media type; the longest that is registered has 73."""

_STATUS_RE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]{1,9}(\d{3})")  # "HTTP/1.1 200 OK"
_CHUNK_RE = re.compile(rb"[ \t]{0,9}([0-9a-fA-F]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,999})?\r?\n")  # "1f4\r\n"
_CHARSET_RE = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.I)  # "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Response:
    """A response to a request."""

    status: int
    headers: dict[str, str]
    """By name in lower case; of several with one name the last."""
    body: bytes = field(repr=False)
    """As it was sent."""

    @property
    def media_type(self) -> str:
        """Return what it says it is: "text/html"; "" where it says nothing."""
        return media_type_of(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """Return the charset that its headers name."""
        return charset_of(self.headers.get("content-type", ""))

    def decoded(self) -> bytes:
        """Return the body without chunks and compression. Raises InputError where it is broken, cut off or a bomb."""
        body = self.body
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            body = without_chunks(body)
        for coding in reversed(self.headers.get("content-encoding", "").lower().split(",")):
            body = _unpacked(body, coding.strip())
        return body


def media_type_of(content_type: str) -> str:
    """Return the type in a Content-Type, in lower case and cut where it is none: "text/html"."""
    return content_type.partition(";")[0].strip().lower()[:MAX_TYPE]


def charset_of(content_type: str) -> str | None:
    """Return the charset in a Content-Type."""
    found = _CHARSET_RE.search(content_type)
    return found[1] if found else None


def read_response(block: bytes) -> Response | None:
    """Return the response that a block of bytes is, None for anything else."""
    status = _STATUS_RE.match(block)
    if status is None:
        return None
    end = min(
        (place for mark in (b"\r\n\r\n", b"\n\n") if (place := block.find(mark, 0, MAX_HEADERS)) >= 0), default=-1
    )
    if end < 0:
        return None
    start = end + (4 if block.startswith(b"\r\n\r\n", end) else 2)
    headers: dict[str, str] = {}
    for line in block[:end].decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Response(int(status[1]), headers, block[start:])


def without_chunks(body: bytes) -> bytes:
    """Return a body without the sizes between its chunks; as it is where a crawler took them out already."""
    parts: list[bytes] = []
    place = 0
    while size := _CHUNK_RE.match(body, place):
        count = int(size[1], 16)
        if count == 0:
            return b"".join(parts)
        chunk = body[size.end() : size.end() + count]
        parts.append(chunk)
        place = size.end() + count
        if len(chunk) < count:
            break
        place += 2 if body.startswith(b"\r\n", place) else body.startswith(b"\n", place)
    if not parts and place == 0:
        return body
    raise InputError("is cut off inside its chunks", remedy="fetch it again")


def _unpacked(body: bytes, coding: str) -> bytes:
    """Return a body without one compression; as it is where a crawler undid that already."""
    if coding in ("gzip", "x-gzip"):
        return inflate(body, zlib.MAX_WBITS | 16) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        is_zlib = len(body) > 2 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
        return inflate(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
    if coding == "br":
        return unbrotli(body)
    if coding == "zstd":
        return unzstd(body) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    return body


def inflate(body: bytes, wbits: int) -> bytes:
    """Return deflated data unpacked. Raises InputError."""
    stream = zlib.decompressobj(wbits)
    try:
        data = stream.decompress(body, MAX_MEMBER + 1)
    except zlib.error as error:
        raise InputError("holds broken compressed data", remedy="fetch it again") from error
    check_ratio(len(body), len(data))
    if not stream.eof:
        raise InputError("is cut off", remedy="fetch it again")
    return data


def begin_of_brotli(head: bytes) -> bytes:
    """Return what the first bytes of Brotli data unpack to, b"" for other data."""
    try:
        import brotli
    except ImportError:
        return b""
    try:
        begin: bytes = brotli.Decompressor().process(head[:BROTLI_CHUNK])
    except brotli.error:
        return b""
    return begin


def unbrotli(body: bytes) -> bytes:
    """Return Brotli data unpacked; needs the extra [warc]. Raises InputError."""
    try:
        import brotli
    except ImportError as error:
        raise _needs("Brotli") from error
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(body), BROTLI_CHUNK):
            parts.append(stream.process(body[start : start + BROTLI_CHUNK]))
            size += len(parts[-1])
            check_ratio(len(body), size)
    except brotli.error as error:
        raise InputError("holds broken Brotli data", remedy="fetch it again") from error
    if not stream.is_finished():
        raise InputError("is cut off", remedy="fetch it again")
    return b"".join(parts)


def unzstd(body: bytes) -> bytes:
    """Return Zstandard data unpacked; needs the extra [warc]. Raises InputError."""
    import io

    try:
        import zstandard
    except ImportError as error:
        raise _needs("Zstandard") from error
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            io.BytesIO(body), read_across_frames=True
        ) as stream:
            data: bytes = stream.read(MAX_MEMBER + 1)
    except zstandard.ZstdError as error:
        raise InputError("holds broken Zstandard data", remedy="fetch it again") from error
    check_ratio(len(body), len(data))
    return data


def _needs(name: str) -> InputError:
    return InputError(f"is packed with {name}", remedy='pip install "newsclean[warc]"')
