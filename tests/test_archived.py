"""Copies of pages in archives, caches and translations: original address, day of the copy, links as they were."""

from __future__ import annotations

import time

import pytest

import newsclean
from newsclean.facts import read_metadata
from newsclean.markup.links import Links
from newsclean.page.archived import original_address, restored
from newsclean.page.html import parse_html
from newsclean.page.provenance import Provenance, read_provenance

URL = "https://quay.example/news/bridge?a=1&b=2"
CACHE = "https://webcache.googleusercontent.com/search?q=cache:"
BODY = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("copy", "original", "taken"),
    [
        (f"https://web.archive.org/web/20240618093015/{URL}", URL, "2024-06-18T09:30:15+00:00"),
        (f"//web.archive.org/web/20240618093015id_/{URL}", URL, "2024-06-18T09:30:15+00:00"),
        ("https://web.archive.org/web/2024/http:/quay.example/a", "http://quay.example/a", None),
        (f"https://archive.ph/2024.06.18-093015/{URL}", URL, "2024-06-18T09:30:15+00:00"),
        (f"http://archive.today/20240618093015/{URL}", URL, "2024-06-18T09:30:15+00:00"),
        (f"https://archive.is/20240618/{URL}", URL, "2024-06-18"),
        (f"https://archive.li/o/aB1cD/{URL}", URL, None),
        (f"https://archive.vn/newest/{URL}", URL, None),
        (f"{CACHE}aB-1_c:https://quay.example/a+bridge+plan&cd=1", "https://quay.example/a", None),
        (f"{CACHE}quay.example/a&hl=en", "http://quay.example/a", None),
        ("https://my--site-quay-example.translate.goog/a?x=1&_x_tr_tl=en", "https://my-site.quay.example/a?x=1", None),
        (
            "https://translate.google.com/translate?sl=de&u=https%3A%2F%2Fquay.example%2Fa",
            "https://quay.example/a",
            None,
        ),
        ("https://quay-example.cdn.ampproject.org/c/s/quay.example/a?b=1", "https://quay.example/a?b=1", None),
        ("https://quay-example.cdn.ampproject.org/v/quay.example/a", "http://quay.example/a", None),
        ("https://www.google.com/amp/s/quay.example/a", "https://quay.example/a", None),
        ("https://www.bing-amp.com/c/s/quay.example/a", "https://quay.example/a", None),
        (
            "https://web.archive.org/web/20240618093015/https://www.google.com/amp/s/quay.example/a",
            "https://quay.example/a",
            "2024-06-18T09:30:15+00:00",
        ),
    ],
)
def test_copy_leads_to_its_original(copy: str, original: str, taken: str | None) -> None:
    assert original_address(copy) == (original, taken)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        URL,
        "https://archive.ph/aB1cD",
        "https://archive.org/details/bridge",
        "https://www.google.com/search?q=quay",
        "https://www.google.com/amp/",
        "https://translate.goog/",
        "https://web.archive.org/web/20240618093015/javascript:alert(1)",
        "http://[",
        "https://quay.example/web/20240618093015/archive",
    ],
)
def test_other_address_stays(url: str | None) -> None:
    assert original_address(url) == (url, None)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"/web/20240618093015im_/{URL}", URL),
        (f"https://web.archive.org/web/20240618093015im_/{URL}", URL),
        (f"https://quay.example/web/20240618093015im_/{URL}", URL),
        ("//web.archive.org/web/2024im_/http:/quay.example/a.jpg", "http://quay.example/a.jpg"),
        (f"/web/20240618093015/{URL}", URL),
        (f"https://archive.ph/o/aB1cD/{URL}", URL),
        (f"https://web.archive.org/web/20240618093015/{URL}",) * 2,
        ("https://quay.example/web/2024/a.jpg",) * 2,
        ("https://quay.example/o/1/https://x",) * 2,
    ],
)
def test_rewritten_address_is_restored_and_a_link_to_the_archive_stays(address: str, expected: str) -> None:
    assert restored(address) == expected
    assert Links(parse_html("<p>a", "https://quay.example/news/bridge")).absolute(address) in (
        expected,
        f"https://quay.example{expected}",
    )


