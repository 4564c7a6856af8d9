"""Document and metadata → a clean HTML5 fragment: semantic elements, escaped text, safe addresses.

The same runs as Markdown are written, so both show the same; scripts and unknown address schemes cannot come through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from newsclean.document import (
    Code,
    CodeSpan,
    DefinitionList,
    Divider,
    Embed,
    Figure,
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
    Table,
    Text,
)
from newsclean.render.plain import standfirst_above
from newsclean.render.prepare import footnotes, short_labels
from newsclean.render.runs import runs
from newsclean.render.safe import formula, one_line, verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newsclean.document import Block, Cell, Document, Footnote, Inline
    from newsclean.model import Metadata
    from newsclean.render.runs import Leaf, Mark, Run

_ELEMENTS = {"emphasis": "em", "strike": "del", "insert": "ins"}
"""Where the element is not named as the style."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What holds for the whole output: the options, and the labels of the footnotes it will show."""

    links: bool
    images: bool
    labels: Mapping[str, str] = field(default_factory=dict)

    def runs(self, content: Sequence[Inline]) -> list[Run]:
        return runs(content, links=self.links, images=self.images)

    def inline(self, content: Sequence[Inline]) -> str:
        return _inline(self.runs(content), self)


def render_html(document: Document, metadata: Metadata, *, links: bool = True, images: bool = True) -> str:
    """Return the article as one `<article>` element with the title as its h1 and the standfirst below it in bold.

    It ends with one newline.
    """
    notes = [note for note in footnotes(document) if _blocks(note.content, _Page(links, images))]
    page = _Page(links, images, short_labels(notes))
    language = f' lang="{escape(one_line(metadata.language))}"' if metadata.language else ""
    title = f"<h1>{escape(one_line(metadata.title), quote=False)}</h1>" if metadata.title else ""
    above = [
        _element("p", _element("strong", escape(line, quote=False))) for line in standfirst_above(document, metadata)
    ]
    body = _blocks(document.blocks, page)
    language += ' dir="rtl"' if metadata.direction == "rtl" else ""
    parts = [f"<article{language}>", title, *above, body, _notes(notes, page), "</article>"]
    return "\n".join(part for part in parts if part) + "\n"


def table_html(table: Table, *, links: bool = True, images: bool = True) -> str:
    """Return the table's HTML without a blank line, so that Markdown can hold it; its caption is left to Markdown."""
    source = _table(Table(table.header, table.rows, table.align), _Page(links, images))
    before, *code = source.split("<pre>")
    parts = [before]
    for part in code:
        text, rest = part.split("</pre>", 1)
        parts += ("<pre>", text.replace("\n", "&#10;"), "</pre>", rest)
    return "".join(parts)


# --- blocks ---------------------------------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], page: _Page) -> str:
    return "\n".join(text for block in blocks if (text := _block(block, page)))


def _block(block: Block, page: _Page) -> str:
    writer = _WRITERS.get(type(block))
    return writer(block, page) if writer else ""


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name.split()[0]}>" if content else ""


def _paragraph(block: Paragraph, page: _Page) -> str:
    return _element("p", page.inline(block.content))


def _heading(block: Heading, page: _Page) -> str:
    return _element(f"h{min(max(block.level, 2), 6)}", page.inline(block.content))


def _list(block: List, page: _Page) -> str:
    items = "\n".join(text for item in block.items if (text := _item(item, page)))
    if not items:
        return ""
    if not block.ordered:
        return f"<ul>\n{items}\n</ul>"
    start = f' start="{block.start}"' if block.start != 1 else ""
    marker = f' type="{block.marker}"' if block.marker in ("a", "A", "i", "I") else ""
    return f"<ol{start}{marker}>\n{items}\n</ol>"


def _item(item: ListItem, page: _Page) -> str:
    content = _flow(item.content, page)
    if not content:
        return ""
    checked = " checked" if item.checked else ""
    box = "" if item.checked is None else f'<input type="checkbox" disabled{checked}> '
    return f"<li>{box}{content}</li>"


def _flow(blocks: Sequence[Block], page: _Page) -> str:
    """Return blocks inside an item or a cell, where a paragraph that stands alone needs no element of its own."""
    if blocks and isinstance(blocks[0], Paragraph) and not any(isinstance(block, Paragraph) for block in blocks[1:]):
        parts = (page.inline(blocks[0].content), _blocks(blocks[1:], page))
        return "\n".join(part for part in parts if part)
    return _blocks(blocks, page)


def _definitions(block: DefinitionList, page: _Page) -> str:
    parts = []
    for item in block.items:
        parts.append(_element("dt", page.inline(item.term)))
        parts += (_element("dd", _flow(description, page)) for description in item.descriptions)
    content = "\n".join(part for part in parts if part)
    return f"<dl>\n{content}\n</dl>" if content else ""


