"""Strategies: documents of any shape, full of characters that mean something to readers, and damaged pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from newsclean.document import (
    Cell,
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
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from tests.cases import FIXTURES
from tests.hostile.fields import PAYLOADS, RUNNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from newsclean.document import Block, Inline

TOKENS = (
    *"*_~`$[]()<>&!#+-=|:\\.^{}\"'/,;?@%0123abAB ",
    *("**", "```", "~~~", "$$", "](", "![", "[^1]", "[^1]: ", "<b>", "</b>", "<!--", "-->", "&amp;", "&#39;", "&copy"),
    *(
        "http://a.b",
        "a@b.example",
        "1. ",
        "- ",
        "> ",
        "# ",
        "| a |",
        "---",
        "===",
        "javascript:x",
        "<script>",
        "\\(x\\)",
    ),
    *("é", "字", "\U0001f426", "e\u0301", "\xa0", "\u200b", "\u202e", "\x1b[31m", "\u2028", "”", "—", "·", "ß"),
)
READABLE = tuple(token for token in TOKENS if token not in ("\u202e", "\x1b[31m", "\u2028", "\u200b"))
"""Those that come out as they went in."""
SNIPPETS = (
    *PAYLOADS.values(),
    *(f'<a href="{address}">x</a>' for address in RUNNING[:12]),
    *(
        "<div>",
        "</div>",
        "<p>",
        "<table><tr><td>",
        "<ul><li>",
        "<pre>",
        "<blockquote>",
        "<script>",
        "</script>",
        "<!--",
    ),
    *(
        "<title>",
        "<svg>",
        "<math>",
        "<select>",
        "<template>",
        "<h1>",
        "</article>",
        "<body>",
        "\x00",
        "<![CDATA[",
        "&#x",
    ),
)
PAGES = tuple(sorted(FIXTURES.glob("pages/*/*/page.html")))


class _Maker:
    """Makes parts of a document of what a strategy draws."""

    def __init__(self, draw: Callable[[SearchStrategy[Any]], Any], tokens: tuple[str, ...]) -> None:
        self._draw = draw
        self._tokens = tokens

    def number(self, most: int) -> int:
        return int(self._draw(st.integers(0, most)))

    def one_of(self, *choices: Any) -> Any:
        return choices[self.number(len(choices) - 1)]

    def words(self) -> str:
        return "".join(self._draw(st.lists(st.sampled_from(self._tokens), min_size=1, max_size=8)))

    def line(self, depth: int = 2) -> tuple[Inline, ...]:
        return tuple(self._inline(depth) for _ in range(1 + self.number(3)))

    def _inline(self, depth: int) -> Inline:
        kind = self.number(7 if depth else 5)
        if kind < 2:
            return Text(self.words())
        if kind == 2:
            return CodeSpan(self.words())
        if kind == 3:
            return LineBreak()
        if kind == 4:
            return FootnoteReference(self.one_of("1", "a", "*"))
        if kind == 5:
            return Image(
                self.one_of("https://example.org/a.jpg", "https://example.org/(b", "javascript:x"), self.words()
            )
        if kind == 6:
            style = self.one_of("emphasis", "strong", "strike", "mark", "sub", "sup", "kbd", "insert")
            return Span(style, self.line(depth - 1))
        return Link(self.one_of("https://example.org/a_b(c)", "/x y", "#a", "javascript:x"), self.line(0))

    def blocks(self, depth: int = 2) -> tuple[Block, ...]:
        return tuple(self._block(depth) for _ in range(1 + self.number(2)))

    def _block(self, depth: int) -> Block:
        kind = self.number(11 if depth else 6)
        if kind < 2:
            return Paragraph(self.line())
        if kind == 2:
            return Heading(2 + self.number(4), self.line())
        if kind == 3:
            return Code("\n".join(self.words() for _ in range(self.number(3))), self.one_of(None, "c++", "objective-c"))
        if kind == 4:
            return Divider()
        if kind == 5:
            return Embed(self.one_of("https://example.org/v", "https://example.org/w?x=(y"), self.words())
        if kind == 6:
            image = Image("https://example.org/a.jpg", self.words())
            return Figure((image,), self.line(), self.one_of(None, self.words()))
        if kind == 7:
            items = tuple(
                ListItem(self.blocks(depth - 1), self.one_of(None, None, True)) for _ in range(1 + self.number(2))
            )
            return List(items, self.one_of(True, False), self.number(11))
        if kind == 8:
            return DefinitionList((Definition(self.line(), (self.blocks(depth - 1),)),))
        if kind == 9:
            rows = tuple((self._cell(), self._cell()) for _ in range(1 + self.number(2)))
            return Table((self._cell(), self._cell()), rows, (None, "right"))
        return Quote(self.blocks(depth - 1), self.one_of(None, "note", "warning"))

    def _cell(self) -> Cell:
        return Cell((Paragraph(self.line()),))


@st.composite
def documents(draw: Any, tokens: tuple[str, ...] = TOKENS) -> Document:
    """Return documents with notes for some of their references."""
    maker = _Maker(draw, tokens)
    notes = [Footnote(label, maker.blocks(0)) for label in ("1", "a") if maker.number(1)]
    return Document((*maker.blocks(), *notes))


@st.composite
def damaged_pages(draw: Any) -> bytes:
    """Return a page of the fixtures with parts cut out, doubled, moved, and snippets and bytes put in."""
    data: bytes = draw(st.sampled_from(PAGES)).read_bytes()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 400)), len(data))
        part = data[start:end]
        change = draw(st.sampled_from(("cut", "double", "snippet", "bytes", "move", "repeat")))
        if change == "cut":
            data = data[:start] + data[end:]
        elif change == "double":
            data = data[:end] + part + data[end:]
        elif change == "snippet":
            snippet = draw(st.sampled_from(SNIPPETS)).encode("utf-8", "surrogatepass")
            data = data[:start] + snippet + data[start:]
        elif change == "bytes":
            data = data[:start] + draw(st.binary(min_size=1, max_size=6)) + data[start:]
        elif change == "move":
            data = part + data[:start] + data[end:]
        else:
            data = data[:start] + part[:40] * 50 + data[end:]
    return data
