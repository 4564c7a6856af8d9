"""Document and its Markdown, both reduced to the same plain form, so that they can be compared exactly.

`expected_form(document)` says what a reader of the article has to see; `markdown_form(source)` what a Markdown reader makes
of the source. A form is a list of blocks: tuples of a kind and its content; a line is a list of (character or leaf, marks).
White space carries no marks, since none is visible on it.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

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
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.document import Block, Cell, Inline

Marks: TypeAlias = "frozenset[Any]"
Line: TypeAlias = "list[tuple[Any, Marks]]"
Form: TypeAlias = "list[Any]"

BREAK = ("break",)
NO_MARKS: Marks = frozenset()
CALLOUTS = {"note": "NOTE", "tip": "TIP", "important": "IMPORTANT", "warning": "WARNING", "caution": "CAUTION"}
ELEMENTS = {
    "em": "emphasis",
    "strong": "strong",
    "s": "strike",
    "del": "strike",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "ins": "insert",
}


def tidy(line: Iterable[tuple[Any, Marks]]) -> Line:
    """Collapse white space, drop it at the ends and beside breaks, and take the marks off it; one break at a time."""
    result: Line = []
    space = ""
    for leaf, marks in line:
        if leaf == BREAK:
            space = "\n"
        elif isinstance(leaf, str) and (leaf.isspace() or leaf in "\x1c\x1d\x1e\x1f\x85"):
            if space != "\n" and not (space.endswith(" ") and leaf != "\xa0"):
                space += leaf if leaf in "\xa0\u3000\u2003" else " "
        else:
            if result and space == "\n":
                result.append((BREAK, NO_MARKS))
            elif result:
                result += [(char, NO_MARKS) for char in space]
            result.append((leaf, marks))
            space = ""
    return result


def split_callout(form: Form) -> Form:
    """Set a callout's kind apart from the paragraph whose first line it is."""
    if not form or form[0][0] != "paragraph":
        return form
    text = "".join(leaf if isinstance(leaf, str) else "\0" for leaf, _ in form[0][1])
    kind = re.match(r"\[![A-Z]+\] ", text)
    if kind is None:
        return form
    return [("paragraph", form[0][1][: kind.end() - 1]), ("paragraph", form[0][1][kind.end() :]), *form[1:]]


# --- what the document says -----------------------------------------------------------------------------------------


class _Reader:
    """Collects which footnotes are referred to while the lines are read."""

    def __init__(self, document: Document) -> None:
        self.notes = list(_all_notes(document.blocks))
        self.defined = {note.label for note in self.notes}
        self.used: set[str] = set()

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
            return self._list([item.content for item in block.items], block.ordered, block.start)
        if isinstance(block, DefinitionList):
            return self._list([_definition(item) for item in block.items], False, 1)
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
        caption = block.caption
        credit = (block.credit or "").strip()
        if credit:
            bare = not self.line(caption) or credit.startswith("(")
            caption = (*caption, Text(f" {credit}" if bare else f" ({credit})"))
        return tidy([*line, *self.line((Span("emphasis", caption),))])

    def _quote(self, block: Quote) -> Form:
        content = self.blocks(block.content)
        title = self.line((Span("strong", block.title),))
        content = self.paragraph(title) + content
        if not content:
            return []
        if block.callout is not None:
            kind = _characters(f"[!{CALLOUTS[block.callout]}]", NO_MARKS)
            content.insert(0, ("paragraph", kind))
        return [("quote", split_callout(content))]

    def _list(self, contents: Sequence[Sequence[Block]], ordered: bool, start: int) -> Form:
        items = [item for content in contents if (item := self.blocks(content))]
        return [("list", start if ordered else None, items)] if items else []

    def _table(self, table: Table) -> Form:
        rows = [row for row in (table.header, *table.rows) if row]
        form = self.paragraph(self.line((Span("emphasis", table.caption),)))
        if any(not _is_line(block) for row in rows for cell in row for block in cell.content):
            text = "".join(_bare_text(cell.content) for row in rows for cell in row)
            return [*form, ("html", text)] if text else form
        lines = [[self._cell(cell) for cell in row] for row in rows]
        if not any(line for row in lines for line in row):
            return form
        if not table.header:
            lines.insert(0, [[] for _ in rows[0]])
        return [*form, ("table", list(table.align), lines)]

    def _cell(self, cell: Cell) -> Line:
        content: list[Inline] = []
        for block in cell.content:
            if isinstance(block, Paragraph):
                content += (LineBreak(), *block.content)
        return self.line(content)

    def note_forms(self) -> Form:
        """Return the notes: those that nothing refers to as blocks, then the others in order of their definition."""
        forms = [(note, self.blocks(note.content)) for note in self.notes]
        loose = [part for note, form in forms if note.label not in self.used for part in form]
        return loose + sorted(("note", note.label, form) for note, form in forms if note.label in self.used and form)


