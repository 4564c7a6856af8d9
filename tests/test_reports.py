"""What a run came to, and what changed between two, from the lines of their reports."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args

import pytest
from click.testing import CliRunner, Result

from newsclean.cli import main
from newsclean.errors import InputError
from newsclean.reports.compare import KINDS, SHOWN
from newsclean.reports.page import render_summary
from newsclean.reports.summary import MAX_TIMES, MAX_VALUES, TOP, Summary, TimeLine, summarize
from newsclean.runs.report import Outcome, Status
from tests.saved import save_pages
from tests.test_docs import read

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</title><script>window.pwned=1</script><img src=x onerror=alert(1)>\x1b[2J\u202e"


def outcome(number: int, status: Status = "converted", **more: Any) -> Outcome:
    facts: dict[str, Any] = {"title": f"Report {number}", "words": 300, "confidence": 0.9, "seconds": 0.02}
    facts |= {"language": "en", "kind": "article", "text_hash": f"{number:016x}"}
    facts["ended"] = f"2024-06-18T10:{number // 60 % 60:02}:{number % 60:02}.000+00:00"
    return Outcome(f"saved/{number}.html", status, **(facts | more))


def write(path: Path, *outcomes: Outcome) -> str:
    path.write_bytes(b"".join(one.to_json() for one in outcomes))
    return str(path)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


def test_summary_counts_all_that_the_lines_say(tmp_path: Path) -> None:
    run = write(
        tmp_path / "run.jsonl",
        *(outcome(number) for number in range(100)),
        outcome(100, confidence=0.2, kind="forum", language="de", seconds=7.0),
        outcome(101, "timeout", error="took more than 60 seconds", confidence=None),
        outcome(102, "timeout", error="took more than 61 seconds", confidence=None),
        outcome(103, "duplicate", duplicate_of="saved/1.html", duplicate_site="other"),
    )
    summary = summarize(run)
    assert (summary.inputs, summary.articles, summary.doubtful, summary.words) == (104, 101, 1, 101 * 300)
    assert summary.failures.counts == {"timeout: took more than N seconds": 2}
    assert summary.kinds.counts == {"article": 100, "forum": 1}
    assert summary.copies == {"other": 1}
    assert summary.confidence[18] == 100
    assert summary.confidence[4] == 1
    assert summary.rate == pytest.approx(1.0)
    assert summary.slowest.lines()[0].path == summary.least_sure.lines()[0].path == "saved/100.html"
    assert summary.took(0.5) == pytest.approx(0.02, rel=0.06)
    width, bars = summary.times.bars()
    assert sum(count for _, count in bars) == 104
    assert width == 2


def test_broken_lines_are_counted_and_other_files_refused(tmp_path: Path) -> None:
    run = tmp_path / "run.jsonl"
    run.write_bytes(outcome(1).to_json() + b'{"path": "a", "status": "conv\n[1]\n{"path": 1, "status": "converted"}\n')
    assert summarize(str(run)).broken == 3
    (tmp_path / "other").write_text("Dear diary\n")
    for path in ("other", "nothing"):
        with pytest.raises(InputError):
            summarize(str(tmp_path / path))
    assert invoke(str(tmp_path / "other")).exit_code == 3


def test_values_and_times_are_bounded_however_many_there_are(tmp_path: Path) -> None:
    run = write(tmp_path / "run.jsonl", *(outcome(n, kind=f"kind {n}", seconds=n + 1) for n in range(MAX_VALUES + 40)))
    summary = summarize(run)
    assert len(summary.kinds.counts) == MAX_VALUES + 1
    assert summary.kinds.counts["other"] == 40
    assert len(summary.slowest.lines()) == TOP
    times = TimeLine()
    for second in range(MAX_TIMES * 9):
        times.add(second)
    width, bars = times.bars()
    assert len(bars) <= 61
    assert sum(count for _, count in bars) == MAX_TIMES * 9
    assert all(count == width for _, count in bars[:-1])


def test_command_prints_text_and_json(tmp_path: Path) -> None:
    run = write(tmp_path / "run.jsonl", outcome(1), outcome(2, "failed", error=HOSTILE))
    found = invoke(run)
    assert found.exit_code == 0
    assert "2 inputs, 1 articles of 300 words" in found.stdout
    assert "newsclean explain saved/1.html" in found.stdout
    assert "\x1b" not in found.stdout
    assert json.loads(invoke(run, "--json").stdout)["statuses"] == {"converted": 1, "failed": 1}


def test_page_is_made_of_escaped_text_and_runs_nothing(tmp_path: Path) -> None:
    run = write(
        tmp_path / "run.jsonl",
        *(outcome(n, title=HOSTILE, kind=HOSTILE, language=HOSTILE, warnings=(HOSTILE,)) for n in range(3)),
        outcome(4, "failed", error=HOSTILE),
    )
    page = render_summary(summarize(run))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    assert "script-src" not in page
    assert invoke(run, "--html", str(tmp_path / "run.html")).exit_code == 0
    assert (tmp_path / "run.html").read_text("utf-8") == page
    (tmp_path / "own.html").write_text("Mine.")
    assert invoke(run, "--html", str(tmp_path / "own.html")).exit_code == 2


def test_two_runs_are_compared_page_by_page(tmp_path: Path) -> None:
    before = write(tmp_path / "a.jsonl", *(outcome(n) for n in range(6)), outcome(7), outcome(7, text_hash="x"))
    after = write(
        tmp_path / "b.jsonl",
        outcome(0, "skipped"),
        outcome(1, "no_article", error="no article", confidence=None),
        outcome(2, text_hash="other", words=280),
        outcome(3, title="Another", confidence=0.6),
        outcome(5),
        outcome(6),
        outcome(7),
        outcome(7, text_hash="x"),
    )
    found = invoke(before, after)
    assert found.exit_code == 1
    assert "lost        saved/1.html: converted → no_article (no article)" in found.stdout
    assert "text        saved/2.html: 300 → 280 words" in found.stdout
    assert "saved/3.html: Report 3 → Another; confidence 0.90 → 0.60" in found.stdout
    assert "added       saved/6.html" in found.stdout
    assert "removed     saved/4.html" in found.stdout
    assert "5 changed; 8 articles of 8 inputs before, 7 of 8 after" in found.stdout
    *changes, total = map(json.loads, invoke(before, after, "--json").stdout.splitlines())
    assert [change["path"] for change in changes] == [f"saved/{n}.html" for n in (1, 2, 3, 6, 4)]
    assert total["summary"]["counts"]["lost"] == 1
    assert invoke(before, before).exit_code == 0


def test_page_of_two_runs_lists_the_weightiest_changes_and_counts_the_rest(tmp_path: Path) -> None:
    before = write(tmp_path / "a.jsonl", *(outcome(n, title=HOSTILE) for n in range(SHOWN + 9)))
    after = write(
        tmp_path / "b.jsonl",
        *(outcome(n, title=HOSTILE, text_hash="other") for n in range(SHOWN + 7)),
        outcome(SHOWN + 7, "no_article", error=HOSTILE, confidence=None),
    )
    found = invoke(before, after, "--html", str(tmp_path / "changes.html"))
    assert (found.exit_code, found.stdout) == (1, "")
    page = (tmp_path / "changes.html").read_text("utf-8")
    assert f"{SHOWN + 9} changed" in page
    assert f"{SHOWN + 7} inputs have another text" in page
    assert page.count("300 → 300 words") == SHOWN
    assert "and 7 more, which --json lists" in page
    assert page.index("1 inputs lost their article") < page.index("inputs have another text")
    assert "1 inputs are in the first run alone" in page
    assert not any(sign in page for sign in ("<script", "<img", "\x1b", "script-src"))
    lines = invoke(before, after, "--html", str(tmp_path / "changes.html"), "--json").stdout.splitlines()
    assert len(lines) == SHOWN + 9 + 1
    (tmp_path / "own.html").write_text("Mine.")
    assert invoke(before, after, "--html", str(tmp_path / "own.html")).exit_code == 2


def test_report_of_a_real_run_is_summed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_pages(tmp_path, "in/a.html", "in/b.html")
    assert CliRunner().invoke(main, ["in", "-o", "out", "--report", "run.jsonl"]).exit_code == 0
    summary = summarize("run.jsonl")
    assert (summary.articles, summary.kinds.counts["article"], summary.languages.counts["en"]) == (2, 2, 2)
    assert summary.first is not None


def test_every_field_and_status_is_documented() -> None:
    """docs/report.md has what lines and summaries hold, in their order."""
    _, line, statuses, summary = re.split(r"^\| (?:key|status) \|.*\n", read("docs/report.md"), flags=re.MULTILINE)
    first_cells = [
        [key for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)]
        for table in (line, statuses, summary)
    ]
    assert first_cells[0] == list(outcome(1).to_dict())
    assert sorted(first_cells[1]) == sorted(get_args(Status))
    assert sorted(first_cells[2]) == sorted(Summary().to_dict())
    assert all(f"`{kind}`" in summary for kind in KINDS)
