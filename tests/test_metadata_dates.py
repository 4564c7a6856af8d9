"""Dates as machines and people write them, in many languages."""

from __future__ import annotations

import time
from datetime import date

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.dates import local_time
from newsclean.flattext import parse_text
from newsclean.lexicon.dates import find_date, is_month_first, parse_date
from newsclean.lexicon.months import MONTHS
from newsclean.page.html import parse_html

MACHINE = {
    "2025-07-04": "2025-07-04",
    "2025-07-04T10:00:00.000Z": "2025-07-04T10:00:00+00:00",
    "2025-07-04T10:00:00+0200": "2025-07-04T10:00:00+02:00",
    "2025-07-04T10:00-05:30": "2025-07-04T10:00:00-05:30",
    "2025-07-04 10:00:00 UTC": "2025-07-04T10:00:00+00:00",
    "2025-07-04T10:00": "2025-07-04T10:00:00",
    "2025/7/4": "2025-07-04",
    "20250704": "2025-07-04",
    "20250704T103000": "2025-07-04T10:30:00",
    "1751623200": "2025-07-04T10:00:00+00:00",
    "1751623200000": "2025-07-04T10:00:00+00:00",
    "Fri, 04 Jul 2025 10:00:00 GMT": "2025-07-04T10:00:00+00:00",
    "Fri Jul 04 2025 10:00:00 GMT+0200 (CEST)": "2025-07-04T10:00:00+02:00",
    "Fri Jul  4 10:00:00 EDT 2025": "2025-07-04",
    "04.07.25": "2025-07-04",
}

WRITTEN = {
    "July 4, 2025 at 10:30 AM EDT": "2025-07-04T10:30:00-04:00",
    "JULY 4TH, 2025": "2025-07-04",
    "Published: 12:39, 22 December 2023": "2023-12-22",
    "Posted on 4 July 2025 By somebody": "2025-07-04",
    "Sept. 5, 2025": "2025-09-05",
    "Freitag, 4. Juli 2025, 10.30 Uhr": "2025-07-04T10:30:00",
    "Publié le 1er août 2025 à 18h30": "2025-08-01T18:30:00",
    "viernes, 4 de julio de 2025": "2025-07-04",
    "4 de jul. de 2025": "2025-07-04",
    "2 de fevereiro de 2024": "2024-02-02",
    "venerdì 4 luglio 2025": "2025-07-04",
    "vrijdag 4 juli 2025": "2025-07-04",
    "14 mrt. 2025": "2025-03-14",
    "4 października 2024": "2024-10-04",
    "4. července 2025": "2025-07-04",
    "4. júla 2025": "2025-07-04",
    "den 4 maj 2025": "2025-05-04",
    "4. desember 2024": "2024-12-04",
    "4. heinäkuuta 2025": "2025-07-04",
    "4. ágúst 2024": "2024-08-04",
    "2025. július 4.": "2025-07-04",
    "2025 m. liepos 4 d.": "2025-07-04",
    "4 iulie 2025": "2025-07-04",
    "4. srpnja 2025.": "2025-07-04",
    "4 июля 2025 г.": "2025-07-04",
    "4 липня 2025": "2025-07-04",
    "4 юли 2025": "2025-07-04",
    "4 Ιουλίου 2025": "2025-07-04",
    "4 TEMMUZ 2025": "2025-07-04",
    "15 ARALIK 2024": "2024-12-15",
    "4 Agustus 2024": "2024-08-04",
    "ngày 4 tháng 7 năm 2025": "2025-07-04",
    "٤ يوليو ٢٠٢٥": "2025-07-04",
    "4 تشرين الأول 2024": "2024-10-04",
    "4 ביולי 2025": "2025-07-04",
    "4 जुलाई 2025": "2025-07-04",
    "4 กรกฎาคม 2568": "2025-07-04",
    "2025年7月4日 10時30分": "2025-07-04T10:30:00",
    "2025년 7월 4일": "2025-07-04",
    "04.07.2025 | 10:30": "2025-07-04T10:30:00",
}


@pytest.mark.parametrize("text", MACHINE)
def test_parses_dates_of_machines(text: str) -> None:
    assert parse_date(text) == MACHINE[text]


@pytest.mark.parametrize("text", WRITTEN)
def test_finds_dates_as_people_write_them(text: str) -> None:
    assert find_date(text) == WRITTEN[text]
    assert parse_date(text) == WRITTEN[text]


@pytest.mark.parametrize("language", MONTHS)
def test_every_language_has_twelve_months(language: str) -> None:
    assert len(MONTHS[language].split()) == 12
    assert "" not in MONTHS[language].replace(" ", "/").split("/")


