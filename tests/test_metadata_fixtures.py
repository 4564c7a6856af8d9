"""The invented pages below fixtures/metadata: who wrote them, when, and what they are called, one trait a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import newsclean

FOLDERS = sorted(path.parent for path in Path(__file__).parent.parent.glob("fixtures/metadata/*/page.html"))
DAY = len("2025-07-04")


def test_the_fixtures_speak_25_languages() -> None:
    pages = [(folder / "page.html").read_text("utf-8") for folder in FOLDERS]
    languages = {page.partition('lang="')[2][:2] for page in pages}
    assert len(pages) >= 120
    assert len(languages) >= 25


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_reads_what_the_page_says_of_itself(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    found = newsclean.convert(folder / "page.html").to_dict()
    for name in ("published", "modified"):
        if len(expected.get(name) or "") == DAY and found[name]:
            found[name] = found[name][:DAY]
    assert {name: found[name] for name in expected} == expected
