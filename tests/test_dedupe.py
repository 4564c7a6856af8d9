"""Copies of a text across a run: the first that was saved stays, the others are told of, however the run ends."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from newsclean.errors import OutputError
from newsclean.model import Options, Record
from newsclean.pipeline import examine
from newsclean.runs import dedupe
from newsclean.runs.conversion import Result
from newsclean.runs.find import expand_arguments
from newsclean.runs.journal import JOURNAL_NAME
from newsclean.runs.many import convert_folder, convert_into, convert_many
from newsclean.runs.options import RunOptions
from newsclean.runs.output import Target
from newsclean.runs.report import Outcome
from newsclean.runs.sketch import MAX_SHINGLES, Sketch, similarity, site_relation, sketch_of
from tests.saved import command, environment, run, tree

if TYPE_CHECKING:
    from newsclean.runs.sketch import Dedupe

pytest.importorskip("rensa", reason="near duplicates need the dedupe extra")

WORDS = """harbour ferry island storm captain letter planks ramp morning council bridge river market garden school
winter sledge baker flour lantern window kettle orchard valley station signal engine driver ticket platform clock tower
bell choir teacher painter canvas colour shadow meadow fence gate farmer wheat barn mill stone mason chapel road hill
crossing wagon horse saddle smith anvil forge ember kitchen pantry copper spoon basket""".split()


def text_of(seed: int, words: int = 240) -> list[str]:
    """Return sentences of an invented text."""
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=12)).capitalize() + "." for _ in range(words // 12)]


def page_of(
    sentences: list[str], title: str = "Ferry still out", site: str = "quay.example", saved: str | None = None
) -> str:
    """Return a saved page; `saved` is when SingleFile saved it."""
    mark = f"<!--\n Page saved with SingleFile \n url: https://{site}/a \n saved date: {saved}\n-->" if saved else ""
    body = "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, len(sentences), 4))
    return (
        f'<!doctype html>{mark}<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="https://{site}/{title.replace(" ", "-")}"></head><body>'
        f"<nav><a href='/'>Home</a> <a href='/n'>News</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


def edited(sentences: list[str]) -> list[str]:
    """Return the text with one word changed."""
    return [*sentences[:5], sentences[5].replace(sentences[5].split()[3], "somewhere", 1), *sentences[6:]]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Return a folder with a text three times, edited once, and two of their own."""
    folder = tmp_path / "in"
    folder.mkdir()
    pages = {
        "a.html": page_of(text_of(1), "Report a", "www.quay.example", "Tue Jun 18 2024 10:00:00 GMT+0000 (UTC)"),
        "b.html": page_of(text_of(1), "Report b", "news.quay.example", "Mon Jun 17 2024 10:00:00 GMT+0000 (UTC)"),
        "c.html": page_of(text_of(2), "Report c"),
        "d.html": page_of(edited(text_of(1)), "Report d", "gazette.example"),
        "e.html": page_of(text_of(1), "Report e", "gazette.example"),
        "f.html": page_of(text_of(3), "Report f"),
    }
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return folder


Told = dict[str, tuple[str, str | None, str | None]]
"""Status, original and site of each input."""


def told(folder: Path, output: Path, mode: Dedupe = "near", **more: Any) -> Told:
    """Run into a folder, and return what its report tells."""
    report = output.parent / "report.jsonl"
    convert_folder(folder, output, how=RunOptions(dedupe=mode, report=str(report), **more), workers=2)
    return of_report(report)


def of_report(report: Path) -> Told:
    """Return what a report tells."""
    lines = map(json.loads, report.read_text("utf-8").splitlines())
    return {
        Path(line["path"]).name: (line["status"], Path(line["duplicate_of"] or "").name or None, line["duplicate_site"])
        for line in lines
    }


NEAR = {
    "a.html": ("duplicate", "b.html", "same"),
    "b.html": ("converted", None, None),
    "c.html": ("converted", None, None),
    "d.html": ("duplicate", "b.html", "other"),
    "e.html": ("duplicate", "b.html", "other"),
    "f.html": ("converted", None, None),
}


