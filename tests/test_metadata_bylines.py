"""Who is the author, and who beside the names is none. All pages are invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.authorboxes import boxed_author, poster_of
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.model import Metadata

FILLER = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 8 + "</p>"


def read(head: str = "", body: str = "") -> Metadata:
    page = f"<!doctype html><html><head>{head}</head><body>{body}{FILLER}</body></html>"
    return read_metadata(parse_html(page, "https://www.example-daily.org/news/bridge"))


def declared(name: str) -> str:
    article = {"@type": "NewsArticle", "headline": "Council approves the bridge", "author": {"name": name}}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def test_the_name_of_the_site_declared_as_author_makes_way_for_a_person() -> None:
    head = '<meta property="og:site_name" content="Ferry Lantern"><meta name="author" content="Ferry Lantern">'
    body = "<h1>Council approves the bridge</h1>" + FILLER + "<p>Author: Ann Lee, surveyor of the harbour</p>"
    assert read(head, body).authors == ("Ann Lee",)
    assert read(head).authors == ("Ferry Lantern",)


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="author"><a href="/author/ann-lee">Ann Lee</a><i>Vice President</i><i>Harbour Office</i></div>',
        '<p class="byline"><a href="/staff/12/ann-lee">Ann Lee</a> <span>Wend Bridge Enquirer</span></p>',
        '<p class="byline">By <a href="/users/ann">Ann Lee</a></p><p class="author">Ann Lee Fr</p>',
        '<div class="author"><span>Harbour</span>, <span>Ferries</span>, <span>Bridges</span></div><p>By Ann Lee</p>',
        "<p>Posted in Harbour and other places by Ann Lee on July 4, 2025</p>",
        '<p><a href="/userinfo.php?uid=6">Ann Lee</a> 4 July 2025, 10:30</p>',
    ],
)
def test_takes_from_a_byline_the_name_and_nothing_beside_it(byline: str) -> None:
    assert read(body=f"<h1>Council approves the bridge</h1>{byline}").authors == ("Ann Lee",)


def test_all_names_of_a_byline_count_where_only_one_is_a_link() -> None:
    byline = '<p class="byline">By <a href="/author/ann-lee">Ann Lee</a> and Bo Ek</p>'
    assert read(body=f"<h1>Council approves the bridge</h1>{byline}").authors == ("Ann Lee", "Bo Ek")


def test_names_with_an_element_each_need_nothing_between_them() -> None:
    byline = '<div class="article-byline"><span>Ann Lee</span><span>Bo Ek</span><span>Eva Maria Maier</span></div>'
    assert read(body=f"<h1>Council approves the bridge</h1>{byline}").authors == ("Ann Lee", "Bo Ek", "Eva Maria Maier")


def test_a_declared_name_that_reads_like_a_role_is_better_than_none() -> None:
    assert read(declared("Roving Reporter")).authors == ("Roving Reporter",)
    assert read(declared("Contributors to the wiki")).authors == ()
    assert read(declared("News Staff")).authors == ()


def test_authors_of_works_that_the_article_cites_are_not_its_own() -> None:
    cited = '<li itemscope itemtype="https://schema.org/CreativeWork"><meta itemprop="author" content="Cy Fox"></li>'
    page = read('<meta name="citation_author" content="Ann Lee">', f"<h1>A study</h1>{FILLER}<ol>{cited}</ol>")
    assert page.authors == ("Ann Lee",)


def test_words_after_von_in_a_headline_are_nobody() -> None:
    body = "<h1>Abriss</h1><p>Kühltürme von AKW Wendhafen gesprengt</p>"
    assert read(declared("dpa"), body).authors == ("dpa",)


def test_finds_the_one_who_signs_in_a_column_that_has_a_sidebar_beside_it() -> None:
    body = f'<div class="main has-double-sidebar"><h1>A bridge</h1>{FILLER}<h5><em>Von Eva Maier</em></h5></div>'
    assert read(body=body).authors == ("Eva Maier",)
    assert read(body=body.replace("has-double-sidebar", "sidebar")).authors == ()


def test_takes_the_person_whose_profile_the_page_links_where_nothing_else_names_one() -> None:
    box = '<dl class="box"><dt>Who</dt><dd><a href="/staff/eva-maier/">Eva Maier</a></dd></dl>'
    assert read(body=f"<h1>A bridge</h1>{FILLER}<div>{box}</div>").authors == ("Eva Maier",)
    assert read(body=f'<h1>A bridge</h1>{FILLER}<div class="related">{box}</div>').authors == ()


def test_words_between_a_preposition_and_a_date_are_nobody() -> None:
    line = "<p>Update von Windows 8 und 8.1 am 2. September 2015</p>"
    assert read(body=f"<h1>A bridge</h1>{line}").authors == ()


def test_a_line_that_opens_as_a_byline_may_name_anybody() -> None:
    assert read(body="<h1>A bridge</h1><p>By Harbour Team</p>").authors == ("Harbour Team",)
    assert read(body="<h1>A bridge</h1><p>By about a tenth of its width.</p>").authors == ()
    assert read(body="<h1>A bridge</h1><p>The span grew by the width of a boat.</p>").authors == ()


def test_finds_the_author_in_the_foot_of_the_article_and_none_in_that_of_the_page() -> None:
    named = '<span class="byline"><span class="author vcard"><a href="/author/ann-lee">Ann Lee</a></span></span>'
    post = f"<article><h1>Council approves the bridge</h1>{FILLER}<footer {{}}>{named}</footer></article>"
    assert read(body=post.format('class="entry-footer"')).authors == ("Ann Lee",)
    assert read(body=post.format('class="site-footer"')).authors == ()


def test_who_put_a_post_up_is_its_author_unless_nobody_is_named() -> None:
    post = (
        "<h1>Council approves the bridge</h1>{}<footer class='post-footer'><span class='post-author'>{}</span></footer>"
    )
    assert read(body=post.format(FILLER, "Eingestellt von Ann Lee")).authors == ("Ann Lee",)
    assert read(body=post.format(FILLER, "Eingestellt von Unknown")).authors == ()


TEASER = '<div class="card"><a href="/1">Three storks on one old chimney</a><p class="author">by Cy Fox</p></div>'


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<p>Ann Lee</p><p>4 July 2025</p>", ("Ann Lee",)),
        (
            '<p class="aut">Ann Lee <a href="mailto:a@paper.example">a@paper.example</a></p><p>4 July 2025</p>',
            ("Ann Lee",),
        ),
        (
            f"{FILLER}<h3>Authors</h3><p><b>Ann Lee</b></p><p>Professor of Rivers</p><p><b>Bo Ek</b></p>",
            ("Ann Lee", "Bo Ek"),
        ),
        (f"{FILLER}<h2>Article by</h2><div>Ann Lee</div>", ("Ann Lee",)),
        (f"{FILLER}<p>Текст: Ольга Речная. Фото: Савва Мельник</p>", ("Ольга Речная",)),
        (f"{FILLER}{TEASER}{TEASER}", ()),
        (f'{FILLER}<div class="comments"><p>Cy Fox</p><p>4 July 2025</p></div>', ()),
        (
            '<div><span>25 Feb 2017</span><span>by <a href="/a">Ann Lee</a></span><span>9 min</span></div>',
            ("Ann Lee",),
        ),
        (
            '<p class="byline"><a href="/p/1">Ann Lee</a> in Odden and <a href="/p/2">Bo Ek</a> in Vik</p>',
            ("Ann Lee", "Bo Ek"),
        ),
        ('<p>Words by <a href="/author/1">Ann Lee</a></p><p>Photos by <a href="/author/2">Bo Ek</a></p>', ("Ann Lee",)),
        ('<p><a href="/members/login">Member Login</a></p>', ()),
    ],
)
def test_who_signs_is_found_and_nobody_else(body: str, authors: tuple[str, ...]) -> None:
    assert read("", f"<h1>Council approves the new bridge</h1>{body}").authors == authors


def test_a_blog_named_after_a_person_is_that_persons_where_nobody_signs() -> None:
    head = "<title>A bridge of oak | Anna Lindqvist</title>"
    body = '<p><a href="/">Anna Lindqvist</a></p><h1>A bridge of oak</h1><p>4 July 2025</p>'
    assert read(head, body).authors == ("Anna Lindqvist",)
    assert read(head, f"{body}<p>By Ann Lee</p>").authors == ("Ann Lee",)


def test_others_than_authors_are_told_with_what_they_did() -> None:
    body = "<h1>Council approves the new bridge</h1><p>Text: Ann Lee, Foto: Bo Ek</p><p>Edited by Cy Fox</p>"
    found = read("", body)
    assert found.authors == ("Ann Lee",)
    assert [(one.name, one.role) for one in found.contributors] == [("Bo Ek", "photographer"), ("Cy Fox", "editor")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Posted by bluebird under Harbour, Walls", "bluebird"),
        ("Geschrieben von Kutter am 25.08.2015 22:30 (1599 x gelesen)", "Kutter"),
        ("Posted on Friday, 15 April 2016 by LD", "LD"),
        ("Publié par goéland le 4 juillet 2025", "goéland"),
        ("Publicado por marea el 4 de julio de 2025", "marea"),
        ("Posted by admin on 4 July 2025", ""),
        ("Posted by the harbour office in the end", ""),
        ("By noon the wall had gone", ""),
        ("By Feb", ""),
    ],
)
def test_a_user_of_one_word_posted_the_page(line: str, name: str) -> None:
    assert poster_of(line, has_date=False) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("View all posts by Ann Lee", ("Ann Lee",)),
        ("Alles von Eva Maier", ("Eva Maier",)),
        ("Tous les articles de Jean Roux", ("Jean Roux",)),
        ("Todas las entradas de Ana Gil", ("Ana Gil",)),
        ("Все статьи автора Иван Петров", ("Иван Петров",)),
        ("More from Harbour News", ()),
        ("View all posts by the harbour", ()),
    ],
)
def test_whose_other_texts_a_page_offers_wrote_it(line: str, names: tuple[str, ...]) -> None:
    assert boxed_author(["The harbour wall has gone", "It fell at night.", line]) == names


def test_who_has_two_boxes_of_other_texts_is_not_known() -> None:
    assert boxed_author(["View all posts by Ann Lee", "View all posts by Bo Ek"]) == ()


def test_the_owner_of_a_blog_who_posts_by_a_given_name_is_named_in_full() -> None:
    head = '<title>The wall has gone - Ann Lee\'s blog</title><meta property="og:site_name" content="Ann Lee\'s blog">'
    found = read(head, "<h1>The wall has gone</h1><p>Posted by Ann on 4 July 2025</p>")
    assert found.authors == ("Ann Lee",)


def test_a_place_in_an_element_of_another_class_is_no_part_of_the_name() -> None:
    byline = '<div class="firma"><span class="p">Por</span> <span class="author-name">Leocadia Tornos</span> '
    found = read(body=f'<h1>El semáforo verde</h1>{byline}<span class="city">Villacruz de Abajo</span></div>')
    assert found.authors == ("Leocadia Tornos",)


def test_a_day_and_a_name_in_one_sentence_part_at_the_comma() -> None:
    assert read(body="<h1>Гора пішла до лікаря</h1><div>7 березня 2020 року, Зоряна Скеля</div>").authors == (
        "Зоряна Скеля",
    )


def test_the_last_paragraph_credits_its_reporter_in_brackets() -> None:
    text = "<p>" + "借条写在一片笋壳上，期限是那天。" * 6 + "（本报记者 季苏禾 文/摄）</p><p>（责任编辑：邱朗）</p>"
    assert read(body=f"<h1>守山人把回声借给了哑巴溪</h1>{text}").authors == ("季苏禾",)


def test_persons_in_two_fields_are_found_by_reference() -> None:
    graph = [
        {"@type": "Person", "@id": "#p1", "givenName": "Thérèse-Anne", "familyName": "Goulven"},
        {"@type": "Person", "@id": "#p7", "name": "Odile Sarrazin"},
        {"@type": "Article", "headline": "Le vent", "author": [{"@id": "#p1"}], "editor": {"@id": "#p7"}},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert read(head, "<h1>Le vent</h1>").authors == ("Thérèse-Anne Goulven",)
