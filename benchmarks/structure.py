"""How much of a page's structure comes through: python -m benchmarks.structure.

Gold HTML and gold Markdown are compared with our Markdown as multisets of headings, items, cells and so on, once with
the blocks that newsclean selects and once ("oracle") with those whose words are in the gold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz.distance import LCSseq

from benchmarks import exact
from benchmarks.corpora import find_corpora, sample
from benchmarks.elements import KINDS, NOT_IN_ALL, Elements, html_elements, markdown_elements
from benchmarks.oracle import gold_blocks, words
from benchmarks.run import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.corpora import CorpusPage
    from benchmarks.scores import Gold
    from newsclean.page.html import Block, Page

CORPORA = ("readability-dev", "defuddle-dev", "docsites-dev")
"""The corpora whose gold has structure."""

ADDRESSES = {"readability-dev": "http://fakehost/test/page.html"}
"""Where pages without an address of their own were read from when their gold was made."""

MAX_SHOWN = 6
"""Differences a kind and side that --worst shows of a page."""


Differences: TypeAlias = "dict[str, dict[str, list[tuple[str, ...]]]]"


@dataclass(slots=True)
class Score:
    """Sums over pages: what was right, found and wanted, by kind, and the words."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Take another page's or group's sums in."""
        self.right += other.right
        self.found += other.found
        self.wanted += other.wanted

    def precision(self, *kinds: str) -> float:
        """Return the share of what was found that is right, 0 to 1 (1 where nothing was)."""
        found = sum(self.found[kind] for kind in kinds)
        return sum(self.right[kind] for kind in kinds) / found if found else 1.0

    def recall(self, *kinds: str) -> float:
        """Return the share of what was wanted that was found, 0 to 1 (1 where nothing was)."""
        wanted = sum(self.wanted[kind] for kind in kinds)
        return sum(self.right[kind] for kind in kinds) / wanted if wanted else 1.0

    def f1(self, *kinds: str) -> float:
        """Return twice what is right, as a share of what was found and wanted together."""
        both = sum(self.found[kind] + self.wanted[kind] for kind in kinds)
        return 2 * sum(self.right[kind] for kind in kinds) / both if both else 1.0


@dataclass(slots=True)
class Reading:
    """What came of one page."""

    corpus: str
    id: str
    chosen: Score
    oracle: Score
    differences: dict[str, Differences]
    """For "chosen" and "oracle": kind → "missing" and "extra"."""
    error: str | None = None

    def scores(self) -> tuple[tuple[str, Score], ...]:
        """Return both scores with their names."""
        return ("chosen", self.chosen), ("oracle", self.oracle)


ALL = tuple(kind for kind in KINDS if kind not in NOT_IN_ALL)


def gold_elements(gold: Gold) -> Elements:
    """Return the elements of a page's gold HTML or Markdown."""
    return html_elements(gold["html"]) if "html" in gold else markdown_elements(gold["markdown"])


def compare(gold: Elements, ours: Elements) -> Score:
    """Return the sums of one page; languages count only where the gold names them."""
    score = Score()
    for kind in KINDS:
        score.right[kind] = (gold.found[kind] & ours.found[kind]).total()
        score.wanted[kind] = gold.found[kind].total()
        score.found[kind] = score.wanted[kind] if kind in NOT_IN_ALL else ours.found[kind].total()
    score.wanted["words"], score.found["words"] = len(gold.words), len(ours.words)
    score.right["words"] = LCSseq.similarity(gold.words, ours.words)
    return score


def differences(gold: Elements, ours: Elements) -> Differences:
    """Return what is missing and what is extra, by kind."""
    found = {}
    for kind in KINDS:
        missing, extra = gold.found[kind] - ours.found[kind], ours.found[kind] - gold.found[kind]
        if missing or extra:
            found[kind] = {"missing": list(missing.elements()), "extra": list(extra.elements())}
    return found


