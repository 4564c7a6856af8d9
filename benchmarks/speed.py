"""How fast newsclean is beside its peers: milliseconds a page, start of the command, peak memory.

Two tasks are timed, corpus by corpus: finding the article (newsclean: from bytes to verdicts; trafilatura: `extract` as
it comes; readability: `summary`), and the whole way to Markdown with metadata. All tools do the same work on the same
pages by turns, so that whatever else the machine does hits them alike.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from benchmarks import extractors
from benchmarks.corpora import REPOSITORY, find_corpora, sample

if TYPE_CHECKING:
    from benchmarks.corpora import CorpusPage

Task: TypeAlias = Literal["find", "convert"]
Job: TypeAlias = Callable[[bytes, "str | None"], object]

TASKS: dict[Task, str] = {
    "find": "finding the article: bytes to verdicts (peers: to plain text or HTML)",
    "convert": "converting: bytes to Markdown with metadata (readability: HTML and title)",
}
DEFAULT_CORPORA = ("n4k-dev", "fundus-dev", "wcxb-dev", "trafilatura-dev")
WARM_UP_PAGES = 3
RESAMPLES = 1_000
MEBI = 1024 * 1024
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in one unit of ru_maxrss: macOS counts bytes, Linux kibibytes."""

LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""
"""Starts a command from a small process: on Linux a child's peak memory is at least what its parent had at the fork."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took."""

    cpu_s: float
    wall_s: float


@dataclass(frozen=True, slots=True)
class ChildCost:
    """What a child process took, from its start to its end."""

    cpu_s: float
    wall_s: float
    peak_bytes: int


def job(tool: str, task: Task) -> Job:
    """Return what a tool does for a task with the bytes of a page and its address."""
    if tool == "newsclean":
        return _newsclean_job() if task == "convert" else _verdicts_job()
    if tool == "trafilatura":
        extract = importlib.import_module("trafilatura").extract
        if task == "find":
            return lambda data, url: extract(data, url=url)
        return lambda data, url: extract(data, url=url, output_format="markdown", with_metadata=True)
    document = importlib.import_module("readability").Document
    if task == "find":
        return lambda data, url: document(data, url=url).summary()
    return lambda data, url: _readable(document(data, url=url))


def _newsclean_job() -> Job:
    convert = importlib.import_module("newsclean").convert
    no_article = importlib.import_module("newsclean.errors").NoArticleError

    def run(data: bytes, url: str | None) -> object:
        with contextlib.suppress(no_article):
            return convert(data, url=url).markdown
        return None

    return run


def _verdicts_job() -> Job:
    """Return newsclean's way to the verdicts, without site rules."""
    pipeline = importlib.import_module("newsclean.pipeline")
    model = importlib.import_module("newsclean.model")
    options = model.Options()

    def run(data: bytes, url: str | None) -> object:
        opened = pipeline.open_record(model.Record(data, url=url), options)
        page = pipeline.parse_page(opened.text, opened.kind, opened.url)
        return pipeline.select(page, pipeline.voters_for(opened.kind, options), options)

    return run


def _readable(document: object) -> tuple[str, str]:
    return document.short_title(), document.summary()  # type: ignore[attr-defined]  # untyped library


def command(tool: str, page: Path) -> list[str]:
    """Return the tool's command line for one file."""
    if tool == "newsclean":
        return [sys.executable, "-m", "newsclean", str(page)]
    if tool == "trafilatura":
        return [sys.executable, "-c", "from trafilatura.cli import main; main()", "--markdown", "--with-metadata"]
    return [sys.executable, "-m", "readability.readability", str(page)]


# --- time a page ----------------------------------------------------------------------------------------------------


def measure(task: Task, tools: Sequence[str], pages: Sequence[CorpusPage], rounds: int) -> dict[str, list[Cost]]:
    """Return tool → the cost of each page, the least of `rounds`; the tools take turns, and who begins changes."""
    jobs = {tool: job(tool, task) for tool in tools}
    contents = [(page.path.read_bytes(), page.url) for page in pages]
    for data, url in contents[:WARM_UP_PAGES]:
        for run in jobs.values():
            _timed(run, data, url)
    gc.freeze()  # what one tool has loaded is no work for the garbage collector while another runs
    best: dict[str, list[Cost]] = {tool: [] for tool in tools}
    for number, (data, url) in enumerate(contents):
        turns: dict[str, list[Cost]] = {tool: [] for tool in tools}
        for turn in range(rounds):
            for tool in _rotated(tools, number + turn):
                turns[tool].append(_timed(jobs[tool], data, url))
        for tool, costs in turns.items():
            best[tool].append(Cost(min(cost.cpu_s for cost in costs), min(cost.wall_s for cost in costs)))
    return best


def _rotated(tools: Sequence[str], by: int) -> list[str]:
    start = by % len(tools)
    return [*tools[start:], *tools[:start]]


