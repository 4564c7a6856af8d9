"""First-stage model + rows → for each column that reasons can name, its average effect by range of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judge.scorer.features import COLUMNS
from newsclean.judge.scorer.reasons import PHRASES

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = 20_000
RANGES = 8
MIN_ROWS = 30
DECIMALS = 2


def column_effects(booster: Any, rows: Any) -> dict[str, tuple[list[float], list[float]]]:
    """Return edges and mean contributions (log-odds) of every nameable column, from an even sample of rows."""
    sample = rows[:: max(1, len(rows) // SAMPLE)]
    contributions = booster.predict(sample, pred_contrib=True)
    return {name: _by_range(sample[:, i], contributions[:, i]) for i, name in enumerate(COLUMNS) if name in PHRASES}


def _by_range(values: Any, contributions: Any) -> tuple[list[float], list[float]]:
    edges = sorted({round(float(edge), 3) for edge in np.quantile(values, np.linspace(0, 1, RANGES + 1)[1:-1])})
    groups = np.searchsorted(np.array(edges), values, side="left")
    means = [_mean(contributions[groups == group]) for group in range(len(edges) + 1)]
    return edges, means


def _mean(contributions: Sequence[float]) -> float:
    return round(float(np.mean(contributions)), DECIMALS) if len(contributions) >= MIN_ROWS else 0.0
