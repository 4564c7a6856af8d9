"""Text that is Markdown already, such as a note of Obsidian or what a reader program gives → its document and metadata.

Such a text has no furniture, so that nothing is judged: all of it is the article. Dumps of whole pages in Markdown,
with menus and teasers, are no such text; the scorer of lines has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.document import (
    Block,
    Cell,
    Code,
    CodeSpan,
    Divider,
    Document,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Inline,
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode

MAX_CHARS = 1_000_000
"""Characters past which a text is no note."""
MAX_HEAD = 4_000
"""Characters of front matter, or of the lines that a reader program writes above its Markdown."""
MAX_NESTING = 60
"""Levels of lists and quotations; deeper ones are no note."""
MAX_LINK_ITEMS = 0.3
"""Share of lines that are list items of one link from which a text is the dump of a page with menus."""
MIN_LINES = 3

_FRONT_MATTER_RE = re.compile(r"\A---[ \t]*\n((?:(?!---)[^\n]{0,1000}\n){1,80})---[ \t]*\n")  # "---\ntitle: …\n---"
_READER_RE = re.compile(
    r"\ATitle: ([^\n]{1,500})\n\n?URL Source: (\S{1,2000})\n(?:\n?Published Time: ([^\n]{1,60})\n)?"
    r"(?:\n?(?:Warning|Number of Pages): [^\n]{1,500}\n)*\n?Markdown Content:\n"
)  # what r.jina.ai and its kin write above a page
_HEADING_RE = re.compile(r"\A\s*# \S")  # "# Title"
_SURE_RES = tuple(
    (signs, re.compile(pattern, re.M))
    for signs, pattern in (
        (("```", "~~~"), r"^ {0,3}(?:```|~~~)[\w+-]*\s*$"),  # a fence
        (("---",), r"^\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$"),  # the line below the head of a table
        (("- [", "* ["), r"^[ \t]*[-*] \[[ xX]\] \S"),  # a task
        (("](",), r"!\[[^\[\]\n]{0,300}\]\([^\s()]{1,2000}\)"),  # a picture
        (("[^",), r"^\[\^[^\]\s]{1,40}\]: \S"),  # a footnote
        (("> [!",), r"^> \[!\w{1,20}\]"),  # a callout
        (("[[",), r"!?\[\[[^\[\]\n]{1,200}\]\]"),  # a link of Obsidian
        (("$$",), r"^\$\$\s*$"),  # a formula
        (("##",), r"^#{2,6} \S"),  # a subheading
    )
)
"""What texts are sure to be Markdown by, with what is looked for first: few texts hold any."""
_LINK_ITEM_RE = re.compile(r"^\s*(?:[-*+]|\d{1,3}\.) +\[[^\]\n]{0,300}\]\([^()\n]{0,2000}\)\s*$", re.M)
_KEY_RE = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*(.*)")  # "title: A day"
_RAW_RE = re.compile(
    r"!?\[\[[^\[\]\n<>]{1,200}\]\]|==|%%|(?<![\w&#/])#[^\W\d][\w/-]{0,80}|(?<=\s)\^[\w-]{1,40}$|^\[![\w-]{1,20}\][+-]?"
)  # "[[note|text]]", "![[a.png|400]]", "==", "%%", "#tag", " ^block", "[!tip]-"
_TASK_RE = re.compile(r"\[([ xX])\]\s+")  # "[x] done"

KEYS = {
    **dict.fromkeys(("title",), "title"),
    **dict.fromkeys(("author", "authors", "by", "creator"), "author"),
    **dict.fromkeys(("date", "published", "published_at", "publish_date", "pubdate", "published time"), "published"),
    **dict.fromkeys(("updated", "modified", "lastmod", "last_modified"), "modified"),
    **dict.fromkeys(("source", "url", "link", "canonical", "canonical_url", "url source"), "source"),
    **dict.fromkeys(("tags", "keywords"), "tags"),
    **dict.fromkeys(("description", "summary", "excerpt", "subtitle"), "description"),
    **dict.fromkeys(("site", "publisher", "website"), "site"),
    **dict.fromkeys(("language", "lang", "locale"), "language"),
}
"""What front matter calls a field, in Hugo, Jekyll, Obsidian's clipper, Pandoc → our name."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text that is Markdown."""

    document: Document
    texts: tuple[str, ...]
    """Its parts as written: headings, paragraphs, lists …"""
    body: str
    """The Markdown below the front matter."""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What its front matter says, by our names."""

    def without_headline(self, title: str | None) -> Document:
        """Return the document without a first heading that is the title, which is printed once above it."""
        first = next(iter(self.document.blocks), None)
        is_headline = isinstance(first, Heading) and first.level == 1 and text_of(first.content) == title
        return Document(self.document.blocks[1:]) if is_headline else self.document


def text_of(content: Sequence[Inline]) -> str:
    """Return inline content as text."""
    parts = []
    for part in content:
        if isinstance(part, Link | Span):
            parts.append(text_of(part.content))
        elif isinstance(part, Text | CodeSpan | Raw):
            parts.append(part.text)
    return " ".join("".join(parts).split())


def read_note(text: str) -> Note | None:
    """Return the note that a text is, None where it is no Markdown or the dump of a whole page."""
    text = text.replace("\r\n", "\n")
    head = text[:MAX_HEAD]
    fields: dict[str, tuple[str, ...]] = {}
    if front := _FRONT_MATTER_RE.match(head):
        fields = dict(_fields(front[1]))
    elif reader := _READER_RE.match(head):
        front = reader
        told = zip(("title", "source", "published"), reader.groups(), strict=True)
        fields = {name: (value.strip(),) for name, value in told if value}
    body = text[front.end() :] if front else text
    if len(text) > MAX_CHARS or not _is_markdown(body, bool(front)):
        return None
    parts, texts = _parse(body)
    return Note(Document(tuple(parts)), tuple(texts), body, fields) if parts else None


def _is_markdown(body: str, has_head: bool) -> bool:
    lines = sum(1 for line in body.split("\n") if line.strip())
    if lines < MIN_LINES or ("](" in body and len(_LINK_ITEM_RE.findall(body)) > MAX_LINK_ITEMS * lines):
        return False
    sure = sum(1 for signs, pattern in _SURE_RES if any(sign in body for sign in signs) and pattern.search(body))
    return sure >= (1 if has_head or _HEADING_RE.match(body) else 3)


def _fields(front: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what simple YAML says: values in quotes or bare, lists in brackets or below their key."""
    name: str | None = None
    values: list[str] = []
    for line in (*front.split("\n"), "end:"):
        if line.lstrip().startswith("- ") and name:
            values.append(_bare(line.lstrip()[2:]))
        elif found := _KEY_RE.fullmatch(line):
            if name in KEYS and values:
                yield KEYS[name], tuple(values)
            name, value = found[1].strip().lower(), found[2].strip()
            inner = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            values = [bare for part in inner if (bare := _bare(part))]


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value.removeprefix("[[").removesuffix("]]").strip()


