"""SIGKILL at random moments of runs into a folder, JSON lines, Parquet, SQLite, and of a crawl; then the run again.

    python -m tests.hostile.kills [--times N] [--part NAME] [--seed S]

A kill counts where it ended a run; one that came too late is tried again. At each kill nothing may be there in part:
a file under its name holds what it holds at the end of a run that nothing disturbed, and a database is sound, with
whole articles of that run. The next run has to end with the same articles, each once, and no temporary file. Prints a
table; exit status 1 if one does not hold.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tests.saved import environment, page, save_pages

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 30
EARLIEST = 0.4
"""Share of the time of a run at which it may be killed: before, it loads libraries."""
RUN = (
    "from newsclean.runs import sqlite; sqlite.BATCH = 10; from newsclean.cli import main; main(prog_name='newsclean')"
)
"""The command, but for the articles that are written to a database at once, of which a run here has few."""
Content: TypeAlias = dict[str, object]
"""What is there, by name: of a folder its files, of a table its rows."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of run: its input and its output."""

    output: str
    read: Callable[[Path], Content]
    is_growing: bool
    """Whether a run that is killed leaves whole articles; else all or nothing."""
    is_crawl: bool = False


def files(out: Path) -> Content:
    """Return the outputs in a folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.md")}


def lines(path: Path) -> Content:
    """Return the lines of a file by their number."""
    return dict(enumerate(map(str, path.read_bytes().splitlines()))) if path.exists() else {}  # type: ignore[arg-type]


def parquet(path: Path) -> Content:
    """Return the rows of a Parquet file by their number."""
    import pyarrow.parquet

    return dict(enumerate(pyarrow.parquet.read_table(path).to_pylist())) if path.exists() else {}  # type: ignore[arg-type]


def database(path: Path) -> Content:
    """Return the articles of a database by their input, with their authors, tags and blocks. It has to be sound."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return {}
        connection.execute("INSERT INTO articles_text (articles_text, rank) VALUES ('integrity-check', 1)")
        found: Content = {}
        columns = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
        for row in connection.execute("SELECT * FROM articles").fetchall():
            article = dict(zip(columns, row, strict=True))
            number = (article.pop("id"),)
            for table in ("authors", "tags", "blocks"):
                inner = f"SELECT * FROM {table} WHERE article = ? ORDER BY place"
                article[table] = [found[1:] for found in connection.execute(inner, number)]
            assert article["blocks"], "an article without its blocks"
            found[article["input"]] = article
        return found


FORMS = {
    "folder": Form("out", files, is_growing=True),
    "JSON lines": Form("out/all.jsonl", lines, is_growing=False),
    "Parquet": Form("out/all.parquet", parquet, is_growing=False),
    "SQLite": Form("out/all.db", database, is_growing=True),
    "WARC": Form("out", files, is_growing=True, is_crawl=True),
}


def save(root: Path, form: Form) -> Path:
    """Write the input of a run, and return it."""
    if not form.is_crawl:
        return save_pages(root / "in", *(f"{number % 5}/{number:03}.html" for number in range(PAGES)))
    crawl = root / "crawl.warc.gz"
    crawl.write_bytes(b"".join(gzip.compress(record(number)) for number in range(PAGES)))
    return crawl


def record(number: int) -> bytes:
    """Return a record of a crawl."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(f"Report {number}").encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gull.example/{number}\r\n"
        f"WARC-Date: 2024-06-20T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def start(root: Path, given: Path, form: Form) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    line = [sys.executable, "-c", RUN, given.name, "-o", form.output, "-j", "2"]
    return subprocess.Popen(line, cwd=root, stderr=subprocess.PIPE, env=environment(), start_new_session=True)


def finish(root: Path, given: Path, form: Form) -> str:
    """Run to the end, and return what was wrong with that."""
    process = start(root, given, form)
    _, said = process.communicate(timeout=120)
    return "" if process.returncode == 0 else f"exit {process.returncode}: {said.decode()[:200]}"


def undisturbed(form: Form) -> tuple[Content, float]:
    """Return what a run leaves that nothing disturbs, and the seconds that it takes."""
    with tempfile.TemporaryDirectory() as root:
        given, begin = save(Path(root), form), time.perf_counter()
        assert not finish(Path(root), given, form)
        took = time.perf_counter() - begin
        found = form.read(Path(root, form.output))
        assert len(found) == PAGES
        return found, took


def trial(form: Form, meant: Content, took: float, chance: random.Random) -> tuple[int, list[str]]:
    """Kill a run, look, run again, and look; return how many articles were there, -1 where the kill came too late."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        given = save(root, form)
        process = start(root, given, form)
        time.sleep(chance.uniform(EARLIEST * took, took))
        if chance.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            return -1, []
        wait_for_group(process.pid)
        faults = []
        left = form.read(root / form.output)
        if any(meant.get(name) != content for name, content in left.items()):
            faults.append("half-written")
        if not form.is_growing and left not in ({}, meant):
            faults.append("there in part")
        if wrong := finish(root, given, form):
            faults.append(wrong)
        found = form.read(root / form.output)
        if found != meant:
            faults.append(f"{len(meant.keys() - found.keys())} lost, {len(found.keys() - meant.keys())} too many")
        if any(root.rglob(".newsclean-*")):
            faults.append("a temporary file was left")
        return len(left), faults


def wait_for_group(group: int) -> None:
    """Wait until what the command had started has ended too: it has to, by itself."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process was left")


def trials(name: str, times: int, seed: int = 1) -> tuple[list[int], Counter[str]]:
    """Return how many articles were there at each kill, and what was wrong."""
    form, chance = FORMS[name], random.Random(f"{seed} {name}")
    meant, took = undisturbed(form)
    there: list[int] = []
    wrong: Counter[str] = Counter()
    while len(there) < times:
        number, faults = trial(form, meant, took, chance)
        if number >= 0:
            there.append(number)
        else:
            took *= 0.9  # the first run loaded what others find loaded
        wrong.update(faults)
    return there, wrong


def main() -> int:
    """Kill runs of each kind, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--part", default="", help="only kinds whose names hold this")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    bad = 0
    print(f"| run of {PAGES} pages | killed | articles there at the kill | wrong after it |\n|---|--:|---|---|")
    for name in FORMS:
        if arguments.part in name:
            there, wrong = trials(name, arguments.times, arguments.seed)
            bad += len(wrong)
            some = sum(0 < number < PAGES for number in there)
            told = f"none ({there.count(0)}), some ({some}), all ({there.count(PAGES)})"
            print(f"| {name} | {len(there)} | {told} | {'; '.join(wrong) or 'nothing'} |", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
