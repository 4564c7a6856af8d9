"""img element → the copy of its picture that was saved with the page: a `data:` address, or a path beside the page.

Addresses only: nothing is decoded past the head of a picture, and no file is looked at.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA_URI_CHARS = 1_000
"""Characters from which an inline `data:` source is a picture rather than a placeholder, and its alt text content."""

HEAD_CHARS = 1_200
"""Characters of Base64 that hold the size of a picture; that of a JPEG stands behind its tables."""

BLURRED_PIXELS = 40
"""Longer side, in pixels, up to which a picture in the page itself is a blurred copy for a loader to replace; loaders
make them 10 to 32 pixels wide."""

PLACEHOLDER_PIXELS = 1
"""Shorter side, in pixels, of a picture that holds a place or stretches a box."""

_PICTURE_DATA_RE = re.compile(r"\s*data:image/(?:jpe?g|pjpeg|png|webp|avif|gif|bmp)\s*;", re.I)  # "data:image/png;"
_BASE64_RE = re.compile(
    r"\s*data:(image/[a-z]{3,5})\s*(?:;[^;,]{0,40})?;\s*base64\s*,", re.I
)  # "data:image/png;base64,"
_JPEG_FRAME_RE = re.compile(rb"\xff[\xc0-\xc2]\x00[\x0b\x11\x14]\x08(..)(..)", re.S)  # the sides of 8-bit pixels
_GAP_RE = re.compile(r"\s+")  # the line breaks of wrapped Base64
_PAYLOAD_RE = re.compile(r"[A-Za-z0-9+/]+={0,2}")  # "iVBORw0KGgo="
_NOT_BESIDE_RE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\?#]|$)", re.I)  # "https:", "/a.jpg", "//cdn/a.jpg", "#top"


def is_data_picture(address: str) -> bool:
    """Return whether an address is a `data:` one of a picture in pixels: SVG may hold scripts."""
    return _PICTURE_DATA_RE.match(address) is not None


def data_picture(address: str) -> str | None:
    """Return a picture's `data:` address in its plain form, without white space and escapes, or None if it is none."""
    head = _BASE64_RE.match(address)
    if head is None or not is_data_picture(address):
        return None
    payload = address[head.end() :]
    payload = _GAP_RE.sub("", unquote(payload) if "%" in payload else payload)
    return f"data:{head[1].lower()};base64,{payload}" if _PAYLOAD_RE.fullmatch(payload) else None


def saved_copy(sources: Iterable[str | None], *, alone: bool) -> str | None:
    """Return the first of an image's sources that was saved with the page, or None.

    `alone` tells that the image has no other source: then a small `data:` picture is one too, unless it is a pixel.
    """
    for source in sources:
        if not source:
            continue
        if not _NOT_BESIDE_RE.match(source):
            return source.strip()
        if source.lstrip()[:5].lower() == "data:" and (len(source) >= DATA_URI_CHARS or alone):
            found = data_picture(source)
            if found and not alone and is_blurred(found):
                continue
            if found and (len(found) >= DATA_URI_CHARS or not _is_pixel(found)):
                return found
    return None


def is_blurred(address: str) -> bool:
    """Return whether a `data:` picture is so small that it holds the place of another one."""
    picture = data_picture(address)
    sides = _sides(picture) if picture else None
    return sides is not None and max(sides) <= BLURRED_PIXELS


def _is_pixel(picture: str) -> bool:
    """Return whether a small picture is a line or a dot."""
    sides = _sides(picture)
    return sides is not None and min(sides) <= PLACEHOLDER_PIXELS


def _sides(picture: str) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG in plain Base64, or None where its head does not say."""
    payload = picture[picture.index(",") + 1 :][:HEAD_CHARS]
    head = b64decode(payload[: len(payload) // 4 * 4])
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"GIF8") and len(head) >= 10:
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    frame = _JPEG_FRAME_RE.search(head) if head.startswith(b"\xff\xd8") else None
    return (int.from_bytes(frame[2], "big"), int.from_bytes(frame[1], "big")) if frame else None
