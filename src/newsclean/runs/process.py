"""One job → its answer, from a process that may crash, hang or eat memory; and what the kernel holds such one to.

Needs no multiprocessing, whose import takes longer than a page. What several of them do at once is in pool.py.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING

from newsclean.errors import ConversionTimeoutError, NewscleanError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY_LIMIT = 4 * 2**30
"""Bytes of address space of a process: a 100 MB page parses in under 2 GB."""

WALL_FACTOR = 10
"""A job may take so many times its CPU time on the clock: a busy machine loses no page, and one that waits for a dead
disk still ends."""

CHUNK = 2**20
"""Bytes read from a process at a time."""

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""Libraries of macOS do not stand a fork without exec."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take."""

    seconds: float = 60.0
    """CPU time, hundreds of times what a page takes; held to a full second. 0 is no limit."""
    memory: int = MEMORY_LIMIT
    """Bytes; 0 is no limit. Held where the system has RLIMIT_AS."""

    @property
    def deadline(self) -> float | None:
        """Return when a job that begins now is given up whatever it does, in seconds of `monotonic`; None: never."""
        if not self.seconds:
            return None
        return monotonic() + self.seconds * (WALL_FACTOR if hasattr(signal, "SIGXCPU") else 1)


def default_workers() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def hold_to(limits: Limits, taken: int = 0) -> None:
    """Have the kernel end this process when its next job takes more; it then leaves no image of its memory.

    `taken` is what the process has of memory before, in bytes, where that is none of the job's.
    """
    try:
        import resource  # POSIX only
    except ImportError:
        return

    def limit(kind: int, size: int) -> None:
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # already under a lower limit
            resource.setrlimit(kind, (size, hard))

    limit(resource.RLIMIT_CORE, 0)
    if limits.memory:
        limit(resource.RLIMIT_AS, limits.memory + taken)
    if limits.seconds:
        limit(resource.RLIMIT_CPU, ceil(process_time() + limits.seconds))


def address_space() -> int:
    """Return the bytes of this process's address space, 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def end_with(parent: int) -> None:
    """Have this process end when the other end of a pipe is closed, as it is when its parent dies.

    The kernel sends a signal, which also ends a process that is stuck in a library; where there is none for pipes a
    thread watches.
    """
    try:
        import fcntl  # POSIX only

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(parent, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent, fcntl.F_SETFL, fcntl.fcntl(parent, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, AttributeError, OSError):
        from threading import Thread

        Thread(target=_watch, args=(parent,), daemon=True).start()
    else:
        if select.select([parent], [], [], 0)[0]:  # it died before
            os._exit(1)


def _watch(parent: int) -> None:
    from multiprocessing.connection import wait

    wait([parent])
    os._exit(1)


def answer_from_fork(work: Callable[[], bytes], limits: Limits) -> bytes | NewscleanError:
    """Return the answer of a fork of this process, or why there is none."""
    answer, end = os.pipe()
    parent, alive = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads: the caller's, who calls no locks
        child = os.fork()
    if not child:
        os.close(answer)
        os.close(alive)
        _work(work, end, parent, limits)
    os.close(end)
    os.close(parent)
    received, status = b"", None
    try:
        received = _receive(answer, limits.deadline)
        _, status = os.waitpid(child, 0)
    except TimeoutError:
        return ConversionTimeoutError.after(limits.seconds)
    finally:
        os.close(answer)
        os.close(alive)
        if status is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if status:
        return error_of_end(os.waitstatus_to_exitcode(status), limits)
    return received


def _work(work: Callable[[], bytes], end: int, parent: int, limits: Limits) -> None:
    """Send the answer, and end this process. Runs in the fork, which must not return to the caller of its parent."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
        end_with(parent)
        hold_to(limits, address_space())  # of the caller, which may have loaded anything
        with os.fdopen(end, "wb") as file:
            file.write(work())
        status = 0
    finally:
        os._exit(status)


def _receive(answer: int, deadline: float | None) -> bytes:
    """Return all that comes out of a pipe. Raises TimeoutError."""
    chunks: list[bytes] = []
    while True:
        left = None if deadline is None else deadline - monotonic()
        if left is not None and (left <= 0 or not select.select([answer], [], [], left)[0]):
            raise TimeoutError
        if not (chunk := os.read(answer, CHUNK)):
            return b"".join(chunks)
        chunks.append(chunk)


def error_of_end(status: int | None, limits: Limits) -> NewscleanError:
    """Return why a process ended in the middle of its job, by its exit status; minus the signal that ended it."""
    how = f"ended its process with status {status}"
    if status is not None and status < 0:
        if status == -getattr(signal, "SIGXCPU", 0):
            return ConversionTimeoutError.after(limits.seconds)
        with suppress(ValueError):
            how = f"was ended by {signal.Signals(-status).name}"
    return WorkerError(f"the conversion {how}", remedy="the page is too much for a library in use")
