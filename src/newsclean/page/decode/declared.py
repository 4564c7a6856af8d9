"""Labels of encodings → their canonical names; and the charset that a page declares in its markup. Decodes no page."""

from __future__ import annotations

import codecs
import re

from webencodings.labels import LABELS

DECLARATION_WINDOW = 65_536
"""Bytes in which a declared charset is looked for; pages put 20 kB of script before it (browsers stop at 1,024)."""

MAX_META_TAG = 1_024
"""Bytes of a <meta> tag that are read; an unclosed tag must not cost the whole window each time."""

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

CODECS = {
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

_NOT_FOR_PAGES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})

_LABEL_RE = re.compile(r"[a-z0-9][a-z0-9_.:+-]{1,39}\Z")  # "utf-8", "x-sjis", "ISO_8859-1:1987" in lower case
_OPENER_RE = re.compile(rb"<(!--|script\b|style\b|meta[\s/])", re.I)  # "<meta charset=", "<!--", "<script>"
_XML_RE = re.compile(rb"""\s{0,64}<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.I)
# <?xml version="1.0" encoding="windows-1251"?>
_ATTRIBUTE_RE = re.compile(
    rb"""([a-z-]{1,40})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s>"']*)""", re.I
)  # content='text/html'
_CHARSET_RE = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I)  # charset="gb2312


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
    if label in CODECS:
        return label
    found = LABELS.get(label)
    return None if found == "replacement" else found


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
