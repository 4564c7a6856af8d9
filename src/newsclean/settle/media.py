"""Draft → Draft: pictures, players and rules where they stand in the body, galleries whole, captions with what they
describe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.markup.classes import MAX_CAPTION, class_role, is_control, is_gallery, is_photo_box
from newsclean.markup.links import Links
from newsclean.markup.pictures import counts_pictures, is_shown
from newsclean.page.names import finder
from newsclean.settle.beside import MAX_LABEL, box_of, figure_of, is_amid_kept, stands_right_behind
from newsclean.settle.draft import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.html import Block, Element, Node, Page
    from newsclean.settle.draft import Draft

TABLE_TAGS = frozenset({"table", "caption", "tr", "th", "td"})
HELD_TAGS = TABLE_TAGS | {"pre"}
"""What a figure without pictures may hold."""
CAPTION_TAGS = frozenset({"figcaption", "caption"})
MIN_SLIDES = 2
MAX_SLIDE_TEXT = 600
"""Characters of one text past which a gallery is a part of the page that somebody moves."""
LINKED_SLIDES = 0.8
"""Share of a carousel's text in links past which it shows other pages, unless the links hold the pictures as well."""
MAX_TOOL = 30
"""Characters of what stands between a picture and its caption: "Enlarge this image"."""
CAPTION_DEPTH = 3
"""Elements around a text of which one may be named for a caption."""
NEARBY = 4
"""Blocks between the head of a body and a picture above it, and of the longest figure of one picture."""

_DRAWN_RE = re.compile(r"katex|mathjax|mwe-math|(?:^|\s)(?:math|equation|arithmatex)(?:\s|$)", re.I)  # "katex-html"
_SPELLED_RE = re.compile(r"(?:\\\[.+\\\]|\$\$.+\$\$|\\begin\{.+\\end\{\w+\*?\})[.,;]?$", re.S)  # "\\[ a + b \\]"
MAX_FORMULA_TEXT = 300
"""Characters of a formula that a script drew without leaving its MathML."""
MAX_FORMULA_DEPTH = 30
"""Elements around a sign of a drawn formula among which the one that says so is looked for."""

_SMALL_TYPE = frozenset(("em", "i", "small", "font"))
"""What a caption right behind its picture stands in."""


def keep_formulas(draft: Draft) -> None:
    """Keep a formula on a line of its own where kept text stands before it: its signs read like no text."""
    for block in draft.page.blocks:
        if block.text and not draft.kept[block.number] and stands_right_behind(draft, block) and _is_formula(block):
            draft.keep(block.number, "keep_formulas", "formula between text that was kept")


def _is_formula(block: Block) -> bool:
    """Return whether a text is nothing but a formula, as a script drew it or will."""
    if _SPELLED_RE.match(block.text):
        return True
    if "math" not in {medium.tag for medium in block.media} and len(block.text) > MAX_FORMULA_TEXT:
        return False
    return all(
        _is_drawn(element.getparent() if is_tail else element)
        for element, is_tail in block.pieces
        if ((element.tail if is_tail else element.text) or "").strip()
    )


_is_named_drawn = finder(_DRAWN_RE)


def _is_drawn(element: Element | None) -> bool:
    around = element
    for _ in range(MAX_FORMULA_DEPTH):
        if around is None or around.tag in ("p", "li", "td", "body"):
            return False
        if _is_named_drawn(around.get("class")):
            return True
        around = around.getparent()
    return False


def complete_slides(draft: Draft) -> None:
    """Keep the pictures of a gallery amid kept text with what its slides say; its controls stay out."""
    page = draft.page
    done = 0
    for node in _galleries(draft):
        blocks = page.blocks[node.first : node.last]
        if node.first < done or not _is_of_pictures(blocks) or not is_amid_kept(draft, box_of(page, node, 0)):
            continue
        done = node.last
        for block in blocks:
            if _is_control(page, block, node):
                if draft.kept[block.number]:
                    draft.drop(block.number, "complete_slides", "control of a gallery")
            elif not draft.kept[block.number] and (block.media or block.link_density < LINKED_SLIDES):
                draft.keep(block.number, "complete_slides", "slide of a gallery amid text that was kept")


def _galleries(draft: Draft) -> Iterator[Node]:
    """Yield elements that are named for a gallery, and dropped ones that count their pictures, outermost first."""
    page = draft.page
    counted = draft.counts([counts_pictures(block.text) and not draft.kept[block.number] for block in page.blocks])
    pictures = draft.counts([bool(block.media) for block in page.blocks])
    texts = draft.counts([draft.kept[block.number] and bool(block.text) for block in page.blocks])
    for node in page.nodes:
        if pictures[node.last] == pictures[node.first]:
            continue
        if counted[node.last] > counted[node.first] and texts[node.last] == texts[node.first]:
            yield node
        elif is_gallery(node.element):
            blocks = page.blocks[node.first : node.last]
            if sum(len(block.media) for block in blocks) >= MIN_SLIDES:
                yield node


