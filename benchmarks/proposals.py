"""Whether proposed rules do as well as the scorer on sites with three or more pages: python -m benchmarks.proposals.

Of every host with so many pages in the corpora, the first three (texts before shelves, then by corpus and id) go to
what `newsclean rules new` runs; the rule is then judged on these three and, apart, on the host's other pages, which it
has not seen. Sites whose three pages are not all texts are counted apart: nobody writes a rule for a shelf.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.corpora import CorpusPage, find_corpora
from benchmarks.extractors import extractor
from benchmarks.scores import body_score, score
from newsclean.errors import InputError
from newsclean.files import write_atomic
from newsclean.model import Options, Record
from newsclean.page.html import parse_html
from newsclean.rules.cases import propose
from newsclean.sites import page_hosts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CORPORA = ("wcxb-dev", "n4k-dev", "fundus-dev", "trafilatura-dev", "readability-dev")
MADE_FROM = 3
"""Pages that a rule is made from."""
TOLERANCE = 0.002
"""Mean body score up to which a rule that is worse counts as equal: two words of a thousand."""
SHELVES = frozenset({"listing", "collection", "product"})
"""Kinds of pages that are no text with a beginning and an end."""


@dataclass(frozen=True)
class Judged:
    """How a host's proposed rule did; scores are means over pages, word F1 or the share of snippets that are right."""

    host: str
    pages: tuple[CorpusPage, ...]
    rule: str
    """The rule as TOML, or why there is none."""
    made: bool
    seen: tuple[float, float]
    """Of the scorer and of the rule, on the pages that it was made from."""
    unseen: tuple[float, float] | None
    """The same on the host's other pages."""

    @property
    def is_of_texts(self) -> bool:
        """Return whether the rule was made from texts alone."""
        return not any(page.type in SHELVES for page in self.pages[:MADE_FROM])

    @property
    def holds(self) -> bool:
        """Return whether there is a rule that equals or beats the scorer on the pages that it was made from."""
        return self.made and _holds(self.seen)


def _holds(scores: tuple[float, float]) -> bool:
    return scores[1] >= scores[0] - TOLERANCE


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each site and the count of those where the rule equals or beats the scorer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proposals", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=list(CORPORA), metavar="NAME", help="only these corpora")
    parser.add_argument("--kind", nargs="+", default=[], metavar="KIND", help='only these kinds of pages ("article")')
    parser.add_argument("--host", nargs="+", default=[], metavar="HOST", help="only these hosts, with their rules")
    args = parser.parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    pages = [page for corpus in corpora for page in corpus.pages() if not args.kind or page.type in args.kind]
    sites = {host: own for host, own in by_host(pages).items() if not args.host or host in args.host}
    print(f"{'site':34}{'pages':>6}{'scorer':>8}{'rule':>8}  {'others':>6}{'scorer':>8}{'rule':>8}")
    found: list[Judged] = []
    for host, own in sorted(sites.items()):
        found.append(judge(host, own))
        print(_line(found[-1]), flush=True)
        if args.host:
            print(found[-1].rule)
    print("\n".join(_summary(found)))
    return 0


def by_host(pages: Iterable[CorpusPage]) -> dict[str, list[CorpusPage]]:
    """Return the pages of each host that has enough of them, in the order of corpus and id; one page an address."""
    hosts: dict[str, dict[str, CorpusPage]] = defaultdict(dict)
    for page in pages:
        parsed = parse_html(page.path.read_text(encoding="utf-8", errors="replace"), page.url)
        address = page.url or parsed.canonical_url or page.id
        for host in page_hosts(parsed)[:1]:
            hosts[host].setdefault(address, page)
    return {
        host: sorted(own.values(), key=lambda page: (page.type in SHELVES, page.corpus, page.id))
        for host, own in hosts.items()
        if len(own) >= MADE_FROM and "." in host  # "localhost" and its like stand for many sites
    }


def judge(host: str, pages: Sequence[CorpusPage]) -> Judged:
    """Return how the rule does that three pages of a host give, and the scorer with no rule at all."""
    with patch("newsclean.sites._lookup._shipped", return_value=()):
        return _judge(host, pages)


def _judge(host: str, pages: Sequence[CorpusPage]) -> Judged:
    made_from = pages[:MADE_FROM]
    try:
        proposal = propose([Record(page.path.read_bytes(), page.id, url=page.url) for page in made_from], host)
    except InputError as error:
        return Judged(host, tuple(pages), str(error), False, (mean_score(made_from, Options()),) * 2, None)
    with tempfile.TemporaryDirectory() as folder:
        write_atomic(Path(folder, f"{host}.toml"), proposal.toml.encode())
        both = (Options(), Options(rules=(folder,)))
        seen, *unseen = (
            (mean_score(own, both[0]), mean_score(own, both[1])) for own in (made_from, pages[MADE_FROM:]) if own
        )
    return Judged(host, tuple(pages), proposal.toml, True, seen, unseen[0] if unseen else None)


def mean_score(pages: Sequence[CorpusPage], options: Options) -> float:
    """Return the mean body score of pages, 0 to 1."""
    extract = extractor("newsclean", options)
    scores = [body_score(score(page.gold, extract(page.path.read_bytes(), page.url))) for page in pages]
    known = [one for one in scores if one is not None]
    return sum(known) / max(len(known), 1)


def _line(judged: Judged) -> str:
    line = f"{judged.host:34}{min(len(judged.pages), MADE_FROM):>6}{judged.seen[0]:>8.3f}"
    line += f"{judged.seen[1]:>8.3f}" if judged.made else f"{'–':>8}"
    line += "  " if judged.holds else " !"
    if judged.unseen:
        line += f"{len(judged.pages) - MADE_FROM:>6}{judged.unseen[0]:>8.3f}{judged.unseen[1]:>8.3f}"
        line += "" if _holds(judged.unseen) else " !"
    return line


def _summary(found: Sequence[Judged]) -> Iterator[str]:
    for name, own in (
        ("made from texts", [judged for judged in found if judged.is_of_texts]),
        ("from shelves too", [judged for judged in found if not judged.is_of_texts]),
    ):
        made = [judged for judged in own if judged.made]
        unseen = [judged.unseen for judged in made if judged.unseen]
        bodies = sum("\nbody = " in judged.rule for judged in made)
        yield f"\n{name}: {len(own)} sites, a rule for {len(made)} of them, {bodies} with a body"
        holding = sum(judged.holds for judged in own)
        yield f"  equal or better (at most {TOLERANCE} worse): {holding} of {len(own)} sites"
        yield f"  equal or better on the other pages: {sum(map(_holds, unseen))} of {len(unseen)} sites"
        for part, pairs in (("mean over sites", [judged.seen for judged in made]), ("mean on the others", unseen)):
            if pairs:
                scorer, rule = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
                yield f"  {part}: scorer {scorer:.4f}, rule {rule:.4f}"


if __name__ == "__main__":
    sys.exit(main())
