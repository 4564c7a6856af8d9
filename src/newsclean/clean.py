"""Selection → Selection: small named rules that tidy what the voter kept, each with a verdict of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Metadata
    from newsclean.parse import Block, Page
    from newsclean.select import Selection

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
CAPTION_TAGS = frozenset({"figcaption", "caption"})
WHOLE_TABLE = 0.5
"""A data table of which this share of the rows was kept is kept whole: a table with holes misleads."""
_NOT_WORD_RE = re.compile(r"[\W_]+")  # ": – "


class Draft:
    """The decisions so far; rules change them through `keep` and `drop`, which record why."""

    def __init__(self, page: Page, selection: Selection, metadata: Metadata) -> None:
        self.page = page
        self.metadata = metadata
        self.kept = list(selection.kept)
        self.verdicts = list(selection.verdicts)

    def drop(self, number: int, rule: str, reason: str, role: str | None = None) -> None:
        """Take a block out."""
        self._decide(number, False, rule, reason, role)

    def keep(self, number: int, rule: str, reason: str, role: str | None = None) -> None:
        """Put a block in."""
        self._decide(number, True, rule, reason, role)

    def _decide(self, number: int, kept: bool, rule: str, reason: str, role: str | None) -> None:
        old = self.verdicts[number]
        self.kept[number] = kept
        self.verdicts[number] = Verdict(number, kept, rule, reason, old.score, role or old.role, old.text)

    def first_and_last(self) -> tuple[int, int]:
        """Return the numbers of the first and last kept blocks with text, or (0, -1)."""
        numbers = [block.number for block in self.page.blocks if self.kept[block.number] and block.text]
        return (numbers[0], numbers[-1]) if numbers else (0, -1)

    def counts(self, chosen: Sequence[bool]) -> list[int]:
        """Return prefix sums over blocks of `chosen`."""
        return [0, *accumulate(int(value) for value in chosen)]


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
    for block in draft.page.blocks:
        if not draft.kept[block.number] or len(block.text) > 3 * len(draft.metadata.title or "") + 40:
            continue
        tag = draft.page.nodes[block.node].tag
        key = _key(block.text)
        if key == title or (tag == "h1" and key and (key in title or title in key)):
            draft.drop(block.number, "drop_headline", "repeats the title", "headline")


def complete_tables(draft: Draft) -> None:
    """Keep or drop the rows of a data table together."""
    kept = draft.counts(draft.kept)
    for node in draft.page.nodes:
        if node.tag != "table" or node.last - node.first < 2:
            continue
        blocks = draft.page.blocks[node.first : node.last]
        if not all(draft.page.nodes[block.node].tag in ("tr", "caption", "th", "td") for block in blocks):
            continue
        share = (kept[node.last] - kept[node.first]) / len(blocks)
        for block in blocks:
            if WHOLE_TABLE <= share < 1 and not draft.kept[block.number]:
                draft.keep(block.number, "complete_tables", "row of a table that was kept")


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


RULES = (drop_headline, complete_tables, drop_dangling_headings, keep_media, keep_captions)


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
    for block in draft.page.blocks[last + 1 : last + 4]:
        if block.text and not _inside(draft.page, block, CAPTION_TAGS, 0):
            break
        if _inside(draft.page, block, frozenset({"figure"}), 0):
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
