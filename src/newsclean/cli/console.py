"""What the user sees on stderr: messages with nothing in them that a terminal obeys, and a progress bar."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_UNPRINTABLE_RE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, direction marks and the lone surrogates of file names that are no UTF-8: "\\x1b[2J", "\\u202e"."""


def printable(text: str) -> str:
    """Return text that a terminal shows and does not act upon: "\\x1b" for an escape character."""
    return _UNPRINTABLE_RE.sub(_escape, text)


_OPTION_RE = re.compile(r'\b(keep|encoding|input_kind|engine|url|timeout)="([^"\s]{0,40})"')  # keep="recall"


def as_flags(remedy: str) -> str:
    """Return what the library advises as the command line spells it: `--keep recall` for `keep="recall"`."""
    return _OPTION_RE.sub(lambda match: f"--{match[1].replace('_', '-')} {match[2]}", remedy)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Console:
    """Messages on stderr, and no progress: who reads a log wants no bar in it. A context manager."""

    def say(self, message: str) -> None:
        """Print a message on a line of its own."""
        click.echo(printable(as_flags(message)), err=True)

    def advance(self) -> None:
        """Note that one more input is done."""

    def __enter__(self) -> Console:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""


class ProgressConsole(Console):
    """Messages above a bar with count, rate and time left."""

    def __init__(self, total: int) -> None:
        from rich.console import Console as RichConsole  # takes longer than converting a page
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._progress: Progress = Progress(*columns, console=RichConsole(stderr=True), transient=True)
        self._task: TaskID = self._progress.add_task("", total=total, rate="")

    def say(self, message: str) -> None:
        """Print the message above the bar."""
        self._progress.console.print(printable(as_flags(message)), markup=False, highlight=False, soft_wrap=True)

    def advance(self) -> None:
        """Move the bar."""
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, advance=1, rate=f"{speed:.0f} pages/s" if speed else "")

    def __enter__(self) -> ProgressConsole:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._progress.stop()


def open_console(total: int | None) -> Console:
    """Return a console for so many inputs, with a progress bar if stderr is a terminal that can show one.

    None: without progress.
    """
    is_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return ProgressConsole(total) if total is not None and is_terminal else Console()
