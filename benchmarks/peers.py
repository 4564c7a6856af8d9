"""newsclean beside its peers, as a Markdown table: python -m benchmarks.peers.

`make peers CORPORA=DIR CACHE=DIR` does all of it. newsclean was trained on the pages whose text is compared, so its
texts come out of fold (`training.product --texts FILE`, then `--texts FILE` here): each page's by models that have not
seen its site, and without site rules. Its metadata are the shipped program's. The pages whose structure is compared
trained nothing. Peers that are not installed are left out by name. With `--cache DIR` only newsclean runs anew: what a
peer made of a page is kept there, so a run that broke off goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import multiprocessing
import warnings
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import kept, kinds
from benchmarks.corpora import CorpusPage, find_corpora, sample
from benchmarks.elements import Elements, markdown_elements
from benchmarks.extractors import NEWSCLEAN, PEERS, missing_peers, structure
from benchmarks.intervals import group_by_site, metric_intervals, share_interval
from benchmarks.run import Result, run
from benchmarks.scores import Prediction, add, score, summarize
from benchmarks.structure import ALL, compare, gold_elements, without_titles
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BODY = {"n4k-dev": "F1", "fundus-dev": "F1", "wcxb-dev": "wordF1", "trafilatura-dev": "acc"}
"""Corpus → the measure of the body that its makers use: 4-word shingles, words, or snippets."""
STRUCTURED = "docsites-dev"
"""The corpus whose gold is the authors' own Markdown: headings, lists, tables, code, links, pictures … are compared."""
TABLE = Path(__file__).with_name("peers.md")
INPUTS = Path(__file__).with_name("kinds.md")
METADATA = ("title", "authors", "date")

