"""`newsclean convert`: collects options, calls the library, shows what became of each input."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, TextIO, get_args

import click

from newsclean.cli.config import ENVIRONMENT, config_options
from newsclean.cli.console import exit_status_of, open_console
from newsclean.cli.options import conversion_options, filter_options, options_for
from newsclean.cli.watch import check_watch, keep_running
from newsclean.errors import OptionsError, OutputError
from newsclean.runs.filters import Filters
from newsclean.runs.find import Choice, expand_arguments
from newsclean.runs.names import PLACEHOLDERS, check_pattern
from newsclean.runs.output import ALIASES, Format, Stdout, Target, choose_format, choose_target
from newsclean.runs.process import Limits
from newsclean.runs.read import STDIN
from newsclean.runs.report import USAGE, Outcome
from newsclean.runs.sketch import Dedupe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.cli.console import Console
    from newsclean.runs.options import Progress


_PART_RE = re.compile(r"(\d{1,9})/(\d{1,9})")  # "2/8"


def _part(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Return part and number of parts: (2, 8) for "2/8"."""
    match = _PART_RE.fullmatch(value or "1/1")
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise click.BadParameter(f"{value!r} is not a part such as 2/8", ctx, param)
    return (int(match[1]), int(match[2])) if value else None


def _check_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            check_pattern(value)
        except OptionsError as error:
            raise click.BadParameter(str(error), ctx, param) from error
    return value


