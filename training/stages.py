"""Prepared pages → the matrix of each page, its tokens weighed by a table that has not seen its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.features_tokens import TOKEN_COLUMNS, token_columns
from training.folds import fold_of
from training.tokens import TokenCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.dataset import Prepared

TOKEN_LIMITS = {".": 900, ",": 1300, "/": 400, "<": 30, "=": 500, "^": 400, "w": 2000}
"""How many tokens of each family ship: names, parts of names, tag paths, inline tags, whole texts, openings, words."""

ENCODINGS = 10
"""The sites are dealt into so many groups; a page's tokens are weighed by the table of the other groups."""
SALT = "tokens"


def encoding_of(page: Prepared) -> int:
    """Return the group of a page for token tables."""
    return fold_of(page.sample.site, ENCODINGS, SALT)


def with_gold(pages: Sequence[Prepared]) -> list[Prepared]:
    """Return the pages that train: those with full gold."""
    return [page for page in pages if page.sample.gold is not None]


def token_weights(pages: Iterable[Prepared]) -> dict[str, float]:
    """Return the token table that the labels of these pages give."""
    counts = TokenCounts((page.sample.site, page.shares) for page in pages)
    return counts.select(TOKEN_LIMITS)


def page_matrices(pages: Sequence[Prepared]) -> list[Any]:
    """Return for each page its blocks x COLUMNS."""
    tables = [
        token_weights(page for page in with_gold(pages) if encoding_of(page) != group) for group in range(ENCODINGS)
    ]
    return [np.hstack([page.static, token_rows(page, tables[encoding_of(page)])]) for page in pages]


def token_rows(page: Prepared, weights: Mapping[str, float]) -> Any:
    """Return blocks x TOKEN_COLUMNS of a page."""
    columns = token_columns(page.view, weights)
    return np.array(columns, dtype=np.float32).T.reshape(len(page.texts), len(TOKEN_COLUMNS))


def block_weights(page: Prepared) -> Any:
    """Return the training weight of each block: the root of its size in words."""
    return np.sqrt(np.array([max(len(text) / 6.0, 1.0) for text in page.texts], dtype=np.float64))
