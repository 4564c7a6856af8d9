"""Jobs → answers, worked out by processes that may crash, hang or eat memory at the cost of their job alone.

concurrent.futures gives up every pending job when one worker dies, which is why there is a pool of our own. Works with
every start method: the work and the jobs are pickled, and workers share nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from contextlib import suppress
from itertools import islice
from math import inf
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from newsclean.errors import ConversionTimeoutError, NewscleanError, WorkerError
from newsclean.runs.process import Limits, end_with, error_of_end, hold_to

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.context import BaseContext

JobT = TypeVar("JobT")
AnswerT = TypeVar("AnswerT")

WINDOW = 512
"""Jobs begun ahead of the oldest unfinished one: bounds what waits in memory for its turn while one page hangs."""

FROM_OUTSIDE = frozenset(
    getattr(signal, name, None) for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGPWR")
)
"""Signals by which somebody else ends a worker (an administrator, a kernel short of memory): its job is tried again."""

MADE = 20_000
"""Objects made after which a worker looks for garbage. Python's 700 cost 3 % of the time of a run; a page makes some
100,000, and with 200,000 a worker needs 5 MB more."""

_READY = "ready"


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

    def give(self, number: int, job: JobT, limits: Limits) -> bool:
        """Hand over a job; return False if the worker is dead."""
        try:
            self.connection.send(job)
        except OSError:
            return False
        self.job = (number, job)
        self.deadline = limits.deadline or inf
        return True

    def end(self) -> int | None:
        """End the process, and return its exit status."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        status: int | None = self.process.exitcode
        self.process.close()
        return status


class _Pool(Generic[JobT, AnswerT]):
    """The workers, and which job is where."""

    def __init__(self, work: Callable[[JobT], AnswerT], size: int, limits: Limits) -> None:
        self._work = work
        self._size = size
        self._limits = limits
        self._context = _context()
        self._workers: list[_Worker[JobT, AnswerT]] = []
        self._waiting: deque[tuple[int, JobT]] = deque()
        self._tried_again: set[int] = set()

    def run(self, jobs: Iterator[tuple[int, JobT]]) -> Iterator[tuple[int, JobT, AnswerT | NewscleanError]]:
        self._waiting.extend(islice(jobs, self._size))
        self._size = min(self._size, len(self._waiting))  # no more workers than jobs
        while self._has_job(jobs) or self._busy():
            if self._waiting:
                self._fill()
            while self._has_job(jobs) and self._hand_out(*self._waiting[0]):
                self._waiting.popleft()
            yield from self._collect()

    def _has_job(self, jobs: Iterator[tuple[int, JobT]]) -> bool:
        """Return whether a job waits for a worker, after taking the next one if none does."""
        if not self._waiting:
            self._waiting.extend(islice(jobs, 1))
        return bool(self._waiting)

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
            raise WorkerError(f"worker processes cannot start: {error}", remedy="ask for fewer workers") from error

    def _hand_out(self, number: int, job: JobT) -> bool:
        """Give the job to a free worker; return False if there is none, or the job is too far ahead of the oldest."""
        oldest = min((worker.job[0] for worker in self._workers if worker.job is not None), default=number)
        if number - oldest >= WINDOW:
            return False
        for worker in [worker for worker in self._workers if worker.is_ready and worker.job is None]:
            if worker.give(number, job, self._limits):
                return True
            self._drop(worker)
        return False

    def _drop(self, worker: _Worker[JobT, AnswerT]) -> int | None:
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
            yield from self._mourn(worker, self._drop(worker))
            return
        if worker.job is None:
            worker.is_ready = True
            return
        (number, job), worker.job, worker.deadline = worker.job, None, inf
        if isinstance(answer, WorkerError):  # out of memory: a fresh process is safer
            self._drop(worker)
        yield number, job, answer

    def _mourn(
        self, worker: _Worker[JobT, AnswerT], status: int | None
    ) -> Iterator[tuple[int, JobT, AnswerT | NewscleanError]]:
        """Yield why a worker that died gives no answer; a job whose worker somebody else ended is tried once more."""
        if worker.job is None:
            raise WorkerError(f"worker processes cannot start: one ended with status {status}") from None
        number, job = worker.job
        if status is not None and -status in FROM_OUTSIDE and number not in self._tried_again:
            self._tried_again.add(number)
            self._waiting.appendleft((number, job))
        else:
            yield number, job, error_of_end(status, self._limits)


def _context() -> BaseContext:
    """Return how processes start: forked off a server that has the libraries loaded, or else spawned.

    Forking the parent itself would copy its threads' locks (the progress bar has one); macOS libraries do not stand it.
    """
    if sys.platform == "darwin" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newsclean.runs.conversion"])
    return context


def serve(connection: Connection, work: Callable[[JobT], AnswerT], limits: Limits) -> None:
    """Answer jobs until the parent hangs up. Runs in the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    if parent := multiprocessing.parent_process():
        end_with(parent.sentinel)
    gc.collect()
    gc.freeze()  # what is loaded by now stays, and need not be looked at again
    gc.set_threshold(MADE)
    with suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            job = connection.recv()
            hold_to(limits)
            connection.send(_answer(work, job))


def _answer(work: Callable[[JobT], AnswerT], job: JobT) -> AnswerT | WorkerError:
    try:
        return work(job)
    except MemoryError:
        return WorkerError("out of memory", remedy="the page is too large")
    except Exception as error:
        return WorkerError(f"unexpected {type(error).__name__}: {error}")
