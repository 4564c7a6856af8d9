"""Page → Metadata: what is known about the article besides its body, and where it was found."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from newsclean.facts.authors import author_kinds
from newsclean.facts.combine import read_html_metadata
from newsclean.facts.trust import FIELDS, group_of
from newsclean.model import Contributor, LeadImage, Rival
from newsclean.words import label

if TYPE_CHECKING:
    from newsclean.model import Metadata
    from newsclean.page.html import Page

__all__ = ["labels", "read_metadata"]


def read_metadata(page: Page) -> Metadata:
    """Return what the page says about its article; a field that the page does not tell is None or ()."""
    if page.kind == "text":
        from newsclean.facts.lines import read_line_metadata

        return read_line_metadata(page)
    return read_html_metadata(page)


def labels(metadata: Metadata) -> Metadata:
    """Return the metadata with every text as a label: site rules and standfirsts bring texts as the page has them.

    Paragraphs of a standfirst stay parted by empty lines. What each author is, is told here, where all are known.
    """
    found = replace(metadata, **{field.name: _labelled(getattr(metadata, field.name)) for field in fields(metadata)})
    unmeasured: dict[str, Any] = {f"{field}_confidence": None for field in FIELDS if group_of(field, found, {}) is None}
    return replace(found, author_kinds=author_kinds(found), **unmeasured)


def _labelled(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else "\n\n".join(map(label, value.split("\n\n"))) or None
    if isinstance(value, tuple):
        return tuple(found for item in value if (found := _labelled(item)))
    if isinstance(value, LeadImage | Contributor | Rival):
        return replace(value, **{field.name: _labelled(getattr(value, field.name)) for field in fields(value)})
    return value
