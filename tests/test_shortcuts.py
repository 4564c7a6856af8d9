"""What is looked at first, so that dear steps run only where they find something, says what those would find."""

from __future__ import annotations

import re

import pytest

from newsclean.build.formulas import may_spell, split_formulas
from newsclean.page.names import MAX_NAMES, finder
from newsclean.page.tree import LONG_TAG, _long_stretches
from newsclean.page.tree.notes import _TYPED, _TYPED_RE
from newsclean.page.tree.typed import _mark

STRETCHES = [
    b"",
    b"x" * (LONG_TAG - 1),
    b"x" * LONG_TAG,
    b">" * LONG_TAG,
    b"<p>" + b"x" * (LONG_TAG - 1) + b">",
    b"<p>" + b"x" * LONG_TAG + b">",
    b"x" * (LONG_TAG - 1) + b">" + b"x" * LONG_TAG,
    (b"x" * (LONG_TAG - 1) + b">") * 3,
    (b"x" * 100 + b">") * 500 + b"x" * LONG_TAG + b">",
]


@pytest.mark.parametrize("data", STRETCHES, ids=range(len(STRETCHES)))
def test_long_stretch_is_found_wherever_it_stands(data: bytes) -> None:
    found = [data[start:end] for start, end in _long_stretches(data)]
    assert found == [stretch for stretch in data.split(b">") if len(stretch) >= LONG_TAG]


@pytest.mark.parametrize(
    "text",
    ["plain", "5 $ or 6 $", "a [1] b", r"so \(x^2\) is", "[math]a[/math]", "if $a_4 > 0$, then", "C:\\temp", "$$x$$"],
)
def test_text_that_spells_no_formula_is_one_part(text: str) -> None:
    assert may_spell(text) or split_formulas(text) == [text]


def test_text_with_marks_of_other_things_is_asked_no_further() -> None:
    assert not any(map(may_spell, ("plain", "a [1] b", "C:\\temp", "it costs 5 $")))


def test_class_attribute_is_searched_once_and_no_further_than_its_limit() -> None:
    finds = finder(re.compile(r"(?:^|\s)lead(?:\s|$)"))
    assert finds("big lead")
    assert finds("big lead")
    assert not finds("leading")
    assert not finds("")
    assert not finds(None)
    assert not finds("x" * MAX_NAMES + " lead")


@pytest.mark.parametrize("mark", ["※1", "※ 1", "注1", "註1", "¹"])
def test_typed_mark_begins_with_a_sign_that_is_looked_for(mark: str) -> None:
    data = f"text {mark} text".encode()
    assert _TYPED_RE.search(data)
    assert any(sign in data for sign in _TYPED)


@pytest.mark.parametrize("text", ["• a", "- a", "1. a", "(2) a", "a) b", "(a) b", "① a", "3、a", "  12) a"])
def test_marks_of_items_are_still_read(text: str) -> None:
    assert _mark(text, None) is not None


@pytest.mark.parametrize("text", ["", None, "Text", "ab) c", "  word"])
def test_text_without_a_mark_has_none(text: str | None) -> None:
    assert _mark(text, None) is None
