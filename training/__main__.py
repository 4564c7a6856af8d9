"""`python -m training CORPORA`: rebuild the shipped model files and print the cross-validated table."""

from __future__ import annotations

import argparse
import pickle
import sys
from pathlib import Path

from newsclean.judge.scorer.measures import Measures
from training import crossval, fit, report
from training.dataset import prepare_corpora

SCORES = "run.pickle"
"""In the cache: page kinds and scores of the second stage, out of fold. training.calibrate reads them."""
MODEL = Path(__file__).parent.parent / "src" / "newsclean" / "judge" / "scorer" / "trained"


def main() -> None:
    """Train, cross-validate, write, print."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "corpora", type=Path, help="folder with wcxb-dev, n4k-dev, fundus-dev and trafilatura-dev, unpacked"
    )
    parser.add_argument("--cache", type=Path, help="folder to keep prepared pages in between runs")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder to write the model files to")
    options = parser.parse_args()
    pages = prepare_corpora(options.corpora, options.cache)
    _say(f"{len(pages)} pages")
    measures = [Measures(page.view) for page in pages]
    run = crossval.cross_validate(pages, measures)
    _say("cross-validated")
    if options.cache:
        (options.cache / SCORES).write_bytes(pickle.dumps((run.kinds, run.second), protocol=5))
    fit.write_model(options.model, pages, run)
    _say(f"model written to {options.model}")
    print(report.table(pages, report.score_pages(pages, measures, run)))


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
