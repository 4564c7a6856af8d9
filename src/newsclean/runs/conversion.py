"""One input → its article as bytes and what became of it. Every error ends here as an Outcome; nothing is written."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsclean import __version__
from newsclean.errors import ConversionTimeoutError, NewscleanError, NoArticleError, OptionsError, WorkerError
from newsclean.explain.removed import RemovedFormat, serialize_removed
from newsclean.model import Options, Record
from newsclean.pipeline import examine, no_article
from newsclean.runs.filters import Filters
from newsclean.runs.join import join_articles
from newsclean.runs.names import fill_pattern
from newsclean.runs.output import Format, serialize
from newsclean.runs.pictures import Picture, extract_pictures, link_pictures
from newsclean.runs.process import Limits, answer_from_fork
from newsclean.runs.read import Source, has_companion, page_stem, record_of
from newsclean.runs.report import Outcome, hash_of_text
from newsclean.runs.sketch import Dedupe, Sketch, sketch_of
from newsclean.sites import fingerprint
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.article import Article
    from newsclean.model import Verdict
    from newsclean.runs.journal import Entry
    from newsclean.runs.report import Status

EXPLAINED_CHARS = 60
"""Characters of a block's text in its line of explanation: the line fits a wide terminal."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for every input of a run."""

    options: Options = Options()
    to: Format | None = "markdown"
    """None: the article itself is asked for."""
    url: str | None = None
    explain: bool = False
    """Whether to say for every block why it was kept or dropped."""
    removed: RemovedFormat | None = None
    """How to list what was taken out, where that is asked for."""
    media: str | None = None
    """The folder that extracted pictures go to; None: none are extracted."""
    folder: str = "."
    """The folder that links of an article without a file of its own are relative to."""
    dry_run: bool = False
    """Whether to read the input alone, and say whether it would be converted."""
    filters: Filters = Filters()
    name: str | None = None
    """The pattern that outputs are named by; None: by their inputs."""
    dedupe: Dedupe | None = None
    """What texts are compared by, where that is asked for."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input on its way to be converted. Plain data: it crosses to a worker process."""

    source: Source
    output: str | None = None
    """Path of the file that the article goes to; None: the caller takes the bytes."""
    known: Entry | None = None
    """What an earlier run made of the input."""
    place: str | None = None
    """The output's name by that of the input, where it is to be called after the article."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job."""

    outcome: Outcome
    content: bytes | None = field(default=None, repr=False)
    key: str = ""
    """Hash over the input's content, the options and the version of newsclean."""
    removed: bytes | None = field(default=None, repr=False)
    """The list of what was taken out."""
    pictures: tuple[Picture, ...] = field(repr=False, default=())
    """The files for Settings.media that the article links to."""
    parts: tuple[Outcome, ...] = ()
    """What became of the job's other pages."""
    stem: str = ""
    """What the article's file is called by the pattern, without its ending."""
    sketch: Sketch | None = field(default=None, repr=False)
    """What the article is compared by."""

    def pack(self) -> bytes:
        """Return the result as bytes, for another process."""
        return json.dumps(asdict(self), default=lambda data: {"bytes": data.decode("latin-1")}).encode("ascii")

    @classmethod
    def unpack(cls, packed: bytes) -> Result:
        """Return what `pack` was given, but for an article."""
        fields = json.loads(packed, object_hook=_unpacked)
        return cls(**fields)