def test_the_text_that_was_saved_first_is_kept_and_the_others_say_of_which_site_they_are(saved: Path) -> None:
    output = saved.parent / "out"
    assert told(saved, output) == NEAR
    assert {name for name in tree(output) if not name.startswith(".")} == {"b.md", "c.md", "f.md"}


def kinds(folder: Path, output: Path) -> dict[str, str | None]:
    """Return what kind of copy each input is."""
    report = output.parent / "report.jsonl"
    convert_folder(folder, output, how=RunOptions(dedupe="near", report=str(report)), workers=2)
    lines = map(json.loads, report.read_text("utf-8").splitlines())
    return {Path(line["path"]).name: line["duplicate_kind"] for line in lines}


def test_an_agency_s_text_on_several_sites_is_told_from_reprints(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    credit = "<p class='byline'>By <span rel='author'>Quay News Agency</span></p><p>"
    pages = {
        "a.html": page_of(text_of(1), "Report a", "quay.example"),
        "b.html": page_of(text_of(1), "Report b", "gull.example").replace("<p>", credit, 1),
        "c.html": page_of(text_of(1), "Report c", "www.quay.example"),
        "d.html": page_of(text_of(2), "Report d", "quay.example"),
        "e.html": page_of(text_of(2), "Report e", "gull.example"),
        "f.html": page_of(text_of(3), "Report f", "gull.example").replace("<p>", credit, 1),
        "g.html": page_of(text_of(3), "Report g", "tern.example"),
        "h.html": page_of(text_of(2), "Report h", "").replace("canonical", "alternate"),
    }
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
    expected = {"b.html": "agency", "c.html": "reprint", "e.html": "reprint", "g.html": "agency"}
    for _ in range(2):  # the second run from what the first one noted
        assert kinds(folder, tmp_path / "out") == dict.fromkeys(pages) | expected


def test_exact_takes_equal_texts_alone(saved: Path) -> None:
    found = told(saved, saved.parent / "out", "exact")
    assert found == NEAR | {"d.html": ("converted", None, None)}


def test_second_run_converts_nothing_and_tells_the_same(saved: Path) -> None:
    output = saved.parent / "out"
    told(saved, output)
    before = tree(output)
    found = told(saved, output)
    assert found == {name: ("skipped" if it[0] == "converted" else it[0], *it[1:]) for name, it in NEAR.items()}
    assert {name: data for name, data in tree(output).items() if name != dedupe.SKETCHES_NAME} == {
        name: data for name, data in before.items() if name != dedupe.SKETCHES_NAME
    }
    (output / dedupe.SKETCHES_NAME).unlink()
    assert told(saved, output) == NEAR


def test_a_copy_whose_original_is_gone_is_written_after_all(saved: Path) -> None:
    output = saved.parent / "out"
    told(saved, output)
    (saved / "b.html").unlink()
    found = told(saved, output)
    assert found["a.html"] == ("converted", None, None)
    assert found["e.html"] == ("duplicate", "a.html", "other")
    assert (output / "a.md").is_file()


def test_a_run_without_the_flag_writes_all(saved: Path) -> None:
    output = saved.parent / "out"
    told(saved, output)
    convert_folder(saved, output, how=RunOptions(), workers=1)
    assert {name for name in tree(output) if not name.startswith(".")} == {f"{name}.md" for name in "abcdef"}
    assert {name: it[1:] for name, it in told(saved, output).items()} == {name: it[1:] for name, it in NEAR.items()}
    assert {name for name in tree(output) if not name.startswith(".")} == {"b.md", "c.md", "f.md"}


def test_an_output_that_was_edited_stays_though_it_is_a_copy(saved: Path) -> None:
    output = saved.parent / "out"
    convert_folder(saved, output, workers=1)
    (output / "a.md").write_text("My own words.\n", encoding="utf-8")
    assert told(saved, output)["a.html"][0] == "kept"
    assert (output / "a.md").read_text("utf-8") == "My own words.\n"


@pytest.mark.parametrize("to", ["jsonl", "parquet", "sqlite"])
def test_tables_hold_each_text_once_on_any_number_of_workers(saved: Path, to: Any) -> None:
    suffix = {"jsonl": ".jsonl", "parquet": ".parquet", "sqlite": ".db"}[to]
    contents = []
    for workers in (1, 3):
        path = saved.parent / f"out{workers}{suffix}"
        target = Target("file" if to == "jsonl" else "table", str(path), to)
        how = RunOptions(to=to, dedupe="near", report=str(saved.parent / "report.jsonl"))
        convert_into(target, expand_arguments([str(saved)]), how=how, workers=workers)
        assert of_report(saved.parent / "report.jsonl") == NEAR
        contents.append(titles_of(path, to))
    assert contents == [["Report b", "Report c", "Report f"]] * 2


def titles_of(path: Path, to: str) -> list[str]:
    if to == "jsonl":
        return [json.loads(line)["title"] for line in path.read_text("utf-8").splitlines()]
    if to == "parquet":
        from pyarrow import parquet

        titles: list[str] = parquet.read_table(path).column("title").to_pylist()
        return titles
    with sqlite3.connect(path) as database:
        found = [row[0] for row in database.execute("SELECT title FROM articles ORDER BY title")]
    database.close()
    return found


def test_a_database_loses_the_copies_that_an_earlier_run_wrote(saved: Path) -> None:
    path = saved.parent / "articles.db"
    for how in (RunOptions(to="sqlite"), RunOptions(to="sqlite", dedupe="near")):
        convert_into(Target("table", str(path), "sqlite"), expand_arguments([str(saved)]), how=how, workers=1)
    assert titles_of(path, "sqlite") == ["Report b", "Report c", "Report f"]


def test_python_gets_articles_of_the_first_alone_in_the_order_of_the_inputs(saved: Path) -> None:
    outcomes = list(convert_many(saved, how=RunOptions(dedupe="near"), workers=1, on_error="raise"))
    assert [Path(outcome.path).name for outcome in outcomes] == sorted(NEAR)
    assert [outcome.article.title for outcome in outcomes if outcome.article] == ["Report b", "Report c", "Report f"]


def test_copies_are_counted_and_are_no_failure(saved: Path) -> None:
    report = convert_folder(saved, saved.parent / "out", how=RunOptions(dedupe="near"), workers=1)
    assert report.summary() == "3 converted, 3 duplicates"
    assert report.exit_status() == 0


def test_a_run_that_was_stopped_at_any_input_ends_like_one_that_was_not(saved: Path) -> None:
    whole = saved.parent / "whole"
    told(saved, whole)
    for stop in range(9):
        output = saved.parent / f"out{stop}"
        calls = iter(range(stop))

        def stop_here(_: object, calls: Any = calls) -> None:
            if next(calls, None) is None:
                raise KeyboardInterrupt

        try:
            convert_folder(saved, output, how=RunOptions(dedupe="near"), workers=1, progress=stop_here)
        except KeyboardInterrupt:
            assert (output / JOURNAL_NAME).exists()
        found = told(saved, output)
        assert {name: it[1:] for name, it in found.items()} == {name: it[1:] for name, it in NEAR.items()}
        assert {name: data for name, data in tree(output).items() if name != dedupe.SKETCHES_NAME} == {
            name: data for name, data in tree(whole).items() if name != dedupe.SKETCHES_NAME
        }


@pytest.mark.process
def test_a_run_that_was_killed_ends_like_one_that_was_not(saved: Path) -> None:
    whole, output = saved.parent / "whole", saved.parent / "out"
    arguments = (saved, "-j", "2", "--dedupe", "near", "-o")
    assert run(*arguments, whole).returncode == 0
    rng = random.Random(3)
    for _ in range(8):
        process = subprocess.Popen(command(*arguments, output), env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.2, 2.0))
        process.kill()
        process.wait()
    found = told(saved, output)
    assert {name: it[1:] for name, it in found.items()} == {name: it[1:] for name, it in NEAR.items()}
    assert {name: data for name, data in tree(output).items() if not name.startswith(dedupe.SKETCHES_NAME)} == {
        name: data for name, data in tree(whole).items() if not name.startswith(dedupe.SKETCHES_NAME)
    }


