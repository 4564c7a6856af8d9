"""Many inputs → files, a stream or Outcomes: what Python calls, and what the command runs."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from newsclean.errors import ConversionTimeoutError, NewscleanError, NoArticleError, WorkerError
from newsclean.model import Options
from newsclean.runs.find import expand_arguments
from newsclean.runs.options import Progress, RunOptions
from newsclean.runs.output import Target
from newsclean.runs.report import Outcome, Report
from newsclean.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from newsclean.runs.find import Arguments
    from newsclean.runs.output import Sink

ERRORS: dict[str, type[NewscleanError]] = {
    "no_article": NoArticleError,
    "timeout": ConversionTimeoutError,
    "crashed": WorkerError,
}
"""Status of an outcome without an article → the error that it stands for; of any other a NewscleanError."""


def convert_many(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    options: Options = Options(),
    how: RunOptions = RunOptions(),
    workers: int | None = None,
    on_error: Literal["report", "raise"] = "report",
    progress: Callable[[Progress], None] | None = None,
) -> Generator[Outcome, None, None]:
    """Yield an Outcome for each input, in order, with its Article if there is one.

    `inputs` are files, folders and globs. Pages are converted by `workers` processes (default: one per processor); a
    page that crashes or hangs harms only itself. Its Outcome says what went wrong, or the error is raised with
    `on_error="raise"`. Scripts need the guard `if __name__ == "__main__":`, like any that starts processes. Closing
    the iterator ends the run.
    """
    run = Run(options, how, workers, progress)
    with closing(run.outcomes(expand_arguments(_paths(inputs)), None)) as outcomes:
        for outcome in outcomes:
            if outcome.error and outcome.status != "left_out" and on_error == "raise":
                raise ERRORS.get(outcome.status, NewscleanError)(outcome.error, source=outcome.path)
            yield outcome


def convert_folder(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    options: Options = Options(),
    how: RunOptions = RunOptions(),
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Write the articles of the inputs into the folder `output`, in the same tree, and return the counts.

    `inputs` and `workers` are as in `convert_many`. Outputs that are up to date or were edited stay as they are, and a
    run that was stopped resumes. Raises OutputError when the folder cannot be written.
    """
    arguments = expand_arguments(_paths(inputs))
    target = Target("folder", os.fspath(output))
    return convert_into(
        target, replace(arguments, many=True), options=options, how=how, workers=workers, progress=progress
    )


def convert_into(
    target: Target,
    arguments: Arguments,
    *,
    options: Options = Options(),
    how: RunOptions = RunOptions(),
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    stdout: Sink | None = None,
) -> Report:
    """Write the articles of the inputs where they are to go, and return the counts. Raises OutputError."""
    report = Report()
    with closing(Run(options, how, workers, progress).outcomes(arguments, target, stdout)) as outcomes:
        for outcome in outcomes:
            report.add(outcome)
    return report


def _paths(inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str]:
    return [os.fspath(path) for path in ([inputs] if isinstance(inputs, str | os.PathLike) else inputs)]
