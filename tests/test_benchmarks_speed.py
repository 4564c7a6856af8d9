"""The speed measurement: fair turns, honest costs, ratios with intervals."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import extractors, speed
from benchmarks.corpora import CorpusPage

if TYPE_CHECKING:
    from collections.abc import Callable

NO_INPUT = Path(os.devnull)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", code]


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
def test_child_cost_counts_time_and_memory_of_the_command_alone() -> None:
    ballast = bytearray(os.urandom(1024)) * 100 * 1024  # this process is larger than the child
    small = speed.run_child(python("pass"), NO_INPUT)
    large = speed.run_child(python("x = b'x' * 64 * 1024 * 1024"), NO_INPUT)
    assert small.peak_bytes < 60 * speed.MEBI < large.peak_bytes < len(ballast)
    busy = speed.run_child(python("import time\nwhile time.process_time() < 0.3: pass"), NO_INPUT)
    assert busy.cpu_s >= 0.3 > small.cpu_s


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
def test_a_command_that_fails_is_an_error_not_a_fast_run() -> None:
    with pytest.raises(RuntimeError, match="status 3"):
        speed.run_child(python("raise SystemExit(3)"), NO_INPUT)


def test_tools_take_turns_and_each_page_counts_its_best_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def job(tool: str, _task: speed.Task) -> Callable[[bytes, str | None], object]:
        return lambda _data, _url: order.append(tool)

    monkeypatch.setattr(speed, "job", job)
    monkeypatch.setattr(speed, "WARM_UP_PAGES", 0)
    pages = [CorpusPage("c", name, tmp_path / name, {}) for name in ("a", "b")]
    for page in pages:
        page.path.write_bytes(b"<p>x")
    costs = speed.measure("find", ["newsclean", "other"], pages, rounds=2)
    assert {tool: len(found) for tool, found in costs.items()} == {"newsclean": 2, "other": 2}
    first_of_each_turn = order[::2]
    assert first_of_each_turn.count("newsclean") == first_of_each_turn.count("other") == 2


def test_ratio_says_how_many_times_as_long_the_peer_took() -> None:
    assert speed.ratio_interval([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) == pytest.approx((2.0, 2.0, 2.0))
    ratio, low, high = speed.ratio_interval([1.0] * 20, [1.0, 3.0] * 10)
    assert ratio == pytest.approx(2.0)
    assert low < 2.0 < high


def test_both_tasks_are_timed_for_each_corpus_and_for_all_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "pages").mkdir(parents=True)
        (tmp_path / name / "gold.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
        (tmp_path / name / "pages" / "a.html").write_text("<p>The council approves a bridge.", encoding="utf-8")
    monkeypatch.setattr(extractors, "PEERS", {})
    assert speed.main(["--corpora", str(tmp_path), "--corpus", "one", "two", "--rounds", "1", "--starts", "1"]) == 0
    tables = capsys.readouterr().out.split("one file of")[0].split("converting:")
    assert [[line.split()[:2] for line in table.splitlines()[2:5]] for table in tables] == 2 * [
        [["all", "2"], ["one", "1"], ["two", "1"]]
    ]


def test_verdicts_are_those_of_the_conversion(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<article>" + "<p>The council approves a bridge over the river, officials said.</p>" * 9)
    selection = speed.job("newsclean", "find")(page.read_bytes(), None)
    assert selection.verdicts  # type: ignore[attr-defined]  # a Selection


def test_says_so_where_corpora_are_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main(["--corpora", str(tmp_path), "--corpus", "n4k-dev"]) == 0
    assert "skipped: n4k-dev" in capsys.readouterr().out


def test_names_peers_that_are_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractors, "PEERS", {"json": "json", "absent": "no_such_module_here"})
    assert extractors.missing_peers() == ["absent"]
