"""The table beside the peers: newsclean's body comes from texts out of fold, its metadata from the program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz")

from benchmarks import defuddle, kinds, peers
from benchmarks.corpora import CorpusPage
from benchmarks.elements import markdown_elements
from benchmarks.intervals import share_interval
from benchmarks.run import Result
from benchmarks.scores import Prediction, score

GOLD = {"text": "The quay was closed on Monday.", "title": "Quay closed"}
PAGE = CorpusPage("wcxb-dev", "1", Path("1.html"), GOLD)


def result(text: str) -> Result:
    tally = score(PAGE.gold, Prediction(text, "Quay closed"))
    return Result("wcxb-dev", "1", "a.example", "article", "en", tally, 0.02, False)


def test_text_out_of_fold_takes_the_place_of_the_body_alone(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"corpus": "wcxb-dev", "id": "1", "text": "Nothing of it"}) + "\n")
    texts = peers.read_texts(file)
    (found,) = peers.out_of_fold([result("The quay was closed on Monday.")], [PAGE], texts)
    assert found.tally.word_f1 == 0.0
    assert found.tally.title == 1
    line = peers.row("newsclean", [found], ["wcxb-dev"], "–", 12)
    assert line == "| newsclean | 0.000 [0.000, 0.000] | 1.000 | – | – | – | 12 | 20.0 |"
    assert len(line.split("|")) == len(peers.head(["wcxb-dev"])[0].split("|"))


def test_page_without_a_text_out_of_fold_keeps_its_own() -> None:
    (found,) = peers.out_of_fold([result("The quay was closed on Monday.")], [PAGE], {})
    assert found.tally.word_f1 == 1.0


def test_best_of_each_column_is_bold_and_the_shortest_time() -> None:
    rows = ["| a | 0.900 [0.800, 0.950] | – | 20.0 |", "| b | 0.950 [0.900, 0.990] | 0.500 | 30.0 |"]
    assert peers.best_in_bold(rows) == [
        "| a | 0.900 [0.800, 0.950] | – | **20.0** |",
        "| b | **0.950 [0.900, 0.990]** | **0.500** | 30.0 |",
    ]


def test_newsclean_reads_every_kind_of_file() -> None:
    assert dict(zip(kinds.KINDS, kinds.read_by("newsclean"), strict=True)) == dict.fromkeys(kinds.KINDS, True)


def test_all_text_of_a_page_is_not_its_article() -> None:
    assert not any(kinds.read_by("everything"))


def test_table_of_kinds_says_who_reads_what() -> None:
    lines = list(kinds.table({"a": [True] * len(kinds.KINDS), "b": [False] * len(kinds.KINDS)}))
    assert lines[:3] == ["| | a | b |", "|---|---|---|", "| HTML | yes | – |"]
    assert len(lines) == 2 + len(kinds.KINDS)


def test_structure_counts_elements_and_leaves_the_title_out() -> None:
    gold = markdown_elements("## Tides\n\n- high\n- low\n")
    found = markdown_elements("# Harbour\n\n## Tides\n\n- high\n- low\n- slack\n")
    assert peers.counted(gold, found, "Harbour") == (3, 7)


def test_interval_of_a_share_lies_around_it() -> None:
    low, high = share_interval([(8.0, 10.0), (6.0, 10.0), (9.0, 10.0), (5.0, 10.0)])
    assert 0.5 <= low < 0.7 < high <= 0.9


def test_peer_in_node_is_missing_without_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/node")
    monkeypatch.delenv("DEFUDDLE", raising=False)
    assert not defuddle.is_here()
    monkeypatch.setenv("DEFUDDLE", str(tmp_path))
    assert not defuddle.is_here()
    (tmp_path / "node_modules" / "defuddle").mkdir(parents=True)
    assert defuddle.is_here()
