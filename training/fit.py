"""Matrices of all pages → the shipped model files. Stage 2 learns from out-of-fold scores of stage 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.features import COLUMNS
from newsclean.features_kind import KIND_COLUMNS, KINDS
from newsclean.features_second import SECOND_COLUMNS
from training import crossval, export, trees
from training.effects import column_effects
from training.kinds import KindCounts
from training.stages import token_weights, with_gold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.dataset import Prepared


def write_model(folder: Path, pages: Sequence[Prepared], run: crossval.Run) -> None:
    """Train on all pages with full gold and write the files of newsclean/trained."""
    train = [index for index, page in enumerate(pages) if page.sample.gold is not None]
    stacked = crossval.stack(pages, train, run.rows)
    booster = trees.train(*stacked, crossval.FIRST_TREES, crossval.FIRST_PARAMS)
    effects = column_effects(booster, stacked[0])
    export.write_module(folder / "first.py", "First stage.", COLUMNS, [trees.plain_trees(booster)])
    booster = trees.train(*crossval.stack(pages, train, run.both), crossval.SECOND_TREES, crossval.SECOND_PARAMS)
    names = (*COLUMNS, *SECOND_COLUMNS)
    export.write_module(folder / "second.py", "Second stage.", names, [trees.plain_trees(booster)])
    plain = trees.plain_trees(crossval.train_kinds(pages, train, run.kind_rows))
    outputs = [plain[number :: len(KINDS)] for number in range(len(KINDS))]
    export.write_module(folder / "kinds.py", "Kind of the page.", KIND_COLUMNS, outputs)
    gold = with_gold(pages)
    weights = KindCounts(crossval.kind_samples(gold)).choose()
    export.write_json(folder / "tokens.json.gz", {"tokens": token_weights(gold), "kinds": weights, "effects": effects})
