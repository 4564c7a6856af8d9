"""The comparison of shipped site rules with the voters alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import rules
from tests.cases import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

CASE = FIXTURES / "sites" / "healthline.com" / "guide"
TEXT = (CASE / "expected.md").read_text("utf-8").partition("# A Guide to Sea Air")[2]
AFFILIATES = "We include products that we think are useful for our readers."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A corpus of the page of a shipped rule's case, and a page of a site that has no rule."""
    pages = tmp_path / "wcxb-dev" / "pages"
    pages.mkdir(parents=True)
    source = (CASE / "page.html").read_text("utf-8")
    (pages / "a.html").write_text(source, "utf-8")
    (pages / "b.html").write_text(source.replace("healthline.com", "unruled.example"), "utf-8")
    return tmp_path


def write_gold(corpora: Path, text: str, **fields: str) -> None:
    lines = [json.dumps({"id": name, "url": None, "text": text, **fields}) for name in "ab"]
    (corpora / "wcxb-dev" / "gold.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def test_rule_that_gains_passes_and_shows_both_scores(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(corpora, TEXT, title="A Guide to Sea Air")
    assert rules.main(["--corpora", str(corpora)]) == 0
    printed = capsys.readouterr().out
    row = next(line for line in printed.splitlines() if line.startswith("healthline.com"))
    pages, *scores = row.split()[1:]
    alone, ruled = float(scores[0]), float(scores[1])
    assert pages == "1"
    assert alone < ruled
    assert scores[4:] == ["1.000", "1.000"]
    assert "unruled" not in printed
    assert "1 rules, 1 pages" in printed


def test_rule_that_loses_fails_by_name(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(corpora, AFFILIATES)
    assert rules.main(["--corpora", str(corpora), "healthline.com"]) == 1
    assert "loses: healthline.com" in capsys.readouterr().out


def test_other_hosts_are_left_out_where_some_are_named(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(corpora, AFFILIATES)
    assert rules.main(["--corpora", str(corpora), "arxiv.org"]) == 0
    assert "0 rules, 0 pages" in capsys.readouterr().out


def test_missing_corpora_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rules.main(["--corpora", str(tmp_path)]) == 0
    assert "skipped: wcxb-dev" in capsys.readouterr().out
