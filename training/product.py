"""`python -m training.product CORPORA --cache FOLDER`: what the whole program keeps with scores out of fold.

After `python -m training` with the same folder. Everything behind the scorer is the shipped code: script data,
cleaning, standfirst, plain text. Site rules are left out, since they were written on these pages.
"""

from __future__ import annotations

import argparse
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks import gate
from newsclean import pipeline
from newsclean.judge.scorer.kind import KINDS
from newsclean.judge.scorer.kindrules import follow_kind
from newsclean.judge.scorer.measures import Measures
from newsclean.judge.scorer.score import Judgement, ballot
from newsclean.model import Options, Record
from training import report
from training.__main__ import SCORES
from training.dataset import prepare_corpora

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.article import Article
    from newsclean.judge.ballots import Ballot
    from newsclean.page.html import Page
    from training.dataset import Prepared


def main() -> None:
    """Convert and print."""
    parser = argparse.ArgumentParser(prog="python -m training.product", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the unpacked corpora")
    parser.add_argument("--cache", type=Path, required=True, help="folder with the scores out of fold")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="also write every text to this file, as JSON lines")
    parser.add_argument("--record", action="store_true", help=f"write {gate.RECORD.name}, which the gate reads")
    options = parser.parse_args()
    kinds, scores = pickle.loads((options.cache / SCORES).read_bytes())
    pages = prepare_corpora(options.corpora, options.cache)
    texts = [text_of(page, shares, own) for page, shares, own in zip(pages, kinds, scores, strict=True)]
    found = [report.score_page(page, text) for page, text in zip(pages, texts, strict=True)]
    print(report.table(pages, found))
    if options.record:
        record = {"model": gate.model_digest(), "code": gate.code_digest(), "scores": report.figures(pages, found)}
        gate.RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    if options.texts:
        write_texts(options.texts, pages, texts)


def write_texts(path: Path, pages: Sequence[Prepared], texts: Sequence[str]) -> None:
    """Write a line of JSON for every page: corpus, id, text. benchmarks.peers reads it."""
    rows = (
        {"corpus": page.sample.corpus, "id": page.sample.id, "text": text}
        for page, text in zip(pages, texts, strict=True)
    )
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def text_of(page: Prepared, kinds: Any, scores: Any) -> str:
    """Return the plain text that the program gives for a page with these probabilities of kinds and block scores."""
    return article_of(page, kinds, scores).text


def article_of(page: Prepared, kinds: Any, scores: Any) -> Article:
    """Return what the program makes of a page with these probabilities of kinds and scores of the second stage."""
    judgement = judgement_of(page, kinds, scores)

    def vote(seen: Page, options: Options) -> Ballot | None:
        return ballot(seen, judgement, options) if judgement.scores else None

    with patch.object(pipeline, "vote_scorer", vote), patch.object(pipeline, "find_rules", lambda *_: ((), ())):
        return pipeline.examine(Record(page.sample.source()), Options())


def judgement_of(page: Prepared, kinds: Any, scores: Any) -> Judgement:
    """Return what the scorer makes of a page with these scores."""
    measures = Measures(page.view)
    shares = kinds.tolist()
    own, parts = follow_kind(page.view, measures.chars, scores.tolist(), shares)
    by_kind = dict(zip(KINDS, shares, strict=True))
    return Judgement(page.view, [], measures.chars, measures.words, own, own, by_kind, parts)


if __name__ == "__main__":
    main()