def convert_job(settings: Settings, job: Job) -> Result:
    """Return the article's bytes with its outcome; never raises for what is wrong with the input.

    Of a job with parts, pages without an article have outcomes of their own, and the others are joined.
    """
    start = perf_counter()
    source = job.source
    pages = [replace(source, parts=()), *(Source(path, learned=source.learned) for path in source.parts)]
    records = [_read(settings, page) for page in pages]
    key = _key_of_all(settings, job, records)
    if job.known and key and _is_up_to_date(settings, job, job.known, key):
        return Result(_skipped(job, job.known, perf_counter() - start), key=key, parts=_joined(source.parts, job))
    if settings.dry_run and key:
        return Result(Outcome(source.name, "planned", job.output), key=key, parts=_joined(source.parts, job))
    if isinstance(records[0], Record) and (told := settings.filters.against_record(records[0])):
        return _unwanted(job, told, key)
    results = [
        _examine(settings, replace(job, source=page), record) for page, record in zip(pages, records, strict=True)
    ]
    good = [(page, found) for page, found in zip(pages, results, strict=True) if isinstance(found, _Examined)]
    failed = [found for found in results if isinstance(found, Result)]
    if not good:
        return replace(failed[0], key=key, parts=tuple(result.outcome for result in failed[1:]))
    articles = [found.article for _, found in good]
    article = articles[0] if len(articles) == 1 else join_articles(articles)
    if told := settings.filters.against_article(article):
        return _unwanted(job, told, key)
    pictures = tuple({picture.name: picture for _, found in good for picture in found.pictures}.values())
    text = article.text
    outcome = _converted(good[0][0], job, article, text, perf_counter() - start)
    if settings.explain:
        outcome = replace(outcome, explanation=_explanation(article))
    try:
        content = serialize(article, settings.to) if settings.to else None
    except OptionsError as error:  # a template that names what is not there
        return replace(failed_job(job, error, perf_counter() - start), key=key)
    return Result(
        outcome if settings.to else replace(outcome, article=article),
        content,
        key,
        serialize_removed(article, settings.removed) if settings.removed else None,
        pictures,
        (*_joined([page.path for page, _ in good[1:]], job), *(result.outcome for result in failed)),
        fill_pattern(settings.name, article, PurePosixPath(page_stem(source.place)).name) if settings.name else "",
        sketch=sketch_of(article, text, settings.dedupe) if settings.dedupe else None,
    )


@dataclass(frozen=True, slots=True)
class _Examined:
    """A page that holds an article."""

    article: Article
    pictures: tuple[Picture, ...]


def _unwanted(job: Job, told: str, key: str) -> Result:
    """Return the result of a page that the filters leave out."""
    return Result(Outcome(job.source.name, "left_out", error=f"is not wanted: {told}"), key=key)


def _read(settings: Settings, source: Source) -> Record | NewscleanError:
    try:
        return record_of(source, settings.url, pictures=settings.media is not None)
    except NewscleanError as error:
        return error


def _examine(settings: Settings, job: Job, record: Record | NewscleanError) -> _Examined | Result:
    """Return the article of one page, or the result of a job that gave none."""
    start = perf_counter()
    try:
        if isinstance(record, NewscleanError):
            raise record
        article, pictures = _with_pictures(settings, job, record, examine(record, settings.options, job.source.learned))
        if not article.is_empty:
            return _Examined(article, pictures)
        removed = serialize_removed(article, settings.removed) if settings.removed else None
    except NewscleanError as error:
        return failed_job(job, error, perf_counter() - start)
    except MemoryError:
        raise
    except Exception as error:  # a page that uncovers a defect costs itself, not the run
        return failed_job(job, _defect(error, settings), perf_counter() - start)
    failed = failed_job(job, no_article(job.source.name, article), perf_counter() - start)
    explanation = _explanation(article) if settings.explain else ()
    return replace(failed, outcome=replace(failed.outcome, explanation=explanation), removed=removed)


def _explanation(article: Article) -> tuple[str, ...]:
    return tuple(explain(verdict) for verdict in article.verdicts)


def _joined(paths: Sequence[str], job: Job) -> tuple[Outcome, ...]:
    return tuple(Outcome(path, "joined", output=job.output) for path in paths)


def _key_of_all(settings: Settings, job: Job, records: Sequence[Record | NewscleanError]) -> str:
    """Return the key of an article with all its pages; "" where one cannot be read."""
    keys = [_key(settings, job, record) for record in records if isinstance(record, Record)]
    if len(keys) < len(records):
        return ""
    return keys[0] if len(keys) == 1 else sha256("".join(keys).encode("ascii")).hexdigest()


def convert_alone(
    settings: Settings, job: Job, limits: Limits, convert: Callable[[Settings, Job], Result] = convert_job
) -> Result:
    """Return the result of a job from a fork of this process, which may crash, hang or eat memory."""

    def work() -> bytes:
        try:
            return convert(settings, job).pack()
        except MemoryError:
            return failed_job(job, WorkerError("out of memory", remedy="the page is too large"), 0.0).pack()

    answer = answer_from_fork(work, limits)
    if isinstance(answer, NewscleanError):
        return failed_job(job, answer, limits.seconds if isinstance(answer, ConversionTimeoutError) else 0.0)
    return Result.unpack(answer)


def failed_job(job: Job, error: NewscleanError, seconds: float) -> Result:
    """Return the result of a job that gave no article."""
    statuses: dict[type[NewscleanError], Status] = {
        NoArticleError: "no_article",
        ConversionTimeoutError: "timeout",
        WorkerError: "crashed",
    }
    message = f"{error.message} ({error.remedy})" if error.remedy else error.message
    status = statuses.get(type(error), "failed")
    parts = tuple(Outcome(path, status, error=message) for path in job.source.parts)
    return Result(Outcome(job.source.name, status, error=message, seconds=round(seconds, 3)), parts=parts)


