"""What the user sees on stderr, messages with nothing in them that a terminal obeys and a progress bar; exit status."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

import click

from newsclean.errors import NewscleanError, OutputError
from newsclean.runs.report import ALL_FAILED, CLOSED_PIPE, INTERRUPTED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

LOG_SECONDS = 30.0
"""Between the lines that tell a log how far a run is."""
_UNPRINTABLE_RE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, direction marks and the lone surrogates of file names that are no UTF-8: "\\x1b[2J", "\\u202e"."""


def printable(text: str) -> str:
    """Return text that a terminal shows and does not act upon: "\\x1b" for an escape character."""
    return _UNPRINTABLE_RE.sub(_escape, text)


_OPTION_RE = re.compile(r'\b(keep|encoding|input_kind|engine|url|timeout)="([^"\s]{0,40})"')  # keep="recall"
_SWITCH_RE = re.compile(r"\b(force|split)=True\b")


def as_flags(remedy: str) -> str:
    """Return what the library advises as the command line spells it: `--keep recall` for `keep="recall"`."""
    flags = _OPTION_RE.sub(lambda match: f"--{match[1].replace('_', '-')} {match[2]}", remedy)
    return _SWITCH_RE.sub(r"--\1", flags)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Console:
    """Messages on stderr, and no progress: who reads a log wants no bar in it. A context manager."""

    failed = 0
    """Inputs that gave no article so far."""

    def say(self, message: str) -> None:
        """Print a message on a line of its own."""
        click.echo(printable(as_flags(message)), err=True)

    def show(self, done: int, total: int) -> None:
        """Show that so many of all inputs are done."""

    def _failures(self) -> str:
        return f", {self.failed} failed" if self.failed else ""

    def __enter__(self) -> Console:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""


class ProgressConsole(Console):
    """Messages above a bar with count, rate, failures and time left."""

    def __init__(self) -> None:
        from rich.console import Console as RichConsole  # takes longer than converting a page
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._progress: Progress = Progress(*columns, console=RichConsole(stderr=True), transient=True)
        self._task: TaskID = self._progress.add_task("", total=None, rate="")

    def say(self, message: str) -> None:
        """Print the message above the bar."""
        self._progress.console.print(printable(as_flags(message)), markup=False, highlight=False, soft_wrap=True)

    def show(self, done: int, total: int) -> None:
        """Move the bar."""
        speed = self._progress.tasks[0].speed
        rate = f"{speed:.0f} pages/s" if speed else ""
        self._progress.update(self._task, completed=done, total=total, rate=rate + self._failures())

    def __enter__(self) -> ProgressConsole:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._progress.stop()


class LogConsole(Console):
    """Messages on lines of their own, and how far a run is, now and then: for logs."""

    def __init__(self) -> None:
        self._start = self._told = monotonic()

    def show(self, done: int, total: int) -> None:
        """Tell how far the run is, every LOG_SECONDS."""
        now = monotonic()
        if now - self._told >= LOG_SECONDS:
            self._told = now
            rate = done / (now - self._start)
            self.tell(done, total, rate, (total - done) / rate if rate else 0.0)

    def tell(self, done: int, total: int, rate: float, left: float) -> None:
        """Write the line: inputs done and in all, inputs a second, seconds left."""
        from datetime import timedelta  # the help needs neither this nor json

        time = timedelta(seconds=round(left))
        self.say(f"newsclean: {done} of {total}, {rate:.1f} pages/s, {time} left{self._failures()}")


class JsonConsole(LogConsole):
    """The same as lines of JSON: `time` (UTC) with `message`, or with `done`, `total`, `rate`, `left` and `failed`."""

    def say(self, message: str) -> None:
        """Write a message."""
        self._write(message=as_flags(message).removeprefix("newsclean: "))

    def tell(self, done: int, total: int, rate: float, left: float) -> None:
        """Write how far the run is."""
        self._write(done=done, total=total, rate=round(rate, 2), left=round(left, 1), failed=self.failed)

    def _write(self, **fields: object) -> None:
        import json
        from datetime import datetime, timezone

        time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        click.echo(json.dumps({"time": time, **fields}), err=True)


def open_console(*, progress: bool = False, as_json: bool = False) -> Console:
    """Return a console; with `progress` a bar where stderr is a terminal that can show one, else lines now and then."""
    if as_json:
        return JsonConsole()
    if not progress:
        return Console()
    is_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return ProgressConsole() if is_terminal else LogConsole()


def exit_status_of(action: Callable[[], int]) -> int:
    """Return the exit status of a command's work; an error is said on stderr and has a status of its own."""
    try:
        return action()
    except OutputError as error:
        say(str(error))
        _leave_broken_stdout()
        return USAGE
    except NewscleanError as error:  # the one input cannot be read, or worker processes cannot start
        say(str(error))
        return ALL_FAILED
    except BrokenPipeError:
        _leave_broken_stdout()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED


def _leave_broken_stdout() -> None:
    """Point stdout elsewhere if it takes nothing, or Python fails at exit, with a status of its own, to flush it."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, AttributeError):  # closed, or there is none
        pass


def say(message: str) -> None:
    """Print a message of the command itself to stderr."""
    Console().say(f"newsclean: {message}")
