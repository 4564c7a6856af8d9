"""The walk over the tree: elements open and close containers, set marks, and hand text nodes to the run.

Iterative, and it passes over every subtree of which nothing was kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from lxml import etree

from newsclean.build import elements
from newsclean.build.figures import CaptionFrame, FigureFrame
from newsclean.build.formulas import (
    attribute_formula,
    formula,
    image_formula,
    may_spell,
    script_formula,
    spells_formulas,
    split_formulas,
)
from newsclean.build.frames import (
    Frame,
    HeadingFrame,
    ItemFrame,
    ListFrame,
)
from newsclean.build.inline import CODE, CREDIT, LinkMark, Marks, Run, add_mark
from newsclean.build.lossless import LeftOut
from newsclean.build.notes import FootnoteFrame, tidy_notes
from newsclean.build.tables import CellFrame, TableFrame
from newsclean.document import Divider, Document, Embed, FootnoteReference, Math
from newsclean.markup import embeds, pictures
from newsclean.markup.code import is_listing, listing
from newsclean.markup.footnotes import find_footnotes, is_backlink, is_stray_backlink
from newsclean.markup.links import Links
from newsclean.markup.texts import KeptTexts
from newsclean.page.html import CUTTING_MEDIA, PHRASING, SKIPPED
from newsclean.page.tree.notes import MARK
from newsclean.page.tree.styles import LINE_BOX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.document import Block
    from newsclean.model import Options
    from newsclean.page.html import Page

    Element = etree._Element

MAX_FRAMES = 60
"""Containers open at once (a nested list takes two); deeper ones are unwrapped, so the model can be recursed into."""


Parting = Literal["flows", "seam", "cuts", "note"]
"""How an element parts the text around it: not, by a space where words would run together, as a block, or not at all
since its content goes elsewhere (a note inside a sentence)."""


class Walk:
    """The state of one walk."""

    def __init__(self, page: Page, kept: Sequence[bool], options: Options) -> None:
        self._page = page
        self._options = options
        self._texts = KeptTexts(page, kept)
        self._links = Links(page)
        self._footnotes = find_footnotes(page, self._texts, self._links)
        self._run = Run()
        self._root = Frame()
        self._frames: list[Frame] = [self._root]
        self._marks: Marks = ()
        self._exits: list[tuple[Marks, int, Parting]] = []
        """For each open element: the marks and the number of frames before it, and how its end parts the run."""
        self._interrupted: list[Run] = []
        """The runs of sentences in which a note is open."""
        self._left_out: list[Element] = []
        self._numbers: list[str] = []
        """What was left out on purpose: elements, and numbers and headings of notes."""

    @cached_property
    def _spells_formulas(self) -> bool:
        return spells_formulas(self._page.source)  # which is long: asked where a text may spell one

    def document(self) -> Document:
        """Return the document of the whole page."""
        walker = etree.iterwalk(self._page.root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif self._enter(element, str(element.tag)):
                walker.skip_subtree()
        self._flush()
        return Document(tidy_notes(self._root.content(), self._numbers))

    def left_out(self) -> LeftOut:
        """Return the texts that were left out on purpose."""
        return LeftOut([str(text) for element in self._left_out for text in element.itertext()], self._numbers)

    def _enter(self, element: Element, tag: str) -> bool:
        """Open an element; return whether to pass over its content."""
        parting = self._parting(element, tag)
        self._exits.append((self._marks, len(self._frames), parting))
        if parting == "seam":
            self._run.seam()
        if tag not in PHRASING or tag in SKIPPED:
            if tag in SKIPPED or tag in ("hr", "input"):
                self._media(element, tag)
                return True
            if not self._texts.is_live(element):
                self._count_dropped(element, tag)
                return True
        if self._is_left_out(element, tag):
            self._left_out.append(element)
            return True
        if self._open_any(element, tag, parting):
            return True
        if element.text:
            self._text(element.text, self._texts.own(element))
        return False

    def _is_left_out(self, element: Element, tag: str) -> bool:
        """Return whether an element with kept text adds nothing: a tool of the page, or what a footnote says anyway."""
        if element in self._footnotes.repeated or self._is_backlink(element, tag):
            return True
        return element not in self._footnotes.inline and elements.is_furniture(element, tag, self._frames[-1])

    def _parting(self, element: Element, tag: str) -> Parting:
        if element in self._footnotes.inline:
            return "note"
        if tag in PHRASING or tag == "input" or (tag in SKIPPED and tag not in CUTTING_MEDIA):
            return "seam" if CODE not in self._marks and elements.is_stamp(element, tag) else "flows"
        if not self._texts.is_live(element):
            return "seam" if tag not in CUTTING_MEDIA and elements.is_empty(element) else "cuts"
        if element in self._footnotes.notes or not elements.flows(element, tag):
            return "cuts"
        return "seam" if self._is_inside_text(element) else "cuts"

    def _open_any(self, element: Element, tag: str, parting: Parting) -> bool:
        """Open an element that holds something; return whether its content is taken already."""
        if parting == "note":
            self._open_inline_note(element)
            return False
        if parting != "cuts":
            return self._enter_inline(element, tag)
        self._flush()
        if is_listing(element, tag):
            self._listing(element)
            return True
        spelled = attribute_formula(element) if tag in ("p", "div") else None
        if spelled is not None:
            self._add(replace(spelled, display=True))
            self._left_out.append(element)
            return True
        self._open(element, tag)
        return False

    def _leave(self, element: Element) -> None:
        marks, depth, parting = self._exits.pop()
        if parting in ("cuts", "note"):
            self._flush()
        elif parting == "seam":
            self._run.seam()
        if LINE_BOX in element.attrib and element.tail and not element.tail.isspace():
            self._break_line()
        while len(self._frames) > depth:
            self._close()
        if parting == "note":
            self._run = self._interrupted.pop()
        if element.tag == "rt" and elements.needs_parentheses(element, self._texts):
            self._run.put(")", marks, -1)
        self._marks = marks
        if element.tail:
            self._text(element.tail, self._texts.tail(element))

    def _open_inline_note(self, element: Element) -> None:
        """Put a reference where the note stands and let its content go to the note."""
        note = self._footnotes.inline[element]
        self._run.put(FootnoteReference(note.label), self._marks, self._texts.inner(element))
        self._interrupted.append(self._run)
        self._run, self._marks = Run(), ()
        self._frames.append(FootnoteFrame(note.label, note.number, self._root))
        self._numbers += note.spellings

    def _text(self, text: str, number: int) -> None:
        if number < 0:
            self._run.space()
        elif CODE in self._marks or not may_spell(text) or not self._spells_formulas:
            self._run.text(text, self._marks, number)
        else:
            for part in split_formulas(text):
                self._formula(part, number)

    def _is_inside_text(self, element: Element) -> bool:
        """Return whether an element stands in the middle of a paragraph."""
        return bool(self._run.atoms) or bool(element.tail and not element.tail.isspace())

    def _break_line(self) -> None:
        """Begin a line, as a box in the text does; captions, headings and cells are one line."""
        if not isinstance(self._frames[-1], (CaptionFrame, CellFrame, HeadingFrame)):
            self._run.line_break()

    def _flush(self) -> None:
        run = self._run
        if run.atoms:
            frame = self._frames[-1]
            frame.touch(run.source)
            if type(frame) is Frame and len(run.atoms) == 1 and isinstance(alone := run.atoms[0][1], Math):
                frame.add(replace(alone, display=True))  # all that a paragraph holds
            else:
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

    def _listing(self, element: Element) -> None:
        found = listing(element, self._texts)
        self._add(found.code)
        self._left_out += found.left_out
        self._numbers += found.numbers

    def _push(self, frame: Frame) -> None:
        if len(self._frames) < MAX_FRAMES:
            self._frames.append(frame)

    def _count_dropped(self, element: Element, tag: str) -> None:
        """Let a list or table know of an item, row or cell that was not kept: numbers and columns go on."""
        frame = self._frames[-1]
        if isinstance(frame, ListFrame) and tag == "li":
            frame.skip_item()
        elif isinstance(frame, TableFrame) and tag == "tr":
            self._open(element, tag)
        elif isinstance(frame, TableFrame) and tag in ("td", "th"):
            frame.add_cell(elements.cell(element, tag))

    def _open(self, element: Element, tag: str) -> None:
        """Open the container that a block-level element stands for, if it stands for one."""
        frame = self._frames[-1]
        note = self._footnotes.notes.get(element)
        if note is not None:
            self._frames.append(FootnoteFrame(note.label, note.number, self._root))
            self._numbers += note.spellings
            return
        if isinstance(frame, TableFrame) and tag in ("thead", "tbody", "tfoot", "tr"):
            frame.part = elements.table_part(element, tag, frame.part)
            if tag == "tr":
                frame.start_row()
            return
        opened = elements.container(element, tag, frame)
        if opened is not None:
            self._push(opened)
        elif tag == "summary":
            self._marks = add_mark(self._marks, "strong")
        elif isinstance(frame, (CaptionFrame, FigureFrame)) and elements.is_credit(element):
            self._marks = add_mark(self._marks, CREDIT)

    def _enter_inline(self, element: Element, tag: str) -> bool:
        if tag == "br":
            if self._run.line_break():
                self._flush()
            return False
        if LINE_BOX in element.attrib:
            self._break_line()
        label = self._footnotes.references.get(element)
        if label is not None:
            marks = tuple(mark for mark in self._marks if mark not in ("sup", CODE))
            self._run.put(FootnoteReference(label), marks, self._texts.inner(element))
            self._left_out.append(element)
            return True
        if tag == "a":
            return self._enter_link(element)
        if tag == "rt" and elements.needs_parentheses(element, self._texts):
            self._run.put("(", self._marks, -1)
        if tag in ("img", "video", "audio", "embed", "math"):
            return self._media(element, tag)
        if tag in ("span", "x-tex"):
            spelled = attribute_formula(element)
            number = self._texts.inner(element) if spelled is not None else -1
            if number >= 0:
                self._formula(spelled, number)
                self._left_out.append(element)
                return True
        if tag == "code" and is_listing(element, tag):
            self._listing(element)
            return True
        style = elements.mark(element, tag)
        if style is not None:
            self._marks = add_mark(self._marks, style)
        elif isinstance(self._frames[-1], (CaptionFrame, FigureFrame)) and elements.is_credit(element):
            self._marks = add_mark(self._marks, CREDIT)
        return False

    def _is_backlink(self, element: Element, tag: str) -> bool:
        if tag not in ("a", "span"):
            return False
        if is_stray_backlink(element, tag, self._links):
            return True
        if not self._footnotes.notes:
            return False
        note = next((frame for frame in reversed(self._frames) if isinstance(frame, FootnoteFrame)), None)
        if note is None:
            return False
        at_start = not note.blocks and not self._run.atoms
        if at_start and MARK in element.attrib:
            return True
        return is_backlink(element, tag, self._links, self._footnotes, at_start)

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
        frame, around = self._frames[-1], element.getparent()
        is_drawn = around is not None and around.tag == "span"  # by recipe cards, for those who cook
        is_box = (element.get("type") or "").lower() == "checkbox" and not is_drawn
        if is_box and isinstance(frame, ItemFrame) and not frame.blocks and not self._run.atoms:
            frame.checked = element.get("checked") is not None

    def _media(self, element: Element, tag: str) -> bool:
        """Add what a media element shows; return whether to pass over its content."""
        if tag == "input":
            self._checkbox(element)
            return True
        if tag == "script":
            self._formula(script_formula(element), -1)
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
            self._embed(embeds.recording(element, self._links, number))
        elif tag in ("iframe", "object", "embed"):
            self._embed(embeds.embed(element, self._links, number))
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
        emoji = pictures.emoji_text(element)
        if emoji is not None:
            self._run.put(emoji, self._marks, number)
            return
        found = pictures.image(element, self._links, self._options)
        if found is not None and not self._is_of_formula(found.alt):
            self._run.image(found, self._marks, number)
            return
        alt = pictures.inline_data_alt(element) if found is None else None
        if alt is not None:
            self._run.text(alt, self._marks, number)

    def _is_of_formula(self, alt: str) -> bool:
        """Return whether a picture shows the formula right before it, for browsers that draw none."""
        blocks = self._frames[-1].blocks
        last = self._run.atoms[-1][1] if self._run.atoms else blocks[-1] if blocks else None
        return isinstance(last, Math) and "".join(last.latex.split()) == "".join(alt.split())
