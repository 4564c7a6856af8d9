"""Where a page says when it was published. All pages are invented."""

from __future__ import annotations

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.dates import url_date
from newsclean.page.html import parse_html

FILLER = "<p>" + "The council met on Monday to talk about the bridge over the river. " * 8 + "</p>"
HEADLINE = "<h1>Council approves the bridge</h1>"


def published(body: str, head: str = "", url: str = "https://daily.example/news/bridge") -> str | None:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse_html(page, url)).published


def test_the_paragraph_below_the_headline_may_open_with_the_date_whatever_stands_above() -> None:
    banner = (
        "<div class='note'><p>"
        + "We and our partners use what you leave behind to show you bridges. " * 4
        + "</p></div>"
    )
    assert published(f"{banner}{HEADLINE}<p>4.7.2025 – {FILLER[3:]}") == "2025-07-04"


def test_the_paragraph_below_the_standfirst_may_open_with_the_date() -> None:
    assert published(f"{HEADLINE}{FILLER}<p>4.7.2025 – {FILLER[3:]}") == "2025-07-04"


def test_the_line_right_above_the_headline_comes_before_dates_further_down() -> None:
    book = "<p>Book</p><p>ISBN 978</p><p>448 pages</p><p>Publisher: Wend</p><p>In shops from 14.08.2024</p>"
    assert published(f"<h2 class='head'>4 July 2025</h2>{HEADLINE}{book}{FILLER}") == "2025-07-04"
    assert published(f"<p>3 May 2024</p>{HEADLINE}<p>4 July 2025</p>{FILLER}") == "2025-07-04"


@pytest.mark.parametrize(
    "line",
    [
        "This entry was published in Harbour, Bridges and other things on 4 July 2025 at 10.30 by the office.",
        "Der Beitrag wurde am 4. Juli 2025 um 23:03 Uhr gepostet und unter Brücken, Hafen und Fähren abgelegt.",
    ],
)
def test_a_sentence_that_says_when_it_was_posted_is_a_dateline(line: str) -> None:
    assert (published(f"{HEADLINE}{FILLER}{FILLER}<p>{line}</p>") or "")[:10] == "2025-07-04"


def test_a_machine_readable_title_of_an_age_is_a_date() -> None:
    age = '<span class="age" title="2025-07-04T09:00:00"><a href="item">3 hours ago</a></span>'
    assert published(f"<table><tr><td>{age}</td></tr></table>{FILLER}") == "2025-07-04T09:00:00"


@pytest.mark.parametrize(
    "member",
    [
        "<p>Member since February 16, 2016</p>",
        "<p>Posts: 116 Joined: 12 Feb 2009 Reputation: 7</p>",
        "<dl><dt>Join Date:</dt><dd>12 Feb 2009</dd></dl>",
        "<p>Joined: <time datetime='2009-02-12'>12 Feb 2009</time></p>",
        "<div>Mitglied seit</div><div>12.02.2009</div>",
        "<p>Registered: Feb 12, 2009, 10:30 AM</p>",
    ],
)
def test_the_day_on_which_someone_became_a_member_is_no_date_of_the_text(member: str) -> None:
    assert published(f"{HEADLINE}{member}{FILLER}") is None
    assert published(f"{HEADLINE}{FILLER}{member}") is None
    assert (published(f"{HEADLINE}{member}<p>by ann » 4 July 2025, 10:11</p>{FILLER}") or "")[:10] == "2025-07-04"


@pytest.mark.parametrize(
    "line",
    [
        "Joined: 12 Feb 2009 Posted: 4 July 2025",
        "The town joined in the work. 4 July 2025",
        "Registered office | 4 July 2025",
    ],
)
def test_a_date_beside_that_of_a_member_is_one_of_the_text(line: str) -> None:
    assert published(f"{HEADLINE}<p>{line}</p>{FILLER}") == "2025-07-04"


def test_the_day_that_the_page_shows_decides_against_that_of_the_address() -> None:
    head = '<meta property="article:published_time" content="2025-07-03T16:34:54Z">'
    url = "https://daily.example/bridge-20250704-p60b.html"
    assert (published(f"{HEADLINE}<p>July 3, 2025 - 4.34pm</p>{FILLER}", head, url) or "")[:10] == "2025-07-03"
    assert published(f"{HEADLINE}{FILLER}", head, url) == "2025-07-04"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("article/A2025070414320005196", "2025-07-04"),
        ("2025/07/04/bridge", "2025-07-04"),
        ("web/20140226054445/https://daily.example/2013/08/07/bridge", "2013-08-07"),
        ("web/20140226054445/https://daily.example/bridge", None),
        ("web/20131110121040/https://daily.example/bridge", None),
        ("2025/7/04/bridge", "2025-07-04"),
        ("id/2025070499999999", None),
    ],
)
def test_reads_the_day_in_an_address(path: str, day: str | None) -> None:
    assert url_date(f"https://archive.example/{path}") == day


def test_where_declared_dates_differ_the_one_that_the_page_shows_counts() -> None:
    draft = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-07-01T10:25:56Z"}</script>'
    )
    head = f'{draft}<meta property="article:published_time" content="2025-07-04T14:25:00Z">'
    assert (published(f"{HEADLINE}<p>4 July 2025</p>{FILLER}", head) or "")[:10] == "2025-07-04"
    assert (published(f"{HEADLINE}<p>1 July 2025</p>{FILLER}", head) or "")[:10] == "2025-07-01"
    assert (published(f"{HEADLINE}<p>3 May 2025</p>{FILLER}", head) or "")[:10] == "2025-07-01"
    assert (published(f"{HEADLINE}{FILLER}", head) or "")[:10] == "2025-07-01"


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta name="date" content="2009-03-17">', "<p>12 September 2023</p>", "2023-09-12"),
        ("", "<p>When: 17 September 2022, 10am</p><p>Posted 3 September 2022 in Events</p>", "2022-09-03"),
        ("", "<p>Aktualisiert: 6. Juli 2025</p><p>Veröffentlicht: 4. Juli 2025</p>", "2025-07-04"),
        ("", "<p>Обновлено 6 июля 2025, опубликовано 4 июля 2025</p>", "2025-07-04"),
        ("", "<p>수정 2025.07.06 09:00 | 입력 2025.07.04 10:00</p>", "2025-07-04"),
        ("", "<p>The old pier was closed on 17 September 2022 and nobody has missed it since then.</p>", None),
    ],
)
def test_a_date_is_what_the_words_beside_it_say(head: str, body: str, day: str | None) -> None:
    assert (published(f"{HEADLINE}{body}{FILLER}", head) or "")[:10] == (day or "")
