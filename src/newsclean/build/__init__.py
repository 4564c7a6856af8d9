"""Page + kept block numbers → Document. Structure comes from the elements around the kept blocks; no opinion on what is
article, and nothing here produces Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.build.lines import document_of_lines, is_of_lines
from newsclean.build.lossless import check
from newsclean.build.walk import Walk
from newsclean.model import Options
from newsclean.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Document
    from newsclean.page.html import Element, Page

MAX_DEPTH = 100
"""Elements above a block past which it has no path: real pages stay under 60, and bombs make megabytes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, and how it relates to the page."""

    document: Document
    paths: dict[int, str]
    """Block number → XPath of where it stands, for kept blocks."""
    warnings: tuple[str, ...] = ()
    """What of the kept text the document lacks, has twice or has elsewhere; () is the rule."""


def build_checked(page: Page, kept: Sequence[bool], options: Options = Options()) -> Built:
    """Return `build`'s document with the paths of its sources and warnings where it differs from the kept text."""
    if is_of_lines(page):  # which can lose nothing
        return Built(document_of_lines(page, kept), {})
    walk = Walk(page, kept, options)
    document = walk.document()
    return Built(document, source_paths(page, kept), check(page, kept, document, walk.left_out()))


def build(page: Page, kept: Sequence[bool], options: Options = Options()) -> Document:
    """Return the kept blocks of a page as a document, in reading order; `kept` has one truth value a block.

    Every kept text appears once, with its words never run together; text that was not kept never appears.
    Of the options, those on pictures count.
    """
    return document_of_lines(page, kept) if is_of_lines(page) else Walk(page, kept, options).document()


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
                return printable(str(element.tag))
            siblings: dict[str, list[Element]] = {}
            for sibling in parent.iterchildren("*"):
                siblings.setdefault(printable(str(sibling.tag)), []).append(sibling)
            for tag, alike in siblings.items():
                if len(alike) == 1:
                    self._steps[alike[0]] = tag
                else:
                    self._steps.update((sibling, f"{tag}[{number}]") for number, sibling in enumerate(alike, 1))
        return self._steps[element]


__all__ = ["Built", "build", "build_checked", "source_paths"]
