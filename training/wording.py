"""`python -m training.wording CORPORA`: from what likeness of wording on two texts are parts of different articles.

Pairs are made of the gold texts of news and articles: a stretch of paragraphs and the rest of its own text, or the end
of another text. A logistic regression over the likeness and the logarithms of both lengths tells them apart;
`settle/part.py` holds its weights over that of the likeness, and its constant moved until MISTAKEN of the pairs of one
text fall short.
"""

from __future__ import annotations

import argparse
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.settle.part import MIN_FOREIGN, length, likeness
from training.corpora import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CORPORA = ("n4k-dev", "fundus-dev", "wcxb-dev")
SEED = 1
PAIRS = 2
"""Pairs of each sort that are made of a text."""
MIN_CHARS = 1500
"""Of a text that pairs are made of."""
MISTAKEN = 0.01
"""Share of the pairs of one text that may be taken for two."""
STEPS = 50
"""Of Newton's method."""
RIDGE = 1e-3


def main() -> None:
    """Print the weights, and what they find."""
    parser = argparse.ArgumentParser(prog="python -m training.wording", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the unpacked corpora")
    folder = parser.parse_args().corpora
    samples = [sample for name in CORPORA for sample in read_corpus(folder / name)]
    texts = [one.gold for one in samples if one.gold and one.kind in ("", "article") and len(one.gold) >= MIN_CHARS]
    pairs = list(make_pairs([[line for line in text.split("\n") if line.strip()] for text in texts]))
    rows = np.array([_row(one, other) for one, other, _ in pairs])
    foreign = np.array([is_foreign for *_, is_foreign in pairs], dtype=float)
    weights = fit(rows, foreign)
    odds = rows @ weights
    least = float(np.quantile(odds[foreign == 0], 1 - MISTAKEN))
    found = float((odds[foreign == 1] > least).mean())
    _, short, long = (weights[1:] / -weights[1]).tolist()
    never = float((least - weights[0]) / -weights[1])
    print(f"{len(pairs)} pairs: SHORT {short:.4f}, LONG {long:.4f}, NEVER {never:.4f}")
    print(f"{found:.1%} of the foreign ones found")


def make_pairs(texts: Sequence[list[str]]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Yield two lists of paragraphs, and whether they are of different texts."""
    chance = random.Random(SEED)
    for text in (text for text in texts if len(text) >= 4):
        for _ in range(PAIRS):
            first = chance.randrange(1, len(text) - 1)
            last = chance.randrange(first + 1, len(text) + 1)
            part, rest = text[first:last], text[:first] + text[last:]
            if min(sum(map(len, part)), sum(map(len, rest))) >= MIN_FOREIGN:
                yield part, rest, False
            other = texts[chance.randrange(len(texts))]
            part = other[chance.randrange(max(len(other) - 1, 1)) :]
            if other is not text and sum(map(len, part)) >= MIN_FOREIGN:
                yield part, text, True


def _row(one: Sequence[str], other: Sequence[str]) -> list[float]:
    short, long = sorted(math.log(length(texts)) for texts in (one, other))
    return [1.0, likeness(one, other), short, long]


def fit(rows: Any, foreign: Any) -> Any:
    """Return the weights of a ridge logistic regression."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, rows.T @ (foreign - chance) - RIDGE * weights)
    return weights


if __name__ == "__main__":
    main()
