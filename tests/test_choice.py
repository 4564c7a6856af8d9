"""Which inputs a run takes, what it would do, what it tries again, and how soon it begins."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsclean.cli import main
from newsclean.runs.find import Choice, expand_arguments, find_sources, select
from newsclean.runs.journal import JOURNAL_NAME
from tests.saved import EMPTY_PAGE, command, environment, page, save_pages, tree


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def chosen(**choice: Any) -> list[str]:
    found = select(find_sources(expand_arguments(["in"])), Choice(**choice))
    return [source.place for source in found if not source.left_out]


def test_shards_hold_each_input_once(inside: Path) -> None:
    save_pages(inside / "in", *(f"{number % 3}/{number}.html" for number in range(40)))
    shards = [chosen(shard=(part, 3)) for part in (1, 2, 3)]
    assert sorted(place for shard in shards for place in shard) == sorted(chosen())
    assert all(6 <= len(shard) <= 22 for shard in shards)


def test_sample_is_the_same_each_time_and_another_for_another_seed(inside: Path) -> None:
    save_pages(inside / "in", *(f"{number:02}.html" for number in range(40)))
    sample = chosen(sample=10)
    assert sample == chosen(sample=10) == sorted(sample)
    assert len(sample) == 10
    assert sample != chosen(sample=10, seed=1)
    assert len(chosen(sample=99)) == 40
    assert sample[:3] == chosen(sample=10, limit=3)


def test_command_takes_shard_sample_and_limit(inside: Path) -> None:
    save_pages(inside / "in", *(f"{number:02}.html" for number in range(12)))
    assert invoke("in", "-t", "jsonl", "--limit", 2).stdout.count("\n") == 2
    assert invoke("in", "-t", "jsonl", "--sample", 3, "--seed", 7).stdout.count("\n") == 3
    parts = [invoke("in", "-o", "all", "--shard", f"{part}/2") for part in (1, 2)]
    assert all("converted" in part.stderr for part in parts)
    assert len([name for name in tree(inside / "all") if name.endswith(".md")]) == 12
    for wrong in ("0/2", "3/2", "a/b", "1", "1/0"):
        assert invoke("in", "-t", "jsonl", "--shard", wrong).exit_code == 2


def test_limit_ends_the_search(inside: Path) -> None:
    save_pages(inside / "in", "a.html", "b.html")
    (inside / "in" / "c").mkdir()
    found = find_sources(expand_arguments(["in"]))
    assert [source.place for source in select(found, Choice(limit=1))] == ["a.html"]


def test_dry_run_says_what_would_be_done_and_writes_nothing(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/b.html", "in/c.html")
    assert invoke("in", "-o", "out").exit_code == 0
    (inside / "in" / "a.html").write_text(page("News"))
    (inside / "in" / "d.html").write_text(page("More news"))
    (inside / "in" / "c.html").write_text(page("Changed"))
    (inside / "out" / "c.md").write_bytes(b"edited")
    before = tree(inside)
    result = invoke("in", "-o", "out", "--dry-run")
    assert "in/a.html -> out/a.md" in result.stderr
    assert "in/d.html -> out/d.md" in result.stderr
    assert "c.md is not as newsclean wrote it" in result.stderr
    assert "1 up to date, 2 to be converted, 1 edited and kept" in result.stderr
    assert result.exit_code == 1
    assert tree(inside) == before
    new = invoke("in", "-o", "new", "--dry-run", "--removed", "gone", "--extract-media", "media")
    assert (new.exit_code, tree(inside)) == (0, before)
    assert "4 to be converted" in new.stderr
    for arguments in (("in/a.html", "-o", "x.md"), ("in", "-o", "x.jsonl"), ("in", "-o", "x.db"), ("in/a.html",)):
        single = invoke(*arguments, "--dry-run")
        assert (single.exit_code, single.stdout, tree(inside)) == (0, "", before)
        assert "to be converted" in single.stderr


def statuses(inside: Path, *arguments: object) -> dict[str, str]:
    invoke("in", "-o", "out", "--report", "report.jsonl", *arguments)
    lines = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    return {Path(line["path"]).name: f"{line['status']} {line['seconds'] > 0}" for line in lines}


def test_input_without_article_is_tried_again_only_when_asked_or_changed(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    (inside / "in" / "menu.html").write_text(EMPTY_PAGE + "<p>Menu</p>")
    first = statuses(inside)
    assert first["menu.html"].startswith("no_article")
    journal = [json.loads(line) for line in (inside / "out" / JOURNAL_NAME).read_text().splitlines()]
    assert [(line["output"], line.get("status")) for line in journal] == [("a.md", None), ("menu.md", "no_article")]
    again = invoke("in", "-o", "out", "--report", "report.jsonl")
    assert (again.exit_code, "1 up to date, 1 without an article" in again.stderr) == (1, True)
    assert "menu.html: " in again.stderr
    (inside / "in" / "menu.html").write_text(page("Menu"))
    assert "1 converted, 1 up to date" in invoke("in", "-o", "out").stderr
    assert (inside / "out" / "menu.md").exists()


@pytest.mark.parametrize("arguments", [("--retry-failed",), ("--force",), ("--keep", "recall"), ("-t", "json")])
def test_failed_input_is_converted_again_when_asked(inside: Path, arguments: tuple[str, ...]) -> None:
    save_pages(inside, "in/a.html")
    (inside / "in" / "menu.html").write_text(EMPTY_PAGE + "<p>Menu</p>")
    invoke("in", "-o", "out")
    journal = inside / "out" / JOURNAL_NAME
    journal.write_text(journal.read_text().replace('"error": "', '"error": "as noted: '))
    assert "as noted" in invoke("in", "-o", "out").stderr
    result = invoke("in", "-o", "out", *arguments)
    assert (result.exit_code, "as noted" in result.stderr) == (1, False)


def test_file_of_one_s_own_is_no_output_because_an_input_failed(inside: Path) -> None:
    (inside / "menu.html").write_text(EMPTY_PAGE + "<p>Menu</p>")
    save_pages(inside, "a.html")
    assert invoke(".", "-o", ".", "-t", "text").exit_code == 1
    (inside / "menu.txt").write_text(page("Own"))
    invoke(".", "-o", ".", "-t", "text", "--report", "report.jsonl")
    paths = [json.loads(line)["path"] for line in (inside / "report.jsonl").read_text().splitlines()]
    assert "menu.txt" in [Path(path).name for path in paths]


def test_first_output_of_many_files_comes_at_once(inside: Path) -> None:
    """20,000 files: what is looked at before the first is converted must not grow with them but for their names."""
    content = page("One of many").encode()
    for number in range(20_000):
        folder = inside / "in" / f"{number % 20:02}"
        if number < 20:
            folder.mkdir(parents=True)
        (folder / f"{number:06}.html").write_bytes(content)
    started = time.monotonic()
    process = subprocess.Popen(
        command("in", "-o", "out", "-j", 1), env=environment(), cwd=inside, stderr=subprocess.DEVNULL
    )
    try:
        while not list((inside / "out").glob("*/*.md")):
            assert process.poll() is None
            assert time.monotonic() - started < 30
            time.sleep(0.01)
        counted = subprocess.run(
            ["ps", "-o", "cputimes=", "-p", str(process.pid)], capture_output=True, check=True, text=True
        )
        assert int(counted.stdout) <= 2
    finally:
        process.kill()
        process.wait()