def test_reads_the_day_first_unless_told_or_shown_otherwise() -> None:
    assert parse_date("04/07/2025") == "2025-07-04"
    assert parse_date("04/07/2025", month_first=True) == "2025-04-07"
    assert parse_date("04/07/2025 9:05 PM") == "2025-04-07T21:05:00"
    assert parse_date("25/12/2024", month_first=True) == "2024-12-25"
    assert parse_date("12/25/2024") == "2024-12-25"
    assert parse_date("04.07.2025", month_first=True) == "2025-07-04"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2 hours ago",
        "1850-01-01",
        "3025-01-01",
        "2025-13-40",
        "30 February 2024",
        "10.0.0.12",
        "4 apples 2024",
    ],
)
def test_refuses_what_is_no_plausible_date(text: str) -> None:
    assert parse_date(text) is None
    assert find_date(text) is None


def test_refuses_dates_far_in_the_future() -> None:
    assert parse_date(f"{date.today().year + 3}-01-01") is None


def test_takes_the_first_date_of_a_longer_text() -> None:
    assert find_date("Updated 5 May 2024 (first published 4 May 2024)") == "2024-05-05"
    assert find_date("Flight 4711 of 2019 left on March 3, 2020.") == "2020-03-03"


def test_an_impossible_time_leaves_the_day() -> None:
    assert parse_date("2023-12-22T25:61:00") == "2023-12-22"


@pytest.mark.parametrize(
    "bomb", ["1" * 99_000, "1 " * 50_000, "a" * 99_000, "1a. " * 25_000, "4 de " * 20_000, "2025-" * 20_000]
)
def test_hostile_text_takes_no_time(bomb: str) -> None:
    start = time.process_time()
    parse_date(bomb)
    find_date(bomb)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("چهارشنبه ۱۲ اردیبهشت ۱۴۰۳", "2024-05-01"),
        ("۱۴۰۳/۰۲/۱۲", "2024-05-01"),
        ("30 اسفند 1399", "2021-03-20"),
        ("1 فروردین 1400", "2021-03-21"),
        ("令和6年11月3日", "2024-11-03"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("民國113年5月6日", "2024-05-06"),
        ("2021. gada 9. septembris", "2021-09-09"),
        ("१२ मई २०२१", "2021-05-12"),
    ],
)
def test_other_calendars_and_digits(text: str, day: str) -> None:
    assert (find_date(text) or "")[:10] == day


@pytest.mark.parametrize(
    ("url", "stamp", "body", "expected"),
    [
        # the address has the day of another zone; what stands by the headline is the page's own
        ("/2023-12-20/quay/.2056", "", "posted on 2023-12-19 23:30 EST by Ann Lee", "2023-12-19T23:30:00-05:00"),
        ("/2023/dec/21/quay/", "", "stated on September 15, 2023:</p><p>December 21, 2023", "2023-12-21"),
        ("/quay", "2023-12-23T03:00:46+00:00", "December 22, 2023 10:00 pm", "2023-12-22T22:00:46-05:00"),
        ("/quay", "2024-07-05T01:06:40+00:00", "4. Juli 2024, 21:06 Uhr", "2024-07-04T21:06:40-04:00"),
        ("/2024/07/05/quay", "", "4 July 2024", "2024-07-04"),
        ("/2024/07/05/quay", "", "1 July 2024", "2024-07-05"),
    ],
)
def test_day_is_the_page_s_own_where_another_zone_names_the_next(
    url: str, stamp: str, body: str, expected: str
) -> None:
    text = "The council met on Monday to talk about the bridge over the river, and nobody left early. " * 8
    head = f'<meta property="article:published_time" content="{stamp}">'
    page = parse_html(
        f"<head>{head}</head><h1>The quay closes for a year</h1><p>{body}</p><p>{text}</p>",
        f"https://quay.example{url}",
    )
    assert read_metadata(page).published == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("2024-07-05T15:06:00", "2024-07-05T15:06:00+14:00"),  # the Line Islands
        ("2024-07-04T13:06:00", "2024-07-04T13:06:00-12:00"),  # Baker Island
        ("2024-07-05T16:06:00", "2024-07-05T01:06:40+00:00"),  # in no zone: another moment
        ("2024-07-06T06:06:00", "2024-07-05T01:06:40+00:00"),
    ],
)
def test_time_in_utc_is_told_in_the_zone_of_the_page_where_there_is_such_a_zone(shown: str, expected: str) -> None:
    stated = ("2024-07-05T01:06:40+00:00", "meta")
    assert local_time(stated, [(shown, "byline")])[0][:16] == expected[:16]
    assert local_time(stated, [(shown, "byline")])[0].endswith(expected[-6:])


