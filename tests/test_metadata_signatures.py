"""Authors of flattened pages: bylines and lines that are a name, in many languages. All names are invented."""

from __future__ import annotations

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.signatures import byline_names, lone_names, unglued
from newsclean.flattext import parse_text
from newsclean.lexicon.persons import is_given_name
from tests.test_metadata_lines import page


def authors(*labels: str) -> tuple[str, ...]:
    return read_metadata(parse_text(page(*labels))).authors


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("Ida Brekke", "4 July 2025"),
        ("Jürgen Tannhuber", "4. Juli 2025"),
        ("Élodie Marchepied", "4 juillet 2025"),
        ("Almudena Roscales", "4 de julio de 2025"),
        ("Gonçalo Vilarinho", "4 de julho de 2025"),
        ("Ilaria Sottocasa", "4 luglio 2025"),
        ("Marloes van der Weide", "4 juli 2025"),
        ("Łukasz Brzozowicz", "4 lipca 2025"),
        ("Zdeněk Potůčník", "4. července 2025"),
        ("Zsófia Kertváros", "2025. július 4."),
        ("Raluca Codreanca", "4 iulie 2025"),
        ("Gülşah Yelkenci", "4 Temmuz 2025"),
        ("Ярослав Вербовий", "4 липня 2025"),
        ("Дарья Заозёрная", "4 июля 2025"),
        ("Десислава Върбова", "4 юли 2025"),
        ("Δήμητρα Καραβίδου", "4 Ιουλίου 2025"),
        ("ياسمين البحيري", "4 يوليو 2025"),
        ("דפנה אלמוגי", "4 ביולי 2025"),
        ("दीपिका सागरवाल", "4 जुलाई 2025"),
        ("Tuomas Järvelin", "4. heinäkuuta 2025"),
        ("Siyabonga Ntshele", "4 July 2025"),
        ("Chidinma Okparaugo", "4 July 2025"),
    ],
)
def test_takes_a_name_beside_the_date_for_the_author(name: str, date: str) -> None:
    assert authors(name, date) == (name,)
    assert authors(date, name) == (name,)
    assert authors(f"{name} | {date}") == (name,)


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("By Ida BrekkePublished: 4 July 2025", ("Ida Brekke",)),
        ("By Ida Brekke4 July 2025", ("Ida Brekke",)),
        ("ByIda Brekke", ("Ida Brekke",)),
        ("By Ida Brekke on 4 July 2025", ("Ida Brekke",)),
        ("By Ida Brekke | ida@ostby.example | Ostby Daily News", ("Ida Brekke",)),
        ("By Ida Brekke, Ostby Express", ("Ida Brekke",)),
        ("By Ida Brekke and Tarjei Ytterøy", ("Ida Brekke", "Tarjei Ytterøy")),
        ("By Ida Brekke Ostby News", ("Ida Brekke",)),
        ("Portrait of Ida Brekke By Ida Brekke", ("Ida Brekke",)),
        ("Written by: Ida Brekke Ida Brekke", ("Ida Brekke",)),
        ("by University of Ostby", ("University of Ostby",)),
    ],
)
def test_reads_a_byline_that_lost_its_breaks(label: str, names: tuple[str, ...]) -> None:
    assert authors(label) == names


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Ida Brekke · 6 min read", ("Ida Brekke",)),
        ("Ida Brekke Ida Brekke4 July 2025", ("Ida Brekke",)),
        ("Ida Brekke, Senior Reporter", ("Ida Brekke",)),
        ("Ida Brekke 2 months ago", ("Ida Brekke",)),
        ("Ida Brekke@idabrekke", ("Ida Brekke",)),
        ("Ida Brekke's avatar", ("Ida Brekke",)),
        ("[ida-brekke.jpg] Ida Brekke", ("Ida Brekke",)),
        ("Дарья Лесная Ярослав Вербовий 4 июля 2025", ("Дарья Лесная", "Ярослав Вербовий")),
        ("Food · Ida Brekke · 4 July 2025", ("Ida Brekke",)),
        ("The geese sleep on the pier.", ()),
        ("Read more", ()),
    ],
)
def test_reads_the_names_of_a_line_that_is_a_name(label: str, names: tuple[str, ...]) -> None:
    assert lone_names(label) == names


