"""Page → what a reader sees about the article: its headline and the lines around it, byline and dateline among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.metadata.bylines import read_bylines
from newsclean.metadata.datelines import read_datelines
from newsclean.metadata.findings import Findings, tidy
from newsclean.metadata.titles import letters, split_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.parse import Block, Page

BLOCKS_BEFORE = 8
"""Blocks above the headline that can hold the byline or the dateline."""
BLOCKS_AFTER = 16
PARAGRAPH_CHARS = 350
"""Characters of a block past which the article's text has begun."""
MAX_LINE_CHARS = 220
"""Characters of a block that can be a byline or a dateline."""
MAX_HEADLINE_CHARS = 400
MIN_HEADLINE_LETTERS = 6
"""Letters that two titles must share to be the same: "News" is held in too many."""
MAX_HEADINGS = 60


def find_headline(page: Page, titles: Iterable[str]) -> tuple[int, str, bool] | None:
    """Return block number and text of the headline, and whether it is the page's only h1.

    The h1 that shares most with a title of the page comes first, then an h2 that is a part of one, then the first h1.
    """
    declared = [letters(title) for title in titles]
    parts = {letters(part) for title in titles for part in split_title(title)}
    headings = [heading for heading in _headings(page, "h1") if heading[1]]
    shared = [max((_shared(letters(text), title) for title in declared), default=0) for _, text in headings]
    if headings and max(shared) >= MIN_HEADLINE_LETTERS:
        number, text = headings[shared.index(max(shared))]
        if letters(text) in declared or 2 * len(letters(text)) > max(map(len, parts), default=0):
            return number, text, len(headings) == 1
    for number, text in _headings(page, "h2"):
        if len(letters(text)) > 2 * MIN_HEADLINE_LETTERS and letters(text) in parts:
            return number, text, False
    return (*headings[0], len(headings) == 1) if headings else None


def _shared(one: str, other: str) -> int:
    """Return how many letters two titles share when one holds the other."""
    return min(len(one), len(other)) if one in other or other in one else 0


def _headings(page: Page, tag: str) -> Iterator[tuple[int, str]]:
    count = 0
    for node in page.nodes:
        if node.tag == tag and node.first < node.last:
            text = tidy(" ".join(block.text for block in page.blocks[node.first : node.last][:4] if block.text))
            count += 1
            if count > MAX_HEADINGS:
                return
            if len(text) <= MAX_HEADLINE_CHARS:
                yield node.first, text


def read_visible(
    page: Page, headline: int | None, month_first: bool | None, *, seek_author: bool, seek_date: bool
) -> Findings:
    """Return the authors and dates near the headline; `seek_…`: without any there, look for one in the whole page."""
    into = Findings()
    near = _near(page, headline) if headline is not None else []
    read_bylines(page if seek_author else None, near, into)
    read_datelines(page if seek_date else None, near, month_first, into)
    return into


def _near(page: Page, headline: int) -> list[Block]:
    """Return the short blocks that follow the headline up to the first paragraph, then those just above it."""
    after: list[Block] = []
    for block in page.blocks[headline + 1 : headline + 1 + BLOCKS_AFTER]:
        if block.chars > PARAGRAPH_CHARS and block.link_density < 0.5:
            break
        after.append(block)
    before = page.blocks[max(0, headline - BLOCKS_BEFORE) : headline]
    return [block for block in [*after, *reversed(before)] if 0 < len(block.text) <= MAX_LINE_CHARS]
