"""Document → the plain form of what has to be readable, and Markdown → the same form, so that they compare exactly.

`markdown_form(render_markdown(document, ...)) == expected_form(document)` holds for every document. This side
is written without the renderer's own modules. Formulas count as code: where `$` cannot be used they are written so.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newsclean.document import (
    Code,
    CodeSpan,
    Definition,
    DefinitionList,
    Divider,
    Document,
    Embed,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Raw,
    Span,
    Table,
    Text,
)
from newsclean.render import plain
from tests.roundtrip_reader import BREAK, NO_MARKS, markdown_form, split_callout, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.document import Block, Cell, Inline
    from tests.roundtrip_reader import Form, Line, Marks

__all__ = ["expected_form", "markdown_form"]

CALLOUTS = {
    **dict.fromkeys(("tip", "hint", "success"), "TIP"),
    **dict.fromkeys(("warning", "attention"), "WARNING"),
    **dict.fromkeys(("caution", "danger", "error"), "CAUTION"),
    "important": "IMPORTANT",
}


def _names_its_kind(block: Quote) -> bool:
    kind = (block.callout or "").lower()
    title = plain.inline_text(block.title).strip(" :!").lower()
    return bool(kind) and title == CALLOUTS.get(kind, "NOTE").lower()


class _Reader:
    """Collects which footnotes are referred to while the lines are read."""

    def __init__(self, document: Document) -> None:
        self.used: set[str] = set()
        self.defined: set[str] = set()
        self.notes = [note for note in _all_notes(document.blocks) if self.blocks(note.content)]
        self.defined = {note.label for note in self.notes}

    def line(self, content: Sequence[Inline], *, breaks: bool = True) -> Line:
        line = tidy(_spread(content, NO_MARKS))
        kept: Line = []
        for leaf, marks in line:
            if leaf == BREAK and not breaks:
                kept.append((" ", NO_MARKS))
            elif isinstance(leaf, tuple) and leaf[0] == "reference":
                outside = frozenset(mark for mark in marks if not isinstance(mark, tuple))
                if leaf[1] in self.defined:
                    self.used.add(leaf[1])
                    kept.append((leaf, outside))
                else:
                    kept += [(char, outside) for char in f"[{leaf[1]}]"]
            else:
                kept.append((leaf, marks))
        return kept

    def blocks(self, blocks: Sequence[Block]) -> Form:
        form: Form = []
        for block in blocks:
            for part in self.block(block):
                if part != ("divider",) or not form or form[-1] != part:
                    form.append(part)
        return form

    def paragraph(self, line: Line) -> Form:
        return [("paragraph", line)] if line else []

    def block(self, block: Block) -> Form:
        if isinstance(block, Paragraph):
            return self._paragraphs(block)
        if isinstance(block, Heading):
            line = self.line(block.content, breaks=False)
            return [("heading", block.level, line)] if line else []
        if isinstance(block, Code):
            return [("code", block.language or "", block.text)] if block.text.strip() else []
        if isinstance(block, Divider):
            return [("divider",)]
        if isinstance(block, Math):
            return [("math", " ".join(block.latex.split()))]
        if isinstance(block, Embed):
            return self.paragraph(self.line((Link(block.href, (Text(block.title or block.href),)),)))
        if isinstance(block, Figure):
            return self.paragraph(self._figure(block))
        if isinstance(block, Footnote):
            return []
        if isinstance(block, Quote):
            return self._quote(block)
        if isinstance(block, List):
            return self._list([self._item(item) for item in block.items], block.ordered, block.start)
        if isinstance(block, DefinitionList):
            return [part for item in block.items for part in self._definition(item)]
        return self._table(block)

    def _paragraphs(self, block: Paragraph) -> Form:
        form: Form = []
        rest: list[Inline] = []
        for inline in block.content:
            if isinstance(inline, Math) and inline.display:
                form += self.paragraph(self.line(rest))
                form += self.block(inline)
                rest = []
            else:
                rest.append(inline)
        return form + self.paragraph(self.line(rest))

    def _figure(self, block: Figure) -> Line:
        line: Line = []
        for image in block.images:
            shown = self.line((image,))
            if shown and isinstance(shown[0][0], tuple):
                line += [*shown, (" ", NO_MARKS)]
        return tidy([*line, *self.line((Span("emphasis", self._caption(block)),))])

    def _caption(self, block: Figure) -> tuple[Inline, ...]:
        credit = (block.credit or "").strip()
        if not credit:
            return block.caption
        bare = not self.line(block.caption) or credit.startswith("(")
        return (*block.caption, Text(f" {credit}" if bare else f" ({credit})"))

    def _quote(self, block: Quote) -> Form:
        content = self.blocks(block.content)
        title = self.line(() if _names_its_kind(block) else (Span("strong", block.title),))
        content = self.paragraph(title) + content
        if not content:
            return []
        if block.callout is not None:
            kind = _characters(f"[!{CALLOUTS.get(block.callout.lower(), 'NOTE')}]", NO_MARKS)
            content.insert(0, ("paragraph", kind))
        return [("quote", split_callout(content))]

    def _item(self, item: ListItem) -> Form:
        form = self.blocks(item.content)
        first = next((block for block in item.content if self.block(block)), None)
        if item.checked is not None and isinstance(first, Paragraph | Embed) and form[0][0] == "paragraph":
            form[0] = ("paragraph", [*_characters("[x] " if item.checked else "[ ] ", NO_MARKS), *form[0][1]])
            form[0] = ("paragraph", tidy(form[0][1]))
        return form

    def _list(self, forms: Sequence[Form], ordered: bool, start: int) -> Form:
        items = [form for form in forms if form]
        return [("list", start if ordered else None, items)] if items else []

    def _definition(self, item: Definition) -> Form:
        line = self.line((Span("strong", item.term),))
        texts = Paragraph | Embed
        described = [
            [block for block in each if not isinstance(block, texts) or self.block(block)] for each in item.descriptions
        ]
        forms = [self.blocks(blocks) for blocks in described]
        if not line:
            return [part for form in forms for part in form]
        if all(_is_one_paragraph(blocks) for blocks in described):
            first, rest = [part for form in forms for part in form], []
        else:
            lines = int(bool(described[0]) and isinstance(described[0][0], texts) and forms[0][0][0] == "paragraph")
            first, rest = forms[0][:lines], [part for form in (forms[0][lines:], *forms[1:]) for part in form]
        for _, described_line in first:
            line = [*line, *_characters(" : ", NO_MARKS), *described_line]
        return [("paragraph", tidy(line)), *rest]

    def _table(self, table: Table) -> Form:
        rows = [row for row in (table.header, *table.rows) if row]
        caption = self.paragraph(self.line((Span("emphasis", table.caption),)))
        body = self._rows(table, rows)
        return [*body, *caption] if table.is_caption_below else [*caption, *body]

    def _rows(self, table: Table, rows: Sequence[Sequence[Cell]]) -> Form:
        if any(not _is_line(block) for row in rows for cell in row for block in cell.content):
            text = "".join(_bare_text(cell.content) for row in rows for cell in row)
            return [("html", text)] if text else []
        lines = [[self._cell(cell) for cell in row] for row in rows]
        if not any(line for row in lines for line in row):
            return []
        if not table.header:
            lines.insert(0, [[] for _ in rows[0]])
        return [("table", list(table.align), lines)]

    def _cell(self, cell: Cell) -> Line:
        content: list[Inline] = []
        for block in cell.content:
            content += (LineBreak(), *self._cell_part(block))
        return self.line(content)

    def _cell_part(self, block: Block) -> Sequence[Inline]:
        if isinstance(block, Heading):
            return (Span("strong", block.content),)
        if isinstance(block, Embed):
            return (Link(block.href, (Text(block.title or block.href),)),)
        if isinstance(block, Figure):
            return (*block.images, LineBreak(), Span("emphasis", self._caption(block)))
        parts: list[Inline] = []
        for inline in block.content if isinstance(block, Paragraph) else (block,) if isinstance(block, Math) else ():
            alone = isinstance(inline, Math) and inline.display
            parts += (LineBreak(), inline, LineBreak()) if alone else (inline,)
        return parts

    def note_forms(self) -> Form:
        """Return the notes: those that nothing refers to as blocks, then the others in order of their definition."""
        forms = [(note, self.blocks(note.content)) for note in self.notes]
        loose: Form = []
        for note in self.notes:
            if note.label not in self.used:
                loose += [part for block in note.content for part in self.block(block)]
        loose = [part for index, part in enumerate(loose) if part != ("divider",) or loose[index - 1 : index] != [part]]
        return loose + sorted(("note", note.label, form) for note, form in forms if note.label in self.used and form)


def expected_form(document: Document, title: str | None = None, above: Sequence[str] = ()) -> Form:
    """Return what has to be readable in the document's Markdown; `above` are the paragraphs of its standfirst."""
    reader = _Reader(document)
    blocks = reader.blocks(document.blocks)
    while document.blocks and blocks and blocks[0] == ("divider",):
        blocks.pop(0)
    while blocks and blocks[-1] == ("divider",):
        blocks.pop()
    heading = [("heading", 1, reader.line((Text(title),)))] if title else []
    heading += reader.blocks([Paragraph((Span("strong", (Text(line),)),)) for line in above])
    notes = reader.note_forms()
    if blocks and notes and notes[0][0] != "note":
        blocks.append(("divider",))
    return [*heading, *blocks, *notes]


