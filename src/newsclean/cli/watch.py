"""`newsclean FOLDER -o FOLDER --watch`: waits until pages appear or change, for one run after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsclean.cli.console import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newsclean.runs.output import Target

DEBOUNCE_MS = 500
"""How long it has to be quiet before a run: a browser writes a page in many pieces."""


def check_watch(inputs: Sequence[str], target: Target) -> None:
    """Raise UsageError unless there are folders to watch and one to write to, and what it takes is installed."""
    if target.kind != "folder" or not inputs or not all(Path(path).is_dir() for path in inputs):
        raise click.UsageError("--watch takes folders as INPUT, and a folder -o")
    try:
        import watchfiles  # noqa: F401 - an extra
    except ImportError as error:
        raise click.UsageError('--watch needs watchfiles (pip install "newsclean[watch]")') from error


def keep_running(run: Callable[[], int], folders: Sequence[str], written: Sequence[str | None]) -> int:
    """Run, and again whenever something in the folders has changed; ends with an interrupt alone."""
    status = run()
    say(f"watching {', '.join(folders)} (Ctrl-C ends it)")
    for _ in changes(folders, written):
        status = run()
    return status


def changes(folders: Sequence[str], written: Sequence[str | None]) -> Iterator[None]:
    """Yield each time that something in the folders has changed, apart from what a run itself writes."""
    from watchfiles import watch

    own = [Path(path).resolve() for path in written if path]

    def is_input(_: object, path: str) -> bool:
        changed = Path(path).resolve()
        return not any(changed == place or place in changed.parents for place in own)

    for _ in watch(*folders, watch_filter=is_input, debounce=DEBOUNCE_MS * 4, step=DEBOUNCE_MS):
        yield
