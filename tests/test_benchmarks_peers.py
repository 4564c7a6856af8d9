"""The table beside the peers: newsclean's body comes from texts out of fold, its metadata from the program."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import peers
from benchmarks.corpora import CorpusPage
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
    assert (
        peers.row("newsclean", [found], ["wcxb-dev"]) == "| newsclean | 0.000 [0.000, 0.000] | 1.000 | – | – | 20.0 |"
    )


def test_page_without_a_text_out_of_fold_keeps_its_own() -> None:
    (found,) = peers.out_of_fold([result("The quay was closed on Monday.")], [PAGE], {})
    assert found.tally.word_f1 == 1.0


def test_best_of_each_column_is_bold_and_the_shortest_time() -> None:
    rows = ["| a | 0.900 [0.800, 0.950] | – | 20.0 |", "| b | 0.950 [0.900, 0.990] | 0.500 | 30.0 |"]
    assert peers.best_in_bold(rows) == [
        "| a | 0.900 [0.800, 0.950] | – | **20.0** |",
        "| b | **0.950 [0.900, 0.990]** | **0.500** | 30.0 |",
    ]
