"""Link and image addresses → addresses that are safe to put into an output, or None.

What is not known to be harmless has no address: "javascript:", "file:" and every other scheme; of "data:", only
pictures in pixels, which build/ hands on where they were asked for.
"""

from __future__ import annotations

import re

_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_IMAGE_SCHEMES = frozenset({"http", "https"})

# What browsers drop from an address before they read its scheme: "java\nscript:", "\x01javascript:".
_DROPPED_RE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
# The scheme of an absolute address: "https:".
_SCHEME_RE = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# Characters that no address may hold as they are, in any of the outputs: " ", "<", '"', "\\", "`", "|", "$".
_UNSAFE_RE = re.compile('[\\s<>"\\\\`|{}^$\ud800-\udfff]')


# A picture inside the page, which holds nothing but pixels: "data:image/png;base64,iVBORw0KGgo=".
_PICTURE_RE = re.compile(r"data:image/(?:jpe?g|pjpeg|png|webp|avif|gif|bmp);base64,[A-Za-z0-9+/]+={0,2}")


def link_address(href: str) -> str | None:
    """Return `href` percent-encoded where needed, or None where it is empty or of a scheme that is not allowed."""
    return _address(href, _LINK_SCHEMES)


def image_address(src: str) -> str | None:
    """Return `src` percent-encoded where needed, or None where it is empty or its scheme is not http(s).

    A picture's `data:` address is returned as it is.
    """
    if _PICTURE_RE.fullmatch(src):
        return src
    return _address(src, _IMAGE_SCHEMES)


def _address(address: str, schemes: frozenset[str]) -> str | None:
    address = _DROPPED_RE.sub("", address).strip()
    scheme = _SCHEME_RE.match(address)
    if not address or (scheme and scheme[1].lower() not in schemes):
        return None
    return _UNSAFE_RE.sub(_percent_encode, address)


def _percent_encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
