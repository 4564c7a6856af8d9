"""One input → its article as bytes and what became of it. Every error ends here as an Outcome; nothing is written."""

from __future__ import annotations

import signal
import traceback
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from newsclean import __version__
from newsclean.errors import ConversionTimeoutError, NewscleanError, NoArticleError, WorkerError
from newsclean.model import Options, Record
from newsclean.output import Format, serialize
from newsclean.pipeline import convert
from newsclean.read import STDIN, STDIN_NAME, read_record
from newsclean.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.article import Article
    from newsclean.journal import Entry
    from newsclean.model import Verdict
    from newsclean.report import Status

EXPLAINED_CHARS = 60
"""Characters of a block's text in its line of explanation: the line fits a wide terminal."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for every input of a run."""

    options: Options = Options()
    to: Format = "markdown"
    url: str | None = None
    explain: bool = False
    """Whether to say for every block why it was kept or dropped."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input on its way to be converted. Plain data: it crosses to a worker process."""

    path: str
    output: str | None = None
    """Path of the file that the article goes to; None: the caller takes the bytes."""
    problem: str | None = None
    """Why the input cannot be read, where that is known already."""
    data: bytes | None = field(default=None, repr=False)
    """The input's bytes, where only the parent process can read them (stdin, a pipe)."""
    known: Entry | None = None
    """What an earlier run made of the input."""

    @property
    def name(self) -> str:
        """Return what messages and the report call the input."""
        return STDIN_NAME if self.path == STDIN else self.path


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job."""

    outcome: Outcome
    content: bytes | None = field(default=None, repr=False)
    key: str = ""
    """Hash over the input's content, the options and the version of newsclean."""
    explanation: tuple[str, ...] = ()
    """A line for every block of the page."""


def convert_job(settings: Settings, job: Job) -> Result:
    """Return the article's bytes with its outcome; never raises for what is wrong with the input."""
    start = perf_counter()
    try:
        record = _record(settings, job)
        key = _key(settings, record)
        if job.known and job.output and job.known.key == key and _hash_of_file(job.output) == job.known.sha256:
            return Result(_skipped(job, job.known, perf_counter() - start), key=key)
        article = convert(record, settings.options)
        content = serialize(article, settings.to)
    except NewscleanError as error:
        return failed_job(job, error, perf_counter() - start)
    except MemoryError:
        raise
    except Exception as error:  # a page that uncovers a defect costs itself, not the run
        return failed_job(job, _defect(error, settings), perf_counter() - start)
    explanation = tuple(explain(verdict) for verdict in article.verdicts) if settings.explain else ()
    return Result(_converted(job, article, perf_counter() - start), content, key, explanation)


def convert_here(settings: Settings, job: Job, seconds: float) -> Result:
    """Return the result of a job in this process, given up after this many seconds (0: never).

    A single C call is not broken off, and a crash is a crash: whoever needs more uses a worker process.
    """
    try:
        with _alarm(seconds):
            return convert_job(settings, job)
    except ConversionTimeoutError as error:
        return failed_job(job, error, seconds)
    except MemoryError:
        return failed_job(job, WorkerError("out of memory", remedy="the page is too large"), 0.0)


def failed_job(job: Job, error: NewscleanError, seconds: float) -> Result:
    """Return the result of a job that gave no article."""
    statuses: dict[type[NewscleanError], Status] = {
        NoArticleError: "no_article",
        ConversionTimeoutError: "timeout",
        WorkerError: "crashed",
    }
    message = f"{error.message} ({error.remedy})" if error.remedy else error.message
    status = statuses.get(type(error), "failed")
    return Result(Outcome(job.name, status, error=message, seconds=round(seconds, 3)))


def _record(settings: Settings, job: Job) -> Record:
    if job.problem:
        raise NewscleanError(job.problem)
    if job.data is not None:
        return Record(job.data, job.name, None if job.path == STDIN else job.path, settings.url)
    return read_record(job.path, settings.url)


def _key(settings: Settings, record: Record) -> str:
    """Return a hash that changes with anything that the output depends on."""
    path = record.path if settings.to in ("json", "jsonl") else None  # which JSON alone tells
    made_of = (__version__, settings.to, settings.url, path, sorted(asdict(settings.options).items()))
    data = record.data.encode("utf-8", "surrogatepass") if isinstance(record.data, str) else record.data
    return sha256(repr(made_of).encode("utf-8", "surrogatepass") + b"\0" + sha256(data).digest()).hexdigest()


def _hash_of_file(path: str) -> str | None:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def _converted(job: Job, article: Article, seconds: float) -> Outcome:
    return Outcome(
        job.name,
        "converted",
        output=job.output,
        title=article.metadata.title,
        words=article.word_count,
        confidence=article.confidence.score,
        warnings=tuple(article.warnings),
        seconds=round(seconds, 3),
    )


def _skipped(job: Job, known: Entry, seconds: float) -> Outcome:
    return Outcome(
        job.name,
        "skipped",
        output=job.output,
        title=known.title,
        words=known.words,
        confidence=known.confidence,
        warnings=known.warnings,
        seconds=round(seconds, 3),
    )


def _defect(error: Exception, settings: Settings) -> NewscleanError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"unexpected {type(error).__name__}: {error} [{Path(place.filename).name}:{place.lineno}]"
    return NewscleanError(message, remedy=None if settings.explain else "a defect of newsclean, please report it")


def explain(verdict: Verdict) -> str:
    """Return a verdict as a line: "kept   12 0.93 scorer: long paragraph | The council has"."""
    decision = "kept" if verdict.kept else "dropped"
    score = "   –" if verdict.score is None else f"{verdict.score:.2f}"
    role = f" [{verdict.role}]" if verdict.role else ""
    text = verdict.text[:EXPLAINED_CHARS]
    return f"{decision:7} {verdict.block:4} {score} {verdict.voter}: {verdict.reason}{role} | {text}"


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise ConversionTimeoutError in the body after this many seconds, on systems with SIGALRM."""
    if not seconds or not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise ConversionTimeoutError.after(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again each second, should a library swallow the error
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
