"""How well pages of the development corpora are converted: python -m benchmarks.quality [--gate]."""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import compare, exact, extractors, gate, results
from benchmarks.calibration import calibration
from benchmarks.corpora import Corpus, CorpusPage, find_corpora, sample
from benchmarks.intervals import group_by_site, metric_intervals
from benchmarks.run import Result, run
from benchmarks.scores import METRICS, add, body_score, summarize
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SLOWEST_SHOWN = 5
IDS_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the arguments ask for; return 0, or 1 where the gate fails or --compare has no file."""
    args = _parser().parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    if not corpora:
        print("no corpus found: nothing measured (say where they are with --corpora DIR)")
        return _gate({}, [], missing, args.allow_missing) if args.gate else 0
    start = time.perf_counter()
    pages = [page for corpus in corpora for page in _chosen(corpus, args)]
    hashes = {corpus.name: corpus.digest() for corpus in corpora}
    options = Options(engine=args.engine, keep=args.keep)
    found = list(_with_progress(run(pages, args.extractor, options, args.jobs), len(pages)))
    for line in (*_report(found, args), *calibration(found)):
        print(line)
    print(f"\n{len(found)} pages in {time.perf_counter() - start:.0f} s with {args.jobs} jobs")
    if args.json:
        results.save(args.json, args.extractor, hashes, found)
    if args.compare:
        print("\n".join(compare.compare(results.load(args.compare)[1], found, args.worst or 10)))
    if args.update_floors:
        floors = gate.updated(gate.read_floors(), hashes, found, allow_lower=args.allow_lower)
        record = gate.read_record()
        gate.write_floors(gate.raised(floors, record, allow_lower=args.allow_lower) if record else floors)
    return _gate(hashes, found, missing, args.allow_missing) if args.gate else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=[], metavar="NAME", help="only these corpora")
    parser.add_argument("--sample", type=int, metavar="N", help="a fixed sample of N pages a corpus")
    parser.add_argument("--by-type", action="store_true", help="a line for each kind of page")
    parser.add_argument("--by-language", action="store_true", help="a line for each language of the pages")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages of each corpus")
    parser.add_argument("--extractor", choices=extractors.NAMES, default="newsclean", help="measure a peer instead")
    parser.add_argument("--engine", choices=("auto", "readability"), default="auto")
    parser.add_argument("--keep", choices=("precision", "balanced", "recall"), default="balanced")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every page's result")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="compare with an earlier --json, page by page")
    parser.add_argument("--gate", action="store_true", help="run the gate's sample and fail under a floor")
    parser.add_argument(
        "--allow-missing", nargs="+", default=[], metavar="NAME", help="with --gate: corpora that may be absent"
    )
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --update-floors: floors may fall")
    return parser


def _chosen(corpus: Corpus, args: argparse.Namespace) -> list[CorpusPage]:
    size = gate.SAMPLE.get(corpus.name) if args.gate or args.update_floors else args.sample
    return sample(corpus.pages(), size)


def _with_progress(found: Iterator[Result], total: int) -> Iterator[Result]:
    """Pass results through, counting them on a terminal's stderr."""
    for count, result in enumerate(found, 1):
        if sys.stderr.isatty():
            print(f"\r{count}/{total}", end="\n" if count == total else "", file=sys.stderr)
        yield result


def _report(found: Sequence[Result], args: argparse.Namespace) -> Iterator[str]:
    yield f"{'corpus':18}{'group':16}{'n':>5} " + "".join(f"{name:>9}" for name in METRICS) + f"{'ms':>8}"
    corpora = _grouped(found, lambda result: result.corpus)
    for corpus, own in corpora.items():
        yield _row(corpus, "all", own)
        yield _interval_row(own)
        if args.by_type:
            yield from _group_rows(corpus, _grouped(own, lambda result: result.type))
        if args.by_language:
            yield from _group_rows(corpus, _grouped(own, lambda result: result.language))
    for corpus, own in corpora.items():
        yield from _troubles(corpus, own)
        if args.worst:
            yield from _worst(corpus, own, args.worst)


def _grouped(found: Sequence[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in found:
        groups[key(result)].append(result)
    return groups


def _group_rows(corpus: str, groups: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    if set(groups) == {""}:
        return
    for name, own in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield _row(corpus, name or "(unknown)", own)


def _row(corpus: str, group: str, own: Sequence[Result]) -> str:
    metrics = summarize(add(result.tally for result in own))
    cells = "".join(f"{metrics[name]:>9.3f}" if name in metrics else " " * 9 for name in METRICS)
    ms = 1000 * sum(result.seconds for result in own) / len(own)
    return f"{corpus:18}{group:16}{len(own):>5} {cells}{ms:>8.1f}"


def _interval_row(own: Sequence[Result]) -> str:
    """Return the 95 % intervals of a corpus, a half-width under each metric."""
    intervals = metric_intervals(group_by_site((result.site, result.tally) for result in own))
    cells = ""
    for name in METRICS:
        low, high = intervals.get(name, (math.nan, math.nan))
        cells += " " * 9 if math.isnan(low) else f"{'±' + format((high - low) / 2, '.3f'):>9}"
    return f"{'':18}{'  95 % by site':16}{'':>5} {cells}"


def _troubles(corpus: str, own: Sequence[Result]) -> Iterator[str]:
    empty = [result.id for result in own if result.empty and not result.error]
    slowest = sorted(own, key=lambda result: -result.seconds)[:SLOWEST_SHOWN]
    yield f"\n{corpus}: {sum(bool(result.error) for result in own)} raised, {len(empty)} without text"
    raised = _grouped([result for result in own if result.error], lambda result: result.error or "")
    for error, pages in raised.items():
        yield f"  raised {error}: {_listed([result.id for result in pages])}"
    if empty:
        yield f"  without text: {_listed(empty)}"
    yield "  slowest: " + ", ".join(f"{result.id} {result.seconds:.2f} s" for result in slowest)


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - IDS_SHOWN
    return ", ".join(ids[:IDS_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _worst(corpus: str, own: Sequence[Result], count: int) -> Iterator[str]:
    scored = [(body, result) for result in own if (body := body_score(result.tally)) is not None]
    for body, result in sorted(scored, key=lambda pair: (pair[0], pair[1].id))[:count]:
        yield f"  worst   {body:.3f}  {corpus}/{result.id}  {result.type}  {result.site}"


def _gate(hashes: Mapping[str, str], found: Sequence[Result], missing: Sequence[str], allowed: Sequence[str]) -> int:
    floors, record = gate.read_floors(), gate.read_record()
    reasons = [
        *gate.unmeasured(missing, allowed),
        *gate.failures(floors, hashes, found),
        *gate.record_failures(floors, record, gate.model_digest()),
        *exact.failures(floors),
    ]
    for reason in reasons:
        print(f"gate: {reason}")
    if record and record["code"] != gate.code_digest():
        print("gate: the figures out of fold were measured before the last changes to the code")
    print(f"gate: {'failed' if reasons else 'passed'}, {len(found)} pages measured")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
