"""How a run of many pages goes: what a second worker brings, a crawl beside a folder, the first output, the memory.

    python -m benchmarks.pace --corpora FOLDER [--pages 2000] [--lots 4] [--crawl] [--first 100000] [--memory 20000]

The pages of the corpora are converted lot by lot, each by turns: a folder with one worker, the same with two, and the
same pages as a crawl with two. Beside each run stands how busy the machine was with other things: a lot counts as
measured on an idle machine where all its runs have less than IDLE of that.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import time
from ctypes import CDLL
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpora import find_corpora

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.corpora import CorpusPage

CORPORA = ("n4k-dev", "fundus-dev", "trafilatura-dev", "wcxb-dev")
IDLE = 0.05
"""Processors that other programs may keep busy during a run on an idle machine."""
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: whoever is left by a command is ours to wait for, and its time is counted."""
SMALL = 60_000
"""Bytes of the pages of the crawl over which memory is watched: many of them fit into a few minutes."""
SAMPLE = 0.25
"""Seconds between two looks at the memory."""
START = 3.0
"""Seconds until libraries are loaded."""
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took, in seconds."""

    wall: float
    main: float
    """Processor time of the process that finds, hands out and writes."""
    workers: float
    others: float
    """Processors that other programs kept busy."""

    def __str__(self) -> str:
        """Return it as a line."""
        cpu = f"cpu main {self.main:6.2f} s, workers {self.workers:7.2f} s"
        return f"wall {self.wall:7.2f} s, {cpu}, others {self.others:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--pages", type=int, default=2000, help="pages, converted with one worker and with two")
    parser.add_argument("--lots", type=int, default=4, help="lots of them, each measured by turns")
    parser.add_argument("--crawl", action="store_true", help="the same pages as WARC files, too")
    parser.add_argument("--first", type=int, default=0, help="files of a folder whose first output is waited for")
    parser.add_argument("--memory", type=int, default=0, help="records of a crawl over which memory is watched")
    chosen = parser.parse_args(arguments)
    CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    corpora, absent = find_corpora(chosen.corpora, CORPORA)
    for name in absent:
        print(f"{name}: not there, skipped", file=sys.stderr)
    pages = [page for corpus in corpora for page in corpus.pages()]
    Random(1).shuffle(pages)
    held = True
    with TemporaryDirectory() as folder:
        if chosen.pages and pages:
            held &= by_turns(pages[: chosen.pages], chosen.lots, Path(folder), crawl=chosen.crawl)
        if chosen.first:
            held &= first_output(chosen.first, Path(folder))
        if chosen.memory and pages:
            held &= memory(pages, chosen.memory, Path(folder))
    return int(not held)


def by_turns(pages: Sequence[CorpusPage], lots: int, folder: Path, *, crawl: bool) -> bool:
    """Print times and ratios lot by lot, and return whether a second worker brings what it should."""
    print(f"{len(pages)} pages in {lots} lots")
    ratios: dict[str, list[tuple[float, bool]]] = {"-j 2 / -j 1": [], "crawl / folder": []}
    for lot in range(lots):
        mine = pages[lot::lots]
        saved, packed = folder / f"in{lot}", folder / f"in{lot}.warc.gz"
        saved.mkdir()
        for number, page in enumerate(mine):
            (saved / f"{number:05}.html").write_bytes(page.path.read_bytes())
        one, two = (told(f"lot {lot}, -j {jobs}", run(saved, "-j", jobs, "-o", folder / "out")) for jobs in (1, 2))
        is_idle = max(one.others, two.others) < IDLE
        ratios["-j 2 / -j 1"].append((one.wall / two.wall, is_idle))
        if crawl:
            write_crawl(mine, len(mine), packed)
            warc = told(f"lot {lot}, crawl", run(packed, "-j", 2, "-o", folder / "out"))
            ratios["crawl / folder"].append((two.wall / warc.wall, is_idle and warc.others < IDLE))
            packed.unlink()
        shutil.rmtree(saved)
    for name, found in ratios.items():
        if found:
            idle = [ratio for ratio, is_idle in found if is_idle]
            of_idle = (
                f"{statistics.median(idle):.3f} in {len(idle)} lots on an idle machine" if idle else "none was idle"
            )
            print(f"{name}: {statistics.median(ratio for ratio, _ in found):.3f} over all lots, {of_idle}")
    best = [ratio for ratio, is_idle in ratios["-j 2 / -j 1"] if is_idle]
    return not best or statistics.median(best) >= 1.85


def told(name: str, took: Took) -> Took:
    """Print what a run took."""
    print(f"{name:16} {took}", flush=True)
    return took


def run(*arguments: object, watch: Callable[[int], None] | None = None) -> Took:
    """Run the command from scratch and return what it took with all that it started."""
    out = Path(str(arguments[-1]))
    shutil.rmtree(out, ignore_errors=True)
    out.unlink(missing_ok=True)
    others, before, start = busy_time(), cpu_of_children(), time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsclean", *map(str, arguments), "-q"], stderr=nowhere, start_new_session=True
        )
    while watch and process.poll() is None:
        watch(process.pid)
        time.sleep(SAMPLE)
    process.wait()
    wall, main = time.perf_counter() - start, cpu_of_children() - before
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    spent = cpu_of_children() - before
    return Took(wall, main, spent - main, max(0.0, busy_time() - others - spent) / (time.perf_counter() - start))


def cpu_of_children() -> float:
    """Return the processor time of all that has ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def busy_time() -> float:
    """Return the processor time that this machine has spent on anything."""
    user, nice, system, _, _, *interrupts = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    return sum(map(int, (user, nice, system, *interrupts))) / TICKS


