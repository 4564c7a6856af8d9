"""Page → Metadata: what is known about the article besides its body, and where it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.combine import read_html_metadata

if TYPE_CHECKING:
    from newsclean.model import Metadata
    from newsclean.page.html import Page

__all__ = ["read_metadata"]


def read_metadata(page: Page) -> Metadata:
    """Return what the page says about its article; a field that the page does not tell is None or ()."""
    if page.kind == "text":
        from newsclean.facts.lines import read_line_metadata

        return read_line_metadata(page)
    return read_html_metadata(page)
