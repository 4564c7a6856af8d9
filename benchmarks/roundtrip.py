"""Whether the Markdown of every page reads back as it was meant: python -m benchmarks.roundtrip.

Each page is converted, its Markdown read by markdown-it-py, and text and structure compared with the document model.
With --html, the HTML that came of it is converted once more instead, and has to give the same Markdown.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import find_corpora, sample
from benchmarks.run import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.corpora import CorpusPage

SHOWN_CHARS = 300
"""Characters of each side of a difference that are shown."""

BEFORE_CHARS = 60
"""How many of them stand before the difference."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one page's Markdown back."""

    corpus: str
    id: str
    difference: str | None
    """Where text or structure differ; None where they are the same or the page holds no article."""
    empty: bool = False


def read_back(page: CorpusPage) -> Reading:
    """Convert a page, read its Markdown back and return how that differs from what was meant."""
    newsclean = importlib.import_module("newsclean")
    errors = importlib.import_module("newsclean.errors")
    plain = importlib.import_module("newsclean.render.plain")
    forms = importlib.import_module("tests.roundtrip")
    options = newsclean.Options(front_matter="none")
    try:
        article = newsclean.convert(page.path.read_bytes(), url=page.url, options=options)
        above = plain.standfirst_above(article.document, article.metadata)
        meant = forms.expected_form(article.document, article.metadata.title, above)
        found = first_difference(meant, forms.markdown_form(article.markdown))
    except errors.NoArticleError:
        return Reading(page.corpus, page.id, None, empty=True)
    except Exception as exception:
        found = f"raised {describe(exception)}"
    return Reading(page.corpus, page.id, found)


def convert_again(page: CorpusPage) -> Reading:
    """Convert a page, convert the HTML that came of it, and return where the Markdown of both differs."""
    newsclean = importlib.import_module("newsclean")
    errors = importlib.import_module("newsclean.errors")
    options = newsclean.Options(front_matter="none")
    try:
        article = newsclean.convert(page.path.read_bytes(), url=page.url, options=options)
    except errors.NoArticleError:
        return Reading(page.corpus, page.id, None, empty=True)
    try:
        again = newsclean.convert(article.html.encode(), url=article.metadata.source, options=options)
        found = first_difference(article.markdown.splitlines(), again.markdown.splitlines())
    except Exception as exception:
        found = f"raised {describe(exception)}"
    return Reading(page.corpus, page.id, found)


def first_difference(meant: Sequence[object], read: Sequence[object]) -> str | None:
    """Return where two lists of blocks first differ, from the character on at which they do; None where they agree."""
    for number, (ours, theirs) in enumerate(zip_longest(meant, read)):
        if ours != theirs:
            one, other = repr(ours), repr(theirs)
            same = next(at for at, pair in enumerate(zip_longest(one, other)) if pair[0] != pair[1])
            at = max(same - BEFORE_CHARS, 0)
            return f"block {number}\n  meant …{one[at : at + SHOWN_CHARS]}\n  read  …{other[at : at + SHOWN_CHARS]}"
    return None


def report(readings: Sequence[Reading], shown: int) -> Iterator[str]:
    """Yield the lines of a report: how many pages hold in each corpus, then the first that do not."""
    by_corpus: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_corpus[reading.corpus].append(reading)
    for corpus, own in by_corpus.items():
        articles = [reading for reading in own if not reading.empty]
        holding = sum(reading.difference is None for reading in articles)
        yield f"{corpus:18}{holding:>5} of {len(articles):>5} hold, {len(own) - len(articles)} without an article"
    failing = [reading for reading in readings if reading.difference is not None]
    for reading in failing[:shown]:
        yield f"\n{reading.corpus}/{reading.id}: {reading.difference}"
    if len(failing) > shown:
        yield f"\n… and {len(failing) - shown} more: " + ", ".join(reading.id for reading in failing[shown:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every page back; return 1 where one does not hold."""
    args = _parser().parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    pages = [page for corpus in corpora for page in sample(corpus.pages(), args.sample)]
    if not pages:
        print("no corpus found: nothing read (say where they are with --corpora DIR)")
        return 0
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        readings = list(pool.imap(convert_again if args.html else read_back, pages, chunksize=4))
    for line in report(readings, args.show):
        print(line)
    return 1 if any(reading.difference is not None for reading in readings) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.roundtrip", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--html", action="store_true", help="convert the HTML that came of each page once more")
    parser.add_argument("--corpus", nargs="+", default=[], metavar="NAME", help="only these corpora")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N pages a corpus")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="differences shown (default 10)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
