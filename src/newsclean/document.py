"""The document model: the article's body as plain data between building and rendering.

Small and pandoc-like. Blocks hold blocks or inline spans, spans hold spans or text; no HTML, no Markdown.
`source` on a block is the range of page block numbers (first, last) that it was built from, so that it can be cited.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

NodeT = TypeVar("NodeT")

Align = Literal["left", "center", "right"]
Source: TypeAlias = "tuple[int, int] | None"

# --- inline spans ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters. White space is collapsed to single spaces; never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Inline content in a style: one class for all, since rendering differs only by mark."""

    style: Literal["emphasis", "strong", "strike", "mark", "sub", "sup", "kbd", "insert", "quote", "abbreviation"]
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Inline code, verbatim."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink with an absolute `href` (or as the page has it, where no base is known)."""

    href: str
    content: tuple[Inline, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `src` absolute where a base is known, "" where the page has no address but that of a copy."""

    src: str
    alt: str = ""
    title: str | None = None
    link: str | None = None
    """Where a picture that is a link leads, in a Figure; elsewhere a Link holds the image."""
    saved: str | None = None
    """Where the copy is that was saved with the page: a `data:` address, or a path relative to the page, as written
    there. A `data:` address only where it was asked for (Options.saved_pictures); no output shows it."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author meant (verse, addresses)."""


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """A mark in the text that points to the Footnote of this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in LaTeX; `display` when it stands on a line of its own."""

    latex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """What a note has beyond common Markdown and stays as written: `[[a note]]`, `==`, `#tag`, `[!tip]`, a line end."""

    text: str


Inline: TypeAlias = "Raw | Text | Span | CodeSpan | Link | Image | LineBreak | FootnoteReference | Math"

# --- blocks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body; level 2 to 6 (1 is the article's title, which is metadata)."""

    level: int
    content: tuple[Inline, ...]
    source: Source = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]
    source: Source = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; `checked` is None outside task lists."""

    content: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted or numbered list; `start` and `marker` ("1", "a", "A", "i", "I") belong to numbered ones."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    marker: str = "1"
    source: Source = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term with its descriptions."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms and what they mean."""

    items: tuple[Definition, ...]
    source: Source = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. Most hold one Paragraph; block content makes the table render as HTML."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A data table, rectangular: spans are already filled. `header` is () where the table has none."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align | None, ...]
    caption: tuple[Inline, ...] = ()
    source: Source = None
    is_caption_below: bool = False
    """The page has the caption below the table."""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, verbatim, without its final newline."""

    text: str
    language: str | None = None
    source: Source = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation; `callout` is the kind of an admonition ("note", "warning"), else None."""

    content: tuple[Block, ...]
    callout: str | None = None
    title: tuple[Inline, ...] = ()
    source: Source = None
    is_post: bool = False
    """It is a post of a social network."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Images (or an embed's link) with their caption and credit."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...] = ()
    credit: str | None = None
    source: Source = None


@dataclass(frozen=True, slots=True)
class Embed:
    """A video, post or player that lives elsewhere, as a link."""

    href: str
    title: str
    source: Source = None


@dataclass(frozen=True, slots=True)
class Divider:
    """A thematic break."""

    source: Source = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """The note that FootnoteReferences with this label point to."""

    label: str
    content: tuple[Block, ...]
    source: Source = None


Block: TypeAlias = (
    "Heading | Paragraph | List | DefinitionList | Table | Code | Quote | Figure | Embed | Divider | Footnote | Math"
)


@dataclass(frozen=True, slots=True)
class Document:
    """The body of an article, in reading order."""

    blocks: tuple[Block, ...] = ()


def transform(node: NodeT, change: Callable[[object], object]) -> NodeT:
    """Return a part of a document with every block, item, cell and span in it changed, inner before outer.

    `change` returns its argument or one of the same type. Documents nest less deep than calls may.
    """
    if isinstance(node, tuple):
        return tuple(transform(inner, change) for inner in node)  # type: ignore[return-value] # a tuple again
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changed: dict[str, Any] = {}
    for part in fields(node):
        value = getattr(node, part.name)
        if isinstance(value, tuple) and part.name != "source":
            changed[part.name] = transform(value, change)
    return change(replace(node, **changed) if changed else node)  # type: ignore[return-value] # of the same type
