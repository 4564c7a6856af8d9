"""newsclean beside its peers, as a Markdown table: python -m benchmarks.peers.

newsclean was trained on these pages, so its texts come out of fold (`python -m training.product CORPORA --cache FOLDER
--texts FILE`, then `--texts FILE` here): each page's by models that have not seen its site, and without site rules. Its
metadata are the shipped program's. Peers that are not installed are left out by name.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import CorpusPage, find_corpora
from benchmarks.extractors import NEWSCLEAN, PEERS, missing_peers
from benchmarks.intervals import group_by_site, metric_intervals
from benchmarks.run import Result, run
from benchmarks.scores import Prediction, add, score, summarize
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BODY = {"n4k-dev": "F1", "fundus-dev": "F1", "wcxb-dev": "wordF1", "trafilatura-dev": "acc"}
"""Corpus → the measure of the body that its makers use: 4-word shingles, words, or snippets."""
TABLE = Path(__file__).with_name("peers.md")
METADATA = ("title", "authors", "date")

Texts = dict[tuple[str, str], str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 0, or 1 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="what newsclean keeps out of fold")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}, which the README shows, too")
    args = parser.parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, list(BODY))
    for name in (*missing, *missing_peers()):
        print(f"left out: {name} (not found)")
    if not corpora:
        return 1
    texts = read_texts(args.texts) if args.texts else {}
    pages = [page for corpus in corpora for page in corpus.pages()]
    head = [
        f"| | {' | '.join(header(corpus.name) for corpus in corpora)} | {' | '.join(METADATA)} | ms a page |",
        f"|---{'|---:' * (len(corpora) + len(METADATA) + 1)}|",
    ]
    print(*head, sep="\n")
    rows = []
    for name in (NEWSCLEAN, *(peer for peer in PEERS if peer not in missing_peers())):
        results = list(run(pages, name, Options(), args.jobs))
        if name == NEWSCLEAN:
            results = list(out_of_fold(results, pages, texts))
        rows.append(row(name, results, [corpus.name for corpus in corpora]))
        print(rows[-1], flush=True)
    if args.write:
        TABLE.write_text("\n".join([*head, *best_in_bold(rows)]) + "\n", encoding="utf-8")
    return 0


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


def header(corpus: str) -> str:
    """Return the title of a corpus's column."""
    return f"{corpus} {'snippets' if BODY[corpus] == 'acc' else BODY[corpus]}"


def row(name: str, results: Sequence[Result], corpora: Sequence[str]) -> str:
    """Return an extractor's line of the table: bodies with intervals by site, metadata over all pages, CPU time."""
    cells = []
    for corpus in corpora:
        own = [(result.site, result.tally) for result in results if result.corpus == corpus]
        value = summarize(add(tally for _, tally in own)).get(BODY[corpus], math.nan)
        low, high = metric_intervals(group_by_site(own)).get(BODY[corpus], (math.nan, math.nan))
        cells.append(f"{value:.3f} [{low:.3f}, {high:.3f}]")
    whole = summarize(add(result.tally for result in results))
    cells += [f"{whole[name]:.3f}" if whole.get(name) else "–" for name in METADATA]
    cells.append(f"{1000 * sum(result.seconds for result in results) / len(results):.1f}")
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
