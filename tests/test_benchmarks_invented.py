"""Fixtures against the corpora: copied texts are told from invented ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import invented

if TYPE_CHECKING:
    from pathlib import Path

COPIED = "The ferry to the island left an hour late on Monday with forty passengers and two goats aboard."
SET_PHRASE = "All rights reserved by the owners of this page."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    pages = tmp_path / "corpora" / "n4k-dev" / "pages"
    pages.mkdir(parents=True)
    (pages / "a.html").write_text(f"<script>var x</script><p>{COPIED}</p><p>{SET_PHRASE}</p>", "utf-8")
    (pages.parent / "gold.jsonl").write_text(json.dumps({"id": "a", "text": COPIED}) + "\n", "utf-8")
    return tmp_path / "corpora"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (COPIED, 1),
        (COPIED.upper().replace(" ", "<wbr> "), 1),
        (SET_PHRASE, 0),
        ("A ferry left late with goats. The island saw it on Monday, an hour after forty passengers had gone.", 0),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", 0),
    ],
)
def test_tells_copied_fixtures_from_invented_ones(corpora: Path, tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "fixtures" / "one").mkdir(parents=True)
    (tmp_path / "fixtures" / "one" / "page.html").write_text(f"<p>{text}</p>", "utf-8")
    assert invented.main(["--corpora", str(corpora), "--fixtures", str(tmp_path / "fixtures")]) == status


def test_fails_where_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    assert invented.main(["--corpora", str(tmp_path)]) == 1
