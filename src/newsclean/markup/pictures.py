"""img and picture elements → Image: the real source of lazy images, no pixels or icons, and the copy that was saved
with the page. Addresses only: nothing is decoded past the head of a picture, and no file is looked at."""

from __future__ import annotations

import re
from base64 import b64decode
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.document import Image
from newsclean.lexicon.furniture import PICTURES
from newsclean.markup.beacons import holds_place, is_beacon
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from newsclean.markup.links import Links

    Element = etree._Element

ICON_PIXELS = 40
"""Largest side, in CSS pixels, of what is an icon or avatar rather than a picture."""

LIKELY_WIDTHS = (200.0, 10_000.0)
"""Pixels between which a srcset's largest width is that of a picture: below it is a blur, above it a mistake."""

LIKELY_DENSITIES = (1.0, 8.0)
"""The same for pixels a CSS pixel; at the lower one a candidate is no larger than src."""

SMALL_WIDTH = 480
"""Pixels below which the picture in src is a thumbnail for browsers of old; articles set theirs from 600 or so."""

MAX_COUNTER = 40
"""Characters of the longest text that says which picture of a gallery is shown."""

MAX_SOURCES = 12
"""Alternative files of one picture that are looked at."""

LAZY_SOURCES = (
    *("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-orig-file"),
    *("data-full-src", "data-hi-res-src", "data-image", "data-url", "data-img-src", "data-pin-media"),
)
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")

_COUNTER_RE = re.compile(
    rf"\W{{0,3}}(?:(?:{'|'.join(PICTURES)})\s?)?\d{{1,3}}\s?"
    r"(?:/|\||of|von|de|di|sur|из|із|з|z|av|af|van|iz|od|fra|na|dari|trên|จาก|από|من|از|में)\s?\d{1,3}\s?[枚张張장]?\W{0,3}",
    re.I,
)  # "3 / 14", "Photo 3 of 14", "1/5枚"
_PROXY_RE = re.compile(
    r"^(?:i\d\.wp\.com/|[^?]{0,200}/https?:/{1,2})"
)  # "i2.wp.com/a.example/b.jpg", "/w=300/https://a…"
_ICON_RE = re.compile(
    r"(?:^|[\s_-])(?:avatar|gravatar|icon|favicon|pixel|spacer|emoji|emoticon|smiley|wp-smiley)(?:$|[\s_-])", re.I
)  # "author-avatar"
_EMOJI_RE = re.compile(r"(?:^|[\s_-])(?:emoji|twemoji|emoticon|smiley|wp-smiley)(?:$|[\s_-])", re.I)  # "wp-smiley"
_SIZE_RE = re.compile(r"\s*(\d{1,6})(?:\.\d*)?(?:px)?\s*$")  # "640", "16px"
_STYLE_SIZE_RE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,6})px")  # "width: 1px"
_NAMED_SIZE_RE = re.compile(r"-(\d{2,5})x\d{2,5}\.\w{3,4}(?:$|\?)")  # "photo-300x200.jpg"
_QUERY_SIZE_RE = re.compile(r"[?&](?:w|width)=(\d{1,5})(?:&|$)", re.I)  # "?w=20&blur=10"
_BLURRED_NAME_RE = re.compile(r"[?&,/]e?_?blur[=:\d]|[-_.](?:lqip|blur(?:red)?|tiny|preload)[-_.]", re.I)  # "&blur=10"
_SIZED_NAME_RE = re.compile(
    r"(?:-\d{2,5}x\d{2,5}|@\dx|-scaled|[-_]thumb(?:nail)?)(?=\.\w{3,4}$)", re.I
)  # "-300x200.jpg"
_NAMED_WIDTH_RE = re.compile(r"[-_/](\d{3,4})\.\w{3,4}$")  # "wall-1600.jpg"
_GAPS_RE = re.compile(r"[-_./]+")  # "-_"
_SIZES_RE = re.compile(
    r"(?:^|(?<=[-_./]))(?:(?:\d{2,4}x\d{2,4}|\d{3,4}|\d{2}(?=px|w))(?:px|w)?|[wh]_\d+|small|medium|large|mobile|mob|desktop|desk|phone|tablet|pc|m|mo|thumbs?"
    r"|thumbnail|sm|md|lg|xl|full|original|hd|preview|lqip|blur(?:red)?|placeholder|tiny)(?=[-_./]|$)",
    re.I,
)  # "wall-1600.jpg", "/thumbs/wall.jpg", "wall_mobile.jpg"
_SIZE_KEYS = frozenset(
    "w h width height q quality size fit crop dpr blur auto format fm resize ssl strip s ixlib itok v".split()
)
"""Parts of a query that choose a form of a picture rather than a picture."""
_CANDIDATE_RE = re.compile(r"\s*(?:,\s*)?(\S*[^\s,])(?:\s+(\d{1,7}(?:\.\d{1,4})?)([wx])(?:\s+\d+h)?)?\s*(?:,|$)")
_PICTURE_ADDRESS_RE = re.compile(
    r"\s*(?:https?:)?//[^\s,]{3,2000}\.(?:jpe?g|png|webp|avif|gif)(?:\?[^\s,]{0,2000})?\s*$", re.I
)  # "https://example.org/photo.jpg?w=640"
_PICTURE_FILE_RE = re.compile(r"/[^/:]{1,200}\.(?:jpe?g|png|webp|avif|gif)$", re.I)  # "/photo.jpg"
_EXTENSION_RE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|svg)\b", re.I)  # "photo.jpg"

