"""What the shipped site rules gain on the corpora's pages of their hosts: python -m benchmarks.rules [HOST...]."""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from benchmarks.corpora import find_corpora
from benchmarks.extractors import extractor
from benchmarks.scores import Tally, add, body_score, score, summarize
from newsclean.page.decode import decode
from newsclean.page.html import parse_html
from newsclean.sites import find_rules, page_hosts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.corpora import CorpusPage

CORPORA = ("wcxb-dev", "n4k-dev", "fundus-dev", "trafilatura-dev", "readability-dev")
"""Those whose pages know their address, or declare it."""

LOSS = 0.0005
"""What a mean may fall by before a rule counts as losing: half of the last digit shown."""

COLUMNS = ("body", "F1", "fields")
"""Mean word F1 (or share of snippets that came out right), 4-shingle F1, share of metadata fields that are right."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A page's tallies: of the voters alone, and with the rule of its host."""

    alone: Tally
    ruled: Tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each rule that has pages in the corpora; return 1 where one does worse than no rule."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("hosts", nargs="*", metavar="HOST", help="only the rules of these hosts")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    args = parser.parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, CORPORA)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    pairs = compare((page for corpus in corpora for page in corpus.pages()), args.hosts)
    print(f"{'rule':34}{'pages':>6}" + "".join(f"{f'{name}: alone':>16}{'ruled':>8}" for name in COLUMNS))
    worse = [name for name, own in sorted(pairs.items()) if _show(name, own)]
    print(f"{len(pairs)} rules, {sum(map(len, pairs.values()))} pages")
    for name in worse:
        print(f"loses: {name}")
    return 1 if worse else 0


def compare(pages: Iterable[CorpusPage], hosts: Sequence[str] = ()) -> dict[str, list[Pair]]:
    """Return the pairs of the pages that a shipped rule serves, by the first host of the rule."""
    extract = extractor("newsclean")
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for page in pages:
        name = _rule_host(page)
        if name and (not hosts or name in hosts):
            data = page.path.read_bytes()
            ruled = score(page.gold, extract(data, page.url))
            with mock.patch("newsclean.pipeline.find_rules", lambda *_: ((), ())):
                pairs[name].append(Pair(score(page.gold, extract(data, page.url)), ruled))
    return pairs


def _rule_host(page: CorpusPage) -> str | None:
    parsed = parse_html(decode(page.path.read_bytes(), None).text, page.url)
    rules, _ = find_rules(page_hosts(parsed), (), lambda: None)
    return rules[0].name.partition(" ")[0] if rules else None


def _show(name: str, own: Sequence[Pair]) -> bool:
    """Print what a rule changes, and return whether any of it is a loss."""
    alone, ruled = _means([pair.alone for pair in own]), _means([pair.ruled for pair in own])
    both = list(zip(alone, ruled, strict=True))
    cells = "".join(" " * 24 if math.isnan(before) else f"{before:>16.3f}{after:>8.3f}" for before, after in both)
    print(f"{name:34}{len(own):>6}{cells}")
    return any(after < before - LOSS for before, after in both)


def _means(tallies: Sequence[Tally]) -> tuple[float, ...]:
    """Return the values of COLUMNS, NaN for what the pages have no gold for."""
    total = add(tallies)
    bodies = [body for tally in tallies if (body := body_score(tally)) is not None]
    fields = total.title_pages + total.author_pages + total.date_pages
    return (
        sum(bodies) / len(bodies) if bodies else math.nan,
        summarize(total)["F1"] if total.word_pages else math.nan,
        (total.title + total.authors + total.date) / fields if fields else math.nan,
    )


if __name__ == "__main__":
    sys.exit(main())
