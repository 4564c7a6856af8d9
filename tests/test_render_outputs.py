"""Plain text, HTML, front matter and blocks: the other outputs of the document model."""

from __future__ import annotations

import json
import re

import pytest

from newsclean.document import (
    Cell,
    Code,
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
from newsclean.model import Metadata
from newsclean.render.front_matter import render_front_matter
from newsclean.render.html import render_html
from newsclean.render.json import document_blocks
from newsclean.render.plain import render_text


def line(text: str) -> Paragraph:
    return Paragraph((Text(text),))


FIGURE = Figure((Image("https://a.example/i.png", "Alt"),), (Text("Caption"),), "Credit")
NUMBERED = List((ListItem((line("one"), List((ListItem((line("inner"),)),)))), ListItem((line("two"),))), True, 5)
TABLE = Table((Cell((line("h"),)), Cell((line("k"),))), ((Cell((line("1"),)), Cell((line("2"),))),), (None, "right"))


def text(*blocks: object) -> str:
    return render_text(Document(blocks))  # type: ignore[arg-type]


def html(*blocks: object, title: str | None = None) -> str:
    return render_html(Document(blocks), Metadata(title=title))  # type: ignore[arg-type]


def test_text_has_a_blank_line_between_paragraphs_and_no_title() -> None:
    assert text(Heading(2, (Text("H"),)), Paragraph((Text("a"), LineBreak(), Text("b")))) == "H\n\na\nb\n"


def test_text_shows_lists_without_numbers_that_the_page_has_not() -> None:
    assert text(NUMBERED) == "- one\n  - inner\n- two\n"


def test_text_leaves_figures_embeds_and_dividers_out() -> None:
    assert text(FIGURE, Embed("https://v.example", "Video"), Divider(), line("a")) == "a\n"


def test_text_of_tables_has_tabs_between_cells() -> None:
    assert text(TABLE) == "h\tk\n1\t2\n"


def test_text_keeps_code_verbatim_and_notes_at_the_end() -> None:
    note = Footnote("1", (line("Note."),))
    body = Paragraph((Text("a"), FootnoteReference("1"), Text(" b")))
    assert text(note, body, Code("  x\n\ty")) == "a[1] b\n\n  x\n\ty\n\nNote.\n"


def test_text_of_nothing_is_empty() -> None:
    assert text(FIGURE) == ""


def test_html_escapes_text_and_attributes() -> None:
    link = Link('https://a.example/?q="><script>', (Text("<script>alert(1)</script>"),), '"><script>')
    source = html(Paragraph((link,)), Code("</code><script>", '"><script>'), title="<script>")
    assert "<script" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x"]
)
def test_html_has_no_unsafe_address(href: str) -> None:
    source = html(Paragraph((Link(href, (Text("a"),)), Image(href, "b"))), Embed(href, "c"), Figure((Image(href),)))
    assert "href" not in source
    assert "src" not in source


def test_html_is_one_article_with_the_title_as_h1() -> None:
    source = render_html(Document((Heading(1, (Text("a"),)),)), Metadata(title="T", language="en"))
    assert source == '<article lang="en">\n<h1>T</h1>\n<h2>a</h2>\n</article>\n'


def test_html_keeps_every_structure() -> None:
    blocks = (
        NUMBERED,
        TABLE,
        FIGURE,
        Quote((line("q"),)),
        DefinitionList((Definition((Text("t"),), ((line("d"),),)),)),
    )
    source = html(*blocks)
    assert '<ol start="5">' in source
    assert '<thead><tr><th>h</th><th style="text-align:right">k</th></tr></thead>' in source
    assert "<figcaption>Caption <small>Credit</small></figcaption>" in source
    assert "<blockquote>\n<p>q</p>\n</blockquote>" in source
    assert "<dl>\n<dt>t</dt>\n<dd>d</dd>\n</dl>" in source


def test_html_joins_footnotes_with_their_marks() -> None:
    source = html(Paragraph((Text("a"), FootnoteReference("x y"))), Footnote("x y", (line("Note."),)))
    assert '<a href="#fn-1">1</a>' in source
    assert '<li id="fn-1">Note.</li>' in source


