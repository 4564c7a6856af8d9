"""Draft → Draft: steps that tidy what was kept: the headline, headings and tabs without a text, pictures, captions."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.markup.classes import MAX_CAPTION
from newsclean.markup.links import Links
from newsclean.markup.pictures import is_shown
from newsclean.settle.wholes import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Block, Page
    from newsclean.settle.draft import Draft

TABLE_TAGS = frozenset({"table", "caption", "tr", "th", "td"})
CAPTION_TAGS = frozenset({"figcaption", "caption"})
LABEL = 60
"""Characters up to which a dropped text between a heading and kept text is a label and no part of its own."""

MAX_DANGLING = 80
"""Characters past which a heading says something by itself."""
MIN_ITEMS = 3
"""Headings of one tag and class from which they are items."""
LIKELY = 0.5
"""Probability from which the voter takes a block for text rather than not."""
_NOT_WORD_RE = re.compile(r"[\W_]+")  # ": – "


def drop_headline(draft: Draft) -> None:
    """Drop the headline from the body: it is the title, which is printed once above it.

    A long one that is all there is stays: a post that says everything in its title.
    """
    title = _key(draft.metadata.title or "")
    if not title:
        return
    longest = 3 * len(draft.metadata.title or "") + 40
    kept = [block for block in draft.page.blocks if draft.kept[block.number] and block.text]
    found = [block for block in kept if len(block.text) <= longest and _says_title(draft, block, title)]
    if len(found) == len(kept) and len(title) > MAX_DANGLING:
        return
    for block in found:
        draft.drop(block.number, "drop_headline", "repeats the title", "headline")


def _says_title(draft: Draft, block: Block, title: str) -> bool:
    key = _key(block.text)
    is_h1 = draft.page.nodes[block.node].tag == "h1"
    return key == title or (is_h1 and bool(key) and (key in title or title in key))


def drop_dangling_headings(draft: Draft) -> None:
    """Drop headings that head nothing any more: what followed them was dropped, up to the next of their rank.

    On pages made of items, such as shops and blog indexes, headings alike that head nothing are the items, and one
    that the voter takes for text is a slogan.
    """
    dangling = _dangling_headings(draft)
    shapes = Counter(_shape(draft, number) for number in dangling)
    for number in dangling:
        is_item = shapes[_shape(draft, number)] >= MIN_ITEMS or (draft.share(number) or 0.0) >= LIKELY
        if not (draft.has_items and is_item):
            draft.drop(number, "drop_dangling_headings", "heading of a part that was dropped")


def _shape(draft: Draft, number: int) -> tuple[str, str]:
    node = draft.page.nodes[draft.page.blocks[number].node]
    return node.tag, node.get("class")


def _dangling_headings(draft: Draft) -> list[int]:
    found: list[int] = []
    following, next_rank = "end", 0
    emptied = pictured = False
    for block in reversed(draft.page.blocks):
        pictured = pictured or bool(block.media)
        if not block.text:
            continue
        rank = _rank(draft.page.nodes[block.node].tag)
        is_empty = following != "kept" or (emptied and not pictured and 0 < next_rank <= rank)
        if draft.kept[block.number] and rank and is_empty and len(block.text) <= MAX_DANGLING:
            found.append(block.number)
            following = "dropped" if following != "kept" else "kept"
        elif draft.kept[block.number]:
            following, next_rank, emptied, pictured = "kept", rank, False, False
        elif not rank:
            emptied = True
            if len(block.text) > LABEL:
                following = "dropped"
    return found


def _rank(tag: str) -> int:
    """Return 1 to 6 for a heading, 0 for any other element."""
    return int(tag[1]) if tag in HEADINGS else 0


def drop_tabs(draft: Draft) -> None:
    """Drop the labels of tabs, which choose nothing any more in a saved page; those of accordions head their panels."""
    tabs = [node for node in draft.page.nodes if node.get("role") == "tablist"]
    panels = draft.counts([len(block.text) > LABEL for block in draft.page.blocks]) if tabs else []
    done = 0
    for node in tabs:
        if node.first < done or panels[node.last] > panels[node.first]:
            continue
        done = node.last
        for number in range(node.first, node.last):
            if draft.kept[number]:
                draft.drop(number, "drop_tabs", "label of a tab")


def keep_media(draft: Draft) -> None:
    """Keep images, players and rules that stand in the body, and drop those in boxes whose text was dropped."""
    if not any(block.media and not block.text for block in draft.page.blocks):
        return
    first, last = draft.first_and_last()
    start = _headline_number(draft, first)
    kept, texts = draft.counts(draft.kept), draft.counts(_body_texts(draft.page))
    end = _end_of_body(draft, last)
    for block in draft.page.blocks:
        if block.text or not block.media:
            continue
        if start <= block.number <= end and _stands_alone(draft.page, block, kept, texts):
            draft.keep(block.number, "keep_media", "stands between parts of the body", "media")
        else:
            draft.drop(block.number, "keep_media", "outside the body or in a box that was dropped", "media")


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
        elif draft.page.nodes[blocks[0].node].tag in TABLE_TAGS and draft.kept[blocks[0].number]:
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


def _is_caption(page: Page, captions: Sequence[Block]) -> bool:
    """Return whether build takes texts for a caption: they are not too long, and none is a heading over others."""
    headings = sum(page.nodes[block.node].tag in HEADINGS for block in captions)
    return headings in (0, len(captions)) and sum(len(block.text) for block in captions) <= MAX_CAPTION


def _shows_something(page: Page, block: Block) -> bool:
    """Return whether a block's media come out: a picture may have no address, its loader having never run."""
    links = Links(page)
    return any(medium.tag != "img" or is_shown(medium, links) for medium in block.media)


def _key(text: str) -> str:
    return _NOT_WORD_RE.sub(" ", text.casefold()).strip()


def _headline_number(draft: Draft, first: int) -> int:
    """Return the number of the last h1 before the body, from which on pictures belong to it, else of the body."""
    for number in range(first, -1, -1):
        if draft.page.nodes[draft.page.blocks[number].node].tag == "h1":
            return number
    return first


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
    """Return for each block whether it is text outside of captions."""
    captions: list[bool] = []
    for node in page.nodes:
        captions.append(node.tag in CAPTION_TAGS or (node.parent >= 0 and captions[node.parent]))
    return [bool(block.text) and not captions[block.node] for block in page.blocks]


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