Texts = dict[tuple[str, str], str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 0, or 1 where there is nothing to measure."""
    args = _parser().parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, [*BODY, STRUCTURED])
    absent = missing_peers()
    for name in (*missing, *absent):
        print(f"left out: {name} (not found)")
    names = [corpus.name for corpus in corpora if corpus.name in BODY]
    pages = [page for corpus in corpora if corpus.name in BODY for page in sample(corpus.pages(), args.sample)]
    rich = [page for corpus in corpora if corpus.name == STRUCTURED for page in sample(corpus.pages(), args.sample)]
    rich = [page for page in rich if "markdown" in page.gold]
    if not pages:
        return 1
    texts = read_texts(args.texts) if args.texts else {}
    read: dict[str, list[bool]] = {}
    rows = []
    for name in (*(peer for peer in PEERS if peer not in absent), NEWSCLEAN):
        results = results_of(pages, name, args.jobs, args.cache)
        if name == NEWSCLEAN:
            results = list(out_of_fold(results, pages, texts))
        read[name] = kinds.read_by(name)
        elements = structure_cell(rich, name, args.jobs, args.cache)
        rows.append(row(name, results, names, elements, sum(read[name])))
        print(rows[-1], flush=True)
    table = [*head(names), *best_in_bold([rows[-1], *rows[:-1]])]
    read = {NEWSCLEAN: read.pop(NEWSCLEAN), **read}
    print("", *table, "", *kinds.table(read), sep="\n")
    if args.write:
        TABLE.write_text("\n".join(table) + "\n", encoding="utf-8")
        INPUTS.write_text("\n".join(kinds.table(read)) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="what newsclean keeps out of fold")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N pages a corpus")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep what the peers made of the pages there")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument(
        "--write", action="store_true", help=f"write {TABLE.name} and {INPUTS.name}, which the docs show"
    )
    return parser


def head(corpora: Sequence[str]) -> list[str]:
    """Return the first lines of the table."""
    columns = [*map(header, corpora), *METADATA, "structure", f"inputs, of {len(kinds.KINDS)}", "ms a page"]
    return [f"| | {' | '.join(columns)} |", f"|---{'|---:' * len(columns)}|"]


def read_texts(path: Path) -> Texts:
    """Return (corpus, page) → text, as training.product wrote them."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["corpus"], row["id"]): row["text"] for row in rows}


def out_of_fold(
    results: Sequence[Result], pages: Sequence[CorpusPage], texts: Mapping[tuple[str, str], str]
) -> Iterator[Result]:
    """Yield the results with the body's score from these texts where there is one."""
    for result, page in zip(results, pages, strict=True):
        text = texts.get((result.corpus, result.id))
        if text is None:
            yield result
            continue
        body = score(page.gold, Prediction(text))
        own = {name: getattr(result.tally, name) for name in ("title", "authors", "date")}
        yield replace(result, tally=replace(body, **own))


def results_of(pages: Sequence[CorpusPage], name: str, jobs: int, folder: Path | None) -> list[Result]:
    """Return a tool's results; those of a peer come from the folder, where it holds them."""

    def ask(asked: Sequence[CorpusPage]) -> Iterator[Result]:
        return run(asked, name, Options(), jobs)

    if folder is None or name == NEWSCLEAN:
        return list(ask(pages))
    return kept.through(folder / f"{name}-{kept.version(name)}.jsonl", pages, ask, kept.result_of, kept.as_row)


def structure_cell(pages: Sequence[CorpusPage], name: str, jobs: int, folder: Path | None) -> str:
    """Return the F1 over all elements of the pages, with its interval by site; "–" where a tool has only text."""
    if not pages or structure(name) is None:
        return "–"

    def ask(asked: Sequence[CorpusPage]) -> Iterator[tuple[int, int]]:
        with multiprocessing.get_context("spawn").Pool(jobs) as pool:
            yield from pool.imap(right_and_all, [(page, name) for page in asked], chunksize=4)

    if folder is None or name == NEWSCLEAN:
        found = list(ask(pages))
    else:
        file = folder / f"{name}-{kept.version(name)}-structure.jsonl"
        found = kept.through(file, pages, ask, lambda pair: (pair[0], pair[1]), list)
    sites: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for page, (right, whole) in zip(pages, found, strict=True):
        sites[page.site].append((2.0 * right, float(whole)))
    sums = [(sum(right for right, _ in own), sum(whole for _, whole in own)) for own in sites.values()]
    low, high = share_interval(sums)
    return f"{sum(right for right, _ in sums) / sum(whole for _, whole in sums):.3f} [{low:.3f}, {high:.3f}]"


_structure = cache(structure)


def right_and_all(work: tuple[CorpusPage, str]) -> tuple[int, int]:
    """Return how many elements a tool gets right on a page, and how many it gives and the gold has, together."""
    page, name = work
    logging.disable()
    extract = _structure(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = extract(page.path.read_bytes(), page.url) if extract else markdown_elements("")
    except Exception:  # no article, or whatever else is raised: nothing of the page's structure comes out
        found = markdown_elements("")
    return counted(gold_elements(page.gold), found, page.gold.get("title"))


def counted(gold: Elements, found: Elements, title: str | None) -> tuple[int, int]:
    """Return what is right of these elements, and what both have together; the title counts nowhere."""
    both = compare(*(without_titles(elements, [title]) for elements in (gold, found)))
    return sum(both.right[kind] for kind in ALL), sum(both.found[kind] + both.wanted[kind] for kind in ALL)


def header(corpus: str) -> str:
    """Return the title of a corpus's column."""
    return f"{corpus} {'snippets' if BODY[corpus] == 'acc' else BODY[corpus]}"


def row(name: str, results: Sequence[Result], corpora: Sequence[str], elements: str, inputs: int) -> str:
    """Return a tool's line: bodies with intervals by site, metadata over all pages, structure, inputs, CPU time."""
    cells = []
    for corpus in corpora:
        own = [(result.site, result.tally) for result in results if result.corpus == corpus]
        value = summarize(add(tally for _, tally in own)).get(BODY[corpus], math.nan)
        low, high = metric_intervals(group_by_site(own)).get(BODY[corpus], (math.nan, math.nan))
        cells.append(f"{value:.3f} [{low:.3f}, {high:.3f}]")
    whole = summarize(add(result.tally for result in results))
    cells += [f"{whole[name]:.3f}" if whole.get(name) else "–" for name in METADATA]
    cells += [elements, str(inputs), f"{1000 * sum(result.seconds for result in results) / len(results):.1f}"]
    return f"| {name} | {' | '.join(cells)} |"


def best_in_bold(rows: Sequence[str]) -> list[str]:
    """Return the lines with the best of each column in bold: the highest score, the shortest time."""
    table = [line.strip("| ").split(" | ") for line in rows]
    for at in range(1, len(table[0])):
        values = [float(cells[at].split()[0]) if cells[at][0].isdigit() else math.nan for cells in table]
        known = [value for value in values if not math.isnan(value)]
        best = (min if at == len(table[0]) - 1 else max)(known, default=None)
        for cells, value in zip(table, values, strict=True):
            if value == best:
                cells[at] = f"**{cells[at]}**"
    return [f"| {' | '.join(cells)} |" for cells in table]


if __name__ == "__main__":
    raise SystemExit(main())
