"""Labels, folds, measures, trees and export, on invented pages."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("lightgbm", reason="training needs lightgbm")
pytest.importorskip("rapidfuzz", reason="training needs rapidfuzz")

import numpy as np

from newsclean.judge.scorer.view import view_page
from newsclean.page.html import parse_html
from training import crossval, export, measure, trees, wording
from training.corpora import Sample, read_corpus, registered_domain
from training.dataset import Prepared
from training.folds import FOLDS, fold_of
from training.kinds import KindCounts
from training.labels import is_known, label_snippets, label_texts
from training.tokens import TokenCounts, page_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLD = "The ferry sails again in spring. It was repaired for two years. The crew is glad to be back at sea."


def test_gold_paragraphs_are_labelled_and_the_rest_is_not() -> None:
    texts = ["Home", "The ferry sails again in spring.", "It was repaired for two years.", "Subscribe to our letter"]
    assert label_texts(texts, GOLD) == [0.0, 1.0, 1.0, 0.0]


def test_common_words_alone_do_not_make_a_text_gold() -> None:
    texts = ["The ferry sails again in spring.", "The crew of the town hall plays in the spring league again"]
    assert label_texts(texts, GOLD)[1] == 0.0


def test_partly_used_text_gets_its_share() -> None:
    label = label_texts(["The ferry sails again in spring. Advertisement follows here now"], GOLD)[0]
    assert label == pytest.approx(0.6)


def test_long_text_in_another_order_is_rescued() -> None:
    texts = ["The crew is glad to be back at sea.", "The ferry sails again in spring. It was repaired for two years."]
    assert min(label_texts(texts, GOLD)) > 0.9


def test_of_equal_short_texts_the_one_among_gold_is_chosen() -> None:
    gold = "Results of the race. " + GOLD
    texts = ["Results of the race.", "Home", "Sport", "Weather", "Jobs", "Cars", "Shop", "Results of the race.", GOLD]
    labels = label_texts(texts, gold)
    assert labels[0] == 0.0
    assert labels[7:] == [1.0, 1.0]


def test_scripts_without_spaces_are_aligned_by_characters() -> None:
    assert label_texts(["港のフェリーが春に戻る。", "広告"], "港のフェリーが春に戻る。") == [1.0, 0.0]


def test_empty_gold_labels_nothing() -> None:
    assert label_texts(["A", "B"], "") == [0.0, 0.0]


def test_snippets_label_the_texts_that_hold_them_and_no_others() -> None:
    texts = ["The ferry\nsails again on Monday.", "Buy our mugs.", "Nobody knows."]
    labels = label_snippets(texts, ["ferry sails again", "a"], ["our mugs"])
    assert labels[:2] == [1.0, 0.0]
    assert not is_known(labels[2])


def test_a_site_is_in_one_fold_for_ever() -> None:
    assert fold_of("example.org") == fold_of("example.org")
    assert {fold_of(f"site{n}.org") for n in range(99)} == set(range(FOLDS))


def test_registered_domain_drops_subdomains() -> None:
    assert registered_domain("https://www.news.example.co.uk/a") == "example.co.uk"
    assert registered_domain("http://blog.example.org") == "example.org"


def test_corpus_pages_carry_their_gold(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.html").write_text("<p>The ferry</p>", encoding="utf-8")
    record = {"id": "1", "url": "https://www.example.org/x", "site": "s", "type": "article", "text": "The ferry"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (sample,) = read_corpus(tmp_path)
    assert (sample.site, sample.kind, sample.gold) == ("example.org", "article", "The ferry")
    assert sample.source() == "<p>The ferry</p>"


def test_word_f1_counts_words_as_a_bag() -> None:
    assert measure.word_f1("a b b", "b a c") == pytest.approx(4 / 6)
    assert measure.word_f1("", "") == 1.0


def test_shingles_give_precision_and_recall() -> None:
    precision, recall = measure.shingle_precision_recall("a b c d e", "a b c d")
    assert (precision, recall) == (0.5, 1.0)


def test_unwanted_snippets_lower_the_score() -> None:
    clean = [measure.PageScore("s", snippets=measure.snippet_counts("a story", ["story"], ["menu"]))]
    leaky = [measure.PageScore("s", snippets=measure.snippet_counts("a story menu", ["story"], ["menu"]))]
    assert measure.snippet_f1(clean) == 1.0
    assert measure.snippet_f1(leaky) == pytest.approx(2 / 3)


def _pages() -> list[tuple[str, dict[str, float]]]:
    source = "<div class='story'><p>The ferry sails again</p></div><div class='promo'><p>Buy now</p></div>"
    view = view_page(parse_html(source))
    return [(f"site{n}.org", page_shares(view, [1.0, 0.0])) for n in range(9)]


def test_class_names_of_gold_weigh_more_than_those_of_the_rest() -> None:
    counts = TokenCounts(_pages())
    story, promo = counts.weight(",story"), counts.weight(",promo")
    assert story is not None
    assert promo is not None
    assert story > 0 > promo


def test_texts_without_a_label_say_nothing_about_their_class_names() -> None:
    view = view_page(
        parse_html("<div class='story'><p>The ferry sails.</p></div><div class='promo'><p>Buy now</p></div>")
    )
    shares = page_shares(view, [1.0, float("nan")])
    assert shares[",story"] == 1.0
    assert not {",promo", "buy"} & set(shares)


def test_tokens_of_few_sites_have_no_weight() -> None:
    assert TokenCounts(_pages()[:2]).weight(",story") is None


def test_kind_tokens_weigh_for_their_kind() -> None:
    pages = [(f"f{n}", "forum", frozenset({",thread"})) for n in range(6)]
    pages += [(f"a{n}", "article", frozenset({",story"})) for n in range(6)]
    weights = KindCounts(pages).choose()
    assert weights[",thread"][1] > 0 > weights[",thread"][0]


def _booster() -> tuple[Any, Any]:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(600, 4)).astype(np.float32)
    targets = (rows[:, 1] + rows[:, 3] > 0).astype(float)
    params = {"num_leaves": 6, "learning_rate": 0.3, "min_data_in_leaf": 10}
    return trees.train(rows, targets, np.ones(600), 8, params), rows


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.pop(path.stem, None)
    spec.loader.exec_module(module)
    return module


def test_exported_code_gives_the_scores_of_the_model(tmp_path: Path) -> None:
    booster, rows = _booster()
    plain = trees.plain_trees(booster)
    path = tmp_path / "exported_trees.py"
    export.write_module(path, "Test.", ["a", "b", "c", "d"], [plain])
    module = _module(path)
    columns = ["a", "b", "c", "d"]
    used = [columns.index(name) for name in module.COLUMNS]
    scores = [module.score(tuple(row[used].tolist())) for row in rows]
    assert scores == pytest.approx([sum(_leaf(tree, row) for tree in plain) for row in rows], abs=1e-9)
    assert scores == pytest.approx(booster.predict(rows, raw_score=True).tolist(), abs=2e-3)


def _leaf(tree: trees.Tree, row: Any) -> float:
    """Return the value of the leaf that a row ends in."""
    while isinstance(tree, trees.Split):
        tree = tree.low if row[tree.column] <= tree.threshold else tree.high
    return tree.value


def test_rows_leave_the_exported_code_as_they_leave_the_model(tmp_path: Path) -> None:
    booster, rows = _booster()
    exits = (trees.Exit(2, trees.Side(-0.3, -1.0)), trees.Exit(4, trees.Side(-0.5, -0.5), trees.Side(0.4, 0.7)))
    path = tmp_path / "exported_exit.py"
    export.write_module(path, "Test.", ["a", "b", "c", "d"], [trees.plain_trees(booster)], exits)
    module = _module(path)
    used = [["a", "b", "c", "d"].index(name) for name in module.COLUMNS]
    scores = np.array([module.score(tuple(row[used].tolist())) for row in rows])
    assert scores == pytest.approx(trees.raw_scores(booster, rows, exits), abs=2e-3)
    moved = scores - booster.predict(rows, raw_score=True)
    for bound, after in ((-0.3, 2), (-0.5, 4)):
        assert (booster.predict(rows, raw_score=True, num_iteration=after) < bound).any()
    assert (moved > 0.1).any() and (moved < -0.1).any()


def test_inner_scores_come_from_models_that_saw_neither_fold() -> None:
    folds = [0, 1, 2, 3, 4]
    pages: Any = [_labelled(number) for number in folds]
    assert crossval.train_pages(pages, folds, {1, 3}) == [0, 2, 4]
    assert crossval.train_pages([*pages, _labelled(5, labels=[float("nan")])], [*folds, 0], {1}) == [0, 2, 3, 4]


def _labelled(number: int, labels: Sequence[float] = (1.0,)) -> Prepared:
    view = view_page(parse_html("<p>The ferry sails.</p>"))
    sample = Sample("snippets", str(number), f"site{number}.org", "", None, Path("none.html"), None)
    return Prepared(sample, view, list(labels))


def test_several_outputs_are_a_tuple(tmp_path: Path) -> None:
    path = tmp_path / "exported_outputs.py"
    export.write_module(
        path, "Test.", ["a"], [[trees.Leaf(1.0)], [trees.Split(0, 0.5, trees.Leaf(2.0), trees.Leaf(3.0))]]
    )
    assert _module(path).score((0.7,)) == (1.0, 3.0)


def test_training_twice_gives_the_same_bytes() -> None:
    assert _booster()[0].model_to_string() == _booster()[0].model_to_string()


def test_compressed_tables_have_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export.write_json(tmp_path / name, {"b": 1, "a": [2.5]})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert json.loads(gzip.decompress((tmp_path / "one").read_bytes())) == {"a": [2.5], "b": 1}


def test_wording_of_two_texts_is_told_from_that_of_one() -> None:
    words = [[f"{stem}{number:02}word" for number in range(60)] for stem in ("pier", "loaf")]
    texts = [[" ".join(own[(n + m) % 60] for m in range(25)) for n in range(0, 60, 5)] for own in words]
    pairs = list(wording.make_pairs(texts))
    rows = np.array([wording._row(one, other) for one, other, _ in pairs])
    foreign = np.array([is_foreign for *_, is_foreign in pairs], dtype=float)
    assert set(foreign) == {0.0, 1.0}
    assert ((rows @ wording.fit(rows, foreign) > 0) == foreign).all()