def _with_pictures(
    settings: Settings, job: Job, record: Record, article: Article
) -> tuple[Article, tuple[Picture, ...]]:
    """Return the article that links to the pictures that were saved with it, and those to be written."""
    start = _folder_of_output(settings, job)
    if settings.media is None:
        document = link_pictures(article.document, record.path, lambda path: _address(path, start))
        return replace(article, document=document), ()
    folder = Path(settings.media)
    document, pictures = extract_pictures(article.document, record, lambda name: _address(folder / name, start))
    return replace(article, document=document), pictures


def _folder_of_output(settings: Settings, job: Job) -> str:
    return str(Path(job.output).parent) if job.output else settings.folder


def _address(path: Path, start: str) -> str:
    """Return a file's address relative to a folder."""
    try:
        return quote(os.path.relpath(path, start).replace(os.sep, "/"))
    except ValueError:  # on different drives
        return path.absolute().as_uri()


def job_key(settings: Settings, job: Job) -> str:
    """Return the key of a job, "" where its input cannot be read."""
    source = job.source
    pages = [replace(source, parts=()), *(Source(path, learned=source.learned) for path in source.parts)]
    return _key_of_all(settings, job, [_read(settings, page) for page in pages])


def _is_up_to_date(settings: Settings, job: Job, known: Entry, key: str) -> bool:
    if known.error:
        return known.key == key and not settings.explain
    if known.key != key or (job.output and _hash_of_file(job.output) != known.sha256):
        return False
    return settings.media is None or all(Path(settings.media, name).is_file() for name in known.pictures)


def _key(settings: Settings, job: Job, record: Record) -> str:
    """Return a hash that changes with anything that the output depends on."""
    path = record.path if settings.to in ("json", "jsonl") else None  # which JSON alone tells
    rules = _rules_state(settings.options.rules)
    places: tuple[object, ...] = (settings.media, settings.folder) if settings.media else ()
    if not settings.media and record.path and has_companion(Path(record.path)):
        places = (_address(Path(record.path).parent, _folder_of_output(settings, job)),)
    places += (record.lines,) if record.lines else ()
    if record.member is not None or record.known is not None:
        places += (record.member, record.url, record.saved_at, record.charset, record.known)
    places += (settings.name,) if settings.name else ()
    places += (settings.filters,) if settings.filters != Filters() else ()
    options = sorted(asdict(settings.options).items())
    taught = (job.source.learned,) if job.source.learned else ()
    made_of = (__version__, settings.to, settings.url, path, options, rules, *places, *taught)
    data = record.data.encode("utf-8", "surrogatepass") if isinstance(record.data, str) else record.data
    return sha256(repr(made_of).encode("utf-8", "surrogatepass") + b"\0" + sha256(data).digest()).hexdigest()


@lru_cache(maxsize=4)
def _rules_state(folders: tuple[str, ...]) -> str:
    """Return a hash of the rule files as they are when the run begins."""
    return fingerprint(folders)


def _hash_of_file(path: str) -> str | None:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def _converted(source: Source, job: Job, article: Article, text: str, seconds: float) -> Outcome:
    return Outcome(
        source.name,
        "converted",
        output=job.output,
        title=article.metadata.title,
        words=count_words(text),
        confidence=article.confidence.score,
        warnings=tuple(article.warnings),
        seconds=round(seconds, 3),
        language=article.metadata.language,
        kind=article.kind,
        text_hash=hash_of_text(text),
    )


def _skipped(job: Job, known: Entry, seconds: float) -> Outcome:
    return Outcome(
        job.source.name,
        known.status if known.error else "skipped",
        output=None if known.error else job.output,
        error=known.error,
        title=known.title,
        words=known.words,
        confidence=known.confidence,
        warnings=known.warnings,
        seconds=round(seconds, 3),
        language=known.language,
        kind=known.kind,
        text_hash=known.text_hash,
    )


def _defect(error: Exception, settings: Settings) -> NewscleanError:
    import traceback  # late: nearly always there is no defect

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


def _unpacked(found: dict[str, Any]) -> object:
    """Return what a JSON object stands for in a packed result."""
    if list(found) == ["bytes"]:
        return found["bytes"].encode("latin-1")
    fields: dict[str, Any] = {name: tuple(it) if isinstance(it, list) else it for name, it in found.items()}
    return Outcome(**fields) if "status" in fields else Picture(**fields) if "data" in fields else fields
