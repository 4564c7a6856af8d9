"""Jobs → answers, worked out by processes that may crash, hang or eat memory at the cost of their job alone.

concurrent.futures gives up every pending job when one worker dies, which is why there is a pool of our own. Works with
every start method: the work and the jobs are pickled, and workers share nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from newsclean.errors import ConversionTimeoutError, NewscleanError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.context import BaseContext

JobT = TypeVar("JobT")
AnswerT = TypeVar("AnswerT")

WINDOW = 512
"""Jobs begun ahead of the oldest unfinished one: bounds what waits in memory for its turn while one page hangs."""

MEMORY_LIMIT = 4 * 2**30
"""Bytes of address space of a worker: a 100 MB page parses in under 2 GB."""

ORPHAN_SECONDS = 5.0
"""How long past its limit a worker lives on when its parent is not there to end it."""

_READY = "ready"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take."""

    seconds: float = 60.0
    """0 is no limit."""
    memory: int = MEMORY_LIMIT
    """Bytes; 0 is no limit. Held where the system has RLIMIT_AS."""


def run_jobs(
    work: Callable[[JobT], AnswerT], jobs: Iterable[JobT], *, workers: int, limits: Limits = Limits()
) -> Generator[tuple[int, JobT, AnswerT | NewscleanError], None, None]:
    """Yield (number from 0, job, answer) in the order of completion, the answer an error where the job cost its worker.

    `jobs` is read as workers come free. Raises WorkerError when workers cannot be started at all. Closing the iterator
    ends the workers.
    """
    pool = _Pool(work, workers, limits)
    try:
        yield from pool.run(enumerate(jobs))
    finally:
        pool.stop()


def in_order(answers: Iterable[tuple[int, JobT, AnswerT]]) -> Iterator[tuple[JobT, AnswerT]]:
    """Yield jobs and answers by their number, each as soon as all before it are there."""
    waiting: dict[int, tuple[JobT, AnswerT]] = {}
    turn = 0
    for number, job, answer in answers:
        waiting[number] = (job, answer)
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


