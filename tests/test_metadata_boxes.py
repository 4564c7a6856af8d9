"""Authors of flattened text and of pages that name them in a box of their own, and bylines beside what is none."""

from __future__ import annotations

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.authorboxes import boxed_author
from newsclean.facts.signatures import byline_names, lone_names
from newsclean.flattext import parse_text
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import JUNK_RE
from newsclean.page.html import parse_html

BODY = "The council met on Monday to talk about the bridge over the river, and nobody left early.\n\n" * 8
BIO = "{} a reporter who has covered the harbour, the fish market and the council of the town for some twenty years."


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Written by Ann Lee"], ("Ann Lee",)),
        (["WRITTEN BY", "", "Shelby Loos, DVM"], ("Shelby Loos",)),
        (["Autorin: Eva Maier"], ("Eva Maier",)),
        (["Geschrieben von Eva Maier"], ("Eva Maier",)),
        (["Écrit par Jean Roux"], ("Jean Roux",)),
        (["Escrito por María Soler"], ("María Soler",)),
        (["Scritto da Anna Conti"], ("Anna Conti",)),
        (["Geschreven door Jan de Vries"], ("Jan de Vries",)),
        (["Skrevet av Kari Moen"], ("Kari Moen",)),
        (["Autor: Jan Kowalski"], ("Jan Kowalski",)),
        (["Автор: Анна Белова"], ("Анна Белова",)),
        (["Автор статті: Олена Коваль"], ("Олена Коваль",)),
        (["Ann Lee", BIO.format("Ann Lee is")], ("Ann Lee",)),
        (["Ann Lee", "Harbour editor", BIO.format("Ann Lee has been")], ("Ann Lee",)),
        (["Anna Lee", BIO.format("Dr. Anna Lee is")], ("Anna Lee",)),
        (["Eva Maier", BIO.format("Eva Maier ist")], ("Eva Maier",)),
        (["Jean Roux", BIO.format("Jean Roux est")], ("Jean Roux",)),
        (["Maria Conti", BIO.format("Maria Conti è")], ("Maria Conti",)),
        (["Written by", "Eliz - Product marketer"], ("Eliz",)),
        (["Posted by", "The Team, edited by Walter"], ("The Team",)),
        (["Text", "Guardrails"], ()),
        # others' stories, things, and what is said of nobody in particular
        (["Written by Ann Lee", "Written by Bo Ek"], ()),
        (["Ann Lee", BIO.format("Ann Lee is"), "Bo Ray", BIO.format("Bo Ray is")], ()),
        (["By Ann Lee"], ()),
        (["Touch Pad", BIO.format("Touch Pad is")], ()),
        (["Ann Lee", BIO.format("The council is")], ()),
        (["Created by Ann Lee"], ()),
        (["The letter was written by Ann Lee"], ()),
        ([], ()),
    ],
)
def test_author_of_a_box_is_taken_where_boxes_name_no_other(lines: list[str], authors: tuple[str, ...]) -> None:
    assert boxed_author(["The bridge opens at last", "Some words of the body.", *lines]) == authors


def test_box_below_a_text_names_its_author_and_says_where() -> None:
    found = read_metadata(parse_text(f"The bridge opens at last\n\n{BODY * 3}\n\nWritten by Ann Lee\n"))
    assert (found.authors, dict(found.found_in)["authors"]) == (("Ann Lee",), "box about the author")


def test_box_below_a_page_names_its_author_where_nothing_else_does() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    box = f"<div><p>Ann Lee</p><p>{BIO.format('Ann Lee is')}</p></div>"
    assert read_metadata(parse_html(f"<h1>The bridge opens at last</h1>{body}{box}")).authors == ("Ann Lee",)
    signed = f"<h1>The bridge opens at last</h1><p>By Bo Ray</p>{body}{box}"
    assert read_metadata(parse_html(signed)).authors == ("Bo Ray",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("May 18, 2023 By Sara Harbour In", ("Sara Harbour",)),
        ("On May 18, 2023 By Gabby BoucherIn Budget Travel, Guides", ("Gabby Boucher",)),
        ("By Shelby Loos, DVM. Reviewed by Molly Price, DVM", ("Shelby Loos",)),
        ("Recipe by Ann Lee", ("Ann Lee",)),
        ("Posted on 4 July 2025 by Ann Lee", ("Ann Lee",)),
        ("Opinion | by Ann Lee", ("Ann Lee",)),
        ("10:30 AM by Ann Lee", ("Ann Lee",)),
        # prose that runs on
        ("The box is an awesome piece of kit by George Quay's company, and it comes loaded with", ()),
        ("Die Partei von Ratschef Christian Hafen ist derzeit im Netz in aller", ()),
        ("Packages of cheese by Coombe Harbour", ()),
        ("La maison de pierre par Jean Roux se trouve au bord de la mer", ()),
        ("It is simple by design", ()),
    ],
)
def test_by_inside_a_line_signs_where_it_is_set_apart(line: str, names: tuple[str, ...]) -> None:
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Birgit Hafen Anna Giulia Fink Jan Michael Damm", ("Birgit Hafen", "Anna Giulia Fink", "Jan Michael Damm")),
        ("James Harbour Jr.", ("James Harbour Jr.",)),
        ("— Matthew Quay (@Matthew_Quay) December 20, 2023", ()),
        ("Credit: Natalie Quay", ()),
        ("Un centro de recepción en el puerto.Foto: Marta Soler (Agencia)", ()),
        ("Join Our Team", ()),
        ("Ann Lee went home.", ()),
    ],
)
def test_line_that_is_a_name(line: str, names: tuple[str, ...]) -> None:
    assert lone_names(line) == names


def test_role_below_a_name_is_no_second_author() -> None:
    found = read_metadata(
        parse_text(f"The bridge opens at last\n\nEmma Whitford\n\nHarbour Staff\n\n4 July 2025\n\n{BODY}")
    )
    assert found.authors == ("Emma Whitford",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("via quaywalker", ("quaywalker",)),
        ("HarbourHD on", ("HarbourHD",)),
        ("Ann Lee’s", ("Ann Lee",)),
        ("Ann Lee's", ("Ann Lee",)),
        ("On Behalf", ()),
        ("Ann Lee Onassis", ("Ann Lee Onassis",)),
    ],
)
def test_word_that_belongs_to_what_stood_beside_a_name_goes(text: str, names: tuple[str, ...]) -> None:
    assert tuple(name for name in clean_names(text) if not JUNK_RE.match(name)) == names


def test_person_of_a_box_beats_an_organisation_that_is_declared() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    head = '<meta name="author" content="Harbour Medicine Association"><title>The bridge opens at last</title>'
    page = f"<head>{head}</head><h1>The bridge opens at last</h1>{body}"
    assert read_metadata(parse_html(page)).authors == ("Harbour Medicine Association",)
    boxed = f"{page}<div><p>Ann Lee</p><p>{BIO.format('Ann Lee is')}</p></div>"
    assert read_metadata(parse_html(boxed)).authors == ("Ann Lee",)
