"""What each reader of Markdown gets: only what it knows, and nothing in the text that it would take for markup."""

from __future__ import annotations

from typing import get_args

import pytest
from click.testing import CliRunner

import newsclean
from newsclean.cli import main
from newsclean.document import (
    Cell,
    Document,
    Footnote,
    FootnoteReference,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)
from newsclean.model import Flavor, Metadata
from newsclean.render.markdown import render_markdown

FLAVORS: tuple[Flavor, ...] = get_args(Flavor)


def markdown(flavor: Flavor, *blocks: object) -> str:
    return render_markdown(Document(blocks), Metadata(), front_matter="none", flavor=flavor)  # type: ignore[arg-type]


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.mark.parametrize(
    ("flavor", "expected"),
    [
        ("gfm", "| A |\n| --- |\n| 1 |\n"),
        ("obsidian", "| A |\n| --- |\n| 1 |\n"),
        ("pandoc", "| A |\n| --- |\n| 1 |\n"),
        ("commonmark", "<table>\n<thead><tr><th>A</th></tr></thead>\n<tbody><tr><td>1</td></tr></tbody>\n</table>\n"),
    ],
)
def test_a_table_is_html_where_there_are_no_pipe_tables(flavor: Flavor, expected: str) -> None:
    table = Table((Cell((paragraph("A"),)),), ((Cell((paragraph("1"),)),),), (None,))
    assert markdown(flavor, table) == expected


@pytest.mark.parametrize(
    ("flavor", "expected"),
    [
        ("gfm", "> [!CAUTION]\n> **Deep**\n>\n> Water.\n"),
        ("obsidian", "> [!danger] Deep\n> Water.\n"),
        ("pandoc", "::: {.danger}\n**Deep**\n\nWater.\n:::\n"),
        ("commonmark", "> **Deep**\n>\n> Water.\n"),
    ],
)
def test_a_callout_is_written_as_its_reader_knows_it(flavor: Flavor, expected: str) -> None:
    assert markdown(flavor, Quote((paragraph("Water."),), "danger", (Text("Deep"),))) == expected


@pytest.mark.parametrize(
    ("flavor", "expected"),
    [
        ("gfm", "> [!WARNING]\n> Water.\n"),
        ("obsidian", "> [!warning]\n> Water.\n"),
        ("pandoc", "::: {.warning}\nWater.\n:::\n"),
        ("commonmark", "> **Warning**\n>\n> Water.\n"),
    ],
)
def test_a_title_that_names_the_kind_is_not_said_twice(flavor: Flavor, expected: str) -> None:
    assert markdown(flavor, Quote((paragraph("Water."),), "warning", (Text("Warning"),))) == expected


def test_a_callout_without_a_title_names_its_kind_where_there_are_no_callouts() -> None:
    assert markdown("commonmark", Quote((paragraph("Water."),), "tip")) == "> **Tip**\n>\n> Water.\n"


def test_notes_are_text_where_there_are_no_footnotes() -> None:
    blocks = (Paragraph((Text("Rope"), FootnoteReference("a"), Text("."))), Footnote("a", (paragraph("Hemp."),)))
    assert markdown("commonmark", *blocks) == "Rope\\[a].\n\n\\[a] Hemp.\n"
    assert markdown("pandoc", *blocks) == "Rope[^a].\n\n[^a]: Hemp.\n"


def test_formulas_are_code_where_there_is_no_mathematics() -> None:
    blocks = (Paragraph((Text("So "), Math("v^2"))), Math("a_1", display=True))
    assert markdown("commonmark", *blocks) == "So `v^2`\n\n```math\na_1\n```\n"
    assert markdown("gfm", *blocks) == "So $v^2$\n\n$$\na_1\n$$\n"


def test_tasks_are_signs_where_there_are_no_task_lists() -> None:
    tasks = List((ListItem((paragraph("done"),), True), ListItem((paragraph("open"),), False)))
    assert markdown("commonmark", tasks) == "- ☑ done\n- ☐ open\n"
    assert markdown("obsidian", tasks) == "- [x] done\n- [ ] open\n"


def test_styles_have_the_marks_of_their_reader() -> None:
    content = (
        *(Text("H"), Span("sub", (Text("2"),)), Text("O "), Span("sup", (Text("a b"),)), Text(" ")),
        *(Span("mark", (Text("lit"),)), Text(" "), Span("strike", (Text("gone"),))),
    )
    assert markdown("gfm", Paragraph(content)) == "H<sub>2</sub>O <sup>a b</sup> <mark>lit</mark> ~~gone~~\n"
    assert markdown("commonmark", Paragraph(content)).endswith("<mark>lit</mark> <del>gone</del>\n")
    assert markdown("obsidian", Paragraph(content)).endswith("==lit== ~~gone~~\n")
    assert markdown("pandoc", Paragraph(content)) == "H~2~O <sup>a b</sup> <mark>lit</mark> ~~gone~~\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [[Mill]] here", "see \\[[Mill]] here"),
        ("for #harvest now", "for \\#harvest now"),
        ("#harvest first", "\\#harvest first"),
        ("house #12 and C# too", "house #12 and C# too"),
        ("#урожай и #収穫", "\\#урожай и \\#収穫"),
        ("100 %% sure", "100 \\%% sure"),
        ("if a ==b== then", "if a \\==b\\== then"),
        ("ends in ^mark", "ends in \\^mark"),
    ],
)
def test_what_obsidian_takes_for_its_own_is_escaped(text: str, expected: str) -> None:
    assert markdown("obsidian", paragraph(text)) == f"{expected}\n"
    assert markdown("gfm", paragraph(text)) == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("by @miller", "by \\@miller"), ("ann@mill.example", "ann@mill.example"), ("x^2 and ~5", "x\\^2 and \\~5")],
)
def test_what_pandoc_takes_for_its_own_is_escaped(text: str, expected: str) -> None:
    assert markdown("pandoc", paragraph(text)) == f"{expected}\n"


@pytest.mark.parametrize("flavor", FLAVORS)
def test_code_stays_as_it_is(flavor: Flavor) -> None:
    page = "<article><h1>T</h1>" + f"<p>{'The wheel turns on market days. ' * 9}</p><pre>#tag [[x]] @a ~1</pre>" * 3
    article = newsclean.convert(page, options=newsclean.Options(flavor=flavor))
    assert "\n#tag [[x]] @a ~1\n" in article.markdown


def test_the_command_has_the_flavor() -> None:
    page = "<article><h1>T</h1>" + f"<p>{'The wheel turns on market days, #harvest. ' * 9}</p>" * 3
    shown = CliRunner().invoke(main, ["--no-config", "--flavor", "obsidian", "-"], input=page)
    assert "\\#harvest" in shown.stdout


def test_a_flavor_that_there_is_not_is_refused() -> None:
    with pytest.raises(newsclean.OptionsError, match="flavor='rst'"):
        newsclean.Options(flavor="rst")  # type: ignore[arg-type]
