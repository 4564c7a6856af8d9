"""Page + kept block numbers → which text nodes, images and block-level elements of the tree belong to the article."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from newsclean.parse import Page

    Element = etree._Element


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

    def own(self, element: Element) -> tuple[int, bool]:
        """Return the block number of the element's text, and whether it was kept."""
        number = self._own.get(element, -1)
        return number, number >= 0

    def tail(self, element: Element) -> tuple[int, bool]:
        """Return the block number of the text after the element, and whether it was kept."""
        number = self._tails.get(element, -1)
        return number, number >= 0

    def media(self, element: Element) -> int:
        """Return the block number of an image or the like, -1 if it was not kept."""
        return self._media.get(element, -1)

    def is_live(self, element: Element) -> bool:
        """Return whether a block-level element holds anything that was kept."""
        return element in self._live or (element.tag in ("td", "th") and element.getparent() in self._rows)