def _is_of_pictures(blocks: Sequence[Block]) -> bool:
    """Return whether slides show pictures with a few words each, rather than the way to other pages."""
    chars = sum(block.chars for block in blocks)
    linked = sum(block.link_chars for block in blocks if not block.media)
    return linked <= LINKED_SLIDES * chars and all(len(block.text) <= MAX_SLIDE_TEXT for block in blocks)


def _is_control(page: Page, block: Block, gallery: Node) -> bool:
    if counts_pictures(block.text):
        return not block.media
    if not block.text:
        return False
    node = page.nodes[block.node]
    while node.depth > gallery.depth:
        if is_control(node.element):
            return True
        node = page.nodes[node.parent]
    return False


def keep_media(draft: Draft) -> None:
    """Keep images, players and rules that stand in the body, and drop those in boxes whose text was dropped."""
    if not any(block.media and not block.text for block in draft.page.blocks):
        return
    first, last = draft.first_and_last()
    headline = draft.headline  # from which on pictures belong to the body
    start = first if headline is None else min(headline, first)
    kept, texts = draft.counts(draft.kept), draft.counts(_body_texts(draft.page))
    end = _end_of_body(draft, last)
    for block in draft.page.blocks:
        if block.text or not block.media:
            continue
        if start <= block.number <= end and _stands_alone(draft.page, block, kept, texts):
            draft.keep(block.number, "keep_media", "stands between parts of the body", "media")
        else:
            draft.drop(block.number, "keep_media", "outside the body or in a box that was dropped", "media")


def keep_captioned(draft: Draft) -> None:
    """Keep a picture that stands in one block with its caption: amid kept text, or over the body below the headline."""
    page = draft.page
    first, _ = draft.first_and_last()
    headline = draft.headline  # from which on pictures belong to the body
    start = first if headline is None else min(headline, first)
    for block in page.blocks:
        if draft.kept[block.number] or not block.media or not block.text or not _is_captioned(page, block):
            continue
        node = page.nodes[block.node]
        box = box_of(page, node, 0)
        leads = start <= block.number < first and (_is_in_figure(page, block) or _heads_body(draft, block, box, first))
        if leads or is_amid_kept(draft, box):
            draft.keep(block.number, "keep_captioned", "picture with its caption in the body", "caption")


def _heads_body(draft: Draft, block: Block, box: Node, first: int) -> bool:
    """Return whether a block stands a few blocks before the first kept one, in the box that holds the body."""
    home = draft.page.nodes[box.parent]
    return home.tag not in ("body", "html") and home.first <= first < home.last and first - block.number <= NEARBY


def _is_captioned(page: Page, block: Block) -> bool:
    """Return whether a block shows a picture, and says what it shows in a figure, a box for pictures or small type."""
    links = Links(page)
    if len(block.text) > MAX_CAPTION or block.link_density > LINKED_SLIDES / 2:
        return False
    if not any(medium.tag == "img" and is_shown(medium, links) for medium in block.media):
        return False
    node = page.nodes[block.node]
    if _is_in_figure(page, block) or is_photo_box(node.element):
        return True
    return all(is_tail is False and element.tag in _SMALL_TYPE for element, is_tail in _shown_pieces(block))


def _shown_pieces(block: Block) -> list[tuple[Element, bool]]:
    return [
        (element, is_tail)
        for element, is_tail in block.pieces
        if ((element.tail if is_tail else element.text) or "").strip()
    ]


def _is_in_figure(page: Page, block: Block) -> bool:
    figure = figure_of(page, block)
    return figure is not None and figure.last - figure.first <= NEARBY


def keep_captions(draft: Draft) -> None:
    """Let a caption follow its figure: kept with a kept picture, dropped with a dropped one.

    Where what is marked as a caption would become text, the voter's word stands.
    """
    for node in draft.page.nodes:
        if node.tag != "figure" or node.first == node.last:
            continue
        blocks = draft.page.blocks[node.first : node.last]
        pictures = [block for block in blocks if block.media]
        if pictures:
            shown = any(draft.kept[block.number] and _shows_something(draft.page, block) for block in pictures)
        elif draft.page.nodes[blocks[0].node].tag in HELD_TAGS and draft.kept[blocks[0].number]:
            shown = True
        else:
            continue
        captions = [b for b in blocks if b.text and _inside(draft.page, b, CAPTION_TAGS, node.depth)]
        is_one = _is_caption(draft.page, captions)
        for block in captions:
            if shown and is_one and not draft.kept[block.number]:
                draft.keep(block.number, "keep_captions", "caption of a figure that was kept", "caption")
            elif not shown and is_one and draft.kept[block.number]:
                draft.drop(block.number, "keep_captions", "caption of a figure that shows nothing", "caption")


