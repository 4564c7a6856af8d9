"""Results of a folder run → its files and its journal: what was edited stays, and nothing is there in part."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import OutputError
from newsclean.files import write_atomic
from newsclean.runs.conversion import Result, Settings, failed_job, job_key
from newsclean.runs.journal import entry_of
from newsclean.runs.output import EDITED

if TYPE_CHECKING:
    from newsclean.runs.conversion import Job
    from newsclean.runs.journal import Journal
    from newsclean.runs.names import GivenNames
    from newsclean.runs.options import RunOptions

RETRIED = frozenset({"failed"})
"""Statuses of inputs that are tried again in the next run: another time they may be read, or written."""
COPY = "has the text of another input"


def kept(result: Result, path: str | None = None) -> Result:
    """Return a result whose article, or the file of this path, is not written, for something else is in its place."""
    message = f"{path or result.outcome.output} {EDITED}, and is kept (force=True overwrites it)"
    return replace(result, outcome=replace(result.outcome, status="kept", error=message), content=None, pictures=())


def named(names: GivenNames, folder: str, job: Job, result: Result) -> tuple[Job, Result]:
    """Return job and result with the path that the article is given; as they are where there is no article."""
    if job.place is None or result.content is None:
        return job, result
    path = str(Path(folder, names.give(job.place, result.stem, result.content)))
    outcomes = [replace(one, output=path) if one.output else one for one in (result.outcome, *result.parts)]
    return replace(job, output=path), replace(result, outcome=outcomes[0], parts=tuple(outcomes[1:]))


def store(how: RunOptions, settings: Settings, journal: Journal, folder: Path, job: Job, result: Result) -> Result:
    """Put down in the journal and write the article of a result, and return the result without the bytes."""
    outcome = result.outcome
    if job.output is None or outcome.status in ("skipped", "left_out"):
        return result
    path = Path(job.output)
    name = path.relative_to(folder).as_posix()
    try:
        if how.dry_run:
            return result if how.force or outcome.error or journal.is_own(name, b"") else kept(result)
        if result.content is None:
            _note_failure(journal, settings, name, job, result)
            return result
        if not how.force and not journal.is_own(name, result.content):
            return kept(result)
        pictures = tuple(picture.name for picture in result.pictures)
        digest = sha256(result.content).hexdigest()
        journal.record(entry_of(name, outcome, result.key, digest, pictures=pictures, place=job.place))
        write_atomic(path, result.content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return failed_job(job, OutputError(f"cannot write {job.output}: {reason}"), outcome.seconds)
    return replace(result, content=None)


def _note_failure(journal: Journal, settings: Settings, name: str, job: Job, result: Result) -> None:
    """Put down that an input gives no article as it is; what cannot be read may give one the next time."""
    outcome = result.outcome
    if outcome.status in RETRIED or (job.known and job.known.error):
        return
    key = result.key or job_key(settings, job)
    if key and not Path(job.output or "").exists():
        journal.record(entry_of(name, outcome, key, error=outcome.error))


def withdraw(journal: Journal, job: Job, result: Result, *, force: bool) -> Result:
    """Take away the output of a copy of another text, and note that it is one; return it as kept where it was edited.

    In this order, so that a run that is killed in between converts it again.
    """
    path = Path(result.outcome.output or job.output or "")
    name = path.relative_to(journal.folder).as_posix()
    if not force and not journal.is_own(name, b""):
        return kept(result, str(path))
    path.unlink(missing_ok=True)
    known = journal.find(job.place or name)
    if known is None or (known.key, known.status) != (result.key, "duplicate"):
        journal.record(entry_of(job.place or name, result.outcome, result.key, error=COPY, place=job.place))
    return replace(result, outcome=replace(result.outcome, output=None))
