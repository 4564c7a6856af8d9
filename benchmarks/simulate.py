"""A run on a cluster over millions of inputs, with conversions that cost nothing and workers that die at any moment.

What is real: how inputs are divided, Dask's scheduler and workers, shards and reports written whole, the search for
pages that end workers, the manifest. What is not: reading and converting a page. Afterwards every line of every shard
is read, and each input has to be there once, but for those that end workers, which have to be named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import signal
import sys
import time
from importlib import import_module
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from newsclean import RunOptions, convert_cluster
from newsclean.files import write_atomic
from newsclean.runs import cluster, shards
from newsclean.runs.places import Folder
from newsclean.runs.read import Source
from newsclean.runs.report import Outcome
from newsclean.runs.tables import CompressedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

DEATHS = "NEWSCLEAN_SIMULATED_DEATHS"
"""Variable of the environment: how likely a worker is to die of a task, at each of the moments where it may."""
MEBI = 2**20
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_DEADLY = "deadly"


def fake_partition(work: shards.Work, partition: shards.Partition) -> shards.Done:
    """Do what `convert_partition` does, but for the pages: each gives a line with its name."""
    shards.get_ready(work)
    folder, key = Folder(work.output), shards.key_of(work, partition)
    if done := shards.find_done(folder, partition.number, key):
        return done
    lines: list[bytes] = []
    failures: list[Outcome] = []

    def write(path: Path) -> None:
        with CompressedFile(path) as shard:
            for number, piece in enumerate(partition.pieces):
                name = piece.source.path
                if number in partition.without:
                    failures.append(Outcome(name, "crashed", error=str(shards.DEADLY)))
                    lines.append(failures[-1].to_json())
                    continue
                if _DEADLY in name:
                    die()
                shard.write(name.encode() + b"\n")
                lines.append(b'{"path": "%s", "status": "converted"}\n' % name.encode())
            may_die()

    may_die()
    name = f"part-{partition.number:06}-{key}.jsonl.gz"
    size, digest = folder.put(name, write)
    may_die()
    rows = len(lines) - len(failures)
    counts: dict[Any, int] = {"converted": rows} | ({"crashed": len(failures)} if failures else {})
    done = shards.Done(partition.number, key, name if size else None, rows, size, digest, counts, 0, 0, tuple(failures))
    shards.commit(folder, done, lines)
    may_die()
    return done


def fake_try(work: shards.Work, partition: shards.Partition, start: int, stop: int) -> None:
    """Do what `try_partition` does."""
    shards.get_ready(work)
    if stop - start == 1:
        mark = f"{shards.TRIES}/{shards.name_of_try(partition, start)}{random.getrandbits(64):x}"
        Folder(work.output).put(mark, lambda path: write_atomic(path, b"begun\n"))
    may_die()
    pieces = enumerate(partition.pieces[start:stop], start)
    if any(_DEADLY in piece.source.path and number not in partition.without for number, piece in pieces):
        die()


def fake_count(work: shards.Work, partition: shards.Partition) -> int:
    """Do what `count_pages` does."""
    shards.get_ready(work)
    may_die()
    return len(partition.pieces)


def may_die() -> None:
    """End this worker, now and then."""
    if random.random() < float(os.environ.get(DEATHS, 0)):
        die()


def die() -> None:
    """End this worker as a machine that is taken away does."""
    os.kill(os.getpid(), signal.SIGKILL)


def pieces(number: int, deadly: frozenset[int]) -> Iterator[shards.Piece]:
    """Yield so many invented inputs."""
    for n in range(number):
        yield shards.Piece(Source(f"/crawl/{n:010}{_DEADLY if n in deadly else ''}.html"), "1")


def check(folder: Path, number: int, deadly: frozenset[int]) -> dict[str, Any]:
    """Return what is wrong with the shards of a run: inputs that are missing or there twice."""
    manifest = json.loads((folder / cluster.MANIFEST).read_bytes())
    seen = bytearray(number)
    names = [shard["name"] for shard in manifest["shards"] if shard["name"]]
    for name in names:
        for line in gzip.decompress((folder / name).read_bytes()).splitlines():
            seen[int(line[7:17])] += 1
    named = {path for shard in manifest["shards"] for path in _crashed(folder / shard["report"])}
    there = {path.name for path in folder.iterdir() if path.name.startswith("part-")}
    return {
        "missing": sum(1 for n in range(number) if not seen[n] and n not in deadly),
        "doubled": sum(1 for times in seen if times > 1),
        "deadly_converted": sum(seen[n] for n in deadly),
        "deadly_named": len(named),
        "not_deadly_named": sum(1 for path in named if _DEADLY not in path),
        "shards_not_listed": len(there - set(names)),
        "leftovers": sum(1 for _ in chain(folder.rglob("*.tmp"), folder.rglob("tries"))),
        "manifest_mb": (folder / cluster.MANIFEST).stat().st_size / MEBI,
        "shards": len(names),
    }


def _crashed(report: Path) -> list[str]:
    head, *lines = report.read_bytes().splitlines()
    return [json.loads(line)["path"] for line in lines if b"crashed" in line] if b"crashed" in head else []


def run(folder: Path, number: int, pages: int, workers: int) -> dict[str, Any]:
    """Run once, and return time, counts and the memory of the command, in which the scheduler runs too."""
    start, used = time.perf_counter(), time.process_time()
    how = RunOptions(to="jsonl")
    report = convert_cluster(f"/crawl/{number}", folder, cluster=f"local:{workers}", how=how, pages=pages)
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_of_command_and_scheduler": round(time.process_time() - used, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / MEBI),
        "counts": dict(report.counts),
    }


def tell(what: str, found: dict[str, Any]) -> None:
    """Print a line of JSON."""
    print(json.dumps({what: found}), flush=True)


def main() -> int:
    """Simulate, check, run again over what is there, and tell each as a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000_000)
    parser.add_argument("--pages", type=int, default=cluster.PARTITION, help="inputs of a partition")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--deaths", type=float, default=0.01, help="chance at each of four moments of a task")
    parser.add_argument("--deadly", type=int, default=2, help="inputs that end every worker")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    deadly = frozenset(random.Random(given.seed).sample(range(given.inputs), given.deadly))
    os.environ[DEATHS] = str(given.deaths)
    os.environ.setdefault("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "2")
    import dask

    dask.config.refresh()
    own = import_module("benchmarks.simulate")  # workers know no __main__
    names = {"convert_partition": own.fake_partition, "try_partition": own.fake_try, "count_pages": own.fake_count}
    vars(cluster).update(names, _pieces=lambda *_: pieces(given.inputs, deadly))
    with TemporaryDirectory() as folder:
        tell("given", vars(given))
        tell("first run", run(Path(folder), given.inputs, given.pages, given.workers))
        found = check(Path(folder), given.inputs, deadly)
        tell("what is there", found)
        os.environ[DEATHS] = "0"
        tell("second run", run(Path(folder), given.inputs, given.pages, given.workers))
    wrong = ("missing", "doubled", "deadly_converted", "not_deadly_named", "shards_not_listed", "leftovers")
    return int(any(found[name] for name in wrong) or found["deadly_named"] != given.deadly)


if __name__ == "__main__":
    sys.exit(main())