def _is_one_paragraph(blocks: Sequence[Block]) -> bool:
    if len(blocks) != 1:
        return False
    formulas = isinstance(blocks[0], Paragraph) and any(isinstance(i, Math) and i.display for i in blocks[0].content)
    return isinstance(blocks[0], Paragraph | Embed) and not formulas


CONTROLS = "\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that no output has, beside those of the category Cc."""


def _characters(text: str, marks: Marks) -> Line:
    kept = (char for char in text if char in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85" or unicodedata.category(char) != "Cc")
    return [(" " if char in "\u2028\u2029" else char, marks) for char in kept if char not in CONTROLS]


def _spread(content: Iterable[Inline], marks: Marks) -> Iterable[tuple[Any, Marks]]:
    for inline in content:
        if isinstance(inline, Text):
            yield from _characters(inline.text, marks)
        elif isinstance(inline, Span):
            yield from _spread_span(inline, marks)
        elif isinstance(inline, Link):
            href = address(inline.href, ("http", "https", "mailto", "tel"))
            nested = any(isinstance(mark, tuple) for mark in marks)
            yield from _spread(inline.content, marks if nested or not href else marks | {("link", href, inline.title)})
        elif isinstance(inline, Image) and inline.link:
            yield from _spread((Link(inline.link, (dataclasses.replace(inline, link=None),)),), marks)
        elif isinstance(inline, Image):
            is_picture = re.match(r"data:image/(?:png|jpeg|gif|webp);base64,[\w+/=]+$", inline.src)
            src = inline.src if is_picture else address(inline.src, ("http", "https"))
            alt = "".join(char for char, _ in tidy(_characters(inline.alt, NO_MARKS)))
            yield from [(("image", src, alt, inline.title), marks)] if src else _characters(alt, marks)
        elif isinstance(inline, CodeSpan):
            text = inline.text.replace("\n", " ")
            yield (("code", text), marks) if text.strip() else (" ", marks)
        elif isinstance(inline, LineBreak):
            yield BREAK, marks
        elif isinstance(inline, FootnoteReference):
            yield ("reference", inline.label), marks
        elif isinstance(inline, Raw):
            yield from _characters(inline.text, marks)
        elif inline.latex.strip():
            yield ("code", re.sub(r"<(?=[A-Za-z/!?])", "< ", " ".join(inline.latex.split()))), marks


def _spread_span(span: Span, marks: Marks) -> Iterable[tuple[Any, Marks]]:
    if span.style == "quote":
        yield from [("“", marks), *_spread(span.content, marks), ("”", marks)]
    elif span.style == "abbreviation":
        yield from _spread(span.content, marks)
    else:
        yield from _spread(span.content, marks | {span.style})


def address(href: str, schemes: Sequence[str]) -> str | None:
    """Return an address in comparable form, None where it must not be shown."""
    href = "".join(char for char in href if unicodedata.category(char) != "Cc").strip()
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", href)
    return unquote(href) if href and (not scheme or scheme[1].lower() in schemes) else None


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading | Figure | Embed | Math)


