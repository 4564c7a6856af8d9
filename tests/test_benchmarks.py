"""The measurement itself: finding and unpacking corpora, running pages, the gate and the comparison of two runs."""

from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import compare, corpora, gate, quality, results
from benchmarks import run as runner
from benchmarks.intervals import difference_interval, group_by_site, metric_intervals
from benchmarks.run import Result, language_of
from benchmarks.scores import Prediction, Tally
from newsclean.model import Options

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "The council approved the bridge on Friday after a debate of nine hours."


def write_archive(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:xz") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def gold_line(page_id: str, **fields: Any) -> bytes:
    return json.dumps({"id": page_id, "url": None, "site": f"{page_id}.example", **fields}).encode() + b"\n"


def result(page_id: str = "a", *, corpus: str = "n4k-dev", body: float = 1.0, **changes: Any) -> Result:
    tally = Tally(pages=1, word_f1=body, word_pages=1, precision=body, precision_pages=1, recall=body, recall_pages=1)
    fields: dict[str, Any] = {
        "site": f"{page_id}.example",
        "type": "article",
        "language": "en",
        "seconds": 0.01,
        "empty": False,
    }
    return Result(corpus, page_id, tally=tally, **(fields | changes))


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A folder with one small corpus of two pages, unpacked."""
    pages = tmp_path / "corpora" / "n4k-dev" / "pages"
    pages.mkdir(parents=True)
    (pages / "a.html").write_text(f'<html lang="de-AT"><body><p>{ARTICLE}</p></body></html>', encoding="utf-8")
    (pages / "b.txt").write_text(ARTICLE, encoding="utf-8")
    gold = gold_line("a", text=ARTICLE, type="article") + gold_line("b", text=ARTICLE, type="lynx")
    (pages.parent / "gold.jsonl").write_bytes(gold)
    return tmp_path / "corpora"


# --- corpora --------------------------------------------------------------------------------------------------------


def test_unpacks_gold_and_pages_and_nothing_that_leaves_the_folder(tmp_path: Path) -> None:
    members = {
        "n4k-dev/gold.jsonl": gold_line("a", text="x"),
        "n4k-dev/pages/a.html": b"<p>x",
        "n4k-dev/pages/../../../escaped.html": b"<p>x",
        "n4k-dev/pages/..": b"<p>x",
        "/n4k-dev/other/a.html": b"<p>x",
    }
    folder = corpora.unpack(write_archive(tmp_path / "n4k-dev.tar.xz", members), tmp_path / "cache")
    assert sorted(path.name for path in folder.rglob("*")) == ["a.html", "gold.jsonl", "pages"]
    assert not list(tmp_path.rglob("escaped.html"))


def test_unpacks_a_changed_archive_anew(tmp_path: Path) -> None:
    archive = tmp_path / "n4k-dev.tar.xz"
    first = corpora.unpack(write_archive(archive, {"n4k-dev/gold.jsonl": b"1"}), tmp_path / "cache")
    assert corpora.unpack(archive, tmp_path / "cache") == first
    second = corpora.unpack(write_archive(archive, {"n4k-dev/gold.jsonl": b"2"}), tmp_path / "cache")
    assert (second / "gold.jsonl").read_bytes() == b"2"


def test_names_corpora_that_are_missing(corpus_folder: Path) -> None:
    found, missing = corpora.find_corpora(corpus_folder, ["n4k-dev", "wcxb-dev"])
    assert [corpus.name for corpus in found] == ["n4k-dev"]
    assert missing == ["wcxb-dev"]


def test_pages_carry_gold_language_and_path(corpus_folder: Path) -> None:
    (corpus,), _ = corpora.find_corpora(corpus_folder, ["n4k-dev"])
    pages = corpus.pages()
    assert [page.path.name for page in pages] == ["a.html", "b.txt"]
    assert [page.language() for page in pages] == ["de", ""]
    assert pages[0].url is None


def test_hash_changes_with_a_page_and_with_the_gold(corpus_folder: Path) -> None:
    (corpus,), _ = corpora.find_corpora(corpus_folder, ["n4k-dev"])
    digests = {corpus.digest()}
    for name in ("pages/b.txt", "gold.jsonl"):
        path = corpus.folder / name
        path.write_bytes(path.read_bytes() + b"\n")
        digests.add(corpus.digest())
    assert len(digests) == 3


def test_sample_is_the_same_pages_in_any_order(corpus_folder: Path) -> None:
    pages = [corpora.CorpusPage("c", str(number), corpus_folder, {}) for number in range(50)]
    chosen = {page.id for page in corpora.sample(pages, 10)}
    assert len(chosen) == 10
    assert {page.id for page in corpora.sample(pages[::-1], 10)} == chosen
    assert chosen < {page.id for page in corpora.sample(pages, 20)}


# --- running --------------------------------------------------------------------------------------------------------


def test_results_do_not_depend_on_the_number_of_workers(corpus_folder: Path) -> None:
    (corpus,), _ = corpora.find_corpora(corpus_folder, ["n4k-dev"])
    alone, shared = (list(runner.run(corpus.pages(), "everything", Options(), jobs)) for jobs in (1, 2))
    assert [found.id for found in shared] == ["a", "b"]
    assert [found.tally for found in shared] == [found.tally for found in alone]
    assert alone[0].tally.word_f1 == 1.0


def test_a_page_that_raises_is_reported_and_the_run_goes_on(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, _url: str | None) -> Any:
        raise ValueError(f"bad page of {len(data)} bytes")

    monkeypatch.setattr(runner, "_extractor", lambda _name, _options: fail)
    (corpus,), _ = corpora.find_corpora(corpus_folder, ["n4k-dev"])
    found = list(runner.run(corpus.pages(), "newsclean", Options(), 1))
    assert [(one.error or "").split(" (")[0] for one in found][1] == f"ValueError: bad page of {len(ARTICLE)} bytes"
    assert [one.tally.word_f1 for one in found] == [0.0, 0.0]


def test_says_so_and_succeeds_where_corpora_are_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--corpora", str(tmp_path)]) == 0
    output = capsys.readouterr().out
    assert all(f"skipped: {name}" in output for name in corpora.NAMES)


def test_gate_fails_where_corpora_are_absent_unless_told_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "read_record", lambda: {"model": gate.model_digest(), "code": "", "scores": {}})
    monkeypatch.setattr(gate, "read_floors", dict)
    arguments = ["--corpora", str(tmp_path), "--gate"]
    assert quality.main([*arguments, "--allow-missing", *corpora.NAMES[1:]]) == 1
    assert f"gate: {corpora.NAMES[0]}: the corpus is missing" in capsys.readouterr().out
    assert quality.main([*arguments, "--allow-missing", *corpora.NAMES]) == 0
    assert "gate: passed, 0 pages measured" in capsys.readouterr().out


def test_table_shows_metrics_types_and_troubles(corpus_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--corpora", str(corpus_folder), "--corpus", "n4k-dev", "--extractor", "everything", "--jobs", "1"]
    assert quality.main([*arguments, "--by-type", "--by-language", "--worst", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    groups = [line.split()[1] for line in lines if line.startswith("n4k-dev  ")]
    assert groups == ["all", "article", "lynx", "de", "en"]
    assert "n4k-dev: 0 raised, 0 without text" in lines


def test_a_page_that_declares_no_language_goes_by_its_text() -> None:
    french = "Les six maraîchers ont ouvert un marché que la mairie ne voulait pas, et personne ne sait pourquoi elle."
    assert language_of({"text": french}, Prediction()) == "fr"
    assert language_of({"with": [], "without": []}, Prediction(french)) == "fr"
    assert language_of({"text": ""}, Prediction()) is None


def test_saved_results_load_as_they_were(tmp_path: Path) -> None:
    found = [result("a"), result("b", body=0.25, error="ValueError: x", seconds=1.5)]
    results.save(tmp_path / "run.json", "newsclean", {"n4k-dev": "abc"}, found)
    head, loaded = results.load(tmp_path / "run.json")
    assert loaded == found
    assert head["corpora"]["n4k-dev"]["hash"] == "abc"
    assert head["corpora"]["n4k-dev"]["metrics"]["wordF1"] == pytest.approx(0.625)


# --- the gate -------------------------------------------------------------------------------------------------------

HASHES = {"n4k-dev": "abc"}


def floors(found: list[Result], *, old: gate.Floors | None = None, allow_lower: bool = False) -> gate.Floors:
    return gate.updated(old or {}, HASHES, found, allow_lower=allow_lower)


def test_gate_passes_on_the_results_that_set_the_floors() -> None:
    found = [result("a", body=0.9), result("b", body=0.8)]
    assert list(gate.failures(floors(found), HASHES, found)) == []


def test_gate_fails_under_a_floor_and_names_metric_and_corpus() -> None:
    pinned = floors([result(body=0.9)])
    (word, shingle) = gate.failures(pinned, HASHES, [result(body=0.8)])
    assert word == "n4k-dev: wordF1 0.8000 is under its floor 0.8970"
    assert "F1" in shingle


@pytest.mark.parametrize(
    ("hashes", "found", "expected"),
    [
        ({"n4k-dev": "other"}, [result()], "not the one that the floors were measured on"),
        (HASHES, [result("a"), result("b")], "2 pages, and the floors were measured on 1"),
        (HASHES, [result(error="ValueError: x")], "a raised ValueError: x"),
        (HASHES, [result(seconds=5.5)], "a took 5.5 s"),
        ({"new-dev": "abc"}, [result(corpus="new-dev")], "no floor is pinned"),
    ],
)
def test_gate_fails_on(hashes: dict[str, str], found: list[Result], expected: str) -> None:
    (reason,) = gate.failures(floors([result()]), hashes, found)
    assert expected in reason


def test_gate_tells_an_error_once_however_many_pages_it_hit() -> None:
    found = [result(page_id, error="ValueError: x") for page_id in ("a", "b", "c")]
    assert list(gate.failures(floors(found), HASHES, found)) == ["n4k-dev: a and 2 more raised ValueError: x"]


def test_gate_fails_where_a_metric_is_no_longer_measured() -> None:
    pinned = {"n4k-dev": {"hash": "abc", "pages": 1, "floors": {"title": 0.5}}}
    assert list(gate.failures(pinned, HASHES, [result()])) == ["n4k-dev: title nan is under its floor 0.5000"]


def test_floors_rise_and_fall_only_when_allowed() -> None:
    old = floors([result(body=0.8)])
    assert floors([result(body=0.9)], old=old)["n4k-dev"]["floors"]["wordF1"] == pytest.approx(0.897)
    assert floors([result(body=0.5)], old=old) == old
    lowered = floors([result(body=0.5)], old=old, allow_lower=True)
    assert lowered["n4k-dev"]["floors"]["wordF1"] == pytest.approx(0.497)


RECORD = {"model": "m", "code": "c", "scores": {"n4k-dev": {"word F1": (0.93, 0.91, 0.95)}}}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (RECORD, None),
        (None, "nothing is recorded"),
        (RECORD | {"model": "other"}, "the record is of another model"),
        (RECORD | {"scores": {"n4k-dev": {"word F1": (0.92, 0.9, 0.94)}}}, "word F1 0.9200 is under its floor 0.9270"),
        (RECORD | {"scores": {}}, "word F1 nan is under its floor 0.9270"),
    ],
)
def test_gate_holds_what_was_measured_out_of_fold(record: dict[str, Any] | None, expected: str | None) -> None:
    pinned = gate.raised({}, RECORD, allow_lower=False)
    reasons = list(gate.record_failures(pinned, record, "m"))
    assert len(reasons) == (expected is not None)
    assert all(str(expected) in reason for reason in reasons)


def test_floors_out_of_fold_fall_only_when_allowed() -> None:
    pinned = gate.raised({"n4k-dev": {}}, RECORD, allow_lower=False)
    lower = RECORD | {"scores": {"n4k-dev": {"word F1": (0.5, 0.4, 0.6)}}}
    assert gate.raised(pinned, lower, allow_lower=False) == pinned
    assert gate.raised(pinned, lower, allow_lower=True)[gate.OUT_OF_FOLD]["n4k-dev"]["word F1"] == 0.497


# --- two runs -------------------------------------------------------------------------------------------------------


def test_comparison_pairs_pages_and_lists_what_moved_most() -> None:
    before = [result("same"), result("worse", body=0.9), result("better", body=0.1), result("gone")]
    after = [result("same"), result("worse", body=0.4), result("better", body=0.8), result("new")]
    lines = list(compare.compare(before, after, worst=5))
    assert "n4k-dev: 3 pages in both runs" in lines[0]
    moved = [[*line.split()[:3], line.split()[-1]] for line in lines if line.startswith("    ")]
    assert moved == [
        ["worse", "-0.500", "to", "worse.example"],
        ["better", "+0.700", "to", "better.example"],
    ]
    assert any("1 better, 1 worse" in line for line in lines)


def test_comparison_of_different_pages_says_so() -> None:
    assert list(compare.compare([result("a")], [result("b")], 5)) == ["compare: no page in common"]


def test_interval_holds_the_mean_and_narrows_with_more_sites() -> None:
    def width(sites: int) -> float:
        tallies = [(f"{number}.example", result(body=(number % 10) / 10).tally) for number in range(sites)]
        low, high = metric_intervals(group_by_site(tallies))["wordF1"]
        assert low < 0.45 < high
        return high - low

    assert width(200) < width(20) / 2


def test_pages_of_one_site_move_an_interval_together() -> None:
    one_site = difference_interval({"a.example": [0.1, -0.1] * 50})
    assert one_site == pytest.approx((0.0, 0.0))
    low, high = difference_interval({str(number): [0.1 if number % 2 else -0.1] for number in range(100)})
    assert low < 0 < high