def without_titles(elements: Elements, titles: Sequence[str | None]) -> Elements:
    """Return the elements without headings that are, or are part of, a title: it may stand above the body or in it."""
    known = [f" {' '.join(words(title))} " for title in titles if title]
    headings = Counter(
        {
            key: count
            for key, count in elements.found["headings"].items()
            if not any(f" {' '.join(words(key[1]))} " in title for title in known)
        }
    )
    return Elements({**elements.found, "headings": headings}, elements.words)


def read(page: CorpusPage) -> Reading:
    """Convert a page twice and compare both with its gold."""
    gold = gold_elements(page.gold)
    url = page.url or ADDRESSES.get(page.corpus)
    try:
        by_oracle, title = _oracle_markdown(page.path.read_bytes(), url, gold)
        titles = (page.gold.get("title"), title)
        gold, oracle, chosen = (
            without_titles(elements, titles)
            for elements in (
                gold,
                markdown_elements(by_oracle),
                markdown_elements(_markdown(page.path.read_bytes(), url)),
            )
        )
    except Exception as exception:  # a failure is a finding: it is reported and counts as an empty page
        nothing = compare(gold, markdown_elements(""))
        return Reading(page.corpus, page.id, nothing, nothing, {}, describe(exception))
    differing = {"chosen": differences(gold, chosen), "oracle": differences(gold, oracle)}
    return Reading(page.corpus, page.id, compare(gold, chosen), compare(gold, oracle), differing)


def _markdown(data: bytes, url: str | None) -> str:
    newsclean = importlib.import_module("newsclean")
    errors = importlib.import_module("newsclean.errors")
    render = importlib.import_module("newsclean.render.markdown")
    try:
        article = newsclean.convert(data, url=url)
    except errors.NoArticleError:
        return ""
    markdown: str = render.render_markdown(article.document, article.metadata, front_matter="none", title=False)
    return markdown


def _oracle_markdown(data: bytes, url: str | None, gold: Elements) -> tuple[str, str | None]:
    """Return the Markdown of the blocks that the gold holds, tidied by the usual rules, and the title."""
    modules = (
        "page.html",
        "page.decode",
        "facts",
        "settle",
        "build",
        "judge.ballots",
        "model",
        "render.markdown",
    )
    parse, decode, metadata, settle, build, select, model, render = (
        importlib.import_module(f"newsclean.{name}") for name in modules
    )
    page = parse.parse_html(decode.decode(data).text, url)
    found = metadata.read_metadata(page)
    kept = gold_blocks([_readable(page, block) for block in page.blocks], gold.words)
    verdicts = tuple(
        model.Verdict(number, keep, "oracle", "in the gold", float(keep), None, page.blocks[number].text)
        for number, keep in enumerate(kept)
    )
    chosen = select.Selection(tuple(kept), verdicts, "oracle", model.Confidence(1.0, ()))
    steps = [step for step in settle.STEPS if step is not settle.take_standfirst]
    document = build.build(page, settle.settle(page, chosen, found, steps)[0].kept)
    return render.render_markdown(document, found, front_matter="none", title=False), found.title


def _readable(page: Page, block: Block) -> str:
    """Return a block's text; "" for an entry of the page's own contents, which says what the headings say."""
    element = page.nodes[block.node].element
    inner = element.iter("a") if block.link_density == 1 and element.tag == "li" else ()
    return "" if any((link.get("href") or "").startswith("#") for link in inner) else block.text


