"""Markdown by hand: what is escaped and what stays, and how each block looks."""

from __future__ import annotations

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


def line(*content: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in content))


def markdown(*blocks: Block, links: bool = True, images: bool = True) -> str:
    """Render the blocks alone, and see that they read back."""
    document = Document(blocks)
    source = render_markdown(document, Metadata(), links=links, images=images, front_matter="none")
    if links and images:
        assert markdown_form(source) == expected_form(document)
    return source.removesuffix("\n")


def strong(text: str) -> Span:
    return Span("strong", (Text(text),))


def emphasis(*content: Inline) -> Span:
    return Span("emphasis", content)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "snake_case",
            "5 * 3",
            "C#",
            "a_b",
            "AT&T",
            "(1)",
            "[sic]",
            "a < b",
            "<3",
            "1.5",
            "-5 °C",
            "#tag",
            "$5 or $10",
        ),
        *("US$ and A$", "~5 km and ~10 km", "100%", "a | b", "C:\\Users\\me", "x = y", "Wow!", "+49 30", "2020-01-01"),
        *("R&D; x", "the ` key", "see [1] and [2]", "a ^ b", "5 > 3", "10 000.", "e.g. a.b", "Wow![1]"),
    ],
)
def test_leaves_harmless_text_as_it_is(text: str) -> None:
    assert markdown(line(text)) == text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("*a*", r"\*a\*"),
        ("__init__", r"\_\_init\_\_"),
        ("a ~~b~~", r"a \~\~b\~\~"),
        ("`a`", r"\`a\`"),
        ("[a](b)", r"[a\](b)"),
        ("![a](b)", r"![a\](b)"),
        ("<b>", r"\<b>"),
        ("<https://a.example>", r"\<https://a.example>"),
        ("&amp;", r"\&amp;"),
        ("# a", r"\# a"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("12. a", r"12\. a"),
        ("1) a", r"1\) a"),
        ("> a", r"\> a"),
        ("---", r"\---"),
        ("[a]: b", r"\[a]: b"),
        ("[^1]", r"\[^1]"),
        ("[ ] a", r"\[ ] a"),
        ("[!NOTE] a", r"\[!NOTE] a"),
        ("$x$", r"\$x\$"),
        (r"a\*b", r"a\\\*b"),
        ("```", r"\`\`\`"),
    ],
)
def test_escapes_what_would_be_markup(text: str, source: str) -> None:
    assert markdown(line(text)) == source


def test_escapes_underlines_and_table_rows_after_a_line_break() -> None:
    assert markdown(line("a", LineBreak(), "===")) == "a\\\n\\==="
    assert markdown(line("a", LineBreak(), "--")) == "a\\\n\\--"
    assert markdown(line("a|b", LineBreak(), "-|-")) == "a|b\\\n\\-|-"


def test_escapes_marks_that_would_close_a_heading() -> None:
    assert markdown(Heading(2, (Text("In C #"),))) == r"## In C \#"
    assert markdown(Heading(2, (Text("In C#"),))) == "## In C#"


def test_moves_white_space_out_of_marks_and_joins_neighbours() -> None:
    assert markdown(line("a", strong(" b "), "c")) == "a **b** c"
    assert markdown(line(strong("a"), strong("b"))) == "**ab**"
    assert markdown(line(Span("strong", (Text("a "), strong("b"))))) == "**a b**"


def test_marks_inside_words_stay_delimiters() -> None:
    assert markdown(line(strong("W"), "hen")) == "**W**hen"


def test_marks_that_delimiters_cannot_express_are_elements() -> None:
    assert markdown(line(strong("「重要」"), "です")) == "<strong>「重要」</strong>です"
    assert markdown(line(strong("a"), emphasis(Text("b")))) == "**a**<em>b</em>"
    assert markdown(line("a", strong("€5"))) == "a<strong>€5</strong>"


def test_nested_marks_share_a_run() -> None:
    assert markdown(line(Span("strong", (emphasis(Text("a")), Text(" b"))))) == "***a* b**"


def test_fences_inline_code_around_its_backticks() -> None:
    assert markdown(line(CodeSpan("a`b"), " ", CodeSpan("`"))) == "``a`b`` `` ` ``"


def test_keeps_no_unsafe_address() -> None:
    assert markdown(line(Link("javascript:alert(1)", (Text("a"),)))) == "a"
    assert markdown(line(Link("java\nscript:alert(1)", (Text("a"),)))) == "a"
    assert markdown(line(Link("javascript&colon;alert(1)", (Text("a"),)))) == "[a](javascript&amp;colon;alert(1))"
    assert markdown(line(Image("data:image/svg+xml;base64,AA", "alt"))) == "alt"
    assert markdown(line(Image("data:image/png,<script>", "alt"))) == "alt"


def test_shows_a_picture_in_pixels_that_the_document_holds() -> None:
    assert (
        markdown(line(Image("data:image/png;base64,iVBORw0KGgo=", "A"))) == "![A](data:image/png;base64,iVBORw0KGgo=)"
    )


def test_encodes_addresses() -> None:
    link = Link("https://a.example/x y_(z)", (Text("a"),), 'say "hi"')
    assert markdown(line(link)) == r'[a](https://a.example/x%20y_(z) "say \"hi\"")'
    assert markdown(line(Link("/a(b", (Text("a"),)))) == "[a](/a%28b)"


def test_leaves_links_and_images_out_on_request() -> None:
    figure = Figure((Image("https://a.example/i.png", "alt"),), (Text("Caption"),))
    paragraph = line(Link("https://a.example", (Text("a"),)), " b")
    assert markdown(paragraph, figure, links=False, images=False) == "a b"


