"""The benchmark that asks of every value whether it stands in its page."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.told import tells_day, untold
from newsclean.model import Metadata

PAGE = '<h1>A bridge of <b>oak</b></h1><p>By Ann Lee</p><script>{"name": "Jos\\u00e9 Gil"}</script><p>4 July 2025</p>'


def test_what_stands_in_the_page_or_its_address_is_told() -> None:
    found = Metadata("A bridge of oak", ("Ann Lee", "José Gil"), "2025-07-04", site="paper.example", tags=("harbour",))
    assert list(untold(found, PAGE, "https://paper.example/harbour/1")) == []


def test_what_stands_nowhere_is_named() -> None:
    found = Metadata("A bridge of steel", ("Bo Ek",), "2019-07-04", tags=("weather",))
    assert [name for name, _ in untold(found, PAGE, "")] == ["title", "author", "tag", "published"]


def test_words_that_stand_apart_are_no_title() -> None:
    found = Metadata("A bridge by Lee of oak", description="oak of A bridge")
    assert [name for name, _ in untold(found, PAGE, "")] == ["title", "description"]


@pytest.mark.parametrize(
    "text",
    [
        "Friday, 4 July 2025",
        "2025-07-04T10:30:00",
        "/20250704/wall",
        "04.07.25",
        "July 4th, 2025",
        '"date": 1751623200',
        "4 juillet 2025",
        "4 กรกฎาคม 2568",
        "2025-07-03T23:10:00Z",
    ],
)
def test_a_day_is_told_in_any_form(text: str) -> None:
    assert tells_day(text, date(2025, 7, 4))


@pytest.mark.parametrize(
    "text", ["July 2025", "4 August 2025", "© 2025, 7 comments", "4 July 2024 and 5,000 words", ""]
)
def test_the_year_alone_tells_no_day(text: str) -> None:
    assert not tells_day(text, date(2025, 7, 4))


def test_a_catalogue_turns_names_round() -> None:
    assert list(untold(Metadata(authors=("Michiel de Jong",)), '<meta content="de Jong, Michiel">', "")) == []
    assert list(untold(Metadata(authors=("Michiel de Ek",)), '<meta content="de Jong, Michiel">', "")) != []
