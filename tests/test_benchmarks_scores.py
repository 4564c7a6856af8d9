"""The score definitions: the corner cases, and the same numbers as the corpora's own tool wherever it is at hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.corpora import DEFAULT_CORPORA as CORPORA
from benchmarks.corpora import NAMES, REPOSITORY
from benchmarks.scores import Prediction, Tally, add, body_score, score, summarize

if TYPE_CHECKING:
    from pathlib import Path

TOOL = REPOSITORY.parent / "shared" / "tools" / "score.py"

BRIDGE = "The city council approved a new bridge over the river on Friday after a long debate."


def summary_of(gold: dict[str, Any], prediction: Prediction) -> dict[str, float]:
    return summarize(score(gold, prediction))


def test_perfect_text_scores_one_everywhere() -> None:
    gold = {"text": BRIDGE, "title": "New bridge", "authors": ["Ann Lee"], "date": "2025-07-04"}
    found = Prediction(BRIDGE, "New bridge", ("Ann Lee",), "2025-07-04T10:00:00+02:00")
    assert set(summary_of(gold, found).values()) == {1.0}


def test_word_f1_ignores_order_and_case_and_shingles_do_not() -> None:
    summary = summary_of({"text": "one two three four five"}, Prediction("FIVE four three two one"))
    assert summary["wordF1"] == 1.0
    assert summary["F1"] == 0.0


def test_empty_prediction_has_neither_precision_nor_recall() -> None:
    tally = score({"text": BRIDGE}, Prediction())
    assert (tally.precision_pages, tally.precision, tally.recall_pages, tally.recall) == (1, 0.0, 1, 0.0)
    assert summarize(tally)["F1"] == 0.0


def test_empty_gold_wants_an_empty_prediction() -> None:
    assert score({"text": ""}, Prediction()).word_f1 == 1.0
    leaked = score({"text": ""}, Prediction("Subscribe now"))
    assert (leaked.word_f1, leaked.precision, leaked.precision_pages, leaked.recall_pages) == (0.0, 0.0, 1, 0)


def test_at_most_six_snippets_a_side_count() -> None:
    gold = {"with": [f"wanted {n}" for n in range(9)], "without": ["Menu"]}
    tally = score(gold, Prediction("wanted 0\n  and  wanted\n1 Menu"))
    assert (tally.true_positive, tally.false_negative, tally.false_positive, tally.true_negative) == (2, 4, 1, 0)
    assert body_score(tally) == pytest.approx(2 / 7)


def test_title_is_compared_without_punctuation_case_and_width() -> None:
    assert summary_of({"title": "“New Bridge” – approved"}, Prediction(title="ＮEW bridge: approved"))["title"] == 1.0


def test_names_are_split_and_bylines_stripped() -> None:
    gold = {"authors": ["Ann Lee", "Bo Ray"]}
    assert summary_of(gold, Prediction(authors=("By Ann Lee and Bo Ray",)))["authors"] == 1.0
    assert summary_of(gold, Prediction(authors=("Ann Lee",)))["authors"] == pytest.approx(2 / 3)


def test_only_the_day_of_a_date_counts() -> None:
    assert summary_of({"date": "2025-07-04"}, Prediction(date="2025-07-04T23:59:00Z"))["date"] == 1.0
    assert summary_of({"date": "2025-07-04"}, Prediction())["date"] == 0.0


def test_metrics_without_gold_are_left_out() -> None:
    assert summary_of({"title": "", "date": None, "authors": []}, Prediction("text")) == {}


def test_tallies_add_up_to_the_mean_over_pages() -> None:
    pages = [({"text": BRIDGE}, Prediction(BRIDGE)), ({"text": BRIDGE}, Prediction("nothing of it"))]
    assert summarize(add(score(*page) for page in pages))["wordF1"] == pytest.approx(0.5)
    assert add([]) == Tally()


# --- against the corpora's own tool ---------------------------------------------------------------------------------

WORDS = ["Brücke", "city", "council", "the", "über", "2025", "москва", "naïve", "and", "d'or", "Ａ", "—", "x_y"]


def invented_corpus(rng: random.Random) -> list[dict[str, Any]]:
    """Return gold lines of every shape that the corpora have."""

    def text(size: int) -> str:
        return " ".join(rng.choices(WORDS, k=size))

    golds: list[dict[str, Any]] = []
    for number in range(60):
        gold: dict[str, Any] = {"id": str(number), "title": text(rng.randrange(4)), "type": "article"}
        gold["date"] = rng.choice([None, "2025-07-04", "2024-12-31T10:00:00Z"])
        gold["authors"] = rng.choice([[], ["Ann Lee"], ["By Ann Lee & Bo Ray"], "von Bo Ray; Ann Lee"])
        gold["text"] = text(rng.choice([0, 1, 3, 4, 40]))
        golds.append(gold)
    return golds


def snippet_corpus(rng: random.Random) -> list[dict[str, Any]]:
    golds = invented_corpus(rng)
    for gold in golds:
        words = gold.pop("text").split()
        gold["with"] = [" ".join(words[at : at + 3]) for at in range(0, len(words), 5)] or ["absent snippet"]
        gold["without"] = rng.choices(["Menu", "the", "Subscribe"], k=rng.randrange(9))
    return golds


def perturbed(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return a prediction between right and wrong, as a line of the tool's input."""
    words = (gold.get("text") or " ".join(gold.get("with", [])) or "").split()
    kept = [word for word in words if rng.random() < 0.8]
    return {
        "id": gold["id"],
        "text": rng.choice(["", "Menu  ", "\n"]) + rng.choice([" ", "\n"]).join(kept),
        "title": rng.choice([None, gold.get("title"), f"{gold.get('title')}!", "Other"]),
        "authors": rng.choice([[], gold.get("authors") or [], ["Ann Lee"]]),
        "date": rng.choice([None, gold.get("date"), "2025-07-04"]),
    }


