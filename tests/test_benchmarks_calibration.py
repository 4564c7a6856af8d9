"""The table of the confidence: how many pages were right in each band of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import quality
from benchmarks.calibration import calibration, table
from benchmarks.run import Result
from benchmarks.scores import Tally
from tests.pages import SENTENCES, article_page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def result(body: float, confidence: float | None, kind: str = "html") -> Result:
    tally = Tally(pages=1, word_f1=body, word_pages=1)
    return Result("n4k-dev", "a", "a.example", "", "", tally, 0.1, False, None, kind, confidence)


def test_bands_hold_the_share_of_right_pages_and_the_mean() -> None:
    rows = [line.split() for line in table([(0.95, 0.99), (0.9, 0.8), (0.2, 0.3)])]
    assert rows[1:] == [["0.9", "2", "0.925", "0.500", "0.895"], ["0.0", "1", "0.200", "0.000", "0.300"]]


def test_html_and_text_have_a_table_each_and_pages_without_confidence_none() -> None:
    lines = list(calibration([result(1.0, 0.9), result(1.0, None), result(0.5, 0.4, "text")]))
    assert [line for line in lines if "confidence," in line] == [
        "\nconfidence, html: 1 pages",
        "\nconfidence, text: 1 pages",
    ]


def test_quality_prints_the_calibration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n4k-dev" / "pages").mkdir(parents=True)
    (tmp_path / "n4k-dev" / "pages" / "a.html").write_text(article_page(), encoding="utf-8")
    gold = {"id": "a", "url": None, "text": "\n".join(SENTENCES)}
    (tmp_path / "n4k-dev" / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    assert quality.main(["--corpora", str(tmp_path), "--jobs", "1"]) == 0
    assert "confidence, html: 1 pages" in capsys.readouterr().out
