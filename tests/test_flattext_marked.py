"""Markdown's quotations, code and tables in flattened text, and text without line breaks. All texts are invented."""

from __future__ import annotations

import textwrap

import pytest

from newsclean.flattext import TextPage, parse_text, segment
from newsclean.flattext.glued import split_glued
from newsclean.flattext.rows import cut_rows

TITLE = "The geese of Ostby are counted by hand"
PROSE = (
    "The harbour master of Ostby counts the geese every morning before he counts the ships. They are, says Dr. Ida "
    "Brekke, never late. On Tuesday there were forty-one of them, two more than in the week before. Nobody could tell "
    "where the two had come from or whether they meant to stay."
)
MORE = (
    "The council has asked him for a report. He has promised one for the spring, when the geese leave and there is "
    "time to sit down. Until then he keeps a list in pencil on the door of his hut. Everybody who buys fish can read "
    "it there and add what they have seen."
)
MARKDOWN = f"[Home](/) | [News](/news)\n\n# {TITLE}\n\n{PROSE}\n\n"


def elements(page: TextPage, tag: str) -> list[str]:
    return ["".join(map(str, element.itertext())) for element in page.root.iter(tag)]


def test_reads_a_wrapped_quotation_of_markdown_as_paragraphs() -> None:
    quoted = "\n".join("> " + row for row in textwrap.wrap(MORE, 70))
    page = parse_text(f"{MARKDOWN}{quoted}\n>\n> Nobody laughed.\n\n{MORE}\n")
    assert elements(page, "blockquote") == [MORE + "Nobody laughed."]


def test_ends_a_quotation_where_its_marks_end() -> None:
    page = parse_text(f"{MARKDOWN}> {MORE}\n\n{PROSE}\n\n> Nobody laughed.\n")
    assert elements(page, "blockquote") == [MORE, "Nobody laughed."]


def test_takes_no_quotation_from_text_that_only_mentions_markdown() -> None:
    menu = "\n".join(f"> Section {number} of the paper" for number in range(40))
    assert elements(parse_text(f"{menu}\n\nWrite [label](address) for a link.\n\n{PROSE}\n"), "blockquote") == []


def test_takes_no_quotation_from_the_marks_of_a_merge() -> None:
    page = parse_text(f"{MARKDOWN}>>>>>>> feature\n\n{MORE}\n")
    assert elements(page, "blockquote") == []


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_keeps_the_layout_of_fenced_code(fence: str) -> None:
    code = "def count(geese):\n    # never late\n\n    return len(geese)"
    page = parse_text(f"{MARKDOWN}{fence}python\n{code}\n{fence}\n\n{MORE}\n")
    assert elements(page, "pre") == [code]
    assert [block.text for block in page.blocks][-1] == MORE


def test_takes_a_fence_that_never_closes_for_text() -> None:
    page = parse_text(f"{MARKDOWN}```\n{MORE}\n")
    assert elements(page, "pre") == []
    assert [block.text for block in page.blocks][-1] == MORE


def test_counts_a_block_for_every_line_beside_code_quotes_and_tables() -> None:
    page = parse_text(f"{MARKDOWN}```\na = 1\nb = 2\n```\n> {MORE}\n\nA | B\n---|---\n1 | 2\n\n{MORE}\n")
    assert len(page.blocks) == len(page.view.texts)


def test_reads_a_table_of_markdown() -> None:
    page = parse_text(f"{MARKDOWN}| Month | Geese |\n|:------|------:|\n| July | 41 |\n\n{MORE}\n")
    assert elements(page, "th") == ["Month", "Geese"]
    assert elements(page, "td") == ["July", "41"]


def test_takes_no_table_from_bars_without_a_rule() -> None:
    assert elements(parse_text(f"{MARKDOWN}Privacy | Contact\nTerms | Help\n\n{MORE}\n"), "table") == []


def glued(*parts: str) -> list[str]:
    return [row.text for row in split_glued(cut_rows(" ".join(parts)))]


def test_cuts_text_without_line_breaks_into_paragraphs_at_sentences() -> None:
    rows = glued(PROSE, MORE, PROSE)
    assert " ".join(rows) == " ".join((PROSE, MORE, PROSE))
    assert len(rows) >= 3
    assert all(row.endswith(".") for row in rows)


def test_does_not_cut_after_an_abbreviation() -> None:
    assert not any(row.endswith("Dr.") for row in glued(PROSE, MORE, PROSE, MORE))


def test_finds_a_repeated_headline_and_the_date_in_text_without_line_breaks() -> None:
    rows = glued("Home News Sport", TITLE, "Ostby Post", TITLE, "By Ida Brekke 4 July 2025 10:30", PROSE, MORE, MORE)
    assert rows[:5] == [
        "Home News Sport",
        TITLE,
        "Ostby Post",
        TITLE,
        "By Ida Brekke 4 July 2025 10:30",
    ]
    assert rows[5].startswith("The harbour master")


def test_cuts_ad_markers_and_owners_off_glued_sentences() -> None:
    rows = glued(PROSE, "Advertisement", MORE, "© 2025 Ostby Post.", "All of it.", PROSE)
    assert "Advertisement" in rows
    assert "© 2025 Ostby Post." in rows


def test_takes_wide_spaces_for_the_lost_line_breaks() -> None:
    assert glued("Home  News  Sport", f" {TITLE} ", f" {PROSE}", f" {MORE}") == [
        "Home", "News", "Sport", TITLE, PROSE, MORE,
    ]  # fmt: skip


def test_leaves_a_long_paragraph_among_other_lines_alone() -> None:
    lines = [f"Line {number} of the menu stands here" for number in range(12)]
    source = "\n".join([*lines, f"{PROSE} {MORE} {PROSE} {MORE}", *lines])
    assert len(split_glued(cut_rows(source))) == 25


def test_cuts_chinese_without_line_breaks_at_full_stops() -> None:
    sentence = "云溪镇的老戏台经过一年多修缮，上周末重新开台，五百多名村民冒雨前来观看，许多人带着自家的小板凳。"
    rows = [row.text for row in split_glued(cut_rows(sentence * 12))]
    assert len(rows) > 1
    assert all(row.endswith("。") for row in rows)


def test_segments_an_endless_line_in_linear_time() -> None:
    assert segment(f"{PROSE} " * 4000)


def test_reads_the_references_of_elinks_and_the_width_above_them() -> None:
    rows = textwrap.wrap(f"{MORE} Ask the [1]harbour master, or look at the [2]list, before the geese leave.", 60)
    listed = (
        "References\n\n   Visible links\n   1. The harbour master of Ostby\n\thttps://ostby.example/harbour/"
        + "x" * 90
        + "\n"
        "   2. https://ostby.example/list\n"
    )
    lines, inlines = segment("\n".join([f"{TITLE}\n", *textwrap.wrap(PROSE, 60), "", *rows, "", listed]))
    assert [line.text for line in lines][:2] == [TITLE, PROSE]
    assert len(lines) == 3
    assert [address for _, _, address in inlines[2].links] == [
        "https://ostby.example/harbour/" + "x" * 90,
        "https://ostby.example/list",
    ]


def test_keeps_a_numbered_list_without_addresses_at_the_end() -> None:
    lines, _ = segment(f"{TITLE}\n\n{PROSE}\n\n1. Count the geese\n2. Write it down\n")
    assert [line.text for line in lines][2:] == ["Count the geese", "Write it down"]
