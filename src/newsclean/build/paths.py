"""Kept blocks → where each stands in the page's tree, as an XPath, so that what is built of them can be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Element, Page

MAX_DEPTH = 100
"""Elements above a block past which it has no path: real pages stay under 60, and bombs make megabytes."""


def source_paths(page: Page, kept: Sequence[bool]) -> dict[int, str]:
    """Return block number → XPath of its innermost block-level element ("/html/body/main/p[3]"), for kept blocks.

    The path holds in the tree as parsed, in which every element is closed; flattened text has no paths.
    """
    if page.kind != "html":
        return {}
    atlas = _Atlas()
    return {
        block.number: atlas.path(page.nodes[block.node].element)
        for block in page.blocks
        if kept[block.number] and page.nodes[block.node].depth <= MAX_DEPTH
    }


class _Atlas:
    """Paths as lxml's `getpath` gives them, which counts the siblings before an element anew for every element."""

    def __init__(self) -> None:
        self._paths: dict[Element, str] = {}
        self._steps: dict[Element, str] = {}

    def path(self, element: Element) -> str:
        """Return the XPath of an element."""
        unknown = []
        above: Element | None = element
        while above is not None and above not in self._paths:
            unknown.append(above)
            above = above.getparent()
        path = "" if above is None else self._paths[above]
        for inner in reversed(unknown):
            path = self._paths[inner] = f"{path}/{self._step(inner)}"
        return path

    def _step(self, element: Element) -> str:
        """Return the last step of an element's path: its tag, with its number where siblings have the same."""
        if element not in self._steps:
            parent = element.getparent()
            if parent is None:
                return str(element.tag)
            siblings: dict[str, list[Element]] = {}
            for sibling in parent.iterchildren("*"):
                siblings.setdefault(str(sibling.tag), []).append(sibling)
            for tag, alike in siblings.items():
                if len(alike) == 1:
                    self._steps[alike[0]] = tag
                else:
                    self._steps.update((sibling, f"{tag}[{number}]") for number, sibling in enumerate(alike, 1))
        return self._steps[element]
