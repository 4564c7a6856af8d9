"""Markdown read by markdown-it gives back the document's text and structure, whatever characters the page holds."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

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
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from newsclean.model import Metadata
from newsclean.render.markdown import render_markdown
from tests.roundtrip import expected_form, markdown_form

if TYPE_CHECKING:
    from newsclean.document import Block, Inline

SOUP = (
    *"*_~`$[]()<>&!#+-=|:\\.^{}\"'/,;?@%0123abAB ",
    *(
        "**",
        "__",
        "~~",
        "```",
        "~~~",
        "$$",
        "](",
        "![",
        "[^1]",
        "[^1]: ",
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "&#39;",
        "&copy",
    ),
    *("- ", "+ ", "1. ", "2) ", "# ", "## ", "> ", "---", "***", "===", "| --- |", ":-:", "[ ] ", "[!NOTE]", "[a]: "),
    *(
        "<http://a.example>",
        "<a@b.example>",
        "http://a.example/_b_",
        "^[",
        "\\\\",
        "\\*",
        "snake_case",
        "$5",
        "$x$",
        "5 * 3",
    ),
    *(
        "重要",
        "「",
        "」",
        "です。",
        "한국어",
        "שלום",
        "مرحبا",
        "é",
        "e\u0301",
        "\u200b",
        "\u200f",
        "€",
        "™",
        "😀",
        "\xa0",
        "—",
        "“",
        "’",
    ),
    *("word", "a b", " word ", "  "),
)
STYLES = ("emphasis", "strong", "strike", "mark", "sub", "sup", "kbd", "insert", "quote", "abbreviation")
ADDRESSES = (
    *("https://a.example/b", "/c(d)", "x (y", "https://a.example/?a=b&amp=c&copy;", "#top", "mailto:a@b.example"),
    *("javascript:alert(1)", "java\nscript:alert(1)", "data:image/svg+xml;base64,AA", "a\\b*c_d|e$f`g<h>", "", "ü/重"),
)


FORMULAS = ("x", "a_b*c*d", "\\frac{1}{2}", "a\\$", "\\text{5}", "[0, 1)", "E = mc^2", "a \\\\ b")


class Generator:
    """Makes documents of everything that the model holds, from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.notes = self.random.randint(0, 2)

    def text(self) -> str:
        return "".join(self.random.choices(SOUP, k=self.random.randint(1, 6))) or "x"

    def inlines(self, depth: int = 0) -> tuple[Inline, ...]:
        return tuple(self.inline(depth) for _ in range(self.random.randint(1, 4)))

    def inline(self, depth: int) -> Inline:
        pick = self.random.random()
        if pick < 0.5 or depth > 3:
            return Text(self.text())
        if pick < 0.72:
            return Span(self.random.choice(STYLES), self.inlines(depth + 1))  # type: ignore[arg-type]
        if pick < 0.8:
            return Link(self.address(), self.inlines(depth + 1), self.random.choice((None, 'T "q" & \\ $1$ `x')))
        return self.leaf()

    def leaf(self) -> Inline:
        number = self.random.randrange(6)
        if number == 5:
            return Math(self.random.choice(FORMULAS), self.random.random() < 0.2)
        if number == 0:
            return CodeSpan(self.text())
        if number == 1:
            return Image(self.address(), self.text(), self.random.choice((None, "title")))
        if number == 2 and self.notes:
            return FootnoteReference(str(self.random.randint(1, 3)))
        return LineBreak() if number < 4 else Text(" ")

    def address(self) -> str:
        return self.random.choice(ADDRESSES)

    def blocks(self, depth: int = 0) -> tuple[Block, ...]:
        return tuple(self.block(depth) for _ in range(self.random.randint(1, 3 if depth else 5)))

    def block(self, depth: int) -> Block:
        number = self.random.randrange(5 if depth > 3 else 12)
        if number < 3:
            return Paragraph(self.inlines())
        if number == 3:
            return Heading(self.random.randint(2, 6), self.inlines())
        if number == 4:
            return self.random.choice((Divider(), Code(self.code(), self.random.choice((None, "c++"))), self.figure()))
        if number < 8:
            items = tuple(ListItem(self.blocks(depth + 1), self.checked()) for _ in range(self.random.randint(1, 3)))
            return List(items, self.random.random() < 0.5, self.random.choice((1, 1, 3, 10)))
        if number == 8:
            return Quote(self.blocks(depth + 1), self.random.choice((None, None, "note", "tip")), self.title())
        if number == 9:
            return DefinitionList((Definition((Text("t"), *self.inlines()), (self.blocks(depth + 1),)),))
        return self.table()

    def checked(self) -> bool | None:
        return self.random.choice((None, None, None, True, False))

    def title(self) -> tuple[Inline, ...]:
        return self.inlines() if self.random.random() < 0.3 else ()

    def code(self) -> str:
        return "\n".join(self.random.choices((*SOUP, "\tx", "    y", ""), k=self.random.randint(1, 5)))

    def figure(self) -> Figure:
        return Figure((Image(self.address(), self.text()),), self.title(), self.random.choice((None, "Photo: A/B")))

    def table(self) -> Table:
        width = self.random.randint(1, 3)
        rows = tuple(tuple(self.cell() for _ in range(width)) for _ in range(self.random.randint(1, 3)))
        header = tuple(self.cell() for _ in range(width)) if self.random.random() < 0.7 else ()
        align = tuple(self.random.choice((None, "left", "center", "right")) for _ in range(width))
        return Table(header, rows, align, self.title(), is_caption_below=self.random.random() < 0.5)  # type: ignore[arg-type]

    def cell(self) -> Cell:
        blocks: list[Block] = [Paragraph(self.inlines()) for _ in range(self.random.choice((0, 1, 1, 1, 2)))]
        if self.random.random() < 0.05:
            blocks.append(self.random.choice((self.figure(), Heading(3, self.inlines()))))
        if self.random.random() < 0.03:
            blocks.append(self.whole_block())
        return Cell(tuple(blocks))

    def whole_block(self) -> Block:
        """Return a block that no line of a table holds."""
        paragraph = Paragraph(self.inlines())
        kind = self.random.randrange(5)
        if kind == 0:
            return Code("a\n\n  b")
        if kind == 1:
            return Quote((paragraph, Embed("https://a.example/v", "Player")), None, self.title())
        if kind == 2:
            return List((ListItem((paragraph, Math("x < y", display=True))),))
        if kind == 3:
            return DefinitionList((Definition((Text("t"),), ((paragraph, Embed("https://a.example/v", "")),)),))
        return Table((), ((Cell((paragraph,)), Cell((self.figure(),))),), (None, None), self.title())

    def document(self) -> Document:
        notes = (Footnote(str(n + 1), self.blocks(3)) for n in range(self.notes))
        return Document((*self.blocks(), *notes))


def has_plugin_syntax(document: Document) -> bool:
    return "FootnoteReference" in repr(document) or "Math(" in repr(document)


QUICK, ALL = 80, 400
"""Random documents with the quick tests, and with all."""


@pytest.mark.parametrize(
    "seed", [*range(QUICK), *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(QUICK, ALL))]
)
def test_reading_the_markdown_gives_the_document_back(seed: int) -> None:
    generator = Generator(seed)
    document, title = generator.document(), generator.text().strip() or "t"
    source = render_markdown(document, Metadata(title=title), front_matter="none")
    form = expected_form(document, title)
    assert markdown_form(source) == form, source
    if not has_plugin_syntax(document):
        assert markdown_form(source, plugins=False) == form, source