def keep_named_captions(draft: Draft) -> None:
    """Keep what its class calls a caption right behind a picture that was kept, in a box that is no figure."""
    page = draft.page
    for block in page.blocks[1:]:
        if draft.kept[block.number] or not 0 < len(block.text) <= MAX_CAPTION or block.link_density > LINKED_SLIDES / 2:
            continue
        named = _named_caption(page, block, 1 if draft.has_items else CAPTION_DEPTH)
        if named is not None and _stands_behind_picture(draft, named):
            draft.keep(block.number, "keep_captions", "caption of a picture that was kept", "caption")


def _named_caption(page: Page, block: Block, depth: int) -> Node | None:
    """Return the element around a block that its class calls a caption, a few blocks large."""
    node = page.nodes[block.node]
    for _ in range(depth):
        if node.parent < 0 or node.last - node.first > NEARBY:
            return None
        if class_role(node.get("class")) == "caption":
            return node if node is page.nodes[block.node] or len(block.text) > MAX_LABEL else None
        node = page.nodes[node.parent]
    return None


def _stands_behind_picture(draft: Draft, named: Node) -> bool:
    """Return whether a kept picture, and at most labels that were dropped, stands before a caption in its box."""
    page = draft.page
    for block in page.blocks[max(named.first - NEARBY, 0) : named.first][::-1]:
        if draft.kept[block.number] or draft.has_items or len(block.text) > MAX_TOOL:
            home = named if draft.has_items else box_of(page, named, NEARBY)
            is_picture = draft.kept[block.number] and bool(block.media) and not block.text
            return is_picture and page.nodes[home.parent].first <= block.number
    return False


def _is_caption(page: Page, captions: Sequence[Block]) -> bool:
    """Return whether build takes texts for a caption: they are not too long, and none is a heading over others."""
    headings = sum(page.nodes[block.node].tag in HEADINGS for block in captions)
    return headings in (0, len(captions)) and sum(len(block.text) for block in captions) <= MAX_CAPTION


def _shows_something(page: Page, block: Block) -> bool:
    """Return whether a block's media come out: a picture may have no address, its loader having never run."""
    links = Links(page)
    return any(medium.tag != "img" or is_shown(medium, links) for medium in block.media)


def _end_of_body(draft: Draft, last: int) -> int:
    """Return the number of the last block that stands right behind the body without text in between."""
    end = last
    page = draft.page
    home = page.nodes[max(page.nodes[page.blocks[last].node].parent, 0)] if page.blocks else None
    for block in page.blocks[last + 1 : last + 4]:
        if block.text and not _inside(page, block, CAPTION_TAGS, 0):
            break
        beside = home is not None and block.number < home.last and home.tag not in ("body", "html")
        if beside or _inside(page, block, frozenset({"figure"}), 0):
            end = block.number
    return end


def _body_texts(page: Page) -> list[bool]:
    """Return for each block whether it is text outside of captions and buttons."""
    captions: list[bool] = []
    for node in page.nodes:
        aside = node.tag in CAPTION_TAGS or node.tag == "button" or class_role(node.get("class")) == "caption"
        captions.append(aside or (node.parent >= 0 and captions[node.parent]))
    return [bool(block.text) and not captions[block.node] and not _is_label(page, block) for block in page.blocks]


def _is_label(page: Page, block: Block) -> bool:
    """Return whether a block is a word or two in a figure: "Photo", "Enlarge"."""
    return len(block.text) <= MAX_LABEL and _is_in_figure(page, block)


def _inside(page: Page, block: Block, tags: frozenset[str], depth: int) -> bool:
    """Return whether one of the tags stands around the block, no higher up than `depth`."""
    node = page.nodes[block.node]
    while node.depth >= depth:
        if node.tag in tags:
            return True
        if node.parent < 0:
            return False
        node = page.nodes[node.parent]
    return False


def _stands_alone(page: Page, block: Block, kept: list[int], texts: list[int]) -> bool:
    """Return whether the highest box around a media block that holds no kept text holds no dropped text either."""
    node = page.nodes[block.node]
    while kept[node.last] == kept[node.first]:
        if texts[node.last] != texts[node.first]:
            return False
        if node.parent < 0:
            return False
        node = page.nodes[node.parent]
    return True
