"""Out-of-fold scores → the cross-validated table, with 95 % intervals by site."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsclean.judge.scorer.cut import find_copies, page_cut
from newsclean.judge.scorer.kind import article_share
from newsclean.judge.scorer.kindrules import follow_kind
from training import measure
from training.measure import PageScore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.judge.scorer.measures import Measures
    from newsclean.model import Keep
    from training.crossval import Run
    from training.dataset import Prepared

FULL = (
    ("word F1", measure.mean_word_f1),
    ("precision", measure.mean_precision),
    ("recall", measure.mean_recall),
    ("4-shingle F1", measure.shingle_f1),
)
SNIPPET = (("snippet F1", measure.snippet_f1),)


def kept_text(page: Prepared, measures: Measures, scores: Sequence[float], article: float, keep: Keep) -> str:
    """Return the texts of the blocks that the product would keep, a line each."""
    view = page.view
    cut = page_cut(scores, measures.chars, article, keep)
    containers = [view.parents[node] for node in view.nodes_of]
    copies = find_copies(view.texts, measures.words, containers, scores, cut)
    lines = [text for i, text in enumerate(view.texts) if scores[i] >= cut and i not in copies]
    return "\n".join(lines)


def score_page(page: Prepared, text: str) -> PageScore:
    """Return how an extracted text does against the page's gold."""
    sample = page.sample
    if sample.gold is None:
        counts = measure.snippet_counts(text, sample.wanted, sample.unwanted)
        return PageScore(sample.site, snippets=counts)
    precision, recall = measure.shingle_precision_recall(text, sample.gold)
    return PageScore(sample.site, measure.word_f1(text, sample.gold), precision, recall)


def score_pages(
    pages: Sequence[Prepared], measures: Sequence[Measures], run: Run, keep: Keep = "balanced"
) -> list[PageScore]:
    """Return the score of every page."""
    return [
        score_page(page, kept_text(page, sizes, scores, article_share(kinds), keep))
        for page, sizes, scores, kinds in _settled(pages, measures, run)
    ]


def _settled(
    pages: Sequence[Prepared], measures: Sequence[Measures], run: Run
) -> Iterator[tuple[Prepared, Measures, list[float], list[float]]]:
    """Yield pages with their scores after what the kind of the page says, as the program takes them."""
    for page, sizes, raw, shares in zip(pages, measures, run.second, run.kinds, strict=True):
        kinds = shares.tolist()
        scores, _ = follow_kind(page.view, sizes.chars, raw.tolist(), kinds)
        yield page, sizes, scores, kinds


def grouped(pages: Sequence[Prepared], scores: Sequence[PageScore]) -> Mapping[str, list[PageScore]]:
    """Return the scores by corpus, by kind within wcxb-dev, and of all news."""
    groups: defaultdict[str, list[PageScore]] = defaultdict(list)
    for page, score in zip(pages, scores, strict=True):
        sample = page.sample
        groups[sample.corpus].append(score)
        if sample.kind == "article":
            groups["news (all articles)"].append(score)
        if sample.corpus == "wcxb-dev":
            groups[f"wcxb-dev {sample.kind}"].append(score)
    return groups


def figures(pages: Sequence[Prepared], scores: Sequence[PageScore]) -> dict[str, dict[str, tuple[float, ...]]]:
    """Return group of pages → measure → its value and 95 % interval."""
    return {
        name: {measured: _figure(group, score) for measured, score in _columns(group)}
        for name, group in sorted(grouped(pages, scores).items())
    }


def table(pages: Sequence[Prepared], scores: Sequence[PageScore]) -> str:
    """Return the table as Markdown."""
    lines = ["| pages | n | " + " | ".join(name for name, _ in FULL) + " |", "|---|---|" + "---|" * len(FULL)]
    sizes = {name: len(group) for name, group in grouped(pages, scores).items()}
    for name, found in figures(pages, scores).items():
        cells = [f"{value:.3f} [{low:.3f}, {high:.3f}]" for value, low, high in found.values()]
        if SNIPPET[0][0] in found:
            cells = [f"{SNIPPET[0][0]} {cells[0]}", "", "", ""]
        lines.append(f"| {name} | {sizes[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _columns(group: Sequence[PageScore]) -> tuple[tuple[str, measure.Score], ...]:
    return SNIPPET if group[0].snippets is not None else FULL


def _figure(group: Sequence[PageScore], score: measure.Score) -> tuple[float, ...]:
    return tuple(round(value, 4) for value in (score(group), *measure.interval(group, score)))
