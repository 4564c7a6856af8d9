"""Site rules: selectors and what they decide, files found by host and date, and rules that are set aside."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean import sites
from newsclean.model import Record
from newsclean.page.html import parse_html
from newsclean.page.tree import parse_tree
from newsclean.pipeline import convert as convert_record
from newsclean.rules.cases import run_case
from newsclean.sites import RuleFile, SiteRule, apply_rule, find_rules, fingerprint, load, page_hosts, shipped
from newsclean.sites._css import Soup
from newsclean.sites._lookup import archived_day, module_name
from newsclean.sites._marks import cut_marked
from newsclean.sites._toml import as_toml
from tests.cases import FIXTURES
from tests.pages import SENTENCES, article_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bs4 import BeautifulSoup, Tag

URL = "https://www.tide.example/seal"
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def convert(tmp_path: Path, rule: str, source: str, url: str = URL) -> newsclean.Article:
    (tmp_path / "tide.example.toml").write_text(rule, encoding="utf-8")
    return newsclean.convert(source, url=url, options=newsclean.Options(rules=(str(tmp_path),)))


def page(body: str) -> str:
    return f"<html><head><title>Tide</title></head><body>{body}</body></html>"


def hosts(url: str | None, declared: str = "") -> tuple[str, ...]:
    return page_hosts(parse_html(f'<link rel="canonical" href="{declared}"><p>x</p>' if declared else "<p>x</p>", url))


# --- what a rule decides -----------------------------------------------------------------------------------------


def test_rule_decides_body_drop_and_keep_with_a_reason_each(tmp_path: Path) -> None:
    rule = 'body = ".story"\ndrop = ".promo"\nkeep = [".lead", ".promo .correction"]\ncomments = "#talk"\n'
    source = page(
        f"""<p class="lead">The lead stands above the story, in no box.</p><div class="story">{TEXT}
        <div class="promo"><p>Buy a boat.</p><p class="correction">Correction: it was two seals.</p></div></div>
        <div id="talk"><p>What a seal, says a reader.</p></div><div><p>Elsewhere.</p></div>"""
    )
    article = convert(tmp_path, rule, source)
    reasons = {verdict.text[:8]: (verdict.kept, verdict.reason, verdict.role) for verdict in article.verdicts}
    assert reasons["The lead"] == (True, "keep: .lead", None)
    assert reasons["The harb"] == (True, "inside .story", None)
    assert reasons["Buy a bo"] == (False, "drop: .promo", None)
    assert reasons["Correcti"] == (True, "keep: .promo .correction", None)
    assert reasons["What a s"] == (False, "comments: #talk", "comments")
    assert reasons["Elsewher"] == (False, "outside the body that the rule names", None)
    assert (article.engine, article.rule) == ("site rule", "tide.example")


def test_first_body_selector_that_matches_counts(tmp_path: Path) -> None:
    source = page(f'<div class="b">{TEXT}</div><div class="c"><p>Further down.</p></div>')
    article = convert(tmp_path, 'body = [".a", ".b", ".c"]', source)
    assert "harbour council" in article.text
    assert "Further down" not in article.text


def test_drops_part_of_a_line_and_keeps_the_rest(tmp_path: Path) -> None:
    source = page(
        f'<div class="b"><p>Seals sleep. <a class="more" href="/m">Read more here</a> Gulls do not.</p>{TEXT}</div>'
    )
    article = convert(tmp_path, 'body = ".b"\ndrop = "a.more"', source)
    assert "Seals sleep. Gulls do not." in article.text


def test_dropped_images_are_gone(tmp_path: Path) -> None:
    source = page(f'<div class="b">{TEXT}<img class="badge" src="/badge.png"><img src="/seal.jpg">{TEXT}</div>')
    article = convert(tmp_path, 'body = ".b"\ndrop = ".badge"', source)
    assert "seal.jpg" in article.markdown
    assert "badge.png" not in article.markdown


def test_teasers_that_match_the_body_stay_dropped_with_their_box(tmp_path: Path) -> None:
    source = page(
        f'<article>{TEXT}<div class="more"><article><p>A teaser of another story.</p></article></div></article>'
    )
    assert "teaser" not in convert(tmp_path, 'body = "article"\ndrop = ".more"', source).text


def test_without_body_the_voters_choose_and_the_rule_corrects(tmp_path: Path) -> None:
    article = convert(tmp_path, 'drop = ".story p:nth-of-type(2)"\nkeep = ".byline"', article_page())
    assert article.engine != "site rule"
    assert article.rule == "tide.example"
    assert SENTENCES[0] in article.text
    assert SENTENCES[1] not in article.text
    assert "By Ada Quill" in article.text


def test_what_a_rule_drops_no_later_stage_puts_back(tmp_path: Path) -> None:
    """Cleaning completes lists that were kept in part, and headings over kept text."""
    items = "".join(f"<li>Item {number} of the list of things that seals like to sleep on.</li>" for number in range(4))
    letter = '<li class="letter">Our letter on seals and their sleep.</li>'
    source = article_page(f'<h2 class="label">Sponsored</h2><ul>{items}{letter}</ul>')
    rule = 'drop = [".letter", ".label"]'
    article = convert(tmp_path, 'drop = ".none"', source)
    assert "Our letter on seals" in article.text
    article = convert(tmp_path, rule, source)
    assert "Item 3 of the list" in article.text
    assert "Our letter on seals" not in article.text
    assert "Sponsored" not in article.text
    assert {verdict.reason for verdict in article.verdicts if verdict.text.startswith("Our letter")} == {
        "drop: .letter"
    }


def test_comments_are_named_as_such_where_the_voters_choose(tmp_path: Path) -> None:
    article = convert(tmp_path, 'comments = ".story p:nth-of-type(2)"', article_page())
    assert {verdict.role for verdict in article.verdicts if verdict.text == SENTENCES[1]} == {"comments"}


def test_rule_gives_metadata_that_says_where_it_is_from(tmp_path: Path) -> None:
    rule = 'body = ".b"\ntitle = ".head"\nauthors = ".by"\npublished = [".none", "time", ".day@data-on"]'
    byline = (
        '<b class="head">Seal seen</b><p class="by">By Ann Lee and Bo Ek</p><i class="day" data-on="2025-07-04"></i>'
    )
    source = page(f'{byline}<div class="b">{TEXT}</div>')
    article = convert(tmp_path, rule, source)
    assert (article.title, article.metadata.authors) == ("Seal seen", ("Ann Lee", "Bo Ek"))
    assert article.metadata.published == "2025-07-04"
    assert {name: where for name, where in article.metadata.found_in if name in ("title", "authors", "published")} == {
        "title": "site rule tide.example",
        "authors": "site rule tide.example",
        "published": "site rule tide.example",
    }


def test_choose_picks_tags_by_code() -> None:
    def longest(soup: BeautifulSoup) -> Iterable[Tag]:
        return [max(soup.find_all("div"), key=lambda tag: len(tag.get_text()))]

    root = parse_tree(page(f"<div id=a>Short.</div><div id=b>{TEXT}</div>"))
    application = apply_rule(SiteRule(("tide.example",), choose=longest), root)
    assert [element.get("id") for element in application.marks] == ["b"]


def test_next_page_is_read() -> None:
    root = parse_tree(page('<a rel="next" href="/seal/2">Next</a>'))
    rule = SiteRule(("tide.example",), next_page=("a[rel=next]",))
    assert apply_rule(rule, root).next_page == "/seal/2"


@pytest.mark.parametrize(
    "selector", [".a", "#x", ".b, .a", "#x , .a,.b", ".missing", ".A", "#b", "p.a", ".a .b", ".-c", ".ü", "#1"]
)
def test_looked_up_names_are_what_the_selector_matches(selector: str) -> None:
    soup = Soup(
        parse_tree("<p class='b a'>1<i class='a\n-c' id=x>2</i></p><p id=x class=ü>3<b class='b b' id='b'>4</b></p>")
    )
    try:
        found = soup.select(selector)
    except ValueError:
        found = None
    soup.is_edited = True
    if found is None:
        with pytest.raises(ValueError, match="selector"):
            soup.select(selector)
    else:
        assert list(map(id, found)) == list(map(id, soup.select(selector)))


def test_soup_stands_for_the_tree_tag_by_tag() -> None:
    root = parse_tree(page("<p>One<p>Two<table><tr><td>Three</table><b><i>Four</b></i>Five"))
    soup = Soup(root)
    elements = list(root.iter())
    assert soup.select("*") == elements
    assert [tag.name for tag in soup.tags("*")] == [element.tag for element in elements]
    assert soup.soup.get_text() == "".join(str(text) for text in root.itertext())


def test_names_are_looked_up_without_a_soup() -> None:
    soup = Soup(parse_tree(page("<p class=lead>One<template><p class=lead>Two</template><p id=foot>Three")))
    assert [element.text for element in soup.select(".lead, #foot")] == ["One", "Three"]
    assert "soup" not in vars(soup)
    assert [tag.get_text() for tag in soup.tags("#foot")] == ["Three"]


def test_rule_that_marks_nothing_leaves_the_page_as_it_was_parsed() -> None:
    parsed = parse_html(page("<p>One</p><p class=ad>Two</p>"))
    assert cut_marked(apply_rule(SiteRule(hosts=("a.example",), drop=(".gone",)), parsed.root), parsed).page is parsed
    dropped = cut_marked(apply_rule(SiteRule(hosts=("a.example",), drop=(".ad",)), parsed.root), parsed)
    assert dropped.page.root is not parsed.root
    assert [mark is not None for mark in dropped.marks] == [False, True]


# --- rules that are set aside --------------------------------------------------------------------------------------


def test_rule_that_matches_nothing_says_so_and_the_voters_decide(tmp_path: Path) -> None:
    article = convert(tmp_path, 'body = ".gone"', article_page())
    plain = newsclean.convert(article_page(), url=URL)
    assert article.rule is None
    assert article.text == plain.text
    assert article.warnings == ("site rule tide.example matches nothing on this page",)
    assert any("tide.example matches nothing" in verdict.reason for verdict in article.verdicts if verdict.kept)


def test_stale_rule_that_keeps_a_scrap_is_refused(tmp_path: Path) -> None:
    article = convert(tmp_path, 'body = "footer"', article_page())
    assert article.rule is None
    assert SENTENCES[0] in article.text
    assert any("refused" in warning for warning in article.warnings)


def test_rule_that_drops_all_is_refused(tmp_path: Path) -> None:
    article = convert(tmp_path, 'drop = "body"', article_page())
    assert article.rule is None
    assert SENTENCES[0] in article.text


def test_broken_selector_costs_only_itself(tmp_path: Path) -> None:
    article = convert(tmp_path, 'body = ["p[", ".story"]\ndrop = "::nonsense"', article_page())
    assert article.rule == "tide.example"
    assert len([warning for warning in article.warnings if "broken selector" in warning]) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("body = [", "left out"),
        ("bdoy = 'p'", "unknown field 'bdoy'"),
        ("body = 3", "takes a selector"),
        ("until = 'soon'\nbody = 'p'", "takes a day"),
        ("hosts = []", "is empty"),
        ("rules = 'x'", "[[rules]]"),
    ],
)
def test_broken_file_is_told_and_left_out(tmp_path: Path, content: str, told: str) -> None:
    article = convert(tmp_path, content, article_page())
    assert SENTENCES[0] in article.text
    assert any("tide.example.toml" in warning and told in warning for warning in article.warnings)


def test_binary_file_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "tide.example.txt").write_bytes(b"\xff\xfe\x00body")
    article = newsclean.convert(article_page(), url=URL, options=newsclean.Options(rules=(str(tmp_path),)))
    assert any("left out" in warning for warning in article.warnings)


def test_other_engine_and_flattened_text_ask_no_rules(tmp_path: Path) -> None:
    (tmp_path / "tide.example.toml").write_text('body = ".story"', encoding="utf-8")
    options = newsclean.Options(rules=(str(tmp_path),), engine="readability")
    assert newsclean.convert(article_page(), url=URL, options=options).rule is None


def test_deep_page_does_no_harm(tmp_path: Path) -> None:
    source = page("<div class='b'>" * 5_000 + TEXT + "</div>" * 5_000)
    assert SENTENCES[0] in convert(tmp_path, 'body = ".b"\ndrop = ".b .b .none"', source).text


# --- files by host and date ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "declared", "expected"),
    [
        ("https://WWW.Tide.example:8080/a", "", ("tide.example",)),
        ("https://web.archive.org/web/20130307194448/http://tide.example/a", "", ("tide.example",)),
        ("https://mirror.example/x", "https://tide.example/a", ("mirror.example", "tide.example")),
        ("https://bücher.example/", "", ("xn--bcher-kva.example",)),
        ("file:///tmp/../../etc/passwd", "", ()),
        ("https://../../secret/", "", ()),
        ("http://[", "", ()),
        (None, "", ()),
    ],
)
def test_hosts_of_a_page(url: str | None, declared: str, expected: tuple[str, ...]) -> None:
    assert hosts(url, declared) == expected


def test_day_of_an_archive_address() -> None:
    assert archived_day("https://web.archive.org/web/20130307194448id_/http://tide.example/") == "2013-03-07"
    assert archived_day("https://tide.example/2013/03/07/x") is None


def found(folder: Path, host: str, day: str | None = None) -> list[str]:
    rules, warnings = find_rules((host,), (str(folder),), lambda: day)
    assert not warnings
    return [rule.name for rule in rules]


def test_most_specific_file_comes_first(tmp_path: Path) -> None:
    for name in ("a.tide.example.txt", ".tide.example.txt", "tide.example.txt"):
        (tmp_path / name).write_text("body: //p")
    (tmp_path / "a.tide.example.toml").write_text("body = 'p'")
    (tmp_path / "other.toml").write_text('hosts = ["*.tide.example", "gull.example"]\nbody = "p"')
    assert found(tmp_path, "a.tide.example") == ["a.tide.example", "a.tide.example", "*.tide.example", ".tide.example"]
    assert found(tmp_path, "b.c.tide.example") == ["*.tide.example", ".tide.example"]
    assert found(tmp_path, "tide.example") == ["tide.example"]
    assert found(tmp_path, "gull.example") == ["*.tide.example"]
    assert found(tmp_path, "nottide.example") == []


def test_capture_date_chooses_among_the_rules_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "tide.example.toml").write_text(
        '[[rules]]\nbody = ".now"\n[[rules]]\nbody = ".old"\nuntil = 2015-12-31\n'
        '[[rules]]\nbody = ".mid"\nuntil = "2020-06-30"'
    )
    assert found(tmp_path, "tide.example", "2014-01-01")[0].endswith("2015-12-31")
    assert found(tmp_path, "tide.example", "2015-12-31T23:00:00")[0].endswith("2015-12-31")
    assert found(tmp_path, "tide.example", "2018-01-01")[0].endswith("2020-06-30")
    assert found(tmp_path, "tide.example", "2024-01-01") == ["tide.example"]
    assert found(tmp_path, "tide.example", None)[0] == "tide.example"


@pytest.mark.parametrize(
    ("record", "chosen"),
    [
        (Record("", saved_at="2014-05-01T10:00:00+00:00"), "old"),
        (Record("", saved_at="2024-05-01T10:00:00+00:00"), "new"),
        (Record("", url="https://web.archive.org/web/20140101000000/http://tide.example/seal"), "old"),
        (Record(""), "old"),  # published in 2014
    ],
)
def test_date_is_the_capture_s_else_the_publication_s(tmp_path: Path, record: Record, chosen: str) -> None:
    (tmp_path / "tide.example.toml").write_text(
        '[[rules]]\nbody = ".new"\n[[rules]]\nbody = ".old"\nuntil = 2015-12-31\n'
    )
    head = '<meta property="article:published_time" content="2014-04-04T10:00:00Z">'
    boxes = (f'<div class="{name}">{TEXT}<p>The {name} box.</p></div>' for name in ("old", "new"))
    source = page(head + "".join(boxes))
    full = Record(source, url=record.url or URL, saved_at=record.saved_at)
    article = convert_record(full, newsclean.Options(rules=(str(tmp_path),)))
    assert f"The {chosen} box." in article.text


def test_changed_rule_files_change_the_fingerprint(tmp_path: Path) -> None:
    assert fingerprint((str(tmp_path),)) == fingerprint(()) == ""
    (tmp_path / "a.toml").write_text("body = 'p'")
    first = fingerprint((str(tmp_path),))
    (tmp_path / "a.toml").write_text("body = 'main p'")
    assert first != fingerprint((str(tmp_path),)) != ""


def test_edited_rule_is_read_anew(tmp_path: Path) -> None:
    source = page(f'<div class="a">{TEXT}<p>First box.</p></div><div class="b">{TEXT}<p>Second box.</p></div>')
    assert "First box." in convert(tmp_path, 'body = ".a"', source).text
    assert "Second box." in convert(tmp_path, 'body = "div.b"', source).text


def test_toml_reads_back_what_it_wrote(tmp_path: Path) -> None:
    rule = SiteRule(("tide.example", "*.tide.example"), ("main",), ('a[href="x\\y"]',) * 9, until="2020-01-31")
    (tmp_path / "tide.example.toml").write_text(as_toml(rule), encoding="utf-8")
    read = load(RuleFile(str(tmp_path), "tide.example.toml"))[0]
    assert isinstance(read, SiteRule)
    assert (read.hosts, read.body, read.drop, read.until) == (rule.hosts, rule.body, rule.drop, rule.until)


def test_module_names_are_predictable() -> None:
    assert module_name("news.the-sun.example") == "news_the__sun_example"
    assert module_name("24ways.example") == "site_24ways_example"


# --- the rules that newsclean ships ----------------------------------------------------------------------------------

SHIPPED = shipped()
CASES = sorted({path.parent for path in (FIXTURES / "sites").glob("*/*/page.html")})


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case_of_a_shipped_rule_gives_what_is_expected(folder: Path) -> None:
    result = run_case(folder, ())
    assert result.status == "passed", "\n".join(result.details)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case_proves_its_rule(folder: Path) -> None:
    """A case that goes as well without the rule proves nothing."""
    source = (folder / "page.html").read_bytes()
    url = json.loads((folder / "case.json").read_text("utf-8"))["url"]
    host = folder.parent.name
    without = newsclean.convert(
        source.replace(host.encode(), b"unruled.example"), url=url.replace(host, "unruled.example")
    )
    assert without.rule is None
    assert told(without) != told(newsclean.convert(source, url=url))


def told(article: newsclean.Article) -> tuple[str, str | None, tuple[str, ...], str | None]:
    """Return what a rule may change in an article."""
    metadata = article.metadata
    return article.text, metadata.title, metadata.authors, metadata.published


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_shipped_rule_is_found_by_each_of_its_hosts_and_has_a_case(rule: SiteRule) -> None:
    for host in rule.hosts:
        name = host.removeprefix("*.")
        asked = f"any.{name}" if host.startswith("*.") else name
        assert rule in find_rules((asked,), (), lambda: rule.until)[0]
    assert any(folder.parent.name == site_of(rule) for folder in CASES)
    assert rule.until is None or date.fromisoformat(rule.until)


def test_each_rule_lies_in_the_file_of_its_host_and_each_case_beside_a_rule() -> None:
    files = {path.stem for path in Path(sites.__file__).parent.glob("[!_]*.py")}
    assert files == {module_name(site_of(rule)) for rule in SHIPPED}
    assert {folder.parent.name for folder in CASES} == set(map(site_of, SHIPPED))


def site_of(rule: SiteRule) -> str:
    return rule.hosts[0].removeprefix("*.")
