"""A tree's e-mail addresses that a content delivery network hides from robots → the addresses.

Cloudflare writes each as hexadecimal digits, of which the first byte is XORed with the others, and puts "[email
protected]" in its place; a script of its own brings it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_LINK_RE = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]{4,2000})$", re.I)  # "/cdn-cgi/l/email-protection#4c3f29"
_CODE_RE = re.compile(r"(?:[0-9a-f]{2}){2,1000}", re.I)  # "4c3f29"


def reveal_emails(root: Element, data: bytes) -> None:
    """Put hidden addresses where they belong, as text and as links; what cannot be read stays as it is."""
    if b"/cdn-cgi/l/email-protection" not in data:
        return
    for element in root.iter("a", "span"):
        link = _LINK_RE.search(element.get("href") or "")
        address = revealed(link[1]) if link else None
        if address:
            element.set("href", f"mailto:{address}")
        address = revealed(element.get("data-cfemail") or "")
        if address and "@" in address:
            del element[:]
            element.text = address
            if element.tag == "a":
                element.set("href", f"mailto:{address}")


def revealed(code: str) -> str | None:
    """Return what is written as hexadecimal digits ("4c3f2c" → "s`"), or None where that is no text."""
    if not _CODE_RE.fullmatch(code):
        return None
    key, *hidden = bytes.fromhex(code)
    try:
        text = bytes(key ^ byte for byte in hidden).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
