"""The benchmark that asks of every value whether it stands in its page."""

from __future__ import annotations

from benchmarks.told import untold
from newsclean.model import Metadata

PAGE = '<h1>A bridge of <b>oak</b></h1><p>By Ann Lee</p><script>{"name": "Jos\\u00e9 Gil"}</script><p>4 July 2025</p>'


def test_what_stands_in_the_page_or_its_address_is_told() -> None:
    found = Metadata("A bridge of oak", ("Ann Lee", "José Gil"), "2025-07-04", site="paper.example", tags=("harbour",))
    assert list(untold(found, PAGE, "https://paper.example/harbour/1")) == []


def test_what_stands_nowhere_is_named() -> None:
    found = Metadata("A bridge of steel", ("Bo Ek",), "2019-07-04", tags=("weather",))
    assert [name for name, _ in untold(found, PAGE, "")] == ["title", "author", "tag", "published"]
