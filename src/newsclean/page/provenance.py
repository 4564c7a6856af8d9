"""Text of a saved page → where and when it was saved and by which tool, from the marks that saving tools leave.

Reads comments, meta tags and first lines only; what the page says about itself (canonical link, byline) is metadata's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import urlsplit

from newsclean.page.archived import ARCHIVE_TODAY, original_address
from newsclean.page.sniff import input_kind
from newsclean.patterns import later

HEAD_WINDOW = 65_536
"""Characters at the start in which marks are looked for."""

TAIL_WINDOW = 8_192
"""Characters at the end that are looked at too: the Wayback Machine signs off there."""

TEXT_LINES = 12
"""First lines of a plain text in which "URL: …" is provenance and not prose."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a page was saved from. None for what the page does not tell."""

    url: str | None = None
    """Absolute http, https or file URL, without the address of an archive or a cache around it."""
    saved_at: str | None = None
    """ISO 8601 to the second with offset, or as precise as the mark is. For an archived page: when it was archived."""
    tool: str | None = None
    """"browser" (the "saved from" mark of Internet Explorer and Chrome), "SingleFile", "Save Page WE", "monolith",
    "WebScrapBook", "HTTrack", "Wayback Machine", "archive.today", "Google cache", or "text" for a line of a plain-text
    dump."""


_URL = r"(?:https?|file)://[^\s<>\"]{1,4000}"

