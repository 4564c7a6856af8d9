"""Texts made to be slow: drawn tables without end, endless lines, one date or name over and over."""

from __future__ import annotations

import time

import pytest

import newsclean
from newsclean.facts import read_metadata
from newsclean.flattext import parse_text
from newsclean.flattext.columns import read_columns
from newsclean.flattext.rows import MAX_ROWS
from tests.pages import SENTENCES

pytestmark = pytest.mark.torture

LINES = 16_000

HOSTILE = {
    "columns without numbers": "goose     river     bridge\n",
    "columns with numbers": "goose     41        bridge\n",
    "box": "│ goose │ river │\n",
    "box of one cell": "│ goose and river │\n",
    "rules in a box": "│ goose │\n├───────┤\n",
    "rules below a row": "-----  -----\n",
    "spaces": " " * 40 + "\n",
    "date": "1 May 2025\n",
    "byline": "By Ann Lee\n",
    "name": "Ann Lee\n",
    "article heads": "1 May 2025\nGeese leave the old river\n"
    + "The council met and agreed on most of it. " * 3
    + "\n",
}


def seconds(text: str) -> float:
    """Return the CPU seconds of the faster of two readings."""
    found = []
    for _ in range(2):
        begin = time.process_time()
        read_metadata(parse_text(text))
        found.append(time.process_time() - begin)
    return min(found)


@pytest.fixture(scope="module")
def plain_seconds() -> float:
    return seconds("".join(f"Menu entry number {n % 977}\n" for n in range(LINES)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_cost_little_more_than_plain_ones(name: str, plain_seconds: float) -> None:
    assert seconds(HOSTILE[name] * (LINES // HOSTILE[name].count("\n"))) < 6 * plain_seconds + 0.2


@pytest.mark.parametrize("unit", ["geese  ", "• a ", "Geese © 2025. ", "Advertisement. "])
def test_an_endless_line_is_cut_into_a_bounded_number_of_pieces(unit: str) -> None:
    page = parse_text(unit * (3_000_000 // len(unit)))
    assert len(page.blocks) <= MAX_ROWS + 1_500
    assert page.blocks[-1].text.endswith(unit.strip())


def test_the_text_of_a_verdict_has_no_control_characters() -> None:
    text = "\n\n".join([f"\x9b31m\u202e{sentence}\ufffe" for sentence in SENTENCES])
    article = newsclean.convert(text, options=newsclean.Options(input_kind="text"))
    assert all(verdict.text.isprintable() for verdict in article.verdicts)


def test_a_table_may_begin_below_rows_without_numbers() -> None:
    heads = ["goose     river"] * 30
    counts = [f"goose     {n:5}" for n in range(20)]
    read = read_columns(heads + counts)
    assert read[-1] == "goose\t19"
    assert read[0] == heads[0]


def test_a_cell_as_long_as_a_paragraph_makes_a_row_a_text() -> None:
    note = "The pier was rebuilt before the storms came. " * 6
    page = parse_text(f"The harbour council met on the old ferry pier.\n\nNote\t{note}\n\nShort\tcells\n")
    assert [len(page.blocks), len(page.view.texts)] == [3, 3]
    assert page.blocks[1].text == f"Note {note}".strip()
    assert newsclean.convert(page.source).text.count("The pier was rebuilt") == 6


def test_a_row_past_any_width_is_no_table() -> None:
    for row in ("goose  41  " * 1_000, "│ goose " * 1_000 + "│"):
        assert read_columns([row] * 5) == [row] * 5
