"""Conversions that misbehave in ways that no page is sure to: work for runs that have to bear it."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.model import Options
from newsclean.runs.conversion import convert_job
from newsclean.runs.find import expand_arguments
from newsclean.runs.options import RunOptions
from newsclean.runs.output import Target
from newsclean.runs.process import Limits
from newsclean.runs.run import Run

if TYPE_CHECKING:
    from newsclean.runs.conversion import Job, Result, Settings


def spin() -> None:
    """Compute for longer than anybody waits, inside C code that nothing of Python interrupts."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def obey_name(settings: Settings, job: Job) -> Result:
    """Convert, or do to the process what the name of the page says."""
    name = Path(job.source.path).stem
    if name == "stuck":
        Path(f"{job.source.path}.pid").write_text(str(os.getpid()))
        spin()
    if name == "eater":
        hoard = [bytearray(2**28) for _ in range(64)]
        raise AssertionError(len(hoard))
    if name == "crash":
        os.abort()
    if name.startswith("killed"):
        marks = Path(f"{job.source.path}.tries")
        tries = int(marks.read_text()) if marks.exists() else 0
        marks.write_text(str(tries + 1))
        if tries == 0 or name == "killed-always":
            os.kill(os.getpid(), signal.SIGKILL)
    return convert_job(settings, job)


def main(path: str, output: str, seconds: str) -> int:
    """Convert a file or a folder with pages that misbehave, and return the exit status."""
    arguments = expand_arguments([path])
    run = Run(Options(), RunOptions(limits=Limits(float(seconds))), 2, convert=obey_name)
    outcomes = list(run.outcomes(arguments, Target("folder", output)))
    print(*(f"{Path(outcome.path).name}: {outcome.status}: {outcome.error}" for outcome in outcomes), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