def test_a_name_may_stand_in_the_line_after_its_label() -> None:
    assert authors("By", "Ida Brekke", "Share") == ("Ida Brekke",)
    assert authors("Autor:", "Łukasz Brzozowicz") == ("Łukasz Brzozowicz",)


@pytest.mark.parametrize(
    "label",
    [
        "Photo by Ida Brekke",
        "Reviewed by Ida Brekke",
        "Foto: Ida Brekke",
        "Image by Ida Brekke / Getty",
        "Powered by Ida",
    ],
)
def test_who_made_the_picture_or_checked_the_text_is_no_author(label: str) -> None:
    assert byline_names(label) == ()
    assert authors(label, "By Pim Adeyemi") == ("Pim Adeyemi",)


@pytest.mark.parametrize("label", ["Local News", "Real Estate", "Harbour Life", "Ostby Bay", "Climate Change"])
def test_a_section_beside_the_date_is_no_author_of_the_menu_either(label: str) -> None:
    assert authors("Share", label) == ()


def test_who_the_headline_speaks_of_is_not_its_author() -> None:
    title = "Ida Brekke wins the Ostby regatta for the ninth time"
    text = page("Ida Brekke", "4 July 2025").replace("Geese of Ostby come back two weeks early", title)
    assert read_metadata(parse_text(text)).authors == ()


def test_two_authors_may_stand_in_lines_of_their_own() -> None:
    assert authors("Ida Brekke", "Tuomas Järvelin", "4 July 2025") == ("Ida Brekke", "Tuomas Järvelin")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Ida McBride", "Ida McBride"),
        ("Ida BrekkeUpdated 4 July", "Ida Brekke | Updated 4 July"),
        ("4 July 20255 July 2025", "4 July 2025 | 5 July 2025"),
        ("ShawnHymel", "ShawnHymel"),
    ],
)
def test_breaks_what_ran_together(text: str, broken: str) -> None:
    assert unglued(text) == broken


@pytest.mark.parametrize(
    ("labels", "date"),
    [
        (("Updated 9 July 2025 Originally published 4 July 2025",), "2025-07-04"),
        (("4 July 20259 July 2025",), "2025-07-04"),
        (("Fr 04.07.25 | 14:07 Uhr | Von Ida Brekke",), "2025-07-04T14:07:00"),
        (
            ("The geese on the pier on 2 May 2023, two weeks after the ferry had left for the island.", "4 July 2025"),
            "2025-07-04",
        ),
    ],
)
def test_reads_the_date_line_that_dates_the_article(labels: tuple[str, ...], date: str) -> None:
    assert (read_metadata(parse_text(page(*labels))).published or "")[: len(date)][:10] == date[:10]


@pytest.mark.parametrize("name", ["JÜRGEN", "Jürgen", "jurgen", "Łukasz", "İrem", "Jean-Luc", "Дарья", "דפנה"])
def test_knows_given_names_whatever_case_and_accents(name: str) -> None:
    assert is_given_name(name)


def test_a_long_line_of_capitals_costs_no_time() -> None:
    line = "Aa" * 60_000
    assert unglued(line)
    assert byline_names("By " + line) == ()
    assert lone_names("Ab " * 40_000) == ()


def test_a_rare_name_signs_where_it_stands_alone_twice_and_has_a_date() -> None:
    once = page("Zhuvanka Mirnych", "4 July 2025")
    assert read_metadata(parse_text(f"{once}\n\nZhuvanka Mirnych\n\nShe writes about walls.")).authors == (
        "Zhuvanka Mirnych",
    )


def test_a_given_name_alone_signs_beside_a_date() -> None:
    assert authors("Ronja", "4 July 2025") == ("Ronja",)
    assert authors("Ronja", "Harbour") == ()


def test_a_button_is_no_author_beside_one() -> None:
    assert authors("Share Story", "Ida Brekke | 4 July 2025") == ("Ida Brekke",)


def test_a_surname_with_particles_stays_whole() -> None:
    assert authors("Ann Van Der Fort Harbour Courier", "4 July 2025") == ("Ann Van Der Fort",)


def test_an_agency_or_a_user_of_one_word_signs_where_nobody_else_does() -> None:
    assert authors("AFP") == ("AFP",)
    assert authors("Posted by bluebird on Friday July 4, 2025 @08:00PM from the harbour") == ("bluebird",)
    assert authors("AFP", "By Ann Lee") == ("Ann Lee",)
