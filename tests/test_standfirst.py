"""The standfirst: found between headline and body, shown once, counted where asked for. All pages are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.explain.removed import removed_markdown
from newsclean.model import Options
from newsclean.render.plain import standfirst_above
from tests.cases import FIXTURES, Case
from tests.roundtrip import expected_form, markdown_form

if TYPE_CHECKING:
    from pathlib import Path

DEK = "A lighthouse without a keeper is to have tenants, a lift & a bath. * The harbour would rather have its horn."
HEADER = Case(FIXTURES / "pages/standfirst/dek-in-the-header")
INSIDE = Case(FIXTURES / "pages/standfirst/first-paragraph-of-the-body")
CHAPO = Case(FIXTURES / "pages/standfirst/chapo-in-two-paragraphs")

BODY = "".join(
    f"<p>{sentence} and the council of the harbour has met about it more often than about anything else this year.</p>"
    for sentence in ("The bridge is late", "The ferry is early", "The lighthouse is for sale", "The fog horn is gone")
)
TEXT = [paragraph.removesuffix("</p>") for paragraph in BODY.split("<p>")[1:]]


def convert(head: str, above: str, options: Options = Options()) -> newsclean.Article:
    page = (
        f"<html><head><title>Four flats for Gull Rock</title>{head}</head><body><article>"
        f"<header><h1>Four flats for Gull Rock</h1>{above}</header><div class='text'>{BODY}</div></article>"
        "</body></html>"
    )
    return newsclean.convert(page, options=options)


def test_is_a_field_of_the_json_and_says_where_it_was_found() -> None:
    found = HEADER.convert().to_dict()
    assert found["standfirst"] == DEK
    assert found["found_in"]["standfirst"] == "named dek"
    assert DEK not in found["blocks"][0]["text"]


def test_opens_the_text_unless_told_otherwise() -> None:
    page = HEADER.page.read_bytes()
    within, without = newsclean.convert(page), newsclean.convert(page, options=Options(standfirst=False))
    assert within.text == f"{DEK}\n\n{without.text}"
    assert within.word_count == without.word_count + 20
    assert f"word_count: {without.word_count}\n" in without.markdown
    assert f"**{DEK}**" in without.markdown


def test_is_shown_once_in_every_format() -> None:
    for case, opening in ((HEADER, "A lighthouse without"), (INSIDE, "For eleven days"), (CHAPO, "La mairie se fait")):
        article = case.convert()
        assert opening in (article.metadata.standfirst or "")
        assert [output.count(opening) for output in (article.markdown, article.text, article.html)] == [1, 1, 1]


def test_reads_back_as_a_bold_paragraph_under_the_title() -> None:
    for case in (HEADER, INSIDE, CHAPO):
        article = newsclean.convert(case.page, options=Options(front_matter="none"))
        above = standfirst_above(article.document, article.metadata)
        assert markdown_form(article.markdown) == expected_form(article.document, article.title, above)


def test_is_escaped_in_html() -> None:
    article = convert("", "<p class='standfirst'>Who wants to live where &lt;b>nobody&lt;/b> can land?</p>")
    assert "<p><strong>Who wants to live where &lt;b&gt;nobody&lt;/b&gt; can land?</strong></p>" in article.html


def test_a_first_paragraph_of_the_body_stays_there() -> None:
    article = newsclean.convert(INSIDE.page, options=Options(standfirst=False))
    assert article.metadata.standfirst
    assert article.text.startswith(article.metadata.standfirst)


def test_is_kept_with_a_reason_and_not_listed_as_taken_out() -> None:
    article = HEADER.convert()
    (verdict,) = [verdict for verdict in article.verdicts if verdict.role == "standfirst"]
    assert (verdict.kept, verdict.voter) == (True, "standfirst")
    assert verdict.reason == "between headline and body, named dek"
    assert "tenants" not in removed_markdown(article)


@pytest.mark.parametrize(
    "above",
    [
        '<p class="articleStandfirst">{}</p>',
        '<h2 class="entry-subtitle">{}</h2>',
        '<div class="excerpt"><p>{}</p></div>',
        '<p itemprop="alternativeHeadline">{}</p>',
        '<div data-testid="article-dek"><div><span>{}</span></div></div>',
        '<div class="entradilla"><strong>{}</strong></div>',
        '<div class="c-linha-fina">{}</div>',
        '<p class="sub-headline">{}</p>',
    ],
)
def test_knows_it_by_the_name_of_its_element(above: str) -> None:
    line = "The fishermen would rather have the old horn back"
    assert convert("", above.format(line)).metadata.standfirst == line


def test_knows_it_by_the_description_of_the_page() -> None:
    line = "The fishermen of the harbour would rather have the horn back than neighbours."
    head = f'<meta property="og:description" content="{line[:60]}...">'
    assert convert(head, f'<div class="x17">{line}</div>').metadata.standfirst == line


def test_knows_it_by_its_place_in_the_header() -> None:
    for line in (
        "<h2>Fishermen would rather have the old horn back</h2>",
        "<p>The harbour would rather have its horn back.</p>",
    ):
        article = convert("", line)
        assert article.metadata.standfirst
        assert article.metadata.found_in[-1] == ("standfirst", "in one header with the headline")


def test_a_box_that_holds_the_byline_too_may_hold_it() -> None:
    dek = '<p class="strapline">A big shift, with room to wiggle</p>'
    box = f'<div class="byline-social">{dek}<p>By Mara Finch</p><p>Share</p></div>'
    assert convert("", box).metadata.standfirst == "A big shift, with room to wiggle"


@pytest.mark.parametrize(
    "above",
    [
        '<div class="lead-image"><p class="description">FILE - The rock on a calm day, seen from the mole.</p></div>',
        '<p class="lede">By Mara Finch, staff writer of the harbour</p>',
        '<p class="teaser">29.06.2023, 15:04 | Reading time: 7 minutes</p>',
        '<div class="summary"><a href="/ferry">Why the ferries came so early on the island</a></div>',
        '<ul class="summary"><li>One thing that was said about the rock</li></ul>',
        '<div class="author-excerpt"><p class="excerpt">Mara Finch has written of harbours for ten years.</p></div>',
        '<p class="subtitle">Harbour news</p>',
        '<p class="deck">Four flats for Gull Rock</p>',
        "<p>Harbour, ferries, bridges and all of the old town</p>",
        "<p>The horn is gone, says the harbour.</p>",
    ],
)
def test_takes_nothing_else_for_it(above: str) -> None:
    assert convert("", above).metadata.standfirst is None


def test_a_description_that_quotes_the_first_paragraph_in_part_makes_no_standfirst_of_it() -> None:
    head = (
        '<meta name="description" content="The bridge is late and the council of the harbour has met about it [...]">'
    )
    assert convert(head, "").metadata.standfirst is None


def test_a_teaser_below_the_body_is_none() -> None:
    page = f"<html><body><h1>Four flats</h1>{BODY}<p class='dek'>Another story that is told elsewhere</p></body></html>"
    assert newsclean.convert(page).metadata.standfirst is None


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        (".summary", None),
        (".promo", "The rock is to have tenants."),
        (".none", "The rock is to have tenants.\n\nBuy a flat on the rock today."),
    ],
)
def test_what_a_site_rule_drops_is_none_of_it(tmp_path: Path, drop: str, left: str | None) -> None:
    (tmp_path / "rock.example.toml").write_text(f'drop = "{drop}"', "utf-8")
    promo = '<p class="promo">Buy a flat on the rock today.</p>'
    summary = f'<div class="summary"><p>The rock is to have tenants.</p>{promo}</div>'
    page = f"<html><body><h1>Four flats</h1>{summary}<div>{BODY}</div></body></html>"
    article = newsclean.convert(page, url="https://rock.example/", options=Options(rules=(str(tmp_path),)))
    assert article.metadata.standfirst == left
    assert ("Buy a flat" in article.markdown) == ("Buy a flat" in (left or ""))


def test_a_line_below_the_headline_of_flattened_text_is_one_and_stays_in_the_body() -> None:
    told = "The harbour would rather have its old horn back than four new neighbours on the rock."
    lines = ["The Lantern", "Home | Harbour | Ferries", "Four flats for Gull Rock", told, "By Mara Finch", *TEXT]
    article = newsclean.convert("\n\n".join(lines), options=Options(standfirst=False))
    assert article.metadata.standfirst == told
    assert article.text.count(told) == article.markdown.count(told) == 1


@pytest.mark.parametrize(("linked", "found"), [(7, True), (9, False)])
def test_a_text_of_links_is_a_teaser(linked: int, found: bool) -> None:
    words = [f"tide{number:02}" for number in range(20)]
    dek = f'<p class="dek"><a href="/a">{" ".join(words[:linked])}</a> {" ".join(words[linked:])}</p>'
    assert (convert("", dek).metadata.standfirst is not None) is found


@pytest.mark.parametrize(("between", "found"), [(28, True), (31, False)])
def test_is_looked_for_near_the_headline(between: int, found: bool) -> None:
    above = f'<ul>{"<li>Topic</li>" * between}</ul><p class="dek">The old lighthouse is to have tenants and a lift.</p>'
    assert (convert("", above).metadata.standfirst is not None) is found
