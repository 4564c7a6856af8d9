"""build: lists, definition lists, tables and listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.build import build
from newsclean.document import (
    Block,
    Code,
    CodeSpan,
    DefinitionList,
    Figure,
    Heading,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Span,
    Table,
    Text,
)
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Callable


def blocks_of(html: str, keep: Callable[[str], bool] = lambda _: True) -> tuple[Block, ...]:
    page = parse_html(f"<html><body>{html}</body></html>", "https://example.org/")
    return build(page, [keep(block.text) for block in page.blocks]).blocks


def the_list(html: str, keep: Callable[[str], bool] = lambda _: True) -> List:
    (block,) = blocks_of(html, keep)
    assert isinstance(block, List)
    return block


def the_table(html: str, keep: Callable[[str], bool] = lambda _: True) -> Table:
    (block,) = blocks_of(html, keep)
    assert isinstance(block, Table)
    return block


def the_code(html: str) -> Code:
    (block,) = blocks_of(html)
    assert isinstance(block, Code)
    return block


def words(blocks: tuple[Block, ...]) -> str:
    """Return the text of paragraphs that hold plain text, parted by bars."""
    texts = []
    for block in blocks:
        assert isinstance(block, Paragraph), block
        texts.append("".join(span.text for span in block.content if isinstance(span, Text)))
    return "|".join(texts)


def rows(table: Table) -> list[list[str]]:
    return [[words(cell.content) for cell in row] for row in table.rows]


def header(table: Table) -> list[str]:
    return [words(cell.content) for cell in table.header]


# --- lists ----------------------------------------------------------------------------------------------------------


def test_builds_a_bulleted_list() -> None:
    found = the_list("<ul><li>a</li><li>b</li></ul>")
    assert not found.ordered
    assert [words(item.content) for item in found.items] == ["a", "b"]
    assert found.source == (0, 1)


def test_keeps_start_and_marker_of_a_numbered_list() -> None:
    found = the_list('<ol start="4" type="a"><li>d</li></ol>')
    assert (found.ordered, found.start, found.marker) == (True, 4, "a")


def test_takes_the_value_of_the_first_item_as_start() -> None:
    assert the_list('<ol><li value="7">a</li><li>b</li></ol>').start == 7


def test_parts_a_numbered_list_where_its_numbers_jump() -> None:
    found = blocks_of('<ol><li>a</li><li value="5">b</li><li>c</li></ol>')
    assert [(block.start, len(block.items)) for block in found if isinstance(block, List)] == [(1, 1), (5, 2)]


def test_counts_a_reversed_list_down() -> None:
    found = blocks_of("<ol reversed><li>c</li><li>b</li><li>a</li></ol>")
    assert [block.start for block in found if isinstance(block, List)] == [3, 2, 1]


def test_keeps_the_numbers_of_items_after_a_dropped_one() -> None:
    found = blocks_of("<ol><li>a</li><li>ad</li><li>c</li></ol>", lambda text: text != "ad")
    assert [block.start for block in found if isinstance(block, List)] == [1, 3]


def test_nests_a_list_inside_its_item() -> None:
    found = the_list("<ul><li>a<ul><li>b</li></ul></li></ul>")
    assert [type(block) for block in found.items[0].content] == [Paragraph, List]


def test_attaches_a_list_between_items_to_the_item_before() -> None:
    found = the_list("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>")
    assert [len(item.content) for item in found.items] == [2, 1]


def test_keeps_paragraphs_and_code_inside_an_item() -> None:
    found = the_list("<ol><li><p>a</p><pre>x</pre><p>b</p></li></ol>")
    assert [type(block) for block in found.items[0].content] == [Paragraph, Code, Paragraph]


@pytest.mark.parametrize("inner", ["<p>a</p>", "<span>a</span>", "<div><div>a</div></div>"])
def test_keeps_list_form_whatever_the_item_wraps_its_text_in(inner: str) -> None:
    assert words(the_list(f"<ul><li>{inner}</li></ul>").items[0].content) == "a"


def test_gathers_items_without_a_list_into_one() -> None:
    found = the_list("<div><li>a</li><li>b</li></div>")
    assert len(found.items) == 2


def test_keeps_items_without_a_list_between_the_rows_of_a_table() -> None:
    found = blocks_of("<table><tr><td>a</td></tr><li>b</li><li>c</li></table>")
    assert [type(block) for block in found] == [Paragraph, List, List]


def test_reads_task_list_checkboxes() -> None:
    html = '<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li><li>none</li></ul>'
    assert [item.checked for item in the_list(html).items] == [True, False, None]


def test_makes_a_heading_inside_a_numbered_item_strong_text() -> None:
    found = the_list("<ol><li><h3>A</h3><p>b</p></li></ol>")
    assert found.items[0].content[0] == Paragraph((Span("strong", (Text("A"),)),), (0, 0))


def test_unwraps_a_bulleted_list_of_sections() -> None:
    found = blocks_of("<ul><li><h3>A</h3><p>a</p></li><li><h3>B</h3><p>b</p></li></ul>")
    assert [type(block) for block in found] == [Heading, Paragraph, Heading, Paragraph]


def test_drops_items_that_were_not_kept() -> None:
    found = the_list("<ul><li>a</li><li>ad</li></ul>", lambda text: text != "ad")
    assert found.items == (ListItem((Paragraph((Text("a"),), (0, 0)),)),)


def test_pairs_terms_with_their_descriptions() -> None:
    (found,) = blocks_of("<dl><div><dt>a</dt><dd>1</dd><dd>2</dd></div><dt>b</dt><dd>3</dd></dl>")
    assert isinstance(found, DefinitionList)
    assert [(item.term, [words(blocks) for blocks in item.descriptions]) for item in found.items] == [
        ((Text("a"),), ["1", "2"]),
        ((Text("b"),), ["3"]),
    ]


def test_unwraps_a_definition_list_that_only_indents() -> None:
    assert words(blocks_of("<dl><dd>a</dd></dl>")) == "a"


# --- tables ---------------------------------------------------------------------------------------------------------


def test_takes_the_header_from_thead() -> None:
    table = the_table(
        "<table><thead><tr><td>A</td><td>B</td></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert (header(table), rows(table)) == (["A", "B"], [["1", "2"]])


def test_takes_the_header_from_a_first_row_of_header_cells() -> None:
    table = the_table("<table><tr><th>A</th><th><b>B</b></th></tr><tr><td>1</td><td>2</td></tr></table>")
    assert (header(table), rows(table)) == (["A", "B"], [["1", "2"]])


def test_has_no_header_where_the_table_has_none() -> None:
    assert the_table("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>").header == ()


def test_fills_column_spans_with_empty_cells() -> None:
    table = the_table("<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>")
    assert rows(table) == [["a", "", "b"], ["1", "2", "3"]]


def test_fills_row_spans_with_empty_cells() -> None:
    table = the_table("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert rows(table) == [["a", "b"], ["", "c"]]


def test_pads_ragged_rows() -> None:
    table = the_table("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>")
    assert rows(table) == [["a", ""], ["b", "c"]]


def test_keeps_columns_in_place_around_empty_cells() -> None:
    table = the_table("<table><tr><td>a</td><td>b</td></tr><tr><td></td><td>c</td></tr></table>")
    assert rows(table) == [["a", "b"], ["", "c"]]


def test_reads_alignment_from_attribute_and_style() -> None:
    head = '<tr><th align="right">A</th><th>B</th></tr>'
    html = f'<table>{head}<tr><td>1</td><td style="text-align:center">2</td></tr></table>'
    assert the_table(html).align == ("right", "center")


def test_keeps_the_caption_of_a_table() -> None:
    html = "<table><caption>Cap</caption><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    assert the_table(html).caption == (Text("Cap"),)


def test_drops_rows_that_were_not_kept() -> None:
    html = "<table><tr><td>a</td><td>b</td></tr><tr><td>ad</td><td>x</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert rows(the_table(html, lambda text: "ad" not in text)) == [["a", "b"], ["c", "d"]]


def test_lets_a_span_end_in_a_dropped_row() -> None:
    html = "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>ad</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert rows(the_table(html, lambda text: text != "ad")) == [["a", "b"], ["c", "d"]]


def test_keeps_a_list_inside_a_cell_as_blocks() -> None:
    table = the_table("<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td><ul><li>y</li></ul></td></tr></table>")
    assert isinstance(table.rows[0][1].content[0], List)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>',
        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr><tr><td>b</td></tr></table>",
    ],
)
def test_unwraps_tables_made_for_the_layout(html: str) -> None:
    assert words(blocks_of(html)) == "a|b"


def test_unwraps_a_table_whose_cell_is_a_column_of_text() -> None:
    found = blocks_of(f"<table><tr><td>menu</td><td><h2>T</h2><p>{'word ' * 100}</p></td></tr></table>")
    assert [type(block) for block in found] == [Paragraph, Heading, Paragraph]


def test_never_joins_the_words_of_neighbouring_cells() -> None:
    table = the_table("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    assert rows(table) == [["a", "b"], ["c", "d"]]


# --- listings -------------------------------------------------------------------------------------------------------


def test_keeps_the_text_of_a_listing_exactly() -> None:
    assert the_code("<pre>\ndef f():\n\treturn  1\n\n</pre>").text == "def f():\n\treturn  1"


@pytest.mark.parametrize(
    "html",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<pre class="lang-python">x</pre>',
        '<div class="highlight highlight-source-python"><pre>x</pre></div>',
        '<pre class="brush: python; toolbar: false">x</pre>',
        '<pre class="sourceCode python"><code class="sourceCode python">x</code></pre>',
        '<pre data-lang="python">x</pre>',
        '<div data-language="Python"><pre><code>x</code></pre></div>',
        '<pre><code class="hljs python">x</code></pre>',
    ],
)
def test_reads_the_language_of_a_listing(html: str) -> None:
    assert the_code(html).language == "python"


@pytest.mark.parametrize("name", ["language-text", "language-none", "lang-plaintext", "code"])
def test_has_no_language_where_the_page_names_none(name: str) -> None:
    assert the_code(f'<pre class="{name}">x</pre>').language is None


def test_takes_wrapped_lines_as_lines() -> None:
    assert the_code("<pre><div>a</div><div></div><div>b</div></pre>").text == "a\n\nb"


def test_takes_line_spans_without_newlines_as_lines() -> None:
    assert the_code('<pre><code><span class="line">a</span><span class="line">b</span></code></pre>').text == "a\nb"


def test_adds_no_line_to_line_spans_with_newlines() -> None:
    html = '<pre><code><span class="line">a</span>\n<span class="line">b</span></code></pre>'
    assert the_code(html).text == "a\nb"


def test_takes_line_breaks_in_a_listing_as_newlines() -> None:
    assert the_code("<pre>a<br>b<br><br>c</pre>").text == "a\nb\n\nc"


def test_drops_line_numbers_of_a_highlighter_table() -> None:
    html = (
        '<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td>'
        '<td class="code"><div class="highlight"><pre>a\nb</pre></div></td></tr></table>'
    )
    assert the_code(html).text == "a\nb"


def test_drops_line_numbers_that_stand_in_a_gutter_cell() -> None:
    html = '<figure class="highlight cpp"><table><tr><td class="gutter"><pre>1<br>2<br></pre></td>'
    html += '<td class="code"><pre>a<br>b<br></pre></td></tr></table></figure>'
    code = the_code(html)
    assert (code.text, code.language) == ("a\nb", "cpp")


def test_drops_line_numbers_that_alternate_with_lines() -> None:
    row = "<div><span>{}</span><div>{}</div></div>"
    assert the_code(f"<pre>{row.format(1, 'a')}{row.format(2, 'b')}</pre>").text == "a\nb"


def test_drops_line_numbers_that_cannot_be_selected() -> None:
    number = '<span style="user-select:none">{} </span>'
    assert the_code(f"<pre>{number.format(1)}a\n{number.format(2)}b</pre>").text == "a\nb"


def test_drops_a_copy_button_beside_a_listing() -> None:
    assert the_code("<div><button>Copy code</button><pre>a</pre></div>").text == "a"


def test_drops_blank_lines_at_the_start_of_a_listing() -> None:
    assert the_code("<pre>\n   \n  a\nb</pre>").text == "  a\nb"


def test_drops_vertical_tabs_and_sets_form_feeds_as_the_spaces_they_are_in_html() -> None:
    assert the_code("<pre>a\x0b b\x0cc\nd</pre>").text == "a b c\nd"


def test_drops_indentation_that_all_lines_of_a_listing_share() -> None:
    assert the_code("<pre>\n    if a:\n        b\n    </pre>").text == "if a:\n    b"


def test_drops_line_numbers_in_front_of_lines() -> None:
    assert the_code('<pre><span class="lineno">1 </span>a\n<span class="lineno">2 </span>b</pre>').text == "a\nb"


def test_drops_copy_buttons_in_a_listing() -> None:
    assert the_code('<pre><button class="copy-btn">Copy</button><code>a</code></pre>').text == "a"


def test_replaces_non_breaking_spaces_in_a_listing() -> None:
    assert the_code("<pre>a&nbsp;b</pre>").text == "a b"


def test_takes_inline_code_over_several_lines_as_a_listing() -> None:
    assert the_code("<p><code>a<br>b</code></p>").text == "a\nb"


def test_walks_into_a_stray_pre_around_the_article() -> None:
    assert words(blocks_of("<pre><p>a</p><p>b</p></pre>")) == "a|b"


def test_leaves_inline_code_in_its_sentence() -> None:
    assert blocks_of("<p>a <code>b</code><br>c</p>") == (
        Paragraph((Text("a "), CodeSpan("b"), LineBreak(), Text("c")), (0, 0)),
    )


def test_keeps_a_picture_inside_an_item() -> None:
    found = the_list('<ul><li>a<img src="/b.jpg" alt="b"></li></ul>')
    assert [type(block) for block in found.items[0].content] == [Paragraph, Figure]
