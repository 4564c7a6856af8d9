"""The command with pages that end the worker they are converted on: `python -m tests.deadly convert …`."""

from __future__ import annotations

import multiprocessing
import os
import signal
from functools import partial
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from newsclean.cli import main
from newsclean.runs import cluster
from newsclean.runs.conversion import convert_job
from newsclean.runs.shards import Work

if TYPE_CHECKING:
    from newsclean.runs.conversion import Job, Result, Settings


def obey_name(settings: Settings, job: Job) -> Result:
    """Convert, or end the worker that asked for it, or take some time, as the name of the page says."""
    name = Path(job.source.member or job.source.path).stem
    if (
        name.startswith("deadly")
        and not job.source.problem
        and (worker := multiprocessing.parent_process())
        and worker.pid
    ):
        os.kill(worker.pid, signal.SIGKILL)
        sleep(60)
    if name.startswith("slow"):
        sleep(0.1)
    return convert_job(settings, job)


if __name__ == "__main__":
    by_name = import_module("tests.deadly").obey_name  # workers know no __main__
    vars(cluster)["Work"] = partial(Work, convert=by_name)
    main()