@click.command(
    context_settings={"auto_envvar_prefix": ENVIRONMENT},
    epilog="""\b
Examples:
  newsclean page.html > article.md
  newsclean -t json --url https://example.org/news/1 < page.html
  newsclean pages/ -o articles/ -j 4 --report report.jsonl
  newsclean 'pages/**/*.html' -t jsonl -o articles.jsonl

\b
Exit status: 0 all converted; 1 some inputs failed, had no article, or their
output was edited and kept;
2 wrong usage, or the output cannot be written; 3 all failed; 130 interrupted.
""",
)
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path())
@click.option(
    "-t",
    "--to",
    type=click.Choice([*get_args(Format), *ALIASES]),
    help="Output format. Default: what the name of -o ends in, else markdown.",
)
@click.option("-o", "--output", type=click.Path(), help="File for one input, folder for many. Default: - for stdout.")
@conversion_options
@filter_options
@click.option(
    "--name",
    metavar="PATTERN",
    callback=_check_name,
    help=f"Name the files in the folder -o after their articles: '{{date}}-{{slug}}'. Available: "
    f"{', '.join(PLACEHOLDERS)}. Equal names are numbered.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Worker processes for many inputs. Default: one per processor."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Convert on the workers of this Dask scheduler (tcp://host:8786), or local:4 for four processes; -o is a "
    "folder of shards, -t parquet or jsonl. Inputs and -o may be addresses such as s3://bucket/crawl/.",
)
@click.option("--shard-pages", type=click.IntRange(min=1), metavar="N", help="Pages per shard. [5000]")
@click.option("--force", is_flag=True, help="Convert what is up to date again, and overwrite edited outputs.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write one line of JSON per input to this file.")
@click.option(
    "--removed",
    type=click.Path(),
    help="Write what was removed, and why: to a file for one input, a folder for many, or as JSON lines to *.jsonl.",
)
@click.option(
    "--extract-media",
    "media",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Save the pictures that came with the pages to this folder, and link to them.",
)
@click.option("--join-pages", is_flag=True, help="Merge the pages of one article, saved in one folder, into one.")
@click.option("--split", is_flag=True, help="Split a text that holds several articles, such as a newsletter.")
@click.option(
    "--learn",
    is_flag=True,
    help="First learn what repeats on the pages of each site, then remove it. Pages that do not name their site "
    "(flattened text seldom does) count as one site per folder.",
)
@click.option(
    "--dedupe",
    type=click.Choice(get_args(Dedupe)),
    help="Of inputs with the same text (exact), or nearly the same (near), keep the one saved first.",
)
@click.option("--watch", is_flag=True, help="Keep running, and convert what appears or changes in the folders.")
@click.option("--shard", callback=_part, metavar="I/N", help="Convert part I of N of the inputs: 1/3, 2/3, 3/3.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Convert a random sample of N inputs, the same one each time.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Seed for --sample. [0]")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Convert the first N inputs.")
@click.option("--dry-run", is_flag=True, help="Print what would be done with each input, and write nothing.")
@click.option("--retry-failed", is_flag=True, help="Retry inputs that gave no article in an earlier run.")
@click.option("--strict", is_flag=True, help="Exit with 1 for articles of low confidence too.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=Limits().seconds,
    metavar="SECONDS",
    help=f"Limit per input in processor time, 0 for none. [{Limits().seconds:g}]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors: no progress, warnings or summary.")
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="Say what became of each input; -vv also why each block was kept or dropped.",
)
@click.option("--log-json", is_flag=True, help="Write messages and progress as lines of JSON, to stderr.")
@config_options
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    to: str | None,
    output: str | None,
    jobs: int | None,
    timeout: float,
    watch: bool,
    strict: bool,
    quiet: bool,
    verbose: int,
    **flags: Any,
) -> None:
    """Convert saved pages: files, folders, globs, or - for stdin, which is also read if there is no INPUT.

    One page goes to stdout. Pages of a folder go to the folder -o, in the same tree: a/b.html becomes a/b.md there,
    and the pages of a.warc.gz, a.zip or a.mbox a folder a/. A "#" selects one: a.zip#news/b.html.
    A second run converts only what changed. Several pages in one stream: -t jsonl, one object per line.
    """
    if not inputs and (sys.stdin is None or _is_terminal(sys.stdin)):
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)

    def run() -> int:
        from newsclean.runs.many import convert_into  # the help needs no parser
        from newsclean.runs.options import RunOptions

        if cluster := flags["cluster"]:
            return _on_cluster(cluster, inputs, output, to, Limits(timeout), quiet, strict, flags | {"watch": watch})
        arguments = expand_arguments(inputs or (STDIN,))
        if flags["learn"] and (not arguments.many or flags["engine"] != "auto"):
            raise click.UsageError("--learn needs several pages of a site, and does not work with --engine")
        many = arguments.many or flags["split"]
        target = choose_target(output, choose_format(to, output), many)
        if watch:
            check_watch(inputs, target)
        if target.kind != "folder" and ctx.get_parameter_source("name") is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError("--name needs a folder: -o FOLDER/")
        of_run = _of(RunOptions, flags | {"explain": verbose > 1})
        choice, filters = Choice(**_of(Choice, flags)), Filters(**_of(Filters, flags))
        limits = Limits(timeout)
        how = RunOptions(choose_format(to, output), limits=limits, choice=choice, filters=filters, **of_run)
        start = perf_counter()
        with open_console(progress=many and not quiet, as_json=flags["log_json"]) as console:
            counts = convert_into(
                target,
                arguments,
                options=options_for(flags),
                how=how,
                workers=jobs,
                progress=_View(console, target, quiet, strict, verbose).show,
                stdout=_stdout() if target.kind == "stdout" else None,
            )
        if (many or how.dry_run) and not (quiet and counts.inputs):
            console.say(f"newsclean: {counts.summary()} in {perf_counter() - start:.1f} s")
        return counts.exit_status(strict=strict)

    written = (output, flags["report"], flags["removed"], flags["media"])
    ctx.exit(exit_status_of(partial(keep_running, run, inputs, written) if watch else run))


