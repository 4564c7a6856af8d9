"""Shapes that a text takes on its way: columns drawn with spaces or boxes, mail, chats, printed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsclean
from newsclean.flattext.columns import read_columns
from newsclean.flattext.lines import join_rows
from newsclean.flattext.rows import cut_rows, undo

COLUMNS = sorted((Path(__file__).parent.parent / "fixtures" / "columns").iterdir())


@pytest.mark.parametrize("folder", COLUMNS, ids=lambda path: str(path.name))
def test_gives_columns_as_a_table(folder: Path) -> None:
    assert newsclean.convert(folder / "page.txt").markdown == (folder / "expected.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["  Year    Rate", "  2019      41", "  2022      58"], ["  Year\tRate", "  2019\t41", "  2022\t58"]),
        (
            ["Name   Town", "-----------", "Ida    Ostby", "Pim    Fenwick"],
            ["Name\tTown", "Ida\tOstby", "Pim\tFenwick"],
        ),
        (["│Year│Rate│", "├────┼────┤", "│2019│ 41 │"], ["Year\tRate", "2019\t41"]),
    ],
)
def test_finds_the_cells_of_columns(lines: list[str], cells: list[str]) -> None:
    assert [line for line in read_columns(lines) if "\t" in line] == cells


@pytest.mark.parametrize(
    "lines",
    [
        ["Home     News", "Sport    Culture", "Letters  About"],
        ["The geese  came back", "on  Tuesday two  weeks", "early  in the year"],
        ["Nov   18", "Dec   19"],
        ["* Nov  18", "* Nov  19", "* Dec  20"],
    ],
)
def test_leaves_menus_prose_and_lists_as_they_are(lines: list[str]) -> None:
    assert read_columns(lines) == lines


def test_ten_thousand_columns_cost_no_time() -> None:
    assert len(read_columns(["a  " * 30_000, *["1  2  3"] * 20_000])) == 20_001


def test_joins_a_sentence_over_the_pages_of_a_printed_text() -> None:
    text = "Fenwick, No. 7\nthe geese came\n11\n\fFenwick, No. 7\nback early.\n12\n\fFenwick, No. 7\nNobody knew.\n13\n"
    assert [line for line in undo(text).split("\n") if line] == ["the geese came", "back early.", "Nobody knew."]


@pytest.mark.parametrize("text", ["1 = 2\n=\n=\n", "a=3D\nb", "déjà=\nvu=\n=\n=3D"])
def test_leaves_signs_of_equality_alone(text: str) -> None:
    assert undo(text) == text


def test_a_ligature_that_stands_alone_is_spoken_of() -> None:
    assert undo("'ﬁ' in ﬁrst and oﬃce") == "'ﬁ' in first and office"


def test_a_time_in_brackets_inside_a_text_is_no_chat() -> None:
    text = "The log of Tuesday\n[04.07.25, 10:12] Anna: the geese are back\n"
    assert undo(text) == text


@pytest.mark.parametrize("mark", ["\uf0b7", "\uf0a7", "·", "§"])
def test_knows_the_bullets_of_word_processors(mark: str) -> None:
    lines = join_rows(cut_rows(f"{mark}\tthe geese came back early\n{mark}\tnobody in the town knew why\n"))
    assert [(line.bullet, line.text[:5]) for line in lines] == [(mark, "the g"), (mark, "nobod")]


GLUED_BODY = {
    "en": "The old tollhouse will open as a reading room, the borough of Lower Fenwick decided on Thursday. It "
    "has stood empty since the toll was dropped eleven years ago. Two librarians will share the post. The "
    "stove, which the last keeper left lit on his final evening, has been given to the museum of trade. "
    "Readers may bring their own chairs, because the floor carries only thirty at a time. The council "
    "meets on it next week. A petition against the plan has 212 names, more than the islands have "
    "households. Nobody expects it to change the vote.",
    "de": "Der Gemeinderat von Oberlauken hat die Entscheidung zum dritten Mal vertagt. Es fehle noch das "
    "Gutachten zu den Fledermäusen, sagte Bürgermeisterin Irmgard Voss am Dienstagabend. Die Betreiber "
    "rechnen mit zwölf Kabinen und einer Fahrzeit von sieben Minuten. Gegner fürchten um die Ruhe auf dem "
    "Friedhof, über den die Trasse führt. Die nächste Sitzung ist im Mai. Bis dahin bleibt der Steig "
    "gesperrt, den die Vermesser angelegt haben. Wanderer werden über den alten Weg am Bach geleitet. Er "
    "ist steiler, aber im Sommer schattig. Am Bach stehen neue Bänke aus Lärche. Wer sie gestiftet hat, "
    "will die Gemeinde erst im Herbst verraten.",
    "es": "El mercado cubierto abrió ayer sus puertas después de dos años de obras, aunque solo con la mitad de "
    "los puestos. Los demás esperan todavía la licencia del ayuntamiento de Valdearroyo. Las pescaderas "
    "fueron las primeras en llegar y las últimas en encontrar sitio. El suelo nuevo resbala, avisan, y el "
    "hielo tarda más en derretirse. La fuente del patio vuelve a correr desde el martes. Nadie recuerda "
    "cuándo se secó. El alcalde ha prometido bancos para los que esperan el autobús, y sombra. La obra "
    "costó menos de lo previsto. Lo que sobró se gastará en pintar los números de los puestos, que ya "
    "nadie lee.",
}


@pytest.mark.parametrize(
    ("title", "label", "language", "author"),
    [
        ("Tollhouse on Gull Bridge to become a reading room", "By Maren Oakes 4 July 2025", "en", "Maren Oakes"),
        (
            "Tollhouse on Gull Bridge to become a reading room",
            "Posted on 4 July 2025 By Maren Oakes",
            "en",
            "Maren Oakes",
        ),
        ("Rat vertagt Entscheidung zur Seilbahn", "Von Gesine Altmann 4. Juli 2025", "de", "Gesine Altmann"),
        ("El mercado de San Telmo reabre a medias", "Por Lucía Arroyo 4 de julio de 2025", "es", "Lucía Arroyo"),
    ],
)
def test_a_text_of_one_line_has_a_title_without_its_byline(title: str, label: str, language: str, author: str) -> None:
    article = newsclean.convert(f"{title} {label} {GLUED_BODY[language]}")
    assert article.title == title
    assert article.metadata.authors == (author,)
    assert article.metadata.published == "2025-07-04"
    assert article.text.startswith(GLUED_BODY[language][:30])
