"""A rule's marks + the tree's blocks → what becomes of each block. Knows no format of rules and no scorer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.page.html import Page, number_blocks
from newsclean.sites._rule import Mark

if TYPE_CHECKING:
    from newsclean.sites._rule import Application

    Element = etree._Element

DROPPING = ("drop", "comments")
LISTS = ("ul", "ol")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
MOSTLY_DROPPED = 0.7
"""Share of a list's items from which the others go with them."""
MIN_DROPPED = 2


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page cut into blocks, and the mark that governs each of them."""

    page: Page
    marks: tuple[Mark | None, ...]


def cut_marked(application: Application, original: Page) -> MarkedPage:
    """Return the blocks of the tree that a rule marked. Parts of a block that the rule drops are taken out of it."""
    if application.root is original.root:
        if not application.marks:
            return mark_texts(application, MarkedPage(original, (None,) * len(original.blocks)))
        application = application.on_copy()
    governing = spread(application)
    if any(map(_drops, application.marks.values())):
        _take_out(application.root, governing)
    nodes, blocks = number_blocks(application.root)
    page = Page(nodes, blocks, "html", original.url, original.source, saved_at=original.saved_at)
    return mark_texts(application, MarkedPage(page, tuple(_mark_of_most(block.pieces, governing) for block in blocks)))


def _take_out(root: Element, governing: dict[Element, Mark | None]) -> None:
    """Take what is dropped out of blocks of which more is left."""
    _, blocks = number_blocks(root)
    for block in blocks:
        owners = [governing.get(_owner(piece)) for piece in block.pieces]
        dropped = [piece for piece, owner in zip(block.pieces, owners, strict=True) if _drops(owner)]
        if dropped and any(
            not _drops(owner) and _says(piece) for piece, owner in zip(block.pieces, owners, strict=True)
        ):
            for piece in dropped:
                _silence(piece)
        for element in block.media:
            if _drops(governing.get(element)):
                remove(element)


def mark_texts(application: Application, marked: MarkedPage) -> MarkedPage:
    """Return the page with the marks of the blocks that a rule drops by their text."""
    if not application.texts and not application.starts:
        return marked
    pairs = zip(marked.page.blocks, marked.marks, strict=True)
    marks = [application.mark_of_text(block.text) or mark for block, mark in pairs]
    if application.whole_lists:
        _drop_lists(marked.page, marks)
    return MarkedPage(marked.page, tuple(marks))


def _drop_lists(page: Page, marks: list[Mark | None]) -> None:
    """Drop the rest of each list of which most is dropped, and the heading right before it.

    What repeats on the pages of a site is learned; the newest item of a list of latest news has not repeated yet.
    """
    mark = Mark("drop", "in a list of which most repeats on this site")
    texts = list(accumulate((bool(block.text) for block in page.blocks), initial=0))
    dropped = list(accumulate(map(_drops, marks), initial=0))
    done = 0
    for node in page.nodes:
        if node.first < done or node.tag not in LISTS:
            continue
        share = MOSTLY_DROPPED * (texts[node.last] - texts[node.first])
        if dropped[node.last] - dropped[node.first] < max(MIN_DROPPED, share):
            continue
        done = node.last
        has_heading = node.first > 0 and page.nodes[page.blocks[node.first - 1].node].tag in HEADINGS
        for number in range(node.first - has_heading, node.last):
            marks[number] = marks[number] or mark


def spread(application: Application) -> dict[Element, Mark | None]:
    """Return for every element the mark that governs it: the innermost around it, but no body inside what is dropped.

    A page's teasers are articles too; a rule that drops their box means them as well.
    """
    governing: dict[Element, Mark | None] = {}
    for element in application.root.iter():
        parent = element.getparent()
        around = governing[parent] if parent is not None and parent in governing else None
        own = application.marks.get(element)
        if own is None or (own.decision == "body" and _drops(around)):
            governing[element] = around
        else:
            governing[element] = own
    return governing


def remove(element: Element) -> None:
    """Take an element out of its tree and leave the text behind it. Joining that text to what stands before would take
    quadratic time on a page of nothing but such elements, so that an empty span holds the place."""
    parent = element.getparent()
    if parent is not None:
        place = etree.Element("span")
        place.tail, element.tail = element.tail, None
        parent.replace(element, place)


def _mark_of_most(pieces: tuple[tuple[Element, bool], ...], governing: dict[Element, Mark | None]) -> Mark | None:
    """Return the mark that governs most of a block's characters."""
    sizes: dict[Mark | None, int] = {}
    for piece in pieces:
        owner = governing.get(_owner(piece))
        sizes[owner] = sizes.get(owner, 0) + len(_content(piece).strip())
    return max(sizes, key=lambda mark: sizes[mark]) if sizes else None


def _owner(piece: tuple[Element, bool]) -> Element:
    element, is_tail = piece
    parent = element.getparent() if is_tail else element
    return element if parent is None else parent


def _drops(mark: Mark | None) -> bool:
    return mark is not None and mark.decision in DROPPING


def _content(piece: tuple[Element, bool]) -> str:
    element, is_tail = piece
    return (element.tail if is_tail else element.text) or ""


def _says(piece: tuple[Element, bool]) -> bool:
    return bool(_content(piece).strip())


def _silence(piece: tuple[Element, bool]) -> None:
    element, is_tail = piece
    if is_tail:
        element.tail = " "
    else:
        element.text = " "
