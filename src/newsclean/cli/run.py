"""One call of `newsclean convert`: inputs found, converted, written, reported and told. No options, no extraction."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from newsclean.cli.console import open_console
from newsclean.errors import NewscleanError, OutputError
from newsclean.files import AtomicFile, write_atomic
from newsclean.runs.output import SUFFIXES, Format, Sink, Stdout, Target, name_outputs
from newsclean.runs.read import STDIN, find_sources
from newsclean.runs.removals import Removals, removed_format
from newsclean.runs.report import ALL_FAILED, CLOSED_PIPE, INTERRUPTED, USAGE, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from newsclean.cli.console import Console
    from newsclean.model import Options
    from newsclean.runs.conversion import Result, Settings
    from newsclean.runs.pool import Limits
    from newsclean.runs.read import Arguments, Source
    from newsclean.sites import SiteRule

FoundT = TypeVar("FoundT")

TIMEOUT = 60.0
"""Seconds an input may take by default: hundreds of times what a page takes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One call of `newsclean convert`."""

    target: Target
    to: Format
    options: Options
    url: str | None
    jobs: int | None
    force: bool
    report: str | None
    removed: str | None
    media: str | None
    """The folder that extracted pictures go to."""
    join: bool
    """Whether pages of one article become one output."""
    split: bool
    """Whether each article of a text that holds several becomes an output."""
    learn: bool
    """Whether what repeats on the pages of a site is taken out."""
    strict: bool
    timeout: float | None
    quiet: bool
    verbose: bool

    def convert(self, arguments: Arguments) -> int:
        """Convert and write everything, and return the exit status."""
        ignored = [path for path in (self.target.path, self.report, self.removed) if path]
        findings = find_sources(arguments, ignored)
        sources = findings.sources
        left_out = f"; other files left out: {findings.left_out}" if findings.left_out else ""
        if not (arguments.many or self.split):
            return self._run_one(sources[0]).exit_status(strict=self.strict)
        if not sources:
            say(f"no saved page found{left_out}")
            return ALL_FAILED
        start = perf_counter()
        if self.join:
            sources = self._joined(sources)
        if self.split:
            sources = self._split(sources)
        removals = Removals(self.removed, sources, True, self.target)
        console = open_console(None if self.quiet else len(sources))
        report = self._show(self._many(sources), console, self._sink(), removals)
        if not self.quiet:
            say(f"{report.summary()} in {perf_counter() - start:.1f} s{left_out}")
        return report.exit_status(strict=self.strict)

    def _run_one(self, source: Source) -> Report:
        path = Path(self.target.path)
        removals = Removals(self.removed, [source], False, self.target)
        if self.target.kind == "folder":
            path /= name_outputs([source.place], SUFFIXES[self.to])[0]
        if self.target.kind == "stdout":
            return self._show(self._one(source, None), open_console(None), self._sink(), removals)
        if source.path != STDIN and path.exists() and path.samefile(source.path):
            raise OutputError("is the input itself", source=str(path), remedy="give another name")
        return self._show(self._one(source, str(path)), open_console(None), AtomicFile(path), removals)

    def _one(self, source: Source, output: str | None) -> Generator[Result, None, None]:
        """Yield the result of a single input, in this process unless a time limit asks for one that can be ended."""
        from newsclean.runs.conversion import Job, convert_here  # the help needs no parser

        settings = self._settings()
        if self.timeout is None:
            yield convert_here(settings, Job(source.path, output), TIMEOUT)
            return
        from newsclean.runs.many import convert_stream  # multiprocessing takes as long as a page
        from newsclean.runs.pool import Limits

        yield from convert_stream([source], settings, [output], workers=1, limits=Limits(self.timeout))

    def _many(self, sources: Sequence[Source]) -> Generator[Result, None, None]:
        from newsclean.runs.many import convert_folder, convert_stream, default_workers
        from newsclean.runs.pool import Limits

        settings = self._settings()
        workers = min(self.jobs or default_workers(), len(sources))
        limits = Limits(TIMEOUT if self.timeout is None else self.timeout)
        learned = self._learned(sources, workers, limits) if self.learn else ()
        if self.target.kind == "folder":
            folder = self.target.path
            force = self.force or self.removed is not None  # what an earlier run took out is written nowhere
            return convert_folder(
                sources, folder, settings, workers=workers, limits=limits, force=force, learned=learned
            )
        return convert_stream(sources, settings, workers=workers, limits=limits, learned=learned)

    def _learned(self, sources: Sequence[Source], workers: int, limits: Limits) -> tuple[SiteRule | None, ...]:
        """Return what is learned for each source; all of them are looked at."""
        from newsclean.runs.learning import learn_from

        with open_console(None if self.quiet else len(sources)) as console:
            lessons = learn_from(
                sources, self.options, url=self.url, workers=workers, limits=limits, advance=console.advance
            )
        if not self.quiet:
            taught = [site for site in lessons.sites if site.rule]
            say(f"learned what repeats on {len(taught)} of {len(lessons.sites)} sites")
        return lessons.rules

    def _joined(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Return the sources with the further pages of an article as parts of its first; all pages are looked at."""
        from newsclean.runs.joining import join_sources, look

        return join_sources(sources, self._looked_at(partial(look, self.options.encoding), sources))

    def _split(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Return the sources with one for each article where a text holds several."""
        from newsclean.runs.splitting import hold, split

        sources = [hold(source) for source in sources]
        parts = self._looked_at(partial(split, self.options), sources)
        return tuple(part for source, own in zip(sources, parts, strict=True) for part in own or (source,))

    def _looked_at(self, look: Callable[[Source], FoundT | None], sources: Sequence[Source]) -> list[FoundT | None]:
        """Return what a look at each source gives, None where it fails."""
        from newsclean.runs.many import default_workers  # multiprocessing takes as long as a page
        from newsclean.runs.pool import Limits, run_jobs

        limits = Limits(TIMEOUT if self.timeout is None else self.timeout)
        workers = min(self.jobs or default_workers(), len(sources))
        found: list[FoundT | None] = [None] * len(sources)
        for number, _, answer in run_jobs(look, sources, workers=workers, limits=limits):
            found[number] = None if isinstance(answer, NewscleanError) else answer
        return found

    def _settings(self) -> Settings:
        from newsclean.runs.conversion import Settings  # the help needs no parser

        folder = str(Path(self.target.path).parent) if self.target.kind == "file" else "."
        removed = removed_format(self.removed)
        return Settings(self.options, self.to, self.url, self.verbose, removed, self.media, folder)

    def _sink(self) -> Sink:
        """Return where bytes go that are not for a file of their own."""
        if self.target.kind != "stdout":
            return AtomicFile(Path(self.target.path))
        if sys.stdout is None:
            raise OutputError("stdout is closed", remedy="-o FILE")
        return Stdout(sys.stdout.buffer)

    def _show(self, results: Generator[Result, None, None], console: Console, sink: Sink, removals: Removals) -> Report:
        """Write and tell each result as it comes, and return the counts."""
        report = Report()
        try:
            with closing(results), console, sink, removals, _report_file(self.report) as lines:
                for result in results:
                    for outcome in (result.outcome, *result.parts):
                        report.add(outcome)
                        if lines:
                            lines.write(outcome.to_json())
                            lines.flush()
                    self._write_pictures(result)
                    if result.content is not None:
                        sink.write(result.content)
                    removals.write(result.removed)
                    self._tell(result, console)
                    console.advance()
        except BrokenPipeError:
            raise
        except OSError as error:
            name = error.filename or "output"
            raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=str(name)) from error
        return report

    def _write_pictures(self, result: Result) -> None:
        """Write what is not there yet: a picture's name tells its content."""
        for picture in result.pictures:
            path = Path(self.media or ".", picture.name)
            if not path.is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(path, picture.data)

    def _tell(self, result: Result, console: Console) -> None:
        """Say what the user should know of a result: errors always, doubts and reasons where asked for."""
        outcome = result.outcome
        for part in result.parts:
            if part.error:
                console.say(f"newsclean: {part.path}: {part.error}")
        if self.verbose:
            for line in (outcome.path, *result.explanation):
                console.say(line)
        if outcome.error:
            console.say(f"newsclean: {outcome.path}: {outcome.error}")
        if self.quiet or not outcome.succeeded:
            return
        if outcome.is_doubtful and (self.strict or self.target.kind != "folder"):
            console.say(f"newsclean: {outcome.path}: low confidence {outcome.confidence:.2f}")
        if self.target.kind != "folder":
            for warning in outcome.warnings:
                console.say(f"newsclean: {outcome.path}: {warning}")


@contextmanager
def _report_file(path: str | None) -> Iterator[BinaryIO | None]:
    if path is None:
        yield None
        return
    if Path(path).is_file():
        with Path(path).open("rb") as old:
            if old.read(1) not in (b"", b"{"):  # `--report *.html` with its value forgotten
                raise OutputError("is there and is no report", source=path, remedy="give another name, or remove it")
    with Path(path).open("wb") as file:
        yield file


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
    open_console(None).say(f"newsclean: {message}")