class _Worker(Generic[JobT, AnswerT]):
    """A process with its pipe and the job it is at."""

    def __init__(self, context: BaseContext, work: Callable[[JobT], AnswerT], limits: Limits) -> None:
        self.connection, end = context.Pipe()
        arguments = (end, work, limits)
        self.process = context.Process(target=serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        end.close()
        self.is_ready = False
        self.job: tuple[int, JobT] | None = None
        self.deadline = inf

    def give(self, number: int, job: JobT, seconds: float) -> bool:
        """Hand over a job; return False if the worker is dead."""
        try:
            self.connection.send(job)
        except OSError:
            return False
        self.job = (number, job)
        self.deadline = monotonic() + seconds if seconds else inf
        return True

    def end(self) -> str:
        """End the process, and return how it ended."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        how = _how_it_ended(self.process.exitcode)
        self.process.close()
        return how


class _Pool(Generic[JobT, AnswerT]):
    """The workers, and which job is where."""

    def __init__(self, work: Callable[[JobT], AnswerT], size: int, limits: Limits) -> None:
        self._work = work
        self._size = size
        self._limits = limits
        self._context = _context()
        self._workers: list[_Worker[JobT, AnswerT]] = []

    def run(self, jobs: Iterator[tuple[int, JobT]]) -> Iterator[tuple[int, JobT, AnswerT | NewscleanError]]:
        waiting = next(jobs, None)
        while waiting or self._busy():
            if waiting:
                self._fill()
            while waiting and self._hand_out(*waiting):
                waiting = next(jobs, None)
            yield from self._collect()

    def stop(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _busy(self) -> list[_Worker[JobT, AnswerT]]:
        return [worker for worker in self._workers if worker.job is not None]

    def _fill(self) -> None:
        try:
            while len(self._workers) < self._size:
                self._workers.append(_Worker(self._context, self._work, self._limits))
        except OSError as error:  # out of processes or file descriptors
            raise WorkerError(f"worker processes cannot start: {error}", remedy="fewer --jobs") from error

    def _hand_out(self, number: int, job: JobT) -> bool:
        """Give the job to a free worker; return False if there is none, or the job is too far ahead of the oldest."""
        oldest = min((worker.job[0] for worker in self._workers if worker.job is not None), default=number)
        if number - oldest >= WINDOW:
            return False
        for worker in [worker for worker in self._workers if worker.is_ready and worker.job is None]:
            if worker.give(number, job, self._limits.seconds):
                return True
            self._drop(worker)
        return False

    def _drop(self, worker: _Worker[JobT, AnswerT]) -> str:
        self._workers.remove(worker)
        return worker.end()

    def _collect(self) -> Iterator[tuple[int, JobT, AnswerT | NewscleanError]]:
        """Wait for workers, and yield what they answered, or why they will not."""
        active = {
            worker.connection: worker for worker in self._workers if worker.job is not None or not worker.is_ready
        }
        deadline = min((worker.deadline for worker in active.values()), default=monotonic())
        ready = wait(list(active), None if deadline == inf else max(0.0, deadline - monotonic()))
        for worker in [active.pop(connection) for connection in list(active) if connection in ready]:
            yield from self._receive(worker)
        for worker in active.values():
            if worker.job is not None and monotonic() >= worker.deadline:
                number, job = worker.job
                self._drop(worker)
                yield number, job, ConversionTimeoutError.after(self._limits.seconds)

    def _receive(self, worker: _Worker[JobT, AnswerT]) -> Iterator[tuple[int, JobT, AnswerT | NewscleanError]]:
        try:
            answer: Any = worker.connection.recv()
        except (EOFError, OSError):
            how = self._drop(worker)
            if worker.job is None:
                raise WorkerError(f"worker processes cannot start: {how}") from None
            number, job = worker.job
            yield number, job, WorkerError(f"the conversion {how}", remedy="the page is too much for a library in use")
            return
        if worker.job is None:
            worker.is_ready = True
            return
        (number, job), worker.job, worker.deadline = worker.job, None, inf
        if isinstance(answer, WorkerError):  # out of memory: a fresh process is safer
            self._drop(worker)
        yield number, job, answer


def _context() -> BaseContext:
    """Return how processes start: forked off a server that has the libraries loaded, or else spawned.

    Forking the parent itself would copy its threads' locks (the progress bar has one); macOS libraries do not stand it.
    """
    if sys.platform == "darwin" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newsclean.runs.conversion"])
    return context


def _how_it_ended(status: int | None) -> str:
    if status is not None and status < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-status).name}"
    return f"ended its process with status {status}"


def serve(connection: Connection, work: Callable[[JobT], AnswerT], limits: Limits) -> None:
    """Answer jobs until the parent hangs up. Runs in the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    _limit_memory(limits.memory)
    gc.collect()
    gc.freeze()  # what is loaded by now stays, and need not be looked at again
    with suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            job = connection.recv()
            with _alarm(limits.seconds):
                answer = _answer(work, job)
            connection.send(answer)


def _answer(work: Callable[[JobT], AnswerT], job: JobT) -> AnswerT | WorkerError:
    try:
        return work(job)
    except MemoryError:
        return WorkerError("out of memory", remedy="the page is too large")
    except Exception as error:
        return WorkerError(f"unexpected {type(error).__name__}: {error}")


class _alarm:  # noqa: N801 - used like a function
    """End this process if it is still at its job when the parent should long have ended it: the parent is gone."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds and seconds + ORPHAN_SECONDS

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(size: int) -> None:
    try:
        import resource  # POSIX only
    except ImportError:
        return
    if size:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):  # already under a lower limit
            resource.setrlimit(resource.RLIMIT_AS, (size, hard))
