"""Matrices of all pages → the shipped model files. Stage 2 learns from out-of-fold scores of stage 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsclean.judge.scorer.features import COLUMNS
from newsclean.judge.scorer.kind import KIND_COLUMNS, KINDS
from newsclean.judge.scorer.second import SECOND_COLUMNS
from training import crossval, export, trees
from training.effects import column_effects
from training.kinds import KindCounts
from training.stages import tables_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.dataset import Prepared


def write_model(folder: Path, pages: Sequence[Prepared], run: crossval.Run) -> None:
    """Train on all labelled pages and write the files of newsclean/judge/scorer/trained."""
    folder.mkdir(parents=True, exist_ok=True)
    train = crossval.train_pages(pages, [0] * len(pages), set())
    booster = crossval.train_first(pages, train, run.rows)
    effects = column_effects(booster, np.vstack([run.rows[index] for index in train]))
    export.write_module(
        folder / "first.py", "First stage.", COLUMNS, [trees.plain_trees(booster)], crossval.FIRST_EXITS
    )
    booster = crossval.train_second(pages, train, run.both, run.first)
    names = (*COLUMNS, *SECOND_COLUMNS)
    export.write_module(
        folder / "second.py", "Second stage.", names, [trees.plain_trees(booster)], crossval.SECOND_EXITS
    )
    known = [index for index, page in enumerate(pages) if page.sample.kind]
    plain = trees.plain_trees(crossval.train_kinds(pages, known, run.kind_rows))
    outputs = [plain[number :: len(KINDS)] for number in range(len(KINDS))]
    export.write_module(folder / "kinds.py", "Kind of the page.", KIND_COLUMNS, outputs)
    tables = tables_of(pages)
    tokens = {token: [table[token] for table in tables] for token in tables[0]}
    weights = KindCounts(crossval.kind_samples(pages[index] for index in known)).choose()
    export.write_json(folder / "tokens.json.gz", {"tokens": tokens, "kinds": weights, "effects": effects})
