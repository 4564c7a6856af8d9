"""Page + kept block numbers → which text nodes, images and block-level elements of the tree belong to the article."""

from __future__ import annotations

from itertools import accumulate, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from newsclean.page.html import Page

    Element = etree._Element


NEAR = 24
"""Elements inside an inline element among which its first text is looked for."""


class KeptTexts:
    """Look-ups from elements to kept block numbers. Numbers are -1 where nothing was kept."""

    __slots__ = ("_live", "_media", "_own", "_rows", "_tails")

    def __init__(self, page: Page, kept: Sequence[bool]) -> None:
        self._own: dict[Element, int] = {}
        self._tails: dict[Element, int] = {}
        self._media: dict[Element, int] = {}
        self._rows: set[Element] = set()
        for block in page.blocks:
            if kept[block.number]:
                for element, is_tail in block.pieces:
                    (self._tails if is_tail else self._own)[element] = block.number
                for element in block.media:
                    self._media[element] = block.number
                node = page.nodes[block.node]
                if node.tag == "tr":
                    self._rows.add(node.element)
        sums = [0, *accumulate(kept)]
        self._live = {node.element for node in page.nodes if sums[node.last] > sums[node.first]}

    def own(self, element: Element) -> int:
        """Return the block number of the element's text."""
        return self._own.get(element, -1)

    def tail(self, element: Element) -> int:
        """Return the block number of the text after the element."""
        return self._tails.get(element, -1)

    def inner(self, element: Element) -> int:
        """Return the block number of the first kept text inside an inline element."""
        for inner in islice(element.iter(), NEAR):
            number = self._own.get(inner, -1)
            if number >= 0:
                return number
        return -1

    def media(self, element: Element) -> int:
        """Return the block number of an image or the like."""
        return self._media.get(element, -1)

    def is_live(self, element: Element) -> bool:
        """Return whether a block-level element holds anything that was kept."""
        return element in self._live or (element.tag in ("td", "th") and element.getparent() in self._rows)
