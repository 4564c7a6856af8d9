"""What is told of the metadata besides their values: rivals, what each author is, the moment in UTC."""

from __future__ import annotations

import json

import pytest

import newsclean
from newsclean.explain.facts import facts
from newsclean.facts import labels, read_metadata
from newsclean.facts.trained.trust import TRUST
from newsclean.facts.trust import FIELDS, group_of
from newsclean.model import Metadata
from newsclean.page.html import parse_html
from newsclean.words import reading_minutes
from tests.test_metadata_html import article, ld, read
from training.folds import FOLDS, fold_of

HEAD = (
    '<title>Quay closes for a year | Harbour Courier</title><meta property="og:site_name" content="Harbour Courier">'
    '<meta name="author" content="Bo Ray"><meta property="og:title" content="The quay: what now?">'
    '<meta property="article:published_time" content="2025-07-01T08:00:00+02:00">'
)


def told() -> Metadata:
    found = article(headline="Quay closes for a year", author={"name": "Ann Lee"}, datePublished="2025-07-04")
    return read(HEAD + ld(found), "<h1>Quay closes for a year</h1><p>4 July 2025</p>")


def test_rivals_are_what_other_sources_say_and_no_more() -> None:
    assert [(rival.field, rival.value, rival.found_in) for rival in told().rivals] == [
        ("title", "The quay: what now?", "meta og:title"),
        ("authors", "Bo Ray", "meta author"),
        ("published", "2025-07-01T08:00:00+02:00", "meta article:published_time"),
    ]


def test_page_whose_sources_agree_has_no_rivals() -> None:
    found = read("<title>Quay closes – Harbour Courier</title>", "<h1>Quay closes</h1><p>By Ann Lee</p>")
    assert found.rivals == ()


def test_many_rivals_are_bounded_and_short() -> None:
    people = "".join(f'<meta name="author" content="Ann Le{"e" * n}">' for n in range(40))
    titles = "".join(f'<meta property="og:title" content="Title {n} {"word " * 100}">' for n in range(40))
    rivals = read(people + titles, "<h1>The quay</h1>").rivals
    assert rivals
    assert max([rival.field for rival in rivals].count(name) for name in ("title", "authors")) <= 4
    assert all(len(rival.value) <= 300 for rival in rivals)


def test_explanation_shows_rivals_with_the_field() -> None:
    shown = {fact.field: [(rival.value, rival.found_in) for rival in fact.rivals] for fact in facts(told())}
    assert shown["authors"] == [("Bo Ray", "meta author")]
    assert shown["site"] == []
    assert "rivals" not in shown


def test_json_object_has_rivals_kinds_and_utc() -> None:
    page = f"<html><head>{HEAD}</head><body><article><h1>Quay closes for a year</h1>{'<p>The quay is shut. ' * 60}</p>"
    found = json.loads(newsclean.convert(page).to_json())
    assert found["author"] == ["Bo Ray"]
    assert found["author_kind"] == ["person"]
    assert found["published"] == "2025-07-01T08:00:00+02:00"
    assert found["published_utc"] == "2025-07-01T06:00:00Z"
    assert found["rivals"] == [{"field": "title", "value": "The quay: what now?", "found_in": "meta og:title"}]


@pytest.mark.parametrize(
    ("published", "utc"),
    [
        ("2025-07-04T00:30:00+02:00", "2025-07-03T22:30:00Z"),
        ("2025-07-04T10:00:00Z", "2025-07-04T10:00:00Z"),
        ("2025-07-04T10:00:00.250+05:30", "2025-07-04T04:30:00Z"),
        ("2025-07-04T10:00:00", None),
        ("2025-07-04", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        (None, None),
    ],
)
def test_moment_in_utc_is_told_where_the_offset_is(published: str | None, utc: str | None) -> None:
    assert Metadata(published=published).published_utc == utc


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Lee", "person"),
        ("Łukasz Żak", "person"),
        ("Наталія Бойко", "person"),
        ("顾清岚", "person"),
        ("Anna", "person"),
        ("quaywalker", "unknown"),
        ("Reuters", "agency"),
        ("AFP/dpa", "agency"),
        ("dpa-infocom", "agency"),
        ("Agencia Puerto", "agency"),
        ("Press Trust of India", "agency"),
        ("新华社", "agency"),
        ("وكالة الميناء للأنباء", "agency"),
        ("Harbour Courier", "site"),
        ("harbourcourier", "site"),
        ("Redaktion Kultur", "organisation"),
        ("Port Authority Press Office", "organisation"),
    ],
)
def test_author_is_told_to_be_a_person_or_not(name: str, kind: str) -> None:
    metadata = Metadata(authors=(name, "Bo Ray"), site="Harbour Courier", source="https://www.harbourcourier.example/a")
    assert labels(metadata).author_kinds == (kind, "person")


