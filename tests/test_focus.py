"""Which lines of a flattened text are looked at, and what their words are worth."""

from __future__ import annotations

from newsclean.flattext.features import REACH, Focus, LineView, Measures, focus_on
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS, line_tokens, split_words, token_columns

SENTENCE = "The geese of Ostby crossed the road before the mayor did."
MENU = "Harbour news"


def view(texts: list[str]) -> LineView:
    total = len(texts)
    return LineView(texts, [""] * total, [0] * total, [1] * total, split_words(texts))


def focus(texts: list[str], headline: int | None = None) -> Focus:
    lines = view(texts)
    return focus_on(lines, Measures(lines), headline)


def test_passes_over_lines_far_from_any_sentence() -> None:
    found = focus([MENU] * 30 + [SENTENCE] + [MENU] * 30)
    assert found.numbers == list(range(30 - REACH, 30 + REACH + 1))
    assert found.view.texts[REACH] == SENTENCE


def test_looks_at_nothing_where_no_line_is_a_sentence() -> None:
    assert focus([MENU] * 40).numbers == []


def test_takes_a_long_line_for_text_whatever_it_ends_with() -> None:
    assert focus(["word " * 40 + "end"]).numbers == [0]


def test_counts_the_lines_in_focus_above_the_headline() -> None:
    texts = [MENU] * 30 + [SENTENCE]
    assert focus(texts, 25).start == 25 - (30 - REACH)
    assert focus(texts, 0).start == 0
    assert focus(texts).start is None


def test_gives_every_column_a_number_for_each_line_in_focus() -> None:
    found = focus([MENU] * 30 + [SENTENCE] * 3 + [MENU] * 30)
    columns = token_columns(found.view, {"geese": 1.0}, 0)
    columns += second_columns(found.view, found.chars, [0.5] * len(found.numbers))
    assert len(columns) == len(TOKEN_COLUMNS) + len(SECOND_COLUMNS)
    assert {len(column) for column in columns} == {len(found.numbers)}


def test_columns_of_no_lines_are_empty() -> None:
    nothing = view([])
    assert all(column == [] for column in token_columns(nothing, {}, 0) + second_columns(nothing, [], []))


def test_sums_what_words_pairs_opening_closing_and_the_whole_line_weigh() -> None:
    weights = {"read": -1.0, "read more": -0.5, "^read more": -2.0, "=read more": -0.25, "more": 0.5}
    columns = dict(zip(TOKEN_COLUMNS, token_columns(view(["Read more", SENTENCE]), weights, 0), strict=True))
    assert columns["tokens"] == [-3.25, 0.0]
    assert columns["token_low"] == [-2.0, 0.0]
    assert columns["token_high"] == [0.5, 0.0]
    assert columns["tokens_1"] == [-3.25, -3.25]


def test_looks_up_numbers_by_their_length_and_words_without_marks() -> None:
    assert split_words(["(Photo: 12 March 2024)"]) == [["photo", "00", "march", "0000"]]


def test_looks_up_pairs_of_letters_where_a_script_has_no_spaces() -> None:
    assert split_words(["東京都知事選挙"])[0][:2] == ["東京", "京都"]


def test_never_looks_up_a_long_line_as_a_whole() -> None:
    assert not any(token.startswith("=") for token in line_tokens(["word"], "word " * 20))
