"""The walk over the tree: elements open and close containers, set marks, and hand text nodes to the run.

Iterative, and it passes over every subtree of which nothing was kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsclean.build import media, shapes
from newsclean.build.code import is_listing, listing
from newsclean.build.figures import CaptionFrame, FigureFrame
from newsclean.build.formulas import formula, image_formula, script_formula
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
from newsclean.build.inline import CREDIT, LinkMark, Marks, Run, add_mark
from newsclean.build.links import Links
from newsclean.build.tables import CellFrame, TableFrame
from newsclean.build.texts import KeptTexts
from newsclean.document import Divider, Document, Embed, Math
from newsclean.parse import PHRASING, SKIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Block
    from newsclean.parse import Page

    Element = etree._Element

MAX_FRAMES = 60
"""Containers open at once (a nested list takes two); deeper ones are unwrapped, so the model can be recursed into."""


class Walk:
    """The state of one walk."""

    def __init__(self, page: Page, kept: Sequence[bool]) -> None:
        self._page = page
        self._texts = KeptTexts(page, kept)
        self._links = Links(page)
        self._run = Run()
        self._root = Frame()
        self._frames: list[Frame] = [self._root]
        self._marks: Marks = ()
        self._exits: list[tuple[Marks, int, bool]] = []
        """For each open element: the marks and the number of frames before it, and whether it cuts the run."""

    def document(self) -> Document:
        """Return the document of the whole page."""
        walker = etree.iterwalk(self._page.root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif self._enter(element, str(element.tag)):
                walker.skip_subtree()
        self._flush()
        return Document(self._root.content())

    def _enter(self, element: Element, tag: str) -> bool:
        """Open an element; return whether to pass over its content."""
        is_inline = tag in PHRASING or tag in shapes.UNSEEN
        if tag in SKIPPED or tag == "hr":
            self._exits.append((self._marks, len(self._frames), tag == "hr"))
            self._media(element, tag)
            return True
        if not is_inline and not self._texts.is_live(element):
            self._exits.append((self._marks, len(self._frames), not shapes.is_empty(element)))
            self._count_dropped(element, tag)
            return True
        is_inline = is_inline or (shapes.flows(element, tag) and self._is_inside_text(element))
        self._exits.append((self._marks, len(self._frames), not is_inline))
        if shapes.is_furniture(element, tag, self._frames[-1]):
            return True
        if is_inline:
            if self._enter_inline(element, tag):
                return True
        else:
            self._flush()
            if is_listing(element, tag):
                self._add(listing(element, self._texts))
                return True
            self._open(element, tag)
        if element.text:
            number, is_kept = self._texts.own(element)
            self._text(element.text, number, is_kept)
        return False

    def _leave(self, element: Element) -> None:
        marks, depth, cuts = self._exits.pop()
        if cuts:
            self._flush()
        while len(self._frames) > depth:
            self._close()
        self._marks = marks
        if element.tail:
            number, is_kept = self._texts.tail(element)
            self._text(element.tail, number, is_kept)

    def _text(self, text: str, number: int, is_kept: bool) -> None:
        if is_kept:
            self._run.text(text, self._marks, number)
        else:
            self._run.space()

    def _is_inside_text(self, element: Element) -> bool:
        """Return whether an element stands in the middle of a paragraph."""
        return bool(self._run.atoms) or bool(element.tail and not element.tail.isspace())

    def _flush(self) -> None:
        run = self._run
        if run.atoms:
            frame = self._frames[-1]
            frame.touch(run.source)
            frame.receive(run.atoms, run.source)
        run.clear()

    def _close(self) -> None:
        frame = self._frames.pop()
        parent = self._frames[-1]
        parent.touch(frame.source)
        frame.close(parent)

    def _add(self, block: Block | None) -> None:
        if block is not None:
            self._flush()
            if not isinstance(block, Math):
                self._frames[-1].touch(block.source)
            self._frames[-1].add(block)

    def _push(self, frame: Frame) -> None:
        if len(self._frames) < MAX_FRAMES:
            self._frames.append(frame)

    def _count_dropped(self, element: Element, tag: str) -> None:
        """Let a list or table know of an item, row or cell that was not kept: numbers and columns go on."""
        frame = self._frames[-1]
        if isinstance(frame, ListFrame) and tag == "li":
            frame.skip_item()
        elif isinstance(frame, TableFrame) and tag == "tr":
            frame.start_row()
        elif isinstance(frame, TableFrame) and tag in ("td", "th"):
            frame.add_cell(shapes.cell(element, tag))

    def _open(self, element: Element, tag: str) -> None:
        """Open the container that a block-level element stands for, if it stands for one."""
        frame = self._frames[-1]
        if isinstance(frame, TableFrame) and tag in ("thead", "tbody", "tfoot", "tr"):
            if tag == "tr":
                frame.start_row()
            else:
                frame.in_head = tag == "thead"
            return
        opened = self._frame_of(element, tag)
        if opened is not None:
            self._push(opened)
        elif tag == "summary":
            self._marks = add_mark(self._marks, "strong")
        elif isinstance(frame, (CaptionFrame, FigureFrame)) and shapes.is_credit(element):
            self._marks = add_mark(self._marks, CREDIT)

    def _frame_of(self, element: Element, tag: str) -> Frame | None:
        level = shapes.heading_level(element, tag)
        if level:
            return HeadingFrame(level)
        if tag == "li":
            return ItemFrame(shapes.item_value(element))
        if tag in ("ul", "ol", "menu", "dir"):
            return ListFrame(*shapes.list_shape(element, tag))
        if tag == "table":
            return TableFrame(element.get("role") in ("presentation", "none"))
        if tag in ("td", "th"):
            return CellFrame(shapes.cell(element, tag)) if isinstance(self._frames[-1], TableFrame) else None
        if tag == "blockquote":
            return QuoteFrame()
        if tag in ("dl", "dt", "dd"):
            return {"dl": DefinitionsFrame, "dt": TermFrame, "dd": DescriptionFrame}[tag]()
        if tag == "figure":
            return FigureFrame()
        if tag in ("figcaption", "caption"):
            return CaptionFrame()
        return self._frame_by_class(element)

    def _frame_by_class(self, element: Element) -> Frame | None:
        if not element.get("class"):
            return None
        if shapes.is_caption(element):
            return CaptionFrame()
        if shapes.is_figure(element):
            return FigureFrame()
        if isinstance(self._frames[-1], QuoteFrame) and shapes.is_callout_title(element):
            return CalloutTitleFrame()
        kind = shapes.callout_kind(element)
        return QuoteFrame(kind) if kind else None

    def _enter_inline(self, element: Element, tag: str) -> bool:
        if tag == "br":
            if self._run.line_break():
                self._flush()
            return False
        if tag == "a":
            return self._enter_link(element)
        if tag in ("img", "video", "audio", "embed", "math"):
            return self._media(element, tag)
        if tag == "input":
            self._checkbox(element)
            return True
        style = shapes.mark(element, tag)
        if style is not None:
            self._marks = add_mark(self._marks, style)
        elif isinstance(self._frames[-1], (CaptionFrame, FigureFrame)) and shapes.is_credit(element):
            self._marks = add_mark(self._marks, CREDIT)
        return False

    def _enter_link(self, element: Element) -> bool:
        href = element.get("href")
        if href is None or self._links.fragment(href) is not None:
            return False
        address = self._links.absolute(href)
        if address is not None:
            title = " ".join((element.get("title") or "").split())
            self._marks = add_mark(self._marks, LinkMark(address, title or None))
        return False

    def _checkbox(self, element: Element) -> None:
        frame = self._frames[-1]
        if (
            isinstance(frame, ItemFrame)
            and not frame.blocks
            and not self._run.atoms
            and (element.get("type") or "").lower() == "checkbox"
        ):
            frame.checked = element.get("checked") is not None

    def _media(self, element: Element, tag: str) -> bool:
        """Add what a media element shows; return whether to pass over its content."""
        if tag == "script":
            found = script_formula(element)
            if found is not None:
                self._run.put(found, self._marks, -1)
            return True
        number = self._texts.media(element)
        if number < 0:
            return tag in ("math", "embed")
        if tag == "img":
            self._image(element, number)
        elif tag == "math":
            self._formula(formula(element), number)
            return True
        elif tag == "hr":
            self._add(Divider((number, number)))
        elif tag in ("video", "audio"):
            self._embed(media.recording(element, self._links, number))
        elif tag in ("iframe", "object", "embed"):
            self._embed(media.embed(element, self._links, number))
        return False

    def _embed(self, found: Embed | None) -> None:
        previous = self._frames[-1].blocks[-1:]
        if found is not None and not (previous and isinstance(previous[0], Embed) and previous[0].href == found.href):
            self._add(found)

    def _formula(self, found: Math | str | None, number: int) -> None:
        if isinstance(found, str):
            self._run.text(found, self._marks, number)
        elif found is not None:
            last = self._run.atoms[-1][1] if self._run.atoms else None
            if not (isinstance(last, Math) and last.latex == found.latex):
                self._run.put(found, self._marks, number)

    def _image(self, element: Element, number: int) -> None:
        as_math = image_formula(element)
        if as_math is not None:
            self._formula(as_math, number)
            return
        emoji = media.emoji_text(element)
        if emoji is not None:
            self._run.put(emoji, self._marks, number)
            return
        found = media.image(element, self._links)
        if found is not None:
            self._run.image(found, self._marks, number)
            return
        alt = media.inline_data_alt(element)
        if alt is not None:
            self._run.text(alt, self._marks, number)
