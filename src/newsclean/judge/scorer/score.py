"""Page → Ballot of the trained scorer: what each block scores, why, and the cut. No training and no tree access here.

First the page's kind is decided, which chooses the token weights; then the first stage looks at each block and its
surroundings, and the second looks again, with the first stage's view of the neighbourhood.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.judge.ballots import Ballot
from newsclean.judge.scorer.cut import find_copies, page_cut
from newsclean.judge.scorer.elsewhere import find_other
from newsclean.judge.scorer.features import COLUMNS, block_columns
from newsclean.judge.scorer.kind import KIND_COLUMNS, KINDS, article_share, kind_row, likeliest_kind, with_declared
from newsclean.judge.scorer.kindrules import follow_kind
from newsclean.judge.scorer.measures import Measures
from newsclean.judge.scorer.reasons import block_reasons
from newsclean.judge.scorer.second import SECOND_COLUMNS, second_columns
from newsclean.judge.scorer.tokens import TABLES, table_for
from newsclean.judge.scorer.trained import first, kinds, second
from newsclean.judge.scorer.trained.calibration import WEIGHTS
from newsclean.judge.scorer.view import QUOTE, view_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from newsclean.judge.scorer.view import PageView
    from newsclean.model import Options
    from newsclean.page.html import Page

_QUOTE_RE = re.compile("quote", re.I)  # "bbCodeQuote", "quotetext"
VOTER = "scorer"
NO_TEXT = "no text of its own"
IS_COPY = "repeats text kept above"
IS_OTHER = "another text: says nothing of the page's title"
IN_PART = 'in a part named "{}"'


LEAST_BESIDE, SURE_BESIDE = 200, 0.8
"""Characters and mean score of an article that is found beside another text: of furniture too, something looks best."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the scorer makes of a page; a number a block that has text."""

    view: PageView
    columns: list[list[float]]
    """By COLUMNS; [] where nobody asks for reasons."""
    sizes: list[float]
    """Characters of each block, those of scripts without spaces weighed up."""
    words: list[float]
    first: list[float]
    """Scores of the first stage."""
    scores: list[float]
    """Scores of the second stage: 0 (boilerplate) to 1 (article)."""
    kinds: dict[str, float]
    """Page kind → probability; "news" apart from other articles."""
    parts: dict[int, str] = field(default_factory=dict)
    """Block → name of the part it stands in, for blocks that their part's name excludes."""

    @property
    def article(self) -> float:
        """Return the probability that the page is an article of any sort."""
        return article_share(list(self.kinds.values()))

    @property
    def kind(self) -> str:
        """Return the likeliest kind of the page; news is an article."""
        return likeliest_kind(list(self.kinds.values()))


@dataclass(frozen=True)
class _Tables:
    tokens: list[dict[str, float]]
    """By table, as features_tokens.TABLES."""
    kinds: dict[str, list[float]]
    effects: dict[str, list[list[float]]]