TODAY = (
    '<html><head><title>The bridge opens at last</title><meta property="og:site_name" content="archive.is"/>'
    '<meta property="og:url" content="https://archive.ph/aB1cD"/>'
    '<meta property="og:title" content="The bridge opens at last"/>'
    '<meta property="twitter:description" content="archived 18 Jun 2024 09:30:15 UTC"/>'
    '<meta property="article:published_time" content="2024-06-18T09:30:15Z"/>'
    '<meta property="article:modified_time" content="2024-06-18T09:30:15Z"/>'
    '<meta property="og:image" content="https://archive.ph/aB1cD/0123/scr.png"/><link rel="canonical" href="https://archive.ph/aB1cD"/>'
    '{bookmark}</head><body><center><div id=HEADER><form><input type=text name=q value="https://quay.example/news/bridge"></form>'
    'Saved from <time itemprop="pubdate" datetime="2024-06-18T09:30:15Z">18 Jun 2024 09:30:15 UTC</time></div></center>'
    "<div id=CONTENT><h1>The bridge opens at last</h1>{day}" + BODY + "</div></body></html>"
)
BOOKMARK = '<link rel="bookmark" href="http://archive.today/20240618093015/https://quay.example/news/bridge"/>'


@pytest.mark.parametrize("bookmark", [BOOKMARK, ""])
def test_archive_today_tells_original_and_day_of_the_copy(bookmark: str) -> None:
    page = TODAY.format(bookmark=bookmark, day="")
    assert read_provenance(page) == Provenance(
        "https://quay.example/news/bridge", "2024-06-18T09:30:15+00:00", "archive.today"
    )


@pytest.mark.parametrize(("day", "published"), [("", None), ("<p>By Ann Lee, 4 March 2023</p>", "2023-03-04")])
def test_day_of_the_copy_is_not_the_article_s(day: str, published: str | None) -> None:
    article = newsclean.convert(TODAY.format(bookmark=BOOKMARK, day=day))
    metadata = article.metadata
    assert (metadata.published, metadata.modified) == (published, None)
    assert (metadata.title, metadata.source) == ("The bridge opens at last", "https://quay.example/news/bridge")
    assert (metadata.site, metadata.image, metadata.description) == ("quay.example", None, None)
    assert article.input.saved_at == "2024-06-18T09:30:15+00:00"


def test_google_cache_tells_original_and_day_of_the_copy() -> None:
    page = (
        f'<html><body><div>This is Google\'s cache of <a href="{URL}">{URL}</a>. It is a snapshot of the page as it '
        f"appeared on 18 Jun 2024 09:30:15 GMT. The <a>current page</a> could have changed.</div>{BODY}"
    )
    assert read_provenance(page) == Provenance(URL, "2024-06-18T09:30:15+00:00", "Google cache")


def test_address_that_the_user_gives_is_unwrapped_too() -> None:
    page = (
        f"<h1>The bridge</h1>{BODY}<img src='/web/20240618093015im_/https://quay.example/a.jpg'><p>Words behind it.</p>"
    )
    article = newsclean.convert(page, url=f"https://web.archive.org/web/20240618093015/{URL}")
    assert (article.metadata.source, article.input.saved_at) == (URL, "2024-06-18T09:30:15+00:00")


def test_canonical_and_lead_image_of_an_archived_page_are_the_originals() -> None:
    page = parse_html(
        f'<link rel="canonical" href="https://web.archive.org/web/20240618093015/{URL}">'
        f'<meta property="og:image" content="/web/20240618093015im_/https://quay.example/a.jpg"><h1>A</h1>{BODY}',
        URL,
    )
    metadata = read_metadata(page)
    assert metadata.canonical_url == URL
    assert metadata.image
    assert metadata.image.url == "https://quay.example/a.jpg"


@pytest.mark.parametrize(
    "unit",
    [
        "https://archive.ph/o/a/",
        "/web/2024/",
        "http://",
        "<input name=q ",
        "Google's cache of <a href=",
        "<link bookmark ",
    ],
)
def test_hostile_marks_take_linear_time(unit: str) -> None:
    start = time.process_time()
    mark = '<meta content="archive.is">'
    read_provenance(mark + unit * 50_000)
    original_address(unit * 50_000)
    restored(unit * 50_000)
    assert time.process_time() - start < 2
