"""A plain scorer for HTML pages: text that is long and unlinked, near other text like it. Needs no training data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from newsclean.select import Ballot

if TYPE_CHECKING:
    from newsclean.model import Options
    from newsclean.parse import Block, Page

VOTER = "density"
LONG = 80
"""Characters from which a run reads as a sentence rather than a label (Kohlschütter et al. 2010 use about 15 words)."""
LINKED = 0.5
"""Link density from which a block is a list of links."""
SIBLING_SHARE = 0.25
"""A neighbour subtree joins the article when it has this share of the best subtree's text weight."""
CUTS = {"precision": 0.6, "balanced": 0.5, "recall": 0.35}
OUTSIDE = frozenset("nav footer header aside form button menu".split())


def vote_density(page: Page, options: Options) -> Ballot | None:
    """Return a Ballot by text length, link density and the densest subtree; None for a page without sentences."""
    weights = [_weight(page, block) for block in page.blocks]
    if not any(weights):
        return None
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    inside = _main_ranges(page, sums)
    scores, reasons = [], []
    for block in page.blocks:
        score, reason = _judge(page, block, inside[block.number])
        scores.append(score)
        reasons.append(reason)
    return Ballot(VOTER, tuple(scores), tuple(reasons), CUTS[options.keep])


def _weight(page: Page, block: Block) -> float:
    if len(block.text) < LONG or block.link_density >= LINKED or _is_outside(page, block):
        return 0.0
    return math.pow(len(block.text), 0.75) * (1 - block.link_density)


def _is_outside(page: Page, block: Block) -> bool:
    index = block.node
    while index >= 0:
        node = page.nodes[index]
        if node.tag in OUTSIDE:
            return True
        index = node.parent
    return False


def _main_ranges(page: Page, sums: list[float]) -> list[bool]:
    """Return for every block whether it lies in the best subtree or in a sibling subtree that holds its share."""
    inside = [False] * len(page.blocks)
    best, best_score = None, 0.0
    for node in page.nodes:
        weight = sums[node.last] - sums[node.first]
        score = weight / (1 + 0.02 * (node.last - node.first)) * (1 + 0.01 * node.depth)
        if score > best_score:
            best, best_score = node, score
    if best is None:
        return inside
    total = sums[best.last] - sums[best.first]
    for node in page.nodes:
        weight = sums[node.last] - sums[node.first]
        if node is best or (node.parent == best.parent and weight >= SIBLING_SHARE * total):
            inside[node.first : node.last] = [True] * (node.last - node.first)
    return inside


def _judge(page: Page, block: Block, inside: bool) -> tuple[float, str]:
    if not block.text:
        return 0.0, "no text"
    if _is_outside(page, block):
        return 0.05, f"inside <{next(tag for tag in _ancestor_tags(page, block) if tag in OUTSIDE)}>"
    if block.link_density >= LINKED and len(block.text) < 2 * LONG:
        return 0.2, f"link density {block.link_density:.2f}"
    if inside:
        return 0.9 if len(block.text) >= LONG else 0.55, "inside the densest part of the page"
    if len(block.text) >= 3 * LONG:
        return 0.4, "long text outside the densest part of the page"
    return 0.1, "short text outside the densest part of the page"


def _ancestor_tags(page: Page, block: Block) -> list[str]:
    tags, index = [], block.node
    while index >= 0:
        tags.append(page.nodes[index].tag)
        index = page.nodes[index].parent
    return tags
