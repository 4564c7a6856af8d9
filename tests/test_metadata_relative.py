"""Dates such as "3 days ago": read in many languages, and only where it is known when the page was saved."""

from __future__ import annotations

import pytest

import newsclean
from newsclean import pipeline
from newsclean.lexicon.relative import relative_day
from newsclean.model import Options, Record

SAVED = "2025-07-10T12:00:00+02:00"
BODY = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 days ago", "2025-07-07"),
        ("Published 14 hours ago", "2025-07-09"),
        ("an hour ago", "2025-07-10"),
        ("vor 3 Tagen", "2025-07-07"),
        ("Vor einer Stunde", "2025-07-10"),
        ("Il y a 2 jours", "2025-07-08"),
        ("hace 5 días", "2025-07-05"),
        ("há 3 dias", "2025-07-07"),
        ("3 dias atrás", "2025-07-07"),
        ("2 giorni fa", "2025-07-08"),
        ("4 dagen geleden", "2025-07-06"),
        ("för 3 dagar sedan", "2025-07-07"),
        ("for 3 dager siden", "2025-07-07"),
        ("for 13 timer siden", "2025-07-09"),
        ("2 dage siden", "2025-07-08"),
        ("3 päivää sitten", "2025-07-07"),
        ("2 dni temu", "2025-07-08"),
        ("godzinę temu", "2025-07-10"),
        ("před 3 dny", "2025-07-07"),
        ("pred 3 dňami", "2025-07-07"),
        ("5 дней назад", "2025-07-05"),
        ("час назад", "2025-07-10"),
        ("3 дні тому", "2025-07-07"),
        ("преди 2 дни", "2025-07-08"),
        ("пре 2 дана", "2025-07-08"),
        ("πριν από 3 ημέρες", "2025-07-07"),
        ("3 gün önce", "2025-07-07"),
        ("acum 3 zile", "2025-07-07"),
        ("3 nappal ezelőtt", "2025-07-07"),
        ("منذ 3 أيام", "2025-07-07"),
        ("۳ روز پیش", "2025-07-07"),
        ("לפני 3 ימים", "2025-07-07"),
        ("3 दिन पहले", "2025-07-07"),
        ("৩ দিন আগে", "2025-07-07"),
        ("3 hari yang lalu", "2025-07-07"),
        ("3 ngày trước", "2025-07-07"),
        ("3 วันที่แล้ว", "2025-07-07"),
        ("3天前", "2025-07-07"),
        ("15小时前", "2025-07-09"),
        ("3日前", "2025-07-07"),
        ("3일 전", "2025-07-07"),
        ("Yesterday at 14:20", "2025-07-09"),
        ("gestern, 9.30 Uhr", "2025-07-09"),
        ("вчера 14:20", "2025-07-09"),
        ("昨天 14:20", "2025-07-09"),
        ("Heute, 9:30 Uhr", "2025-07-10"),
        ("今日 9:30", "2025-07-10"),
    ],
)
def test_day_is_counted_back(text: str, day: str) -> None:
    assert relative_day(text, SAVED) == day


@pytest.mark.parametrize(
    "text",
    [
        "2 weeks ago",
        "3 months ago",
        "40 days ago",
        "3 min read",
        "heute",
        "Today",
        "in 3 days",
        "3 Tage",
        "Yesterday's news",
        "the man who came 3 daysago",
        "3 hours",
        "前",
        "",
    ],
)
def test_what_is_rounded_or_no_day_is_left(text: str) -> None:
    assert relative_day(text, SAVED) is None


def test_hours_need_the_time_of_the_save_and_days_its_day() -> None:
    assert relative_day("3 hours ago", "2025-07-10") is None
    assert relative_day("3 days ago", "2025-07-10") == "2025-07-07"
    assert relative_day("3 days ago", "long ago") is None


def convert(lines: str, head: str = "", saved_at: str | None = SAVED) -> newsclean.Article:
    page = f"<html><head>{head}</head><body><article><h1>The bridge opens at last</h1>{lines}{BODY}</article>"
    return pipeline.convert(Record(page, saved_at=saved_at), Options())


def test_published_is_counted_back_and_says_so() -> None:
    metadata = convert("<p>By Ann Lee</p><p>3 days ago</p>").metadata
    assert metadata.published == "2025-07-07"
    assert dict(metadata.found_in)["published"] == "dateline, counted back from when the page was saved"
    assert metadata.authors == ("Ann Lee",)


def test_update_is_no_publication() -> None:
    metadata = convert("<p>Updated 3 hours ago</p>").metadata
    assert (metadata.published, metadata.modified) in ((None, "2025-07-10"), ("2025-07-10", "2025-07-10"))


@pytest.mark.parametrize(
    ("lines", "head", "saved_at", "published"),
    [
        ("<p>3 days ago</p>", "", None, None),
        ("<p>3 days ago</p>", "<meta property='article:published_time' content='2025-07-06'>", SAVED, "2025-07-06"),
        ("<p>3 days ago</p><p>6 July 2025</p>", "", SAVED, "2025-07-06"),
        ("<div class=comments><p>Bo Ray, 3 days ago</p></div>", "", SAVED, None),
        (
            "<p>The man who came 3 days ago said that he would not leave before the wind had turned.</p>",
            "",
            SAVED,
            None,
        ),
    ],
)
def test_stated_date_comes_first_and_nothing_is_guessed(
    lines: str, head: str, saved_at: str | None, published: str | None
) -> None:
    assert convert(lines, head, saved_at).metadata.published == published


def test_text_that_says_when_it_was_saved_is_read_too() -> None:
    body = "The council met on Monday to talk about the bridge over the river, and nobody left early.\n\n" * 8
    head = "URL: https://quay.example/a\nSaved: 2025-07-10\n\nThe bridge opens at last\n\nBy Ann Lee\n\n"
    assert newsclean.convert(f"{head}3 days ago\n\n{body}").metadata.published == "2025-07-07"
    assert newsclean.convert(head + body).metadata.published is None
