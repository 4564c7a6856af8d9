"""benchmarks.lossless: what it reports of pages that hold and of one that does not. Invented data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import newsclean.build
from benchmarks import lossless
from benchmarks.lossless import Reading

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SENTENCE = "The harbour master keeps a log of every tide, and every ship that waits for one, since 1874."


def test_run_counts_the_pages_that_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "n4k-dev"
    (corpus / "pages").mkdir(parents=True)
    (corpus / "pages" / "log.html").write_text(f"<body><article><p>{SENTENCE}</p></article></body>", "utf-8")
    (corpus / "gold.jsonl").write_text(json.dumps({"id": "log", "text": SENTENCE}) + "\n", "utf-8")
    assert lossless.main(["--corpora", str(tmp_path), "--corpus", "n4k-dev", "--jobs", "1"]) == 0
    assert "1 of     1 hold" in capsys.readouterr().out


def test_report_names_the_pages_that_lose_text() -> None:
    readings = [Reading("c", "good", (), 0.001), Reading("c", "bad", ('text lost: "a"',), 0.003)]
    assert list(lossless.report([*readings, Reading("c", "none", (), 0.0, empty=True)], 5)) == [
        "c                     1 of     2 hold, check 2.00 ms a page",
        'c/bad: text lost: "a"',
    ]


def test_check_is_the_one_that_build_calls() -> None:
    assert vars(newsclean.build)["check"] is importlib_check()


def importlib_check() -> object:
    """Return the check that the benchmark times."""
    from newsclean.build.lossless import check

    return check
