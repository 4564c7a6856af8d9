"""Articles that a page holds only in script data are found, and only where the page itself is a shell."""

from __future__ import annotations

import html
import json
import time

import pytest

import newsclean
from newsclean.facts.scriptdata import find_article_body, find_script_article, script_article
from newsclean.page.html import parse_html
from tests.pages import SENTENCES, article_page

STORY = [
    *SENTENCES,
    "The last ferry of the day leaves a little earlier from now on, at twenty past nine in the evening.",
]
MARKUP = "".join(f"<p>{sentence}</p>" for sentence in STORY)
JSON = ' type="application/json"'
SHELL = "<html><head><title>Pier</title></head><body><div id=root>Please enable scripts.</div>{}</body></html>"


def script(text: str, kind: str = "") -> str:
    return SHELL.format(f"<script{kind}>{text}</script>")


def flight(text: str) -> str:
    row = f"1b:T{len(text.encode()):x},{text}"
    pushes = (row[:40], row[40:], '2:["$","p",null,{}]\n')
    return "".join(f"<script>self.__next_f.push({json.dumps([1, push])})</script>" for push in pushes)


PAGES = {
    "JSON-LD": script(
        json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(STORY)}), " type=application/ld+json"
    ),
    "Next.js": script(json.dumps({"props": {"post": {"body": MARKUP}}}), ' id="__NEXT_DATA__" type="application/json"'),
    "list of parts": script(
        json.dumps({"body": [{"type": "paragraph", "text": sentence} for sentence in STORY]}),
        ' type="application/json"',
    ),
    "assigned state": script(f"window.__INITIAL_STATE__ = {json.dumps({'article': {'content': MARKUP}})};"),
    "flight rows": SHELL.format(flight(MARKUP)),
    "Discourse preload": SHELL.format(
        '<div data-preloaded="{}"></div>'.format(
            html.escape(json.dumps({"topic_1": json.dumps({"posts": [{"cooked": f"<p>{s}</p>"} for s in STORY]})}))
        )
    ),
    "escaped markup": script(json.dumps({"body": html.escape(MARKUP)}), ' type="application/json"'),
}


@pytest.mark.parametrize("name", PAGES)
def test_finds_the_article_of_a_shell(name: str) -> None:
    article = newsclean.convert(PAGES[name])
    assert article.text.split("\n\n") == [*STORY[:-1], STORY[-1] + "\n"]
    assert article.engine == "script data"
    assert "less than half" in article.verdicts[0].reason


def test_page_that_shows_its_article_is_read_as_shown() -> None:
    data = json.dumps({"articleBody": "\n\n".join(STORY)})
    page = article_page(head=f'<script type="application/ld+json">{data}</script>')
    assert newsclean.convert(page).engine != "script data"


def test_whole_text_in_json_ld_is_preferred_to_the_teaser_of_a_paywall() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(STORY)})
    teaser = f"<article><h1>The pier</h1><p>{STORY[0]}</p><p>Subscribe to read on.</p></article>"
    article = newsclean.convert(SHELL.format(f'{teaser}<script type="application/ld+json">{data}</script>'))
    assert article.text.count("\n\n") == len(STORY) - 1


@pytest.mark.parametrize(
    "value",
    [
        {"body": "https://example.org/" + "a/" * 100},
        {"body": "function(){return a;} " * 20},
        {"label": " ".join(STORY)},
        {"body": "Menu"},
    ],
)
def test_addresses_code_labels_and_other_fields_are_no_article(value: object) -> None:
    assert find_script_article(parse_html(script(json.dumps(value), " type=application/json"))) is None


def test_places_of_ads_between_paragraphs_are_no_text() -> None:
    body = "$$ARTICLEAD$$".join(f"<p>{sentence}</p>" for sentence in STORY)
    found = find_script_article(parse_html(script(json.dumps({"body": body}), JSON)))
    assert found is not None
    assert [block.text for block in found.page.blocks] == STORY


def test_texts_of_a_shop_of_which_none_is_the_page_are_no_article() -> None:
    parts = {f"widget{n}": [{"text": f"{sentence} It is part no. {n}."} for sentence in STORY] for n in range(6)}
    assert find_script_article(parse_html(script(json.dumps({"body": parts}), JSON))) is None


def test_text_that_a_shop_repeats_counts_once() -> None:
    offers = [{"text": "Twenty per cent off all kites this week! The code is filled in at checkout."}] * 40
    data = {"body": [{"text": sentence} for sentence in STORY], "offers": offers}
    found = find_script_article(parse_html(script(json.dumps(data), JSON)))
    assert found is not None
    assert found.page.blocks[0].text == STORY[0]


def test_widget_of_a_page_that_shows_far_more_text_is_no_article() -> None:
    data = f"<script{JSON}>{json.dumps({'cards': [{'body': sentence} for sentence in STORY]})}</script>"
    menu = "".join(f"<li><a href=/{n}>Timetable of line {n} and its ferries</a></li>" for n in range(60))
    assert script_article(parse_html(SHELL.format(data)), None) is not None
    assert script_article(parse_html(SHELL.format(f"<ul>{menu}</ul>{data}")), None) is None


@pytest.mark.parametrize("text", ["{", '{"articleBody": "x', "[" * 100_000, '{"a":' * 50_000, '{"body": ' + "x" * 10])
def test_broken_and_hostile_script_data_is_passed_over(text: str) -> None:
    page = parse_html(script(text, " type=application/ld+json"))
    assert find_script_article(page) is None
    assert find_article_body(page) is None


def test_script_data_of_many_megabytes_takes_bounded_time() -> None:
    values = [{"body": f"word {n} " * 40} for n in range(20_000)]
    page = parse_html(script(json.dumps(values), " type=application/json"))
    start = time.process_time()
    find_script_article(page)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["JSON-LD", "Next.js", "list of parts", "assigned state"])
def test_reads_script_data_with_a_trailing_comma(name: str) -> None:
    source = PAGES[name]
    end = source.rindex("}", 0, source.index("</script>"))
    article = newsclean.convert(f"{source[:end]},{source[end:]}")
    assert article.text.split("\n\n") == [*STORY[:-1], STORY[-1] + "\n"]


def test_page_that_shows_the_beginning_is_continued_from_its_script_data() -> None:
    rest = [f"{sentence} So it was said, and nobody minded." for sentence in STORY]
    data = json.dumps({"post": {"content": [{"type": "paragraph", "text": text} for text in (*STORY, *rest)]}})
    shown = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    page = (
        f"<html><head><title>Pier</title></head><body><h1>Pier</h1><article>{shown}</article><script{JSON}>%s</script>"
    )
    assert rest[-1] in newsclean.convert(page % data).text
    assert rest[-1] not in newsclean.convert(page % data.replace(STORY[0][:20], "Elsewhere a bridge")).text
    short = json.dumps({"post": {"content": [{"type": "paragraph", "text": text} for text in (*STORY, rest[0])]}})
    assert rest[0] not in newsclean.convert(page % short).text
