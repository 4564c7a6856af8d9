"""Kept blocks → where each stands in the page's tree, as an XPath, so that what is built of them can be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.parse import Page

MAX_DEPTH = 100
"""Elements above a block past which it has no path: real pages stay under 60, and bombs make megabytes."""


def source_paths(page: Page, kept: Sequence[bool]) -> dict[int, str]:
    """Return block number → XPath of its innermost block-level element ("/html/body/main/p[3]"), for kept blocks.

    The path holds in the tree as parsed, in which every element is closed; flattened text has no paths.
    """
    if page.kind != "html":
        return {}
    tree = page.root.getroottree()
    known: dict[int, str] = {}
    paths: dict[int, str] = {}
    for block in page.blocks:
        if not kept[block.number] or page.nodes[block.node].depth > MAX_DEPTH:
            continue
        if block.node not in known:
            known[block.node] = tree.getpath(page.nodes[block.node].element)
        paths[block.number] = known[block.node]
    return paths
