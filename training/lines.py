"""`python -m training.lines CORPUS --more DUMPS --unseen DUMPS`: rebuild the line scorer's files, print how it scores.

Three models: which line is the title, and two stages that score lines. All are judged out of fold, by site. The same
input gives the same files, byte for byte. DUMPS is what `training.lines_dumps` writes.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.flattext.features import SHAPE_COLUMNS, focus_on
from newsclean.flattext.headline import (
    HEADLINE_COLUMNS,
    TITLE_COLUMNS,
    TITLE_TOKEN_COLUMNS,
    title_columns,
    title_token_columns,
)
from newsclean.flattext.model import STILL_ASKED, word_columns
from newsclean.flattext.second import SECOND_COLUMNS, second_columns
from newsclean.flattext.tokens import TOKEN_COLUMNS
from newsclean.judge.lines import AIMS
from newsclean.judge.scorer.cut import best_cut
from training import export, trees
from training.folds import FOLDS
from training.lines_pages import LinePage, read_pages, rows_of
from training.lines_tokens import TITLE_LIMITS, choose_weights, title_shares
from training.lines_weights import TokenPage, learn_weights, token_page
from training.measure import (
    PageScore,
    interval,
    mean_precision,
    mean_recall,
    shingle_f1,
    shingle_precision_recall,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.flattext.features import Focus

MODEL = Path(__file__).parent.parent / "src" / "newsclean" / "flattext" / "trained"


@dataclass(frozen=True)
class Recipe:
    """How the trees of one model are grown, and where rows leave them early."""

    count: int
    params: Mapping[str, object]
    exits: tuple[trees.Exit, ...] = ()


_GROWN = {
    "min_data_in_leaf": 80,
    "feature_fraction": 0.5,
    "lambda_l2": 10.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
TITLE = Recipe(100, {"num_leaves": 12, "learning_rate": 0.08, "min_data_in_leaf": 20})
FIRST = Recipe(
    100,
    {**_GROWN, "num_leaves": 24, "learning_rate": 0.1},
    (
        trees.Exit(20, trees.Side(-2.0, -2.8), trees.Side(1.75, 1.4)),
        trees.Exit(50, trees.Side(-2.5, -0.9), trees.Side(1.75, 0.4)),
    ),
)
"""Two lines in three leave early; of 1,000 that leave low, two to four would have ended above 0.1."""
SECOND = Recipe(
    120,
    {**_GROWN, "num_leaves": 20, "learning_rate": 0.07, "min_data_in_leaf": 120},
    (
        trees.Exit(20, trees.Side(-1.5, -3.6), trees.Side(1.25, 1.7)),
        trees.Exit(60, trees.Side(-2.5, -1.2), trees.Side(1.25, 0.3)),
    ),
)

TITLE_NAMES = (*SHAPE_COLUMNS, *TITLE_COLUMNS, *TITLE_TOKEN_COLUMNS)
FIRST_NAMES = (*SHAPE_COLUMNS, *HEADLINE_COLUMNS, *TOKEN_COLUMNS)
SECOND_NAMES = (*STILL_ASKED, *SECOND_COLUMNS)

MIN_AGREEMENT, AGREEMENT_SCALE = 0.1, 1.2
"""A page whose gold and out-of-fold scores share nothing weighs this much in both stages: gold cut short."""


@dataclass
class Rows:
    """The matrix, targets and weights of one model, a page each."""

    rows: list[Any]
    targets: list[Any]
    weights: list[Any]

    def fit(self, chosen: Iterable[int], recipe: Recipe) -> Any:
        """Return a booster trained on chosen pages."""
        used = [index for index in chosen if len(self.rows[index])]
        weights = np.concatenate([self.weights[index] for index in used])
        return trees.train(
            np.vstack([self.rows[index] for index in used]),
            np.concatenate([self.targets[index] for index in used]),
            weights * (len(weights) / weights.sum()),
            recipe.count,
            recipe.params,
        )

    def doubted(self, focuses: Sequence[Focus], scores: Sequence[Any]) -> Rows:
        """Return the rows with less weight on pages whose gold the out-of-fold scores contradict."""
        weights = [
            weight * _agreement(target, found, focus.chars)
            for weight, target, found, focus in zip(self.weights, self.targets, scores, focuses, strict=True)
        ]
        return Rows(self.rows, self.targets, weights)

    def score(self, booster: Any, chosen: Iterable[int], exits: Sequence[trees.Exit]) -> dict[int, Any]:
        """Return page → its scores, 0 to 1."""
        used = [index for index in chosen if len(self.rows[index])]
        odds = trees.raw_scores(booster, np.vstack([self.rows[index] for index in used]), exits)
        ends = np.cumsum([len(self.rows[index]) for index in used])[:-1]
        return dict(zip(used, np.split(1.0 / (1.0 + np.exp(-odds)), ends), strict=True))


def main() -> None:
    """Train, cross-validate, write, print."""
    parser = argparse.ArgumentParser(prog="python -m training.lines", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with gold.jsonl and pages/*.txt, unpacked")
    parser.add_argument("--more", type=Path, help="the same pages in other styles, which only train")
    parser.add_argument("--unseen", type=Path, help="some of the pages in a style that never trains")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder to write the model files to")
    parser.add_argument("--cache", type=Path, help="folder to keep the labelled pages in between runs")
    options = parser.parse_args()
    judged = _read(options.corpus, options.cache)
    pages = judged + (_read(options.more, options.cache) if options.more else [])
    trained = len(pages)
    pages += _read(options.unseen, options.cache) if options.unseen else []
    _say(f"{trained} pages train, {len(judged)} of them are judged; {len(pages) - trained} in an unseen style")
    titles = title_rows(pages, trained)
    headlines = out_of_fold(pages, trained, titles, TITLE)
    chosen = [_best(page, scores) for page, scores in zip(pages, headlines, strict=True)]
    _say(f"title found: {_title_rate(judged, chosen):.4f}")
    focuses = [focus_on(page.view, page.measures, headline) for page, headline in zip(pages, chosen, strict=True)]
    tokens = [_token_page(page, focus) for page, focus in zip(judged, focuses, strict=False)]
    first = line_rows(pages, chosen, focuses, tokens)
    first = first.doubted(focuses, out_of_fold(pages, trained, first, FIRST))
    scores = out_of_fold(pages, trained, first, FIRST)
    found = nested(pages, trained, first, focuses, scores)
    second = second_rows(focuses, first, scores)
    print(table(pages, trained, focuses, found), flush=True)
    if options.cache:
        (options.cache / "found.pickle").write_bytes(pickle.dumps((headlines, focuses, scores, found), protocol=5))
    write_model(options.model, pages[:trained], titles, first, second, learn_weights(tokens))
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


def title_rows(pages: Sequence[LinePage], trained: int) -> Rows:
    """Return the rows of the lines that can be titles; token weights come from the sites of other folds."""
    shares = [(page.fold, page.site, title_shares(page)) for page in pages[:trained]]
    weights = [
        choose_weights(((site, own) for other, site, own in shares if other != fold), TITLE_LIMITS)
        for fold in range(FOLDS)
    ]
    rows = []
    for page in pages:
        columns = title_columns(page.view, page.measures, page.numbers)
        columns += title_token_columns(page.view, page.numbers, weights[page.fold])
        rows.append(np.hstack([page.shape[page.numbers], rows_of(columns).reshape(len(page.numbers), len(columns))]))
    targets = [np.array(page.is_title, dtype=float) for page in pages]
    return Rows(rows, targets, [np.ones(len(target)) for target in targets])


def line_rows(
    pages: Sequence[LinePage],
    headlines: Sequence[int | None],
    focuses: Sequence[Focus],
    tokens: Sequence[TokenPage],
) -> Rows:
    """Return the rows of the lines in focus for the first stage; token weights come from the sites of other folds."""
    weights = [learn_weights([page for page in tokens if page.fold != fold]) for fold in range(FOLDS)]
    rows = []
    for page, headline, focus in zip(pages, headlines, focuses, strict=True):
        title = () if headline is None else page.view.words[headline]
        columns = word_columns(focus, title, weights[page.fold])
        rows.append(np.hstack([page.shape[focus.numbers], rows_of(columns)]))
    return Rows(
        rows,
        [page.labels[focus.numbers] for page, focus in zip(pages, focuses, strict=True)],
        [_line_weights(focus) for focus in focuses],
    )


def second_rows(focuses: Sequence[Focus], first: Rows, scores: Sequence[Any]) -> Rows:
    """Return the rows of the lines in focus for the second stage, from out-of-fold scores of the first."""
    asked = [FIRST_NAMES.index(name) for name in STILL_ASKED]
    rows = []
    for focus, own, found in zip(focuses, first.rows, scores, strict=True):
        columns = second_columns(focus.view, focus.chars, found.tolist())
        rows.append(np.hstack([own[:, asked], rows_of(columns).reshape(len(own), len(columns))]))
    weights = [_line_weights(focus) for focus in focuses]
    return Rows(rows, first.targets, weights).doubted(focuses, scores)


def _agreement(labels: Any, scores: Any, chars: Sequence[float]) -> float:
    """Return how far the gold of a page is what the first stage found, from MIN_AGREEMENT to 1."""
    either = float((np.maximum(labels, scores) * chars).sum())
    both = float((np.minimum(labels, scores) * chars).sum())
    return min(1.0, max(MIN_AGREEMENT, AGREEMENT_SCALE * both / (either or 1.0) - MIN_AGREEMENT))


def _line_weights(focus: Focus) -> Any:
    """Return the training weight of each line: root of its size, summing to 1 a page."""
    sizes = np.sqrt(np.maximum(np.array(focus.chars) / 6.0, 1.0))
    return sizes / (sizes.sum() or 1.0)


def _token_page(page: LinePage, focus: Focus) -> TokenPage:
    return token_page(focus, page.site, page.fold, page.labels[focus.numbers], _line_weights(focus))


def out_of_fold(pages: Sequence[LinePage], trained: int, rows: Rows, recipe: Recipe) -> list[Any]:
    """Return scores (0 to 1) of every page by models that never saw its site; the first `trained` pages train."""
    scores: list[Any] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        booster = rows.fit((n for n, page in enumerate(pages[:trained]) if page.fold != fold), recipe)
        judged = [n for n, page in enumerate(pages) if page.fold == fold]
        for number, own in rows.score(booster, judged, recipe.exits).items():
            scores[number] = own
        _say(f"fold {fold}")
    return scores


def nested(
    pages: Sequence[LinePage], trained: int, first: Rows, focuses: Sequence[Focus], scores: Sequence[Any]
) -> list[Any]:
    """Return out-of-fold scores of the second stage, which learns from first stages that never saw the fold either."""
    inner: dict[tuple[int, int], Any] = {}
    for one, other in combinations(range(FOLDS), 2):
        booster = first.fit((n for n, page in enumerate(pages[:trained]) if page.fold not in (one, other)), FIRST)
        judged = [n for n, page in enumerate(pages[:trained]) if page.fold in (one, other)]
        for number, own in first.score(booster, judged, FIRST.exits).items():
            inner[one if pages[number].fold == other else other, number] = own
    _say("inner folds")
    found: list[Any] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        known = [inner.get((fold, n), own) for n, own in enumerate(scores)]
        rows = second_rows(focuses, first, known)
        booster = rows.fit((n for n, page in enumerate(pages[:trained]) if page.fold != fold), SECOND)
        judged = [n for n, page in enumerate(pages) if page.fold == fold]
        for number, own in rows.score(booster, judged, SECOND.exits).items():
            found[number] = own
    return found


def _best(page: LinePage, scores: Any) -> int | None:
    return page.numbers[int(np.argmax(scores))] if len(scores) else None


def _title_rate(pages: Sequence[LinePage], chosen: Sequence[int | None]) -> float:
    right = [n is not None and page.is_title[page.numbers.index(n)] for page, n in zip(pages, chosen, strict=False)]
    return sum(right) / len(right)


def table(pages: Sequence[LinePage], trained: int, focuses: Sequence[Focus], scores: Sequence[Any]) -> str:
    """Return precision, recall and F1 over 4-word shingles with 95 % intervals by site, over all and by style.

    Below stand the pages in an unseen style and what the same pages score in the corpus.
    """
    groups: dict[str, list[PageScore]] = {}
    judged: dict[str, PageScore] = {}
    for number, (page, focus, found) in enumerate(zip(pages, focuses, scores, strict=True)):
        original = page.id.removesuffix(f"-{page.style}")
        if number < trained and original != page.id:
            continue  # trains only
        score = _page_score(page, focus, found)
        if number < trained:
            judged[page.id] = score
            names: tuple[str, ...] = ("all", page.style, page.id.split("-")[0])
        else:
            names = ("unseen style",)
            groups.setdefault("same, seen", []).append(judged[original])
        for group in names:
            groups.setdefault(group, []).append(score)
    return "\n".join(_table_row(group, found) for group, found in groups.items())


def _page_score(page: LinePage, focus: Focus, scores: Any) -> PageScore:
    cut = best_cut(scores.tolist(), focus.chars, AIMS["balanced"])
    kept = "\n".join(text for text, score in zip(focus.view.texts, scores, strict=True) if score >= cut)
    precision, recall = shingle_precision_recall(kept, page.gold)
    return PageScore(site=page.site, precision=precision, recall=recall)


def _table_row(group: str, scores: Sequence[PageScore]) -> str:
    parts = []
    for label, measure in (("P", mean_precision), ("R", mean_recall), ("F1", shingle_f1)):
        low, high = interval(scores, measure)
        parts.append(f"{label} {measure(scores):.4f} [{low:.3f}, {high:.3f}]")
    return f"  {group:13}{len(scores):5}  {'  '.join(parts)}"


def write_model(
    folder: Path, pages: Sequence[LinePage], titles: Rows, first: Rows, second: Rows, weights: Mapping[str, float]
) -> None:
    """Train on all pages and write the files of newsclean/flattext/trained."""
    folder.mkdir(exist_ok=True)
    for name, doc, names, rows, recipe in (
        ("title", "Which line is the title.", TITLE_NAMES, titles, TITLE),
        ("first", "First stage of the line scorer.", FIRST_NAMES, first, FIRST),
        ("second", "Second stage of the line scorer.", SECOND_NAMES, second, SECOND),
    ):
        plain = trees.plain_trees(rows.fit(range(len(pages)), recipe))
        export.write_module(folder / f"{name}.py", doc, names, [plain], recipe.exits)
    tokens = {
        "lines": weights,
        "titles": choose_weights(((page.site, title_shares(page)) for page in pages), TITLE_LIMITS),
    }
    export.write_json(folder / "tokens.json.gz", tokens)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
