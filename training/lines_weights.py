"""Labelled lines → the weight of each token: a logistic regression over all tokens of a line, sparse and shrunk.

What a line's shape says is in the regression too (a column for each shape), so that a token's weight is what it adds.
The fit is deterministic.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from newsclean.flattext.features import window
from newsclean.flattext.tokens import line_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.features import Focus

MIN_SITES = 3
"""Sites that must use a token."""
MOST = 6000
"""Tokens that ship: those whose weight times the root of its lines is greatest."""
SHRINK, SHRINK_SHAPES = 3.0, 0.5
"""Ridge penalties, where a page weighs PAGE."""
PAGE = 60.0
STEPS = 40
MIN_WEIGHT = 0.02
DECIMALS = 2

Shape = tuple[int, bool, bool, int]


@dataclass
class TokenPage:
    """What the regression needs of a page's lines in focus."""

    site: str
    fold: int
    tokens: list[list[str]]
    shapes: list[Shape]
    labels: Any
    weights: Any
    """Of the lines; they sum to 1."""


def token_page(focus: Focus, site: str, fold: int, labels: Any, weights: Any) -> TokenPage:
    """Return the lines in focus with their tokens and shapes."""
    view = focus.view
    sums = np.concatenate([[0.0], np.cumsum(focus.long)]).tolist()
    shapes = [
        (int(min(math.log2(size + 1.0), 9.0) * 1.5), text[-1].isalnum(), bool(bullet), int(min(long, 3000.0) // 500))
        for size, text, bullet, long in zip(focus.chars, view.texts, view.bullets, window(sums, 8), strict=True)
    ]
    tokens = [list(dict.fromkeys(line_tokens(words, text))) for words, text in zip(view.words, view.texts, strict=True)]
    return TokenPage(site, fold, tokens, shapes, labels, weights)


def learn_weights(pages: Sequence[TokenPage]) -> dict[str, float]:
    """Return the log-odds that the most telling tokens add to a line's."""
    vocabulary = _vocabulary(pages)
    lines = _matrix([line for page in pages for line in page.tokens], vocabulary)
    shapes = [shape for page in pages for shape in page.shapes]
    places = {shape: number for number, shape in enumerate(sorted(set(shapes)))}
    known = _matrix([[shape] for shape in shapes], places)
    labels = np.concatenate([page.labels for page in pages])
    weights = np.concatenate([page.weights for page in pages]) * PAGE
    found = _fit(lines, known, labels, weights)
    telling = np.abs(found) * np.sqrt(np.asarray(lines.sum(axis=0)).ravel())
    best = np.sort(np.argsort(-telling, kind="stable")[:MOST])
    found = _fit(lines[:, best], known, labels, weights)
    names = list(vocabulary)
    rounded = {names[place]: round(float(weight), DECIMALS) for place, weight in zip(best, found, strict=True)}
    return {token: weight for token, weight in rounded.items() if abs(weight) >= MIN_WEIGHT}


def _vocabulary(pages: Sequence[TokenPage]) -> dict[str, int]:
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for token in {token for line in page.tokens for token in line}:
            sites[token].add(page.site)
    known = sorted(token for token, users in sites.items() if len(users) >= MIN_SITES)
    return {token: number for number, token in enumerate(known)}


def _matrix(lines: Sequence[Sequence[Any]], places: dict[Any, int]) -> Any:
    columns: list[int] = []
    ends = [0]
    for line in lines:
        columns += [places[token] for token in line if token in places]
        ends.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(lines), len(places)))


def _fit(lines: Any, shapes: Any, labels: Any, weights: Any) -> Any:
    """Return the coefficients of the tokens."""
    rows = sparse.hstack([lines, shapes]).tocsr()
    turned = rows.T.tocsr()
    shrink = np.concatenate([np.full(lines.shape[1], SHRINK), np.full(shapes.shape[1], SHRINK_SHAPES)])

    def loss(coefficients: Any) -> tuple[float, Any]:
        odds = rows @ coefficients
        value = float((weights * (np.logaddexp(0.0, odds) - labels * odds)).sum())
        slope = turned @ (weights * (1.0 / (1.0 + np.exp(-odds)) - labels))
        return value + 0.5 * float((shrink * coefficients**2).sum()), slope + shrink * coefficients

    start = np.zeros(rows.shape[1])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return fitted.x[: lines.shape[1]]
