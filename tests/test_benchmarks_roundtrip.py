"""The round trip's report: what holds, what does not, and where it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import roundtrip
from benchmarks.roundtrip import Reading, first_difference

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_same_blocks_do_not_differ() -> None:
    assert first_difference([("paragraph", "x"), ("divider",)], [("paragraph", "x"), ("divider",)]) is None


def test_difference_names_block_and_place() -> None:
    long = "a" * 500
    found = first_difference([("divider",), long + "*b*"], [("divider",), long + "b"]) or ""
    assert found.startswith("block 1\n")
    assert "*b*" in found
    assert len(found) < 400


def test_a_missing_block_is_a_difference() -> None:
    assert "None" in (first_difference([("divider",)], []) or "")


def test_report_counts_pages_that_hold_and_shows_the_others() -> None:
    readings = [Reading("n4k-dev", "a", None), Reading("n4k-dev", "b", "block 3"), Reading("n4k-dev", "c", None, True)]
    lines = list(roundtrip.report([*readings, Reading("n4k-dev", "d", "block 4")], shown=1))
    assert lines[0].split() == ["n4k-dev", "1", "of", "3", "hold,", "1", "without", "an", "article"]
    assert lines[1:] == ["\nn4k-dev/b: block 3", "\n… and 1 more: d"]


def test_says_so_where_corpora_are_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roundtrip.main(["--corpora", str(tmp_path)]) == 0
    assert "skipped: n4k-dev" in capsys.readouterr().out
