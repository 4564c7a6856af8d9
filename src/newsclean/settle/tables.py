"""Draft → Draft: data tables whole or not at all, also those whose cells are links, and those at the end of a text."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.settle.beside import NEAR, NEAR_TEXTS, box_of, goes_with, is_amid_kept
from newsclean.settle.draft import HEADINGS

if TYPE_CHECKING:
    from newsclean.page.html import Element, Node, Page
    from newsclean.settle.draft import Draft

WHOLE_TABLE = 0.5
"""A data table of which this share of the rows was kept is kept whole: a table with holes misleads."""

MIN_TABLE_COLUMNS = 2
MIN_TABLE_ROWS = 3
MAX_TABLE_TEXT = 400
"""Characters in one text past which a table without header cells is a layout of columns."""
MAX_LINKS = 40
"""Links of a cell that are looked at."""
MAX_CAPTIONS = 2
"""Texts beside a table in the box that is its own: a caption and a source."""
CAPTIONS = frozenset({"caption", "figcaption"})
LINKED_TABLE = 0.5
"""Share of the rows with text outside of links in one column up to which a table without names is a list of links."""


def complete_tables(draft: Draft) -> None:
    """Keep the rows of a data table together: one kept in part, or one that stands amid kept text of its box."""
    kept = draft.counts(draft.kept)
    for node in draft.page.nodes:
        if node.tag != "table" or node.last - node.first < 2 or not _holds_data(draft.page, node):
            continue
        blocks = draft.page.blocks[node.first : node.last]
        found = kept[node.last] - kept[node.first]
        mostly = found >= WHOLE_TABLE * len(blocks) or (found and goes_with(draft, node))
        if not mostly and not (_is_data(node) and _belongs(draft, node)):
            continue
        for block in blocks:
            if not draft.kept[block.number]:
                draft.keep(block.number, "complete_tables", "row of a table that belongs to kept text")


def _holds_data(page: Page, table: Node) -> bool:
    """Return whether a table has nothing but rows of cells, or header cells, or short cells alone: it was not made for
    the layout."""
    blocks = page.blocks[table.first : table.last]
    if all(page.nodes[block.node].tag in ("tr", "caption", "th", "td") for block in blocks):
        return not _holds_a_page(page, table)
    if table.get("role") in ("presentation", "none") or next(table.element.iterdescendants("table"), None) is not None:
        return False
    if next(table.element.iter("th"), None) is not None:
        return True
    rows = [row for row in table.element.iter("tr") if len(row) >= MIN_TABLE_COLUMNS]
    return len(rows) >= MIN_TABLE_ROWS and all(len(block.text) <= MAX_TABLE_TEXT for block in blocks)


def _holds_a_page(page: Page, table: Node) -> bool:
    """Return whether a cell without names of columns holds the paragraphs of a text, parted by line breaks."""
    sizes: Counter[int] = Counter()
    for block in page.blocks[table.first : table.last]:
        sizes[block.node] += len(block.text)
    return max(sizes.values()) > 2 * MAX_TABLE_TEXT and next(table.element.iter("th"), None) is None


def _is_data(table: Node) -> bool:
    """Return whether a table holds columns of values rather than links or single cells.

    One whose columns have names may hold links in every cell; else one column holds other text.
    """
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.element.iter("tr")]
    columns = sorted(map(len, rows))
    if not columns or columns[len(columns) // 2] < MIN_TABLE_COLUMNS:
        return False
    if len(rows) > MIN_TABLE_COLUMNS and len(rows[0]) > 1 and all(cell.tag == "th" for cell in rows[0]):
        return True
    plain: Counter[int] = Counter()
    for row in rows:
        plain.update(column for column, cell in enumerate(row) if _is_plain(cell))
    return bool(plain) and max(plain.values()) > LINKED_TABLE * len(rows)


def _is_plain(cell: Element) -> bool:
    """Return whether a cell holds text outside of links."""
    linked = sum(len("".join(map(str, link.itertext())).strip()) for link in islice(cell.iter("a"), MAX_LINKS))
    return len("".join(map(str, cell.itertext())).strip()) > linked


def _belongs(draft: Draft, table: Node) -> bool:
    """Return whether a table stands amid kept text, or ends it with a caption, or under a heading or announcement."""
    home = box_of(draft.page, table, MAX_CAPTIONS)
    if is_amid_kept(draft, home):
        return True
    page = draft.page
    linked = sum(block.link_chars for block in page.blocks[table.first : table.last])
    is_headed = not linked and home.first < table.first and page.nodes[page.blocks[home.first].node].tag in HEADINGS
    before = [b for b in page.blocks[max(page.nodes[home.parent].first, home.first - NEAR) : home.first] if b.text]
    if not before or not any(draft.kept[block.number] for block in before[-NEAR_TEXTS:]):
        return False
    if is_headed or before[-1].text.endswith((":", "\uff1a")) or page.nodes[before[-1].node].tag in HEADINGS:
        return True
    return any(page.nodes[block.node].tag in CAPTIONS for block in page.blocks[home.first : home.last])