def test_nests_lists_and_keeps_their_numbers() -> None:
    inner = List((ListItem((line("b"),)),))
    assert markdown(List((ListItem((line("a"), inner)), ListItem((line("c"),))), True, 9)) == "9. a\n   - b\n10. c"


def test_separates_neighbouring_lists() -> None:
    one = List((ListItem((line("a"),)),))
    assert markdown(one, one, one) == "- a\n\n* a\n\n- a"


def test_loosens_lists_with_several_blocks_in_an_item() -> None:
    assert markdown(List((ListItem((line("a"), line("b"))), ListItem((line("c"),))))) == "- a\n\n  b\n\n- c"


def test_writes_task_lists() -> None:
    tasks = List((ListItem((line("a"),), True), ListItem((line("b"),), False)))
    source = render_markdown(Document((tasks,)), Metadata(), front_matter="none")
    assert source == "- [x] a\n- [ ] b\n"


def test_writes_tables_with_alignment_and_escaped_pipes() -> None:
    rows = ((Cell((line("1|2"),)), Cell((line("a", LineBreak(), "b"),))),)
    table = Table((Cell((line("x"),)), Cell((line("y"),))), rows, ("right", None), (Text("T"),))
    assert markdown(table) == "*T*\n\n| x | y |\n| --: | --- |\n| 1\\|2 | a<br>b |"


def test_writes_tables_with_blocks_in_cells_as_html() -> None:
    table = Table((), ((Cell((Code("a\n\nb"),)),),), (None,))
    assert markdown(table) == (
        "<table>\n<tbody><tr><td><pre><code>a&#10;&#10;b</code></pre></td></tr></tbody>\n</table>"
    )


def test_fences_code_beyond_its_own_fences() -> None:
    assert markdown(Code("```\nx\n```", "c++")) == "````c++\n```\nx\n```\n````"


def test_writes_quotes_and_callouts() -> None:
    assert markdown(Quote((line("a"), line("b")))) == "> a\n>\n> b"
    assert markdown(Quote((line("a"),), "warning")) == "> [!WARNING]\n> a"
    assert markdown(Quote((line("==="),), "tip")) == "> [!TIP]\n> \\==="


def test_writes_figures_with_caption_and_credit() -> None:
    figure = Figure((Image("https://a.example/i.png", "A [b]"),), (Text("The bridge."),), "Jo Doe")
    assert markdown(figure) == "![A \\[b\\]](https://a.example/i.png)\n*The bridge. (Jo Doe)*"


def test_writes_embeds_as_links() -> None:
    assert markdown(Embed("https://v.example/1", "Video")) == "[Video](https://v.example/1)"


def test_writes_definitions_as_terms_with_colons_below() -> None:
    definitions = DefinitionList(
        (
            Definition((Text("Term"),), ((line("What it is."),), (line("What it also is."),))),
            Definition((Text("Other"),), ((line("One."), Code("x")),)),
            Definition((Text("Last"),), ((Code("y"),),)),
        )
    )
    assert markdown(definitions) == (
        "**Term**\n: What it is.\n: What it also is.\n\n**Other**\n: One.\n\n```\nx\n```\n\n**Last**\n\n```\ny\n```"
    )


def test_writes_footnotes_at_the_end() -> None:
    note = Footnote("n 1", (line("Note."), line("More.")))
    source = render_markdown(Document((note, line("a", FootnoteReference("n 1")))), Metadata(), front_matter="none")
    assert source == "a[^1]\n\n[^1]: Note.\n\n    More.\n"


def test_shows_notes_that_nothing_refers_to() -> None:
    assert markdown(line("a"), Footnote("1", (line("Note."),))) == "a\n\n---\n\nNote."


def test_writes_formulas() -> None:
    assert markdown(line("so ", Math("a_b"), ".")) == "so $a_b$."
    assert markdown(Math("a\n\n+ b", True)) == "$$\na\n+ b\n$$"


def test_divides_but_never_first_or_last() -> None:
    assert markdown(Divider(), line("a"), Divider(), Divider(), line("b"), Divider()) == "a\n\n---\n\nb"


def test_strips_control_characters_and_terminal_escapes() -> None:
    source = render_markdown(Document((line("a\x1b[31mb\x00\ufeff\ud800"),)), Metadata(), front_matter="none")
    assert source == "ab\ufffd\n"


def test_title_is_the_one_h1_and_can_be_left_out() -> None:
    document, metadata = Document((Heading(1, (Text("a"),)),)), Metadata(title="T #")
    assert render_markdown(document, metadata, front_matter="none") == "# T \\#\n\n## a\n"
    assert render_markdown(document, metadata, front_matter="none", title=False) == "## a\n"


def test_nothing_to_show_is_an_empty_text() -> None:
    assert render_markdown(Document((line(" "), Divider())), Metadata()) == ""


def test_deep_inline_nesting_is_no_recursion() -> None:
    inline: Inline = Text("a")
    for _ in range(20_000):
        inline = Span("strong", (inline,))
    assert render_markdown(Document((Paragraph((inline,)),)), Metadata(), front_matter="none") == "**a**\n"


@pytest.mark.parametrize("char", "*_`~[]<&$!\\#-=|:(")
def test_long_runs_of_one_character_take_linear_time(char: str) -> None:
    source = render_markdown(Document((line(char * 200_000, "x"),)), Metadata(), front_matter="none")
    assert len(source) >= 200_000
