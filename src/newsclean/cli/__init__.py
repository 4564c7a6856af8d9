"""The command line: click commands that collect options, call the library and show the result. No extraction here."""

from __future__ import annotations

import sys
from typing import Any, TextIO, get_args

import click
from click.shell_completion import CompletionItem
from click_default_group import DefaultGroup  # type: ignore[import-untyped]

from newsclean import __version__
from newsclean.cli.explain import explain
from newsclean.cli.learn import learn
from newsclean.cli.options import conversion_options
from newsclean.cli.rules import rules
from newsclean.cli.run import TIMEOUT, Run, exit_status_of
from newsclean.model import Options
from newsclean.runs.output import Format, choose_target
from newsclean.runs.read import STDIN, expand_arguments
from newsclean.runs.report import INTERRUPTED, USAGE

SCHEMA_FILE = "schema.json"

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class MainGroup(DefaultGroup):  # type: ignore[misc] # an untyped library
    """A group whose help and completion also offer what its default command takes."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command; interrupted, it ends as shells expect, where click says "Aborted!" and 1."""
        extra["prog_name"] = "newsclean"
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **extra)
        try:
            status = super().main(*args, standalone_mode=False, **extra)
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            status = INTERRUPTED
        return sys.exit(status)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Turn no arguments into the default command, but not while a shell asks which commands there are."""
        if ctx.resilient_parsing:
            return click.Group.parse_args(self, ctx, args)
        rest: list[str] = super().parse_args(ctx, args)
        return rest

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


@click.group(
    "newsclean",
    cls=MainGroup,
    default="convert",
    default_if_no_args=True,
    context_settings=HELP_NAMES,
    epilog="\b\nExamples:\n  newsclean page.html > article.md\n  newsclean pages/ -o articles/ --report report.jsonl",
)
@click.version_option(__version__, "--version", message="newsclean %(version)s")
def main() -> None:
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
2 wrong usage, or the output cannot be written; 3 all failed; 130 interrupted.
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
@click.option(
    "--removed",
    type=click.Path(),
    help="Write what was taken out, and why: a file for one input, a folder for many, or lines of JSON to *.jsonl.",
)
@click.option(
    "--extract-media",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write the pictures saved with the pages to this folder, and link to them.",
)
@click.option("--join-pages", is_flag=True, help="Make one article of its pages that are in one folder.")
@click.option("--split", is_flag=True, help="Give each article of a text that holds several, such as a newsletter.")
@click.option(
    "--learn",
    is_flag=True,
    help="First learn from all pages of a site what repeats on them, then take that out. Pages that do not say their "
    "site, as flattened text seldom does, are of one site with those of their folder.",
)
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
    removed: str | None,
    extract_media: str | None,
    join_pages: bool,
    split: bool,
    learn: bool,
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
    if not inputs and (sys.stdin is None or _is_terminal(sys.stdin)):
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)

    def run() -> int:
        arguments = expand_arguments(inputs or (STDIN,))
        if learn and (not arguments.many or flags["engine"] != "auto"):
            raise click.UsageError("--learn takes several pages of a site, and no --engine")
        target = choose_target(output, to, arguments.many or split)
        options = Options(**flags, saved_pictures=extract_media is not None)
        places = (report, removed, extract_media, join_pages, split, learn)
        return Run(target, to, options, url, jobs, force, *places, strict, timeout, quiet, verbose).convert(arguments)

    ctx.exit(exit_status_of(run))


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


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
    click.echo(complete(main, {}, "newsclean", "_NEWSCLEAN_COMPLETE").source())


for command in (convert, explain, rules, learn, schema, completion):
    main.add_command(command)