_COMMENT_RE = later(r"<!--\s{0,9}(?:page saved with singlefile|(?:saved|mirrored) from)\s", re.I)
# how the comments that follow begin; many pages have none, and need not be searched for each
_WEB_MARK_RE = later(rf"<!--\s{{0,9}}saved from url=\(\d{{4,5}}\)\s{{0,9}}({_URL})", re.I)
# <!-- saved from url=(0024)https://example.org/news -->
_SINGLEFILE_RE = later(
    rf"<!--\s{{0,9}}Page saved with SingleFile\s{{1,9}}url:\s{{0,9}}({_URL})"
    r"(?:\s{1,9}saved date:\s{0,9}([^\n\r]{1,99}))?",
    re.I,
)
# <!-- Page saved with SingleFile \n url: https://example.org/ \n saved date: Fri Jul 04 2025 10:20:30 GMT+0200 (CEST)
_MONOLITH_RE = later(rf"<!-- Saved from ({_URL}) at ([\dTZ:+-]{{10,30}}) using monolith")
# <!-- Saved from https://example.org/ at 2025-07-04T08:20:30Z using monolith v2.8.1 -->
_SCRAPBOOK_RE = later(rf"<html\s[^<>]{{0,999}}?data-scrapbook-source=\"({_URL})\"[^<>]{{0,999}}>", re.I)
# <html data-scrapbook-source="https://example.org/" data-scrapbook-create="20250704082030123">
_SCRAPBOOK_TIME_RE = later(r"data-scrapbook-create=\"(\d{14})")
_HTTRACK_RE = later(r"<!--\s{0,9}Mirrored from ([^\s<>\"]{1,4000}) by HTTrack([^<>]{0,200})-->", re.I)
# <!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 04 Jul 2025 08:20:30 GMT -->
_HTTRACK_TIME_RE = later(r"(\d\d \w{3} \d{4} \d\d:\d\d:\d\d) GMT")
_SAVEPAGE_RE = later(
    r"name\s?=\s?[\"']?savepage-(?:url|date)[\"']?\s[^<>]{0,40}?content\s?=\s?(?:\"([^\"<>]{1,4000})\"|'([^'<>]{1,4000})')",
    re.I,
)
# <meta name="savepage-url" content="https://example.org/">
_ARCHIVED_ON = "FILE ARCHIVED ON "
_ARCHIVED_ON_RE = later(rf"{_ARCHIVED_ON}(\d\d:\d\d:\d\d \w{{3}} \d\d, \d{{4}}) AND RETRIEVED FROM")
# FILE ARCHIVED ON 19:43:48 Mar 07, 2013 AND RETRIEVED FROM THE
_WOMBAT_RE = later(rf"__wm\.wombat\(\"({_URL})\",\s{{0,9}}\"(\d{{14}})\"")
# __wm.wombat("http://example.org/","20130307194348","https://web.archive.org/"
_CANONICAL_RE = later(r"<(?:link|meta)\s[^<>]{0,300}?\b(?:canonical|og:url)\b[^<>]{0,4000}>", re.I)
# <link rel="canonical" href="…">
_ARCHIVE = "web.archive.org/web/"
_WAYBACK_RE = later(rf"(?:https?:)?//web\.archive\.org/web/(\d{{14}})(?:[a-z]{{2}}_)?/({_URL})", re.I)
# https://web.archive.org/web/20130307194348/http://example.org/
_TODAY_RE = later(r"<meta\s[^<>]{0,200}\bcontent=[\"']?archive\.(?:today|is|ph|fo|li|vn|md)\b", re.I)
# <meta property="og:site_name" content="archive.is"/>
_LINKED_RE = later(
    r"<link\s[^<>]{0,200}?\b(?:bookmark|canonical)\b[^<>]{0,40}\bhref=[\"'](https?://archive\.[^\"'<>\s]{1,4000})", re.I
)
# <link rel="bookmark" href="http://archive.today/20240618093015/https://example.org/a"/>
_TODAY_URL_RE = later(rf"<input\s[^<>]{{0,400}}\bname=[\"']?q\b[^<>]{{0,400}}\bvalue=[\"']({_URL})", re.I)
_TODAY_TIME_RE = later(r"<time\s[^<>]{0,200}\bdatetime=[\"']([\dT:Z+-]{10,30})", re.I)
_CACHE_MARK = "Google's cache of "
_CACHE_NOTE_RE = later(
    rf"{_CACHE_MARK}<a\s[^<>]{{0,200}}\bhref=[\"']({_URL})[\"'][^<>]{{0,200}}>.{{0,4000}}? appeared on "
    r"(\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d) GMT",
    re.S,
)
# This is Google's cache of <a href="https://example.org/">…</a>. It is a snapshot … as it appeared on 4 Jul 2024 …
_TEXT_URL_RE = later(
    rf"(?:source |original |page )?(?:url|source|link|address|retrieved from|saved from)\s?:\s{{0,9}}<?({_URL})>?", re.I
)
# "URL: https://example.org/news"
TEXT_TIME_RE = later(
    r"(?:saved|retrieved|accessed|captured|fetched|archived)(?: at| on| date)?\s?:\s{0,9}"
    r"(\d{4}-\d\d-\d\d[\dT:+Z. -]{0,24})",
    re.I,
)
# "Saved: 2025-07-04 10:20"
_JS_DATE_RE = later(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
# Fri Jul 04 2025 10:20:30 GMT+0200


def read_provenance(text: str) -> Provenance:
    """Return what the marks of saving tools tell about a page (HTML or plain text); empty where there are none."""
    head = text[:HEAD_WINDOW]
    commented = _COMMENT_RE.search(head)
    for reader in READERS:
        found = reader(text, head) if commented or reader not in COMMENT_READERS else None
        if found:
            return _without_archive(found)
    return Provenance()


def _singlefile(_text: str, head: str) -> Provenance | None:
    mark = _SINGLEFILE_RE.search(head)
    return Provenance(mark[1], _js_date(mark[2] or ""), "SingleFile") if mark else None


def _savepage(text: str, _head: str) -> Provenance | None:
    """Read the meta tags of Save Page WE, which follow all the style sheets that it puts into the head."""
    url = _savepage_value(text, "savepage-url")
    return Provenance(url, _js_date(_savepage_value(text, "savepage-date") or ""), "Save Page WE") if url else None


def _savepage_value(text: str, name: str) -> str | None:
    place = text.find(name)
    tag = _SAVEPAGE_RE.search(text, max(0, place - 10), place + 4_200) if place >= 0 else None
    return (tag[1] or tag[2]).replace("&amp;", "&") if tag else None


def _monolith(_text: str, head: str) -> Provenance | None:
    mark = _MONOLITH_RE.search(head)
    return Provenance(mark[1], _iso_date(mark[2]), "monolith") if mark else None


def _scrapbook(_text: str, head: str) -> Provenance | None:
    tag = _SCRAPBOOK_RE.search(head)
    if not tag:
        return None
    time = _SCRAPBOOK_TIME_RE.search(tag[0])
    return Provenance(tag[1].replace("&amp;", "&"), _parse(time[1], "%Y%m%d%H%M%S") if time else None, "WebScrapBook")


def _web_mark(_text: str, head: str) -> Provenance | None:
    mark = _WEB_MARK_RE.search(head)
    return Provenance(mark[1], None, "browser") if mark else None


def _wayback(text: str, head: str) -> Provenance | None:
    """Read the Wayback Machine's own lines; links to it in the text of a page prove nothing."""
    wombat = _WOMBAT_RE.search(head)
    if wombat:
        return Provenance(wombat[1], _parse(wombat[2], "%Y%m%d%H%M%S"), "Wayback Machine")
    for tag in _CANONICAL_RE.finditer(head) if _ARCHIVE in head else ():
        rewritten = _WAYBACK_RE.search(tag[0])
        if rewritten:
            return Provenance(rewritten[2], _parse(rewritten[1], "%Y%m%d%H%M%S"), "Wayback Machine")
    if _ARCHIVED_ON not in head and _ARCHIVED_ON not in text[-TAIL_WINDOW:]:
        return None
    note = _ARCHIVED_ON_RE.search(text, max(0, len(text) - TAIL_WINDOW)) or _ARCHIVED_ON_RE.search(head)
    return Provenance(None, _parse(note[1], "%H:%M:%S %b %d, %Y"), "Wayback Machine") if note else None


def _archive_today(_text: str, head: str) -> Provenance | None:
    """Read what archive.today writes into the head and the bar of its copies."""
    if not _TODAY_RE.search(head):
        return None
    for address in _LINKED_RE.findall(head):
        url, taken = original_address(address)
        if url != address and urlsplit(address).hostname in ARCHIVE_TODAY:
            return Provenance(url, taken, "archive.today")
    asked = _TODAY_URL_RE.search(head)
    time = _TODAY_TIME_RE.search(head)
    return Provenance(asked[1], _iso_date(time[1]), "archive.today") if asked and time else None


def _google_cache(_text: str, head: str) -> Provenance | None:
    note = _CACHE_NOTE_RE.search(head) if _CACHE_MARK in head else None
    return Provenance(note[1], _parse(note[2], "%d %b %Y %H:%M:%S"), "Google cache") if note else None


def _httrack(_text: str, head: str) -> Provenance | None:
    """Read HTTrack's comment. It leaves out the scheme; http leads to https where that is meant, not the reverse."""
    mark = _HTTRACK_RE.search(head)
    if not mark:
        return None
    time = _HTTRACK_TIME_RE.search(mark[2])
    url = mark[1] if "://" in mark[1] else f"http://{mark[1]}"
    return Provenance(url, _parse(time[1], "%d %b %Y %H:%M:%S") if time else None, "HTTrack")


def _text_lines(text: str, head: str) -> Provenance | None:
    lines = [line.strip() for line in head.lstrip().split("\n", TEXT_LINES)[:TEXT_LINES]]
    url = next((found[1] for line in lines if (found := _TEXT_URL_RE.fullmatch(line))), None)
    if not url or input_kind(text) != "text":
        return None
    time = next((found[1] for line in lines if (found := TEXT_TIME_RE.fullmatch(line))), None)
    return Provenance(url, _iso_date(time) if time else None, "text")


READERS = (
    _singlefile,
    _savepage,
    _monolith,
    _scrapbook,
    _wayback,
    _archive_today,
    _google_cache,
    _web_mark,
    _httrack,
    _text_lines,
)
"""In order of trust: an archive's note wins over the browser that saved the archived page."""

COMMENT_READERS = (_singlefile, _monolith, _web_mark, _httrack)
"""Those of the READERS that read a comment."""


def _without_archive(found: Provenance) -> Provenance:
    """Return the provenance with the original URL and its time where the URL saved is one of an archive or a cache."""
    url, taken = original_address(found.url)
    return found if url == found.url else Provenance(url, taken or found.saved_at, found.tool)


def _js_date(text: str) -> str | None:
    date = _JS_DATE_RE.search(text)
    return _parse(f"{date[1]} {date[2]}", "%b %d %Y %H:%M:%S %z") if date else _iso_date(text.strip())


def _iso_date(text: str) -> str | None:
    try:
        date = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace(".000", ""))
    except ValueError:
        return None
    return text.strip() if len(text.strip()) == len("2025-07-04") else date.isoformat(timespec="seconds")


def _parse(text: str, pattern: str) -> str | None:
    """Return ISO 8601 for a time written in a pattern with English month names; UTC where it has no offset."""
    try:
        date = datetime.strptime(text, pattern)
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).isoformat(timespec="seconds")
