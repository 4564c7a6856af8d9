"""Document and metadata → Markdown: CommonMark with GFM tables, strikethrough, footnotes, callouts and `$` mathematics.

Blocks only; inline.py and escape.py write what stands inside a line. No HTML tree, no file is touched here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.document import (
    Code,
    Divider,
    Figure,
    Heading,
    Image,
    LineBreak,
    List,
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from newsclean.render.flavors import DIALECTS
from newsclean.render.front_matter import render_front_matter
from newsclean.render.html import table_html
from newsclean.render.inline import Writer
from newsclean.render.once import Same
from newsclean.render.plain import inline_text, render_text, standfirst_above, without_posts
from newsclean.render.prepare import Defined, caption_of, footnotes, lower, short_labels
from newsclean.render.runs import Run
from newsclean.render.safe import formula, verbatim
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.document import Align, Block, Cell, Document, Footnote, Inline, ListItem
    from newsclean.model import Flavor, FrontMatter, Metadata
    from newsclean.render.prepare import Basic

_LARGEST_NUMBER = 999_999_999
"""CommonMark's list numbers have at most nine digits."""

# The kinds of callout that GitHub shows, and the other names in use for them.
_CALLOUTS = {
    "tip": "TIP",
    "hint": "TIP",
    "success": "TIP",
    "important": "IMPORTANT",
    "warning": "WARNING",
    "attention": "WARNING",
    "caution": "CAUTION",
    "danger": "CAUTION",
    "error": "CAUTION",
}
# What a code fence's language may not hold: white space, "`", "{".
# A note that readers without footnotes take for the address of a link: "[^1]: javascript:alert(1)".
_TARGET_RE = re.compile(r"(?!https?://)[^\s:]*:\S*(?:\s+[\"'(].*)?(?:\n|$)")
_NOT_LANGUAGE_RE = re.compile(r"[^\w+#.\-]+")
# A run of backticks: "```".
_BACKTICKS_RE = re.compile(r"`{3,}")


def render_markdown(
    document: Document,
    metadata: Metadata,
    *,
    front_matter: FrontMatter = "obsidian",
    flavor: Flavor = "gfm",
    fields: Sequence[tuple[str, str]] = (),
    title: bool = True,
    standfirst: bool = True,
    posts: bool = False,
    links: bool = True,
    images: bool = True,
) -> str:
    """Return the article as Markdown that ends with one newline, or "" where there is nothing to show.

    `title` sets the title as the one H1, under it the standfirst in bold; `standfirst=False` does not count its words,
    nor does `posts=False` those of quoted posts. `flavor` says for which reader it is. `links=False` keeps a link's
    text without its target; `images=False` leaves figures out with their captions.
    """
    made = _body(Same(document), links, images, flavor)
    writer = Writer(links, images, made.labels, dialect=DIALECTS[flavor])
    parts = []
    above = standfirst_above(document, metadata) if title or standfirst else []
    if front_matter != "none":
        counted = above if standfirst else []
        parts.append(
            render_front_matter(
                metadata,
                count_words(render_text(document if posts else without_posts(document), counted)),
                front_matter,
                fields,
            )
        )
    if title and metadata.title and (line := writer.inline((Text(metadata.title),), "heading")):
        parts.append(f"# {line}")
    if title:
        parts += [writer.inline((Span("strong", (Text(line),)),)) for line in above]
    parts += made.parts
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""


@dataclass(frozen=True, slots=True)
class _Body:
    """What Markdown of a document has below its head, and the labels of its footnotes."""

    parts: Sequence[str]
    labels: Mapping[str, str]


@lru_cache(maxsize=1)
def _body(same: Same, links: bool, images: bool, flavor: Flavor) -> _Body:
    document = same.document
    notes = [note for note in footnotes(document) if _blocks(note.content, Writer(links, images, {}))]
    writer = Writer(links, images, short_labels(notes), dialect=DIALECTS[flavor])
    body = _texts(_without_outer_dividers(_blocks(document.blocks, writer)))
    unused, definitions = _notes(notes, writer)
    return _Body((*body, *(["---"] if body and unused else []), *unused, *definitions), writer.labels)


def _without_outer_dividers(parts: Sequence[tuple[Basic, str]]) -> Sequence[tuple[Basic, str]]:
    """A divider divides: first or last it says nothing, and `---` as a file's first line would open front matter."""
    first, last = 0, len(parts)
    while first < last and isinstance(parts[first][0], Divider):
        first += 1
    while last > first and isinstance(parts[last - 1][0], Divider):
        last -= 1
    return parts[first:last]


def _texts(rendered: Iterable[tuple[Basic, str]]) -> list[str]:
    return [text for _, text in rendered]


