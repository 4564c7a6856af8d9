"""Bytes of XML → its root, as whole as can be: of feeds and books, which are written by templates and have faults."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

_Element = etree._Element

_FAULT_RE = re.compile(rb"<[^<>]{0,8000}>|&(?:(lt|gt|amp|quot|apos);|(\w{2,32});|#)?")  # "<a href='?a&b'>", "&nbsp;"
_AMPERSAND_RE = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos|#\w{1,9});)")  # "&" in "?a=1&b=2"
_CHARACTERS = {b"lt": b"<", b"gt": b">", b"amp": b"&", b"quot": b'"', b"apos": b"'"}


def parse_xml(data: bytes) -> _Element | None:
    """Return the root of a document, of one with faults what can be read; None where nothing can."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    root = _parsed(data, recover=False)
    return _parsed(_mended(data), recover=True) if root is None else root


def _parsed(data: bytes, *, recover: bool) -> _Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=recover, huge_tree=True, load_dtd=False)
    try:
        root: _Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _mended(data: bytes) -> bytes:
    """Return a document whose text libxml2 keeps: behind a fault it drops every entity, "&lt;" too, but no CDATA."""
    parts: list[bytes] = []
    place = 0
    while (start := data.find(b"<![CDATA[", place)) >= 0:
        end = data.find(b"]]>", start)
        end = end + 3 if end >= 0 else len(data)
        parts += [_FAULT_RE.sub(_kept, data[place:start]), data[start:end]]
        place = end
    return b"".join([*parts, _FAULT_RE.sub(_kept, data[place:])])


def _kept(match: re.Match[bytes]) -> bytes:
    whole = match[0]
    if whole.startswith(b"<"):
        return _AMPERSAND_RE.sub(b"&amp;", whole)
    if whole == b"&#":
        return whole
    if match[1]:
        return b"<![CDATA[%s]]>" % _CHARACTERS[match[1]]
    known = html5.get(f"{match[2].decode('utf-8', 'replace')};") if match[2] else None
    if known:
        return "".join(f"&#{ord(character)};" for character in known).encode()
    return b"<![CDATA[&]]>" + whole[1:]