def expected_form(document: Document, title: str | None = None) -> Form:
    """Return what has to be readable in the document's Markdown."""
    reader = _Reader(document)
    blocks = reader.blocks(document.blocks)
    while document.blocks and blocks and blocks[0] == ("divider",):
        blocks.pop(0)
    while blocks and blocks[-1] == ("divider",):
        blocks.pop()
    heading = [("heading", 1, reader.line((Text(title),)))] if title else []
    return [*heading, *blocks, *reader.note_forms()]


def _definition(item: Definition) -> Sequence[Block]:
    blocks = [block for description in item.descriptions for block in description]
    term = Span("strong", item.term)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        last = tidy(_spread(item.term, NO_MARKS))[-1][0]
        between = " " if last in (":", "?", "：") else ": "
        return [Paragraph((term, Text(between), *blocks[0].content))]
    return [Paragraph((term,)), *blocks]


def _characters(text: str, marks: Marks) -> Line:
    kept = (char for char in text if char in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85" or unicodedata.category(char) != "Cc")
    return [(" " if char in "\u2028\u2029" else char, marks) for char in kept if char not in "\ufeff\ufffe\uffff"]


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
        elif isinstance(inline, Image):
            src = address(inline.src, ("http", "https"))
            alt = "".join(char for char, _ in tidy(_characters(inline.alt, NO_MARKS)))
            yield from [(("image", src, alt, inline.title), marks)] if src else _characters(alt, marks)
        elif isinstance(inline, CodeSpan):
            text = inline.text.replace("\n", " ")
            yield (("code", text), marks) if text.strip() else (" ", marks)
        elif isinstance(inline, LineBreak):
            yield BREAK, marks
        elif isinstance(inline, FootnoteReference):
            yield ("reference", inline.label), marks
        elif inline.latex.strip():
            yield ("math", " ".join(inline.latex.split())), marks


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
    return isinstance(block, Paragraph) and not any(isinstance(one, Math) and one.display for one in block.content)


def _bare_text(blocks: Sequence[Block]) -> str:
    """Return all characters of a cell that HTML shows, without white space."""
    text = ""
    for block in blocks:
        if isinstance(block, Code):
            text += block.text
        elif isinstance(block, List):
            text += "".join(_bare_text(item.content) for item in block.items)
        elif isinstance(block, Paragraph | Heading):
            leaves = [leaf for leaf, _ in _Reader(Document()).line(block.content)]
            text += "".join(
                leaf if isinstance(leaf, str) else leaf[1] for leaf in leaves if leaf[0] not in ("break", "image")
            )
    return "".join(text.split())


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


# --- what a Markdown reader sees ------------------------------------------------------------------------------------


def reader(*, plugins: bool = True) -> MarkdownIt:
    """Return CommonMark with GFM's tables and strikethrough; `plugins` adds footnotes and dollar mathematics."""
    md = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses are compared as they were written
    if plugins:
        md.use(footnote_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    return md


def markdown_form(source: str, *, plugins: bool = True) -> Form:
    """Return what is readable in Markdown `source`, which has no front matter."""
    tree = SyntaxTreeNode(reader(plugins=plugins).parse(source))
    return _node_forms(tree.children)


def _node_forms(nodes: Sequence[SyntaxTreeNode]) -> Form:
    return [form for node in nodes for form in _node_form(node)]


def _node_form(node: SyntaxTreeNode) -> Form:
    kind = node.type
    if kind in ("paragraph", "heading"):
        line = _line(node.children[0]) if node.children else []
        return [("paragraph", line) if kind == "paragraph" else ("heading", int(node.tag[1]), line)]
    if kind in ("bullet_list", "ordered_list"):
        start = None if kind == "bullet_list" else int(node.attrs.get("start", 1))
        return [("list", start, [_node_forms(item.children) for item in node.children])]
    if kind == "blockquote":
        return [("quote", split_callout(_node_forms(node.children)))]
    if kind in ("fence", "code_block"):
        if node.info == "math":
            return [("math", " ".join(node.content.split()))]
        return [("code", node.info if kind == "fence" else "?", node.content.removesuffix("\n"))]
    if kind == "hr":
        return [("divider",)]
    if kind == "math_block":
        return [("math", " ".join(node.content.split()))]
    if kind == "html_block":
        return [("html", _html_text(node.content))]
    if kind == "table":
        return [_table_form(node)]
    if kind == "footnote_block":
        return sorted(("note", note.meta["label"], _node_forms(note.children)) for note in node.children)
    return [] if kind == "footnote_anchor" else [(kind,)]


def _table_form(node: SyntaxTreeNode) -> tuple[Any, ...]:
    rows = [row.children for part in node.children for row in part.children]
    align = [str(cell.attrs.get("style", "")).removeprefix("text-align:") or None for cell in rows[0]]
    return ("table", align, [[_line(cell.children[0]) for cell in row] for row in rows])


def _line(inline: SyntaxTreeNode) -> Line:
    line: Line = []
    _read_inline(inline.children, [], line)
    return tidy(line)


def _read_inline(nodes: Sequence[SyntaxTreeNode], marks: list[Any], line: Line) -> None:
    for node in nodes:
        now = frozenset(marks)
        if node.type == "text":
            line += [(char, now) for char in node.content]
        elif node.type in ("em", "strong", "s"):
            _read_inline(node.children, [*marks, ELEMENTS[node.type]], line)
        elif node.type == "link":
            mark = ("link", unquote(str(node.attrs["href"])), node.attrs.get("title"))
            _read_inline(node.children, [*marks, mark], line)
        elif node.type == "html_inline":
            _read_tag(node.content, marks, line)
        else:
            line.append((_leaf(node), now))


def _leaf(node: SyntaxTreeNode) -> Any:
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return BREAK
    if node.type == "code_inline":
        return ("code", node.content)
    if node.type == "math_inline":
        return ("math", node.content)
    if node.type == "image":
        return ("image", unquote(str(node.attrs["src"])), _alt(node), node.attrs.get("title"))
    if node.type == "footnote_ref":
        return ("reference", node.meta["label"])
    return ("?", node.type, node.content)


def _alt(node: SyntaxTreeNode) -> str:
    """Return an image's text; marks in it would be lost, so that they show as a difference."""
    return "".join(child.content if child.type == "text" else f"<{child.type}>" for child in node.children)


def _read_tag(tag: str, marks: list[Any], line: Line) -> None:
    name = tag.strip("</>")
    if name == "br":
        line.append((BREAK, NO_MARKS))
    elif tag == "</code>":
        start = max(index for index, (leaf, _) in enumerate(line) if leaf == ("<code>",))
        line[start:] = [(("code", "".join(leaf for leaf, _ in line[start + 1 :])), frozenset(marks))]
    elif name == "code":
        line.append((("<code>",), NO_MARKS))
    elif tag.startswith("</"):
        marks.remove(ELEMENTS[name])
    else:
        marks.append(ELEMENTS[name])


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text.append(data)


def _html_text(source: str) -> str:
    parser = _TextOnly()
    parser.feed(source)
    parser.close()
    return "".join("".join(parser.text).split())
