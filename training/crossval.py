"""Prepared pages → out-of-fold scores of both stages and of the page kinds. Every page is judged without its site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judge.scorer.features import COLUMNS
from newsclean.judge.scorer.kind import ARTICLE_KINDS, KINDS, kind_row, kind_tokens, with_declared
from newsclean.judge.scorer.second import SECOND_COLUMNS, second_columns
from training import trees
from training.folds import FOLDS, fold_of
from training.kinds import KindCounts
from training.stages import ENCODINGS, NEWS_CORPORA, block_weights, encoding_of, is_labelled, kind_of, page_matrices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsclean.judge.scorer.measures import Measures
    from training.dataset import Prepared

FIRST_TREES = 180
FIRST_PARAMS: dict[str, object] = {
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "lambda_l2": 10.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
FIRST_EXITS = (
    trees.Exit(20, trees.Side(-2.0, -4.0)),
    trees.Exit(45, trees.Side(-3.0, -2.0), trees.Side(1.75, 1.2)),
    trees.Exit(90, trees.Side(-3.5, -0.7), trees.Side(1.75, 0.3)),
)
"""Two blocks in three leave here; of 1,000 that leave low, three would have ended above 0.05."""
SECOND_TREES = 110
SECOND_EXITS = (
    trees.Exit(20, trees.Side(-2.0, -3.7)),
    trees.Exit(30, trees.Side(-2.75, -0.9), trees.Side(1.75, 1.4)),
    trees.Exit(60, trees.Side(-3.25, -0.5), trees.Side(1.75, 0.1)),
)
SECOND_PARAMS: dict[str, object] = {**FIRST_PARAMS, "num_leaves": 24, "min_data_in_leaf": 100}
KIND_TREES = 30
KIND_PARAMS: dict[str, object] = {
    "objective": "multiclass",
    "num_class": len(KINDS),
    "num_leaves": 6,
    "learning_rate": 0.1,
    "min_data_in_leaf": 12,
    "feature_fraction": 0.5,
    "lambda_l2": 3.0,
    "boost_from_average": True,
}
MIN_AGREEMENT = 0.5
DOUBT_WEIGHT = 0.3
"""An article whose gold and first stage agree less weighs so much in the second: most such golds are cut short."""
BLIND_EVERY = 7
"""One page in so many is also shown without its class names: the model shall not lean on them alone."""
CLASS_COLUMNS = [number for number, name in enumerate(COLUMNS) if name.startswith("class_")]
PAGE_ROWS = 400
NEWS_WEIGHT = 2.0
"""How much more a page of the news corpora counts in training: they are a fifth of the pages and the first duty."""
SNIPPET_WEIGHT = 0.5
"""How much a page counts of which only some blocks have a label."""


def page_weight(page: Prepared) -> float:
    """Return how much a page counts in training."""
    if page.sample.gold is None:
        return SNIPPET_WEIGHT
    return NEWS_WEIGHT if page.sample.corpus in NEWS_CORPORA else 1.0


PageRows = Sequence[Any] | Mapping[int, Any]
"""Page → its matrix, or its scores."""


def sigmoid(values: Any) -> Any:
    """Return log-odds as probabilities."""
    return 1.0 / (1.0 + np.exp(-values))


def stack(
    pages: Sequence[Prepared],
    chosen: Iterable[int],
    rows: PageRows,
    weigh: Callable[[int], float],
) -> tuple[Any, Any, Any]:
    """Return rows, targets and weights of the labelled blocks of chosen pages; `weigh` gives a page's weight.

    Of pages with more than PAGE_ROWS blocks an even sample is taken: a page's weight does not grow with its blocks.
    """
    matrices, targets, weights = [], [], []
    for index in chosen:
        page = pages[index]
        known = np.array(page.known, dtype=int)
        if len(known):
            taken = known[np.unique(np.linspace(0, len(known) - 1, min(len(known), PAGE_ROWS)).astype(int))]
            own = block_weights(page)[taken]
            matrices.append(rows[index][taken])
            targets.append(np.array(page.labels)[taken])
            weights.append(own / own.sum() * weigh(index))
    weight = np.concatenate(weights)
    return np.vstack(matrices), np.concatenate(targets), weight * (len(weight) / weight.sum())


def stack_first(pages: Sequence[Prepared], chosen: Sequence[int], rows: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Return what the first stage learns from: the pages, and copies of some whose class names say nothing."""
    blind = [i for i in chosen if fold_of(pages[i].sample.site, BLIND_EVERY, "blind") == 0]
    copies = {index: rows[index].copy() for index in blind}
    for copy in copies.values():
        copy[:, CLASS_COLUMNS] = 0.0
    parts = [
        stack(pages, chosen, rows, lambda index: page_weight(pages[index])),
        stack(pages, blind, copies, lambda index: page_weight(pages[index])),
    ]
    matrices, targets, weights = zip(*parts, strict=True)
    return np.vstack(matrices), np.concatenate(targets), np.concatenate(weights)