def table(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the lines of the tables: for each corpus, kinds by P, R, F1 as selected and under oracle selection."""
    for corpus in dict.fromkeys(reading.corpus for reading in readings):
        own = [reading for reading in readings if reading.corpus == corpus]
        chosen, oracle = Score(), Score()
        for reading in own:
            chosen.add(reading.chosen)
            oracle.add(reading.oracle)
        yield f"{corpus} ({len(own)} pages)"
        yield f"{'':12}{'gold':>8}{'ours':>8}{'P':>8}{'R':>8}{'F1':>8}{'oracle P':>11}{'R':>8}{'F1':>8}"
        for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all", ALL)):
            yield _line(name, kinds, chosen, oracle)
        means = (fmean(dict(reading.scores())[side].f1(*ALL) for reading in own) for side in ("chosen", "oracle"))
        yield "{:12}{:>40.3f}{:>27.3f}".format("page mean", *means)
        yield f"{'words':12}in gold order {chosen.recall('words'):.3f}, oracle {oracle.recall('words'):.3f}"
        yield ""


def _line(name: str, kinds: tuple[str, ...], chosen: Score, oracle: Score) -> str:
    counts = f"{sum(chosen.wanted[kind] for kind in kinds):>8}{sum(chosen.found[kind] for kind in kinds):>8}"
    ours = f"{chosen.precision(*kinds):>8.3f}{chosen.recall(*kinds):>8.3f}{chosen.f1(*kinds):>8.3f}"
    best = f"{oracle.precision(*kinds):>11.3f}{oracle.recall(*kinds):>8.3f}{oracle.f1(*kinds):>8.3f}"
    return f"{name:12}{counts}{ours}{best}"


def worst(readings: Sequence[Reading], count: int, kinds: Sequence[str], side: str) -> Iterator[str]:
    """Yield the pages with the most differences as "chosen" or under "oracle" selection, and what differs."""

    def lost(reading: Reading) -> int:
        score = dict(reading.scores())[side]
        return sum(score.found[kind] + score.wanted[kind] - 2 * score.right[kind] for kind in kinds)

    for reading in sorted(readings, key=lost, reverse=True)[:count]:
        if not lost(reading):
            return
        score = dict(reading.scores())[side].f1(*kinds)
        yield f"\n{reading.corpus}/{reading.id}: {lost(reading)} differences, {side} F1 {score:.3f}"
        for kind in kinds:
            for what, keys in reading.differences.get(side, {}).get(kind, {}).items():
                if keys:
                    yield f"  {kind} {what} ({len(keys)})"
                    yield from (f"    {' | '.join(key)[:160]!r}" for key in keys[:MAX_SHOWN])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return 1 where a page raised."""
    args = _parser().parse_args(arguments)
    if args.invented:
        print("\n".join(exact.report(bool(args.worst))))
        return 0
    corpora, missing = find_corpora(args.corpora, args.corpus or CORPORA)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    pages = [
        page
        for corpus in corpora
        for page in sample(corpus.pages(), args.sample)
        if "html" in page.gold or "markdown" in page.gold
    ]
    if not pages:
        print("no corpus found: nothing measured (say where they are with --corpora DIR)")
        return 0
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        readings = list(pool.imap(read, pages, chunksize=2))
    for line in table(readings):
        print(line)
    for line in worst(readings, args.worst, args.kind or ALL, args.side):
        print(line)
    if args.json:
        args.json.write_text(json.dumps([_plain(reading) for reading in readings], ensure_ascii=False), "utf-8")
    failed = [reading for reading in readings if reading.error]
    for reading in failed:
        print(f"{reading.corpus}/{reading.id}: {reading.error}")
    return 1 if failed else 0


def _plain(reading: Reading) -> dict[str, object]:
    scores = {
        name: {side: dict(getattr(score, side)) for side in ("right", "found", "wanted")}
        for name, score in reading.scores()
    }
    differing = {"differences": reading.differences, "error": reading.error}
    return {"corpus": reading.corpus, "id": reading.id, **scores, **differing}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.structure", description=__doc__)
    parser.add_argument("--invented", action="store_true", help="the share of invented pages that are exact, instead")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=[], metavar="NAME", choices=CORPORA, help="only these corpora")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N pages a corpus")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N pages that differ most")
    parser.add_argument("--kind", nargs="+", default=[], choices=KINDS, help="what --worst looks at")
    parser.add_argument(
        "--side", default="oracle", choices=("chosen", "oracle"), help="whose differences (default oracle)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every page's counts and differences")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
