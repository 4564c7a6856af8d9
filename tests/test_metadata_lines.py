"""Metadata of flattened pages: what the lines around the headline say, in many languages. All names are invented."""

from __future__ import annotations

import pytest

from newsclean.facts import read_metadata
from newsclean.flattext import parse_text

BODY = (
    "The geese of Ostby came back on Tuesday, two weeks earlier than in any year since the harbour master began his "
    "list, and took their old places on the pier before the first ferry left for the island.\n\n"
    "The harbour master, who counts them every morning before he counts the ships, said that the geese were never "
    "late. He has promised the council a report for the spring.\n\n"
    "Nobody can tell whether the birds mean to stay. The school in Ostby has asked its pupils to draw what they have "
    "seen and to hang the drawings in the window of the library."
)
TITLE = "Geese of Ostby come back two weeks early"


def page(*labels: str) -> str:
    above = "• Home\n• News\n• Sport\n• Letters\n\n"
    return above + TITLE + "\n\n" + "\n".join(labels) + "\n\n" + BODY + "\n\n© 2025 Ostby Post\n"


def test_takes_the_headline_for_the_title() -> None:
    assert read_metadata(parse_text(page("By Ida Brekke"))).title == TITLE


def test_says_where_it_found_what() -> None:
    found = dict(read_metadata(parse_text(page("By Ida Brekke", "4 July 2025"))).found_in)
    assert found["title"] == "headline"
    assert found["language"] == "words of the body"
    assert set(found) == {"title", "authors", "published", "language"}


def test_passes_the_address_on() -> None:
    assert read_metadata(parse_text(page(), url="https://ostby.example/geese")).source == "https://ostby.example/geese"


def test_knows_nothing_of_an_empty_text() -> None:
    metadata = read_metadata(parse_text(""))
    assert (metadata.title, metadata.authors, metadata.published) == (None, (), None)


@pytest.mark.parametrize(
    ("label", "date"),
    [
        ("Posted on 4 July 2025 By idabrekke", "2025-07-04"),
        ("Veröffentlicht am 4. Juli 2025", "2025-07-04"),
        ("Publié le 4 juillet 2025", "2025-07-04"),
        ("Publicado el 4 de julio de 2025", "2025-07-04"),
        ("4 de julho de 2025", "2025-07-04"),
        ("Pubblicato il 4 luglio 2025", "2025-07-04"),
        ("4 juli 2025", "2025-07-04"),
        ("4 lipca 2025", "2025-07-04"),
        ("4. července 2025", "2025-07-04"),
        ("4 июля 2025", "2025-07-04"),
        ("4 липня 2025", "2025-07-04"),
        ("4 Temmuz 2025", "2025-07-04"),
        ("2025年7月4日", "2025-07-04"),
        ("2025년 7월 4일", "2025-07-04"),
        ("4 يوليو 2025", "2025-07-04"),
        ("4. heinäkuuta 2025", "2025-07-04"),
        ("4 Ιουλίου 2025", "2025-07-04"),
        ("ngày 4 tháng 7 năm 2025", "2025-07-04"),
    ],
)
def test_reads_the_date_line(label: str, date: str) -> None:
    assert read_metadata(parse_text(page(label))).published == date


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("By Ida Brekke", ("Ida Brekke",)),
        ("By Ida Brekke and Pim Adeyemi", ("Ida Brekke", "Pim Adeyemi")),
        ("Von Ida Brekke", ("Ida Brekke",)),
        ("Par Ida Brekke", ("Ida Brekke",)),
        ("Por Ida Brekke", ("Ida Brekke",)),
        ("4 July 2025 | By Ida Brekke", ("Ida Brekke",)),
        ("Posted on 4 July 2025 By idabrekke", ("idabrekke",)),
    ],
)
def test_reads_the_byline(label: str, names: tuple[str, ...]) -> None:
    assert read_metadata(parse_text(page(label))).authors == names


def test_prefers_the_first_date_to_that_of_a_change() -> None:
    assert read_metadata(parse_text(page("Updated: 9 July 2025", "4 July 2025"))).published == "2025-07-04"