def stack_second(
    pages: Sequence[Prepared], chosen: Sequence[int], rows: PageRows, first: PageRows
) -> tuple[Any, Any, Any]:
    """Return what the second stage learns from; articles whose gold the first stage contradicts count less."""

    def weigh(index: int) -> float:
        judged = kind_of(pages[index]) in ARTICLE_KINDS
        doubt = judged and agreement(pages[index], first[index]) < MIN_AGREEMENT
        return page_weight(pages[index]) * (DOUBT_WEIGHT if doubt else 1.0)

    return stack(pages, chosen, rows, weigh)


def agreement(page: Prepared, scores: Any) -> float:
    """Return the F1 over characters between the labels of a page and scores of at least one half."""
    sizes = np.array([len(text) for text in page.texts], dtype=float)
    labels, kept = np.array(page.labels), scores >= 0.5
    both = float((sizes * labels * kept).sum())
    return 2.0 * both / max(float((sizes * labels).sum() + (sizes * kept).sum()), 1.0)


@dataclass
class Run:
    """A cross-validation: what the models saw of each page, and what models that never saw its site say of it."""

    rows: list[Any]
    """Blocks x COLUMNS of each page."""
    kind_rows: Any
    """Pages x KIND_COLUMNS."""
    both: list[Any]
    """Blocks x (COLUMNS, SECOND_COLUMNS) of each page."""
    first: list[Any]
    kinds: Any
    """Pages x KINDS."""
    second: list[Any]
    """Before what the kind of the page says of them (judge.scorer.kindrules)."""


def cross_validate(pages: Sequence[Prepared], measures: Sequence[Measures]) -> Run:
    """Return the out-of-fold scores of both stages and of the page kinds.

    Nested: what the second stage of a fold learns from are scores of first stages that have not seen that fold either.
    """
    page_rows = kind_rows(pages, measures)
    kinds = kind_scores(pages, page_rows)
    rows = page_matrices(pages, measures, kinds)
    folds = [fold_of(page.sample.site) for page in pages]
    inner = inner_scores(pages, rows, folds)
    run = Run(rows, page_rows, [None] * len(pages), [None] * len(pages), kinds, [None] * len(pages))
    for fold in range(FOLDS):
        train, judged = train_pages(pages, folds, {fold}), [i for i, own in enumerate(folds) if own == fold]
        booster = train_first(pages, train, rows)
        first = {i: inner[fold, i] for i in train} | {i: predict(booster, rows[i], FIRST_EXITS) for i in judged}
        both = {i: np.hstack([rows[i], second_rows(pages[i], measures[i], scores)]) for i, scores in first.items()}
        booster = train_second(pages, train, both, first)
        for i in judged:
            run.first[i], run.both[i] = first[i], both[i]
            run.second[i] = predict(booster, both[i], SECOND_EXITS)
    return run