def write_crawl(pages: Sequence[CorpusPage], number: int, path: Path) -> None:
    """Write a WARC file of so many records, the pages again and again."""
    with path.open("wb") as file:
        for at, page in enumerate(islice(cycle(pages), number)):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.path.read_bytes()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/{at}\r\n"
                f"WARC-Date: 2024-06-20T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{at:08}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))


def first_output(number: int, folder: Path) -> bool:
    """Print after how many seconds a run over so many files has its first output, and return whether that is soon."""
    saved, out = folder / "many", folder / "first"
    body = "".join(
        f"<p>The council of the harbour has agreed on point {n} of its plan, and votes again.</p>" for n in range(9)
    )
    for at in range(number):
        inner = saved / f"{at // 1000:03}"
        inner.mkdir(parents=True, exist_ok=True)
        text = f"<!doctype html><title>Report {at}</title><article><h1>Report {at}</h1>{body}</article>"
        (inner / f"{at:06}.html").write_text(text)
    start, others = time.perf_counter(), busy_time()
    command = [sys.executable, "-m", "newsclean", str(saved), "-o", str(out), "-q", "-j", "2"]
    process = subprocess.Popen(command, start_new_session=True)
    while not next(out.rglob("*.md"), None) and process.poll() is None:
        time.sleep(0.01)
    wall, spent = time.perf_counter() - start, cpu_of_group(process.pid)
    busy = max(0.0, busy_time() - others - spent) / wall
    process.kill()
    process.wait()
    print(f"first output of {number:,} files: {wall:.2f} s, cpu {spent:.2f} s, others {busy:.2f}")
    return wall <= 2.0


def memory(pages: Sequence[CorpusPage], number: int, folder: Path) -> bool:
    """Print the memory of a run over a crawl, and return whether its end has what its beginning had."""
    small = [page for page in pages if page.path.stat().st_size < SMALL]
    crawl = folder / "crawl.warc.gz"
    write_crawl(small, number, crawl)
    seen: list[int] = []
    took = run(crawl, "-j", 2, "-t", "jsonl", "-o", folder / "out.jsonl", watch=lambda pid: seen.append(resident(pid)))
    tenth = max(1, len(seen) // 10)
    warm = seen[min(tenth // 2, int(START / SAMPLE)) : tenth]
    first, last = statistics.mean(warm), statistics.mean(seen[-tenth:])
    print(f"crawl of {number:,} records: {took}")
    print(f"memory of all processes: {first / 2**20:.0f} MB in the first tenth, {last / 2**20:.0f} MB in the last")
    return last <= first * 1.1


def cpu_of_group(group: int) -> float:
    """Return the processor time of the processes of a group that live."""
    return sum(int(fields[11]) + int(fields[12]) for fields, _ in processes(group)) / TICKS


def processes(group: int) -> Iterator[tuple[list[str], str]]:
    """Yield what the system tells of each process of a group: its state, and its memory."""
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):  # it ended
            if process.name.isdigit():
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == group:
                    yield fields, (process / "statm").read_text()


def resident(group: int) -> int:
    """Return the bytes that the processes of a group have to themselves."""
    sizes = [list(map(int, memory.split()[1:3])) for _, memory in processes(group)]
    return sum(size - shared for size, shared in sizes) * PAGE_BYTES


if __name__ == "__main__":
    sys.exit(main())