def our_summary(golds: list[dict[str, Any]], predictions: dict[str, dict[str, Any]]) -> dict[str, float]:
    def prediction(gold: dict[str, Any]) -> Prediction:
        found = predictions.get(gold["id"], {})
        authors = found.get("authors") or []
        names = (authors,) if isinstance(authors, str) else tuple(authors)
        return Prediction(found.get("text") or "", found.get("title"), names, found.get("date"))

    return summarize(add(score(gold, prediction(gold)) for gold in golds))


@dataclass
class Row:
    """What the tool printed for one corpus, by column."""

    cells: dict[str, str]


def tool_rows(corpora: Path, predictions: Path) -> dict[str, Row]:
    """Return the table that the tool prints: its columns are nine wide from column 57 on."""
    command = [sys.executable, str(TOOL), str(corpora), str(predictions)]
    output = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    head, *lines = output.splitlines()
    names = [head[at : at + 9].strip() for at in range(58, len(head), 9)]
    rows = {}
    for line in lines:
        cells = [line[at : at + 9].strip() for at in range(58, len(line), 9)]
        rows[line[:18].strip()] = Row(dict(zip(names, cells, strict=False)))
    return rows


def write_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def corpus_gold(name: str, count: int) -> list[dict[str, Any]]:
    """Return the first lines of a corpus's gold, read out of its archive."""
    with tarfile.open(CORPORA / f"{name}.tar.xz", "r|xz") as tar:
        for member in tar:
            if member.name == f"{name}/gold.jsonl":
                lines = tar.extractfile(member)
                assert lines is not None
                return [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    raise AssertionError(f"{name} has no gold")


def assert_same_numbers(golds_by_name: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    rng = random.Random(7)
    expected = {}
    for name, golds in golds_by_name.items():
        predictions = [perturbed(gold, rng) for gold in golds][5:]  # some pages have no prediction
        write_lines(folder / "corpora" / name / "gold.jsonl", golds)
        write_lines(folder / "predictions" / f"{name}.ours.jsonl", predictions)
        expected[name] = our_summary(golds, {found["id"]: found for found in predictions})
    rows = tool_rows(folder / "corpora", folder / "predictions")
    for name, summary in expected.items():
        printed = {key: cell for key, cell in rows[name].cells.items() if cell and key != "ms"}
        assert printed == {key: f"{value:.3f}" for key, value in summary.items()}, name


@pytest.mark.skipif(not TOOL.exists(), reason="the corpora's scoring tool is not beside the checkout")
def test_numbers_are_those_of_the_corpora_s_own_tool(tmp_path: Path) -> None:
    rng = random.Random(7)
    assert_same_numbers({"full": invented_corpus(rng), "snippets": snippet_corpus(rng)}, tmp_path)


@pytest.mark.skipif(not (TOOL.exists() and CORPORA.exists()), reason="the corpora are not beside the checkout")
def test_numbers_are_those_of_the_tool_on_the_corpora_s_gold(tmp_path: Path) -> None:
    present = [name for name in NAMES if (CORPORA / f"{name}.tar.xz").exists()]
    assert_same_numbers({name: corpus_gold(name, 80) for name in present}, tmp_path)
