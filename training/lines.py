"""`python -m training.lines CORPUS --more DUMPS`: rebuild the line scorer's model files and print how they score.

Three models: which line is the title, and two stages that score lines. All are judged out of fold, by site. The same
input gives the same files, byte for byte. DUMPS is what `training.lines_dumps` writes.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.flattext.features import HEADLINE_COLUMNS, SHAPE_COLUMNS, headline_columns
from newsclean.flattext.headline import TITLE_COLUMNS, TITLE_TOKEN_COLUMNS, title_columns, title_token_columns
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS, token_columns
from newsclean.scorer.cut import expected_f1_cut
from training import export, trees
from training.folds import FOLDS
from training.lines_pages import LinePage, read_pages, rows_of
from training.lines_tokens import LINE_LIMITS, TITLE_LIMITS, choose_weights, line_shares, title_shares
from training.measure import shingle_precision_recall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MODEL = Path(__file__).parent.parent / "src" / "newsclean" / "flattext" / "trained"

TITLE_TREES, FIRST_TREES, SECOND_TREES = 100, 200, 160
TITLE_PARAMS: dict[str, object] = {"num_leaves": 12, "learning_rate": 0.08, "min_data_in_leaf": 20, "num_threads": 1}
FIRST_PARAMS: dict[str, object] = {
    "num_threads": 1,
    "num_leaves": 48,
    "learning_rate": 0.06,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.5,
    "lambda_l2": 10.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
SECOND_PARAMS: dict[str, object] = {**FIRST_PARAMS, "num_leaves": 24, "learning_rate": 0.05, "min_data_in_leaf": 120}
HEAD_TREES = 40
"""First-stage trees that every line is asked; lines that are surely none leave after them."""
MAYBE = -2.0
"""Log-odds of the whole first stage from which a line must not leave early (12 %)."""
MISSED = 0.001

CUT_BOUNDS = (0.25, 0.6)

TITLE_NAMES = (*SHAPE_COLUMNS, *TITLE_COLUMNS, *TITLE_TOKEN_COLUMNS)
FIRST_NAMES = (*SHAPE_COLUMNS, *HEADLINE_COLUMNS, *TOKEN_COLUMNS)
SECOND_NAMES = (*FIRST_NAMES, *SECOND_COLUMNS)


@dataclass
class Rows:
    """The matrix, targets and weights of one model, a page each."""

    rows: list[Any]
    targets: list[Any]
    weights: list[Any]

    def fit(self, chosen: Sequence[int], count: int, params: Mapping[str, object]) -> Any:
        """Return a booster trained on chosen pages."""
        used = [index for index in chosen if len(self.rows[index])]
        weights = np.concatenate([self.weights[index] for index in used])
        return trees.train(
            np.vstack([self.rows[index] for index in used]),
            np.concatenate([self.targets[index] for index in used]),
            weights * (len(weights) / weights.sum()),
            count,
            params,
        )


def main() -> None:
    """Train, cross-validate, write, print."""
    parser = argparse.ArgumentParser(prog="python -m training.lines", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with gold.jsonl and pages/*.txt, unpacked")
    parser.add_argument("--more", type=Path, help="the same pages in other styles: they train the title only")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder to write the model files to")
    parser.add_argument("--cache", type=Path, help="folder to keep the labelled pages in between runs")
    options = parser.parse_args()
    judged = _read(options.corpus, options.cache)
    pages = judged + (_read(options.more, options.cache) if options.more else [])
    _say(f"{len(pages)} pages, {len(judged)} of them judged")
    titles = title_rows(pages)
    headlines = out_of_fold(pages, titles, TITLE_TREES, TITLE_PARAMS)
    chosen = [_best(page, scores) for page, scores in zip(judged, headlines, strict=False)]
    _say(f"title found: {_title_rate(judged, chosen):.4f}")
    first = line_rows(judged, chosen)
    scores = out_of_fold(judged, first, FIRST_TREES, FIRST_PARAMS)
    print(table("first stage", judged, scores), flush=True)
    second = second_rows(judged, first, scores)
    found = out_of_fold(judged, second, SECOND_TREES, SECOND_PARAMS)
    print(table("second stage", judged, found), flush=True)
    if options.cache:
        (options.cache / "scores.pickle").write_bytes(pickle.dumps((headlines, scores, found), protocol=5))
    write_model(options.model, pages, titles, judged, first, second)
    _say(f"model written to {options.model}")


def _read(corpus: Path, cache: Path | None) -> list[LinePage]:
    stored = cache / f"{corpus.name}.pickle" if cache else None
    if stored and stored.exists():
        with stored.open("rb") as file:
            pages: list[LinePage] = pickle.load(file)
            return pages
    pages = list(read_pages(corpus))
    if stored:
        stored.write_bytes(pickle.dumps(pages, protocol=5))
    return pages


def _fold_weights(
    pages: Sequence[LinePage], shares: Callable[[LinePage], dict[str, float]], limits: Mapping[str, int]
) -> list[dict[str, float]]:
    """Return the token weights for the pages of each fold, learned from all other folds."""
    found = [(page.fold, page.site, shares(page)) for page in pages]
    return [choose_weights(((site, s) for own, site, s in found if own != fold), limits) for fold in range(FOLDS)]


def title_rows(pages: Sequence[LinePage]) -> Rows:
    """Return the rows of the lines that can be titles."""
    weights = _fold_weights(pages, title_shares, TITLE_LIMITS)
    rows = []
    for page in pages:
        columns = title_columns(page.view, page.measures, page.numbers)
        columns += title_token_columns(page.view, page.numbers, weights[page.fold])
        rows.append(np.hstack([page.shape[page.numbers], rows_of(columns).reshape(len(page.numbers), len(columns))]))
    targets = [np.array(page.is_title, dtype=float) for page in pages]
    return Rows(rows, targets, [np.ones(len(target)) for target in targets])


def line_rows(pages: Sequence[LinePage], headlines: Sequence[int | None]) -> Rows:
    """Return the rows of all lines for the first stage."""
    weights = _fold_weights(pages, line_shares, LINE_LIMITS)
    rows = []
    for page, headline in zip(pages, headlines, strict=True):
        columns = headline_columns(page.view, page.measures, headline)
        columns += token_columns(page.view, weights[page.fold], headline)
        rows.append(np.hstack([page.shape, rows_of(columns)]))
    return Rows(rows, [page.labels for page in pages], [_line_weights(page) for page in pages])


def second_rows(pages: Sequence[LinePage], first: Rows, scores: Sequence[Any]) -> Rows:
    """Return the rows of all lines for the second stage, from out-of-fold scores of the first."""
    rows = [
        np.hstack([own, rows_of(second_columns(page.view, page.measures, found.tolist()))])
        for page, own, found in zip(pages, first.rows, scores, strict=True)
    ]
    return Rows(rows, first.targets, first.weights)


def _line_weights(page: LinePage) -> Any:
    """Return the training weight of each line: root of its size, summing to 1 a page."""
    sizes = np.sqrt(np.maximum(np.array(page.measures.chars) / 6.0, 1.0))
    return sizes / sizes.sum()


def out_of_fold(pages: Sequence[LinePage], rows: Rows, count: int, params: Mapping[str, object]) -> list[Any]:
    """Return scores (0 to 1) of every page by models that never saw its site."""
    scores: list[Any] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        booster = rows.fit([n for n, page in enumerate(pages) if page.fold != fold], count, params)
        plain = trees.plain_trees(booster)
        for number, page in enumerate(pages):
            if page.fold == fold and len(rows.rows[number]):
                scores[number] = 1.0 / (1.0 + np.exp(-trees.predict(plain, rows.rows[number])))
        _say(f"fold {fold}")
    return scores


def _best(page: LinePage, scores: Any) -> int | None:
    return page.numbers[int(np.argmax(scores))] if len(scores) else None


def _title_rate(pages: Sequence[LinePage], chosen: Sequence[int | None]) -> float:
    right = [n is not None and page.is_title[page.numbers.index(n)] for page, n in zip(pages, chosen, strict=False)]
    return sum(right) / len(right)


def table(name: str, pages: Sequence[LinePage], scores: Sequence[Any]) -> str:
    """Return precision, recall and F1 over 4-word shingles, over all pages and by style."""
    groups: dict[str, list[tuple[float | None, float | None]]] = {}
    for page, found in zip(pages, scores, strict=False):
        cut = expected_f1_cut(found.tolist(), page.measures.chars, *CUT_BOUNDS)
        kept = "\n".join(text for text, score in zip(page.view.texts, found, strict=True) if score >= cut)
        score = shingle_precision_recall(kept, page.gold)
        for group in ("all", page.style, page.id.split("-")[0]):
            groups.setdefault(group, []).append(score)
    lines = [name]
    for group, values in groups.items():
        precision = _mean([p for p, _ in values])
        recall = _mean([r for _, r in values])
        f1 = 2 * precision * recall / (precision + recall)
        lines.append(f"  {group:12}{len(values):5}  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")
    return "\n".join(lines)


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def write_model(
    folder: Path, pages: Sequence[LinePage], titles: Rows, judged: Sequence[LinePage], first: Rows, second: Rows
) -> None:
    """Train the title on `pages`, the stages on `judged`, and write the files of newsclean/flattext/trained."""
    folder.mkdir(exist_ok=True)
    everything = range(len(judged))
    plain = trees.plain_trees(titles.fit(range(len(pages)), TITLE_TREES, TITLE_PARAMS))
    export.write_module(folder / "title.py", "Which line is the title.", TITLE_NAMES, [plain])
    plain = trees.plain_trees(first.fit(everything, FIRST_TREES, FIRST_PARAMS))
    head, rest = plain[:HEAD_TREES], plain[HEAD_TREES:]
    export.write_module(folder / "head.py", "First stage of the line scorer: its first trees.", FIRST_NAMES, [head])
    export.write_module(folder / "first.py", "First stage of the line scorer: the other trees.", FIRST_NAMES, [rest])
    leave = _exit(head, rest, first)
    plain = trees.plain_trees(second.fit(everything, SECOND_TREES, SECOND_PARAMS))
    export.write_module(folder / "second.py", "Second stage of the line scorer.", SECOND_NAMES, [plain])
    tokens = {
        "exit": leave,
        "lines": choose_weights(((page.site, line_shares(page)) for page in judged), LINE_LIMITS),
        "titles": choose_weights(((page.site, title_shares(page)) for page in pages), TITLE_LIMITS),
    }
    export.write_json(folder / "tokens.json.gz", tokens)


def _exit(head: Sequence[trees.Tree], rest: Sequence[trees.Tree], first: Rows) -> float:
    """Return the log-odds after the head that all but MISSED of the lines pass that the whole stage would keep."""
    rows = np.vstack([own for own in first.rows if len(own)])
    early = trees.predict(head, rows)
    kept = early[early + trees.predict(rest, rows) > MAYBE]
    return round(float(np.quantile(kept, MISSED)), 3)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
