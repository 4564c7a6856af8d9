"""Prepared pages → the matrix of each page, its tokens weighed by a table that has not seen its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judge.scorer.features import COLUMNS, block_columns
from newsclean.judge.scorer.kind import ARTICLE_KINDS, article_share
from newsclean.judge.scorer.tokens import table_for
from training.folds import fold_of
from training.tokens import token_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.judge.scorer.measures import Measures
    from training.dataset import Prepared

TOKEN_LIMITS = {".": 900, ",": 1500, "/": 400, "<": 30, "=": 600, "^": 800, "w": 2200}
"""How many tokens of each family ship: names, parts of names, tag paths, inline tags, whole texts, openings, words."""

ENCODINGS = 10
"""The sites are dealt into so many groups; a page's tokens are weighed by the table of the other groups."""
SALT = "tokens"
NEWS_CORPORA = ("n4k-dev", "fundus-dev")


def encoding_of(page: Prepared) -> int:
    """Return the group of a page for token tables."""
    return fold_of(page.sample.site, ENCODINGS, SALT)


def is_labelled(page: Prepared) -> bool:
    """Return whether a page can train: its gold is the whole text, or a snippet of it was found in a block."""
    return page.sample.gold is not None or bool(page.known)


def is_article(page: Prepared) -> bool:
    """Return whether a page is an article of any sort; those whose gold is snippets are."""
    return page.sample.gold is None or kind_of(page) in ARTICLE_KINDS


def kind_of(page: Prepared) -> str:
    """Return the kind of a page as features_kind.KINDS names it; "" where the gold does not say."""
    return "news" if page.sample.corpus in NEWS_CORPORA else page.sample.kind


def tables_of(pages: Iterable[Prepared]) -> list[dict[str, float]]:
    """Return the token tables that the labels of these pages give."""
    found = [(page.sample.site, is_article(page), page.shares) for page in pages if is_labelled(page)]
    return token_tables(found, TOKEN_LIMITS)


def page_matrices(pages: Sequence[Prepared], measures: Sequence[Measures], kinds: Any) -> list[Any]:
    """Return for each page its blocks x COLUMNS; `kinds` are the out-of-fold probabilities, pages x KINDS."""
    tables = [tables_of(page for page in pages if encoding_of(page) != group) for group in range(ENCODINGS)]
    return [
        page_matrix(page, sizes, tables[encoding_of(page)], shares.tolist())
        for page, sizes, shares in zip(pages, measures, kinds, strict=True)
    ]


def page_matrix(page: Prepared, sizes: Measures, tables: Sequence[Mapping[str, float]], kinds: list[float]) -> Any:
    """Return blocks x COLUMNS of a page."""
    weights = tables[table_for(article_share(kinds))]
    columns = block_columns(page.view, sizes, weights, kinds)
    return np.array(columns, dtype=np.float32).T.reshape(len(page.texts), len(COLUMNS))


def block_weights(page: Prepared) -> Any:
    """Return the training weight of each block: the root of its size in words."""
    return np.sqrt(np.array([max(len(text) / 6.0, 1.0) for text in page.texts], dtype=np.float64))
