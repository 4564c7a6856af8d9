"""Bytes of a saved page → text, which encoding won and why. Of HTML it knows only where a charset is declared."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Literal

from webencodings.labels import LABELS

from newsclean.charset import detect_codec
from newsclean.errors import DecodeError

How = Literal["text", "given", "bom", "null bytes", "utf-8", "declared", "detected", "fallback"]

DECLARATION_WINDOW = 65_536
"""Bytes in which a declared charset is looked for; pages put 20 kB of script before it (browsers stop at 1,024)."""

MAX_META_TAG = 1_024
"""Bytes of a <meta> tag that are read; an unclosed tag must not cost the whole window each time."""

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

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_LABELS = {
    "cp932": "shift_jis",
    "cp936": "gbk",
    "cp949": "euc-kr",
    "cp950": "big5",
    "gb2312-80": "gbk",
    "hz": "hz-gb-2312",
    "ks_c_5601": "euc-kr",
    "ksc5601-1987": "euc-kr",
    "uhc": "euc-kr",
    "unicode-1-1-utf-7": "utf-7",
    "big5hkscs": "big5",
    "big5-eten": "big5",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "cp65001": "utf-8",
    "mac-cyrillic": "x-mac-cyrillic",
    "mac-roman": "macintosh",
    "cp874": "windows-874",
    "win-1251": "windows-1251",
    "win1251": "windows-1251",
}
"""Labels met on pages and in Python that the WHATWG table does not have."""

_CODECS = {
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-kr": "iso2022_kr",
    "hz-gb-2312": "hz",
    "utf-7": "utf_7",
    "utf-32le": "utf_32_le",
    "utf-32be": "utf_32_be",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
    "x-user-defined": "cp1252",
}
"""Python's codec where it goes by another name, or where the standard says to decode with the larger relative."""

_ESCAPED = {"iso-2022-jp": b"\x1b", "iso-2022-kr": b"\x1b", "hz-gb-2312": b"~{", "utf-7": b"+"}
"""Encodings whose pages are pure ASCII, so that being valid UTF-8 proves nothing, and the byte that opens an escape."""

_WIDER = {"iso-8859-2": "cp1250", "iso-8859-13": "cp1257"}
"""What a page is really in when it declares an ISO encoding and has letters where that has control characters."""

_NOT_FOR_PAGES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})

_HIGH = bytes(range(0x80, 0x100))
_LABEL_RE = re.compile(r"[a-z0-9][a-z0-9_.:+-]{1,39}\Z")  # "utf-8", "x-sjis", "ISO_8859-1:1987" in lower case
_OPENER_RE = re.compile(rb"<(!--|script\b|style\b|meta[\s/])", re.I)  # "<meta charset=", "<!--", "<script>"
_XML_RE = re.compile(rb"""\s{0,64}<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.I)
# <?xml version="1.0" encoding="windows-1251"?>
_ATTRIBUTE_RE = re.compile(
    rb"""([a-z-]{1,40})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s>"']*)""", re.I
)  # content='text/html'
_CHARSET_RE = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I)  # charset="gb2312
_C1_UTF8_RE = re.compile(rb"\xc2[\x80-\x9f]")  # U+0080 to U+009F in UTF-8
_C1_RE = re.compile("[\x80-\x9f]")
_C1_LETTER_RE = re.compile("[\x8a\x8c-\x8f\x9a\x9c-\x9f]")  # Š Ś Ť Ž Ź in windows-1250
_HIGH_RUN_RE = re.compile(rb"[\xa1-\xff]{4,}")  # "привет" in windows-1251
_JAPANESE_ESCAPE_RE = re.compile(rb"\x1b\$[@B][!-~]{2}")  # ESC $ B: two-byte JIS follows

_C1_TO_TEXT = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of an input and how it was read."""

    text: str = field(repr=False)
    """Without byte order mark, null characters, surrogates and C1 control characters."""
    encoding: str
    """Lower-case WHATWG name ("utf-8", "windows-1252", "shift_jis"), or Python's for encodings the standard lacks."""
    how: How
    """"text": the input was text already; "null bytes": UTF-16 or UTF-32 without a mark."""


def decode(data: bytes | str, encoding: str | None = None) -> Decoded:
    """Return the text of a page and the encoding it is in; fails on an unknown `encoding`, never on the bytes.

    In this order: the `encoding` asked for; a byte order mark; UTF-16 and UTF-32 by their null bytes; UTF-8 where the
    whole input is valid or nearly so, whatever is declared; the declared charset unless it fails badly; detection over
    the whole input; windows-1252. Bytes that do not fit become U+FFFD. Raises DecodeError for an unknown `encoding`.
    """
    if isinstance(data, str):
        return Decoded(_tidy(data), "utf-8", "text")
    if encoding is not None:
        return _decode_given(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, "bom")
    wide = _wide_encoding(data)
    if wide:
        return _decoded(data, wide, "null bytes")
    return _decode_utf8(data) or _decode_legacy(data)


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


