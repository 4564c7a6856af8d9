"""No stage takes more than its share where a page repeats something: what grew faster once, 16 times as long."""

from __future__ import annotations

import pytest

from tests.hostile.inputs import everything
from tests.hostile.linear import steep

INPUTS = everything()


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("an element of a million attributes", 60),  # libxml2 compares each with all before it
        ("many asides", 30),
        ("many links", 240),  # fewer are a list of links, and left out
        ("many headings with text", 30),
        ("many footnotes", 30),
        ("many rows", 60),
        ("text: many article heads", 30),  # convert_all of a newsletter
        ("text: a million '[1],'", 200),  # marks with a comma behind them
        ("text: many names", 60),
    ],
)
def test_time_grows_no_faster_than_the_page(name: str, base: int) -> None:
    assert steep(INPUTS[name], base) == {}
