"""Whether all that was chosen of every page comes out, once and in order: python -m benchmarks.lossless.

Each page is converted and the warnings of build's own check are counted; the check itself is timed.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import find_corpora, sample
from benchmarks.run import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.corpora import CorpusPage


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one page."""

    corpus: str
    id: str
    warnings: tuple[str, ...]
    seconds: float
    """CPU seconds of the check."""
    empty: bool = False


def read(page: CorpusPage) -> Reading:
    """Convert a page and return what its check found."""
    newsclean = importlib.import_module("newsclean")
    errors = importlib.import_module("newsclean.errors")
    build = importlib.import_module("newsclean.build")
    spent = [0.0]
    check = importlib.import_module("newsclean.build.lossless").check

    def timed(*arguments: object) -> object:
        start = time.process_time()
        try:
            return check(*arguments)
        finally:
            spent[0] += time.process_time() - start

    build.check = timed  # type: ignore[attr-defined]
    try:
        article = newsclean.convert(page.path.read_bytes(), url=page.url)
    except errors.NoArticleError:
        return Reading(page.corpus, page.id, (), 0.0, empty=True)
    except Exception as exception:  # a failure is a finding
        return Reading(page.corpus, page.id, (f"raised {describe(exception)}",), 0.0)
    finally:
        build.check = check  # type: ignore[attr-defined]
    found = tuple(warning for warning in article.warnings if warning.startswith("text "))
    return Reading(page.corpus, page.id, found, spent[0])


def report(readings: Sequence[Reading], shown: int) -> Iterator[str]:
    """Yield the lines of a report: how many pages hold in each corpus, then the first that do not."""
    by_corpus: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_corpus[reading.corpus].append(reading)
    for corpus, own in by_corpus.items():
        articles = [reading for reading in own if not reading.empty]
        holding = sum(not reading.warnings for reading in articles)
        mean = sum(reading.seconds for reading in articles) / max(len(articles), 1)
        yield f"{corpus:18}{holding:>5} of {len(articles):>5} hold, check {1000 * mean:.2f} ms a page"
    failing = [reading for reading in readings if reading.warnings]
    for reading in failing[:shown]:
        yield f"{reading.corpus}/{reading.id}: {'; '.join(reading.warnings)}"
    if len(failing) > shown:
        yield f"… and {len(failing) - shown} more"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every page; return 1 where one does not hold."""
    args = _parser().parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    pages = [page for corpus in corpora for page in sample(corpus.pages(), args.sample)]
    if not pages:
        print("no corpus found: nothing checked (say where they are with --corpora DIR)")
        return 0
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        readings = list(pool.imap(read, pages, chunksize=4))
    for line in report(readings, args.show):
        print(line)
    return 1 if any(reading.warnings for reading in readings) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lossless", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=[], metavar="NAME", help="only these corpora")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N pages a corpus")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="differences shown (default 20)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
