"""Prepared pages → out-of-fold scores of both stages and of the page kinds. Every page is judged without its site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.features_kind import KINDS, kind_row, kind_tokens
from newsclean.features_second import SECOND_COLUMNS, second_columns
from training import trees
from training.folds import FOLDS, fold_of
from training.kinds import KindCounts
from training.stages import ENCODINGS, block_weights, encoding_of, page_matrices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsclean.features import Measures
    from training.dataset import Prepared

FIRST_TREES = 100
FIRST_PARAMS: dict[str, object] = {
    "num_leaves": 24,
    "learning_rate": 0.12,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.5,
    "lambda_l2": 10.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
SECOND_TREES = 70
SECOND_PARAMS: dict[str, object] = {**FIRST_PARAMS, "num_leaves": 16, "learning_rate": 0.1, "min_data_in_leaf": 120}
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
PAGE_ROWS = 400
NEWS_WEIGHT = 2.0
"""How much more a page of the news corpora counts in training: they are a fifth of the pages and the first duty."""


def page_weight(page: Prepared) -> float:
    """Return how much a page counts in training."""
    return NEWS_WEIGHT if page.sample.corpus in ("n4k-dev", "fundus-dev") else 1.0


def sigmoid(values: Any) -> Any:
    """Return log-odds as probabilities."""
    return 1.0 / (1.0 + np.exp(-values))


def stack(pages: Sequence[Prepared], chosen: Iterable[int], rows: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Return rows, targets and weights of the blocks of chosen pages; weights have mean 1.

    Of pages with more than PAGE_ROWS blocks an even sample is taken: a page's weight does not grow with its blocks.
    """
    matrices, targets, weights = [], [], []
    for index in chosen:
        page = pages[index]
        count = len(page.texts)
        if count:
            taken = np.unique(np.linspace(0, count - 1, min(count, PAGE_ROWS)).astype(int))
            own = block_weights(page)[taken]
            matrices.append(rows[index][taken])
            targets.append(np.array(page.labels)[taken])
            weights.append(own / own.sum() * page_weight(page))
    weight = np.concatenate(weights)
    return np.vstack(matrices), np.concatenate(targets), weight * (len(weight) / weight.sum())


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


def cross_validate(pages: Sequence[Prepared], measures: Sequence[Measures]) -> Run:
    """Return the out-of-fold scores of both stages and of the page kinds."""
    rows = page_matrices(pages)
    first = first_scores(pages, rows)
    page_rows = kind_rows(pages, measures, first)
    kinds = kind_scores(pages, page_rows)
    both = [
        np.hstack([own, second_rows(page, sizes, scores, shares)])
        for own, page, sizes, scores, shares in zip(rows, pages, measures, first, kinds, strict=True)
    ]
    return Run(rows, page_rows, both, first, kinds, second_scores(pages, both))


def fold_pages(pages: Sequence[Prepared]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield for each fold the indices of the pages that train (with full gold) and of those that it judges."""
    folds = [fold_of(page.sample.site) for page in pages]
    for fold in range(FOLDS):
        train = [i for i, page in enumerate(pages) if folds[i] != fold and page.sample.gold is not None]
        yield train, [i for i in range(len(pages)) if folds[i] == fold]


def predict(booster: Any, rows: Any) -> Any:
    """Return the scores of rows, 0 to 1."""
    return sigmoid(booster.predict(rows, raw_score=True)) if len(rows) else np.zeros(0)


def first_scores(pages: Sequence[Prepared], rows: Sequence[Any]) -> list[Any]:
    """Return the out-of-fold scores of the first stage."""
    return _out_of_fold(pages, rows, FIRST_TREES, FIRST_PARAMS)


def second_scores(pages: Sequence[Prepared], rows: Sequence[Any]) -> list[Any]:
    """Return the out-of-fold scores of the second stage; `rows` are the columns of both stages."""
    return _out_of_fold(pages, rows, SECOND_TREES, SECOND_PARAMS)


def _out_of_fold(pages: Sequence[Prepared], rows: Sequence[Any], count: int, params: Mapping[str, object]) -> list[Any]:
    scores: list[Any] = [None] * len(pages)
    for train, judged in fold_pages(pages):
        booster = trees.train(*stack(pages, train, rows), count, params)
        for index in judged:
            scores[index] = predict(booster, rows[index])
    return scores


def kind_samples(pages: Iterable[Prepared]) -> list[tuple[str, str, frozenset[str]]]:
    """Return site, kind and tokens of each page."""
    return [(page.sample.site, page.sample.kind, frozenset(kind_tokens(page.view))) for page in pages]


def kind_rows(pages: Sequence[Prepared], measures: Sequence[Measures], first: Sequence[Any]) -> Any:
    """Return a row of KIND_COLUMNS a page, its tokens weighed by a table that has not seen its site."""
    samples = kind_samples(pages)
    groups = [encoding_of(page) for page in pages]
    tables = []
    for group in range(ENCODINGS):
        others = (s for s, page, own in zip(samples, pages, groups, strict=True) if own != group and page.sample.kind)
        tables.append(KindCounts(others).choose())
    return np.array(
        [
            kind_row(page.view, sizes, scores.tolist(), tables[group])
            for page, sizes, scores, group in zip(pages, measures, first, groups, strict=True)
        ]
    )


def train_kinds(pages: Sequence[Prepared], train: Sequence[int], rows: Any) -> Any:
    """Return the booster that tells the kind of a page."""
    targets = np.array([KINDS.index(pages[index].sample.kind) for index in train])
    return trees.train(rows[train], targets, np.ones(len(targets)), KIND_TREES, KIND_PARAMS)


def kind_scores(pages: Sequence[Prepared], rows: Any) -> Any:
    """Return the out-of-fold probabilities of the page kinds, pages x KINDS."""
    found = np.zeros((len(pages), len(KINDS)))
    for train, judged in fold_pages(pages):
        found[judged] = train_kinds(pages, train, rows).predict(rows[judged])
    return found


def second_rows(page: Prepared, measures: Measures, first: Any, kinds: Any) -> Any:
    """Return blocks x SECOND_COLUMNS of a page."""
    columns = second_columns(page.view, measures, first.tolist(), kinds.tolist())
    return np.array(columns, dtype=np.float32).T.reshape(len(page.texts), len(SECOND_COLUMNS))
