"""An element and its ancestors → what part of the page it stands in, and what the attributes call it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.parse import Element

MAX_ANCESTORS = 40
"""Ancestors that are asked which part of the page they are."""
MAX_TEXT_CHARS = 500
"""Characters of an element's text that are read."""

# Parts of a page that speak of other texts than the article
_ELSEWHERE_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|promo|widget|most-?(?:read|popular)|trending|latest|popular|carousel"
    r"|more-?(?:from|news|stories)|read-?(?:more|next)|footer|nav\b|newsletter|\bcards?\b|also-?(?:read|like)|copyright",
    re.I,
)
_OTHER_TEXTS_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|widget|popular|latest|carousel|\bcards?\b", re.I
)
_ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav"})


def select(path: etree.XPath, root: Element) -> list[Element]:
    """Return the elements that a path finds, in page order."""
    return cast("list[Element]", path(root))


def is_elsewhere(element: Element, *, footers: bool = True) -> bool:
    """Return whether an element stands in a part of the page about other texts; `footers`: or in what ends a part."""
    pattern = _ELSEWHERE_RE if footers else _OTHER_TEXTS_RE
    for distance, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in ("article", "main", "body") or distance > MAX_ANCESTORS:
            return False
        if (footers and ancestor.tag in _ELSEWHERE_TAGS) or pattern.search(
            f"{ancestor.get('class')} {ancestor.get('id')}"
        ):
            return True
    return False


def names_of(element: Element) -> str:
    """Return what an element is called by its attributes, in one line."""
    get = element.get
    return " ".join(filter(None, (get("class"), get("id"), get("rel"), get("itemprop"), get("data-testid"))))


def visible_text(element: Element) -> str:
    """Return the start of an element's text."""
    pieces: list[str] = []
    size = 0
    for inner in element.iter():
        if inner.tag not in ("script", "style", "svg") and inner.text:
            pieces.append(inner.text)
            size += len(inner.text)
        if inner is not element and inner.tail:
            pieces.append(inner.tail)
            size += len(inner.tail)
        if size > MAX_TEXT_CHARS:
            break
    return " ".join(pieces)
