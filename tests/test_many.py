"""Runs that Python calls: `convert_many` and `convert_folder`, which the command runs too."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import newsclean
from newsclean import NoArticleError, Options, Progress, RunOptions, convert_folder, convert_many
from newsclean.cli import main
from newsclean.runs.journal import JOURNAL_NAME
from tests.saved import EMPTY_PAGE, save_pages, tree


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_many_gives_articles_in_the_order_of_inputs(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/b.html", "c.html")
    found = list(convert_many(["c.html", inside / "in"], workers=2, options=Options(links=False)))
    assert [outcome.title for outcome in found] == ["Report c", "Report a", "Report b"]
    assert found[0].article == newsclean.convert(Path("c.html"), options=Options(links=False))
    assert set(tree(inside)) == {"c.html", "in/a.html", "in/b.html"}


@pytest.mark.parametrize("inputs", ["in", Path("in"), ["in/*.html"], ("in/a.html",)])
def test_many_takes_paths_folders_and_globs(inside: Path, inputs: str) -> None:
    save_pages(inside, "in/a.html")
    assert [outcome.status for outcome in convert_many(inputs, workers=1)] == ["converted"]


def test_many_says_what_is_wrong_or_raises_it(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/c.html")
    (inside / "in" / "b.html").write_text(EMPTY_PAGE)
    statuses = [outcome.status for outcome in convert_many("in", workers=1)]
    assert statuses == ["converted", "no_article", "converted"]
    run = convert_many("in", workers=1, on_error="raise")
    assert next(run).title == "Report a"
    with pytest.raises(NoArticleError, match=r"b\.html"):
        next(run)


def test_folder_writes_what_the_command_writes(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/deep/b.html")
    (inside / "in" / "menu.html").write_text(EMPTY_PAGE)
    how = RunOptions("json", report="python.jsonl")
    report = convert_folder("in", inside / "python", how=how, workers=1)
    done = CliRunner().invoke(main, ["in", "-t", "json", "-o", "command", "--report", "command.jsonl"])
    assert done.exit_code == report.exit_status() == 1
    assert (report.counts["converted"], report.inputs) == (2, 3)
    assert tree(inside / "python") == tree(inside / "command")
    assert set(tree(inside / "python")) == {"a.json", "deep/b.json", JOURNAL_NAME}
    assert report.summary() == "2 converted, 1 without an article"
    assert convert_folder("in", "python", how=how).counts["skipped"] == 2


def test_folder_of_one_file_resumes_too(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert convert_folder(inside / "a.html", "out").counts["converted"] == 1
    assert convert_folder(inside / "a.html", "out").counts["skipped"] == 1


def test_progress_is_told_of_each_input(inside: Path) -> None:
    save_pages(inside, *(f"in/{name}.html" for name in "abcd"))
    seen: list[Progress] = []
    convert_folder("in", "out", how=RunOptions(learn=True), progress=seen.append, workers=2)
    assert [(one.stage, one.done, one.total) for one in seen if not one.note] == [
        (stage, done, 4) for stage in ("learn", "convert") for done in (1, 2, 3, 4)
    ]
    assert [one.note for one in seen if one.note] == ["learned what repeats on 0 of 1 sites"]
    assert [Path(one.outcome.path).name for one in seen if one.outcome] == ["a.html", "b.html", "c.html", "d.html"]


def test_closing_ends_the_run(inside: Path) -> None:
    save_pages(inside, *(f"in/{number}.html" for number in range(30)))
    run = convert_many("in", workers=2)
    next(run)
    run.close()
    assert list(run) == []


def test_pages_joined_and_texts_split_are_options_of_a_run(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    for how in (RunOptions(join_pages=True), RunOptions(split=True), RunOptions(explain=True)):
        (outcome,) = convert_many("in", how=how, workers=1)
        assert outcome.title == "Report a"
        assert bool(outcome.explanation) is how.explain
