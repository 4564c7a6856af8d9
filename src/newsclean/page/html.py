"""str → Page: one lxml tree, parsed once, cut into numbered blocks. No opinion here on what is article.

A block is a run of inline content in its innermost block-level element. Block-level elements are nodes, and every node
is a range of block numbers, so that anything about a subtree is a prefix sum over blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from newsclean.page.archived import is_short, original_address
from newsclean.page.scripts import json_ld_values
from newsclean.page.tree import HEAD_CONTENT, parse_tree
from newsclean.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    Element = etree._Element

PHRASING = frozenset(
    """a abbr acronym audio b basefont bdi bdo big br cite code data del dfn em embed font i img ins kbd
    label map mark math meter nobr output picture progress q rb rp rt rtc ruby s samp small source span strike strong
    sub sup time track tt u var video wbr""".split()
)
"""Elements that flow inside a run; every other element, known or not, cuts one."""

SKIPPED = frozenset("head script style svg iframe select textarea object applet datalist frameset".split())
"""Elements whose content is never text of the page."""

MEDIA = frozenset("img picture video audio iframe embed object math hr".split())
"""Elements that show something without text: a run of them alone is a media block."""

CUTTING_MEDIA = frozenset("iframe object hr".split())
"""Media without content of their own here that stand between runs rather than in one."""

MAX_ROW_CELL = 240
"""Characters in a table cell past which its row is layout rather than data, and every cell is a block of its own."""

MAX_BLOCKS = 64_000
"""Blocks of a page that are read: a long novel on one page has 6,000, and 100,000 take ten seconds."""

CELLS = ("td", "th")
LINE_BREAK = "\n"
PLAIN, LINK, BREAK, MEDIUM, PASSED = "plain", "link", "break", "medium", "passed"
_ROLES = (
    dict.fromkeys(PHRASING, PLAIN)
    | dict.fromkeys(PHRASING & MEDIA, MEDIUM)
    | dict.fromkeys(SKIPPED | {"math", "hr", "title"}, PASSED)
    | {"a": LINK, "br": BREAK}
)
"""What the walk does with an element that is no node; "title" outside the head is one."""

_META_BASE_RE = re.compile(r"^\s*(?:https?:)?//", re.I)  # "https://example.org/", "//example.org/"


@dataclass(slots=True)
class Node:
    """A block-level element as the range of block numbers `first <= n < last` under it."""

    element: Element
    tag: str
    parent: int
    """Index of the enclosing node in Page.nodes; -1 for the root."""
    depth: int
    first: int
    last: int = 0
    names: str | None = field(default=None, repr=False, compare=False)
    """The class attribute once it was read: steps ask for it again and again."""

    def get(self, name: str) -> str:
        """Return an attribute of the element, "" where it has none."""
        if name != "class":
            return self.element.get(name, "")
        if self.names is None:
            self.names = self.element.get("class", "")
        return self.names


@dataclass(slots=True)
class Block:
    """A run of inline content, numbered in document order."""

    number: int
    node: int
    """Index in Page.nodes of the innermost block-level element around it."""
    text: str
    """White space collapsed; "" for a media block. Rows of a table join their cells with tabs."""
    link_chars: int
    """How many characters of the run stand inside links (white space as in the source)."""
    chars: int
    """How many characters the run has, counted the same way."""
    pieces: tuple[tuple[Element, bool], ...] = field(repr=False, default=())
    """The text nodes of the run in order: (element, False) is its text, (element, True) its tail."""
    media: tuple[Element, ...] = field(repr=False, default=())
    """Images and the like in the run."""
    breaks: int = 0
    """Line breaks (<br>) inside the run."""

    @property
    def link_density(self) -> float:
        """Return the share of characters inside links, 0 to 1."""
        return self.link_chars / self.chars if self.chars else 0.0


@dataclass
class Page:
    """A parsed page. Trees stay inside: what leaves `convert` is plain data."""

    nodes: Sequence[Node]
    """The root first."""
    blocks: Sequence[Block]
    kind: Literal["html", "text"] = "html"
    url: str | None = None
    """Where the page was saved from, if known; of a copy in an archive, the address of the original."""
    source: str = field(default="", repr=False)
    """The decoded page as it came."""
    roles: dict[int, str] = field(default_factory=dict)
    """Block number → what the segmentation says it is ("byline", "navigation" …); flattened pages only."""
    saved_at: str | None = field(default=None, kw_only=True)
    """When it was saved, or copied by an archive: ISO 8601, where that is known."""

    references: list[tuple[Element, str, str]] | None = field(default=None, kw_only=True, repr=False, compare=False)
    """Links that look like references to notes, once they were looked for: with where they lead and what they show."""

    @property
    def root(self) -> Element:
        """Return the root of the tree."""
        return self.nodes[0].element

    @cached_property
    def base_url(self) -> str | None:
        """Return the URL that links are resolved against: of `<base href>`, the page, its canonical link; or None."""
        base = _first(self.root, "base", "href")
        if base:
            return _join(self.url or self.canonical_url or "", base) or None
        return self.url or self.canonical_url

    @cached_property
    def canonical_url(self) -> str | None:
        """Return the absolute canonical URL that the page declares (link rel=canonical, else og:url), or None."""
        for where in (("link", "href", "rel", "canonical"), ("meta", "content", "property", "og:url")):
            href = _first(self.root, *where)
            if href and _META_BASE_RE.match(absolute := _join(self.url or "", href)):
                url, _ = original_address(absolute)
                return None if url is None or is_short(url) else url
        return None

    @cached_property
    def json_ld(self) -> list[object]:
        """Return the values of the page's JSON-LD scripts, in page order."""
        return json_ld_values(self.root)