def _parse(body: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of Markdown, and the source of each."""
    from markdown_it import MarkdownIt  # late, with its plugins: few texts are Markdown
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, double_inline=True).use(footnote_plugin)
    lines = body.split("\n")
    blocks: list[Block] = []
    texts: list[str] = []
    for node in SyntaxTreeNode(parser.parse(body)).children:
        blocks += _blocks(node, len(texts))
        first, last = node.map or (0, 0)
        texts.append("\n".join(lines[first:last]).strip())
    return blocks, texts


def _blocks(node: SyntaxTreeNode, number: int) -> Iterator[Block]:
    source = (number, number)
    inner = node.children or []
    if node.type == "heading":
        yield Heading(int(node.tag[1]), _inline(node), source)
    elif node.type == "paragraph":
        yield Paragraph(_inline(node), source)
    elif node.type in ("fence", "code_block"):
        language = node.info.split()[:1] if node.type == "fence" else []
        yield Code(node.content.rstrip("\n"), language[0] if language else None, source)
    elif node.type in ("bullet_list", "ordered_list"):
        start = node.attrs.get("start", 1)
        items = tuple(_item(item, number) for item in inner)
        yield List(items, node.type == "ordered_list", int(start), source=source)
    elif node.type == "blockquote":
        yield Quote(_all(inner, number), source=source)
    elif node.type == "table":
        yield _table(node, source)
    elif node.type == "hr":
        yield Divider(source)
    elif node.type in ("math_block", "math_block_label"):
        yield Math(node.content.strip(), display=True)
    elif node.type == "footnote_block":
        for note in inner:
            yield Footnote(_label(note), _all(note.children, number), source)


def _all(nodes: Iterable[SyntaxTreeNode], number: int) -> tuple[Block, ...]:
    return tuple(block for node in nodes for block in _blocks(node, number))


def _item(node: SyntaxTreeNode, number: int) -> ListItem:
    content = _all(node.children, number)
    first = content[0] if content else None
    lead = first.content[0] if isinstance(first, Paragraph) and first.content else None
    task = _TASK_RE.match(lead.text) if isinstance(lead, Text) else None
    if not (task and isinstance(first, Paragraph) and isinstance(lead, Text)):
        return ListItem(content)
    rest = Paragraph((Text(lead.text[task.end() :]), *first.content[1:]), first.source)
    return ListItem((rest, *content[1:]), task[1] in "xX")


def _table(node: SyntaxTreeNode, source: tuple[int, int]) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    aligns = tuple(str(cell.attrs.get("style", "")).partition("text-align:")[2] or None for cell in rows[0])
    cells = [tuple(Cell((Paragraph(_inline(cell)),)) for cell in row) for row in rows]
    return Table(cells[0], tuple(cells[1:]), aligns, source=source)  # type: ignore[arg-type]  # left, center, right


def _label(node: SyntaxTreeNode) -> str:
    return str(node.meta.get("label") or node.meta.get("id", 0) + 1)


def _inline(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    return tuple(part for child in node.children for part in _part(child))


_STYLES = {"em": "emphasis", "strong": "strong", "s": "strike"}


def _part(node: SyntaxTreeNode) -> Iterator[Inline]:
    if node.type == "inline":
        yield from _inline(node)
    elif node.type == "text":
        yield from _with_raw(node.content)
    elif node.type in _STYLES:
        yield Span(_STYLES[node.type], _inline(node))  # type: ignore[arg-type]  # a style
    elif node.type == "code_inline":
        yield CodeSpan(node.content)
    elif node.type == "link":
        yield Link(str(node.attrs.get("href", "")), _inline(node), str(node.attrs.get("title") or "") or None)
    elif node.type == "image":
        yield Image(str(node.attrs.get("src", "")), node.content, str(node.attrs.get("title") or "") or None)
    elif node.type == "softbreak":
        yield Raw("\n")
    elif node.type == "hardbreak":
        yield LineBreak()
    elif node.type == "math_inline":
        yield Math(node.content)
    elif node.type == "math_inline_double":
        yield Math(node.content, display=True)
    elif node.type == "footnote_ref":
        yield FootnoteReference(_label(node))


def _with_raw(text: str) -> Iterator[Inline]:
    end = 0
    for found in _RAW_RE.finditer(text):
        if found.start() > end:
            yield Text(text[end : found.start()])
        yield Raw(found[0])
        end = found.end()
    if end < len(text):
        yield Text(text[end:])
