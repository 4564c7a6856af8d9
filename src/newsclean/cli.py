"""The command line: click commands that collect options, call the library and show the result. No extraction here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar, get_args

import click
from click.shell_completion import CompletionItem
from click_default_group import DefaultGroup  # type: ignore[import-untyped]

from newsclean import __version__
from newsclean.console import open_console, printable
from newsclean.errors import OutputError
from newsclean.model import Engine, Keep, Options
from newsclean.output import SUFFIXES, AtomicFile, Format, Stdout, Target, choose_target, name_outputs
from newsclean.read import STDIN, expand_arguments, find_sources
from newsclean.report import CLOSED_PIPE, INTERRUPTED, USAGE, Report

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from newsclean.console import Console
    from newsclean.conversion import Result
    from newsclean.read import Arguments, Source

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

TIMEOUT = 60.0
"""Seconds an input may take by default: hundreds of times what a page takes."""

SCHEMA_FILE = "schema.json"

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class MainGroup(DefaultGroup):  # type: ignore[misc] # an untyped library
    """A group whose help and completion also offer what its default command takes."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the default command's usage."""
        pieces: list[str] = self._default().collect_usage_pieces(ctx)
        return pieces

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the default command's options and those of the group, then the commands."""
        records = (param.get_help_record(ctx) for param in (*self._default().get_params(ctx), *self.params))
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record])
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands, the default command's options, and files."""
        items: list[CompletionItem] = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return [*items, *self._default().shell_complete(ctx, incomplete)]
        return [*items, CompletionItem(incomplete, type="file")]

    def _default(self) -> click.Command:
        command: click.Command = self.commands[self.default_cmd_name]
        return command


def conversion_options(command: CommandT) -> CommandT:
    """Add the flags that say how a page is converted."""
    flags = (
        click.option("--url", metavar="URL", help="Where the page was saved from: the base of its links."),
        click.option("--encoding", metavar="NAME", help="Decode with this encoding, whatever the page says."),
        click.option(
            "--input-kind",
            type=click.Choice(["auto", "html", "text"]),
            default="auto",
            help="What the input is. By default its content tells.",
        ),
        click.option(
            "--engine",
            type=click.Choice(get_args(Engine)),
            default="auto",
            help="What tells the article from the rest.",
        ),
        click.option(
            "--keep",
            type=click.Choice(get_args(Keep)),
            default="balanced",
            help="Where in doubt: precision drops, recall keeps.",
        ),
        click.option("--front-matter/--no-front-matter", default=True, help="YAML metadata on top of Markdown."),
        click.option("--links/--no-links", default=True, help="Keep the targets of links."),
        click.option("--images/--no-images", default=True, help="Keep images."),
    )
    for flag in reversed(flags):
        command = flag(command)
    return command


@click.group(
    cls=MainGroup,
    default="convert",
    default_if_no_args=True,
    context_settings=HELP_NAMES,
    epilog="\b\nExamples:\n  newsclean page.html > article.md\n  newsclean pages/ -o articles/ --report report.jsonl",
)
@click.version_option(__version__, "--version", message="newsclean %(version)s")
def cli() -> None:
    """Turn saved web pages into clean Markdown or JSON: the article alone.

    Takes HTML and flattened text, from files, folders, globs or stdin, and never touches the network.
    """


@click.command(
    epilog="""\b
Examples:
  newsclean page.html > article.md
  newsclean -t json --url https://example.org/news/1 < page.html
  newsclean pages/ -o articles/ -j 4 --report report.jsonl
  newsclean 'pages/**/*.html' -t jsonl -o articles.jsonl

\b
Exit status: 0 all converted; 1 some inputs failed or had no article;
2 wrong usage; 3 all failed; 130 interrupted.
"""
)
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path())
@click.option("-t", "--to", type=click.Choice(get_args(Format)), default="markdown", help="Format of the output.")
@click.option(
    "-o", "--output", type=click.Path(), help="A file for one input, a folder for many; - is stdout, the default."
)
@conversion_options
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes for many inputs. Default: processors.")
@click.option("--force", is_flag=True, help="Convert again what is up to date in the output folder.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write a line of JSON for every input to this file.")
@click.option("--strict", is_flag=True, help="Exit with 1 also for articles of low confidence.")
@click.option(
    "--timeout", type=click.FloatRange(min=0), metavar="SECONDS", help=f"Limit for an input, 0 for none. [{TIMEOUT:g}]"
)
@click.option("-q", "--quiet", is_flag=True, help="Only errors on stderr: no progress, warnings or summary.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr for every block why it was kept or dropped.")
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    to: Format,
    output: str | None,
    jobs: int | None,
    force: bool,
    report: str | None,
    strict: bool,
    timeout: float | None,
    quiet: bool,
    verbose: bool,
    url: str | None,
    **flags: Any,
) -> None:
    """Convert saved pages: files, folders, globs, or - for stdin, which is also read if there is no INPUT.

    One page goes to stdout. Pages of a folder go to the folder -o, in the same tree: a/b.html becomes a/b.md there.
    A second run converts only what changed. Several pages in one stream: -t jsonl, one object a line.
    """
    if not inputs and (sys.stdin is None or sys.stdin.isatty()):
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)
    try:
        arguments = expand_arguments(inputs or (STDIN,))
        target = choose_target(output, to, arguments.many)
        run = _Run(target, to, Options(**flags), url, jobs, force, report, strict, timeout, quiet, verbose)
        status = run.convert(arguments)
    except OutputError as error:
        raise click.UsageError(printable(str(error)), ctx) from error
    except BrokenPipeError:
        _leave_closed_pipe()
        status = CLOSED_PIPE
    except KeyboardInterrupt:
        status = INTERRUPTED
    ctx.exit(status)


