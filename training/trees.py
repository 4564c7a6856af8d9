"""LightGBM models → plain trees, which export.py writes as Python. Knows nothing of pages or lines.

Thresholds and leaf values are rounded before export, and the exported function is what is evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DIGITS = 6
"""Significant digits of thresholds."""
LEAF_DECIMALS = 4

FIXED = {
    "objective": "cross_entropy",
    "verbosity": -1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "boost_from_average": True,
}


@dataclass(frozen=True)
class Leaf:
    """A leaf's value, in log-odds."""

    value: float


@dataclass(frozen=True)
class Split:
    """Rows with column <= threshold go to `low`."""

    column: int
    threshold: float
    low: Tree
    high: Tree


Tree = Leaf | Split


@dataclass(frozen=True)
class Side:
    """From which sum of the first trees on a row leaves, and what the others would add to it on average (log-odds)."""

    bound: float
    rest: float


@dataclass(frozen=True)
class Exit:
    """Where the sum of some first trees says enough: the others are not asked."""

    after: int
    """Trees."""
    low: Side
    high: Side | None = None


def train(
    rows: Any,
    targets: Any,
    weights: Any,
    trees: int,
    params: Mapping[str, object],
) -> lightgbm.Booster:
    """Return a booster trained on rows with targets 0 to 1; the same input gives the same model, byte for byte."""
    settings = {**FIXED, **params}
    data = lightgbm.Dataset(
        rows, label=targets, weight=weights, params={"verbosity": -1, "max_bin": 127}, free_raw_data=True
    )
    return lightgbm.train(settings, data, num_boost_round=trees)


def plain_trees(booster: lightgbm.Booster) -> list[Tree]:
    """Return the trees of a booster with rounded numbers."""
    return [_plain(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _plain(node: Mapping[str, Any]) -> Tree:
    if "leaf_value" in node:
        return Leaf(round(float(node["leaf_value"]), LEAF_DECIMALS))
    threshold = float(f"{float(node['threshold']):.{DIGITS}g}")
    return Split(int(node["split_feature"]), threshold, _plain(node["left_child"]), _plain(node["right_child"]))


def raw_scores(booster: lightgbm.Booster, rows: Any, exits: Sequence[Exit]) -> Any:
    """Return the log-odds of rows, as the exported code with these exits computes them."""
    scores: Any = booster.predict(rows, raw_score=True)
    for leave in reversed(exits):
        part: Any = booster.predict(rows, raw_score=True, num_iteration=leave.after)
        scores = np.where(part < leave.low.bound, part + leave.low.rest, scores)
        if leave.high:
            scores = np.where(part > leave.high.bound, part + leave.high.rest, scores)
    return scores


def used_columns(trees: Sequence[Tree]) -> list[int]:
    """Return the columns that any tree asks for, in order."""
    found: set[int] = set()
    stack = list(trees)
    while stack:
        tree = stack.pop()
        if isinstance(tree, Split):
            found.add(tree.column)
            stack += (tree.low, tree.high)
    return sorted(found)