def _blocks(blocks: Sequence[Block], writer: Writer, *, in_item: bool = False) -> list[tuple[Basic, str]]:
    """Return the blocks that have something to show, each with its Markdown."""
    rendered: list[tuple[Basic, str]] = []
    alternate = False
    for block in lower(blocks):
        previous = rendered[-1][0] if rendered else None
        if isinstance(block, List):
            # A list right after another of its kind would continue it, unless its marker differs.
            follows = isinstance(previous, List) and previous.ordered == block.ordered
            text = _list(block, writer, follows and not alternate)
            alternate = follows and not alternate if text else alternate
        elif isinstance(block, Divider):
            text = "" if isinstance(previous, Divider) else "___" if in_item else "---"
        else:
            text = _block(block, writer)
        if text:
            rendered.append((block, text))
    return rendered


def _block(block: Basic, writer: Writer) -> str:
    if isinstance(block, Paragraph):
        return writer.inline(block.content)
    if isinstance(block, Heading):
        line = writer.inline(block.content, "heading")
        return f"{'#' * min(max(block.level, 2), 6)} {line}" if line else ""
    if isinstance(block, Code):
        return _code(block)
    if isinstance(block, Quote):
        return _quote(block, writer)
    if isinstance(block, Figure):
        return _figure(block, writer)
    if isinstance(block, Defined):
        return _definition(block, writer)
    if isinstance(block, Math):
        return _formula(block, writer)
    return render_table(block, writer) if isinstance(block, Table) else ""


def _code(block: Code) -> str:
    return _fence(verbatim(block.text), _NOT_LANGUAGE_RE.sub("", block.language or ""))