@pytest.mark.parametrize(
    ("rest", "month_first"),
    [
        ("09/25/2025", True),
        ("25/09/2025 and 13/01/2024", False),
        ("09/25/2025, 25/09/2025", None),
        ("8/1/2025", None),
        ("1/2/09/25/2025 and /12/13/20251", None),
        ("", None),
    ],
)
def test_order_of_day_and_month_is_told_by_dates_that_can_be_read_in_one_way(
    rest: str, month_first: bool | None
) -> None:
    assert is_month_first(f"8/1/2025 {rest} 10/10/2025") is month_first


@pytest.mark.parametrize(
    ("rest", "day"), [("09/25/2025", "2025-08-01"), ("25/09/2025", "2025-01-08"), ("", "2025-01-08")]
)
def test_page_s_other_dates_settle_the_order(rest: str, day: str) -> None:
    text = "The council met on Monday to talk about the bridge over the river, and nobody left early. " * 8
    page = f"<h1>The quay closes for a year</h1><p>8/1/2025</p><p>{text}</p><ul><li>Minutes of {rest}</li></ul>"
    assert read_metadata(parse_html(page)).published == day
    lines = f"The quay closes for a year\n\n8/1/2025\n\n{text}\n\nMinutes of {rest}\n"
    assert read_metadata(parse_text(lines)).published == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("EditorialNovember 22, 2018", "2018-11-22"),
        ("Rob Harbour, CorrespondentDec 22, 2023, 10:15 PM", "2023-12-22T22:15:00"),
        ("By Desirée ODec. 18, 2023 9:00 am", "2023-12-18T09:00:00"),
    ],
)
def test_month_glued_to_the_word_before_is_read(line: str, day: str) -> None:
    text = "The council met on Monday to talk about the bridge over the river, and nobody left early. " * 8
    assert read_metadata(parse_text(f"The quay closes for a year\n\n{line}\n\n{text}\n")).published == day


def declared(published: str, modified: str, body: str) -> str | None:
    head = f'<meta property="article:published_time" content="{published}">'
    head += f'<meta name="sailthru.date" content="{published[:19]}">'
    head += f'<meta property="article:modified_time" content="{modified}">'
    text = "<p>" + "The harbour wall fell at night and nobody heard it. " * 9 + "</p>"
    source = f"<html><head>{head}</head><body><h1>The harbour wall has gone</h1>{body}{text}</body></html>"
    return read_metadata(parse_html(source, "https://courier.example/news/wall")).published


def test_a_copy_of_the_moment_without_its_zone_does_not_hide_the_zone_that_is_shown() -> None:
    told = declared("2023-12-23T03:00:46+00:00", "2023-12-23T03:00:46+00:00", "<p>December 22, 2023 10:00 PM</p>")
    assert told == "2023-12-22T22:00:46-05:00"


def test_day_and_month_that_changed_places_are_told_by_the_date_on_the_page() -> None:
    boxes = "".join(f"<div>{text}</div>" for text in ("Share", "Save", "Listen", "Print", "Aa", "Harbour", "Walls"))
    assert declared("2026-09-03", "2026-07-03", f"{boxes}<p>Published March 9, 2026</p>") == "2026-03-09"
    assert declared("2026-03-09", "2026-03-10", f"{boxes}<p>3 September 2026</p>") == "2026-03-09"


def test_a_date_that_a_template_set_at_the_last_change_makes_way_for_an_earlier_one_below_the_byline() -> None:
    byline = "<div>Ann Lee</div><div>Editor</div><div>Harbour</div><div>Share</div><div>August 25, 2024</div>"
    assert declared("2025-06-24", "2025-06-24", byline) == "2024-08-25"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1 محرم 1446", "2024-07-07"),
        ("١٥ رمضان ١٤٤٥ هـ", "2024-03-25"),
        ("15/09/1445هـ", "2024-03-25"),
        ("1445/9/15 هـ", "2024-03-25"),
        ("1 Muharram 1440", "2018-09-11"),
        ("1 شوال 1444هـ", "2023-04-21"),
        ("15 رمضان 1445 الموافق 26 مارس 2024", "2024-03-26"),
        ("30 رجب 1399", None),
        ("31 رجب 1445", None),
        ("14 พฤศจิกายน พ.ศ. 2561", "2018-11-14"),
    ],
)
def test_the_lunar_year_and_the_era_before_a_year_are_read(written: str, day: str | None) -> None:
    assert find_date(written) == day