# what was saved with the page
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
_BROUGHT = ("cid:", "file:")  # what a single-file save and a mail call the pictures that they bring along


def image(element: Element, links: Links, options: Options) -> Image | None:
    """Return the image of an img element, or None for one that shows nothing of the article."""
    if is_decoration(element):
        return None
    source = image_source(element, links)
    if source is not None and is_beacon(source):
        return None
    if options.keep_data_uris or options.saved_pictures:
        saved = saved_copy(_sources(element), alone=source is None)
    else:
        saved = _only_beside(element, source, links)
    if saved and options.keep_data_uris and is_data_picture(saved):
        source = saved
    if source is None and saved is None:
        return None
    alt = " ".join((element.get("alt") or "").split())
    title = " ".join((element.get("title") or "").split())
    title_shown = title if title and title != alt else None
    is_shown = options.saved_pictures or not (saved and is_data_picture(saved))
    return Image(source or "", alt, title_shown, saved=saved if is_shown else None)


def _only_beside(element: Element, source: str | None, links: Links) -> str | None:
    """Return the path of the copy that is all there is of an image: what is made of it as an address leads nowhere."""
    found = next((one.strip() for one in _sources(element) if one and not _NOT_BESIDE_RE.match(one)), None)
    return found if found and source == links.absolute(found) else None


def is_shown(element: Element, links: Links) -> bool:
    """Return whether an img has a picture of the article to show, be it only the copy that was saved with the page."""
    return image(element, links, Options(saved_pictures=True)) is not None


def is_decoration(element: Element) -> bool:
    """Return whether an img is a tracking pixel, spacer, icon or avatar by its size or class."""
    if _ICON_RE.search(element.get("class") or "") or _is_blurred_copy(element) or _is_tool(element):
        return True
    sizes = [size for size in (_size(element.get("width")), _size(element.get("height"))) if size is not None]
    sizes.extend(int(found) for found in _STYLE_SIZE_RE.findall(element.get("style") or ""))
    if not sizes:
        return False
    return min(sizes) <= 1 or (len(sizes) > 1 and max(sizes) <= ICON_PIXELS)


_TOOLS = frozenset(
    """print print-friendly email e-mail pdf rss drucken imprimer imprimir stampa afdrukken drukuj tisk печать друк
    yazdır tulosta skriv 打印 印刷 列印 인쇄""".split()
)
"""What the picture of a button over an article says."""


def _is_tool(element: Element) -> bool:
    """Return whether a picture is the button of a page: a link to its printed form, to send it."""
    around = element.getparent()
    return around is not None and around.tag == "a" and (element.get("alt") or "").strip().lower() in _TOOLS


def _is_blurred_copy(element: Element) -> bool:
    """Return whether a picture has no text and is blurred by its address: it holds the place of the real one."""
    is_silent = element.get("aria-hidden") == "true" or not (element.get("alt") or "").strip()
    source = element.get("src") or ""
    is_alone = not any(element.get(name) for name in (*LAZY_SETS, *LAZY_SOURCES)) and not _picture_sources(element)
    return is_silent and is_alone and _BLURRED_NAME_RE.search(source) is not None


def emoji_text(element: Element) -> str | None:
    """Return the character that an emoji image stands for."""
    alt = (element.get("alt") or "").strip()
    return alt if alt and len(alt) <= 16 and _EMOJI_RE.search(element.get("class") or "") else None


def inline_data_alt(element: Element) -> str | None:
    """Return the alt text of a picture whose data is in the page itself, which no link can carry."""
    source = element.get("src") or ""
    if not is_data_picture(source) or len(source) < DATA_URI_CHARS or is_decoration(element) or is_blurred(source):
        return None
    return " ".join((element.get("alt") or "").split()) or None


def _size(value: str | None) -> int | None:
    match = _SIZE_RE.match(value or "")
    return int(match[1]) if match else None


def image_source(element: Element, links: Links) -> str | None:
    """Return the address of the picture that an img will show: lazy attributes, src, srcset, picture sources."""
    for candidate in (*_lazy_sources(element), _larger_than_src(element), *_sources(element)):
        if candidate and not _has_no_address(candidate):
            source = links.absolute(candidate)
            if source and not holds_place(source):
                return source
    return None


def _has_no_address(candidate: str) -> bool:
    """Return whether a source is none that a link can lead to."""
    return candidate.lstrip()[:5].lower().startswith(("data:", "about", "blob:"))


def _lazy_sources(element: Element) -> list[str | None]:
    lazy = [element.get(name) for name in LAZY_SOURCES]
    return [value if value and _is_address(value) else None for value in lazy]


