"""A tree's custom elements → the same with the pictures and players in them that their scripts would put there.

`<amp-img src>` holds an `img` then, `<lite-youtube videoid>` the `iframe` of the video. The custom element stays around
it, so that rules which name it still find it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.page.tree.recordings import is_fallback

if TYPE_CHECKING:
    from newsclean.page.tree.signs import Signs

    Element = etree._Element

KINDS = tuple("img image anim audio video iframe youtube vimeo dailymotion twitter tweet instagram".split())
"""Ends of the names that say what a custom element shows."""

MAX_NAMES = 50
"""Names of custom elements that are looked at on one page."""

MAX_INNER = 8
"""Pictures in a custom element among which one that its script has put there is looked for."""

NOT_ITSELF = ("placeholder", "fallback")
"""Attributes of an element that only stands in for the one around it."""

HOSTED = (
    ("youtube", "videoid", re.compile(r"[\w-]{6,20}"), "https://www.youtube.com/embed/{}"),
    ("vimeo", "videoid", re.compile(r"\d{5,12}"), "https://player.vimeo.com/video/{}"),
    ("dailymotion", "videoid", re.compile(r"\w{5,20}"), "https://www.dailymotion.com/embed/video/{}"),
    ("twitter", "tweetid", re.compile(r"\d{5,24}"), "https://x.com/i/status/{}"),
    ("tweet", "tweetid", re.compile(r"\d{5,24}"), "https://x.com/i/status/{}"),
    ("instagram", "shortcode", re.compile(r"[\w-]{6,40}"), "https://www.instagram.com/p/{}/embed"),
)
"""The end of a name, the end of the attribute that holds an id (hyphens aside), the id, and the address of a frame."""

POSTS = ("twitter", "tweet", "instagram")
"""Ends of names of what quotes a post, whose text stays beside the frame."""

_ADDRESS_RE = re.compile(r"(?:https?:)?//\S+")  # "https://x.com/ferry/status/123": in the place of an id
_ATTRIBUTE_RE = re.compile(r"(?!id$)[a-z][a-z0-9-]{0,80}")  # "data-src": not AMP's "[src]", which lxml cannot set
_NO_XML_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what libxml2 reads from HTML and lxml cannot set


def add_custom_media(root: Element, signs: Signs) -> None:
    """Put into each custom element that shows a picture, a recording or a frame the element of HTML for it."""
    names = sorted(tag for tag in signs.tags if "-" in tag and tag.endswith(KINDS))[:MAX_NAMES]
    for element in list(root.iter(*names)) if names else ():
        shown = _shown(element) if _is_itself(element, names) else None
        if shown is not None:
            element.insert(0, shown)


def _is_itself(element: Element, names: list[str]) -> bool:
    """Return whether an element is no part of another custom one, and does not stand in for what is around it."""
    if any(name in element.attrib for name in NOT_ITSELF):
        return False
    return next(element.iterancestors(*names), None) is None


def _shown(element: Element) -> Element | None:
    """Return the element of HTML that a custom one stands for, with what it replaces inside, or None."""
    name = str(element.tag)
    if name.endswith(("img", "image", "anim")):
        return _picture(element)
    if name.endswith(("audio", "video")):
        return _recording(element, name[-5:])
    frame = _copy(element, "iframe") if name.endswith("iframe") else _hosted_frame(element, name)
    if frame is not None and is_fallback(element) and not _quotes(element, name):
        _move_content(element, frame)
    return frame


def _quotes(element: Element, name: str) -> bool:
    """Return whether an element holds the words of a post beside it."""
    return name.endswith(POSTS) and any(str(text).strip() for text in element.itertext())


def _picture(element: Element) -> Element | None:
    if not any(element.get(name) for name in ("src", "srcset", "data-src", "data-srcset")):
        return None
    inner = islice(element.iterdescendants("img"), MAX_INNER)
    if any(not (image.get("src") or "data:").startswith("data:") for image in inner):
        return None
    picture = _copy(element, "img")
    if element.get("layout") == "responsive":  # AMP's width and height are a ratio then, "16" and "9"
        picture.attrib.pop("width", "")
        picture.attrib.pop("height", "")
    return picture


def _recording(element: Element, tag: str) -> Element | None:
    has_file = element.get("src") or next(element.iterdescendants("source"), None) is not None
    if not has_file or next(element.iterdescendants(tag), None) is not None:
        return None
    recording = _copy(element, tag)
    _move_content(element, recording)
    return recording


def _hosted_frame(element: Element, name: str) -> Element | None:
    if next(element.iterdescendants("iframe"), None) is not None:
        return None
    for ending, attribute, pattern, address in HOSTED:
        if name.endswith(ending):
            ids = (str(value) for key, value in element.items() if str(key).replace("-", "").endswith(attribute))
            for value in ids:
                if _ADDRESS_RE.fullmatch(value) or pattern.fullmatch(value):
                    title = element.get("title") or element.get("playlabel") or ""
                    source = value if _ADDRESS_RE.fullmatch(value) else address.format(value)
                    return _made("iframe", {"src": source, "title": title})
    return None


def _copy(element: Element, tag: str) -> Element:
    attributes = ((str(key), str(value)) for key, value in element.items())
    return _made(tag, {key: value for key, value in attributes if _ATTRIBUTE_RE.fullmatch(key)})


def _made(tag: str, attributes: dict[str, str]) -> Element:
    return etree.Element(tag, {key: _NO_XML_RE.sub("", value) for key, value in attributes.items()})


def _move_content(element: Element, inner: Element) -> None:
    inner.text, element.text = element.text, None
    inner.extend(list(element))
