"""The border to Dask: connections to a scheduler one after the other, tasks, and what is raised when either is gone."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from newsclean.errors import OptionsError, OutputError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AHEAD = 2
"""Partitions that wait for each thread of a worker, so that none is idle, and the scheduler has few to remember."""

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
        raise OutputError("a cluster needs Dask", remedy="pip install 'newsclean[cluster]'") from error
    return distributed


class Session:
    """What one connection to a scheduler was asked to do."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._futures: dict[str, Any] = {}
        self._completed = load_dask().as_completed(loop=client.loop)
        self._room, self._looked = 0, 0.0

    def room(self) -> int:
        """Return how many tasks the workers there are may have waiting."""
        if monotonic() - self._looked > 5.0:
            with _losing():
                self._room = AHEAD * max(4, sum(self._client.nthreads().values()))
            self._looked = monotonic()
        return self._room

    def submit(self, task: Task) -> None:
        """Ask for a task. Raises LostError."""
        with _losing():
            future = self._client.submit(task.function, *task.arguments, key=task.name, pure=False, retries=1)
            self._futures[task.name] = future
            self._completed.add(future)

    def next(self) -> tuple[str, Any, bool]:
        """Return name and answer of the task that ended next, and whether it ended every worker that it was given to.

        Raises LostError, OutputError.
        """
        with _losing():
            future = next(self._completed)
            if future.status in ("cancelled", "lost"):
                raise LostError
            error = future.exception() if future.status == "error" else None
            answer = None if error else future.result()
        del self._futures[future.key]
        if error is None:
            return future.key, answer, False
        if isinstance(error, load_dask().KilledWorker):
            return future.key, None, True
        raise error_of(error) from error


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
    import asyncio
    import concurrent.futures

    gone = (asyncio.CancelledError, concurrent.futures.CancelledError, asyncio.TimeoutError, OSError)
    try:
        yield
    except gone as error:
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
            local = dask.LocalCluster(n_workers=int(number), threads_per_worker=1, dashboard_address="127.0.0.1:0")
            cluster = stack.enter_context(dask.Client(stack.enter_context(local)))
        if isinstance(cluster, str):
            yield _connections(cluster, None, None)
        else:
            yield _connections(cluster.scheduler.address, cluster.security, cluster)


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