def _sources(element: Element) -> list[str | None]:
    found = [*_lazy_sources(element), element.get("src")]
    found.extend(_largest(element.get(name)) for name in LAZY_SETS)
    for source in _picture_sources(element):
        found += [_largest(source.get("srcset")), _largest(source.get("data-srcset"))]
    found.extend(_unnamed_sources(element))
    return found


def _unnamed_sources(element: Element) -> list[str]:
    """Return what any other data attribute holds that is the whole address of a picture: loaders invent their own."""
    named = ((str(name), str(value)) for name, value in element.items())
    return [value for name, value in named if name.startswith("data-") and _PICTURE_ADDRESS_RE.match(value)]


def _picture_sources(element: Element) -> list[Element]:
    """Return the source elements of the picture around an img; libxml2 nests them, not knowing that they are empty."""
    around = element.getparent()
    for _ in range(MAX_SOURCES):
        if around is None or around.tag not in ("source", "picture"):
            break
        if around.tag == "picture":
            return list(islice(around.iter("source"), MAX_SOURCES))
        around = around.getparent()
    return []


def _is_address(value: str) -> bool:
    return " " not in value.strip() and ("/" in value or bool(_EXTENSION_RE.search(value)))


def _largest(candidates: str | None) -> str | None:
    """Return the largest candidate of a srcset: "a.jpg 320w, b.jpg 640w" → "b.jpg"."""
    best: tuple[float, str | None] = (-1.0, None)
    for match in _CANDIDATE_RE.finditer(candidates or ""):
        size = float(match[2]) if match[2] else 1.0
        if size > best[0]:
            best = (size, match[1])
    return best[1]


def _larger_than_src(element: Element) -> str | None:
    """Return the largest candidate of an img's sets where src says that it is a thumbnail."""
    source = (element.get("src") or "").strip()
    sets = [element.get(name) for name in LAZY_SETS]
    alternatives = ",".join(filter(None, (inner.get("srcset") for inner in _picture_sources(element))))
    for candidates in (*sets, alternatives):
        sized = _sized(candidates)
        likely = [(size, address) for size, unit, address in sized if _is_likely(size, unit)]
        if likely and _is_small(source, sized):
            return max(likely, key=lambda candidate: candidate[0])[1]
    return None


def is_picture(address: str) -> bool:
    """Return whether an address is that of a picture by its name."""
    return _PICTURE_FILE_RE.search(address.partition("?")[0]) is not None


def picture_name(address: str, *, loose: bool = False) -> str:
    """Return what two addresses of one picture share whatever its size; `loose` without words and numbers for sizes,
    which other pictures may share as well: "wall-1600.jpg", "wall-600.jpg"."""
    path, _, query = address.partition("#")[0].partition("?")
    parts = [part for part in query.split("&") if part and part.partition("=")[0].lower() not in _SIZE_KEYS]
    path = _SIZED_NAME_RE.sub("", _PROXY_RE.sub("", path.partition("//")[2] or path))
    if loose:
        path = _GAPS_RE.sub("-", _SIZES_RE.sub("", path))
    return "?".join((path, *sorted(parts)))


def picture_width(address: str) -> int:
    """Return the width that an address names, 0 where it names none."""
    names = (_QUERY_SIZE_RE, _NAMED_SIZE_RE, _NAMED_WIDTH_RE)
    found = next((match for name in names if (match := name.search(address))), None)
    return int(found[1]) if found else 0


def _is_small(source: str, sized: list[tuple[float, str, str]]) -> bool:
    """Return whether a source is small by what its set says of it, or else by its name."""
    named = _NAMED_SIZE_RE.search(source) or _QUERY_SIZE_RE.search(source)
    if _BLURRED_NAME_RE.search(source):
        return True
    widths = [size for size, unit, address in sized if unit == "w" and address == source]
    widths += [float(named[1])] if named else []
    return bool(widths) and widths[0] < SMALL_WIDTH


def _is_likely(size: float, unit: str) -> bool:
    low, high = LIKELY_WIDTHS if unit == "w" else LIKELY_DENSITIES
    return low < size <= high


def _sized(candidates: str | None) -> list[tuple[float, str, str]]:
    """Return size, unit and address of the candidates that a link can carry; [] where the set cannot be read whole."""
    found: list[tuple[float, str, str]] = []
    at, text = 0, (candidates or "").strip()
    while at < len(text):
        match = _CANDIDATE_RE.match(text, at)
        if match is None:
            return []
        if match[2] and not _has_no_address(match[1]) and not is_beacon(match[1]):
            found.append((float(match[2]), match[3], match[1]))
        at = match.end()
    return found


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
        if not _NOT_BESIDE_RE.match(source) or source.startswith(_BROUGHT):
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


def counts_pictures(text: str) -> bool:
    """Return whether a text but says which picture of a gallery is shown, or also what a click on it does."""
    text = text.partition(" - ")[0] if len(text) <= 2 * MAX_COUNTER else text
    is_likely = len(text) <= MAX_COUNTER and any(map(str.isdigit, text[-6:]))
    return is_likely and _COUNTER_RE.fullmatch(text) is not None
