"""An element and its ancestors → what part of the page it stands in, and what the attributes call it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from newsclean.page.html import Element

MAX_ANCESTORS = 40
"""Ancestors that are asked which part of the page they are."""
MAX_WALKED = 30_000
"""Elements of a page that are looked at; real pages stay under 20,000."""
MAX_KNOWN = 8_192
"""Names of elements whose meaning is remembered."""
MAX_BOX = 5
"""Ancestors of an element, and links in them, that are asked whether they are a teaser."""
MAX_TEASER_CHARS = 400
MIN_TEASER_WORDS = 4
"""Words of a link that is the title of a text rather than a name."""
MAX_TEXT_CHARS = 500
"""Characters of an element's text that are read."""

# Parts of a page that speak of other texts than the article
_ELSEWHERE_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|promo|widget[-_]|most-?(?:read|popular)|trending|latest|popular|carousel"
    r"|more-?(?:from|news|stories)|(?:^|\s)more(?:\s|$)|read-?(?:more|next)|footer|nav\b|newsletter|\bcards?\b|also-?(?:read|like)|copyright",
    re.I,
)
_OTHER_TEXTS_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|widget[-_]|popular|latest|carousel|\bcards?\b|(?:^|\s)more(?:\s|$)",
    re.I,
)
_COMMENTS_RE = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentare?|comentarios?|commentaires?|commenti|kommentit|kommentarer|komentar(?:ze|i|e|y)?"
    r"|yorum(?:lar)?|reacties|hozzaszolas(?:ok)?|binh-?luan|reply|replies)(?:$|[\s_-])",
    re.I,
)  # "comment-author"
# "has-double-sidebar", "hasRightSidebar", "no-sidebar": the name of what stands beside the sidebar
_LAYOUT_RE = re.compile(r"\b(?:has|with|no)(?:-|(?=[A-Z]))[\w-]{0,20}?(?:sidebars?|Sidebar)")
# What customers say of a product; an article in a category of reviews is "category-reviews"
_REVIEWS_RE = re.compile(
    r"(?:product|customer|user|reader|guest)[-_]?reviews?\b|\breviews[-_]?(?:list|section|container|widget)\b", re.I
)
# The foot of an article, where blogs say who wrote it
_OWN_FOOT_RE = re.compile(r"\b(?:entry|post|article)-footer\b", re.I)
ARCHIVE_BAR = "HEADER"
"""Id of what archive.today sets above its copies, with the day of the copy."""
_ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav"})


def select(path: etree.XPath, root: Element) -> list[Element]:
    """Return the elements that a path finds, in page order."""
    return cast("list[Element]", path(root))


def walk_named(root: Element, finds: Callable[[str], bool], tag: str | None = None) -> Iterator[Element]:
    """Yield the elements whose class is found, that are authors by rel or itemprop, or that have the tag."""
    known: dict[str | None, bool] = {None: False, "": False}
    for element in islice(root.iter("*"), MAX_WALKED + 1):
        name = element.get("class")
        if name not in known:
            known[name] = finds(name or "")
        if known[name] or is_declared_author(element) or (tag is not None and element.tag == tag):
            yield element


def is_declared_author(element: Element) -> bool:
    """Return whether the page marks an element as the author."""
    return element.get("rel") == "author" or element.get("itemprop") == "author"


def is_elsewhere(element: Element, *, footers: bool = True) -> bool:
    """Return whether an element stands in a part of the page about other texts; `footers`: or in what ends a part."""
    for distance, ancestor in enumerate(chain((element,), element.iterancestors())):
        if ancestor.tag in ("article", "main", "body") or distance > MAX_ANCESTORS:
            return False
        kind = _kind_of(f"{ancestor.get('class')} {ancestor.get('id')}", footers)
        if (
            kind == "elsewhere"
            or ancestor.get("id") == ARCHIVE_BAR
            or (footers and kind != "own foot" and ancestor.tag in _ELSEWHERE_TAGS)
        ):
            return True
    return False


@lru_cache(maxsize=MAX_KNOWN)
def _kind_of(names: str, footers: bool) -> Literal["own foot", "elsewhere", ""]:
    """Return what the names of an element say of the part of the page it is; pages repeat a few hundred."""
    if _OWN_FOOT_RE.search(names):
        return "own foot"
    pattern = _ELSEWHERE_RE if footers else _OTHER_TEXTS_RE
    if _REVIEWS_RE.search(names) or (pattern.search(names) and pattern.search(_LAYOUT_RE.sub("", names))):
        return "elsewhere"
    return ""


def is_in_archive_bar(element: Element) -> bool:
    """Return whether an element stands in what archive.today sets above its copies."""
    return any(ancestor.get("id") == ARCHIVE_BAR for ancestor in islice(element.iterancestors(), MAX_ANCESTORS))


def is_foreign(element: Element, *, is_above: bool) -> bool:
    """Return whether a line near the headline is somebody else's: quoted, a comment, above it a teaser."""
    for ancestor in islice(chain((element,), element.iterancestors()), MAX_ANCESTORS):
        if ancestor.tag in ("article", "main", "body"):
            return False
        if (
            ancestor.get("id") == ARCHIVE_BAR
            or ancestor.tag == "blockquote"
            or _is_comment(f"{ancestor.get('class')} {ancestor.get('id')}")
        ):
            return True
        if is_above and _kind_of(f"{ancestor.get('class')} {ancestor.get('id')}", False) == "elsewhere":
            return True
    return False


@lru_cache(maxsize=MAX_KNOWN)
def _is_comment(names: str) -> bool:
    return _COMMENTS_RE.search(names) is not None


def is_in_teaser(element: Element) -> bool:
    """Return whether an element stands in one of several small boxes alike, with the linked title of another text."""
    for ancestor in islice(element.iterancestors(), MAX_BOX):
        if ancestor.tag in ("article", "main", "body", "header"):
            return False
        text = visible_text(ancestor)
        if len(text) > MAX_TEASER_CHARS:
            return False
        if not _has_twin(ancestor):
            continue
        for link in islice(ancestor.iter("a"), MAX_BOX):
            own = visible_text(link)
            if len(own.split()) >= MIN_TEASER_WORDS and own not in visible_text(element):
                return True
    return False


def _has_twin(element: Element) -> bool:
    """Return whether the element before or after one has its tag and class."""
    beside = (element.getprevious(), element.getnext())
    return any(
        one is not None and one.tag == element.tag and one.get("class") == element.get("class") for one in beside
    )


def is_in_reviews(element: Element) -> bool:
    """Return whether an element stands among what customers say of a product."""
    around = islice(chain((element,), element.iterancestors()), MAX_ANCESTORS)
    return any(_is_review(f"{ancestor.get('class')} {ancestor.get('id')}") for ancestor in around)


@lru_cache(maxsize=MAX_KNOWN)
def _is_review(names: str) -> bool:
    return _REVIEWS_RE.search(names) is not None


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
