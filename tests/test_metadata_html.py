"""Metadata of HTML pages: each source, the order among them, and the traps between. All pages are invented."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from newsclean.facts import read_metadata
from newsclean.model import Metadata
from newsclean.page.html import parse_html

URL = "https://www.example-daily.org/news/bridge"
FILLER = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 8 + "</p>"


def read(head: str = "", body: str = "", *, url: str | None = URL, lang: str = "") -> Metadata:
    language = f' lang="{lang}"' if lang else ""
    return read_metadata(
        parse_html(f"<!doctype html><html{language}><head>{head}</head><body>{body}{FILLER}</body></html>", url)
    )


def ld(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def article(**fields: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Council approves the bridge",
        **fields,
    }


def places(metadata: Metadata) -> dict[str, str]:
    return dict(metadata.found_in)


# ---- JSON-LD


def test_reads_every_field_of_a_json_ld_article() -> None:
    found = read(
        ld(
            article(
                author={"@type": "Person", "name": "Ann Lee"},
                datePublished="2025-07-04T10:00:00+02:00",
                dateModified="2025-07-05",
                publisher={"@type": "Organization", "name": "Example Daily"},
                description="A bridge at last.",
                inLanguage="en-gb",
                keywords="city, bridge",
                articleSection="Local",
                license="https://creativecommons.org/licenses/by/4.0/",
                isAccessibleForFree="False",
                image={"url": "/img/bridge.jpg", "caption": "The old bridge", "creditText": "Bo Ek"},
            )
        )
    )
    assert found.title == "Council approves the bridge"
    assert found.authors == ("Ann Lee",)
    assert found.published == "2025-07-04T10:00:00+02:00"
    assert found.modified == "2025-07-05"
    assert found.site == "Example Daily"
    assert found.description == "A bridge at last."
    assert found.language == "en-GB"
    assert found.tags == ("city", "bridge")
    assert found.section == "Local"
    assert found.license == "https://creativecommons.org/licenses/by/4.0/"
    assert found.paywalled is True
    assert found.image is not None
    assert found.image.url == "https://www.example-daily.org/img/bridge.jpg"
    assert (found.image.caption, found.image.credit) == ("The old bridge", "Bo Ek")
    assert found.source == URL
    assert places(found)["authors"] == "JSON-LD NewsArticle.author"


@pytest.mark.parametrize(
    "author",
    [
        "Ann Lee and Bo Ek",
        ["Ann Lee", "Bo Ek"],
        [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
        {"@type": "Person", "name": ["Ann Lee", "Bo Ek"]},
        [
            {"name": "By Ann Lee", "url": "https://example.org/ann"},
            {"name": "Bo Ek, Staff Writer"},
            {"name": "ann lee"},
        ],
    ],
)
def test_author_may_be_text_object_or_list(author: object) -> None:
    assert read(ld(article(author=author))).authors == ("Ann Lee", "Bo Ek")


def test_resolves_references_inside_a_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Example Daily"},
            {"@type": "Organization", "@id": "#org", "name": "Example Media Holding"},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            article(author={"@id": "#ann"}, isPartOf={"@id": "#site"}),
        ]
    }
    found = read(ld(graph))
    assert found.authors == ("Ann Lee",)
    assert found.site == "Example Daily"


def test_finds_the_article_in_arrays_and_under_main_entity() -> None:
    page = [{"@type": "BreadcrumbList"}, {"@type": "WebPage", "mainEntity": article(author="Ann Lee")}]
    assert read(ld(page)).authors == ("Ann Lee",)


def test_ignores_articles_that_the_page_only_lists() -> None:
    teasers = {
        "@type": "ItemList",
        "itemListElement": [article(headline="Another story", author="Cy Fox", datePublished="2020-01-01")],
    }
    found = read(ld(teasers, article(author="Ann Lee", datePublished="2025-07-04")))
    assert (found.authors, found.published) == (("Ann Lee",), "2025-07-04")


def test_takes_the_article_at_the_address_of_the_page() -> None:
    other = article(headline="Another story", author="Cy Fox", url="https://www.example-daily.org/news/other")
    own = article(author="Ann Lee", mainEntityOfPage={"@id": URL})
    assert read(ld(other, own)).authors == ("Ann Lee",)


def test_authors_of_comments_are_not_authors_of_the_article() -> None:
    comment = {"@type": "Comment", "author": {"name": "Troll Smith"}, "datePublished": "2025-08-01"}
    found = read(ld(article(author="Ann Lee", comment=[comment])))
    assert found.authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee",}',
        '{"@type":"NewsArticle","headline":"Council approves\tthe\nbridge","author":"Ann Lee"}',
        '<!-- {"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee"}'.replace('"', "&quot;"),
        '{"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee"};',
        '{"@type":"WebSite"}{"@type":"NewsArticle","headline":"Council approves the bridge","author":"Ann Lee"}',
        '{"@type":"NewsArticle","headline":"Council approves the bridge","about":"\\\'s","author":["Ann Lee",]}',
    ],
)
def test_repairs_broken_json_ld(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert (found.title, found.authors) == ("Council approves the bridge", ("Ann Lee",))


# ---- microdata and meta elements


def test_reads_microdata_of_the_article_but_not_of_comments() -> None:
    found = read(
        body="""<div itemscope itemtype="http://schema.org/Article">
        <h1 itemprop="headline">Council approves the bridge</h1>
        <span itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="name">Ann Lee</a></span>
        <time itemprop="datePublished" datetime="2025-07-04">today</time></div>
        <div itemscope itemtype="http://schema.org/Comment"><b itemprop="author">Troll Smith</b></div>"""
    )
    assert (found.authors, found.published) == (("Ann Lee",), "2025-07-04")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("author", "Ann Lee"),
        ("article:author", "Ann Lee"),
        ("parsely-author", "Ann Lee"),
        ("sailthru.author", "Ann Lee"),
        ("DC.creator", "Lee, Ann"),
        ("citation_author", "Lee, Ann"),
    ],
)
def test_reads_authors_from_meta_elements(name: str, content: str) -> None:
    assert read(f'<meta name="{name}" content="{content}">').authors == ("Ann Lee",)


def test_an_address_of_a_profile_is_no_author() -> None:
    assert read('<meta property="article:author" content="https://www.facebook.com/exampledaily">').authors == ()


@pytest.mark.parametrize(
    "name",
    [
        "article:published_time",
        "datePublished",
        "parsely-pub-date",
        "sailthru.date",
        "DC.date.issued",
        "citation_publication_date",
        "date",
    ],
)
def test_reads_dates_from_meta_elements(name: str) -> None:
    assert read(f'<meta name="{name}" content="2025-07-04">').published == "2025-07-04"


def test_reads_the_rest_from_meta_elements() -> None:
    found = read(
        """<meta property="og:site_name" content="Example &amp; Daily |"><meta name="description" content="A  bridge. ">
        <meta property="article:tag" content="city"><meta property="article:tag" content="bridge">
        <meta property="article:section" content="Local"><meta property="og:image" content="/b.jpg">
        <meta property="og:image:alt" content="The bridge"><meta property="og:locale" content="pt_BR">
        <meta property="article:content_tier" content="locked"><link rel="license" href="https://example.org/cc-by">
        <link rel="canonical" href="https://www.example-daily.org/bridge">"""
    )
    assert found.site == "Example & Daily"
    assert found.description == "A bridge."
    assert found.tags == ("city", "bridge")
    assert found.section == "Local"
    assert found.image is not None
    assert (found.image.url, found.image.alt) == ("https://www.example-daily.org/b.jpg", "The bridge")
    assert found.language == "pt-BR"
    assert found.paywalled is True
    assert found.license == "https://example.org/cc-by"
    assert found.canonical_url == found.source == "https://www.example-daily.org/bridge"


def test_language_of_the_root_comes_first_nonsense_is_passed_over_and_else_the_text_tells() -> None:
    assert read('<meta property="og:locale" content="en_US">', lang="de").language == "de"
    assert read('<meta property="og:locale" content="en_US">', lang="{{ lang }}").language == "en-US"
    assert read().language == "en"
    assert dict(read().found_in)["language"] == "words of the body"


def test_an_unknown_field_is_none_and_not_empty() -> None:
    found = read('<meta property="og:title" content="  "><meta name="author" content="">', url=None)
    assert replace(found, language=None, found_in=()) == Metadata()


# ---- title


@pytest.mark.parametrize(
    "title",
    [
        "Council approves the new bridge | Example Daily",
        "Example Daily - Council approves the new bridge",
        "Council approves the new bridge – Local – Example Daily",
        "Council approves the new bridge :: Example Daily",
        "Council approves the new bridge » Example Daily",
        "Example Daily: Council approves the new bridge",
        "Council approves the new bridge | Local | Example Daily | by Ann Lee",
        "Council approves the new bridge - example-daily.org",
        "Council&nbsp;approves  the new bridge &#124; Example Daily",
    ],
)
def test_cuts_the_name_of_the_site_off_the_title(title: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="Example Daily">'
    shown = "Council approves the new bridge"
    assert read(head, f"<h1>{shown}</h1>").title == shown
    if "Local" not in title:
        assert read(head).title == shown


def test_keeps_dashes_that_belong_to_the_headline() -> None:
    head = "<title>Bridge - a long story of a short way - Example Daily</title>"
    head += '<meta property="og:site_name" content="Example Daily">'
    assert read(head).title == "Bridge - a long story of a short way"


def test_the_shown_headline_wins_over_a_shorter_one_in_the_head() -> None:
    head = '<meta property="og:title" content="Council approves the bridge"><title>Council approves the bridge</title>'
    assert (
        read(head, "<h1>Council approves the bridge: ‘We did it’</h1>").title
        == "Council approves the bridge: ‘We did it’"
    )


def test_a_heading_with_the_name_of_the_site_or_the_section_is_no_headline() -> None:
    head = "<title>Council approves the bridge | Example Daily</title>"
    head += '<meta property="og:site_name" content="Example Daily">'
    assert (
        read(head, "<h1>Example Daily</h1><h2>Council approves the bridge</h2>").title == "Council approves the bridge"
    )
    assert read(head, "<h1>Local</h1><h1>Council approves the bridge</h1>").title == "Council approves the bridge"


def test_a_kicker_in_the_heading_is_not_part_of_the_title() -> None:
    head = '<meta property="og:title" content="Council approves the new bridge">'
    assert (
        read(head, "<h1><span>Opinion</span> Council approves the new bridge</h1>").title
        == "Council approves the new bridge"
    )


def test_soft_hyphens_are_no_part_of_a_title() -> None:
    assert read(body="<h1>Coun\u00adcil approves\u200b the bridge</h1>").title == "Council approves the bridge"


# ---- byline and dateline


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ann Lee</p>",
        '<a rel="author" href="/x">Ann Lee</a>',
        '<div class="article-byline">By <a href="/a">Ann Lee</a>, Staff Writer</div>',
        '<span class="c-author__name">Ann Lee</span>',
        '<p><a href="/author/ann-lee">Ann Lee</a> | 3 min read</p>',
        "<div>posted on <time>2025-07-04</time> by Ann Lee</div>",
        "<p>4.7.2025 - Ann Lee</p>",
        "<h3>Author</h3><p>Ann Lee</p>",
        "<p>Von Ann Lee</p>",
    ],
)
def test_reads_the_byline_under_the_headline(byline: str) -> None:
    assert read(body=f"<h1>Council approves the bridge</h1>{byline}").authors == ("Ann Lee",)


def test_a_person_shown_wins_over_an_organisation_declared() -> None:
    body = "<h1>Council approves the bridge</h1><p>By Ann Lee</p>"
    assert read(ld(article(author={"name": "Example Daily"})), body).authors == ("Ann Lee",)
    assert read('<meta name="author" content="admin">', body).authors == ("Ann Lee",)


def test_an_organisation_stays_where_it_is_the_only_author() -> None:
    assert read(ld(article(author={"@type": "Organization", "name": "Example Press Agency"}))).authors == (
        "Example Press Agency",
    )


def test_names_in_comments_and_teasers_are_no_byline() -> None:
    body = """<h1>Council approves the bridge</h1><p>No names here.</p>"""
    after = """<div class="related"><span class="author">Cy Fox</span></div>
        <ol class="comments"><b class="comment-author">Troll Smith</b></ol>"""
    page = parse_html(f"<html><body>{body}{FILLER}{after}</body></html>", URL)
    assert read_metadata(page).authors == ()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>Published July 4, 2025</p>", "2025-07-04"),
        ("<p>Freitag, 4. Juli 2025</p>", "2025-07-04"),
        ("<p>Publié le 4 juillet 2025</p>", "2025-07-04"),
        ("<p>2025年7月4日</p>", "2025-07-04"),
        ('<time datetime="2025-07-04">last week</time>', "2025-07-04"),
        ('<span class="date">04.07.25</span>', "2025-07-04"),
        ("<p>Updated 6 July 2025 | Published 4 July 2025</p>", "2025-07-04"),
    ],
)
def test_reads_the_dateline_under_the_headline(line: str, day: str) -> None:
    assert read(body=f"<h1>Council approves the bridge</h1>{line}").published == day


def test_tells_the_update_from_the_publication() -> None:
    found = read(body="<h1>Council approves the bridge</h1><p>Published 4 July 2025, updated 6 July 2025</p>")
    assert (found.published, found.modified) == ("2025-07-04", "2025-07-06")


def test_language_decides_how_a_numeric_date_is_read() -> None:
    body = "<h1>Council approves the bridge</h1><p>04/07/2025</p>"
    assert read(body=body, lang="en-US").published == "2025-04-07"
    assert read(body=body, lang="en-GB").published == "2025-07-04"


def test_dates_of_related_articles_do_not_count() -> None:
    body = "<h1>Council approves the bridge</h1>"
    after = """<aside><time datetime="2019-01-01">1 January 2019</time></aside>
        <div class="related"><time datetime="2018-01-01">x</time></div>"""
    page = parse_html(f"<html><body>{body}{FILLER}{after}</body></html>", None)
    assert read_metadata(page).published is None


def test_falls_back_on_the_date_in_the_address() -> None:
    found = read(url="https://example.org/2025/07/04/bridge")
    assert (found.published, places(found)["published"]) == ("2025-07-04", "URL")
    assert read(url="https://example.org/2025/bridge").published is None


def test_the_only_date_stands_in_for_the_publication_and_says_so() -> None:
    found = read('<meta property="article:modified_time" content="2025-07-06">')
    assert found.published == found.modified == "2025-07-06"
    assert "only date" in places(found)["published"]


def test_a_time_in_utc_is_told_in_the_zone_of_the_page() -> None:
    head = '<meta property="article:published_time" content="2025-07-05T01:06:51+00:00">'
    shown = '<h1>Council approves the bridge</h1><time datetime="2025-07-04T18:06:51-07:00">July 4</time>'
    assert read(head, shown).published == "2025-07-04T18:06:51-07:00"
    assert read(head, "<h1>Council approves the bridge</h1><p>July 4, 2025</p>").published == "2025-07-04"
    assert (
        read(head, "<h1>Council approves the bridge</h1><p>March 4, 2019</p>").published == "2025-07-05T01:06:51+00:00"
    )


def test_implausible_dates_are_passed_over() -> None:
    head = (
        '<meta property="article:published_time" content="0001-01-01T00:00:00"><meta name="date" content="2025-07-04">'
    )
    assert read(head).published == "2025-07-04"


def test_found_in_names_every_field_that_is_known_in_order() -> None:
    found = read(ld(article(author="Ann Lee")))
    names = [name for name, _ in found.found_in]
    assert names == [name for name in Metadata.__slots__ if name in names]
    assert {"title", "authors", "site", "source"} <= set(names)


def test_tags_that_a_cms_sets_for_itself_are_left_out() -> None:
    head = '<meta name="keywords" content="{}">'
    names = "Oak, /article, market-priority-post, type:story, 4711, New York, sea-level rise, layout_wide"
    assert read(head.format(names)).tags == ("Oak", "New York", "sea-level rise")
    assert read(head.format("new-york-city, sea-level-rise")).tags == ("new-york-city", "sea-level-rise")