def canonical_name(label: str) -> str | None:
    """Return the canonical name for an encoding's label, or None if there is no such encoding for pages.

    WHATWG labels first ("latin-1" is windows-1252, "gb2312" is gbk), then Python's codecs.
    """
    label = label.strip().lower()
    if not _LABEL_RE.match(label):
        return None
    known = _whatwg_name(label) or _whatwg_name(label.replace("_", "-"))
    if known:
        return known
    try:
        name = codecs.lookup(label).name
        "".encode(name)  # refuses bytes-to-bytes codecs such as zip and hex
    except LookupError:
        return None
    except UnicodeError:
        return None
    if name in _NOT_FOR_PAGES:
        return None
    return _whatwg_name(name) or _whatwg_name(name.replace("_", "-")) or name.replace("_", "-")


def _whatwg_name(label: str) -> str | None:
    label = _LABELS.get(label, label)
    if label in _CODECS:
        return label
    found = LABELS.get(label)
    return None if found == "replacement" else found


def _decoded(data: bytes, name: str, how: How) -> Decoded:
    return Decoded(_tidy(_to_text(data, name)), name, how)


def _to_text(data: bytes, name: str) -> str:
    text = data.decode(_CODECS.get(name, name), "replace" if name != "windows-1252" else "c1")
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


def _tidy(text: str) -> str:
    """Return the text without mark, nulls and surrogates; C1 controls become the windows-1252 signs they stand for."""
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = text.encode("utf-16-le", "surrogatepass")  # pairs become the characters that they encode
        text = data.decode("utf-16-le", "replace")
        data = text.encode("utf-8")
    return text.translate(_C1_TO_TEXT) if _C1_UTF8_RE.search(data) else text


def _wide_encoding(data: bytes) -> str | None:
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


def _decode_utf8(data: bytes) -> Decoded | None:
    """Return the text if the input is UTF-8, perhaps with a few broken bytes; None if it is in a legacy encoding."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_nearly_utf8(data, error):
            return None
        text = data.decode("utf-8", "replace")
    else:
        escaped = _escaped_encoding(data) if text.isascii() else None
        if escaped:
            return escaped
        if not _C1_UTF8_RE.search(data) and "\x00" not in text:
            return Decoded(text, "utf-8", "utf-8")
    return Decoded(_tidy(text), "utf-8", "utf-8")


def _is_nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if error.end == len(data) and error.reason == "unexpected end of data":
        return whole > 0  # a page cut off inside a character
    if whole >= broken and declared_encoding(data) == "utf-8":
        return True
    return whole >= GOOD_PER_BROKEN * broken


def _escaped_encoding(data: bytes) -> Decoded | None:
    """Return the text of an ASCII input in an encoding that works by escapes, where it declares or clearly is one."""
    if not any(opener in data for opener in (b"\x1b", b"~{", b"+")):
        return None
    declared = declared_encoding(data)
    if declared in _ESCAPED and _ESCAPED[declared] in data:
        return _decoded(data, declared, "declared")
    if _JAPANESE_ESCAPE_RE.search(data):
        return _decoded(data, "iso-2022-jp", "detected")
    return None


def _decode_legacy(data: bytes) -> Decoded:
    declared = declared_encoding(data)
    if declared and declared != "utf-8":
        text = _to_text(data, declared)
        if _fits(data, text, declared):
            return Decoded(_tidy(text), declared, "declared")
    detected = detect_codec(data)
    name = canonical_name(detected) if detected else None
    return _decoded(data, name, "detected") if name else _decoded(data, "windows-1252", "fallback")


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


def declared_encoding(data: bytes) -> str | None:
    """Return the canonical name of the charset that a page declares in its first 64 KB, or None.

    XML declaration, `<meta charset>` and http-equiv in any order and quoting, outside of comments and scripts. Declared
    UTF-16 is ignored: the declaration could not have been read.
    """
    head = data[:DECLARATION_WINDOW]
    xml = _XML_RE.match(head)
    if xml:
        name = _declarable(xml[1])
        if name:
            return name
    place = 0
    while opener := _OPENER_RE.search(head, place):
        kind = opener[1].lower()
        if kind.startswith(b"meta"):
            place = opener.end()
            label = _charset_of_meta(head[place : place + MAX_META_TAG])
            name = _declarable(label) if label else None
            if name:
                return name
            continue
        closer = b"-->" if kind == b"!--" else b"</" + kind
        place = _find_ignoring_case(head, closer, opener.end())
        if place < 0:
            return None
    return None


def _find_ignoring_case(head: bytes, closer: bytes, place: int) -> int:
    found = re.compile(re.escape(closer), re.I).search(head, place)
    return found.end() if found else -1


def _charset_of_meta(tag: bytes) -> bytes | None:
    """Return the charset label in the attributes of a <meta> tag (the bytes after "<meta"), or None."""
    attributes: dict[bytes, bytes] = {}
    end = 0
    while attribute := _ATTRIBUTE_RE.search(tag, end):
        if b">" in tag[end : attribute.start()]:
            break
        attributes.setdefault(attribute[1].lower(), attribute[2].strip(b"\"' \t\r\n"))
        end = attribute.end()
    if attributes.get(b"charset"):
        return attributes[b"charset"]
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    found = _CHARSET_RE.search(tag.split(b">", 1)[0])
    return found[1] if found else None


def _declarable(label: bytes) -> str | None:
    name = canonical_name(label.decode("ascii", "replace"))
    if name and (name.startswith(("utf-16", "utf-32"))):
        return None
    return "windows-1252" if name == "x-user-defined" else name
