"""Tests that need files beside the checkout: the corpora with their scoring tool, and the seed page. `make beside`."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from benchmarks.corpora import DEFAULT_CORPORA as CORPORA
from benchmarks.corpora import NAMES, REPOSITORY
from benchmarks.scores import Prediction, add, score, summarize
from newsclean.cli import main
from tests.test_flattext_fixtures import SHAPES, in_latin_1, read_article

if TYPE_CHECKING:
    from pathlib import Path

SHARED = REPOSITORY.parent / "shared"
TOOL = SHARED / "tools" / "score.py"
SEED = SHARED / "seed" / "000_a45a973e53a98119.txt"

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


def test_numbers_are_those_of_the_corpora_s_own_tool(tmp_path: Path) -> None:
    rng = random.Random(7)
    assert_same_numbers({"full": invented_corpus(rng), "snippets": snippet_corpus(rng)}, tmp_path)


def test_numbers_are_those_of_the_tool_on_the_corpora_s_gold(tmp_path: Path) -> None:
    assert_same_numbers({name: corpus_gold(name, 80) for name in NAMES}, tmp_path)


# --- the seed page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_gives_the_seed_in_every_shape(shape: str) -> None:
    metadata, body = read_article(SHAPES[shape](SEED.read_text(encoding="utf-8")))
    told = in_latin_1 if shape == "in latin-1" else str
    assert body == [told(line) for line in _six_paragraphs()]
    assert len(body) == 6
    assert metadata.title == told(_headline())
    assert metadata.authors == ("jobuzo",)
    assert metadata.published == "2025-07-04"


@pytest.mark.parametrize("way", ["file", "stdin", "folder"])
def test_command_gives_the_seed_page(way: str, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.txt").write_bytes(SEED.read_bytes())
    arguments = {"file": [str(folder / "page.txt")], "stdin": ["-"], "folder": [str(folder), "-o", f"{tmp_path}/out/"]}
    result = CliRunner().invoke(main, arguments[way], input=SEED.read_bytes())
    assert result.exit_code == 0
    markdown = (tmp_path / "out" / "page.md").read_text("utf-8") if way == "folder" else result.stdout
    assert markdown.split("---\n\n")[1] == "\n\n".join([f"# {_headline()}", *_six_paragraphs()]) + "\n"


def _headline() -> str:
    lines = [line for line in SEED.read_text(encoding="utf-8").split("\n") if line]
    return next(line for line, following in itertools.pairwise(lines) if line == following)


def _six_paragraphs() -> list[str]:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("Posted on ")) + 1
    last = next(number for number, line in enumerate(lines) if line.startswith("News :"))
    return [line for line in lines[first:last] if line and line != "Advertisement"]