def inner_scores(pages: Sequence[Prepared], rows: Sequence[Any], folds: Sequence[int]) -> dict[tuple[int, int], Any]:
    """Return (fold left out, page) → score of the first stage, by a model that saw neither that fold nor the page's."""
    found = {}
    for one, other in combinations(range(FOLDS), 2):
        booster = train_first(pages, train_pages(pages, folds, {one, other}), rows)
        for index, fold in enumerate(folds):
            if fold in (one, other):
                found[one if fold == other else other, index] = predict(booster, rows[index], FIRST_EXITS)
    return found


def train_pages(pages: Sequence[Prepared], folds: Sequence[int], without: set[int]) -> list[int]:
    """Return the pages that can train, without those of some folds."""
    return [i for i, page in enumerate(pages) if folds[i] not in without and is_labelled(page)]


def predict(booster: Any, rows: Any, exits: Sequence[trees.Exit]) -> Any:
    """Return the scores of rows, 0 to 1."""
    return sigmoid(trees.raw_scores(booster, rows, exits)) if len(rows) else np.zeros(0)


def train_first(pages: Sequence[Prepared], train: Sequence[int], rows: Sequence[Any]) -> Any:
    """Return the booster of the first stage."""
    return trees.train(*stack_first(pages, train, rows), FIRST_TREES, FIRST_PARAMS)


def train_second(pages: Sequence[Prepared], train: Sequence[int], rows: PageRows, first: PageRows) -> Any:
    """Return the booster of the second stage."""
    return trees.train(*stack_second(pages, train, rows, first), SECOND_TREES, SECOND_PARAMS)


def kind_samples(pages: Iterable[Prepared]) -> list[tuple[str, str, frozenset[str]]]:
    """Return site, kind and tokens of each page."""
    return [(page.sample.site, kind_of(page), frozenset(_general(kind_tokens(page.view)))) for page in pages]


def _general(tokens: set[str]) -> set[str]:
    """Return tokens without whole class names, whose parts say what is general."""
    return {token for token in tokens if token[0] != "."}


def kind_rows(pages: Sequence[Prepared], measures: Sequence[Measures]) -> Any:
    """Return a row of KIND_COLUMNS a page, its tokens weighed by a table that has not seen its site."""
    samples = kind_samples(pages)
    groups = [encoding_of(page) for page in pages]
    tables = []
    for group in range(ENCODINGS):
        others = (s for s, page, own in zip(samples, pages, groups, strict=True) if own != group and page.sample.kind)
        tables.append(KindCounts(others).choose())
    return np.array(
        [kind_row(page.view, sizes, tables[group]) for page, sizes, group in zip(pages, measures, groups, strict=True)]
    )


def train_kinds(pages: Sequence[Prepared], train: Sequence[int], rows: Any) -> Any:
    """Return the booster that tells the kind of a page."""
    targets = np.array([KINDS.index(kind_of(pages[index])) for index in train])
    return trees.train(rows[train], targets, np.ones(len(targets)), KIND_TREES, KIND_PARAMS)


def kind_scores(pages: Sequence[Prepared], rows: Any) -> Any:
    """Return the out-of-fold probabilities of the page kinds, pages x KINDS."""
    found = np.zeros((len(pages), len(KINDS)))
    folds = [fold_of(page.sample.site) for page in pages]
    for fold in range(FOLDS):
        train = [i for i, page in enumerate(pages) if folds[i] != fold and page.sample.kind]
        judged = [i for i, own in enumerate(folds) if own == fold]
        shares = train_kinds(pages, train, rows).predict(rows[judged]).tolist()
        found[judged] = [with_declared(own, pages[i].view.signals) for i, own in zip(judged, shares, strict=True)]
    return found


def second_rows(page: Prepared, measures: Measures, first: Any) -> Any:
    """Return blocks x SECOND_COLUMNS of a page."""
    columns = second_columns(page.view, measures, first.tolist())
    return np.array(columns, dtype=np.float32).T.reshape(len(page.texts), len(SECOND_COLUMNS))
