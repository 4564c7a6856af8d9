"""Lines of flattened text as the nodes and blocks of a page, whose elements are made when someone asks for them.

Most texts are converted without: nothing in a line has an attribute, and its text stands in its block.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.page.html import Block, Node

if TYPE_CHECKING:
    from newsclean.page.html import Element

Links = tuple[tuple[int, int, str], ...]
"""(start, end, address) of the links in a text, in order, never overlapping."""


class LineTree:
    """The elements of a page of lines, by the number of their node; the first is the root."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.parents: list[int] = []
        """Numbers of the elements that the elements stand in."""
        self.texts: list[str] = []
        self.links: dict[int, Links] = {}
        self.starts: dict[int, int] = {}
        """The number that a numbered list begins with, where it is not 1."""

    @cached_property
    def elements(self) -> list[Element]:
        """Return the elements."""
        elements = [etree.Element(self.tags[0])]
        for number, (tag, parent, text) in islice(
            enumerate(zip(self.tags, self.parents, self.texts, strict=True)), 1, None
        ):
            element = etree.SubElement(elements[parent], tag)
            if text:
                element.text = text
            if number in self.links:
                _link(element, text, self.links[number])
            if number in self.starts:
                element.set("start", str(self.starts[number]))
            elements.append(element)
        return elements


def _link(element: Element, text: str, links: Links) -> None:
    """Set the text of an element, its links as `a` elements."""
    last: Element | None = None
    end = 0
    for start, stop, address in links:
        if last is None:
            element.text = text[end:start]
        else:
            last.tail = text[end:start]
        last = etree.SubElement(element, "a", href=address)
        last.text = text[start:stop]
        end = stop
    if last is not None:
        last.tail = text[end:]


class LineNode(Node):
    """A node of a page of lines that hold text alone."""

    __slots__ = ("_number", "_tree")

    def __init__(self, tree: LineTree, tag: str, parent: int, depth: int, first: int, last: int) -> None:
        self._tree = tree
        self._number = len(tree.tags)
        self.tag = tag
        self.parent = parent
        self.depth = depth
        self.first = first
        self.last = last

    @property
    def element(self) -> Element:  # type: ignore[override]  # nobody gives a node another element
        """Return the element, of which the whole tree is made."""
        return self._tree.elements[self._number]

    @property
    def start(self) -> int:
        """Return the number that a numbered list begins with."""
        return self._tree.starts.get(self._number, 1)

    def get(self, name: str) -> str:  # noqa: ARG002 - as Node has it
        """Return "": lines have no attributes."""
        return ""


class LineBlock(Block):
    """A block of a page of lines that hold text alone."""

    __slots__ = ("_tree",)

    def __init__(self, tree: LineTree, number: int, node: int, text: str, chars: int) -> None:
        self._tree = tree
        self.number = number
        self.node = node
        self.text = text
        self.chars = chars
        self.link_chars = self.breaks = 0
        self.media = ()

    @property
    def pieces(self) -> tuple[tuple[Element, bool], ...]:  # type: ignore[override]  # as LineNode.element
        """Return the one text node."""
        return ((self._tree.elements[self.node], False),)
