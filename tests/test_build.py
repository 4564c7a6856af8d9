"""build: kept blocks of a page → document model. Text, headings, marks, links, quotes, lossless order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.build import build
from newsclean.build.inline import flatten_text
from newsclean.document import (
    Block,
    CodeSpan,
    Divider,
    Footnote,
    FootnoteReference,
    Heading,
    Inline,
    LineBreak,
    Link,
    Math,
    Paragraph,
    Quote,
    Span,
    Text,
)
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Callable


def blocks_of(html: str, keep: Callable[[str], bool] = lambda _: True, url: str | None = None) -> tuple[Block, ...]:
    """Return the blocks built from a page of which the blocks with a text that `keep` accepts were kept."""
    page = parse_html(f"<html><body>{html}</body></html>", url or "https://example.org/news/item.html")
    return build(page, [keep(block.text) for block in page.blocks]).blocks


def inlines(html: str) -> tuple[Inline, ...]:
    """Return the content of the one paragraph that a page gives."""
    (block,) = blocks_of(html)
    assert isinstance(block, Paragraph)
    return block.content


# --- text -----------------------------------------------------------------------------------------------------------


def test_collapses_white_space_in_a_paragraph() -> None:
    assert inlines("<p>  one \n two\t\tthree </p>") == (Text("one two three"),)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<i></i><span>ann</span><span>28.09.19</span><span>12:44</span>", "ann 28.09.19 12:44"),
        ("<span>ann</span><span><span>28.09.19</span></span>", "ann 28.09.19"),
        ("<span>ann</span><time>yesterday</time><a>Reply</a>", "ann yesterday Reply"),
        ("<span>ann</span>, <span>12:44</span>.", "ann, 12:44."),
        ("T<span>12:44</span>Z", "T12:44Z"),
        ("<span>v</span><span>1.2</span>", "v1.2"),
        ("<span>v</span>1<span>.2.10</span>", "v1.2.10"),
        ("<sub>(</sub><span>12:44</span><span>)</span>", "(12:44)"),
    ],
)
def test_time_in_an_element_of_its_own_stands_apart_from_elements_beside_it(html: str, text: str) -> None:
    assert flatten_text(inlines(f"<p>{html}</p>")) == text


def test_code_that_looks_like_a_time_is_left_alone() -> None:
    assert inlines("<p><code><span>at</span><span>12:44</span></code></p>") == (CodeSpan("at12:44"),)


def test_leaves_out_text_of_blocks_that_were_not_kept() -> None:
    blocks = blocks_of("<p>keep me</p><div>drop me</div><p>and me</p>", lambda text: text != "drop me")
    assert [block.content for block in blocks if isinstance(block, Paragraph)] == [
        (Text("keep me"),),
        (Text("and me"),),
    ]


def test_keeps_text_after_a_dropped_element_apart() -> None:
    blocks = blocks_of("<div>one<div>ad</div>two</div>", lambda text: text != "ad")
    assert [block.content for block in blocks if isinstance(block, Paragraph)] == [(Text("one"),), (Text("two"),)]


def test_gives_text_outside_any_paragraph_its_own_paragraph() -> None:
    blocks = blocks_of("<p>one</p>two")
    assert [block.content for block in blocks if isinstance(block, Paragraph)] == [(Text("one"),), (Text("two"),)]


def test_numbers_each_block_by_its_source() -> None:
    assert [block.source for block in blocks_of("<p>a</p><p>b</p>") if isinstance(block, Paragraph)] == [(0, 0), (1, 1)]


def test_drops_soft_hyphens_and_zero_width_spaces() -> None:
    assert inlines("<p>Donau\u00addampf\u200bschiff</p>") == (Text("Donaudampfschiff"),)


def test_returns_no_block_when_nothing_was_kept() -> None:
    assert blocks_of("<p>a</p><ul><li>b</li></ul>", lambda _: False) == ()


def test_keeps_a_custom_element_inside_its_sentence() -> None:
    assert inlines("<p>the <x-term>river</x-term>, they say</p>") == (Text("the river, they say"),)


def test_parts_words_that_only_a_custom_element_separates() -> None:
    assert inlines("<p>the<x-term>river</x-term>bank</p>") == (Text("the river bank"),)


# --- line breaks ----------------------------------------------------------------------------------------------------


def test_keeps_line_breaks_of_verse_in_one_paragraph() -> None:
    assert inlines("<p>Roses<br>are red<br></p>") == (Text("Roses"), LineBreak(), Text("are red"))


def test_drops_spaces_around_a_line_break() -> None:
    assert inlines("<p>one <br> two</p>") == (Text("one"), LineBreak(), Text("two"))


def test_starts_a_new_paragraph_at_a_double_line_break() -> None:
    blocks = blocks_of("<div>one<br><br>two</div>")
    assert blocks == (Paragraph((Text("one"),), (0, 0)), Paragraph((Text("two"),), (1, 1)))


# --- marks ----------------------------------------------------------------------------------------------------------


def test_moves_spaces_out_of_a_mark() -> None:
    assert inlines("<p>a<b> bold </b>c</p>") == (Text("a "), Span("strong", (Text("bold"),)), Text(" c"))


def test_merges_neighbours_in_the_same_style() -> None:
    assert inlines("<p><b>one</b> <strong>two</strong></p>") == (Span("strong", (Text("one two"),)),)


def test_drops_empty_marks() -> None:
    assert inlines("<p>a<b></b><i> </i>b</p>") == (Text("a b"),)


def test_collapses_a_style_inside_the_same_style() -> None:
    assert inlines("<p><b>one <strong>two</strong></b></p>") == (Span("strong", (Text("one two"),)),)


def test_nests_different_styles() -> None:
    nested = Span("strong", (Text("a "), Span("emphasis", (Text("b"),))))
    assert inlines("<p><b>a <i>b</i></b></p>") == (nested,)


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("em", "emphasis"),
        ("cite", "emphasis"),
        ("del", "strike"),
        ("mark", "mark"),
        ("sub", "sub"),
        ("sup", "sup"),
        ("kbd", "kbd"),
        ("ins", "insert"),
        ("q", "quote"),
        ("abbr", "abbreviation"),
    ],
)
def test_gives_each_inline_element_its_style(tag: str, style: str) -> None:
    (span,) = inlines(f"<p><{tag}>x</{tag}></p>")
    assert isinstance(span, Span)
    assert span.style == style


@pytest.mark.parametrize("tag", ["u", "span", "small", "font", "time"])
def test_takes_elements_without_meaning_as_plain_text(tag: str) -> None:
    assert inlines(f"<p>a <{tag}>b</{tag}></p>") == (Text("a b"),)


def test_reads_bold_and_italic_from_css() -> None:
    html = '<p><span style="font-weight: 700">a</span> <span style="font-style:italic">b</span></p>'
    assert inlines(html) == (Span("strong", (Text("a"),)), Text(" "), Span("emphasis", (Text("b"),)))


def test_ignores_bold_elements_that_css_makes_normal() -> None:
    assert inlines('<p><b style="font-weight:normal">a</b> b</p>') == (Text("a b"),)


def test_carries_a_mark_into_every_paragraph_that_it_encloses() -> None:
    blocks = blocks_of("<del><p>one</p><p>two</p></del>")
    assert [block.content for block in blocks if isinstance(block, Paragraph)] == [
        (Span("strike", (Text("one"),)),),
        (Span("strike", (Text("two"),)),),
    ]


def test_merges_adjacent_inline_code() -> None:
    assert inlines("<p>run <code>a</code><code>b</code></p>") == (Text("run "), CodeSpan("ab"))


def test_ignores_styles_inside_inline_code() -> None:
    assert inlines("<p>x <code>a<b>b</b></code></p>") == (Text("x "), CodeSpan("ab"))


def test_puts_a_link_around_inline_code_that_holds_it() -> None:
    assert inlines('<p>x <code><a href="/y">a</a></code></p>') == (
        Text("x "),
        Link("https://example.org/y", (CodeSpan("a"),)),
    )


def test_sets_ruby_readings_in_parentheses() -> None:
    assert inlines("<p><ruby>漢<rt>kan</rt></ruby></p>") == (Text("漢(kan)"),)


def test_keeps_the_parentheses_that_ruby_brings() -> None:
    assert inlines("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>") == (Text("漢(kan)"),)


# --- links ----------------------------------------------------------------------------------------------------------


def test_makes_relative_links_absolute() -> None:
    assert inlines('<p><a href="../x?a=1#b">y</a></p>') == (Link("https://example.org/x?a=1#b", (Text("y"),)),)


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "#top", "#", "file:///x"],
)
def test_unwraps_links_that_lead_nowhere(href: str) -> None:
    assert inlines(f'<p>a <a href="{href}">b</a></p>') == (Text("a b"),)


def test_unwraps_links_to_the_page_by_its_file_name() -> None:
    assert inlines('<p>a <a href="item.html#part">b</a></p>') == (Text("a b"),)


def test_unwraps_absolute_links_to_the_page_itself() -> None:
    assert inlines('<p>a <a href="https://example.org/news/item.html#part">b</a></p>') == (Text("a b"),)


@pytest.mark.parametrize("href", ["mailto:a@example.org", "tel:+123"])
def test_keeps_mail_and_telephone_links(href: str) -> None:
    assert inlines(f'<p><a href="{href}">b</a></p>') == (Link(href, (Text("b"),)),)


@pytest.mark.parametrize("href", ["http://[", "https://[::1", "//[x"])
def test_survives_addresses_that_cannot_be_parsed(href: str) -> None:
    assert isinstance(inlines(f'<p>a <a href="{href}">b</a></p>')[0], Text)


def test_drops_links_without_text() -> None:
    assert inlines('<p>a <a href="/x"></a>b</p>') == (Text("a b"),)


def test_applies_a_link_around_blocks_to_their_text() -> None:
    heading, paragraph = blocks_of('<a href="/x"><h2>Title</h2><p>Text</p></a>')
    assert heading == Heading(2, (Link("https://example.org/x", (Text("Title"),)),), (0, 0))
    assert paragraph == Paragraph((Link("https://example.org/x", (Text("Text"),)),), (1, 1))


def test_never_puts_a_link_inside_a_link() -> None:
    (link,) = inlines('<p><a href="/x">a<x-y><a href="/z">b</a></x-y></a></p>')[:1]
    assert isinstance(link, Link)
    assert all(not isinstance(span, Link) for span in link.content)


def test_keeps_relative_links_where_no_base_is_known() -> None:
    page = parse_html('<p><a href="x.html">y</a></p>')
    (paragraph,) = build(page, [True]).blocks
    assert paragraph == Paragraph((Link("x.html", (Text("y"),)),), (0, 0))


# --- headings -------------------------------------------------------------------------------------------------------


def test_makes_an_h1_inside_the_body_level_two() -> None:
    assert blocks_of("<h1>A</h1>") == (Heading(2, (Text("A"),), (0, 0)),)


def test_keeps_skipped_heading_levels() -> None:
    levels = [block.level for block in blocks_of("<h2>A</h2><h5>B</h5>") if isinstance(block, Heading)]
    assert levels == [2, 5]


def test_reads_headings_made_by_role() -> None:
    assert blocks_of('<div role="heading" aria-level="3">A</div>') == (Heading(3, (Text("A"),), (0, 0)),)


def test_drops_bold_type_around_a_whole_heading() -> None:
    assert blocks_of("<h2><b>A</b></h2>") == (Heading(2, (Text("A"),), (0, 0)),)


@pytest.mark.parametrize("sign", ["¶", "#", "🔗", ""])
def test_drops_permalinks_of_headings(sign: str) -> None:
    html = f'<h2>A<a class="headerlink" href="#a">{sign}</a></h2>'
    assert blocks_of(html) == (Heading(2, (Text("A"),), (0, 0)),)


def test_drops_a_permalink_sign_that_leads_elsewhere() -> None:
    assert blocks_of('<h2>A <a href="/find?a">🔗</a></h2>') == (Heading(2, (Text("A"),), (0, 0)),)


def test_keeps_a_heading_that_is_its_own_permalink() -> None:
    assert blocks_of('<h2><a class="anchor" href="#a">A</a></h2>') == (Heading(2, (Text("A"),), (0, 0)),)


def test_joins_the_blocks_of_a_heading_with_spaces() -> None:
    assert blocks_of("<h2><div>Kicker</div><div>Title</div></h2>") == (
        Heading(2, (Text("Kicker"), Text(" "), Text("Title")), (0, 1)),
    )


def test_passes_on_paragraphs_that_an_unclosed_heading_swallowed() -> None:
    long = "word " * 60
    blocks = blocks_of(f"<h2><div>{long}</div><div>{long}</div></h2>")
    assert [type(block) for block in blocks] == [Paragraph, Paragraph]


# --- quotes, callouts, dividers -------------------------------------------------------------------------------------


def test_nests_quotes() -> None:
    (quote,) = blocks_of("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>")
    assert isinstance(quote, Quote)
    assert [type(block) for block in quote.content] == [Paragraph, Quote]


@pytest.mark.parametrize(
    ("html", "kind", "title"),
    [
        ('<div class="admonition tip"><p class="admonition-title">Hey</p><p>b</p></div>', "tip", "Hey"),
        (
            '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">Note</p><p>b</p></div>',
            "note",
            "Note",
        ),
        (
            '<div class="callout" data-callout="warning"><div class="callout-title">W</div><div>b</div></div>',
            "warning",
            "W",
        ),
        (
            (
                '<div class="theme-admonition theme-admonition-info alert alert--info">'
                '<div class="admonitionHeading_x1">Info</div><div>b</div></div>'
            ),
            "info",
            "Info",
        ),
    ],
)
def test_reads_callouts_with_kind_and_title(html: str, kind: str, title: str) -> None:
    (quote,) = blocks_of(html)
    assert isinstance(quote, Quote)
    assert (quote.callout, quote.title) == (kind, (Text(title),))
    assert [block.content for block in quote.content if isinstance(block, Paragraph)] == [(Text("b"),)]


def test_does_not_take_an_unknown_aside_for_a_callout() -> None:
    assert blocks_of('<aside class="box"><p>b</p></aside>') == (Paragraph((Text("b"),), (0, 0)),)


def test_keeps_a_divider_between_kept_blocks_only_once() -> None:
    blocks = blocks_of("<hr><p>a</p><hr><hr><p>b</p><hr>")
    assert [type(block) for block in blocks] == [Paragraph, Divider, Paragraph]


# --- footnotes ------------------------------------------------------------------------------------------------------


FOOTNOTES = {
    "wiki": (
        '<p>Text<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>'
        '</p><ol><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> '
        "<span>Note.</span></li></ol>"
    ),
    "pandoc": (
        '<p>Text<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p>'
        '<ol><li id="fn1"><p>Note.<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol>'
    ),
    "word": (
        '<p>Text<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></p>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> Note.</p>'
    ),
    "newsletter": (
        '<p>Text<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a><div><p>Note.</p></div></div>'
    ),
    "plain": '<p>Text<sup><a href="#note-1">1</a></sup></p><p id="note-1">1. Note. <a href="#x">↩</a></p>',
}


@pytest.mark.parametrize("shape", ["wiki", "pandoc", "word", "newsletter"])
def test_pairs_a_footnote_reference_with_its_note(shape: str) -> None:
    paragraph, note = blocks_of(FOOTNOTES[shape])
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Text("Text"), FootnoteReference("1"))
    assert isinstance(note, Footnote)
    assert note.label == "1"
    assert [block.content for block in note.content if isinstance(block, Paragraph)] == [(Text("Note."),)]


def test_drops_the_number_and_the_backlink_arrow_of_a_note() -> None:
    note = blocks_of(FOOTNOTES["plain"])[1]
    assert isinstance(note, Footnote)
    assert note.content == (Paragraph((Text("Note."),), (1, 1)),)


def test_leaves_a_reference_as_text_when_its_note_was_not_kept() -> None:
    blocks = blocks_of(FOOTNOTES["pandoc"], lambda text: not text.startswith("Note"))
    assert blocks == (Paragraph((Text("Text"), Span("sup", (Text("1"),))), (0, 0)),)


def test_gives_two_notes_with_the_same_number_different_labels() -> None:
    html = "".join(
        f'<p>Text<sup><a href="#fn{part}-1">1</a></sup></p><ol><li id="fn{part}-1">Note {part}</li></ol>'
        for part in "ab"
    )
    labels = [block.label for block in blocks_of(html) if isinstance(block, Footnote)]
    assert labels == ["1", "1-2"]


def test_does_not_take_a_table_of_contents_for_footnotes() -> None:
    blocks = blocks_of('<p><a href="#part1">1</a> <a href="#part2">2</a></p><p id="part1">A</p><p id="part2">B</p>')
    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Paragraph]


# --- formulas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<math><semantics><mi>a</mi><annotation encoding="application/x-tex">a+b</annotation></semantics></math>',
        '<math alttext="{\\displaystyle a+b}"><mi>a</mi></math>',
        '<script type="math/tex">a+b</script>',
        '<img class="latex" src="/f.png" alt="a+b">',
        '<img src="https://latex.codecogs.com/svg.latex?a%2Bb" width="20" height="10">',
        '<span data-math="a+b"><span>a</span><span>+b</span></span>',
        (
            '<span class="katex"><span class="katex-mathml">'
            '<math><annotation encoding="application/x-tex">a+b</annotation></math></span>'
            '<span class="katex-html" aria-hidden="true">a+b</span></span>'
        ),
        '<span class="MathJax">a+b</span><script type="math/tex">a+b</script>',
    ],
)
def test_takes_the_latex_of_a_formula(html: str) -> None:
    assert inlines(f"<p>where {html} holds</p>") == (Text("where "), Math("a+b"), Text(" holds"))


def test_takes_a_formula_without_latex_as_text() -> None:
    assert inlines("<p>so <math><mn>3</mn></math></p>") == (Text("so 3"),)


def test_takes_a_letter_in_mathml_as_a_formula() -> None:
    assert inlines("<p>so <math><mi>a</mi></math></p>") == (Text("so "), Math("a", False))
