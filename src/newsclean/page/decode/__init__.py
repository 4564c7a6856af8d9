"""Bytes of a saved page → text, which encoding won and why. Of HTML it knows only where a charset is declared."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newsclean.errors import DecodeError, InputError
from newsclean.page.decode.declared import CODECS, canonical_name, declared_encoding
from newsclean.page.mojibake import repair_mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator

How = Literal["text", "given", "bom", "null bytes", "utf-8", "transport", "declared", "detected", "fallback"]

NULL_WINDOW = 4_096
"""Bytes looked at for the null pattern of UTF-16 and UTF-32; a page's head is ASCII markup, which settles it."""

MIN_NULL_SHARE = 0.05
"""Share of 16-bit units with a null byte on one side: Chinese text has it at spaces and line ends only."""

GOOD_PER_BROKEN = 4
"""Multi-byte sequences that must be whole for each broken one in nearly valid UTF-8. Legacy text seldom has one in two:
GBK is worst, with 0.6 to 0.9 for each broken sequence in Chinese news text."""

MAX_UNDECODABLE = 0.05
"""Share of non-ASCII bytes that a declared charset may fail on before the page is taken to be in another."""

MAX_LETTER_RUNS = 0.5
"""Share of the non-ASCII bytes that may stand in runs of four or more in a page declared Western: French and German are
under 0.02; Cyrillic, Greek, Chinese or Korean in disguise is above 0.7."""

FIRST_STEP, LAST_STEP = 256, 1_048_576
"""Bytes fed to zlib at a time, growing: it copies what follows a member, and a file may hold thousands of tiny ones."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_ESCAPED = {"iso-2022-jp": b"\x1b", "iso-2022-kr": b"\x1b", "hz-gb-2312": b"~{", "utf-7": b"+"}
"""Encodings whose pages are pure ASCII, so that being valid UTF-8 proves nothing, and the byte that opens an escape."""

_WIDER = {"iso-8859-2": "cp1250", "iso-8859-13": "cp1257"}
"""What a page is really in when it declares an ISO encoding and has letters where that has control characters."""

_HIGH = bytes(range(0x80, 0x100))
_C1_UTF8_RE = re.compile(rb"\xc2[\x80-\x9f]")  # U+0080 to U+009F in UTF-8
_C1_RE = re.compile("[\x80-\x9f]")
_C1_LETTER_RE = re.compile("[\x8a\x8c-\x8f\x9a\x9c-\x9f]")  # Š Ś Ť Ž Ź in windows-1250
_HIGH_RUN_RE = re.compile(rb"[\xa1-\xff]{4,}")  # "привет" in windows-1251
_JAPANESE_ESCAPE_RE = re.compile(rb"\x1b\$[@B][!-~]{2}")  # ESC $ B: two-byte JIS follows

_C1_TO_TEXT = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of an input and how it was read."""

    text: str = field(repr=False)
    """Without byte order mark, null characters, surrogates and C1 control characters."""
    encoding: str
    """Lower-case WHATWG name ("utf-8", "windows-1252", "shift_jis"), or Python's for encodings the standard lacks."""
    how: How
    """"text": the input was text already; "null bytes": UTF-16 or UTF-32 without a mark."""
    repaired: int = 0
    """How many segments had been encoded twice."""


def decode(data: bytes | str, encoding: str | None = None, *, charset: str | None = None) -> Decoded:
    """Return the text of a page and the encoding it is in; fails on an unknown `encoding`, never on the bytes.

    In this order: the `encoding` asked for; a byte order mark; UTF-16 and UTF-32 by their null bytes; UTF-8 where the
    whole input is valid or nearly so, whatever is declared; the `charset` that the transport names and the one that the
    page declares, unless they fail badly; detection over the whole input; windows-1252. Bytes that do not fit become
    U+FFFD. Raises DecodeError for an unknown `encoding`.
    """
    if isinstance(data, str):
        return _tidied(data, "utf-8", "text")
    if encoding is not None:
        return _decode_given(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, "bom")
    wide = wide_encoding(data)
    if wide:
        return _decoded(data, wide, "null bytes")
    transport = canonical_name(charset) if charset else None
    return _decode_utf8(data, transport) or _decode_legacy(data, transport)


