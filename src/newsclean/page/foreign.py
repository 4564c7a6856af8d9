"""First bytes of a file → what it is where that is no page, and what its owner can do. By content, never by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

MAX_CONTROLS = 0.02
"""Share of control characters in text; compressed data has 0.1."""

OFFICE_WINDOW = 2_000
"""Bytes of a ZIP archive in which the names of an office document's parts begin."""

NULL_WINDOW = 64
"""Bytes in which programs and old films have a null; a text that begins with the same letters has none."""

_CONTROLS = bytes(range(0x09)) + bytes(range(0x0E, 0x1A))
"""What no text has. Escape is missing here: Japanese e-mail is written with it."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file is instead of a page."""

    name: str
    """With its article: "a PDF", "binary data"."""
    remedy: str


PACKINGS = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
"""How data begins that is packed, by what packs it."""

PAGE = "save the page itself, as HTML or as one file"
PANDOC = "turn it into HTML first, with pandoc for instance"
OFFICE = "save it as HTML in the program that made it"
UNPACK = "unpack it, and give the pages inside"

_SIGNATURES = (
    (0, rb"\x89PNG", "a PNG picture", PAGE),
    (0, rb"\xff\xd8\xff", "a JPEG picture", PAGE),
    (0, rb"GIF8[79]a", "a GIF picture", PAGE),
    (0, rb"II\*\x00|MM\x00\*", "a TIFF picture", PAGE),
    (0, rb"\x00\x00[\x01\x02]\x00", "an icon", PAGE),
    (0, rb"RIFF....WEBP", "a WebP picture", PAGE),
    (4, rb"ftyp(?:avif|avis|heic|heix|mif1)", "an AVIF or HEIF picture", PAGE),
    (0, rb"RIFF....WAVE", "a sound recording (WAV)", PAGE),
    (0, rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xf1\xf9][\x10-\xff]", "a sound recording (MP3 or AAC)", PAGE),
    (0, rb"OggS|fLaC", "a sound recording (Ogg or FLAC)", PAGE),
    (0, rb"RIFF....AVI |FLV\x01|\x1a\x45\xdf\xa3|\x00\x00\x01\xba", "a film", PAGE),
    (4, rb"ftyp", "a film or sound recording (MP4)", PAGE),
    (0, rb"%PDF-", "a PDF", "try pdftotext, and give the text"),
    (0, rb"%!PS", "a PostScript document", "try ps2ascii, and give the text"),
    (0, rb"\{\\rtf", "an RTF document", PANDOC),
    (0, rb"\xd0\xcf\x11\xe0", "a document of an old office program, or a mail of Outlook", OFFICE),
    (30, rb"mimetypeapplication/vnd\.oasis\.opendocument", "an OpenDocument file", PANDOC),
    (0, rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, rb"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (0, rb"\x04\x22\x4d\x18|LZIP\x01|\x1f\x9d[\x80-\x90]", "packed with LZ4, lzip or compress", UNPACK),
    (0, rb"PK(?:\x05\x06|\x07\x08)", "an empty ZIP archive, or part of one", UNPACK),
    (0, rb"bplist00", "a property list", PAGE),
    (0, rb"MSCF\x00\x00\x00\x00|ITSF\x03\x00", "a cabinet or help file (CHM)", UNPACK),
    (0, rb"wOF[F2]|OTTO|\x00\x01\x00\x00\x00|true\x00|ttcf\x00", "a font", PAGE),
    (0, rb"\x7fELF|\x00asm|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe", "a program", PAGE),
    (0, rb" ?CDX [A-Za-z] [A-Za-z] ", "an index of a crawl (CDX)", "give the WARC files that it names"),
    (
        0,
        rb"!meta |[\w-]{1,63}(?:,[\w-]{1,63}){1,9}\)/\S{0,4000} \d{14} ",
        "an index of a crawl (CDXJ)",
        "give the WARC files that it names",
    ),
    (0, rb"SQLite format 3\x00", "an SQLite database", "save the pages that it names"),
    (
        0,
        rb"version https://git-lfs\.github\.com/spec/",
        "a pointer of Git LFS, not the file itself",
        "run git lfs pull",
    ),
)
"""Where a file says what it is, and how."""

_OLD_RE = re.compile(rb"MZ|[FCZ]WS[\x01-\x40]|BM")  # programs, Flash films and bitmaps, told from text by their nulls
_OFFICE_RE = re.compile(
    rb"\[Content_Types\]\.xml|(?:word|xl|ppt)/[a-zA-Z_]{1,20}"
)  # names in a ZIP: "word/document.xml"


@cache
def _signatures() -> tuple[tuple[int, re.Pattern[bytes], Foreign], ...]:
    """Return the table with its patterns compiled, which pages that begin like pages need not wait for."""
    return tuple((at, re.compile(mark, re.S), Foreign(name, remedy)) for at, mark, name, remedy in _SIGNATURES)


DICTIONARY = b"\x5d\x2a\x4d\x18"
"""How a Zstandard dictionary begins that stands before what is packed with it, as in crawls (.warc.zst)."""


def packing(head: bytes) -> str | None:
    """Return how data is packed that begins so: "gzip", "bzip2", "xz", "zstd"; None where it is not."""
    if head.startswith(DICTIONARY):
        return "zstd"
    return next((name for name, mark in PACKINGS.items() if head.startswith(mark)), None)


def signed_kind(head: bytes) -> Foreign | None:
    """Return what a file says of itself in its first bytes, None where it may be a page or a container of some."""
    if head[:1] == b"<":
        return None
    if head.startswith(b"PK\x03\x04"):
        if head[6:7] and head[6] & 1:
            return Foreign("an encrypted archive", "unpack it with its password")
        if _OFFICE_RE.search(head, 30, OFFICE_WINDOW):
            return Foreign("a document of an office program (docx, xlsx, pptx)", PANDOC)
    for at, mark, foreign in _signatures():
        if mark.match(head, at):
            return foreign
    if _OLD_RE.match(head) and b"\x00" in head[:NULL_WINDOW]:
        return Foreign("a program, a Flash film or a bitmap", PAGE)
    return None


def is_binary(head: bytes) -> bool:
    """Return whether bytes are no text in any encoding of single bytes or UTF-8."""
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) * MAX_CONTROLS
