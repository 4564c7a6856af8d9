"""How well copies of a text are found, and at what cost: python -m benchmarks.dedupe.

Texts of the corpora are doubled: in another site's template, as reprints (another headline, a line of the agency, a
paragraph less), and with words changed, so that the pairs lie on both sides of the similarity of .8. All go as pages
through `convert_many`. A copy is right if the texts of the two articles are alike by .8 or more, and is to be found if
its own original is. Before that, time and memory are measured on synthetic texts.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
from array import array
from dataclasses import dataclass
from html import escape
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.corpora import find_corpora, sample
from newsclean import RunOptions, convert_many
from newsclean.runs.conversion import Result
from newsclean.runs.dedupe import NEAR, Copies
from newsclean.runs.report import Outcome
from newsclean.runs.sketch import SHINGLE_WORDS, Sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MIN_WORDS = 80
"""Words of a text that is doubled."""
MAX_EDITS = 0.12
"""Share of words that edits change at most: the similarity falls to about .55."""
PRECISION, RECALL = 0.99, 0.97
"""What has to be reached."""
WORDS = 400
"""Words of a synthetic text."""
COPIED = 0.2
"""Share of synthetic texts that are edited copies of an earlier one."""

Text = list[str]
"""The paragraphs of a text."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """A page made of a text."""

    name: str
    original: str
    text: Text
    title: str
    template: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--sample", type=int, default=150, help="texts of a corpus")
    parser.add_argument("--texts", type=int, default=100_000, help="synthetic texts")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    corpora, absent = find_corpora(chosen.corpora)
    for name in absent:
        print(f"{name}: not there, skipped", file=sys.stderr)
    texts = [
        [part for part in str(page.gold.get("text") or "").split("\n") if part.strip()]
        for corpus in corpora
        for page in sample(corpus.pages(), chosen.sample)
    ]
    measure(chosen.texts)  # first, for memory once taken is not told from memory taken again
    return int(judge(texts, chosen.jobs)) if texts else 0


def judge(texts: Sequence[Text], jobs: int) -> bool:
    """Print precision and recall by kind of copy, and return whether a target is missed."""
    rng = random.Random(1)
    long = [text for text in texts if sum(len(part.split()) for part in text) >= MIN_WORDS]
    pages = {page.name: page for number, text in enumerate(long) for page in doubled(number, text, rng)}
    with tempfile.TemporaryDirectory() as folder:
        for page in pages.values():
            Path(folder, page.name).write_text(as_html(page), encoding="utf-8")
        outcomes = convert_many(folder, how=RunOptions(dedupe="near"), workers=jobs)
        found = {Path(outcome.path).name: Path(outcome.duplicate_of or "").name for outcome in outcomes}
        outcomes = convert_many(folder, workers=jobs)
        sets = {Path(it.path).name: shingles(it.article.text if it.article else "") for it in outcomes}
    print(f"{len(long)} texts, {len(pages)} pages")
    rates = []
    for kind in ("template", "reprint", "edits", ""):
        names = [name for name, page in pages.items() if kind in name and page.original != name]
        told = [name for name in (names if kind else pages) if found.get(name)]
        right = sum(jaccard(sets[name], sets[found[name]]) >= NEAR for name in told)
        to_find = [name for name in names if jaccard(sets[name], sets[pages[name].original]) >= NEAR]
        hits = sum(bool(found.get(name)) for name in to_find)
        rates.append((right / max(1, len(told)), hits / max(1, len(to_find))))
        shown = (f"precision {rates[-1][0]:.4f} of {len(told):5}", f"recall {rates[-1][1]:.4f} of {len(to_find):5}")
        print(f"{kind or 'all':10}", *shown)
    return rates[-1][0] < PRECISION or rates[-1][1] < RECALL


def doubled(number: int, text: Text, rng: random.Random) -> Iterator[Doubled]:
    """Yield the page of a text, and those that double it."""
    original = f"{number:05}-a.html"
    yield Doubled(original, original, text, f"Report {number}", 0)
    yield Doubled(f"{number:05}-template.html", original, text, f"Report {number}", 1)
    shortened = [part for at, part in enumerate(text) if at != len(text) - 1 or len(text) < 4]
    reprint = ["HARBOUR (Quay Press Agency) –", *shortened, "Reporting by the Quay Press Agency; editing by our desk."]
    yield Doubled(f"{number:05}-reprint.html", original, reprint, f"What we know of {number}", 2)
    for edit in range(3):
        rate = rng.uniform(0, MAX_EDITS)
        changed = [" ".join(edited(word, rate, rng) for word in part.split()) for part in text]
        yield Doubled(f"{number:05}-edits{edit}.html", original, changed, f"Report {number}", edit)


def edited(word: str, rate: float, rng: random.Random) -> str:
    """Return a word, or at this rate another one in its place."""
    return f"x{rng.getrandbits(32):x}" if rng.random() < rate else word


FRAMES: tuple[Callable[[str, str], str], ...] = (
    lambda title, body: f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>",
    lambda title, body: (
        f"<div id='top'><ul><li><a href='/a'>News</a><li><a href='/b'>Sport</a></ul></div><main><div class='story'>"
        f"<h1>{title}</h1><p class='byline'>By the desk</p>{body}</div><aside><h3>Most read</h3><a href='/c'>Ferry</a>"
        "</aside></main><footer>All rights reserved. <a href='/d'>Contact</a></footer>"
    ),
    lambda title, body: (
        f"<header><a href='/'>Gazette</a></header><div class='post'><h2>{title}</h2><div class='entry-content'>{body}"
        "</div><div class='share'><a href='#'>Share</a></div></div><div class='widget'>Subscribe to our letter</div>"
    ),
)


def as_html(page: Doubled) -> str:
    """Return the page of a text in its template."""
    body = "".join(f"<p>{escape(part)}</p>" for part in page.text)
    return f"<!doctype html><meta charset=utf-8><title>{page.title}</title>{FRAMES[page.template](page.title, body)}"


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text, by a reading of its own."""
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1))


def jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Return the share of what either has that both have."""
    return len(one & other) / max(1, len(one | other))


def measure(count: int) -> None:
    """Print what it takes to find the copies among so many synthetic texts."""
    rng = random.Random(2)
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    copies = Copies("near")
    spent = 0.0
    recent: list[list[int]] = []
    for number in range(count):
        hashes = [rng.getrandbits(32) for _ in range(WORDS)]
        if recent and rng.random() < COPIED:
            hashes = [*rng.choice(recent)[:-20], *hashes[:20]]
        recent = [*recent[-99:], hashes]
        sketch = Sketch(f"{number:016x}", array("I", sorted(hashes)).tobytes(), "quay.example", number)
        begun = process_time()
        copies.add(number, Result(Outcome(f"saved/{number:08}.html", "converted"), sketch=sketch))
        spent += process_time() - begun
    begun = process_time()
    copies.find_copies()
    found = sum(result.outcome.status == "duplicate" for _, result in copies.results(iter(())))
    spent += process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - started) / 1024
    print(
        f"{count:,} synthetic texts of {WORDS} shingles, {found:,} copies: {spent:.1f} s "
        f"({spent / count * 1e6:.0f} s a million), {grown:.0f} MB of memory, "
        f"{copies.disk_bytes() / 2**20:,.0f} MB of disk"
    )


if __name__ == "__main__":
    sys.exit(main())
