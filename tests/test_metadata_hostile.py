"""Pages made to break a reader of metadata: no exception, no hang, bounded results."""

from __future__ import annotations

import json
import re
import time

import pytest

import newsclean
from newsclean.facts import read_metadata
from newsclean.page.html import parse_html
from tests.pages import SENTENCES

LD = '<script type="application/ld+json">{}</script>'

HOSTILE = {
    "deep JSON": LD.format("[" * 100_000 + "]" * 100_000),
    "deep objects": LD.format('{"a":' * 50_000 + "1" + "}" * 50_000),
    "5 MB of JSON": LD.format('{"@type":"NewsArticle","keywords":"' + "a," * 2_500_000 + '"}'),
    "many objects": LD.format("[" + ",".join(['{"@type":"Article","headline":"x y z"}'] * 20_000) + "]"),
    "many commas": LD.format('{"a":1' + "," * 300_000 + "}"),
    "commas and white space": LD.format("," + " " * 200_000 + "x"),
    "only openings": LD.format("<!--" * 50_000),
    "wrong types": LD.format(
        '{"@type":["NewsArticle",5,null],"headline":{"a":[1]},"author":[[["x"]],7,{"name":{}}],"image":[[]]}'
    ),
    "long author": f'<meta name="author" content="{"a, " * 50_000}">',
    "long title": f"<title>{'a | ' * 50_000}</title>",
    "long date": f'<meta name="date" content="{"1 " * 100_000}">',
    "many metas": '<meta name="author" content="Ann Lee">' * 50_000,
    "many headings": "<h1>News of the day</h1>" * 5_000,
    "many bylines": '<p class="byline">By</p>' * 5_000,
    "many times": "<time>x</time>" * 5_000,
    "deep itemprops": '<div itemscope><span itemprop="author">' * 2_000 + "x",
    "bad addresses": '<link rel="canonical" href="http://[bad"><meta property="og:image" content="http://[x">'
    '<meta property="og:url" content="http://[y">',
    "digits": "<h1>Headline of a story</h1><p>" + "1.1.1.1." * 20 + "</p>",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_survives(name: str) -> None:
    page = parse_html(f"<html><head>{HOSTILE[name]}</head><body><p>text</p></body></html>", "https://example.org/a")
    start = time.process_time()
    found = read_metadata(page)
    assert time.process_time() - start < 2
    assert len(found.authors) <= 20
    assert len(found.tags) <= 50
    assert all(len(author) <= 80 for author in found.authors)


def test_the_title_is_bounded() -> None:
    page = parse_html(f"<html><head><title>{'word ' * 10_000}</title></head><body></body></html>")
    assert len(read_metadata(page).title or "") <= 800


def test_a_url_that_is_none_does_no_harm() -> None:
    found = read_metadata(parse_html("<html><body><h1>Headline of a story</h1></body></html>", "http://[bad"))
    assert found.title == "Headline of a story"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "java&#x0A;script:x", " DATA:text/html,x", "&#1;vbscript:x"]
)
def test_a_license_is_no_address_that_runs(address: str) -> None:
    head = f'<link rel="license" href="{address}">{LD.format("{}")}'
    assert not re.match("(java|vb)script|data", read_metadata(parse_html(f"<head>{head}</head>")).license or "", re.I)


ESCAPES = "\x1b]8;;https://example.org/\x07Ann\x1b[31m Lee\x1b]8;;\x07\x7f\u202e\u2066"
PAGE = (
    '<html lang="en"><head><title>{0} builds a pier</title><meta name="author" content="{0}">'
    '<meta name="keywords" content="{0}"><meta name="description" content="{0}">'
    '<meta property="og:site_name" content="{0}">'
    "</head><body><article><h1>{0} builds a pier</h1>"
    '<p class="dek" id="dek">{0} has built a pier of oak in the old harbour of the town.</p>'
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + "</article></body></html>"
)


@pytest.mark.parametrize(
    "source", [PAGE, PAGE.replace('<meta name="author" content="{0}">', "<p class=byline>By {0}</p>")]
)
def test_no_control_character_gets_into_the_metadata(source: str) -> None:
    article = newsclean.convert(source.format(ESCAPES))
    assert article.metadata.authors == ("Ann Lee",)
    assert article.metadata.title == "Ann Lee builds a pier"
    _assert_plain(article)


def test_no_control_character_of_a_text_gets_into_the_metadata() -> None:
    lines = [f"{ESCAPES} builds a pier in the harbour", f"By {ESCAPES}", "4 July 2025", *SENTENCES, *SENTENCES]
    article = newsclean.convert("\n\n".join(lines), options=newsclean.Options(input_kind="text"))
    assert article.metadata.authors == ("Ann Lee",)
    _assert_plain(article)


def _assert_plain(article: newsclean.Article) -> None:
    told = json.loads(article.to_json())
    for name in ("title", "author", "site", "description", "standfirst", "tags", "found_in"):
        assert not any(bad in json.dumps(told[name], ensure_ascii=False) for bad in "\x1b\x07\x7f\u202e\u2066;"), name
