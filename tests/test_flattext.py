"""Flattened text → lines, links, roles and tree, one behaviour a test. All texts are invented."""

from __future__ import annotations

import textwrap
import time

import pytest

from newsclean.flattext import TextPage, parse_text, segment
from newsclean.flattext.lines import join_rows, wrap_width
from newsclean.flattext.rows import MAX_ROWS, cut_rows

PROSE = (
    "The harbour master of Ostby counts the geese every morning before he counts the ships, because the "
    "geese, he says, are never late. On Tuesday there were forty-one of them, two more than in the week "
    "before, and nobody could tell where the two had come from or whether they meant to stay."
)
MORE = (
    "The council has asked him for a report. He has promised one for the spring, when the geese leave and "
    "there is time to sit down, and until then he keeps a list in pencil on the door of his hut, where "
    "everybody who buys fish can read it and add what they have seen."
)


def texts(source: str) -> list[str]:
    return [line.text for line in join_rows(cut_rows(source))]


def shown(source: str) -> list[str]:
    return [inline.text for inline in segment(source)[1]]


def tags(page: TextPage) -> list[str]:
    return [page.nodes[block.node].tag for block in page.blocks]


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_joins_wrapped_paragraphs_at_any_width(width: int) -> None:
    source = "\n\n".join(textwrap.fill(part, width) for part in (PROSE, MORE))
    assert texts(source) == [PROSE, MORE]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_knows_line_endings_of_all_kinds(ending: str) -> None:
    assert texts(f"{PROSE}{ending}{ending}{MORE}") == [PROSE, MORE]


def test_takes_a_form_feed_for_a_blank_line() -> None:
    assert [line.gap for line in join_rows(cut_rows(f"{PROSE}\f{MORE}"))] == [0, 1]


def test_keeps_one_paragraph_a_line_apart() -> None:
    assert texts(f"{PROSE}\n{MORE}\n{PROSE}") == [PROSE, MORE, PROSE]


def test_finds_no_width_in_a_list_of_titles() -> None:
    titles = "\n".join(f"Goose number {n} is seen at the pier of Ostby{'!' * (n % 5)}" for n in range(40))
    assert wrap_width(cut_rows(titles)) is None


def test_joins_bullets_that_hang() -> None:
    item = textwrap.fill(PROSE, 60, initial_indent="  * ", subsequent_indent="    ")
    lines = join_rows(cut_rows("\n".join([textwrap.fill(MORE, 60), "", item, item])))
    assert [line.text for line in lines] == [MORE, PROSE, PROSE]
    assert [line.bullet for line in lines] == ["", "*", "*"]


def test_makes_divided_words_whole() -> None:
    rows = [
        "The old lighthouse keeper counted the light-",
        "houses along the coast and found that elev-",
        "en of them were still in use this winter, an",
        "increase that surprised the whole commun-",
        "ity of keepers who had met for their anni-",
        "versary on the island of Hesten in autumn.",
    ]
    joined = " ".join(texts("\n".join(rows)))
    assert "eleven of them" in joined
    assert "community of keepers" in joined


def test_keeps_the_hyphen_of_a_compound_that_ends_a_row() -> None:
    source = textwrap.fill(PROSE.replace("harbour master", "well-known harbour-master") + " " + MORE, 60)
    assert texts(source) == [PROSE.replace("harbour master", "well-known harbour-master") + " " + MORE]


def test_does_not_take_the_day_of_a_date_for_a_bullet() -> None:
    (line,) = join_rows(cut_rows("4. Juli 2025"))
    assert (line.bullet, line.text) == ("", "4. Juli 2025")


def test_takes_numbers_in_order_for_a_list() -> None:
    lines = join_rows(cut_rows("1. Bread\n2. Butter\n3. Geese"))
    assert [line.bullet for line in lines] == ["1.", "2.", "3."]


