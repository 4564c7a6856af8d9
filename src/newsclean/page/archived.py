"""Address of a copy (web archive, cache, translation) → the address of the original, and when it was copied."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

MAX_WRAPPINGS = 4
"""Copies inside copies: an archived page of a cache of a translation."""
ARCHIVE_TODAY = frozenset(f"archive.{ending}" for ending in "today is ph fo li vn md".split())

# "https://web.archive.org/web/20130307194348id_/http://example.org/", "/web/2013/http://…" without the day
_WAYBACK_RE = re.compile(r"(?:https?:)?//(?:web|wayback)\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(\S{1,4000})", re.I)
# "https://archive.ph/2024.06.18-093015/https://example.org/", "https://archive.is/20240618093015/…", "…/o/a1B2c/https://…"
_TODAY_RE = re.compile(
    r"/(?:o/\w{1,20}/|(?P<day>\d{4}\.?\d\d\.?\d\d)-?(?P<time>\d{4,6})?/|newest/|timegate/)(?P<url>\S{1,4000})"
)
_TODAY_LINK_RE = re.compile(r"https?://archive\.\w{2,5}/o/", re.I)  # how archive.today writes the links of its copies
_TODAY_SHORT_RE = re.compile(r"https?://archive\.(?:today|is|ph|fo|li|vn|md)/\w{1,10}/?", re.I)
_ADDRESS_RE = re.compile(r"(https?|ftp):/{1,2}(?=[^/\s])", re.I)  # "http://", "https:/" after a proxy has tidied it
_AMP_RE = re.compile(r"/(?:[cvi]/)?(s/)?([\w.-]+\.[a-z]{2,}(?:[/?].*)?)", re.I)  # "/c/s/example.org/a"
_CACHE_RE = re.compile(r"cache:(?:[\w-]{1,40}:)?(\S+)")  # "cache:aBcD1234:https://example.org/a+bridge"
# "/web/20130307194348im_/http://example.org/a.jpg", also behind the host of the page that it stood in
_REWRITTEN_RE = re.compile(
    r"(?:(?:https?:)?//(?P<host>[^/\s]{1,253}))?/web/\d{4,14}(?P<use>[a-z]{2}_)?/(?P<url>https?:/{1,2}[^/\s]\S*)", re.I
)


def original_address(url: str | None) -> tuple[str | None, str | None]:
    """Return the address that a copy was made of, and when (ISO 8601, UTC); any other address as it is."""
    taken = None
    for _ in range(MAX_WRAPPINGS):
        inner, when = _unwrapped(url or "")
        if inner is None:
            break
        url, taken = inner, when or taken
    return url, taken


def is_short(url: str) -> bool:
    """Return whether an address of archive.today does not say what it is a copy of: "https://archive.ph/aB1cD"."""
    return _TODAY_SHORT_RE.fullmatch(url) is not None


def restored(address: str) -> str:
    """Return an address that a web archive rewrote as it was; a link to the archive on purpose stays."""
    match = _REWRITTEN_RE.fullmatch(address)
    if match and (match["use"] or (match["host"] or "").lower() != "web.archive.org"):
        return _spelled(match["url"]) or address
    return (original_address(address)[0] or address) if _TODAY_LINK_RE.match(address) else address


Unwrapped = tuple[str | None, str | None]


def _unwrapped(url: str) -> Unwrapped:
    archived = _WAYBACK_RE.match(url)
    if archived:
        return _spelled(archived[2]), _time(archived[1])
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None, None
    for is_copy, read in _READERS:
        if is_copy(host):
            return read(parts)
    return None, None


def _archive_today(parts: SplitResult) -> Unwrapped:
    match = _TODAY_RE.fullmatch(parts.path + (f"?{parts.query}" if parts.query else ""))
    if match is None:
        return None, None
    return _spelled(match["url"]), _time((match["day"] or "").replace(".", "") + (match["time"] or ""))


def _google_cache(parts: SplitResult) -> Unwrapped:
    asked = _CACHE_RE.match(dict(parse_qsl(parts.query.replace("+", "%20"))).get("q", ""))
    return (_spelled(asked[1]) or _spelled(f"http://{asked[1]}") if asked else None), None


def _translated(parts: SplitResult) -> Unwrapped:
    """Read an address of the translating proxy: "my--site-example-org.translate.goog/a?_x_tr_sl=de"."""
    name = (parts.hostname or "").removesuffix(".translate.goog")
    host = ".".join(part.replace("\0", "-") for part in name.replace("--", "\0").split("-"))
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("_x_tr")]
    )
    return urlunsplit((parts.scheme, host, parts.path, query, parts.fragment)), None


def _asked_to_translate(parts: SplitResult) -> Unwrapped:
    return _spelled(dict(parse_qsl(parts.query)).get("u", "")), None


def _amp_page(parts: SplitResult) -> Unwrapped:
    """Read an address such as "www.google.com/amp/s/example.org/a"."""
    path = parts.path.removeprefix("/amp")
    return _amp(parts._replace(path=path)) if path != parts.path or parts.path.startswith("/c/") else (None, None)


def _amp(parts: SplitResult) -> Unwrapped:
    match = _AMP_RE.fullmatch(parts.path + (f"?{parts.query}" if parts.query else ""))
    return (f"http{'s' if match[1] else ''}://{unquote(match[2])}" if match else None), None


_READERS: tuple[tuple[Callable[[str], bool], Callable[[SplitResult], Unwrapped]], ...] = (
    (ARCHIVE_TODAY.__contains__, _archive_today),
    ("webcache.googleusercontent.com".__eq__, _google_cache),
    (lambda host: host.endswith(".translate.goog"), _translated),
    ("translate.google.com".__eq__, _asked_to_translate),
    (lambda host: host.endswith((".cdn.ampproject.org", ".bing-amp.com")), _amp),
    (lambda host: host == "bing-amp.com" or host.startswith("google."), _amp_page),
)


def _spelled(url: str) -> str | None:
    """Return an absolute address with the slashes that proxies take out of it; None for what is none."""
    match = _ADDRESS_RE.match(url)
    return f"{match[1].lower()}://{url[match.end() :]}" if match else None


def _time(digits: str) -> str | None:
    """Return ISO 8601 for "20130307194348", or for the day alone; None for a year or a month."""
    for pattern, size in (("%Y%m%d%H%M%S", 14), ("%Y%m%d%H%M", 12), ("%Y%m%d", 8)):
        if len(digits) >= size:
            try:
                moment = datetime.strptime(digits[:size], pattern)
            except ValueError:
                return None
            return (
                moment.date().isoformat()
                if size == len("20130307")
                else moment.replace(tzinfo=timezone.utc).isoformat()
            )
    return None
