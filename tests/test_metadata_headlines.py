"""Which heading is the headline, and what in it is none. All pages are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.facts import read_metadata
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.model import Metadata

FILLER = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 8 + "</p>"
SITE = '<h1 class="logo"><a href="https://daily.example/">The Daily Lantern of the Harbour</a></h1>'
BRIDGE = "Council approves the new bridge"


def read(head: str, body: str) -> Metadata:
    page = f"<!doctype html><html><head>{head}</head><body>{body}{FILLER}</body></html>"
    return read_metadata(parse_html(page, "https://paper.example/news/bridge"))


@pytest.mark.parametrize(
    "heading",
    [
        f'<span class="article__kicker">Harbour</span><span class="visually-hidden">: </span><span>{BRIDGE}</span>',
        f'<span class="overline">Harbour</span>{BRIDGE}',
        f'<span class="article-header__roofline">The old quay</span> {BRIDGE}',
        f'<span class="dachzeile">Hafen</span><span class="headline">{BRIDGE}</span>',
        f'{BRIDGE} <small class="article-subtitle">Trams, bicycles and no cars</small>',
        f'{BRIDGE}<span class="element-invisible"> | LANTERN.NET</span>',
        f'{BRIDGE}<a class="headerlink" href="#bridge" title="Link to this heading">¶</a>',
        f'<a class="anchor" href="#bridge">#</a> {BRIDGE}',
    ],
)
def test_leaves_out_of_a_headline_what_its_elements_tell_apart(heading: str) -> None:
    assert read("<title>Harbour: bridge | Lantern</title>", f"<h1>{heading}</h1>").title == BRIDGE


def test_keeps_a_heading_that_holds_nothing_but_what_is_told_apart() -> None:
    heading = f'<span class="reader__subline">{BRIDGE}</span>'
    assert read("<title>Lantern</title>", f"<h1>{heading}</h1>").title == BRIDGE


def test_keeps_the_beginning_of_a_headline_in_one_piece_though_other_titles_lack_it() -> None:
    head = f'<meta property="og:title" content="{BRIDGE}"><title>{BRIDGE} | Lantern</title>'
    assert read(head, f"<h1>‘At last’: {BRIDGE}</h1>").title == f"‘At last’: {BRIDGE}"


def test_a_breadcrumb_is_no_headline() -> None:
    crumbs = '<ol class="breadcrumbs"><li>News</li><li><h1>Second bridge: what the council said</h1></li></ol>'
    head = f'<meta property="og:title" content="{BRIDGE}"><title>Second bridge: what the council said</title>'
    assert read(head, f"{crumbs}<article><h2>{BRIDGE}</h2></article>").title == BRIDGE


def test_the_name_of_the_site_that_leads_home_is_no_headline() -> None:
    head = "<title>The ferry</title>"
    assert read(head, f'{SITE}<h1 class="entry-title">A short history of ferries</h1>').title == (
        "A short history of ferries"
    )
    archived = SITE.replace("https://daily", "https://archive.example/web/20140226054445/http://daily")
    assert read("<title>The Daily Lantern of the Harbour » Ferries</title>", f"{archived}<h2>Ferries</h2>").title == (
        "Ferries"
    )


@pytest.mark.parametrize(
    "shown",
    [
        f'<h3 class="entry-title">{BRIDGE}</h3>',
        f'<div class="title">{BRIDGE}</div>',
        f'<div id="page-title">{BRIDGE}</div>',
        f'<h4><a href="/news/bridge">{BRIDGE}</a></h4>',
    ],
)
def test_finds_the_headline_in_what_is_set_as_a_title_and_is_part_of_one(shown: str) -> None:
    head = f"<title>{BRIDGE} : Archive of a harbour | Reports from the water's edge | Since 2005</title>"
    assert read(head, f"{SITE}{shown}").title == BRIDGE


def test_a_short_headline_counts_where_the_title_begins_with_it() -> None:
    head = "<title>Ferry Wend - Sails for Lakes - Sailmaker, shop and repairs in the old harbour</title>"
    assert read(head, "<h1>Ferry Wend</h1>").title == "Ferry Wend"


def test_prefers_the_heading_to_a_teaser_that_repeats_it_in_a_lower_one() -> None:
    teaser = (
        '<div class="teaser"><h4 class="title">Ferries at night</h4><time datetime="2023-01-02">2 January</time></div>'
    )
    body = f"{teaser}<h2>Ferries at night</h2><p>4 July 2025</p>"
    found = read("<title>Ferries at night – Lantern</title>", body)
    assert (found.title, found.published) == ("Ferries at night", "2025-07-04")


def test_a_linked_heading_of_other_pages_does_not_rival_the_headline() -> None:
    head = '<meta property="og:title" content="Heat on the rails"><title>Heat on the rails</title>'
    body = '<h1>How trams are made ready for summer</h1>{}<h1><a href="/region">More from the harbour</a></h1>'
    assert read(head, body.format(FILLER)).title == "How trams are made ready for summer"


def test_leaves_out_the_name_of_the_site_at_the_end_of_a_headline() -> None:
    head = f"<title>{BRIDGE} – Paper - Paper</title>"
    assert read(head, f"<h1>{BRIDGE} – Paper</h1>").title == BRIDGE
    assert read(head, f"<h1>{BRIDGE} – paper bridge</h1>").title == f"{BRIDGE} – paper bridge"


POST = "Seven things my compost heap taught me"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (f"Tales of the Quay: {POST}", f'<h1><a href="/">Tales of the Quay</a></h1><h3 class="post-title">{POST}</h3>'),
        (f"{POST} – Paper", f"<h1>Subscribe today and save forty percent</h1><h2>{POST}</h2>"),
        (f"{POST} – Paper", f"<h1>{POST} (other.example) 87</h1>"),
        (f"{POST} – Paper", f"<h1>{POST} Posted on 4 July 2025 by Ann Lee</h1>"),
        (f"{POST} – Paper", f"<h1>What my compost heap taught me</h1><!-- {POST} -->"),
    ],
)
def test_takes_no_blog_promotion_or_template_for_the_title(title: str, body: str) -> None:
    found = read(f"<title>{title}</title>", body).title
    assert found == (POST if POST in body.partition("<!--")[0] else "What my compost heap taught me")


@pytest.mark.parametrize(
    "title", ["灯台守が育てた「霧のトマト」_岬くらし新聞", "山坳里的纸伞学校只收左撇子_教育频道_云溪网"]
)
def test_parts_the_site_from_titles_without_spaces(title: str) -> None:
    assert read(f"<title>{title}</title>", "").title == title.partition("_")[0]


def title_of(head: str, body: str, url: str) -> str | None:
    return read_metadata(parse_html(f"<head>{head}</head><body>{body}", url)).title


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("Quayside: All the news of the harbour", "Quayside: All the news of the harbour"),
        ("Quayside — Nachrichten vom Hafen", "Quayside — Nachrichten vom Hafen"),
        ("Quayside: All the news of the harbour - Quayside", "Quayside: All the news of the harbour"),
        ("All the news of the harbour | Quayside", "All the news of the harbour"),
    ],
)
def test_front_page_s_title_keeps_the_name_of_the_site_before_its_motto(declared: str, expected: str) -> None:
    head = f'<title>{declared}</title><meta property="og:title" content="{declared}">'
    head += '<meta property="og:site_name" content="Quayside">'
    assert title_of(head, "<p>Some words.</p>", "https://quayside.example/") == expected
    inner = title_of(head, "<p>Some words.</p>", "https://quayside.example/news/about")
    assert inner is not None
    assert not inner.startswith("Quayside")


@pytest.mark.parametrize("tail", ["-정치", "_财经", " - Sport", "-Politik"])
def test_section_glued_to_a_title_is_not_the_title_s(tail: str) -> None:
    title = "港口新计划 市长宣布明年动工"
    head = f'<meta property="og:title" content="{title}{tail}"><meta name="headline" content="{title}">'
    assert title_of(head, "<p>x</p>", "https://quayside.example/a/1") == title


def test_title_set_twice_for_two_screens_is_one() -> None:
    body = "<h1><span>The harbour system for crews</span> <span>The harbour system for crews</span></h1>"
    assert title_of("<title>The harbour system for crews</title>", body, "https://quayside.example/a") == (
        "The harbour system for crews"
    )


def test_the_book_in_h1_is_not_the_chapter() -> None:
    head = "<title>Chapter Seven: The Tax on Fog - A Short History of Wexmere - Free Library</title>"
    body = '<h1><a href="index.html">A Short History of Wexmere</a></h1><h2>Chapter Seven: The Tax on Fog</h2>'
    assert read_title(head, body) == "Chapter Seven: The Tax on Fog"


@pytest.mark.parametrize("name", ["titre-article", "titolone", "titlos", "tytul", "otsikko", "baslik"])
def test_a_headline_is_found_by_its_class_in_many_languages(name: str) -> None:
    head = "<title>La Voce » Cronaca » Il campanaro suona solo per i treni in ritardo</title>"
    body = f'<div class="{name}">Il campanaro suona solo per i treni in ritardo</div>'
    assert read_title(head, body) == "Il campanaro suona solo per i treni in ritardo"


def read_title(head: str, body: str) -> str | None:
    text = "<p>" + "The harbour wall fell at night and nobody heard it. " * 9 + "</p>"
    page = parse_html(f"<html><head>{head}</head><body>{body}{text}</body></html>", "https://voce.example/a/1")
    return read_metadata(page).title
