"""The border to Dask: connections to a scheduler one after the other, tasks, and what is raised when either is gone."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from newsclean.errors import OptionsError, OutputError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AHEAD = 2
"""Partitions that wait for each thread of a worker, so that none is idle, and the scheduler has few to remember."""

FEW = 4
"""Threads that are counted on at least: workers come and go."""

LOOK_AGAIN = 5.0
"""Seconds after which workers are counted again."""

ANSWER = 3.0
"""Seconds in which an answer that is there has to arrive; its worker may die just then, and Dask wait for ever."""

PATIENCE = 300.0
"""Seconds in which a scheduler that was lost has to come back."""


class LostError(Exception):
    """The scheduler is gone, and with it all that it was asked to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a worker is asked to do; its name begins with the stage that the dashboard shows."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    then: Callable[[Any, bool], None]
    """Takes the answer, and whether the task ended every worker that it was given to."""


def load_dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise OutputError("a cluster needs Dask", remedy='pip install "newsclean[cluster]"') from error
    return distributed


class Session:
    """What one connection to a scheduler was asked to do."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._tasks: dict[str, Task] = {}
        self._asked = 0
        self._token = uuid4().hex
        """The scheduler may remember what another run with the same client asked for."""
        self._completed = load_dask().as_completed(loop=client.loop)
        self._room, self._looked = 0, -LOOK_AGAIN

    def threads(self) -> int:
        """Return how many tasks the workers do at once. Raises LostError."""
        with _losing():
            return sum(self._client.nthreads().values())

    def room(self) -> int:
        """Return how many tasks there may be for the workers, done and waiting. Raises LostError."""
        if monotonic() - self._looked > LOOK_AGAIN:
            self._room = AHEAD * max(FEW, self.threads())
            self._looked = monotonic()
        return self._room

    def submit(self, task: Task) -> None:
        """Ask for a task. Raises LostError."""
        self._asked += 1
        key = f"{task.name}-{self._asked}-{self._token}"
        with _losing():
            future = self._client.submit(task.function, *task.arguments, key=key, pure=False, retries=1)
            self._tasks[key] = task
            self._completed.add(future)

    def next(self) -> tuple[str, Any, bool]:
        """Return name and answer of the task that ended next, and whether it ended every worker that it was given to.

        Raises LostError, OutputError.
        """
        while True:
            with _losing():
                future = next(self._completed)
                if future.status == "cancelled":
                    raise LostError
            task = self._tasks.pop(future.key)
            try:
                return task.name, future.result(timeout=ANSWER), False
            except load_dask().KilledWorker:
                return task.name, None, True
            except (Exception, asyncio.CancelledError) as error:
                if future.status == "error":
                    raise error_of(error) from error
                if self._client.status != "running":
                    raise LostError from error
            self.submit(task)  # its worker took the answer with it


def error_of(error: BaseException) -> Exception:
    """Return an error of a worker as one that is told to the user."""
    if isinstance(error, OutputError | WorkerError):
        return error
    if isinstance(error, OSError):
        reason = (error.strerror or str(error) or type(error).__name__).lower()
        return OutputError(f"cannot write: {reason}", source=str(error.filename or "output"))
    return WorkerError(
        f"unexpected {type(error).__name__} on a worker: {error}", remedy="is newsclean installed there?"
    )


@contextmanager
def _losing() -> Iterator[None]:
    """Turn what Dask raises when the scheduler is gone into LostError."""
    try:
        yield
    except (asyncio.CancelledError, CancelledError, asyncio.TimeoutError, OSError) as error:
        raise LostError from error


@contextmanager
def sessions(cluster: Any) -> Iterator[Iterator[Session]]:
    """Give connections to the scheduler one after the other, each when the one before is lost."""
    dask = load_dask()
    with ExitStack() as stack:
        if isinstance(cluster, str) and cluster.startswith("local:"):
            number = cluster.removeprefix("local:")
            if not (number.isascii() and number.isdigit() and int(number)):
                raise OptionsError(f"{cluster!r} does not say how many processes", remedy="local:4")
            stack.enter_context(_keeping_workers())
            local = dask.LocalCluster(n_workers=int(number), threads_per_worker=1, dashboard_address="127.0.0.1:0")
            cluster = stack.enter_context(dask.Client(stack.enter_context(local)))
        if isinstance(cluster, str):
            yield _connections(cluster, None, None)
        else:
            yield _connections(cluster.scheduler.address, cluster.security, cluster)


def _keeping_workers() -> Any:
    """Return a setting under which a local cluster starts workers again however often they end.

    By default one that happens to start 15 seconds after its last end is given up.
    """
    import dask

    return dask.config.set({"distributed.deploy.lost-worker-timeout": "10 days"})


def _connections(address: str, security: Any, client: Any) -> Iterator[Session]:
    dask = load_dask()
    if client is not None:
        yield Session(client)
    patience = 0.0 if client is None else PATIENCE
    while True:
        with ExitStack() as stack:
            try:
                client = dask.Client(address, security=security, timeout="10s", set_as_default=False)
            except (OSError, ValueError) as error:
                if patience <= 0:
                    raise WorkerError(
                        f"no scheduler answers at {address}", remedy="what is done stays; run again"
                    ) from error
                patience -= 10.0
                sleep(1.0)
                continue
            patience = PATIENCE
            stack.callback(client.close, timeout=1)
            yield Session(client)
