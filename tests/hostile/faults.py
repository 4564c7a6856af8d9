"""Faults in the middle of a folder run, at random moments, and whether the next run makes everything good.

    python -m tests.hostile.faults [--times N] [--part NAME]

After each fault no output may be half a file, no process may be left, and no message may be a traceback; a run after
it has to end with the outputs of a run that nothing disturbed, without temporary files. Prints a table; exit status 1
if one does not hold. Full and read-only disks are small file systems in memory, which only root may mount.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.saved import command, environment, save_pages, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES = 200
JOURNAL = ".newsclean.jsonl"


@dataclass
class Stage:
    """The folders of one trial."""

    root: Path
    chance: random.Random
    longest: float
    """Seconds after which a fault happens, at most."""
    faults: list[str] = field(default_factory=list)

    @property
    def pages(self) -> Path:
        return self.root / "in"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def start(self, *more: object) -> subprocess.Popen[bytes]:
        """Start a run in a process group of its own."""
        arguments = command(self.pages, "-o", self.out, "-j", 2, *more)
        return subprocess.Popen(
            arguments, stderr=subprocess.PIPE, env=environment(), start_new_session=True, preexec_fn=_heed
        )

    def wait(self) -> None:
        """Wait for a random moment."""
        time.sleep(self.chance.uniform(0.1, self.longest))

    def end(self, process: subprocess.Popen[bytes]) -> int:
        """Wait until a run has ended and look at what it said and left."""
        try:
            _, said = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.faults.append("hung")
            return -1
        if b"Traceback" in said:
            self.faults.append("traceback: " + said.decode("utf-8", "replace").strip().splitlines()[-1][:100])
        for _ in range(100):
            if not _group_lives(process.pid):
                return process.returncode
            time.sleep(0.1)
        self.faults.append("a process was left")
        os.killpg(process.pid, signal.SIGKILL)
        return process.returncode


def _heed() -> None:
    """Heed the signals that shells let what they start in the background ignore."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def by_signal(number: signal.Signals) -> Callable[[Stage], str]:
    """Return a fault: the command gets a signal."""

    def fault(stage: Stage) -> str:
        process = stage.start()
        stage.wait()
        process.send_signal(number)
        return f"exit {stage.end(process)}"

    return fault


def worker_is_killed(stage: Stage) -> str:
    process = stage.start()
    stage.wait()
    found = subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, text=True, check=False)
    workers = [int(pid) for pid in found.stdout.split() if int(pid) != process.pid]
    if workers:
        with suppress(ProcessLookupError):
            os.kill(stage.chance.choice(workers), signal.SIGKILL)
    return f"exit {stage.end(process)}"


def disk_is_full(stage: Stage) -> str:
    with mounted(stage.out, stage.chance.choice(("size=64k", "size=160k", "size=1m,nr_inodes=90", "nr_inodes=30"))):
        status = stage.end(stage.start("--report", str(stage.out / "report.jsonl")))
        _check_whole(stage)
    return f"exit {status}"


def disk_is_read_only(stage: Stage) -> str:
    with mounted(stage.out, "size=8m"):
        process = stage.start()
        stage.wait()
        subprocess.run(["mount", "-o", "remount,ro", str(stage.out)], check=False, capture_output=True)
        status = stage.end(process)
    return f"exit {status}"


def output_vanishes(stage: Stage) -> str:
    process = stage.start()
    stage.wait()
    shutil.rmtree(stage.out, ignore_errors=True)
    return f"exit {stage.end(process)}"


def inputs_change(stage: Stage) -> str:
    process = stage.start()
    for name in stage.chance.sample(sorted(stage.pages.rglob("*.html")), 20):
        time.sleep(stage.longest / 25)
        kept = name.read_bytes()
        change = stage.chance.choice(("unlink", "empty", "half", "folder", "unreadable"))
        if change == "unreadable":
            name.chmod(0)
        else:
            name.unlink()
        if change == "empty":
            name.touch()
        elif change == "half":
            name.write_bytes(kept[:120])
        elif change == "folder":
            name.mkdir()
    status = stage.end(process)
    _restore(stage)
    return f"exit {status}"


def inputs_vanish(stage: Stage) -> str:
    process = stage.start()
    stage.wait()
    shutil.rmtree(stage.pages)
    status = stage.end(process)
    _restore(stage)
    return f"exit {status}"


def two_runs(stage: Stage) -> str:
    first, second = stage.start(), stage.start()
    return f"exit {stage.end(first)} and {stage.end(second)}"


