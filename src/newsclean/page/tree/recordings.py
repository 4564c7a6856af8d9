"""A tree's audio and video elements → the same without the text for browsers of old that stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.page.tree.signs import Signs

    Element = etree._Element

MAX_FALLBACK = 400
"""Characters up to which the text in a recording is what a browser shows that cannot play it ("Your browser does not
support the video tag", a link to the file). More is a transcript, or an article in an element that nobody closed."""


def drop_fallback_text(root: Element, signs: Signs) -> None:
    """Take the text out of recordings, which a browser that plays them never shows; elements stay."""
    for recording in root.iter("audio", "video") if any(tag.endswith(("audio", "video")) for tag in signs.tags) else ():
        if next(recording.iterancestors("audio", "video"), None) is None and is_fallback(recording):
            recording.text = None
            for inner in recording.iterdescendants():
                inner.text = inner.tail = None


def is_fallback(element: Element) -> bool:
    """Return whether an element holds no more text than stands in for what it shows."""
    size = 0
    for text in element.itertext():
        size += len(text.strip()) or 1  # even an empty text counts, so that no page makes this walk long
        if size > MAX_FALLBACK:
            return False
    return True
