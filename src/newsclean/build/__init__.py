"""Page + kept block numbers → Document. Structure comes from the elements around the kept blocks; no opinion on what is
article, and nothing here produces Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.build.lines import document_of_lines, is_of_lines
from newsclean.build.lossless import check
from newsclean.build.paths import source_paths
from newsclean.build.walk import Walk
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Document
    from newsclean.page.html import Page


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


__all__ = ["Built", "build", "build_checked"]
