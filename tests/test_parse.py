"""How a page is cut into numbered blocks."""

from __future__ import annotations

import time

import pytest

from newsclean.page.html import Page, parse_html
from newsclean.page.tree import DEPTH_BELOW_BOXES, MAX_DEPTH


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def test_cuts_inline_runs_at_block_level_elements() -> None:
    page = parse_html("<body>before <b>bold</b> <p>inside</p> after</body>")
    assert texts(page) == ["before bold", "inside", "after"]
    assert [page.nodes[block.node].tag for block in page.blocks] == ["body", "p", "body"]


def test_unknown_elements_cut_a_run() -> None:
    assert texts(parse_html("<div>one<x-card>two</x-card>three</div>")) == ["one", "two", "three"]


def test_one_line_break_stays_in_the_block_and_two_end_it() -> None:
    page = parse_html("<div>a<br>b<br><br>c</div>")
    assert texts(page) == ["a b", "c"]
    assert [block.breaks for block in page.blocks] == [2, 0]


@pytest.mark.parametrize("tag", ["script", "style", "svg", "select", "textarea"])
def test_passes_over_content_that_is_no_text_without_cutting_the_run(tag: str) -> None:
    assert texts(parse_html(f"<p>one <{tag}>x</{tag}>two</p>")) == ["one two"]


@pytest.mark.parametrize("tag", ["noscript", "template"])
def test_walks_content_that_browsers_hide(tag: str) -> None:
    assert texts(parse_html(f"<div><{tag}><p>Kept as text.</p></{tag}></div>")) == ["Kept as text."]


def test_links_are_counted_through_block_level_content() -> None:
    page = parse_html("<a href=x>lead <div>card</div></a><p>free <a href=y>link</a></p>")
    assert [round(block.link_density, 2) for block in page.blocks] == [1.0, 1.0, 0.44]


def test_row_of_short_inline_cells_is_one_block() -> None:
    page = parse_html("<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2022</td><td>50 <b>m</b></td></tr></table>")
    assert texts(page) == ["Year\tCost", "2022\t50 m"]


def test_row_of_a_layout_table_is_cut_into_its_cells() -> None:
    page = parse_html(f"<table><tr><td>Menu</td><td>{'word ' * 80}</td></tr><tr><td><p>a</p></td></tr></table>")
    assert texts(page)[0] == "Menu"
    assert texts(page)[2] == "a"


def test_run_of_images_alone_is_a_media_block() -> None:
    page = parse_html("<div><img src=a.jpg> <img src=b.jpg></div><p>text <img src=c.gif> text</p><hr>")
    assert [(block.text, [m.tag for m in block.media]) for block in page.blocks] == [
        ("", ["img", "img"]),
        ("text text", ["img"]),
        ("", ["hr"]),
    ]


def test_every_node_is_a_range_of_blocks() -> None:
    page = parse_html("<div><p>a</p><ul><li>b<li>c</ul></div><p>d</p>")
    spans = {node.tag: (node.first, node.last) for node in page.nodes if node.tag in ("div", "ul")}
    assert spans == {"div": (0, 3), "ul": (1, 3)}


def test_pieces_name_the_text_nodes_of_the_run_in_order() -> None:
    page = parse_html("<p>one <b>two</b> three</p>")
    joined = "".join((e.tail if tail else e.text) or "" for e, tail in page.blocks[0].pieces)
    assert joined == "one two three"


@pytest.mark.parametrize("depth", [200, 1_500, 20_000])
def test_page_nested_deep_keeps_its_text(depth: int) -> None:
    page = parse_html("<div>" * depth + "<p>The bottom.</p>" + "</div>" * depth + "<p>Behind.</p>")
    assert texts(page) == ["The bottom.", "Behind."]
    limit = MAX_DEPTH + DEPTH_BELOW_BOXES if depth > 2_000 else depth + 3
    assert max(node.depth for node in page.nodes) <= limit


@pytest.mark.parametrize("source", ["", "   ", "\x00", "<", "<!doctype html>", "<!-- only a comment -->", "<html/>"])
def test_source_without_text_gives_a_page_without_blocks(source: str) -> None:
    assert [text for text in texts(parse_html(source)) if text not in ("<", "")] == []


def test_text_behind_an_early_end_of_the_page_is_kept() -> None:
    source = "<html><body><p>one</p></body></html><p>two</p><html><head></head><body><p>three</p></body></html >"
    assert texts(parse_html(source)) == ["one", "two", "three"]


def test_elements_of_the_body_that_the_parser_leaves_in_the_head_are_read() -> None:
    page = parse_html("<title>Not text</title><meta charset=utf-8><article><p>one</p></article><main><p>two</p></main>")
    assert texts(page) == ["one", "two"]


def test_does_not_expand_entities() -> None:
    source = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>x &b; y</p>'
    assert len(" ".join(texts(parse_html(source)))) < 200


@pytest.mark.torture
def test_sixty_thousand_siblings_take_linear_time() -> None:
    start = time.process_time()
    page = parse_html("<p>x</p>" * 60_000)
    assert len(page.blocks) == 60_000
    assert time.process_time() - start < 5


def test_base_url_prefers_base_href_then_url_then_canonical() -> None:
    head = "<head><base href='/sub/'><link rel=canonical href='https://example.org/story'></head>"
    assert parse_html(head, "https://example.com/x").base_url == "https://example.com/sub/"
    assert parse_html("<link rel=canonical href='https://example.org/story'>").base_url == "https://example.org/story"
    assert parse_html("<p>x</p>", "https://example.com/x").base_url == "https://example.com/x"
    assert parse_html("<p>x</p>").base_url is None


@pytest.mark.parametrize("tag", ["article", "main", "section", "nav", "x-app"])
def test_reads_elements_after_a_head_without_body_tags(tag: str) -> None:
    page = parse_html(f"<title>T</title><{tag}><p>One</p></{tag}>two<p>three</p>")
    assert [block.text for block in page.blocks] == ["One", "two", "three"]
