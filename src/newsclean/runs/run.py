"""One run over many inputs: found, converted in parallel, written by this process alone, told of in their order.

No extraction knowledge, no terminal.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from newsclean.errors import ConversionTimeoutError, NewscleanError, OutputError
from newsclean.files import AtomicFile, GrowingFile, holds, may_replace, naming, remove_leftovers, write_atomic
from newsclean.runs.conversion import Job, Result, Settings, convert_alone, convert_job, failed_job
from newsclean.runs.find import find_sources
from newsclean.runs.journal import Entry, Journal
from newsclean.runs.members import Members, unfold
from newsclean.runs.output import EDITED, SUFFIXES, Removals, Target, name_outputs, refuse_to_replace, removed_format
from newsclean.runs.process import CAN_FORK, Limits, default_workers
from newsclean.runs.read import STDIN, Source
from newsclean.runs.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from newsclean.model import Options
    from newsclean.runs.find import Arguments
    from newsclean.runs.output import Format, Sink
    from newsclean.runs.sqlite import SqliteFile


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How inputs are converted together; what is done with each page is said by Options. Plain data."""

    to: Format = "markdown"
    """Format of the outputs."""
    url: str | None = None
    """Where the pages were saved from, where they do not say it."""
    join_pages: bool = False
    """Whether the pages of one article, saved in one folder, become one article."""
    split: bool = False
    """Whether each article of a text that holds several becomes one of its own."""
    learn: bool = False
    """Whether what repeats on the pages of a site is taken out of them, after a first look at all."""
    force: bool = False
    """Whether to convert again what is up to date, and to write over what was edited or is somebody else's."""
    report: str | None = None
    """File for a line of JSON an input."""
    removed: str | None = None
    """File or folder for the lists of what was taken out."""
    media: str | None = None
    """Folder for the pictures saved with the pages, which the articles then link to."""
    explain: bool = False
    """Whether outcomes say for each block of the page why it was kept or dropped."""
    limits: Limits = Limits()
    """What one input may take."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    stage: Literal["learn", "convert"]
    done: int
    total: int
    """Inputs of this stage that are done, and all of them."""
    outcome: Outcome | None = None
    """What became of the input that was done last."""
    by_name: bool = True
    """Whether it was named by the caller, and not found in a folder."""
    note: str | None = None
    """What the stage as a whole came to, at its end."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over some inputs."""

    options: Options
    how: RunOptions
    workers: int | None = None
    progress: Callable[[Progress], None] | None = None
    convert: Callable[[Settings, Job], Result] = convert_job
    """What is done with each; tests give pages that misbehave."""

    def outcomes(
        self, arguments: Arguments, target: Target | None, stdout: Sink | None = None
    ) -> Generator[Outcome, None, None]:
        """Convert and write everything, and yield what became of each input, in their order."""
        how = self.how
        ignored = [path for path in (target and target.path, how.report, how.removed) if path]
        in_table = target is not None and target.kind in ("table", "shards")
        is_single = target is not None and not (arguments.many or how.split or in_table)
        found = find_sources(arguments, ignored)
        sources: Sequence[Source] = tuple(found if is_single else unfold(found))
        if not is_single:
            sources = self._prepared(sources)
        inputs = [source for source in sources if not source.left_out]
        removals = Removals(how.removed, inputs, not is_single, target or Target("stdout"), force=how.force)
        settings = self._settings(target)
        sink: Sink | None = None
        if is_single and target:
            output = self._single_output(inputs[0], target)
            results = self.single(inputs[0], output, settings)
            sink = AtomicFile(Path(output)) if output else stdout
        elif target and target.kind == "folder":
            results = self.folder(inputs, target.path, settings)
        else:
            sink = self._sink(target, stdout) if target else None
            results = self.stream(inputs, settings, sink)
        yield from self._finish(sources, results, sink, removals)

    def single(self, source: Source, output: str | None, settings: Settings) -> Generator[Result, None, None]:
        """Yield the result of one input, which needs no workers to be started."""
        if CAN_FORK:
            job = Job(self._members().load(source), output)
            result = convert_alone(settings, job, self.how.limits, self.convert)
        else:
            (result,) = self._convert([Job(source, output)], settings)
        if output and result.content is not None and not self.how.force:
            path = Path(output)
            if not may_replace(path) and not holds(path, result.content):
                result = _kept(result)
        yield result

    def stream(
        self, sources: Sequence[Source], settings: Settings, sink: Sink | None = None
    ) -> Generator[Result, None, None]:
        """Yield a result a source, in their order, with the bytes of its article unless the sink holds it already."""
        find = None if self.how.force or settings.removed else getattr(sink, "find", None)
        yield from self._convert((Job(source, known=find(source) if find else None) for source in sources), settings)

    def folder(self, sources: Sequence[Source], folder: str, settings: Settings) -> Generator[Result, None, None]:
        """Write an article a source into the folder, and yield results in the order of the sources.

        Sources whose output is up to date from an earlier run are skipped. Closing the iterator leaves what is
        written; the next run goes on from there.
        """
        if not sources:
            return
        names = plan_outputs(sources, folder, settings.to or "markdown")
        is_redone = self.how.force or settings.removed is not None  # what an earlier run took out is written nowhere
        with Journal(folder) as journal:
            for parent in {Path(folder, name).parent for name in names}:
                remove_leftovers(parent)
            jobs = (
                Job(source, str(Path(folder, name)), None if is_redone else journal.find(name))
                for source, name in zip(sources, names, strict=True)
            )
            yield from self._convert(jobs, settings, partial(_store, journal, Path(folder), self.how.force))

    def _prepared(self, sources: Sequence[Source]) -> Sequence[Source]:
        """Return the sources after what has to be done with all of them before the first is converted."""
        how = self.how
        if not (how.join_pages or how.split or how.learn):
            return sources
        from newsclean.runs import prepare

        left_out = [source for source in sources if source.left_out]
        inputs: Sequence[Source] = [source for source in sources if not source.left_out]
        shared = (self.options, self._workers(len(inputs)), how.limits)
        if how.join_pages:
            inputs = prepare.join(inputs, *shared)
        if how.split:
            inputs = prepare.split(inputs, *shared)
        if how.learn:
            done = count(1)

            def advance(note: str | None) -> None:
                self._tell(Progress("learn", len(inputs) if note else next(done), len(inputs), note=note))

            inputs = prepare.learn(inputs, *shared, how.url, advance)
        return (*left_out, *inputs)

    def _workers(self, inputs: int) -> int:
        return max(1, min(self.workers or default_workers(), inputs))

    def _tell(self, progress: Progress) -> None:
        if self.progress:
            self.progress(progress)

    def _settings(self, target: Target | None) -> Settings:
        how = self.how
        options = replace(self.options, saved_pictures=self.options.saved_pictures or how.media is not None)
        folder = str(Path(target.path).parent) if target and target.kind == "file" else "."
        to = how.to if target else None
        return Settings(options, to, how.url, how.explain, removed_format(how.removed), how.media, folder)

    def _single_output(self, source: Source, target: Target) -> str | None:
        """Return the file that the one article goes to, None for stdout."""
        if target.kind == "stdout":
            return None
        path = Path(target.path)
        if target.kind == "folder":
            path /= name_outputs([source.place], SUFFIXES[self.how.to])[0]
        if source.path != STDIN and path.exists() and Path(source.path).exists() and path.samefile(source.path):
            raise OutputError("is the input itself", source=str(path), remedy="give another name")
        return str(path)

    def _sink(self, target: Target, stdout: Sink | None) -> Sink | None:
        """Return where the articles of a stream go."""
        if target.kind == "stdout":
            return stdout
        if target.kind != "file":
            from newsclean.runs.tables import open_table  # rarely needed

            facts = {"url": self.how.url or "", "options": repr(self.options)}
            return open_table(target, facts, force=self.how.force)
        if not self.how.force:
            refuse_to_replace(Path(target.path))
        return AtomicFile(Path(target.path))

    def _convert(
        self,
        jobs: Iterable[Job],
        settings: Settings,
        finish: Callable[[Job, Result], Result] = lambda _, result: result,
    ) -> Generator[Result, None, None]:
        from newsclean.runs.pool import in_order, run_jobs  # multiprocessing takes as long as a page

        jobs = list(jobs)
        limits = self.how.limits
        work = partial(self.convert, settings)
        members = self._members()
        loaded = (replace(job, source=members.load(job.source)) for job in jobs)
        answers = run_jobs(work, loaded, workers=self._workers(len(jobs)), limits=limits)
        with closing(answers):
            done = ((number, job, finish(job, _result(job, answer, limits))) for number, job, answer in answers)
            for _, result in in_order(done):
                yield result

    def _members(self) -> Members:
        """Return what reads here what a worker cannot reach: stdin, pipes of the shell, the pages of containers."""
        return Members(self.how.url, pictures=self.how.media is not None, seconds=self.how.limits.seconds)

    def _finish(
        self,
        sources: Sequence[Source],
        results: Generator[Result, None, None],
        sink: Sink | None,
        removals: Removals,
    ) -> Generator[Outcome, None, None]:
        """Write what is not written yet, and yield the outcomes; what is left out has one of its own."""
        total = sum(1 + len(source.parts) for source in sources)
        done = count(1)
        try:
            with closing(results), ExitStack() as files:
                report = files.enter_context(open_report(self.how.report)) if self.how.report else None
                for file in (sink, removals):
                    if file is not None:
                        files.enter_context(file)
                for source in sources:
                    result = _left_out(source) if source.left_out else next(results)
                    for outcome in (result.outcome, *result.parts):
                        if report:
                            report.write(outcome.to_json())
                    self._write(result, sink)
                    if not source.left_out:
                        removals.write(result.removed)
                    for outcome in (*result.parts, result.outcome):
                        self._tell(Progress("convert", next(done), total, outcome, source.by_name))
                        yield outcome
                next(results, None)  # it has an end of its own, which is not that of a run broken off
        except BrokenPipeError:
            raise
        except OSError as error:
            name = error.filename or "output"
            raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=str(name)) from error

    def _write(self, result: Result, sink: Sink | None) -> None:
        """Write the article, if that is not done yet, and pictures; their names tell their content."""
        for picture in result.pictures:
            path = Path(self.how.media or ".", picture.name)
            if not path.is_file():
                write_atomic(path, picture.data)
        if result.content is not None and sink is not None:
            if self.how.to == "sqlite":
                cast("SqliteFile", sink).write(result.content, result.key)
            else:
                sink.write(result.content)


