"""First bytes of a file, unpacked → which format of containers it is of: the table of formats, and what reads each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from newsclean.page.foreign import signed_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from newsclean.page.containers.member import Member

_FIELD = rb"[A-Za-z][\w-]{0,60}:[^\r\n]{0,9000}\r?\n(?:[ \t][^\r\n]{0,9000}\r?\n){0,999}"
_HEADERS_RE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}(?:(?:" + _FIELD + rb"){2,200}?\r?\n|(?:" + _FIELD + rb"){200})")
# "From: a@b.example", "Subject: Bridge" … up to the empty line
_MULTIPART_RE = re.compile(
    rb"^Content-Type:\s{0,9}multipart/(?:related|alternative|mixed)[^:]{0,2000}boundary=", re.I | re.M
)
_SAVED_RE = re.compile(
    rb"^(?:Snapshot-Content-Location:|X-MimeOLE:|From:\s{0,9}<?\"?Saved by |Content-Type:\s{0,9}multipart/related)",
    re.I | re.M,
)
# "From: <Saved by Blink>"
_SINGLE_RE = re.compile(rb"^From:\s{0,9}<?\"?Saved by ", re.I | re.M)  # a page without pictures needs no parts
_SENT_RE = re.compile(rb"^(From|To|Date|Subject|Message-ID|Received):", re.I | re.M)
_FROM_LINE_RE = re.compile(
    rb"From [^\r\n]{0,999}\d{4}[^\r\n]{0,99}\r?\n"
)  # "From ann@pier.example Tue Jun 18 19:20:00 2024"
_FEED_RE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<[?!][^>]{0,4000}>\s{0,99}){0,20}<(?:rss|feed|atom:feed)[\s>]"
)  # "<rss version="
_RSS_1 = b"purl.org/rss/1.0/"
_JSON_TEXT_RE = re.compile(rb"\"content_(?:html|text)\"\s{0,9}:")  # where "version" comes behind the items
_HAR_RE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}\{\s{0,99}\"log\"\s{0,9}:\s{0,9}\{")  # '{"log": {'
_VIEW_SOURCE_RE = re.compile(rb"line-gutter-backdrop|<body[^<>]{0,200}\bid=\"viewsource\"", re.I)
_MAIL_RE = re.compile(rb"^(?:Message-ID|Received|Return-Path|Delivered-To|MIME-Version):", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of containers."""

    name: str
    """As messages call it: "single-file save (MHTML)"."""
    module: str
    reader: str
    looks: Callable[[bytes], bool]
    """Whether the first bytes of a file, unpacked, are of it."""
    several: bool = True
    """Whether it may hold several pages."""
    streams: bool = False
    """Whether it is read from front to back, so that it may be of any size."""
    seeks: bool = False
    """Whether it is read where its list says, so that it may be of any size too."""
    is_loose: bool = False
    """Whether such files are found beside pages too and hold none as a rule: a folder's are left out."""

    @property
    def is_of_any_size(self) -> bool:
        """Return whether it need not be read into memory as a whole."""
        return self.streams or self.seeks

    def read(self, file: BinaryIO, pictures: bool) -> Iterator[Member]:
        """Return the members of a file of this format."""
        read = getattr(import_module(f"newsclean.page.containers.{self.module}"), self.reader)
        members: Iterator[Member] = read(file, pictures)
        return members


def _is_mhtml(head: bytes) -> bool:
    block = _header_block(head)
    if not block or b"\nReceived:" in block:
        return False
    return bool(_SINGLE_RE.search(block) or (_MULTIPART_RE.search(block) and _SAVED_RE.search(block)))


def _is_mail(head: bytes) -> bool:
    block = _header_block(head)
    return bool(block and _MAIL_RE.search(block) and len(set(map(bytes.lower, _SENT_RE.findall(block)))) >= 2)


def _is_mbox(head: bytes) -> bool:
    return bool(_FROM_LINE_RE.match(head)) and _is_mail(head.partition(b"\n")[2])


def _header_block(head: bytes) -> bytes | None:
    found = _HEADERS_RE.match(head)
    return found[0] if found else None


def _is_webarchive(head: bytes) -> bool:
    if head.startswith(b"bplist00"):
        return b"WebMainResource" in head or b"WebResource" in head
    return b"<plist" in head[:1_000] and b"<key>Web" in head


def _is_warc(head: bytes) -> bool:
    return head.startswith((b"WARC/0.", b"WARC/1.", b"filedesc://"))


def _is_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and signed_kind(head) is None


def _unpacks_itself(head: bytes) -> bool:
    return b"<html data-sfz" in head[:1_000]


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _is_feed(head: bytes) -> bool:
    return bool(_FEED_RE.match(head)) or (head.lstrip()[:1] == b"<" and b"<rdf:RDF" in head[:2_000] and _RSS_1 in head)


def _is_json_feed(head: bytes) -> bool:
    if head.lstrip()[:1] != b"{":
        return False
    return b"jsonfeed.org/version/" in head[:4_096] or (
        b'"items"' in head[:4_096] and _JSON_TEXT_RE.search(head) is not None
    )


def _is_har(head: bytes) -> bool:
    return bool(_HAR_RE.match(head))


def _is_enex(head: bytes) -> bool:
    return b"<en-export" in head[:1_000]


def _is_view_source(head: bytes) -> bool:
    return bool(_VIEW_SOURCE_RE.search(head, 0, 4_096))


CRAWL = Kind("crawl (WARC)", "warc", "read_warc", _is_warc, streams=True)

KINDS = (
    Kind("single-file save (MHTML)", "mhtml", "read_mhtml", _is_mhtml, several=False),
    Kind("web archive", "webarchive", "read_webarchive", _is_webarchive, several=False),
    CRAWL,
    Kind("mail", "mail", "read_mail", _is_mail, several=False),
    Kind("mailbox", "mail", "read_mbox", _is_mbox, streams=True),
    Kind("page that unpacks itself (SingleFile)", "archive", "read_zip", _unpacks_itself, several=False),
    Kind("ZIP archive", "archive", "read_zip", _is_zip, seeks=True, is_loose=True),
    Kind("tar archive", "tar", "read_tar", _is_tar, streams=True, is_loose=True),
    Kind("feed", "feed", "read_feed", _is_feed, is_loose=True),
    Kind("JSON feed", "feed", "read_json_feed", _is_json_feed, is_loose=True),
    Kind("HAR", "har", "read_har", _is_har),
    Kind("export of notes", "enex", "read_enex", _is_enex),
    Kind("view of a source", "viewsource", "read_view_source", _is_view_source, several=False),
)
"""In the order in which they are asked."""

PACKED = Kind("packed file", "packed", "read_packed", lambda _: False, is_loose=True)
