"""Worker processes: a job that crashes, hangs or eats memory costs itself only."""

from __future__ import annotations

import mmap
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from newsclean.errors import ConversionTimeoutError, NewscleanError, WorkerError
from newsclean.runs.pool import WINDOW, in_order, run_jobs
from newsclean.runs.process import Limits, answer_from_fork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


def misbehave(job: str) -> str:
    """Do what the job says, in the worker."""
    if job == "exit":
        os._exit(7)
    if job == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "hang":
        while True:
            time.sleep(0.01)
    if job == "eat":
        hoard = [bytearray(2**28) for _ in range(64)]
        return str(len(hoard))
    if job == "raise":
        raise ValueError("odd page")
    return job.upper()


def linger(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def answers(jobs: list[str], workers: int = 2, **limits: float) -> list[str | NewscleanError]:
    limited = Limits(**limits)  # type: ignore[arg-type]
    return [answer for _, answer in in_order(run_jobs(misbehave, jobs, workers=workers, limits=limited))]


def test_gives_answers_in_the_order_of_jobs() -> None:
    assert answers(list("abcdefgh")) == list("ABCDEFGH")


def test_without_jobs_starts_nothing() -> None:
    assert answers([]) == []


@pytest.mark.process
@pytest.mark.parametrize("workers", [1, 2])
def test_crash_costs_its_job_only(workers: int) -> None:
    result = answers(["a", "exit", "b", "exit", "c"], workers)
    assert [answer for answer in result if isinstance(answer, str)] == ["A", "B", "C"]
    assert isinstance(result[1], WorkerError)
    assert "status 7" in str(result[1])


@pytest.mark.process
@posix
def test_crash_names_the_signal() -> None:
    (answer,) = answers(["kill"])
    assert "SIGKILL" in str(answer)


@pytest.mark.process
def test_hang_is_ended_and_costs_its_job_only() -> None:
    start = time.monotonic()
    result = answers(["a", "hang", "b", "c"], seconds=0.5)
    assert [answer for answer in result if isinstance(answer, str)] == ["A", "B", "C"]
    assert isinstance(result[1], ConversionTimeoutError)
    assert time.monotonic() - start < 20


@pytest.mark.torture
@posix
def test_memory_is_bounded() -> None:
    result = answers(["a", "eat", "b"], workers=1, memory=2 * 2**30)
    assert isinstance(result[1], WorkerError)
    assert "memory" in str(result[1])
    assert (result[0], result[2]) == ("A", "B")


def test_exception_in_the_work_is_an_answer() -> None:
    result = answers(["raise", "a"])
    assert "unexpected ValueError: odd page" in str(result[0])
    assert result[1] == "A"


@pytest.mark.process
def test_reads_jobs_no_further_ahead_than_the_window() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[float]:
        yield 1.5
        for number in range(WINDOW * 2):
            taken.append(number)
            yield 0.0

    run = run_jobs(linger, jobs(), workers=2)
    for number, _, _ in run:
        if number == 0:
            break
        assert len(taken) <= WINDOW + 2
    run.close()
    assert len(taken) < WINDOW * 2


def test_closing_ends_the_workers(tmp_path: Path) -> None:
    run = run_jobs(note_process, [str(tmp_path / "a"), str(tmp_path / "b")], workers=1)
    next(run)
    run.close()
    process = int((tmp_path / "a").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def note_process(path: str) -> None:
    with open(path, "w") as file:  # noqa: PTH123 - a plain function of the worker
        file.write(str(os.getpid()))


def test_in_order_holds_back_what_came_early() -> None:
    assert [answer for _, answer in in_order([(1, "x", "b"), (0, "y", "a"), (2, "z", "c")])] == ["a", "b", "c"]


@posix
def test_fork_is_held_to_the_memory_of_its_job_whatever_the_caller_has() -> None:
    limits = Limits(memory=2**28)
    with mmap.mmap(-1, 2**30):
        assert answer_from_fork(lambda: bytes(2**26)[:1], limits) == b"\0"
        assert isinstance(answer_from_fork(lambda: bytes(2**29)[:1], limits), NewscleanError)
