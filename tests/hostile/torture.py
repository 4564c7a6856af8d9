"""Every hostile input at full size, each in a process of its own with bounded CPU time and memory.

    python -m tests.hostile.torture [--part NAME] [--jobs N] [--share F] [--json FILE]

Prints what is too slow, too large, dies, raises or is dangerous. Exit status 1 if anything is.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newsclean import NewscleanError, Options, convert
from tests.hostile.danger import dangers
from tests.hostile.inputs import Hostile, everything
from tests.pages import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from newsclean import Article

CPU_SECONDS = 10
"""Of one conversion with its Markdown and JSON."""
GIVEN_UP = 60
"""CPU seconds after which an input is given up, so that what is too slow is known by how much."""
MEMORY = 1_500_000_000
"""Bytes of address space of the process."""
CHECKED = 1_000_000
"""Characters of output up to which it is looked through for what is dangerous."""
SHOWN = 5_000
"""Verdicts up to which the report is."""

Look: TypeAlias = "Callable[[Article], list[str]]"


@dataclass
class Trial:
    """What became of one input."""

    name: str
    seconds: float = 0.0
    megabytes: float = 0.0
    ended: str = "died"
    """"article", "no article", or what went wrong."""
    faults: list[str] = field(default_factory=list)


def try_out(hostile: Hostile, size: int, look: Look = dangers) -> Trial:
    """Convert one input in this process and look through what comes out."""
    trial = Trial(hostile.name)
    data = hostile.make(size)
    begin = time.process_time()
    try:
        article = convert(data, options=Options(input_kind="text" if hostile.kind == "text" else "auto"))
        length = len(article.markdown) + len(article.to_json())
    except NewscleanError as error:
        trial.ended = type(error).__name__
        trial.faults += ["no article found"] * hostile.article
    except BaseException as error:
        trial.ended = type(error).__name__
        trial.faults.append("".join(traceback.format_exception(error)[-4:]))
    else:
        trial.ended = "article"
        trial.faults += _missing(hostile, article)
        trial.seconds = time.process_time() - begin
        trial.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if length <= CHECKED and len(article.verdicts) <= SHOWN:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            trial.faults += look(article)
    trial.seconds = trial.seconds or time.process_time() - begin
    trial.megabytes = trial.megabytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if trial.seconds > CPU_SECONDS:
        trial.faults.append(f"{trial.seconds:.1f} CPU seconds")
    return trial


def _missing(hostile: Hostile, article: Article) -> list[str]:
    text = " ".join(article.text.split())
    return [
        f"lost {sentence[:30]!r}"
        for sentence in (SENTENCES[0], SENTENCES[4])
        if hostile.article and sentence not in text
    ]


def _child(batch: Sequence[Hostile], share: float, answer: Connection) -> None:
    for hostile in batch:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        limit = int(time.process_time()) + GIVEN_UP
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        answer.send(try_out(hostile, max(int(hostile.size * share), 1)))


def in_child(batch: Sequence[Hostile], share: float) -> list[Trial]:
    """Return what became of inputs that one process converts; where it dies, the rest of them are left out."""
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(batch, share, send))
    process.start()
    send.close()
    trials: list[Trial] = []
    with suppress(EOFError):
        while len(trials) < len(batch):
            trials.append(receive.recv())
    process.join()
    if len(trials) < len(batch):
        trials.append(Trial(batch[len(trials)].name, faults=[f"died with {process.exitcode}"]))
    return trials


def batches(inputs: Sequence[Hostile]) -> Iterator[Sequence[Hostile]]:
    """Yield what one process converts: an input that grows alone, others by the hundred."""
    yield from ([hostile] for hostile in inputs if hostile.size > 1)
    small = [hostile for hostile in inputs if hostile.size == 1]
    yield from (small[start : start + 100] for start in range(0, len(small), 100))


def _tell(trial: Trial) -> None:
    if trial.faults:
        print(f"{trial.name}: {trial.ended}, {trial.seconds:.1f} s, {trial.megabytes:.0f} MB")
    for fault in trial.faults[:5]:
        print("    " + fault.strip().replace("\n", "\n    "), flush=True)


def main() -> int:
    """Try every input and print what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--part", default="", help="only inputs whose names begin so")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the full sizes")
    parser.add_argument("--json", help="write every trial to this file")
    arguments = parser.parse_args()
    inputs = [hostile for name, hostile in everything().items() if name.startswith(arguments.part)]
    trials: list[Trial] = []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for found in pool.map(lambda batch: in_child(batch, arguments.share), batches(inputs)):
            trials += found
            for trial in found:
                _tell(trial)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps([asdict(trial) for trial in trials], indent=1), "utf-8")
    bad = [trial for trial in trials if trial.faults]
    slowest = max(trials, key=lambda trial: trial.seconds)
    largest = max(trials, key=lambda trial: trial.megabytes)
    print(f"{len(trials)} inputs, {len(bad)} at fault")
    print(f"slowest {slowest.seconds:.1f} s ({slowest.name}), largest {largest.megabytes:.0f} MB ({largest.name})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
