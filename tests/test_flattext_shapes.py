"""Shapes that a text takes on its way: columns drawn with spaces or boxes, mail, chats, printed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsclean
from newsclean.flattext.columns import read_columns
from newsclean.flattext.lines import join_rows
from newsclean.flattext.rows import cut_rows
from newsclean.flattext.shapes import undo

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
