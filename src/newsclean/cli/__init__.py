"""The command line: click commands that collect options, call the library and show the result. No extraction here."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from newsclean import __version__
from newsclean.cli.convert import convert
from newsclean.cli.doctor import config, doctor
from newsclean.cli.explain import explain
from newsclean.cli.listing import list_members
from newsclean.cli.report import report
from newsclean.cli.rules import learn, rules
from newsclean.cli.search import search
from newsclean.runs.report import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT = "convert"
"""The command that is meant where none is named."""

LIKE_A_COMMAND = 0.75
"""Similarity, as difflib has it, from which a word may be a command that was mistyped: "raport" has 0.83."""

SCHEMA_FILE = "schema.json"

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class MainGroup(click.Group):
    """A group with a default command, whose options its help and completion offer too."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command; interrupted, it ends as shells expect, where click says "Aborted!" and 1."""
        extra["prog_name"] = "newsclean"
        run: Callable[[], Any] = partial(super().main, *args, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        try:
            status = run()
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            status = INTERRUPTED
        return sys.exit(status)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before what is no other command's, but not while a shell asks what there is."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if not (args or ctx.resilient_parsing) or (args and args[0] not in own and args[0] not in self.commands):
            self._check_word(args[0] if args else "")
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def _check_word(self, word: str) -> None:
        """Raise UsageError for a word that is no file and nearly a command: "convrt"."""
        from difflib import get_close_matches  # few mistype

        if word.isalpha() and not Path(word).exists():
            for name in get_close_matches(word, self.commands, 1, LIKE_A_COMMAND):
                raise click.UsageError(f"no command or file {word!r} (did you mean 'newsclean {name}'?)")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the default command's usage."""
        return self.commands[DEFAULT].collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the default command's options and those of the group, then the commands."""
        records = (param.get_help_record(ctx) for param in (*self.commands[DEFAULT].get_params(ctx), *self.params))
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record])
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands, the default command's options, and files."""
        items = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return [*items, *self.commands[DEFAULT].shell_complete(ctx, incomplete)]
        return [*items, CompletionItem(incomplete, type="file")]


@click.group(
    "newsclean",
    cls=MainGroup,
    context_settings=HELP_NAMES,
    epilog="\b\nExamples:\n  newsclean page.html > article.md\n  newsclean pages/ -o articles/ --report report.jsonl",
)
@click.version_option(__version__, "--version", message="newsclean %(version)s")
def main() -> None:
    """Turn saved web pages into clean Markdown or JSON: the article alone.

    Takes HTML, flattened text, single-file saves, mails, crawls and archives of pages, from files, folders, globs or
    stdin, and never touches the network.
    """


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
    """Print the shell script that completes newsclean's commands, options and files."""
    from click.shell_completion import get_completion_class  # this command alone needs it

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(main, {}, "newsclean", "_NEWSCLEAN_COMPLETE").source())


for command in (convert, explain, list_members, search, report, rules, learn, schema, config, doctor, completion):
    main.add_command(command)
