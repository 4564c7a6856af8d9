"""What is looked at first, so that dear steps run only where they find something, says what those would find."""

from __future__ import annotations

import re

import pytest

from newsclean.build.formulas import may_spell, split_formulas
from newsclean.facts.bylines import _BYLINE_RE, _is_named_byline
from newsclean.facts.datelines import _DATE_CLASS_RE, _is_named_date
from newsclean.markup.beacons import _BEACON_RE, _PLACEHOLDER_RE, holds_place, is_beacon
from newsclean.markup.pictures import _COUNTER_RE, counts_pictures
from newsclean.page.names import MAX_NAMES, finder
from newsclean.page.scripts import read_json
from newsclean.page.tree import LONG_TAG, _long_stretches
from newsclean.page.tree.notes import _TYPED, _TYPED_RE
from newsclean.page.tree.typed import _mark
from newsclean.words import compared, letters_only

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


ADDRESSES = [
    "https://example.org/Spacer.GIF",
    "https://b.scorecardresearch.com/p?c1=2",
    "https://example.org/pixel?x=1",
    "https://example.org/pixel-art.jpg",
    "https://www.facebook.com/tr?id=1",
    "https://example.org/harbour.jpg",
    "https://example.org/lazyload-small.gif",
    "https://example.org/Ajax-Loader.gif",
    "https://example.org/grey_16x9.png",
    "https://example.org/grapes.png",
    "https://example.org/spinner.svg",
    "https://example.org/blank_1.gif",
    "https://rcm.amazon-adsystem.com/e/cm",
    "https://feeds.feedburner.com/~r/ferry",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_known_by_their_words_as_by_the_patterns(address: str) -> None:
    assert is_beacon(address) == bool(_BEACON_RE.search(address))
    assert holds_place(address) == bool(_PLACEHOLDER_RE.search(address))


@pytest.mark.parametrize(
    "names",
    """ByLine story__by-line entry-author Auteur autor_name writers Verfasser contributors szerző szerzo yazar aut
    article-signature journalist ferry timeline standby entry-date dateModified fooDate pubdate age teenage date-line
    posted-on data-x meta fecha datum metadata""".split(),
)
def test_names_are_known_by_their_words_as_by_the_patterns(names: str) -> None:
    assert _is_named_byline(names) == bool(_BYLINE_RE.search(names))
    assert _is_named_date(names) == bool(_DATE_CLASS_RE.search(names))


@pytest.mark.parametrize(
    "text", ["3 / 14", "Photo 3 of 14", "1/5枚", "1/5枚 »»»", "3 of a kind", "14", "Photo of 3 men", ""]
)
def test_counters_are_known_by_their_digits_as_by_the_pattern(text: str) -> None:
    assert counts_pictures(text) == bool(_COUNTER_RE.fullmatch(text))


@pytest.mark.parametrize("text", ["Read More!", "Über_uns: 12", "καλημέρα σας", "", "a\x1cb", "漢字、かな"])
def test_words_compare_alike_in_ascii_and_elsewhere(text: str) -> None:
    assert compared(text) == re.sub(r"[\W_]+", " ", text.casefold()).strip()
    assert letters_only(text) == re.sub(r"[\W_]+", "", text.casefold())


@pytest.mark.parametrize(
    ("text", "values"),
    [("{user: 1}", []), ("{'a': 1}", []), ("[{a: 1}]", []), (' ;{"a": 1,}', [{"a": 1}]), ("[true]", [[True]])],
)
def test_what_no_repair_makes_json_of_is_given_up_at_once(text: str, values: list[object]) -> None:
    assert read_json(text) == values
