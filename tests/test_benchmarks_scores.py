"""The score definitions: the corner cases."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.scores import Prediction, Tally, add, body_score, score, summarize

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