def confidences(metadata: Metadata) -> tuple[float | None, ...]:
    return metadata.title_confidence, metadata.authors_confidence, metadata.published_confidence


def test_field_that_sources_agree_on_is_trusted_more_than_one_that_they_differ_on() -> None:
    agreed = read(
        '<title>Quay closes for a year | Courier</title><meta property="og:title" content="Quay closes for a year">'
        '<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2025-07-04">',
        "<h1>Quay closes for a year</h1><p>By Ann Lee</p><p>4 July 2025</p>",
    )
    pairs = list(zip(confidences(agreed), confidences(told()), strict=True))
    assert all(high is not None and low is not None and 0 < low < high < 1 for high, low in pairs), pairs


def test_what_was_never_measured_has_no_confidence() -> None:
    assert confidences(read("", "")) == (None, None, None)
    where = (("title", "site rule quay.example"), ("authors", "container"))
    found = Metadata(title="a", authors=("Ann Lee",), found_in=where, title_confidence=0.9)
    assert confidences(labels(found)) == (None, None, None)


def test_table_covers_every_field_and_is_a_share() -> None:
    assert set(TRUST) == set(FIELDS)
    assert all(0 < share < 1 for groups in TRUST.values() for share in groups.values())
    assert all(groups["declared, contested"] < groups["declared, agreed"] for groups in TRUST.values())


@pytest.mark.parametrize(
    ("field", "where", "group"),
    [
        ("title", "h1", "h1, alone"),
        ("title", "JSON-LD NewsArticle.headline", "declared, alone"),
        ("published", "meta article:modified_time (the only date)", "only date, alone"),
        ("published", "dateline by the headline", "shown, alone"),
        ("authors", "name beside the headline", "bare name, alone"),
        ("authors", "site rule quay.example", None),
    ],
)
def test_source_stands_for_a_group(field: str, where: str, group: str | None) -> None:
    metadata = Metadata(title="a", authors=("b",), published="2025-07-04", found_in=((field, where),))
    assert group_of(field, metadata, {}) == group


def test_training_makes_the_table_and_judges_each_fold_by_the_others() -> None:
    sites = [f"site{number}.example" for number in range(40)]
    fields = pytest.importorskip("training.fields", reason="training needs the train extra")
    found = [fields.Observation(site, "title", "h1, alone", number % 4 > 0) for number, site in enumerate(sites)]
    found += [fields.Observation("few.example", "title", "declared, alone", True)]
    table = fields.table_of(found)
    assert table == {"title": {"h1, alone": pytest.approx(0.75, abs=0.01)}}
    judged = [pair for fold in range(FOLDS) for pair in fields.judge_fold(found, fold)]
    assert len(judged) == 40
    own = [one for one in found if fold_of(one.site) == 0 and one.group == "h1, alone"]
    others = fields.table_of(one for one in found if fold_of(one.site) != 0)["title"]["h1, alone"]
    assert list(fields.judge_fold(found, 0)) == [(others, one.is_right) for one in own]
    assert any("40 values, 75.0% right" in line for line in fields.report(found))
    assert "".join(fields.written(table)).startswith('    "title": {\n        "h1, alone": 0.7')


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"), ("en", "ltr"), (None, None)],
)
def test_how_a_language_is_read(language: str | None, direction: str | None) -> None:
    assert Metadata(language=language).direction == direction


def test_minutes_that_a_text_takes_to_read() -> None:
    assert [reading_minutes(text) for text in ("", "one word", "word " * 690, "桥" * 800)] == [0, 1, 3, 2]


def test_editors_and_translators_of_the_structured_data_are_contributors() -> None:
    work = {
        "@type": "NewsArticle",
        "headline": "The quay",
        "author": {"name": "Ann Lee"},
        "editor": {"name": "Bo Ek"},
        "translator": [{"name": "Eva Maier"}],
    }
    page = parse_html(f'<h1>The quay</h1><script type="application/ld+json">{json.dumps(work)}</script>', None)
    found = read_metadata(page)
    assert found.authors == ("Ann Lee",)
    assert [(one.name, one.role) for one in found.contributors] == [("Bo Ek", "editor"), ("Eva Maier", "translator")]
    assert dict(found.found_in)["contributors"] == "JSON-LD"
