"""An element and its ancestors → what part of the page it stands in, and what the attributes call it."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsclean.page.html import Element

MAX_ANCESTORS = 40
"""Ancestors that are asked which part of the page they are."""
MAX_WALKED = 30_000
"""Elements of a page that are looked at; real pages stay under 20,000."""
MAX_TEXT_CHARS = 500
"""Characters of an element's text that are read."""

# Parts of a page that speak of other texts than the article
_ELSEWHERE_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|promo|widget[-_]|most-?(?:read|popular)|trending|latest|popular|carousel"
    r"|more-?(?:from|news|stories)|read-?(?:more|next)|footer|nav\b|newsletter|\bcards?\b|also-?(?:read|like)|copyright",
    re.I,
)
_OTHER_TEXTS_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|widget[-_]|popular|latest|carousel|\bcards?\b", re.I
)
# "has-double-sidebar", "hasRightSidebar", "no-sidebar": the name of what stands beside the sidebar
_LAYOUT_RE = re.compile(r"\b(?:has|with|no)(?:-|(?=[A-Z]))[\w-]{0,20}?(?:sidebars?|Sidebar)")
# What customers say of a product; an article in a category of reviews is "category-reviews"
_REVIEWS_RE = re.compile(
    r"(?:product|customer|user|reader|guest)[-_]?reviews?\b|\breviews[-_]?(?:list|section|container|widget)\b", re.I
)
# The foot of an article, where blogs say who wrote it
_OWN_FOOT_RE = re.compile(r"\b(?:entry|post|article)-footer\b", re.I)
_ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav"})


def select(path: etree.XPath, root: Element) -> list[Element]:
    """Return the elements that a path finds, in page order."""
    return cast("list[Element]", path(root))


def walk_named(root: Element, pattern: re.Pattern[str], tag: str | None = None) -> Iterator[Element]:
    """Yield the elements whose class the pattern finds, that are authors by rel or itemprop, or that have the tag."""
    known: dict[str, bool] = {}
    for count, element in enumerate(root.iter("*")):
        if count > MAX_WALKED:
            return
        name = element.get("class") or ""
        if name not in known:
            known[name] = bool(name) and pattern.search(name) is not None
        if known[name] or element.tag == tag or is_declared_author(element):
            yield element


def is_declared_author(element: Element) -> bool:
    """Return whether the page marks an element as the author."""
    return element.get("rel") == "author" or element.get("itemprop") == "author"


def is_elsewhere(element: Element, *, footers: bool = True) -> bool:
    """Return whether an element stands in a part of the page about other texts; `footers`: or in what ends a part."""
    pattern = _ELSEWHERE_RE if footers else _OTHER_TEXTS_RE
    for distance, ancestor in enumerate(chain((element,), element.iterancestors())):
        if ancestor.tag in ("article", "main", "body") or distance > MAX_ANCESTORS:
            return False
        names = f"{ancestor.get('class')} {ancestor.get('id')}"
        if _OWN_FOOT_RE.search(names):
            continue
        if footers and ancestor.tag in _ELSEWHERE_TAGS:
            return True
        if _REVIEWS_RE.search(names) or (pattern.search(names) and pattern.search(_LAYOUT_RE.sub("", names))):
            return True
    return False


def is_in_reviews(element: Element) -> bool:
    """Return whether an element stands among what customers say of a product."""
    around = islice(chain((element,), element.iterancestors()), MAX_ANCESTORS)
    return any(_REVIEWS_RE.search(f"{ancestor.get('class')} {ancestor.get('id')}") for ancestor in around)


def names_of(element: Element) -> str:
    """Return what an element is called by its attributes, in one line."""
    get = element.get
    return " ".join(filter(None, (get("class"), get("id"), get("rel"), get("itemprop"), get("data-testid"))))


def piece_text(element: Element, is_tail: bool) -> str:
    """Return one text node of a block."""
    return (element.tail if is_tail else element.text) or ""


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
