"""Page + kept block numbers → Document. Structure comes from the elements around the kept blocks; no opinion on what is
article, and nothing here produces Markdown or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.build.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Document
    from newsclean.parse import Page


def build(page: Page, kept: Sequence[bool]) -> Document:
    """Return the kept blocks of a page as a document, in reading order; `kept` has one truth value a block.

    Every kept text appears once, with its words never run together; text that was not kept never appears.
    """
    return Walk(page, kept).document()


__all__ = ["build"]