@lru_cache(maxsize=1)
def _load_tables() -> _Tables:
    packed = (Path(__file__).parent / "trained" / "tokens.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    tokens = [{token: weights[k] for token, weights in data["tokens"].items()} for k in range(len(TABLES))]
    return _Tables(tokens, data["kinds"], data["effects"])


_FIRST = tuple(COLUMNS.index(name) for name in first.COLUMNS)
_KINDS = tuple(KIND_COLUMNS.index(name) for name in kinds.COLUMNS)
_SECOND = tuple((*COLUMNS, *SECOND_COLUMNS).index(name) for name in second.COLUMNS)


def vote(page: Page, options: Options) -> Ballot | None:
    """Return the scorer's ballot for an HTML page; None (abstain) for pages without text and for flattened ones."""
    if page.kind != "html":
        return None
    view = view_page(page)
    judgement = judge_view(view)
    if not judgement.scores:
        return None
    found = ballot(page, judgement, options)
    other = find_other(view, [found.scores[number] >= found.cut for number in view.numbers])
    return found if other is None else _vote_beside(page, view, other, options) or found


def vote_beside(page: Page, options: Options, apart: Collection[int]) -> Ballot | None:
    """Return the ballot of a page as if it had none of some blocks; None where what is left is no sure article."""
    view = view_page(page)
    return _vote_beside(page, view, {place for place, number in enumerate(view.numbers) if number in apart}, options)


def _vote_beside(page: Page, view: PageView, apart: Collection[int], options: Options) -> Ballot | None:
    found = ballot(page, judge_view(view.without(apart)), options)
    sizes = [len(block.text) * (score >= found.cut) for block, score in zip(page.blocks, found.scores, strict=True)]
    size = sum(sizes)
    if size < LEAST_BESIDE or sum(map(mul, sizes, found.scores)) < SURE_BESIDE * size:
        return None
    reasons = list(found.reasons)
    for place in apart:
        reasons[view.numbers[place]] = IS_OTHER
    return replace(found, reasons=tuple(reasons))


def judge(page: Page) -> Judgement:
    """Return the scores of a page's blocks and the page's kind."""
    return judge_view(view_page(page))


def judge_view(view: PageView) -> Judgement:
    """Return the same of a page as the scorer sees it."""
    tables = _load_tables()
    measures = Measures(view)
    row = kind_row(view, measures, tables.kinds)
    shares = with_declared(_softmax(kinds.score(tuple(row[column] for column in _KINDS))), view.signals)
    weights = tables.tokens[table_for(article_share(shares))]
    columns = block_columns(view, measures, weights, shares)
    q = _run(first.score, columns, _FIRST)
    scores = _run(second.score, columns + second_columns(view, measures, q), _SECOND)
    scores, parts = follow_kind(view, measures.chars, scores, shares)
    by_kind = dict(zip(KINDS, shares, strict=True))
    return Judgement(view, columns, measures.chars, measures.words, q, scores, by_kind, parts)


def ballot(page: Page, judgement: Judgement, options: Options) -> Ballot:
    """Return the ballot that follows from a judgement: copies of kept text score 0, media blocks too."""
    view = judgement.view
    cut = page_cut(judgement.scores, judgement.sizes, judgement.article, options.keep)
    containers = [view.parents[node] for node in view.nodes_of]
    copies = find_copies(view.texts, judgement.words, containers, judgement.scores, cut)
    if judgement.kind == "forum":
        copies -= {index for index in copies if _is_quoted(view, index)}
    kept = [score >= cut for score in judgement.scores]
    said = _reasons(judgement, kept, cut)
    scores = [0.0] * len(page.blocks)
    reasons = [NO_TEXT] * len(page.blocks)
    for index, number in enumerate(view.numbers):
        scores[number] = 0.0 if index in copies else judgement.scores[index]
        part = judgement.parts.get(index)
        reasons[number] = IS_COPY if index in copies else IN_PART.format(part) if part else said[index]
    numbers = frozenset(view.numbers[index] for index in copies)
    return Ballot(VOTER, tuple(scores), tuple(reasons), cut, copies=numbers, kind=judgement.kind, calibration=WEIGHTS)


def _is_quoted(view: PageView, index: int) -> bool:
    """Return whether a block stands in a quote: posts of a thread quote what they answer."""
    node = view.nodes_of[index]
    while node > 0 and not view.flags[node] & QUOTE and not _QUOTE_RE.search(view.labels[node]):
        node = view.parents[node]
    return node > 0


def _reasons(judgement: Judgement, kept: Sequence[bool], cut: float) -> Sequence[str]:
    if not judgement.columns:
        return [""] * len(kept)
    columns = dict(zip(COLUMNS, judgement.columns, strict=True))
    return block_reasons(columns, _load_tables().effects, judgement.first, kept, cut)


def _run(
    score: Callable[[tuple[float, ...]], float], columns: Sequence[list[float]], used: Sequence[int]
) -> list[float]:
    exp = math.exp
    return [1.0 / (1.0 + exp(-score(row))) for row in zip(*[columns[column] for column in used], strict=True)]


def _softmax(values: Sequence[float]) -> list[float]:
    top = max(values)
    powers = [math.exp(value - top) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