def _decode_given(data: bytes, label: str) -> Decoded:
    name = canonical_name(label)
    if name is None:
        raise DecodeError(
            f"unknown encoding {label!r}", remedy="try a name such as utf-8, windows-1252, shift_jis, or leave it out"
        )
    for mark, marked in _BOMS:
        same_family = marked == name or (
            marked[:6] == name[:6] and label.lower() in ("utf-16", "utf-32", "utf16", "utf32")
        )
        if same_family and data.startswith(mark):
            return _decoded(data[len(mark) :], marked, "given")
    return _decoded(data, name, "given")


def _decoded(data: bytes, name: str, how: How) -> Decoded:
    return _tidied(_to_text(data, name), name, how)


def _to_text(data: bytes, name: str) -> str:
    text = data.decode(CODECS.get(name, name), "replace" if name != "windows-1252" else "c1")
    if name == "euc-jp" and "\ufffd" in text:
        wider = data.decode("euc_jis_2004", "replace")  # knows ① and the like, which pages have and euc_jp lacks
        return wider if wider.count("\ufffd") < text.count("\ufffd") else text
    if name in _WIDER and _C1_LETTER_RE.search(text):
        return data.decode(_WIDER[name], "replace")
    return text


def _keep_c1(error: UnicodeError) -> tuple[str, int]:
    """Decode the five bytes that windows-1252 leaves undefined as control characters, as the standard does."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("c1", _keep_c1)


def _tidied(text: str, name: str, how: How) -> Decoded:
    """Return the text without mark, nulls, surrogates and what was encoded twice.

    C1 controls become the windows-1252 signs they stand for, but only when they are no bytes of a text encoded twice.
    """
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = text.encode("utf-16-le", "surrogatepass")  # pairs become the characters that they encode
        text = data.decode("utf-16-le", "replace")
        data = text.encode("utf-8")
    text, repaired = repair_mojibake(text)
    if _has_controls(data):
        text = _C1_RE.sub(lambda sign: _C1_TO_TEXT[sign[0]], text)
    return Decoded(text, name, how, repaired)


def _has_controls(data: bytes) -> bool:
    """Return whether UTF-8 data holds C1 control characters; their first byte alone is found much faster."""
    place = data.find(b"\xc2")
    return place >= 0 and _C1_UTF8_RE.search(data, place) is not None


def wide_encoding(data: bytes) -> str | None:
    """Return "utf-16le" and so on where the null bytes stand as in text of 16 or 32-bit units, else None."""
    if b"\x00" not in data[:NULL_WINDOW]:
        return None
    head = data[: min(NULL_WINDOW, len(data) & ~3) or len(data)]
    units = len(head) // 4
    nulls = [head[place::4].count(0) for place in range(4)]
    if units and nulls[3] == units and nulls[2] >= units * 0.9 and nulls[0] < units / 2:
        return "utf-32le"
    if units and nulls[0] == units and nulls[1] >= units * 0.9 and nulls[3] < units / 2:
        return "utf-32be"
    even, odd = nulls[0] + nulls[2], nulls[1] + nulls[3]
    enough = max(1, len(head) // 2 * MIN_NULL_SHARE)
    if odd >= enough and even * 10 < odd:
        return "utf-16le"
    if even >= enough and odd * 10 < even:
        return "utf-16be"
    return None


def _decode_utf8(data: bytes, transport: str | None) -> Decoded | None:
    """Return the text if the input is UTF-8, perhaps with a few broken bytes; None if it is in a legacy encoding."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_nearly_utf8(data, error):
            return None
        text = data.decode("utf-8", "replace")
    else:
        escaped = _escaped_encoding(data, transport) if text.isascii() else None
        if escaped:
            return escaped
        if b"\x00" not in data and (text.isascii() or not _has_controls(data)):
            repaired_text, repaired = repair_mojibake(text)
            return Decoded(repaired_text, "utf-8", "utf-8", repaired)
    return _tidied(text, "utf-8", "utf-8")


def _is_nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if error.end == len(data) and error.reason == "unexpected end of data":
        return whole > 0  # a page cut off inside a character
    if whole >= broken and declared_encoding(data) == "utf-8":
        return True
    return whole >= GOOD_PER_BROKEN * broken