@dataclass(frozen=True, slots=True)
class _Run:
    """One call of `newsclean convert`."""

    target: Target
    to: Format
    options: Options
    url: str | None
    jobs: int | None
    force: bool
    report: str | None
    strict: bool
    timeout: float | None
    quiet: bool
    verbose: bool

    def convert(self, arguments: Arguments) -> int:
        """Convert and write everything, and return the exit status."""
        ignored = [path for path in (self.target.path, self.report) if path]
        findings = find_sources(arguments, ignored)
        sources = findings.sources
        start = perf_counter()
        if not arguments.many:
            report = self._show(self._one(sources[0]), open_console(None), self._sink(sources[0]))
        elif sources:
            console = open_console(None if self.quiet else len(sources))
            report = self._show(self._many(sources), console, self._sink(None))
        else:
            report = Report()
        if arguments.many and (not self.quiet or not sources):
            left_out = f"; {findings.left_out} files are no saved pages" if findings.left_out else ""
            _say(f"{report.summary()} in {perf_counter() - start:.1f} s{left_out}")
        return report.exit_status(strict=self.strict)

    def _one(self, source: Source) -> Generator[Result, None, None]:
        """Yield the result of a single input, in this process unless a time limit asks for one that can be ended."""
        from newsclean.conversion import Job, Settings, convert_here  # the help needs no parser

        settings = Settings(self.options, self.to, self.url, self.verbose)
        if self.timeout is None:
            yield convert_here(settings, Job(source.path), TIMEOUT)
            return
        from newsclean.batch import convert_stream  # multiprocessing takes as long as a page
        from newsclean.pool import Limits

        yield from convert_stream([source], settings, workers=1, limits=Limits(self.timeout))

    def _many(self, sources: Sequence[Source]) -> Generator[Result, None, None]:
        from newsclean.batch import convert_folder, convert_stream, default_workers
        from newsclean.conversion import Settings
        from newsclean.pool import Limits

        settings = Settings(self.options, self.to, self.url, self.verbose)
        workers = min(self.jobs or default_workers(), len(sources))
        limits = Limits(TIMEOUT if self.timeout is None else self.timeout)
        if self.target.kind == "folder":
            folder = self.target.path
            return convert_folder(sources, folder, settings, workers=workers, limits=limits, force=self.force)
        return convert_stream(sources, settings, workers=workers, limits=limits)

    def _sink(self, source: Source | None) -> AtomicFile | Stdout:
        """Return where bytes go; `source` is the single input, whose name an article in a folder takes."""
        if self.target.kind == "stdout":
            if sys.stdout is None:
                raise OutputError("stdout is closed", remedy="-o FILE")
            return Stdout(click.get_binary_stream("stdout"))
        path = Path(self.target.path)
        if source is not None:
            if self.target.kind == "folder":
                path /= name_outputs([source.place], SUFFIXES[self.to])[0]
            if source.path != STDIN and path.exists() and path.samefile(source.path):
                raise OutputError("is the input itself", source=str(path), remedy="give another name")
        return AtomicFile(path)

    def _show(self, results: Generator[Result, None, None], console: Console, sink: AtomicFile | Stdout) -> Report:
        """Write and tell each result as it comes, and return the counts."""
        report = Report()
        try:
            with closing(results), console, sink, _report_file(self.report) as lines:
                for result in results:
                    report.add(result.outcome)
                    if lines:
                        lines.write(result.outcome.to_json())
                        lines.flush()
                    if result.content is not None:
                        sink.write(result.content)
                    self._tell(result, console)
                    console.advance()
        except BrokenPipeError:
            raise
        except OSError as error:
            name = error.filename or "output"
            raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=str(name)) from error
        return report

    def _tell(self, result: Result, console: Console) -> None:
        """Say what the user should know of a result: errors always, doubts and reasons where asked for."""
        outcome = result.outcome
        if self.verbose:
            for line in (outcome.path, *result.explanation):
                console.say(line)
        if outcome.error:
            console.say(f"newsclean: {outcome.path}: {outcome.error}")
        if self.quiet or not outcome.succeeded:
            return
        if outcome.is_doubtful and (self.strict or outcome.output is None):
            console.say(f"newsclean: {outcome.path}: low confidence {outcome.confidence:.2f}")


@contextmanager
def _report_file(path: str | None) -> Iterator[BinaryIO | None]:
    if path is None:
        yield None
        return
    with Path(path).open("wb") as file:
        yield file


def _say(message: str) -> None:
    open_console(None).say(f"newsclean: {message}")


def _leave_closed_pipe() -> None:
    """Point stdout elsewhere, or Python complains at exit that it cannot flush it."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(epilog="\b\nExample:\n  newsclean schema > newsclean.schema.json")
def schema() -> None:
    """Print the JSON Schema of what `-t json` writes."""
    from importlib.resources import files  # this command alone needs it

    click.echo(files("newsclean").joinpath(SCHEMA_FILE).read_text("utf-8").rstrip())


@click.command(
    epilog="""\b
Examples:
  newsclean completion bash > ~/.local/share/bash-completion/completions/newsclean
  newsclean completion zsh > "${fpath[1]}/_newsclean"
  newsclean completion fish > ~/.config/fish/completions/newsclean.fish
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes newsclean's commands, options and files in a shell."""
    from click.shell_completion import get_completion_class  # this command alone needs it

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(cli, {}, "newsclean", "_NEWSCLEAN_COMPLETE").source())


for command in (convert, schema, completion):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command and exit with its status."""
    try:
        status = cli.main(prog_name="newsclean", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    sys.exit(status)