def _timed(run: Job, data: bytes, url: str | None) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    with contextlib.suppress(Exception):  # a page that a tool fails on costs it what it took to fail
        run(data, url)
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def ratio_interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Return (ratio, low, high): how many times as long the peer took, with the 95 % interval resampled by page."""
    pairs = list(zip(ours, theirs, strict=True))
    rng = random.Random(0)
    ratios = sorted(_ratio(rng.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return _ratio(pairs), ratios[round(0.025 * RESAMPLES)], ratios[round(0.975 * RESAMPLES) - 1]


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(theirs for _, theirs in pairs) / sum(ours for ours, _ in pairs)


# --- start and memory -----------------------------------------------------------------------------------------------


def run_child(arguments: Sequence[str], stdin: Path) -> ChildCost:
    """Run a command to its end and return what it took; its output is thrown away."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
        "PYTHONDONTWRITEBYTECODE": "",  # an installed command is compiled once, as the peers are here
    }
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, *arguments]
    with stdin.open("rb") as stream:
        found = subprocess.run(launcher, stdin=stream, capture_output=True, text=True, env=environment, check=True)
    status, wall, cpu, peak = found.stdout.split()
    if int(status):
        raise RuntimeError(f"status {status} from: {' '.join(arguments)}")
    return ChildCost(float(cpu), float(wall), int(peak) * RSS_UNIT)


def cold_starts(tools: Sequence[str], page: Path, starts: int) -> dict[str, ChildCost]:
    """Return tool → the median cost of converting one file with a fresh command, the tools taking turns."""
    costs: dict[str, list[ChildCost]] = {tool: [] for tool in tools}
    for turn in range(starts + 1):
        for tool in _rotated(tools, turn):
            cost = run_child(command(tool, page), page)
            if turn:  # the first fills the disk cache
                costs[tool].append(cost)
    return {tool: _median(found) for tool, found in costs.items()}


def _median(costs: Sequence[ChildCost]) -> ChildCost:
    return ChildCost(
        statistics.median(cost.cpu_s for cost in costs),
        statistics.median(cost.wall_s for cost in costs),
        round(statistics.median(cost.peak_bytes for cost in costs)),
    )


def peak_memory(tool: str, pages: Sequence[CorpusPage]) -> int:
    """Return the peak memory in bytes of one process that converts all pages."""
    listing = json.dumps([[str(page.path), page.url] for page in pages])
    code = "import sys; from benchmarks.speed import convert_all; convert_all(sys.argv[1], sys.argv[2])"
    return run_child([sys.executable, "-c", code, tool, listing], Path(os.devnull)).peak_bytes


def convert_all(tool: str, listing: str) -> None:
    """Convert the pages of a JSON listing of [path, url]; runs in a child process."""
    run = job(tool, "convert")
    for path, url in json.loads(listing):
        _timed(run, Path(path).read_bytes(), url)


# --- command --------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 0."""
    args = _parser().parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    absent = extractors.missing_peers()
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    for peer in absent:
        print(f"skipped: {peer} (not installed; the extra is called bench)")
    if not corpora:
        print("no corpus found: nothing measured (say where they are with --corpora DIR)")
        return 0
    tools = ["newsclean", *(peer for peer in extractors.PEERS if peer not in absent)]
    pages = [page for corpus in corpora for page in sample(corpus.pages(), args.sample)]
    for task, title in TASKS.items():
        print(f"{title}; ms of CPU a page, and time beside newsclean's")
        _print_costs(pages, measure(task, tools, pages, args.rounds))
        print()
    typical = sorted(pages, key=lambda page: page.path.stat().st_size)[len(pages) // 2].path
    print(f"one file of {typical.stat().st_size // 1024} KB, command started afresh (median of {args.starts})")
    for tool, cost in cold_starts(tools, typical, args.starts).items():
        cells = f"{cost.cpu_s:>9.3f} s CPU{cost.wall_s:>9.3f} s wall{cost.peak_bytes / MEBI:>8.0f} MB peak"
        print(f"{tool:14}{cells}")
    print(f"\n{len(pages)} pages in one process")
    for tool in tools:
        print(f"{tool:14}{peak_memory(tool, pages) / MEBI:>9.0f} MB peak")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=list(DEFAULT_CORPORA), metavar="NAME", help="from these")
    parser.add_argument("--sample", type=int, default=40, metavar="N", help="pages a corpus (default 40)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="times each page is converted; least counts")
    parser.add_argument("--starts", type=int, default=9, metavar="N", help="fresh starts of each command")
    return parser


def _print_costs(pages: Sequence[CorpusPage], costs: dict[str, list[Cost]]) -> None:
    peers = [tool for tool in costs if tool != "newsclean"]
    print(f"{'':18}{'pages':>6}{'newsclean':>12}{''.join(f'{peer:>32}' for peer in peers)}")
    for name in ("all", *dict.fromkeys(page.corpus for page in pages)):
        chosen = [place for place, page in enumerate(pages) if name in ("all", page.corpus)]
        cpu = {tool: [own[place].cpu_s for place in chosen] for tool, own in costs.items()}
        cells = (f"{_mean_ms(cpu[peer]):>9.1f}{_beside(cpu['newsclean'], cpu[peer]):>23}" for peer in peers)
        print(f"{name:18}{len(chosen):>6}{_mean_ms(cpu['newsclean']):>12.1f}{''.join(cells)}")


def _mean_ms(costs: Sequence[float]) -> float:
    return 1000 * statistics.fmean(costs)


def _beside(ours: Sequence[float], theirs: Sequence[float]) -> str:
    return "{:.2f} x [{:.2f}, {:.2f}]".format(*ratio_interval(ours, theirs))


if __name__ == "__main__":
    sys.exit(main())
