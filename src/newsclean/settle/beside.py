"""What stands beside a part of the page, and whether it was kept: what decides where a voter cannot."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.page.html import Block, Node, Page
    from newsclean.settle.draft import Draft

NEAR_TEXTS = 2
"""Texts before and after a part that are looked at: an ad label may stand between a table and the next paragraph."""

MAX_LABEL = 16
"""Characters of a dropped text between two parts that does not part them: "Copy", a line number."""

NEAR = 8
"""Blocks before and behind a part among which its neighbours are looked for."""


def box_of(page: Page, node: Node, extra: int) -> Node:
    """Return the highest box around a part that holds at most some more blocks than it: its figure, what scrolls it."""
    home = node
    while home.parent > 0:
        around = page.nodes[home.parent]
        if around.last - around.first > node.last - node.first + extra or around.tag in ("article", "main", "body"):
            break
        home = around
    return home


def is_amid_kept(draft: Draft, node: Node) -> bool:
    """Return whether text near before and near after a part was kept, in the box that holds the part."""
    box, blocks = draft.page.nodes[node.parent], draft.page.blocks
    before = (blocks[number] for number in range(node.first - 1, box.first - 1, -1) if blocks[number].text)
    after = (blocks[number] for number in range(node.last, box.last) if blocks[number].text)
    return all(any(draft.kept[block.number] for block in islice(side, NEAR_TEXTS)) for side in (before, after))


def goes_with(draft: Draft, node: Node) -> bool:
    """Return whether a part stands between kept text, or right behind kept text in the same box."""
    before = text_before(draft, node.first)
    if before is None or not draft.kept[before.number]:
        return between_kept(draft, node.first, node.last - 1)
    return before.number >= draft.page.nodes[node.parent].first or between_kept(draft, node.first, node.last - 1)


def stands_right_behind(draft: Draft, block: Block) -> bool:
    """Return whether kept text stands right before a block, in its box or with kept text right behind the block too."""
    before = text_before(draft, block.number)
    home = draft.page.nodes[max(draft.page.nodes[block.node].parent, 0)]
    is_near = before is not None and draft.kept[before.number] and before.number >= home.first
    return is_near or between_kept(draft, block.number, block.number)


def between_kept(draft: Draft, first: int, last: int) -> bool:
    """Return whether the text right before and right after these blocks was kept."""
    sides = (text_before(draft, first), text_after(draft, last))
    return all(block is not None and draft.kept[block.number] for block in sides)


def text_before(draft: Draft, number: int) -> Block | None:
    """Return the text before a block, past labels that were dropped ("Copy")."""
    numbers = range(number - 1, max(number - NEAR, 0) - 1, -1)
    return next((block for n in numbers if says_something(draft, block := draft.page.blocks[n])), None)


def text_after(draft: Draft, number: int) -> Block | None:
    """Return the text after a block, past labels that were dropped."""
    near = draft.page.blocks[number + 1 : number + 1 + NEAR]
    return next((block for block in near if says_something(draft, block)), None)


def says_something(draft: Draft, block: Block) -> bool:
    """Return whether a block is more than a label that was dropped."""
    return len(block.text) > MAX_LABEL or (bool(block.text) and draft.kept[block.number])


def next_text(page: Page, number: int) -> Block | None:
    """Return the text after a block."""
    return next((block for block in page.blocks[number + 1 : number + 1 + NEAR] if block.text), None)


def figure_of(page: Page, block: Block) -> Node | None:
    """Return the figure that a block stands in."""
    node = page.nodes[block.node]
    while node.parent >= 0 and node.tag != "figure":
        node = page.nodes[node.parent]
    return node if node.tag == "figure" else None