def _bare_text(blocks: Sequence[Block]) -> str:
    """Return all characters of a cell that HTML shows, without white space."""
    return "".join("".join(part for block in blocks for part in _bare_parts(block)).split())


def _bare_parts(block: Block) -> Iterable[str]:
    if isinstance(block, Code):
        yield "".join(char for char, _ in _characters(block.text, NO_MARKS))
    elif isinstance(block, Math):
        yield f"\\[{block.latex}\\]"
    elif isinstance(block, Paragraph | Heading):
        yield _bare_line(block.content)
    elif isinstance(block, Embed):
        yield _bare_line((Link(block.href, (Text(block.title or block.href),)),))
    elif isinstance(block, Figure):
        yield _bare_line((*block.caption, Text(block.credit or "")))
    elif isinstance(block, Quote):
        yield from (_bare_line(block.title), _bare_text(block.content))
    elif isinstance(block, List):
        yield from (_bare_text(item.content) for item in block.items)
    elif isinstance(block, DefinitionList):
        for item in block.items:
            yield from (_bare_line(item.term), *(_bare_text(description) for description in item.descriptions))
    elif isinstance(block, Table):
        told = [_bare_text(cell.content) for row in (block.header, *block.rows) for cell in row]
        yield from (*told, _bare_line(block.caption)) if block.is_caption_below else (_bare_line(block.caption), *told)


def _bare_line(content: Sequence[Inline]) -> str:
    leaves = [leaf for leaf, _ in _Reader(Document()).line(content)]
    return "".join(leaf if isinstance(leaf, str) else leaf[1] for leaf in leaves if leaf[0] not in ("break", "image"))


def _all_notes(blocks: Iterable[Block]) -> Iterable[Footnote]:
    for block in blocks:
        if isinstance(block, Footnote):
            yield block
            yield from _all_notes(block.content)
        elif isinstance(block, Quote):
            yield from _all_notes(block.content)
        elif isinstance(block, List):
            for item in block.items:
                yield from _all_notes(item.content)
