"""One run over many inputs: found, converted in parallel, written by this process alone, told of in their order.

No extraction knowledge, no terminal.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, cast

from newsclean.errors import ConversionTimeoutError, NewscleanError, OutputError
from newsclean.files import AtomicFile, GrowingFile, holds, may_replace, naming, remove_leftovers, write_atomic
from newsclean.runs.conversion import Job, Result, Settings, convert_alone, convert_job, failed_job
from newsclean.runs.drawn import Drawn
from newsclean.runs.find import Choice, count_files, find_sources, select
from newsclean.runs.journal import Journal
from newsclean.runs.members import Members, holds_pages, unfold
from newsclean.runs.names import GivenNames
from newsclean.runs.options import Progress, RunOptions
from newsclean.runs.output import (
    ONE_FOR_ALL,
    SUFFIXES,
    OutputNames,
    Removals,
    Target,
    refuse_to_replace,
    removed_format,
)
from newsclean.runs.process import CAN_FORK, Limits, default_workers
from newsclean.runs.read import STDIN, Source
from newsclean.runs.store import kept, named, store

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from newsclean.model import Options
    from newsclean.runs.find import Arguments
    from newsclean.runs.journal import Entry
    from newsclean.runs.output import Sink
    from newsclean.runs.report import Outcome
    from newsclean.runs.sqlite import SqliteFile


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
        target_path = target.path if target else ""
        ignored = [path for path in (target_path, how.report, how.removed) if path]
        in_table = target is not None and target.kind in ("table", "shards")
        has_journal = in_table or (how.name is not None and target is not None and target.kind == "folder")
        is_single = target is not None and not (arguments.many or how.split or has_journal or how.dry_run)
        files = find_sources(arguments, ignored)
        if is_single and target and arguments.given[0].path == STDIN and _takes_several(target, how):
            source = self._members().load(next(files))
            files, is_single = iter((source,)), not holds_pages(source)
        sources = select(files if is_single else unfold(map(self._members().load, files), how.url), how.choice)
        found = sources if is_single else self._prepared(sources)
        drawn = Drawn(found, count_files(arguments) if self.progress and how.choice == Choice() else iter(()))
        given = [argument.path for argument in arguments.given]
        removals = Removals(None if how.dry_run else how.removed, given, not is_single, target_path, force=how.force)
        settings = self._settings(target)
        sink: Sink | None = None
        if is_single and target:
            source = next(drawn.inputs())
            output = self._single_output(source, target)
            results = self.single(source, output, settings)
            sink = AtomicFile(Path(output)) if output else stdout
        elif target and target.kind == "folder":
            results = self.folder(drawn.inputs(), target.path, settings)
        else:
            sink = self._sink(target, stdout) if target and not how.dry_run else None
            results = self.stream(drawn.inputs(), settings, sink)
        yield from self._finish(drawn, results, sink, removals)

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
                result = kept(result)
        yield result

    def stream(
        self, sources: Iterable[Source], settings: Settings, sink: Sink | None = None
    ) -> Generator[Result, None, None]:
        """Yield a result a source, in their order, with the bytes of its article unless the sink holds it already."""
        is_redone = self.how.force or settings.removed or settings.dedupe
        find = None if is_redone else getattr(sink, "find", None)

        def known(source: Source) -> Entry | None:
            entry: Entry | None = find(source) if find else None
            return None if entry and entry.error and self.how.retry_failed else entry

        jobs = (Job(source, known=known(source)) for source in sources)
        yield from self._distinct(jobs, partial(self._convert, settings=settings), settings)

    def beside(self, sources: Iterable[Source], settings: Settings) -> Generator[tuple[Source, Result], None, None]:
        """Yield sources that are read already with their results, in their order, also what is left out."""
        drawn = Drawn(sources, iter(()))
        with closing(self.stream(drawn.inputs(), settings)) as results:
            yield from drawn.beside(results)

    def folder(self, sources: Iterable[Source], folder: str, settings: Settings) -> Generator[Result, None, None]:
        """Write an article a source into the folder, and yield results in the order of the sources.

        Sources whose output is up to date from an earlier run are skipped. Closing the iterator leaves what is
        written; the next run goes on from there.
        """
        sources = iter(sources)
        first = next(sources, None)
        if first is None:
            return
        with Journal(folder, read_only=self.how.dry_run) as journal:
            suffix = SUFFIXES[settings.to or "markdown"]
            names = OutputNames(suffix, folder, lambda name: journal.find(name) is not None)
            given = GivenNames(settings.name, folder, suffix, journal) if settings.name else None
            jobs = self._folder_jobs(chain((first,), sources), folder, names, journal, given)
            finish = partial(store, self.how, settings, journal, Path(folder))
            convert = partial(self._convert, settings=settings, finish=finish)
            if given is not None:  # in order, for who comes first is called as the pattern has it, the next is numbered

                def finish_named(job: Job, result: Result) -> Result:
                    return finish(*named(given, folder, job, result))

                convert = partial(self._convert, settings=settings, finish=finish_named, in_turn=True)
            yield from self._distinct(jobs, convert, settings, journal)

    def _distinct(
        self,
        jobs: Iterable[Job],
        convert: Callable[[Iterable[Job]], Generator[Result, None, None]],
        settings: Settings,
        journal: Journal | None = None,
    ) -> Generator[Result, None, None]:
        """Yield the results of converting the jobs, without copies where that is asked for."""
        if settings.dedupe is None or settings.dry_run:
            yield from convert(jobs)
            return
        from newsclean.runs.dedupe import only_first

        def advance(done: int) -> None:
            self._tell(Progress("compare", done, done))

        yield from only_first(jobs, settings.dedupe, convert, journal, advance, force=self.how.force)

    def _folder_jobs(
        self, sources: Iterable[Source], folder: str, names: OutputNames, journal: Journal, given: GivenNames | None
    ) -> Iterator[Job]:
        how = self.how
        is_redone = how.force or (how.removed and not how.dry_run)  # what an earlier run took out is written nowhere
        cleaned: set[Path] = set()
        for source in sources:
            name = names.name(source)
            known = given.known(name) if given else journal.find(name)
            planned = given.planned(name) if given and how.dry_run else name
            output = Path(folder, known.output if known else planned)
            if output.parent not in cleaned and not how.dry_run:
                cleaned.add(output.parent)
                remove_leftovers(output.parent)
            is_copy = known is not None and known.status == "duplicate"
            is_retried = known and known.error and (how.retry_failed if not is_copy else how.dedupe is None)
            is_passed_over = is_redone or is_retried
            yield Job(source, str(output), None if is_passed_over else known, name if given else None)

    def _prepared(self, found: Iterable[Source]) -> Iterable[Source]:
        """Return the sources after what has to be done with all of them before the first is converted."""
        how = self.how
        if not (how.join_pages or how.split or how.learn):
            return found
        from newsclean.runs import prepare

        sources = tuple(found)
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
        removed = None if how.dry_run else removed_format(how.removed)
        shared = (how.explain, removed, how.media, folder, how.dry_run, how.filters)
        name = how.name if target and target.kind == "folder" else None
        return Settings(options, to, how.url, *shared, name, how.dedupe)

    def _single_output(self, source: Source, target: Target) -> str | None:
        """Return the file that the one article goes to, None for stdout."""
        if target.kind == "stdout":
            return None
        path = Path(target.path)
        if target.kind == "folder":
            path /= OutputNames(SUFFIXES[self.how.to], target.path).name(source)
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
        *,
        in_turn: bool = False,
    ) -> Generator[Result, None, None]:
        from newsclean.runs.pool import in_order, run_jobs  # multiprocessing takes as long as a page

        limits = self.how.limits
        work = partial(self.convert, settings)
        workers = self.workers or default_workers()
        members = self._members()
        loaded = (replace(job, source=members.load(job.source)) for job in jobs)
        answers = run_jobs(work, loaded, workers=workers, limits=limits)
        with closing(answers):
            done = ((number, job, _result(job, answer, limits)) for number, job, answer in answers)
            if in_turn:
                yield from (finish(job, result) for job, result in in_order(done))
            else:
                ready = ((number, job, finish(job, result)) for number, job, result in done)
                yield from (result for _, result in in_order(ready))

    def _members(self) -> Members:
        """Return what reads here what a worker cannot reach: stdin, pipes of the shell, the pages of containers."""
        return Members(self.how.url, pictures=self.how.media is not None, seconds=self.how.limits.seconds)

    def _finish(
        self, drawn: Drawn, results: Generator[Result, None, None], sink: Sink | None, removals: Removals
    ) -> Generator[Outcome, None, None]:
        """Write what is not written yet, and yield the outcomes; what is left out has one of its own."""
        done = count(1)
        try:
            with closing(results), ExitStack() as files:
                report = files.enter_context(open_report(self.how.report)) if self.how.report else None
                for file in (sink, removals):
                    if file is not None:
                        files.enter_context(file)
                for source, result in drawn.beside(results):
                    result = self._written(source, result, sink, removals)
                    if report:
                        for outcome in (result.outcome, *result.parts):
                            report.write(outcome.to_json())
                    for outcome in (*result.parts, result.outcome):
                        self._tell(Progress("convert", next(done), drawn.total(), outcome, source.by_name))
                        yield outcome
        except BrokenPipeError:
            raise
        except OSError as error:
            name = error.filename or "output"
            raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=str(name)) from error

    def _written(self, source: Source, result: Result, sink: Sink | None, removals: Removals) -> Result:
        """Write pictures, whose names tell their content, what was removed, and the article unless that is done."""
        if source.left_out or self.how.dry_run:
            return result
        for picture in result.pictures:
            path = Path(self.how.media or ".", picture.name)
            if not path.is_file():
                write_atomic(path, picture.data)
        if self.how.to == "sqlite" and sink is not None:
            if result.outcome.status == "duplicate":
                cast("SqliteFile", sink).remove(source)  # as an earlier run may have written it
            elif result.outcome.status == "no_article" and result.key:
                cast("SqliteFile", sink).note_failure(source, result.outcome, result.key)
        if result.content is not None and sink is not None:
            if self.how.to == "sqlite":
                cast("SqliteFile", sink).write(result.content, result.key)
            else:
                sink.write(result.content)
        edited = removals.write(source, result.removed)
        return kept(result, edited) if edited else result


def open_report(path: str) -> GrowingFile:
    """Open the file of a report. Raises OutputError rather than write over something else."""
    if Path(path).is_file():
        with Path(path).open("rb") as old:
            if old.read(1) not in (b"", b"{"):  # `--report *.html` with its value forgotten
                raise OutputError("exists and is not a report", source=path, remedy="give another name, or remove it")
    with naming(Path(path)):
        return GrowingFile(Path(path))


def _result(job: Job, answer: Result | NewscleanError, limits: Limits) -> Result:
    if not isinstance(answer, NewscleanError):
        return answer
    return failed_job(job, answer, limits.seconds if isinstance(answer, ConversionTimeoutError) else 0.0)


def _takes_several(target: Target, how: RunOptions) -> bool:
    """Return whether there is a place for each page of a container, though one input was given."""
    return target.kind == "folder" or how.to in ONE_FOR_ALL
