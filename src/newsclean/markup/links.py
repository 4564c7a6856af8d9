"""`href` and `src` values → addresses that are safe to write out: absolute where a base is known, None if useless."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from newsclean.page.archived import restored

if TYPE_CHECKING:
    from newsclean.page.html import Page

SCHEMES = frozenset(("http", "https", "ftp", "ftps", "mailto", "tel", "sms", "geo", "magnet", "xmpp"))
"""Schemes that lead somewhere from a document; `javascript:`, `data:`, `file:`, `blob:` and unknown ones do not."""

_SCHEME_RE = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")  # "https:", "mailto:"
_PLAIN_RE = re.compile(r"https?://[^\s\x00-\x1f\x7f]+")  # "https://example.org/a": nothing to do
_CONTROL_RE = re.compile(r"[\x00-\x1f\x7f]+")  # a newline inside "java\nscript:"
_SPACE_RE = re.compile(r"\s+")  # "my photo.jpg"

_REDIRECTOR_RE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url|l[m]?\.facebook\.com/l\.php|[\w-]+\.safelinks\.protection\.outlook\.com/)"
    r"\?(?:[^#]*&)?(?:q|u|url)=(https?(?::|%3A)[^&#]+)",
    re.I,
)  # "https://www.google.com/url?q=https://example.org/&sa=D"


def _unwrapped(href: str) -> str:
    """Return where a link of a program that counts clicks leads: Google Docs, Outlook, Facebook."""
    found = _REDIRECTOR_RE.match(href)
    return unquote(found[1]) if found else href


class Links:
    """What a page's relative links mean."""

    __slots__ = ("_base", "_here")

    def __init__(self, page: Page) -> None:
        self._base = page.base_url
        addresses = (page.url, page.canonical_url)
        self._here = {address.partition("#")[0] for address in addresses if address}

    def absolute(self, href: str) -> str | None:
        """Return the absolute address, the relative one where no base is known, or None if it leads nowhere."""
        if "/web/" in href or "/o/" in href:
            href = restored(href)
        if "url" in href or "l.php" in href:
            href = _unwrapped(href)
        if _PLAIN_RE.fullmatch(href):
            return href
        href = _CONTROL_RE.sub("", href).strip()
        scheme = _SCHEME_RE.match(href)
        if scheme is not None:
            if scheme[1].lower() not in SCHEMES:
                return None
        elif self._base and href:
            with suppress(ValueError):  # "http://[": brackets that are no IPv6 address
                href = urljoin(self._base, href)
            scheme = _SCHEME_RE.match(href)
            if scheme is not None and scheme[1].lower() not in SCHEMES:
                return None
        return _SPACE_RE.sub("%20", href) or None

    def fragment(self, href: str) -> str | None:
        """Return the fragment ("" included) of a link that stays on this page, else None."""
        href = href.strip()
        address, mark, fragment = href.partition("#")
        if not mark:
            return None
        if not address or address in self._here or any(here.endswith(f"/{address}") for here in self._here):
            return fragment
        return None
