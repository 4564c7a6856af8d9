"""Text and addresses of the document model → what is safe in any output: no control characters, terminal escapes or
lone surrogates, no scheme that is not known to be harmless. Escaping for a format does not belong here."""

from __future__ import annotations

import re
from functools import lru_cache

from newsclean.words import printable

# What would be a tag, comment or address in angle brackets in Markdown: "<script", "</td", "<!--".
_ANGLE_RE = re.compile(r"<(?=[A-Za-z/!?])")
# White space that browsers show as one space or none: " \n\t ". The no-break space is not among it.
_SPACE_RE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


MAX_KNOWN = 4_000
"""Characters of a text past which it is not remembered how it is tidied: several outputs ask for each."""


def collapse(text: str) -> str:
    """Return `text` printable and with each run of white space as one space, also at its ends."""
    return _collapsed(text) if len(text) <= MAX_KNOWN else _collapse(text)


def _collapse(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text  # none of what is looked for below is printable but the space
    return printable(_SPACE_RE.sub(" ", text))


_collapsed = lru_cache(maxsize=2_048)(_collapse)


def one_line(text: str) -> str:
    """Return `text` printable, on one line, without white space at its ends."""
    text = collapse(text)
    return (_SPACE_RE.sub(" ", text) if "  " in text else text).strip()


def verbatim(text: str) -> str:
    """Return preformatted `text` printable, with its spaces, tabs and lines as they are."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def formula(latex: str) -> str:
    """Return LaTeX printable, without blank lines, and as no HTML or link: readers without formulas see `$[a](b)$`.

    The spaces behind a less-than sign and a bracket mean nothing to LaTeX.
    """
    lines = (line.strip() for line in verbatim(latex).split("\n"))
    return _ANGLE_RE.sub("< ", "\n".join(line for line in lines if line)).replace("](", "] (")


MAX_ADDRESS = 20_000
"""Characters of an address; servers refuse more than 8,000, and 40 million took 20 seconds to encode."""

_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_IMAGE_SCHEMES = frozenset({"http", "https"})

# What browsers drop from an address before they read its scheme: "java\nscript:", "\x01javascript:".
_DROPPED_RE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
# The scheme of an absolute address: "https:".
_SCHEME_RE = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# A relative address that could be taken for one with a scheme (RFC 3986, 4.2): "%6aavascript:", "Страница:1".
_COLON_RE = re.compile(r"[^:/?#]*:")
# Characters that no address may hold as they are, in any of the outputs: " ", "<", '"', "\\", "`", "|", "$".
_UNSAFE_RE = re.compile('[\\s<>"\\\\`|{}^$\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


# An address that may stay as it is, as most do: "https://example.org/a?b=1".
_PLAIN_RE = re.compile(r"https?://[!#%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")

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
    if len(address) > MAX_ADDRESS:
        return None
    if _PLAIN_RE.fullmatch(address):
        return address
    address = _DROPPED_RE.sub("", address).strip()
    scheme = _SCHEME_RE.match(address)
    if not address or (scheme and scheme[1].lower() not in schemes):
        return None
    dot = "" if scheme or not _COLON_RE.match(address) else "./"
    return dot + _UNSAFE_RE.sub(_percent_encode, address)


def _percent_encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