def _quote(block: Quote, page: _Page) -> str:
    title = _element("p", _element("strong", page.inline(block.title)))
    content = "\n".join(part for part in (title, _blocks(block.content, page)) if part)
    if not content:
        return ""
    if block.callout is None:
        return f"<blockquote>\n{content}\n</blockquote>"
    return f'<aside data-callout="{escape(one_line(block.callout))}">\n{content}\n</aside>'


def _code(block: Code, _page: _Page) -> str:
    language = f' class="language-{escape(one_line(block.language))}"' if block.language else ""
    text = escape(verbatim(block.text), quote=False)
    # HTML readers drop a newline right after <pre>; inside <code> it is safe.
    return f"<pre><code{language}>{text}</code></pre>" if text.strip() else ""


def _figure(block: Figure, page: _Page) -> str:
    if block.images and not page.images:
        return ""
    images = [_inline([run], page) for run in page.runs(block.images) if isinstance(run.leaf, Image)]
    credit = _element("small", escape(one_line(block.credit or ""), quote=False))
    caption = " ".join(part for part in (page.inline(block.caption), credit) if part)
    return _element("figure", "\n".join((*images, *([_element("figcaption", caption)] if caption else ()))))


def _embed(block: Embed, page: _Page) -> str:
    return _element("p", page.inline((Link(block.href, (Text(block.title or block.href),)),)))


def _divider(_block: Divider, _page: _Page) -> str:
    return "<hr>"


def _formula(block: Math, _page: _Page) -> str:
    latex = formula(block.latex)
    return f'<div class="math">\\[{escape(latex, quote=False)}\\]</div>' if latex else ""


def _table(block: Table, page: _Page) -> str:
    caption = _element("caption", page.inline(block.caption))
    head = _element("thead", _row(block.header, "th", block, page)) if block.header else ""
    rows = "\n".join(_row(row, "td", block, page) for row in block.rows)
    content = "\n".join(part for part in (caption, head, _element("tbody", rows)) if part)
    return f"<table>\n{content}\n</table>" if content else ""


def _row(cells: Sequence[Cell], name: str, table: Table, page: _Page) -> str:
    parts = []
    for index, cell in enumerate(cells):
        side = table.align[index] if index < len(table.align) else None
        style = f' style="text-align:{side}"' if side else ""
        parts.append(f"<{name}{style}>{_flow(cell.content, page)}</{name}>")
    return f"<tr>{''.join(parts)}</tr>"


def _notes(notes: Sequence[Footnote], page: _Page) -> str:
    items = "\n".join(f'<li id="fn-{page.labels[note.label]}">{_flow(note.content, page)}</li>' for note in notes)
    return f"<section>\n<ol>\n{items}\n</ol>\n</section>" if items else ""


# What a block of each type becomes; a Footnote is written at the end.
_WRITERS: dict[type, Callable[[Any, _Page], str]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    List: _list,
    DefinitionList: _definitions,
    Quote: _quote,
    Code: _code,
    Figure: _figure,
    Embed: _embed,
    Divider: _divider,
    Math: _formula,
    Table: _table,
}


# --- inline ---------------------------------------------------------------------------------------------------------


def _inline(content: Sequence[Run], page: _Page) -> str:
    parts: list[str] = []
    marks: tuple[Mark, ...] = ()
    for run in content:
        kept = 0
        while kept < min(len(marks), len(run.marks)) and marks[kept] == run.marks[kept]:
            kept += 1
        parts += (_end(mark) for mark in reversed(marks[kept:]))
        parts += (_start(mark) for mark in run.marks[kept:])
        parts.append(_leaf(run.leaf, page))
        marks = run.marks
    parts += (_end(mark) for mark in reversed(marks))
    return "".join(parts)


def _start(mark: Mark) -> str:
    if isinstance(mark, Link):
        title = f' title="{escape(mark.title)}"' if mark.title else ""
        return f'<a href="{escape(mark.href)}"{title}>'
    return f"<{_ELEMENTS.get(mark, mark)}>"


def _end(mark: Mark) -> str:
    return "</a>" if isinstance(mark, Link) else f"</{_ELEMENTS.get(mark, mark)}>"


def _leaf(leaf: Leaf, page: _Page) -> str:
    if isinstance(leaf, Text | Raw):
        return escape(leaf.text, quote=False)
    if isinstance(leaf, CodeSpan):
        return f"<code>{escape(leaf.text, quote=False)}</code>"
    if isinstance(leaf, Image):
        return _image(leaf)
    if isinstance(leaf, LineBreak):
        return "<br>\n"
    if isinstance(leaf, Math):
        return f'<span class="math">\\({escape(leaf.latex, quote=False)}\\)</span>'
    label = page.labels.get(leaf.label)
    if label is None:
        return f"<sup>[{escape(one_line(leaf.label), quote=False)}]</sup>"
    return f'<sup><a href="#fn-{label}">{label}</a></sup>'


def _image(image: Image) -> str:
    title = f' title="{escape(image.title)}"' if image.title else ""
    return f'<img src="{escape(image.src)}" alt="{escape(image.alt)}"{title}>'
