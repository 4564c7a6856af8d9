"""Addresses of pictures that show nothing: those that count readers, and those that hold the place of another one."""

from __future__ import annotations

import re

_BEACON_RE = re.compile(
    r"spacer\.(?:gif|png)|blank\.(?:gif|png)|transparent\.(?:gif|png)|pixel\.(?:gif|png)|1x1\.|/pixel[/?.]|/beacon"
    r"|doubleclick\.net|scorecardresearch|quantserve|google-analytics|googletagmanager|facebook\.com/tr\b"
    r"|pixel\.wp\.com|vgwort\.de|/pagead/|feedburner\.com/~r|amazon-adsystem|assoc-amazon",
    re.I,
)  # "https://b.scorecardresearch.com/p?c1=2"
_PLACEHOLDER_RE = re.compile(
    r"(?:placeholder|lazy[-_]?load|loading|ajax-loader)[\w-]*\.(?:gif|png|svg|jpg)"
    r"|/(?:spin(?:ner)?|blank|transparent|spacer|dummy|1x1)[\d_x-]*\.(?:gif|png|svg|jpg)|/gr[ae]y[\d_x-]*\.(?:gif|png|svg|jpg)",
    re.I,
)  # "lazyload-small.gif", "/grey_16x9.png"
_BEACONS = tuple(
    "spacer. blank. transparent. pixel 1x1. /beacon doubleclick scorecard quantserve google facebook.com/tr vgwort"
    " /pagead/ feedburner amazon".split()
)
"""What all of these hold, in lower case: found far sooner than by the pattern, which is asked after them."""
_PLACEHOLDERS = tuple("placeholder lazy loading loader /spin blank transp spacer /dummy 1x1 /gr".split())
"""The same for placeholders."""


def is_beacon(address: str) -> bool:
    """Return whether an address is that of a picture that counts readers, or of an ad."""
    lower = address.lower()
    return any(name in lower for name in _BEACONS) and _BEACON_RE.search(address) is not None


def holds_place(address: str) -> bool:
    """Return whether an address is that of a picture that stands where a loader will put another one."""
    lower = address.lower()
    return any(name in lower for name in _PLACEHOLDERS) and _PLACEHOLDER_RE.search(address) is not None
