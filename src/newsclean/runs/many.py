"""Many inputs → results in input order, converted in parallel, written by the parent alone. No extraction knowledge."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import ConversionTimeoutError, NewscleanError, OutputError
from newsclean.files import write_atomic
from newsclean.runs.conversion import Job, Result, Settings, convert_job, failed_job
from newsclean.runs.journal import Entry, Journal
from newsclean.runs.output import SUFFIXES, TEMPORARY_NAME, name_outputs
from newsclean.runs.pool import Limits, in_order, run_jobs
from newsclean.runs.read import STDIN, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from newsclean.runs.output import Format
    from newsclean.runs.read import Source
    from newsclean.sites import SiteRule


def default_workers() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def convert_stream(
    sources: Sequence[Source],
    settings: Settings,
    outputs: Sequence[str | None] | None = None,
    *,
    workers: int,
    limits: Limits = Limits(),
    learned: Sequence[SiteRule | None] = (),
    convert: Callable[[Settings, Job], Result] = convert_job,
) -> Generator[Result, None, None]:
    """Yield a result a source, in their order, with the bytes of its article.

    `outputs` is what the report calls the places that the caller puts them, `learned` what was learned for each source.
    """
    names = outputs or [None] * len(sources)
    jobs = (
        Job(source.path, name, source.problem, source.data, parts=source.parts, lines=source.lines, learned=rule)
        for source, name, rule in zip(sources, names, learned or repeat(None, len(sources)), strict=True)
    )
    yield from _convert(jobs, settings, _keep, workers=workers, limits=limits, convert=convert)


def convert_folder(
    sources: Sequence[Source],
    folder: str,
    settings: Settings,
    *,
    workers: int,
    limits: Limits = Limits(),
    force: bool = False,
    learned: Sequence[SiteRule | None] = (),
    convert: Callable[[Settings, Job], Result] = convert_job,
) -> Generator[Result, None, None]:
    """Write an article a source into the folder, and yield results in the order of the sources.

    Sources whose output is up to date from an earlier run are skipped unless `force`. Raises OutputError when the
    folder cannot be written to. Closing the iterator leaves what is written; the next run goes on from there.
    """
    names = plan_outputs(sources, folder, settings.to)
    with Journal(folder) as journal:
        _remove_leftovers(folder, names)
        jobs = (
            Job(
                source.path,
                str(Path(folder, name)),
                source.problem,
                source.data,
                known=None if force else journal.find(name),
                parts=source.parts,
                lines=source.lines,
                learned=rule,
            )
            for source, name, rule in zip(sources, names, learned or repeat(None, len(sources)), strict=True)
        )
        store = partial(_store, journal, Path(folder))
        yield from _convert(jobs, settings, store, workers=workers, limits=limits, convert=convert)


def plan_outputs(sources: Sequence[Source], folder: str, to: Format) -> list[str]:
    """Return each source's output below the folder. No input is ever written over, should they share the folder."""
    root = Path(folder).resolve()
    inputs = [Path(source.path).resolve() for source in sources if source.path != STDIN]
    taken = [path.relative_to(root).as_posix() for path in inputs if path.is_relative_to(root)]
    return name_outputs([source.place for source in sources], SUFFIXES[to], taken)


def _convert(
    jobs: Iterable[Job],
    settings: Settings,
    finish: Callable[[Job, Result], Result],
    *,
    workers: int,
    limits: Limits,
    convert: Callable[[Settings, Job], Result],
) -> Generator[Result, None, None]:
    answers = run_jobs(partial(convert, settings), map(_load, jobs), workers=workers, limits=limits)
    with closing(answers):
        done = ((number, job, finish(job, _result(job, answer, limits))) for number, job, answer in answers)
        for _, result in in_order(done):
            yield result


def _load(job: Job) -> Job:
    """Read here what a worker process cannot reach: stdin, and pipes that the shell opened for this process."""
    if (
        job.problem
        or job.data is not None
        or (job.path != STDIN and (Path(job.path).is_file() or not Path(job.path).exists()))
    ):
        return job
    try:
        return replace(job, data=read_bytes(job.path))
    except NewscleanError as error:
        return replace(job, problem=error.message)


def _result(job: Job, answer: Result | NewscleanError, limits: Limits) -> Result:
    if not isinstance(answer, NewscleanError):
        return answer
    seconds = limits.seconds if isinstance(answer, ConversionTimeoutError) else 0.0
    return failed_job(job, answer, seconds)


def _keep(_: Job, result: Result) -> Result:
    return result


def _store(journal: Journal, folder: Path, job: Job, result: Result) -> Result:
    """Write the article of a result, put it down in the journal, and return the result without the bytes."""
    if result.content is None or job.output is None:
        return result
    path = Path(job.output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, result.content, TEMPORARY_NAME)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return failed_job(job, OutputError(f"cannot write {job.output}: {reason}"), result.outcome.seconds)
    outcome = result.outcome
    name = path.relative_to(folder).as_posix()
    digest = sha256(result.content).hexdigest()
    pictures = tuple(picture.name for picture in result.pictures)
    known = (outcome.title, outcome.words, outcome.confidence, outcome.warnings)
    journal.record(Entry(name, result.key, digest, *known, pictures))
    return replace(result, content=None)


def _remove_leftovers(folder: str, names: Sequence[str]) -> None:
    """Take away temporary files of a run that was killed."""
    for parent in {Path(folder, name).parent for name in names}:
        with suppress(OSError):  # no folder yet, or no right to write there: storing will tell
            (parent / TEMPORARY_NAME).unlink()