def _escaped_encoding(data: bytes, transport: str | None) -> Decoded | None:
    """Return the text of an ASCII input in an encoding that works by escapes, where it declares or clearly is one."""
    if not any(opener in data for opener in (b"\x1b", b"+", b"~{")):  # single bytes are found much faster
        return None
    for name, how in _declared(data, transport):
        if name in _ESCAPED and _ESCAPED[name] in data:
            return _decoded(data, name, how)
    if _JAPANESE_ESCAPE_RE.search(data):
        return _decoded(data, "iso-2022-jp", "detected")
    return None


def _declared(data: bytes, transport: str | None) -> Iterator[tuple[str, How]]:
    """Yield the encodings that a page is said to be in, that which its transport names first."""
    if transport:
        yield transport, "transport"
    declared = declared_encoding(data)
    if declared:
        yield declared, "declared"


def _decode_legacy(data: bytes, transport: str | None) -> Decoded:
    for name, how in _declared(data, transport):
        if name != "utf-8" and _fits(data, text := _to_text(data, name), name):
            return _tidied(text, name, how)
    from newsclean.page.decode.charset import detect_codec  # late: most pages are in UTF-8

    detected = detect_codec(data)
    found = canonical_name(detected) if detected else None
    return _decoded(data, found, "detected") if found else _decoded(data, "windows-1252", "fallback")


def _fits(data: bytes, text: str, name: str) -> bool:
    """Return whether the text can be what was written: few undecodable bytes, and Western where that is declared."""
    high = len(data) - len(data.translate(None, _HIGH))
    if text.count("\ufffd") > max(1, high * MAX_UNDECODABLE):
        return False
    if name != "windows-1252":
        return True
    undefined = sum(text.count(sign) for sign in "\x81\x8d\x8f\x90\x9d")
    in_runs = sum(map(len, _HIGH_RUN_RE.findall(data)))
    return undefined <= max(1, high * MAX_UNDECODABLE) and in_runs <= max(8, high * MAX_LETTER_RUNS)


def unpack(data: bytes, limit: int) -> bytes:
    """Return what is inside gzip (one or several members) or zlib data; any other data as it is.

    Raises InputError for more than `limit` bytes, and for gzip data that is broken or cut off: part of a page is not
    passed off as the whole.
    """
    if data.startswith(b"\x1f\x8b\x08"):
        return _inflate(data, limit)
    if len(data) > 2 and data[0] == 0x78 and (data[0] * 256 + data[1]) % 31 == 0:
        try:
            return _inflate(data, limit, wbits=zlib.MAX_WBITS)
        except _NotCompressedError:
            return data  # text that begins with x^
    return data


class _NotCompressedError(InputError):
    """The data only looks compressed."""


def _inflate(data: bytes, limit: int, wbits: int = zlib.MAX_WBITS | 16) -> bytes:
    out = bytearray()
    place = 0
    while place < len(data):
        place = _inflate_member(data, place, wbits, limit, out)
        if wbits == zlib.MAX_WBITS:
            break
        while data[place : place + 1] == b"\x00":  # padding between members
            place += 1
        if data[place : place + 2] != b"\x1f\x8b":
            break
    return bytes(out)


def _inflate_member(data: bytes, place: int, wbits: int, limit: int, out: bytearray) -> int:
    """Append one member's content to `out` and return where the next begins."""
    stream = zlib.decompressobj(wbits)
    view = memoryview(data)
    step = FIRST_STEP
    while place < len(data) and not stream.eof:
        piece = view[place : place + step]
        try:
            got = stream.decompress(piece, limit - len(out) + 1)
        except zlib.error as error:
            raise _NotCompressedError("broken gzip data", remedy="is the download complete?") from error
        out += got
        if len(out) > limit:
            raise InputError(f"unpacks to more than {limit:,} bytes", remedy="unpack it yourself if it is not a bomb")
        place += len(piece) - len(stream.unused_data)
        step = min(step * 4, LAST_STEP)
    if not stream.eof:
        raise _NotCompressedError("gzip data that is cut off", remedy="is the download complete?")
    return place
