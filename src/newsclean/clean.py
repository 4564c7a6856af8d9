"""Selection → Selection: small named rules that tidy what the voter kept, each with a verdict of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.completion import (
    HEADINGS,
    complete_headings,
    complete_listings,
    complete_lists,
    complete_notes,
    complete_paragraphs,
    complete_tables,
)
from newsclean.draft import Draft

if TYPE_CHECKING:
    from newsclean.model import Metadata
    from newsclean.parse import Block, Page
    from newsclean.select import Selection

CAPTION_TAGS = frozenset({"figcaption", "caption"})
_NOT_WORD_RE = re.compile(r"[\W_]+")  # ": – "


def clean(page: Page, selection: Selection, metadata: Metadata) -> Selection:
    """Return the selection after all RULES, in order."""
    draft = Draft(page, selection, metadata)
    for rule in RULES:
        rule(draft)
    return replace(selection, kept=tuple(draft.kept), verdicts=tuple(draft.verdicts))


def drop_headline(draft: Draft) -> None:
    """Drop the headline from the body: it is the title, which is printed once above it."""
    title = _key(draft.metadata.title or "")
    if not title:
        return
    longest = 3 * len(draft.metadata.title or "") + 40
    for block in draft.page.blocks:
        if not draft.kept[block.number] or len(block.text) > longest:
            continue
        tag = draft.page.nodes[block.node].tag
        key = _key(block.text)
        if key == title or (tag == "h1" and key and (key in title or title in key)):
            draft.drop(block.number, "drop_headline", "repeats the title", "headline")


def drop_dangling_headings(draft: Draft) -> None:
    """Drop headings that head nothing any more: what followed them was dropped."""
    following = "end"
    for block in reversed(draft.page.blocks):
        if not block.text:
            continue
        is_heading = draft.page.nodes[block.node].tag in HEADINGS
        if draft.kept[block.number]:
            if is_heading and following != "kept":
                draft.drop(block.number, "drop_dangling_headings", "heading of a part that was dropped")
                following = "dropped"
            else:
                following = "kept"
        elif not is_heading and len(block.text) > 60:  # a label between heading and text is no part of its own
            following = "dropped"


def keep_media(draft: Draft) -> None:
    """Keep images, players and rules that stand in the body, and drop those in boxes whose text was dropped."""
    if not any(block.media and not block.text for block in draft.page.blocks):
        return
    first, last = draft.first_and_last()
    start = _headline_number(draft, first)
    kept, texts = draft.counts(draft.kept), draft.counts([_is_body_text(draft.page, b) for b in draft.page.blocks])
    end = _end_of_body(draft, last)
    for block in draft.page.blocks:
        if block.text or not block.media:
            continue
        if start <= block.number <= end and _stands_alone(draft.page, block, kept, texts):
            draft.keep(block.number, "keep_media", "stands between parts of the body", "media")
        else:
            draft.drop(block.number, "keep_media", "outside the body or in a box that was dropped", "media")


def keep_captions(draft: Draft) -> None:
    """Let a caption follow its figure: kept with a kept picture, dropped with a dropped one."""
    for node in draft.page.nodes:
        if node.tag != "figure" or node.first == node.last:
            continue
        blocks = draft.page.blocks[node.first : node.last]
        pictures = [block for block in blocks if block.media]
        if not pictures:
            continue
        shown = any(draft.kept[block.number] for block in pictures)
        for block in blocks:
            if not block.text or not _inside(draft.page, block, CAPTION_TAGS, node.depth):
                continue
            if shown and not draft.kept[block.number]:
                draft.keep(block.number, "keep_captions", "caption of a figure that was kept", "caption")
            elif not shown and draft.kept[block.number]:
                draft.drop(block.number, "keep_captions", "caption of a figure that was dropped", "caption")


RULES = (
    complete_paragraphs,
    complete_listings,
    complete_lists,
    complete_tables,
    complete_headings,
    complete_notes,
    drop_headline,
    drop_dangling_headings,
    keep_media,
    keep_captions,
)


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


def _is_body_text(page: Page, block: Block) -> bool:
    return bool(block.text) and not _inside(page, block, CAPTION_TAGS, 0)


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
