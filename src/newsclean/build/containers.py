"""One block-level element → the container that it opens: heading, item, list, table, quote, figure, callout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.build import shapes
from newsclean.build.figures import CaptionFrame, FigureFrame
from newsclean.build.frames import (
    CalloutTitleFrame,
    DefinitionsFrame,
    DescriptionFrame,
    Frame,
    HeadingFrame,
    ItemFrame,
    ListFrame,
    QuoteFrame,
    TermFrame,
)
from newsclean.build.tables import CellFrame, TableFrame
from newsclean.markup.classes import class_role

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MAX_NAMES = 1_000
"""Characters of a class attribute that are read: what was read is kept in a cache."""


def container(element: Element, tag: str, around: Frame) -> Frame | None:
    """Return the container for an element inside the container `around`, or None if it is only a box."""
    level = shapes.heading_level(element, tag)
    if level:
        return HeadingFrame(level)
    if tag == "li":
        return ItemFrame(shapes.item_value(element))
    if tag in ("ul", "ol", "menu", "dir"):
        return ListFrame(*shapes.list_shape(element, tag))
    if tag == "table":
        is_layout = element.get("role") in ("presentation", "none")
        return TableFrame(is_layout, shapes.column_aligns(element), _callout(around))
    if tag in ("td", "th"):
        return _cell(element, tag, around)
    if tag == "blockquote":
        return QuoteFrame()
    if tag in ("dl", "dt", "dd"):
        return {"dl": DefinitionsFrame, "dt": TermFrame, "dd": DescriptionFrame}[tag]()
    if tag == "figure":
        return FigureFrame()
    if tag in ("figcaption", "caption"):
        return CaptionFrame()
    names = element.get("class")
    if not names:
        return None
    return _by_class(f"{names} {element.get('data-callout') or ''}", around)


def _callout(frame: Frame) -> QuoteFrame | None:
    """Return a container that is a callout, in which a table sets its icon beside its text (Asciidoctor)."""
    return frame if isinstance(frame, QuoteFrame) and frame.callout is not None and not frame.blocks else None


def _cell(element: Element, tag: str, around: Frame) -> Frame | None:
    if not isinstance(around, TableFrame):
        return None
    if around.callout is not None and shapes.is_icon(element):
        return CalloutTitleFrame(around.callout)
    return CellFrame(shapes.cell(element, tag))


def _by_class(names: str, around: Frame) -> Frame | None:
    role = class_role(names[:MAX_NAMES])
    if role == "caption":
        return CaptionFrame()
    if role == "figure":
        return FigureFrame()
    if role == "callout title":
        return CalloutTitleFrame(around) if isinstance(around, QuoteFrame) else None
    return QuoteFrame(role) if role else None
