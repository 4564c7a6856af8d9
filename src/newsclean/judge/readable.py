"""readability-lxml as a voter: which blocks its article keeps. The only file that imports readability."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.judge.ballots import Ballot

if TYPE_CHECKING:
    from newsclean.model import Options
    from newsclean.page.html import Page

VOTER = "readability"
STAMP = "data-newsclean-node"
_STAMP_RE = re.compile(STAMP + r'="(\d+)"')  # data-newsclean-node="12"
MAX_CHARS = 4_000_000
"""Serialised pages above this size are not given to readability: its passes are superlinear on some inputs."""


def vote_readability(page: Page, options: Options) -> Ballot | None:  # noqa: ARG001 - the voters' contract
    """Return 1.0 for blocks inside readability's article and 0.0 elsewhere; None where it finds none."""
    survivors = _surviving_nodes(page)
    kept = [block.node in survivors for block in page.blocks]
    if not any(keep and block.text for keep, block in zip(kept, page.blocks, strict=True)):
        return None
    return Ballot(
        VOTER,
        tuple(1.0 if keep else 0.0 for keep in kept),
        tuple("inside the part readability chose" if keep else "outside the part readability chose" for keep in kept),
    )


def _surviving_nodes(page: Page) -> set[int]:
    """Return the indices of the nodes that are left in readability's summary of the page."""
    import logging  # late too

    from readability import Document  # type: ignore[import-untyped]  # late: costs 70 ms of start-up
    from readability.readability import Unparseable  # type: ignore[import-untyped]

    source = _stamped_source(page)
    if len(source) > MAX_CHARS:
        return set()
    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    try:
        summary = Document(source).summary(html_partial=True)
    except (Unparseable, RecursionError):
        return set()
    return {int(number) for number in _STAMP_RE.findall(summary)}


def _stamped_source(page: Page) -> str:
    """Return the page as HTML with every node's index on its element; the tree is left as it was."""
    for index, node in enumerate(page.nodes):
        node.element.set(STAMP, str(index))
    source = etree.tostring(page.root, method="html", encoding="unicode")
    for node in page.nodes:
        del node.element.attrib[STAMP]
    return source