def _join(base: str, address: str) -> str:
    """Return an address made absolute, "" for one that is no URL ("http://[")."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _first(root: Element, tag: str, wanted: str, name: str = "", value: str = "") -> str | None:
    for element in root.iter(tag):
        if not name or element.get(name) == value:
            found = (element.get(wanted) or "").strip()
            if found:
                return found
    return None


def parse_html(source: str, url: str | None = None) -> Page:
    """Return the Page of an HTML source; a source without any element gives a page without blocks."""
    root = parse_tree(source, ids=False)
    return Page(*number_blocks(root), "html", url, source)


def number_blocks(root: Element) -> tuple[list[Node], list[Block]]:
    """Return the block-level elements and the blocks of a tree without comments, both in document order."""
    cutter = _Cutter()
    cutter.walk(root)
    return cutter.nodes, cutter.blocks


class _Cutter:
    """The state of one walk: the open nodes and the run that is being collected."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self._open: list[int] = []
        self._links = 0
        self._row: Element | None = None
        self._texts: list[str] = []
        self._pieces: list[tuple[Element, bool]] = []
        self._media: list[Element] = []
        self._link_chars = self._chars = self._breaks = 0
        self._after_break = False

    def walk(self, root: Element) -> None:
        """Cut the tree under an element; iterative, since trees may be deeper than calls."""
        add = self._add
        element = root
        above: list[tuple[Element, str | None]] = []
        while True:
            role = _ROLES.get(element.tag)
            if role is None:
                self._open_node(element)
            elif role != PLAIN:
                role = self._enter(element, role)
            if role != PASSED:
                if text := element.text:
                    add(text, element, False)
                if len(element):
                    above.append((element, role))
                    element = element[0]
                    continue
            while True:
                if role is None:
                    self._close_node(element)
                elif role == LINK:
                    self._links -= 1
                if not above:
                    return
                if text := element.tail:
                    add(text, element, True)
                if (following := element.getnext()) is not None:
                    element = following
                    break
                element, role = above.pop()

    def _add(self, text: str, element: Element, is_tail: bool) -> None:
        if not text.isspace():
            self._after_break = False
            self._chars += len(text)
            if self._links:
                self._link_chars += len(text)
        elif not self._chars:
            return
        self._texts.append(text)
        self._pieces.append((element, is_tail))

    def _enter(self, element: Element, role: str) -> str | None:
        """Meet an element of a role; return what it is where it stands."""
        if role == LINK:
            self._links += 1
        elif role == BREAK:
            self._break()
        elif role == MEDIUM:
            self._media.append(element)
        elif _is_misplaced(element):
            self._open_node(element)
            return None
        elif element.tag in CUTTING_MEDIA:
            self._flush()
            self._media.append(element)
            self._flush()
        elif element.tag in MEDIA:
            self._media.append(element)
        return role

    def _open_node(self, element: Element) -> None:
        tag = element.tag
        if self._row is not None and tag in CELLS:
            if self._texts:
                self._texts.append("\t")
            return
        if self._pieces or self._media:
            self._flush()
        opened, nodes = self._open, self.nodes
        parent = opened[-1] if opened else -1
        opened.append(len(nodes))
        nodes.append(Node(element, tag, parent, len(opened), len(self.blocks)))
        if tag == "tr" and _is_data_row(element):
            self._row = element

    def _close_node(self, element: Element) -> None:
        if self._row is not None and element.tag in CELLS:
            return
        if self._pieces or self._media:
            self._flush()
        if element is self._row:
            self._row = None
        self.nodes[self._open.pop()].last = len(self.blocks)

    def _break(self) -> None:
        if self._after_break:  # <br><br> ends a paragraph
            self._flush()
        elif self._chars:
            self._texts.append(LINE_BREAK)
            self._breaks += 1
            self._after_break = True

    def _flush(self) -> None:
        if self._open and (self._chars or self._media) and len(self.blocks) < MAX_BLOCKS:
            text = "".join(self._texts)
            cells = text.split("\t") if self._row is not None else ()
            text = "\t".join([" ".join(cell.split()) for cell in cells]) if cells else " ".join(text.split())
            text = printable(text)  # verdicts show it
            number, node, pieces, media = len(self.blocks), self._open[-1], tuple(self._pieces), tuple(self._media)
            self.blocks.append(Block(number, node, text, self._link_chars, self._chars, pieces, media, self._breaks))
        self._texts.clear()
        self._pieces.clear()
        self._media.clear()
        self._link_chars = self._chars = self._breaks = 0
        self._after_break = False


def _is_misplaced(element: Element) -> bool:
    """Return whether an element that is passed over elsewhere holds text of the page where it stands."""
    if element.tag == "head":
        return any(child.tag not in HEAD_CONTENT for child in element)
    return element.tag == "title" and next(element.iterancestors("head"), None) is None


def _is_data_row(row: Element) -> bool:
    """Return whether a table row holds only cells of short inline content, so that the row is one block."""
    for cell in row:
        if cell.tag not in CELLS:
            return False
        size = len(cell.text or "")
        for inner in cell.iterdescendants():
            if inner.tag not in PHRASING or inner.tag == "br":
                return False
            size += len(inner.text or "") + len(inner.tail or "")
            if size > MAX_ROW_CELL:
                return False
        if size > MAX_ROW_CELL:
            return False
    return True
