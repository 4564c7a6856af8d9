"""Page → PageView: what the scorer looks at, as plain lists without a tree. No numbers are made here.

Blocks are the page's blocks that have text, numbered anew from 0; nodes are the elements that hold at least one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate, compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml import etree

    from newsclean.page.html import Page

    Element = etree._Element

ARTICLE, MAIN, ASIDE, FOOTER, HEADER, NAV, FORM, TABLE = 1, 2, 4, 8, 16, 32, 64, 128
FIGURE, LIST, NOSCRIPT, HIDDEN, QUOTE, PRE, SECTION, DIALOG = 256, 512, 1024, 2048, 4096, 8192, 16384, 32768

TAG_FLAGS = {
    "article": ARTICLE,
    "main": MAIN,
    "aside": ASIDE,
    "footer": FOOTER,
    "header": HEADER,
    "nav": NAV,
    "form": FORM,
    "fieldset": FORM,
    "table": TABLE,
    "figure": FIGURE,
    "figcaption": FIGURE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "noscript": NOSCRIPT,
    "template": NOSCRIPT,
    "blockquote": QUOTE,
    "pre": PRE,
    "section": SECTION,
    "dialog": DIALOG,
    "details": DIALOG,
}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_HIDING_STYLE_RE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)  # style="display: none"
_LD_TYPE_RE = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([A-Za-z]{3,40})"')  # "@type": "NewsArticle"
MAX_LD_CHARS = 200_000
MAX_LD_TYPES = 30
THREAD_TYPES = ("DiscussionForumPosting", "QAPage")
"""Types of schema.org by which a page declares that it is a thread."""
NO_MEDIA = 9.0
_DESCRIPTIONS = frozenset({"description", "og:description", "twitter:description"})


@dataclass(slots=True)
class PageView:
    """One page as the scorer sees it. Parallel lists; plain data, so that training can store it."""

    # a block each
    numbers: list[int]
    """Block numbers in the Page."""
    texts: list[str]
    nodes_of: list[int]
    links: list[float]
    """Link density, 0 to 1."""
    inline: list[str]
    """Tag and label of the inline element that the block starts in ("strong", "span byline"), or ""."""
    media: list[tuple[float, float]]
    """How many elements up an image right before, and one right after the block share its container, or NO_MEDIA."""
    # a node each
    parents: list[int]
    tags: list[str]
    labels: list[str]
    """class, id, role and itemprop of the element, as one string."""
    firsts: list[int]
    lasts: list[int]
    flags: list[int]
    """ARTICLE, MAIN … of the element and everything around it."""
    headings: list[int]
    """1 to 6 inside a heading, else 0."""
    # the page
    titles: list[str] = field(default_factory=list)
    """<title> and og:title."""
    descriptions: list[str] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)
    """What the head says the page is: "og:article", "ld:NewsArticle", "gen:wordpress" …"""
    url: str = ""

    def without(self, blocks: Container[int]) -> PageView:
        """Return the page as it looks without some of its blocks (by their places here)."""
        own = [place not in blocks for place in range(len(self.numbers))]
        rank = [0, *accumulate(map(int, own))]
        firsts, lasts = ([rank[place] for place in places] for places in (self.firsts, self.lasts))
        stays = [first < last for first, last in zip(firsts, lasts, strict=True)]
        anew = list(accumulate(map(int, stays), initial=0))
        return replace(
            self,
            numbers=list(compress(self.numbers, own)),
            texts=list(compress(self.texts, own)),
            nodes_of=[anew[node] for node in compress(self.nodes_of, own)],
            links=list(compress(self.links, own)),
            inline=list(compress(self.inline, own)),
            media=list(compress(self.media, own)),
            parents=[anew[parent] if parent >= 0 else -1 for parent in compress(self.parents, stays)],
            tags=list(compress(self.tags, stays)),
            labels=list(compress(self.labels, stays)),
            firsts=list(compress(firsts, stays)),
            lasts=list(compress(lasts, stays)),
            flags=list(compress(self.flags, stays)),
            headings=list(compress(self.headings, stays)),
        )


def view_page(page: Page) -> PageView:
    """Return what the scorer looks at in a page."""
    view = PageView([], [], [], [], [], [], [], [], [], [], [], [], [])
    rank = [0, *accumulate([1 if block.text else 0 for block in page.blocks])]
    kept = _add_nodes(view, page, rank)
    blocks = [block for block in page.blocks if block.text]
    view.numbers = [block.number for block in blocks]
    view.texts = [block.text for block in blocks]
    view.nodes_of = [kept[block.node] for block in blocks]
    view.links = [block.link_chars / block.chars if block.chars else 0.0 for block in blocks]
    view.media = [_near_media(page, block.number) for block in blocks]
    view.inline = [_inline_label(block.pieces[0], page.nodes[block.node].element) for block in blocks]
    _read_head(view, page)
    return view


def _near_media(page: Page, number: int) -> tuple[float, float]:
    """Return the distances to an image right before and right after a block (PageView.media)."""
    blocks = page.blocks
    before = after = NO_MEDIA
    if blocks[number].media:
        return 0.0, 0.0
    if number and not blocks[number - 1].text:
        before = _shared_level(page, number, number - 1)
    if number + 1 < len(blocks) and not blocks[number + 1].text:
        after = _shared_level(page, number, number + 1)
    return before, after


def _shared_level(page: Page, number: int, other: int) -> float:
    nodes = page.nodes
    node = page.blocks[number].node
    for level in range(1, int(NO_MEDIA)):
        if nodes[node].first <= other < nodes[node].last:
            return float(level)
        node = nodes[node].parent
        if node < 0:
            break
    return NO_MEDIA


def _add_nodes(view: PageView, page: Page, rank: list[int]) -> list[int]:
    kept: list[int] = []
    flags, headings = view.flags, view.headings
    for node in page.nodes:
        first, last = rank[node.first], rank[node.last]
        if first == last:
            kept.append(-1)
            continue
        parent = kept[node.parent] if node.parent >= 0 else -1
        label, own = _read_attributes(node.element)
        own |= TAG_FLAGS.get(node.tag, 0)
        heading = HEADINGS.get(node.tag, 0)
        if parent >= 0:
            own |= flags[parent]
            heading = heading or headings[parent]
        kept.append(len(flags))
        view.parents.append(parent)
        view.tags.append(node.tag)
        view.labels.append(label)
        view.firsts.append(first)
        view.lasts.append(last)
        flags.append(own)
        headings.append(heading)
    return kept


def _read_attributes(element: Element) -> tuple[str, int]:
    """Return the label of an element and its HIDDEN flag."""
    label = ""
    flags = 0
    attributes: list[tuple[str, str]] = element.items()  # type: ignore[assignment]  # of text, as parsed
    for name, value in attributes:
        if name in ("class", "id", "role", "itemprop"):
            label = f"{label} {value}" if label else value
        elif (
            name == "hidden"
            or (name == "aria-hidden" and value == "true")
            or (name == "style" and _HIDING_STYLE_RE.search(value))
        ):
            flags = HIDDEN
    return label, flags


def _inline_label(piece: tuple[Element, bool], around: Element) -> str:
    """Return tag and label of the inline element that the first text of a block stands in, "" if it stands in none."""
    element, is_tail = piece
    inner = element.getparent() if is_tail else element
    if inner is None or inner is around:
        return ""
    label = inner.get("class")
    return f"{inner.tag} {label}" if label else str(inner.tag)


def _read_head(view: PageView, page: Page) -> None:
    view.url = page.url or ""
    for element in page.root.iter("title", "meta", "link", "script"):
        tag = element.tag
        if tag == "meta":
            _read_meta(view, element)
        elif tag == "title":
            if element.text and len(view.titles) < 3:
                view.titles.append(element.text.strip())
        elif tag == "link":
            if not view.url and element.get("rel") == "canonical":
                view.url = element.get("href") or ""
        elif element.get("type") == "application/ld+json" and element.text:
            kinds = _LD_TYPE_RE.findall(element.text[:MAX_LD_CHARS])
            view.signals.extend("ld:" + kind for kind in kinds[:MAX_LD_TYPES])
    for kind in THREAD_TYPES:
        if kind in page.source and page.root.xpath(
            "boolean(//@itemtype[contains(., $kind)])", kind=f"schema.org/{kind}"
        ):
            view.signals.append("ld:" + kind)


def _read_meta(view: PageView, element: Element) -> None:
    name = element.get("property") or element.get("name")
    content = element.get("content")
    if not name or not content:
        return
    name = name.lower()
    if name == "og:title":
        view.titles.append(content.strip())
    elif name in _DESCRIPTIONS:
        view.descriptions.append(content.strip())
    elif name == "og:type":
        view.signals.append("og:" + content.strip().lower()[:40])
    elif name == "generator":
        view.signals.append("gen:" + content.strip().lower().split(" ")[0][:40])
    elif name == "og:url":
        view.url = view.url or content.strip()
    elif name.startswith(("article:", "product:")):
        view.signals.append("meta:" + name[:40])
