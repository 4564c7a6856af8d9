"""Page → what a reader sees around the headline: byline and dateline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.bylines import read_bylines
from newsclean.facts.datelines import read_datelines
from newsclean.facts.findings import Findings

if TYPE_CHECKING:
    from newsclean.page.html import Block, Page

BLOCKS_BEFORE = 8
"""Blocks above the headline that can hold the byline or the dateline."""
BLOCKS_AFTER = 16
RIGHT_BELOW = 3
"""Blocks below the headline that come before the one above it when a date is looked for."""
PARAGRAPH_CHARS = 350
"""Characters of a block past which the article's text has begun."""
MAX_LINE_CHARS = 220
"""Characters of a block that can be a byline or a dateline."""


def read_visible(
    page: Page, headline: int | None, month_first: bool | None, *, seek_author: bool, seek_date: bool
) -> Findings:
    """Return the authors and dates near the headline; `seek_…`: without any there, look for one in the whole page."""
    into = Findings()
    near = _near(page, headline) if headline is not None else []
    read_bylines(page if seek_author else None, near, into)
    read_datelines(page if seek_date else None, _by_distance(near, headline or 0), month_first, into, headline or 0)
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


def _by_distance(near: list[Block], headline: int) -> list[Block]:
    """Return the blocks with the one right above the headline before those that are not right below it."""
    right_below = [block for block in near if 0 < block.number - headline <= RIGHT_BELOW]
    right_above = [block for block in near if block.number == headline - 1]
    return [*right_below, *right_above, *(block for block in near if block not in (*right_below, *right_above))]
