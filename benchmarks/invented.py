"""Whether the fixtures are invented: python -m benchmarks.invented [--corpora DIR].

A fixture that shares RUN words in a row with a page of a corpus, or with its gold, may have been copied from it. Prints
such fixtures with the page and the words, and fails where one shares more than MOST runs with a page.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import REPOSITORY, find_corpora

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Gram = tuple[str, ...]

FIXTURES = REPOSITORY / "fixtures"
SUFFIXES = frozenset({".html", ".txt", ".md"})

RUN = 8
"""Words in a row that two texts seldom share by chance, other than set phrases."""

MOST = 3
"""Runs that a page and a fixture may share: one set phrase of ten words ("this site is protected by …") has three."""

LEAST_LETTERS = 24
"""A run of fewer letters in all is figures and single letters: a calendar, a row of a table."""

_MARKUP_RE = re.compile(r"<(script|style)\b.*?</\1|<!--.*?-->|<[^<>]*>", re.S | re.I)  # <p class="x">
_WORD_RE = re.compile(r"\w+")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; return 1 where a fixture is not invented, or where there is no corpus to compare with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invented", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--fixtures", type=Path, default=FIXTURES, metavar="DIR", help="folder to look into")
    args = parser.parse_args(arguments)
    corpora, missing = find_corpora(args.corpora)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    if not corpora:
        return 1
    known = fixture_grams(args.fixtures)
    pages = (
        (f"{page.corpus}/{page.id}", texts(page.path, page.gold.get("text"))) for c in corpora for page in c.pages()
    )
    found = shared(known, pages)
    for (fixture, page), runs in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"{len(runs):4} {fixture} {page}: {' '.join(runs[0])}")
    return int(any(len(runs) > MOST for runs in found.values()))


def texts(path: Path, gold: object = None) -> Iterator[str]:
    """Yield the text of a file without its markup, and the gold if there is one."""
    source = path.read_text(encoding="utf-8", errors="replace")
    yield html.unescape(_MARKUP_RE.sub(" ", source)) if path.suffix == ".html" else source
    if isinstance(gold, str):
        yield gold


def grams(source: Iterable[str]) -> Iterator[Gram]:
    """Yield every run of words, lower-case, that is long enough to tell."""
    for text in source:
        words = _words(text)
        for run in zip(*(words[start:] for start in range(RUN)), strict=False):
            if sum(map(len, run)) >= LEAST_LETTERS:
                yield run


def fixture_grams(folder: Path) -> dict[Gram, set[str]]:
    """Return each run of words → the fixtures that have it."""
    found: defaultdict[Gram, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES:
            for run in grams(texts(path)):
                found[run].add(path.parent.relative_to(folder).as_posix())
    return found


def shared(
    known: Mapping[Gram, set[str]], pages: Iterable[tuple[str, Iterable[str]]]
) -> dict[tuple[str, str], list[Gram]]:
    """Return (fixture, page) → the runs that both have."""
    found: defaultdict[tuple[str, str], dict[Gram, None]] = defaultdict(dict)
    begins = {run[:2] for run in known}
    for name, source in pages:
        for words in map(_words, source):
            for at, begin in enumerate(pairwise(words)):
                if begin in begins:
                    run = tuple(words[at : at + RUN])
                    for fixture in known.get(run, ()):
                        found[fixture, name][run] = None
    return {pair: list(runs) for pair, runs in found.items()}


def _words(text: str) -> list[str]:
    return _WORD_RE.findall(text.lower())


if __name__ == "__main__":
    sys.exit(main())
