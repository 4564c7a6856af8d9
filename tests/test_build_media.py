"""build: pictures, captions, credits, players; and pages made to break it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.build import build
from newsclean.document import Block, Embed, Figure, Heading, Image, Link, List, Paragraph, Quote, Table, Text
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.document import Document

SITE = "https://example.org/"


def blocks_of(html: str, keep: Callable[[str], bool] = lambda _: True) -> tuple[Block, ...]:
    page = parse_html(f"<html><body>{html}</body></html>", SITE)
    return build(page, [keep(block.text) for block in page.blocks]).blocks


def the_figure(html: str) -> Figure:
    (block,) = blocks_of(html)
    assert isinstance(block, Figure)
    return block


def sources(html: str) -> list[str]:
    """Return the image addresses of figures, without the site."""
    figures = [block for block in blocks_of(html) if isinstance(block, Figure)]
    return [image.src.removeprefix(SITE) for figure in figures for image in figure.images]


# --- figures --------------------------------------------------------------------------------------------------------


def test_keeps_caption_inside_figure() -> None:
    found = the_figure('<figure><img src="/a.jpg" alt="A"><figcaption>Cap <b>x</b></figcaption></figure>')
    assert found.images == (Image("https://example.org/a.jpg", "A"),)
    assert found.caption[0] == Text("Cap ")


def test_sets_the_credit_of_a_caption_apart() -> None:
    html = '<figure><img src="/a.jpg"><figcaption>Cap <span class="credit">Photo: Ann</span></figcaption></figure>'
    found = the_figure(html)
    assert (found.caption, found.credit) == ((Text("Cap"),), "Photo: Ann")


def test_takes_a_credit_beside_the_caption() -> None:
    html = '<figure><img src="/a.jpg"><figcaption>Cap</figcaption><div class="image-credit">Ann</div></figure>'
    assert the_figure(html).credit == "Ann"


def test_keeps_the_credit_of_an_image_that_is_shown_twice() -> None:
    figure = '<figure><img src="/a.jpg"><figcaption><span class="credit">{}</span></figcaption></figure>'
    found = blocks_of(figure.format("Ann") + figure.format("Bob"))
    assert [block.credit for block in found if isinstance(block, Figure)] == ["Ann", "Bob"]


def test_gathers_the_images_of_one_figure() -> None:
    assert (
        len(the_figure('<figure><img src="/a.jpg"><img src="/b.jpg"><figcaption>C</figcaption></figure>').images) == 2
    )


@pytest.mark.parametrize(
    "html",
    [
        '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">Cap</p></div>',
        '<div class="thumbinner"><img src="/a.jpg"><div class="thumbcaption">Cap</div></div>',
        '<div><img src="/a.jpg"></div><p class="image-caption">Cap</p>',
        '<figure><img src="/a.jpg"><p>Cap</p></figure>',
    ],
)
def test_finds_captions_outside_figcaption(html: str) -> None:
    assert the_figure(html).caption == (Text("Cap"),)


def test_gives_a_caption_without_its_image_a_paragraph() -> None:
    found = blocks_of('<figure><img src="/a.jpg"><figcaption>Cap</figcaption></figure>', lambda text: text != "")
    assert found == (Paragraph((Text("Cap"),), (1, 1)),)


def test_gives_the_caption_of_a_figure_around_a_table_to_the_table() -> None:
    html = (
        "<figure><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<figcaption>Cap</figcaption></figure>"
    )
    (found,) = blocks_of(html)
    assert isinstance(found, Table)
    assert found.caption == (Text("Cap"),)


def test_keeps_a_quote_inside_a_figure() -> None:
    found = blocks_of("<figure><blockquote>Q</blockquote><figcaption>Ann</figcaption></figure>")
    assert [type(block) for block in found] == [Quote, Paragraph]


def test_keeps_an_image_inside_its_sentence() -> None:
    (found,) = blocks_of('<p>a <img src="/x.png" alt="x"> b</p>')
    assert found == Paragraph((Text("a "), Image("https://example.org/x.png", "x"), Text(" b")), (0, 0))


def test_makes_an_image_in_front_of_a_paragraph_a_figure() -> None:
    assert [type(block) for block in blocks_of('<p><img src="/x.png"><br>Text</p>')] == [Figure, Paragraph]


def test_keeps_an_image_that_is_all_of_a_link() -> None:
    assert sources('<p><a href="/big"><img src="/x.png"></a></p>') == ["x.png"]


def test_keeps_a_linked_image_inside_a_sentence_in_its_link() -> None:
    (found,) = blocks_of('<p>a <a href="/y"><img src="/x.png"></a> b</p>')
    assert isinstance(found, Paragraph)
    assert found.content[1] == Link("https://example.org/y", (Image("https://example.org/x.png"),))


# --- real source of images ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/gif;base64,R0" data-src="/a.jpg">',
        '<img src="/spinner.gif" data-original="/a.jpg">',
        '<img data-srcset="/s.jpg 320w, /a.jpg 640w">',
        '<img srcset="/s.jpg 1x, /a.jpg 2x">',
        '<picture><source srcset="/a.jpg 800w, /s.jpg 400w"><img src="data:image/gif;base64,R0"></picture>',
        '<picture><source media="x"><source srcset="/a.jpg"><img alt="A"></picture>',
        '<img src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript>',
        '<img src="/a.jpg?w=20" data-src="/a.jpg"><noscript><img src="/a.jpg?w=900"></noscript>',
    ],
)
def test_finds_the_real_source_of_lazy_images(html: str) -> None:
    assert sources(f"<div>{html}</div>") == ["a.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/p.gif" width="1" height="1">',
        '<img src="/me.jpg" width="32" height="32">',
        '<img src="/me.jpg" class="author-avatar">',
        '<img src="/spacer.gif">',
        '<img src="https://b.scorecardresearch.com/p?c1=2">',
        '<img style="width:1px;height:1px" src="/p.png">',
        '<img src="data:image/gif;base64,R0lGOD">',
        "<img>",
    ],
)
def test_skips_pixels_icons_and_placeholders(html: str) -> None:
    assert sources(f"<div>{html}</div><p>a</p>") == []


def test_keeps_a_wide_banner_of_small_height() -> None:
    assert sources('<img src="/rule.png" width="600" height="30">') == ["rule.png"]


def test_writes_emoji_images_as_their_character() -> None:
    assert blocks_of('<p>hi <img class="emoji" src="/e.png" alt="🙂"></p>') == (Paragraph((Text("hi 🙂"),), (0, 0)),)


def test_keeps_the_alt_text_of_a_picture_inside_the_page_file() -> None:
    html = f'<p>see <img src="data:image/png;base64,{"A" * 2000}" alt="a map"></p>'
    assert blocks_of(html) == (Paragraph((Text("see a map"),), (0, 0)),)


# --- players --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "href"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc123XYZ_0?rel=0"></iframe>',
            "https://www.youtube.com/watch?v=abc123XYZ_0",
        ),
        (
            '<iframe data-src="//www.youtube-nocookie.com/embed/abc123XYZ_0"></iframe>',
            "https://www.youtube.com/watch?v=abc123XYZ_0",
        ),
        ('<iframe src="https://player.vimeo.com/video/42"></iframe>', "https://vimeo.com/42"),
        ('<iframe src="https://open.spotify.com/embed/episode/x1"></iframe>', "https://open.spotify.com/episode/x1"),
        ('<video><source src="/v.mp4"></video>', "https://example.org/v.mp4"),
        ('<audio src="/a.mp3"></audio>', "https://example.org/a.mp3"),
    ],
)
def test_links_to_what_a_player_shows(html: str, href: str) -> None:
    (found,) = blocks_of(f"<div>{html}</div>")
    assert isinstance(found, Embed)
    assert found.href == href


@pytest.mark.parametrize(
    "src", ["https://ad.doubleclick.net/x", "https://www.googletagmanager.com/ns.html", "about:blank", "javascript:x"]
)
def test_drops_frames_that_are_no_content(src: str) -> None:
    assert blocks_of(f'<iframe src="{src}"></iframe><p>a</p>') == (Paragraph((Text("a"),), (1, 1)),)


def test_keeps_a_post_as_quote_with_its_link() -> None:
    html = (
        '<blockquote class="twitter-tweet"><p>Hi</p>Ann <a href="https://twitter.com/a/status/1">May 1</a></blockquote>'
    )
    (found,) = blocks_of(html)
    assert isinstance(found, Quote)
    assert isinstance(found.content[1], Paragraph)
    assert found.content[1].content[1] == Link("https://twitter.com/a/status/1", (Text("May 1"),))


# --- hostile pages --------------------------------------------------------------------------------------------------


def built(html: str) -> Document:
    """Return the document of a page, which must take less than 10 seconds of processor time."""
    page = parse_html(html, SITE)
    started = time.process_time()
    document = build(page, [True] * len(page.blocks))
    assert time.process_time() - started < 10
    return document


def model_depth(document: Document) -> int:
    deepest, open_blocks = 0, [(block, 1) for block in document.blocks]
    while open_blocks:
        block, depth = open_blocks.pop()
        deepest = max(deepest, depth)
        children: list[Block] = []
        for holder in (block, *getattr(block, "items", ())):
            content = getattr(holder, "content", ())
            children += [child for child in content if hasattr(child, "source")]
        open_blocks += [(child, depth + 1) for child in children]
    return deepest


@pytest.mark.parametrize(
    "tag", ["div", "blockquote", "ul", "li", "table", "span", "b", "figure", "dl", "h2", "a", "pre"]
)
def test_survives_deep_nesting(tag: str) -> None:
    document = built(f"<{tag}>" * 20_000 + "text")
    assert document.blocks
    assert model_depth(document) < 100


def test_bounds_the_depth_of_nested_lists_and_keeps_their_text() -> None:
    document = built("<ul><li>x" * 500)
    assert 20 < model_depth(document) < 70


@pytest.mark.parametrize("span", ["1000000000000000", "65534", "-1", "x", "0"])
def test_span_bombs_cost_nothing(span: str) -> None:
    row = f"<tr><td colspan={span} rowspan={span}>a</td><td colspan={span}>b</td></tr>"
    document = built(f"<table>{row * 2000}</table>")
    assert document.blocks


@pytest.mark.torture
def test_many_siblings_take_linear_time() -> None:
    assert len(built("<p>a</p>" * 60_000).blocks) == 60_000


@pytest.mark.torture
def test_many_items_without_a_list_take_linear_time() -> None:
    (found,) = built("<div>" + "<li>a</li>" * 50_000).blocks
    assert isinstance(found, List)
    assert len(found.items) == 50_000
    assert found.source == (0, 49_999)


@pytest.mark.torture
def test_many_lists_between_items_take_linear_time() -> None:
    (found,) = built("<ul><li>a</li>" + "<ul><li>b</li></ul>" * 20_000).blocks
    assert isinstance(found, List)
    assert len(found.items[0].content) == 20_001


def test_many_rows_and_one_wide_row_do_not_multiply() -> None:
    document = built("<table><tr>" + "<td>a</td>" * 5_000 + "</tr>" + "<tr><td>b</td></tr>" * 5_000 + "</table>")
    assert len(document.blocks) == 10_000


@pytest.mark.torture
def test_many_footnote_links_take_linear_time() -> None:
    references = '<sup><a href="#fn1">1</a></sup> x ' * 20_000
    assert built(f'<p>{references}</p><p id="fn1">Note</p>').blocks


def test_malformed_nesting_loses_no_text() -> None:
    document = built("<b><p>one<i></b>two</p></i><table><p>three</table><li>four<td>five</ul></table>")
    text = repr(document)
    assert all(word in text for word in ("one", "two", "three", "four", "five"))


def test_headings_that_never_close_stay_short() -> None:
    found = built("<h2>Title<p>" + "</p><p>".join(["word " * 50] * 10) + "</p>").blocks
    assert not any(isinstance(block, Heading) and len(repr(block)) > 1_000 for block in found)


@pytest.mark.parametrize(
    "proxied",
    [
        "https://i2.wp.com/ferry.example/files/quay.jpg?resize=800%2C600&ssl=1",
        "https://cdn.example/cdn-cgi/image/width=800/https://ferry.example/files/quay.jpg",
    ],
)
def test_picture_and_its_copy_by_a_proxy_are_one(proxied: str) -> None:
    line = "<p>The quay was swept again on day {}, and whoever came by was asked to lend a hand or a broom.</p>"
    told = "".join(line.format(day) for day in range(4))
    picture = '<p><img src="https://ferry.example/files/quay.jpg" alt="Quay"></p>'
    copy = f'<noscript><p><img src="{proxied}" alt="Quay"></p></noscript>'
    page = f"<title>The quay</title><article><h1>The quay</h1>{told}{picture}{copy}<p>More.</p>{told}</article>"
    assert newsclean.convert(page).markdown.count("![") == 1