def _fence(text: str, language: str) -> str:
    if not text.strip():
        return ""
    longest = max((len(run) for run in _BACKTICKS_RE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _formula(block: Math, writer: Writer) -> str:
    latex = formula(block.latex)
    if not writer.dialect.math or "$$" in latex or latex.endswith(("\\", "$")):
        return _fence(latex, "math")
    return f"$$\n{latex}\n$$" if latex else ""


def _figure(block: Figure, writer: Writer) -> str:
    if block.images and not writer.images:
        return ""
    lines = [[run] for image in block.images for run in writer.runs((image,)) if isinstance(run.leaf, Image)]
    lines.append(writer.runs((Span("emphasis", caption_of(block)),)))
    return _as_paragraph(lines, "\n", writer)


def _definition(block: Defined, writer: Writer) -> str:
    """Return the term in bold and ": " before each description: readers without definition lists show a paragraph."""
    lines = [writer.runs((Span("strong", block.term),))]
    lines += (writer.runs(line) for line in block.lines)
    return _as_paragraph(lines, "\n: ", writer)


def _as_paragraph(lines: Sequence[Sequence[Run]], gap: str, writer: Writer) -> str:
    """Return lines as one paragraph, hence escaped as one: a backtick in the first would pair with one in the next."""
    content = [run for line in lines if line for run in (Run(Text(gap)), *line)]
    return writer.line(content[1:])


def _quote(block: Quote, writer: Writer) -> str:
    parts = _blocks(block.content, writer)
    title = "" if _names_its_kind(block, writer.dialect.callouts) else writer.inline((Span("strong", block.title),))
    text = "\n\n".join(([title] if title else []) + _texts(parts))
    if block.callout is None or not text:
        return _prefixed(text, "> ", ">")
    if writer.dialect.callouts != "github":
        return _callout(block, title, _texts(parts), writer.dialect.callouts)
    kind = f"[!{_CALLOUTS.get(block.callout.lower(), 'NOTE')}]"
    gap = "\n" if title or (parts and isinstance(parts[0][0], Paragraph)) else "\n\n"
    return _prefixed(f"{kind}{gap}{text}", "> ", ">")


def _names_its_kind(block: Quote, form: str) -> bool:
    """Return whether the title of a callout says what readers show for its kind anyway: "Note" of a note."""
    kind = (block.callout or "").lower()
    shown = _CALLOUTS.get(kind, "NOTE").lower() if form == "github" else kind
    return bool(kind) and inline_text(block.title).strip(" :!").lower() == shown


def _callout(block: Quote, title: str, parts: list[str], form: str) -> str:
    """Return a callout as Obsidian has it, as pandoc's fenced div, or as a quotation that begins with its kind."""
    kind = (block.callout or "note").lower()
    body = "\n\n".join(parts)
    if form == "obsidian":
        line = f"[!{kind}] {title[2:-2] if title.startswith('**') and title.endswith('**') else title}".rstrip()
        return _prefixed(f"{line}\n{body}" if body else line, "> ", ">")
    if form == "divs":
        inner = "\n\n".join(part for part in (title, body) if part)
        return f"::: {{.{kind}}}\n{inner}\n:::"
    text = "\n\n".join(part for part in (title or f"**{kind.capitalize()}**", body) if part)
    return _prefixed(text, "> ", ">")


def _prefixed(text: str, prefix: str, empty: str) -> str:
    return "\n".join(f"{prefix}{line}" if line else empty for line in text.split("\n")) if text else ""


def _indented(text: str, marker: str, width: int) -> str:
    """Return `text` after `marker`, its further lines indented by `width` spaces."""
    first, *rest = text.split("\n")
    return "\n".join((f"{marker}{first}", *(f"{' ' * width}{line}" if line else "" for line in rest)))


# --- lists ----------------------------------------------------------------------------------------------------------


def _list(block: List, writer: Writer, alternate: bool) -> str:
    items = [(item, parts) for item in block.items if (parts := _blocks(item.content, writer, in_item=True))]
    gap = "\n" if all(_is_tight(parts) for _, parts in items) else "\n\n"
    number = min(max(block.start, 0), _LARGEST_NUMBER - len(items))
    lines = []
    for item, parts in items:
        marker = f"{number}{')' if alternate else '.'} " if block.ordered else "* " if alternate else "- "
        text = gap.join(_texts(parts))
        lines.append(_indented(_box(item, parts, writer) + text, marker, len(marker)))
        number += 1
    return gap.join(lines)


def _box(item: ListItem, parts: Sequence[tuple[Basic, str]], writer: Writer) -> str:
    if item.checked is None or not isinstance(parts[0][0], Paragraph):
        return ""
    if not writer.dialect.tasks:
        return "☑ " if item.checked else "☐ "
    return "[x] " if item.checked else "[ ] "


def _is_tight(parts: Sequence[tuple[Basic, str]]) -> bool:
    """Return whether the item needs no blank lines: one paragraph, then lists that may interrupt one."""
    rest = parts[1:] if isinstance(parts[0][0], Paragraph) else parts
    return all(isinstance(block, List) and (not block.ordered or block.start == 1) for block, _ in rest)


# --- footnotes ------------------------------------------------------------------------------------------------------


def _notes(notes: Sequence[Footnote], writer: Writer) -> tuple[list[str], list[str]]:
    """Return the notes that nothing refers to, as text, since readers would hide them; and the others' definitions."""
    rendered = [(note, _blocks(note.content, writer)) for note in notes]
    unused: list[Block] = []
    definitions: dict[str, str] = {}
    for note, parts in rendered:
        if note.label in writer.used and note.label not in definitions:
            definitions[note.label] = _note(writer.labels[note.label], parts, writer)
        else:
            unused += note.content
    return _texts(_blocks(unused, writer)), list(definitions.values())


def _note(label: str, parts: Sequence[tuple[Basic, str]], writer: Writer) -> str:
    text = "\n\n".join(_texts(parts))
    if not writer.dialect.footnotes:
        return f"\\[{label}] {text}" if isinstance(parts[0][0], Paragraph) else f"\\[{label}]\n\n{text}"
    if isinstance(parts[0][0], Paragraph) and not _TARGET_RE.match(text):
        return _indented(text, f"[^{label}]: ", 4)
    return _indented(f"\n\n{text}", f"[^{label}]:", 4)


_RULES: dict[Align | None, str] = {None: "---", "left": ":--", "center": ":-:", "right": "--:"}


def render_table(table: Table, writer: Writer) -> str:
    """Return the table as Markdown; its caption is a paragraph in italics above it, or below it as on the page."""
    rows = [row for row in (table.header, *table.rows) if row]
    width = max((len(row) for row in rows), default=0)
    contents = [[cell_content(cell) for cell in row] for row in rows]
    caption = writer.inline((Span("emphasis", table.caption),))
    if not writer.dialect.tables or any(content is None for row in contents for content in row):
        text = table_html(table, links=writer.links, images=writer.images)
    elif any(writer.runs(content or ()) for row in contents for content in row):
        lines = [_row([writer.inline(content or (), "cell") for content in row], width) for row in contents]
        if not table.header:
            lines.insert(0, _row([], width))
        align = [*table.align, *[None] * width][:width]
        lines.insert(1, _row([_RULES[side] for side in align], width))
        text = "\n".join(lines)
    else:
        text = ""
    parts = (text, caption) if table.is_caption_below else (caption, text)
    return "\n\n".join(part for part in parts if part)


def cell_content(cell: Cell) -> tuple[Inline, ...] | None:
    """Return the cell's content as one line (its paragraphs divided by line breaks), or None where that cannot be."""
    parts: list[Inline] = []
    for block in lower(cell.content):
        inline = _inline_content(block)
        if inline is None:
            return None
        parts += (LineBreak(), *inline) if parts else inline
    return tuple(parts)


def _inline_content(block: Basic) -> tuple[Inline, ...] | None:
    if isinstance(block, Paragraph):
        return block.content
    if isinstance(block, Heading):
        return (Span("strong", block.content),)
    if isinstance(block, Math):
        return (block,)
    if isinstance(block, Figure):
        caption = caption_of(block)
        return (*block.images, *((LineBreak(), Span("emphasis", caption)) if caption else ()))
    return None


def _row(cells: Sequence[str], width: int) -> str:
    return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