def journal_is_damaged(stage: Stage) -> str:
    stage.end(stage.start())
    journal = stage.out / JOURNAL
    data = bytearray(journal.read_bytes())
    for _ in range(20):
        place = stage.chance.randrange(len(data))
        change = stage.chance.randrange(3)
        data[place : place + change] = bytes(stage.chance.choices(range(256), k=stage.chance.randrange(4)))
    journal.write_bytes(data[: stage.chance.choice((len(data), len(data) // 2))])
    for output in stage.chance.sample(sorted(stage.out.rglob("*.md")), 10):
        output.unlink()
    return f"exit {stage.end(stage.start('--force'))}"


def clock_is_set_back(stage: Stage) -> str:
    stage.end(stage.start())
    changed = stage.chance.sample(sorted(stage.pages.rglob("*.html")), 10)
    for name in changed:
        name.write_text(name.read_text("utf-8").replace("Report", "Rumour"), "utf-8")
        os.utime(name, (86_400, 86_400))
    status = stage.end(stage.start())
    if sum("Rumour" in output.read_text("utf-8") for output in stage.out.rglob("*.md")) != len(changed):
        stage.faults.append("a changed page was passed over")
    _restore(stage)
    return f"exit {status}"


FAULTS: dict[str, Callable[[Stage], str]] = {
    "SIGINT": by_signal(signal.SIGINT),
    "SIGTERM": by_signal(signal.SIGTERM),
    "SIGHUP": by_signal(signal.SIGHUP),
    "SIGKILL": by_signal(signal.SIGKILL),
    "a worker is killed": worker_is_killed,
    "the disk is full": disk_is_full,
    "the disk becomes read-only": disk_is_read_only,
    "the output folder vanishes": output_vanishes,
    "20 of 200 inputs change, vanish or lose their permission": inputs_change,
    "all inputs vanish": inputs_vanish,
    "two runs into one folder": two_runs,
    "the journal is damaged, outputs are removed": journal_is_damaged,
    "10 inputs change while the clock is set back": clock_is_set_back,
}


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Have a small file system in memory at a folder; what is on it goes away with it."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _restore(stage: Stage) -> None:
    shutil.rmtree(stage.pages, ignore_errors=True)
    _save(stage.pages)


def _save(folder: Path) -> None:
    save_pages(folder, *(f"{number % 5}/{number:03}.html" for number in range(PAGES)))


def _check_whole(stage: Stage) -> None:
    for output in stage.out.rglob("*.md"):
        if "he has been right about the wind before." not in output.read_text("utf-8"):
            stage.faults.append(f"{output.name} is half a file")


def trial(name: str, number: int, meant: dict[str, bytes], longest: float) -> tuple[str, list[str]]:
    """Have a fault happen, look at what is left, run again, and look at that."""
    with tempfile.TemporaryDirectory() as root:
        stage = Stage(Path(root), random.Random(f"{name} {number}"), longest)
        _save(stage.pages)
        told = FAULTS[name](stage)
        _check_whole(stage)
        status = stage.end(stage.start())
        if status != 0:
            stage.faults.append(f"the next run: exit {status}")
        found = {path: data for path, data in tree(stage.out).items() if path != JOURNAL}
        if left := sorted(path for path in found if "tmp" in path):
            stage.faults.append(f"left over: {left[0]}")
        if wrong := sorted(path for path in meant if found.get(path) != meant[path]):
            stage.faults.append(f"{len(wrong)} outputs differ: {wrong[0]}")
        return told, stage.faults


def undisturbed() -> dict[str, bytes]:
    """Return the outputs of a run that nothing disturbs."""
    with tempfile.TemporaryDirectory() as root:
        stage = Stage(Path(root), random.Random(0), 0)
        _save(stage.pages)
        assert stage.end(stage.start()) == 0
        return {path: data for path, data in tree(stage.out).items() if path != JOURNAL}


def main() -> int:
    """Have every fault happen some times and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--part", default="", help="only faults whose names hold this")
    arguments = parser.parse_args()
    begin = time.perf_counter()
    meant = undisturbed()
    longest = time.perf_counter() - begin
    bad = 0
    print("| fault | times | ended with | wrong after it |\n|---|--:|---|---|")
    for name in FAULTS:
        if arguments.part not in name:
            continue
        ends: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for number in range(arguments.times):
            told, faults = trial(name, number, meant, longest)
            ends[told] += 1
            wrong.update(faults)
        bad += len(wrong)
        told = ", ".join(f"{end} ({times})" for end, times in ends.most_common())
        print(f"| {name} | {arguments.times} | {told} | {'; '.join(wrong) or 'nothing'} |", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