def open_report(path: str) -> GrowingFile:
    """Open the file of a report. Raises OutputError rather than write over something else."""
    if Path(path).is_file():
        with Path(path).open("rb") as old:
            if old.read(1) not in (b"", b"{"):  # `--report *.html` with its value forgotten
                raise OutputError("is there and is no report", source=path, remedy="give another name, or remove it")
    with naming(Path(path)):
        return GrowingFile(Path(path))


def _result(job: Job, answer: Result | NewscleanError, limits: Limits) -> Result:
    if not isinstance(answer, NewscleanError):
        return answer
    return failed_job(job, answer, limits.seconds if isinstance(answer, ConversionTimeoutError) else 0.0)


def _left_out(source: Source) -> Result:
    return Result(Outcome(source.name, "left_out", error=source.problem.message if source.problem else None))


def _kept(result: Result) -> Result:
    """Return a result whose article is not written, for something else is in its place."""
    message = f"{result.outcome.output} {EDITED}, and is kept (force=True writes over it)"
    return replace(result, outcome=replace(result.outcome, status="kept", error=message), content=None, pictures=())


def _store(journal: Journal, folder: Path, force: bool, job: Job, result: Result) -> Result:
    """Put down in the journal and write the article of a result, and return the result without the bytes."""
    if result.content is None or job.output is None:
        return result
    path, outcome = Path(job.output), result.outcome
    name = path.relative_to(folder).as_posix()
    digest = sha256(result.content).hexdigest()
    pictures = tuple(picture.name for picture in result.pictures)
    known = (outcome.title, outcome.words, outcome.confidence, outcome.warnings)
    try:
        if not force and not journal.is_own(name, result.content):
            return _kept(result)
        journal.record(Entry(name, result.key, digest, *known, pictures))
        write_atomic(path, result.content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return failed_job(job, OutputError(f"cannot write {job.output}: {reason}"), outcome.seconds)
    return replace(result, content=None)


def plan_outputs(sources: Sequence[Source], folder: str, to: Format) -> list[str]:
    """Return each source's output below the folder. No input is ever written over, should they share the folder."""
    root = Path(folder).resolve()
    inputs = [Path(path).resolve() for path in dict.fromkeys(source.path for source in sources) if path != STDIN]
    taken = [path.relative_to(root).as_posix() for path in inputs if path.is_relative_to(root)]
    return name_outputs([source.place for source in sources], SUFFIXES[to], taken)