def test_keeps_the_dash_of_a_dialogue() -> None:
    assert texts(f"{PROSE}\n\n– Nobody asked the geese, he said.\n\n{MORE}")[1] == "– Nobody asked the geese, he said."


def test_drops_form_left_overs() -> None:
    assert shown("(BUTTON) Menu\n[ ] Search\n____________\n[X] Remember me") == ["Menu", "Search", "Remember me"]


def test_drops_terminal_codes() -> None:
    assert texts("\x1b[1mBold\x1b[0m geese\nT\x08The bell") == ["Bold geese", "The bell"]


def test_takes_reference_marks_for_links() -> None:
    page = parse_text(
        f"   [1]News\n\n{PROSE.replace('the geese, he', '[2]the geese, he')}\n\nReferences\n\n"
        "   1. https://ostby.example/news\n   2. https://ostby.example/geese\n"
    )
    assert [a.get("href") for a in page.root.iter("a")] == ["https://ostby.example/news", "https://ostby.example/geese"]
    assert [a.text for a in page.root.iter("a")] == ["News", "the geese"]
    assert page.blocks[-1].text == PROSE


def test_keeps_numbers_in_brackets_without_a_list_of_references() -> None:
    assert shown(PROSE.replace("geese,", "geese[1],", 1)) == [PROSE.replace("geese,", "geese[1],", 1)]


def test_reads_markdown_links_and_headings() -> None:
    page = parse_text(f"# Geese of Ostby\n\n{PROSE.replace('Ostby', '[Ostby](https://ostby.example/)')}\n")
    assert [a.get("href") for a in page.root.iter("a")] == ["https://ostby.example/"]
    assert [block.text for block in page.blocks] == ["Geese of Ostby", PROSE]
    assert tags(page)[0] == "h1"


def test_takes_tabs_for_table_cells() -> None:
    page = parse_text(f"{PROSE}\n\nMonth\tGeese\nMarch\t41\nApril\t43\n\n{MORE}")
    assert tags(page) == ["p", "tr", "tr", "tr", "p"]
    assert page.blocks[1].text == "Month\tGeese"


def test_nests_lists_by_indent() -> None:
    page = parse_text("* Birds\n  + Geese\n  + Gulls\n* Ships")
    (outer,) = page.root.findall("body/ul")
    assert [item.text for item in outer.findall("li")] == ["Birds", "Ships"]
    assert [item.text for item in outer.findall("li/ul/li")] == ["Geese", "Gulls"]


def test_has_one_block_a_line_in_order() -> None:
    page = parse_text(f"* Menu\n* Search\n\nGeese of Ostby\n\n{PROSE}\n\n1. One\n2. Two\n\nA\tB\nC\tD\n\n{MORE}")
    assert [" ".join(b.text.split()) for b in page.blocks] == [" ".join(text.split()) for text in page.view.texts]
    assert set(page.roles) == set(range(len(page.blocks)))


@pytest.mark.parametrize("source", ["", " \n\t\n", "\x00", "____\n***\n", "\ud800"])
def test_gives_no_block_for_a_text_without_words(source: str) -> None:
    assert parse_text(source).blocks == []


@pytest.mark.torture
def test_joins_what_follows_a_bounded_number_of_rows() -> None:
    page = parse_text("".join(f"Menu entry number {n}\n" for n in range(MAX_ROWS + 5_000)))
    assert len(page.blocks) < MAX_ROWS + 100
    assert page.blocks[-1].text.endswith(f"Menu entry number {MAX_ROWS + 4_999}")


@pytest.mark.torture
@pytest.mark.parametrize("piece", ["[", "[1]a ", "[a](", "<a ", "_", "* ", "> ", "a-\n", "1. a\n", "\t", "\x1b["])
def test_takes_linear_time_on_hostile_text(piece: str) -> None:
    begin = time.process_time()
    parse_text(piece * 200_000 + "\n\n1. https://a.example/\n")
    assert time.process_time() - begin < 10
