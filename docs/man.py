"""Writes the manual page docs/newsclean.1 out of the commands' own help: python docs/man.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "src"))

import click  # noqa: E402

from newsclean import __version__  # noqa: E402
from newsclean.cli import main  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parent / "newsclean.1"
STATUSES = (
    ("0", "Everything was converted."),
    ("1", "Some inputs failed, hold no article, or their output was edited and kept."),
    ("2", "Wrong usage, or the output cannot be written."),
    ("3", "Every input failed."),
    ("130", "Interrupted with Ctrl-C."),
)
FILES = (
    ("newsclean.toml", "Options for runs in this folder; also [tool.newsclean] of pyproject.toml."),
    ("~/.config/newsclean/config.toml", "The user's options."),
    (".newsclean/rules, ~/.config/newsclean/rules", "Site rules of this folder and of the user."),
)


def manual() -> str:
    """Return the page."""
    return "".join(f"{line}\n" for line in lines())


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    convert = main.commands["convert"]
    yield f'.TH NEWSCLEAN 1 "" "newsclean {__version__}" "User Commands"'
    yield from (".SH NAME", "newsclean \\- turn saved web pages into clean Markdown or JSON")
    yield from (".SH SYNOPSIS", ".B newsclean", roff("[OPTIONS] [INPUT]..."), ".br", ".B newsclean")
    yield roff("COMMAND [OPTIONS] [ARGUMENTS]...")
    yield from (".SH DESCRIPTION", *paragraphs(main.help), *paragraphs(convert.help), ".SH OPTIONS", *options(convert))
    yield ".SH COMMANDS"
    for path, command in below(main, ""):
        yield from (f".SS {roff(path)}", *paragraphs(command.help))
        if command is not convert:
            yield from options(command)
    yield from (".SH EXIT STATUS", *terms(STATUSES))
    yield from (".SH ENVIRONMENT", ".TP", ".B NEWSCLEAN_OPTION")
    yield "Sets an option, such as NEWSCLEAN_KEEP=recall; the command line comes first, files come after."
    yield from (".SH FILES", *terms(FILES), ".SH EXAMPLES", ".nf", *map(roff, examples(convert)), ".fi")


def below(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield "rules new" and the like with their commands."""
    for name, command in group.commands.items():
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from below(command, f"{path}{name} ")


def options(command: click.Command) -> Iterator[str]:
    """Yield an option after the other as the help has them."""
    context = click.Context(command, info_name=command.name)
    own = (option for option in command.params if isinstance(option, click.Option))
    yield from terms([record for option in own if (record := option.get_help_record(context))])


def terms(pairs: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield terms with what they mean."""
    for term, meaning in pairs:
        yield from (".TP", f".B {roff(term)}", roff(meaning))


def paragraphs(text: str | None) -> Iterator[str]:
    """Yield the paragraphs of a docstring."""
    for paragraph in (text or "").replace("\b", "").split("\n\n"):
        yield from (".PP", roff(" ".join(paragraph.split())))


def examples(command: click.Command) -> list[str]:
    """Return the example lines of a command's help."""
    return [line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  newsclean")]


def roff(text: str) -> str:
    """Return text in which roff sees no command."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