def test_front_matter_has_the_known_fields_in_order() -> None:
    metadata = Metadata(
        title='A "quoted": title # 1',
        authors=("Jo Doe", "Ann Other"),
        published="2025-07-04T10:00:00+02:00",
        source="https://a.example/b",
        language="pt-BR",
        tags=("x",),
    )
    assert render_front_matter(metadata, 12) == (
        '---\ntitle: "A \\"quoted\\": title # 1"\nauthor: ["Jo Doe", "Ann Other"]\n'
        "published: 2025-07-04T10:00:00+02:00\n"
        'source: "https://a.example/b"\nlanguage: pt-BR\ntags: ["x"]\nword_count: 12\n---'
    )


@pytest.mark.parametrize(
    "day", ["2025-02-30", "2025-07-04T25:00:00Z", "yesterday", "2025-7-4", "2025-07-04: x\nevil: true"]
)
def test_front_matter_quotes_what_is_no_date(day: str) -> None:
    value = render_front_matter(Metadata(published=day), 0).split("\n")
    assert value[1].startswith('published: "')
    assert len(value) == 3


def test_front_matter_quotes_languages_that_yaml_takes_for_booleans() -> None:
    assert 'language: "no"' in render_front_matter(Metadata(language="no"), 0)


# A line of the YAML subset that front matter uses: a key, and a JSON value or a bare date, tag or number.
YAML_LINE_RE = re.compile(r'[a-z_]+: (?:(?P<json>["\[].*)|[0-9A-Za-z][0-9A-Za-z.:+-]*)')


NASTY = ("a\nb: c", "---", "\x85\u2028x", "'\"\\", "\ufeff\x00\x1b[0m!", "&a *b", "{{x}}", "\ud800", "名前: 値")


@pytest.mark.parametrize("nasty", NASTY)
def test_front_matter_is_yaml_whatever_the_texts_are(nasty: str) -> None:
    metadata = Metadata(title=nasty, authors=(nasty,), published=nasty, site=nasty, language=nasty, tags=(nasty,))
    first, *lines, last = render_front_matter(metadata, 1).splitlines()
    assert (first, last) == ("---", "---")
    for entry in lines:
        match = YAML_LINE_RE.fullmatch(entry)
        assert match, entry
        assert entry.isprintable()
        if match["json"]:
            json.loads(match["json"])


def test_blocks_name_their_type_source_path_and_text() -> None:
    paragraph = Paragraph((Span("strong", (Text("a"),)),), source=(3, 4))
    paths = {3: "/html/body/div[2]/p[1]", 4: "/html/body/div[2]/p[2]/b", 5: "/html/body/hr"}
    assert document_blocks(Document((paragraph, Heading(3, (Text("h"),)))), paths) == [
        {"type": "paragraph", "source": [3, 4], "path": "/html/body/div[2]", "text": "a"},
        {"type": "heading", "source": None, "path": None, "text": "h", "level": 3},
    ]


def test_blocks_inside_lists_and_quotes_have_paths_of_their_own() -> None:
    item = ListItem((Paragraph((Text("a"),), source=(2, 2)),))
    blocks = document_blocks(
        Document((Quote((List((item,), source=(2, 2)),), source=(1, 2)),)), {1: "/html/body/p", 2: "/html/body/ul/li"}
    )
    assert blocks[0]["path"] == "/html/body"
    assert blocks[0]["blocks"][0]["path"] == "/html/body/ul/li"
    assert blocks[0]["blocks"][0]["items"][0]["blocks"][0]["path"] == "/html/body/ul/li"


def test_blocks_hold_nested_blocks_and_table_rows() -> None:
    numbered, table = document_blocks(Document((NUMBERED, TABLE)))
    assert numbered["start"] == 5
    assert numbered["items"][0]["blocks"][1]["items"][0]["blocks"][0]["text"] == "inner"
    assert (table["header"], table["rows"], table["align"]) == (["h", "k"], [["1", "2"]], [None, "right"])
