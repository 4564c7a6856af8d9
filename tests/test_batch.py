"""Folder runs: mirrored trees, resuming, same bytes on any number of workers, errors that cost their input only."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsclean.errors import OutputError
from newsclean.model import Options
from newsclean.runs.conversion import Job, Result, Settings, convert_job
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.journal import JOURNAL_NAME, Entry, Journal
from newsclean.runs.options import RunOptions
from newsclean.runs.process import Limits, default_workers
from newsclean.runs.read import Source
from newsclean.runs.run import Run
from tests.saved import EMPTY_PAGE, page, save_pages, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.runs.output import Format


ONE_WORKER = Run(Options(), RunOptions(), 1)


def sources(*paths: Path) -> tuple[Source, ...]:
    return tuple(find_sources(expand_arguments([str(path) for path in paths])))


def convert(
    folder: Path,
    output: Path,
    *,
    workers: int = 1,
    settings: Settings = Settings(),
    force: bool = False,
    convert: Callable[[Settings, Job], Result] = convert_job,
    seconds: float = 60,
) -> dict[str, str]:
    """Convert a folder, and return the status of each input by its name."""
    how = RunOptions(force=force, limits=Limits(seconds))
    run = Run(settings.options, how, workers, convert=convert).folder(sources(folder), str(output), settings)
    return {Path(result.outcome.path).name: result.outcome.status for result in run}


def obey_title(settings: Settings, job: Job) -> Result:
    """Convert, or do to the worker what the name of the page says."""
    name = Path(job.source.path).name
    if name == "crash.html":
        os._exit(3)
    while name == "hang.html":
        time.sleep(0.01)
    return convert_job(settings, job)


def dawdle(settings: Settings, job: Job) -> Result:
    """Convert the first page later than the others."""
    time.sleep(0.4 if "/a" in Path(job.source.path).as_posix() else 0)
    return convert_job(settings, job)


def test_mirrors_the_tree(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a/b.html", "c.htm")
    assert convert(pages, tmp_path / "out") == {"b.html": "converted", "c.htm": "converted"}
    assert set(tree(tmp_path / "out")) == {"a/b.md", "c.md", JOURNAL_NAME}
    assert b"Report b" in tree(tmp_path / "out")["a/b.md"]


def test_bytes_and_order_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", *(f"{letter}/{n}.html" for letter in "abc" for n in range(5)))
    (pages / "b" / "empty.html").write_text(EMPTY_PAGE)
    one = convert(pages, tmp_path / "one", workers=1)
    two = convert(pages, tmp_path / "two", workers=2, convert=dawdle)
    assert list(one.items()) == list(two.items())
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_stream_keeps_the_order_of_inputs(tmp_path: Path) -> None:
    pages = save_pages(tmp_path, "a.html", "b.html", "c.html")
    settings = Settings(to="jsonl")
    results = list(Run(Options(), RunOptions(), 2, convert=dawdle).stream(sources(pages), settings))
    assert [Path(result.outcome.path).name for result in results] == ["a.html", "b.html", "c.html"]
    assert all(result.content and result.content.count(b"\n") == 1 for result in results)


def test_second_run_skips_what_is_up_to_date(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html", "b.html", "c.html")
    convert(pages, tmp_path / "out")
    before = tree(tmp_path / "out")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert set(convert(pages, tmp_path / "out").values()) == {"skipped"}
    assert tree(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == stamps


def test_skipped_input_is_reported_like_a_converted_one(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    outcomes = []
    for _ in range(2):
        (result,) = ONE_WORKER.folder(sources(pages), str(tmp_path / "out"), Settings())
        outcomes.append(result.outcome)
    first, second = outcomes
    assert (first.title, first.words, first.confidence, first.output) == (
        second.title,
        second.words,
        second.confidence,
        second.output,
    )
    assert first.title == "Report a"


def test_changed_input_is_converted_again(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html", "b.html")
    convert(pages, tmp_path / "out")
    (pages / "a.html").write_text(page("News of the day"))
    assert convert(pages, tmp_path / "out") == {"a.html": "converted", "b.html": "skipped"}
    assert b"News of the day" in (tmp_path / "out" / "a.md").read_bytes()


@pytest.mark.parametrize("damage", ["removed", "emptied"])
def test_output_that_is_gone_is_made_again(tmp_path: Path, damage: str) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    convert(pages, tmp_path / "out")
    output = tmp_path / "out" / "a.md"
    good = output.read_bytes()
    if damage == "removed":
        output.unlink()
    else:
        output.write_bytes(b"")
    assert convert(pages, tmp_path / "out") == {"a.html": "converted"}
    assert output.read_bytes() == good


@pytest.mark.parametrize(
    "settings", [Settings(Options(links=False)), Settings(Options(keep="recall")), Settings(url="https://example.org/")]
)
def test_other_options_convert_again(tmp_path: Path, settings: Settings) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    convert(pages, tmp_path / "out")
    assert convert(pages, tmp_path / "out", settings=settings) == {"a.html": "converted"}
    assert convert(pages, tmp_path / "out", settings=settings) == {"a.html": "skipped"}


def test_another_version_converts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    job = Job(Source(str(pages / "a.html")))
    key = convert_job(Settings(), job).key
    monkeypatch.setattr("newsclean.runs.conversion.__version__", "99")
    assert convert_job(Settings(), job).key != key


def test_path_matters_only_where_the_output_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_pages(tmp_path, "a.html")
    monkeypatch.chdir(tmp_path)
    formats: tuple[tuple[Format, bool], ...] = (("markdown", True), ("json", False))
    for to, same in formats:
        keys = {convert_job(Settings(to=to), Job(Source(path))).key for path in ("a.html", str(tmp_path / "a.html"))}
        assert (len(keys) == 1) is same


def test_force_converts_again(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    convert(pages, tmp_path / "out")
    assert convert(pages, tmp_path / "out", force=True) == {"a.html": "converted"}


def test_formats_share_an_output_folder(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    convert(pages, tmp_path / "out")
    convert(pages, tmp_path / "out", settings=Settings(to="json"))
    assert set(tree(tmp_path / "out")) == {"a.md", "a.json", JOURNAL_NAME}
    assert convert(pages, tmp_path / "out") == {"a.html": "skipped"}


@pytest.mark.process
def test_crash_and_hang_cost_their_inputs_only(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html", "crash.html", "hang.html", "z.html")
    statuses = convert(pages, tmp_path / "out", workers=2, convert=obey_title, seconds=1)
    assert statuses == {"a.html": "converted", "crash.html": "crashed", "hang.html": "timeout", "z.html": "converted"}
    assert set(tree(tmp_path / "out")) == {"a.md", "z.md", JOURNAL_NAME}


def test_page_without_article_leaves_no_file(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    (pages / "empty.html").write_text(EMPTY_PAGE)
    assert convert(pages, tmp_path / "out") == {"a.html": "converted", "empty.html": "no_article"}
    assert not (tmp_path / "out" / "empty.md").exists()


def test_input_that_vanishes_is_named_and_costs_itself(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html", "b.html")
    found = sources(pages)
    (pages / "a.html").unlink()
    first, second = ONE_WORKER.folder(found, str(tmp_path / "out"), Settings())
    assert (first.outcome.status, second.outcome.status) == ("failed", "converted")
    assert "no such file" in (first.outcome.error or "")


def test_output_that_cannot_be_written_costs_its_input(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a/b.html", "c.html")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("a file where a folder is needed")
    first, second = ONE_WORKER.folder(sources(pages), str(tmp_path / "out"), Settings())
    assert {first.outcome.status, second.outcome.status} == {"failed", "converted"}
    assert any("cannot write" in (result.outcome.error or "") for result in (first, second))


def test_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write there"):
        list(ONE_WORKER.folder(sources(pages), str(tmp_path / "file" / "out"), Settings()))


def test_in_place_run_never_writes_over_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("In place"))
    original = (tmp_path / "a.txt").read_bytes()
    for _ in range(2):
        convert(tmp_path, tmp_path, settings=Settings(to="text"))
    assert (tmp_path / "a.txt").read_bytes() == original
    assert set(tree(tmp_path)) == {"a.txt", "a.txt.txt", JOURNAL_NAME}


def test_abandoned_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", *(f"{n}.html" for n in range(6)))
    run = ONE_WORKER.folder(sources(pages), str(tmp_path / "out"), Settings())
    with closing(run):
        next(run)
        next(run)
    (tmp_path / "out" / ".newsclean-1-1.tmp").write_bytes(b"half")
    with (tmp_path / "out" / JOURNAL_NAME).open("ab") as journal:
        journal.write(b'{"output": "5.md", "key": "cut o')
    statuses = convert(pages, tmp_path / "out")
    assert list(statuses.values())[:2] == ["skipped", "skipped"]
    assert statuses["5.html"] == "converted"
    convert(pages, tmp_path / "whole")
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_two_runs_do_not_share_an_output_folder(tmp_path: Path) -> None:
    with Journal(str(tmp_path)), pytest.raises(OutputError, match="another run"), Journal(str(tmp_path)):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
def test_file_names_that_are_no_utf_8_are_converted_and_mirrored(tmp_path: Path) -> None:
    pages = tmp_path / "in"
    pages.mkdir()
    (pages / os.fsdecode(b"caf\xe9.html")).write_text(page("Latin name"))
    statuses = [set(convert(pages, tmp_path / "out", settings=Settings(to="json")).values()) for _ in range(2)]
    assert statuses == [{"converted"}, {"skipped"}]
    content = (tmp_path / "out" / os.fsdecode(b"caf\xe9.json")).read_bytes()
    assert "Latin name" in content.decode("utf-8")


def test_defect_in_the_conversion_is_reported_and_costs_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("colour")

    monkeypatch.setattr("newsclean.runs.conversion.examine", fail)
    save_pages(tmp_path, "a.html")
    outcome = convert_job(Settings(), Job(Source(str(tmp_path / "a.html")))).outcome
    assert outcome.status == "failed"
    assert "unexpected KeyError: 'colour'" in (outcome.error or "")


def test_explains_every_block_when_asked(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    job = Job(Source(str(tmp_path / "a.html")))
    assert convert_job(Settings(), job).outcome.explanation == ()
    assert any(line.startswith("kept") for line in convert_job(Settings(explain=True), job).outcome.explanation)


def test_default_is_a_worker_a_processor() -> None:
    assert 1 <= default_workers() <= (os.cpu_count() or 1)


def test_settings_reach_the_workers_as_plain_data(tmp_path: Path) -> None:
    pages = save_pages(tmp_path, "a.html")
    (result,) = ONE_WORKER.stream(sources(pages), Settings(to="text"))
    assert result.content
    assert not result.content.startswith(b"---")


def test_journal_keeps_little_in_memory_and_on_disk(tmp_path: Path) -> None:
    import tracemalloc

    with Journal(str(tmp_path)) as journal:
        for number in range(20_000):
            name = f"folder/{number:06}.md"
            journal.record(Entry(name, "k" * 64, "s" * 64, "A title of some length, as titles are", 500, 0.9))
        path = tmp_path / JOURNAL_NAME
        assert path.stat().st_size / 20_000 < 300
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "000007.md").touch()
        tracemalloc.start()
        with Journal(str(tmp_path), read_only=True) as again:
            taken, _ = tracemalloc.get_traced_memory()
            assert taken / 20_000 < 200
            found = again.find("folder/012345.md")
            assert found is not None
            assert (found.words, found.status) == (500, "converted")
            assert again.find("folder/none.md") is None
        tracemalloc.stop()
    assert path.read_bytes().count(b"\n") == 1