def test_names_by_a_pattern_are_taken_from_copies_too(saved: Path) -> None:
    output = saved.parent / "out"
    for _ in range(2):
        found = told(saved, output, name="{slug}")
        assert {name: it[1:] for name, it in found.items()} == {name: it[1:] for name, it in NEAR.items()}
        assert {name for name in tree(output) if not name.startswith(".")} == {
            "report-b.md",
            "report-c.md",
            "report-f.md",
        }


def test_missing_library_is_said_before_anything_is_converted(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(OutputError, match="rensa"):
        told(saved, saved.parent / "out")
    assert told(saved, saved.parent / "other", "exact")["e.html"][0] == "duplicate"


def article_of(page: str) -> Any:
    return examine(Record(page.encode()), Options())


def test_stubs_with_equal_texts_are_told_apart_by_their_titles() -> None:
    stub = ["Watch the whole interview from the harbour in the video above, which lasts for nine minutes."]
    one, same, other = (
        sketch_of(article, article.text, "exact").exact
        for article in map(article_of, (page_of(stub, "Ferry"), page_of(stub, "Ferry"), page_of(stub, "Bridge")))
    )
    assert one == same != other


def test_similarity_counts_shingles_and_estimates_it_for_long_texts() -> None:
    one, other = array("I", range(100)).tobytes(), array("I", range(10, 110)).tobytes()
    assert similarity(one, one) == 1
    assert similarity(one, other) == 90 / 110
    assert similarity(one, b"") == 0
    rng = random.Random(7)
    shared, ours, theirs = (rng.sample(range(2**32), k) for k in (8000, 1000, 1000))
    long = [array("I", sorted(shared + own)[:MAX_SHINGLES]).tobytes() for own in (ours, theirs)]
    assert similarity(*long) == pytest.approx(0.8, abs=0.03)


def test_letters_of_scripts_without_spaces_are_words() -> None:
    text = "港の灯台は昨日から消えたままで、島の人々は船を待っている。" * 3
    article = article_of(page_of([text] * 4, "灯台"))
    assert len(sketch_of(article, article.text, "near").shingles) > 4 * 20


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("quay.example", "news.quay.example", "same"),
        ("quay.example", "ay.example", "other"),
        ("quay.example", None, None),
    ],
)
def test_sites_are_compared_by_host(one: str, other: str | None, relation: str | None) -> None:
    assert site_relation(one, other) == site_relation(other, one) == relation


def test_texts_that_share_a_phrase_are_not_each_compared_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def count(one: bytes, other: bytes) -> float:
        compared.append(one)
        return similarity(one, other)

    monkeypatch.setattr(dedupe, "similarity", count)
    monkeypatch.setattr(dedupe, "MAX_ALIKE", 3)
    copies = dedupe.Copies("near")
    for number in range(200):
        shingles = array("I", sorted([*range(70), *range(10**6 + number * 40, 10**6 + number * 40 + 40)])).tobytes()
        copies.add(number, Result(Outcome(str(number), "converted"), sketch=Sketch(str(number), shingles)))
    copies.find_copies()
    copies.close()
    assert 200 < len(compared) <= 200 * dedupe.BANDS * 3


def test_sketch_crosses_to_another_process_as_plain_data() -> None:
    article = article_of(page_of(text_of(1)))
    sketch = sketch_of(article, article.text, "near")
    assert isinstance(sketch, Sketch)
    assert 200 < len(sketch.shingles) / 4 < 260