def _on_cluster(
    cluster: str,
    inputs: tuple[str, ...],
    output: str | None,
    to: str | None,
    limits: Limits,
    quiet: bool,
    strict: bool,
    flags: dict[str, Any],
) -> int:
    from newsclean.runs.cluster import PARTITION, convert_cluster
    from newsclean.runs.options import RunOptions

    if flags["watch"]:
        raise click.UsageError("--watch does not work with --cluster")
    if not inputs or output in (None, "-"):
        raise OutputError("a cluster needs inputs and a folder for its shards", remedy="-o FOLDER")
    of_run: dict[str, Any] = {
        "choice": Choice(**_of(Choice, flags)),
        "filters": Filters(**_of(Filters, flags)),
        "limits": limits,
    }
    how = RunOptions(choose_format(to, None) if to else "parquet", **of_run, **_of(RunOptions, flags))
    start = perf_counter()
    try:
        with open_console(progress=not quiet, as_json=flags["log_json"]) as console:
            view = _View(console, Target("shards", output or ""), quiet, strict)
            options, pages = options_for(flags), flags["shard_pages"] or PARTITION
            counts = convert_cluster(
                inputs, output or "", cluster=cluster, options=options, how=how, pages=pages, progress=view.show
            )
    except OptionsError as error:
        raise click.UsageError(str(error)) from error
    if not (quiet and counts.inputs):
        console.say(f"newsclean: {counts.summary()} in {perf_counter() - start:.1f} s")
    return counts.exit_status(strict=strict)


def _of(kind: type[Any], flags: dict[str, Any]) -> dict[str, Any]:
    """Return the flags that are fields of a dataclass."""
    return {field.name: flags[field.name] for field in fields(kind) if field.name in flags}


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _stdout() -> Stdout:
    if sys.stdout is None:
        raise OutputError("stdout is closed", remedy="-o FILE")
    return Stdout(sys.stdout.buffer)


@dataclass(frozen=True, slots=True)
class _View:
    """What the user is told of a run on stderr: errors always, doubts and reasons where asked for."""

    console: Console
    target: Target
    quiet: bool
    strict: bool
    verbose: int = 0

    def show(self, progress: Progress) -> None:
        """Say what has to be said of the input that was done last, and move the bar."""
        if progress.outcome and (progress.outcome.status != "left_out" or (progress.by_name and not self.quiet)):
            for message in self._messages(progress.outcome):
                self.console.say(message)
        if progress.note and not self.quiet:
            self.console.say(f"newsclean: {progress.note}")
        self.console.failed += progress.outcome is not None and progress.outcome.is_failure
        self.console.show(progress.done, progress.total)

    def _messages(self, outcome: Outcome) -> Iterator[str]:
        if outcome.explanation:
            yield from (outcome.path, *outcome.explanation)
        if outcome.status == "planned":
            yield f"{outcome.path} -> {outcome.output or 'output'}"
        if outcome.error:
            yield f"newsclean: {outcome.path}: {outcome.error}"
        elif self.verbose and outcome.status != "planned":
            yield f"newsclean: {_told(outcome)}"
        if self.quiet or not outcome.succeeded:
            return
        in_folder = self.target.kind == "folder"
        if outcome.is_doubtful and (self.strict or not in_folder):
            yield f"newsclean: {outcome.path}: low confidence {outcome.confidence:.2f}"
        if not in_folder:
            yield from (f"newsclean: {outcome.path}: {warning}" for warning in outcome.warnings)


def _told(outcome: Outcome) -> str:
    """Return what became of an input: "a.html -> out/a.md: converted, 312 words, confidence 0.93, in 0.05 s"."""
    facts = [outcome.status.replace("_", " ")]
    if outcome.words is not None:
        facts.append(f"{outcome.words} words")
    if outcome.confidence is not None:
        facts.append(f"confidence {outcome.confidence:.2f}")
    if outcome.seconds:
        facts.append(f"in {outcome.seconds:.2f} s")
    return f"{outcome.path}{f' -> {outcome.output}' if outcome.output else ''}: {', '.join(facts)}"
