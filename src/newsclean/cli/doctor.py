"""What holds on this machine: `newsclean config` shows the settings, `newsclean doctor` the installation."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from newsclean import __version__
from newsclean.cli.config import CONFIGURABLE, ENVIRONMENT, default_files, origin_of
from newsclean.cli.convert import convert
from newsclean.cli.options import with_user_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

FOR_DEVELOPERS = frozenset(["bench", "browser", "dev", "docs", "fuzz", "release", "test", "train"])
"""Extras that no user misses."""
_REQUIREMENT_RE = re.compile(r"^([\w.-]+)")  # "brotli>=1.1; extra == 'warc'"
_EXTRA_RE = re.compile(r"extra == ['\"]([\w-]+)['\"]")


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="\b\nExamples:\n  newsclean config\n  newsclean config --keep recall > newsclean.toml",
)
@click.argument("options", metavar="[OPTION OF CONVERT]...", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def config(ctx: click.Context, options: tuple[str, ...]) -> None:
    """Print the settings in effect, each with its origin, as a configuration file.

    An option is taken from the command line, then from an environment variable (NEWSCLEAN_KEEP=recall), then from
    newsclean.toml or [tool.newsclean] in pyproject.toml in this folder, then from the user's config.toml.
    """
    with convert.make_context("convert", list(options), parent=ctx.parent) as found:
        for name in CONFIGURABLE:
            click.echo(_setting(found, name))


def _setting(ctx: click.Context, name: str) -> str:
    """Return a line of TOML, commented out where nobody has set the option."""
    source = ctx.get_parameter_source(name)
    line = f"{name.replace('_', '-')} = {_toml(ctx.params[name])}"
    if source is ParameterSource.ENVIRONMENT:
        return f"{line}  # {ENVIRONMENT}_{name.upper()}"
    if source is ParameterSource.DEFAULT_MAP:
        return f"{line}  # {origin_of(ctx, name)}"
    return f"{line}  # command line" if source is ParameterSource.COMMANDLINE else f"# {line}"


def _toml(value: Any) -> str:
    return '""' if value is None else json.dumps(value, ensure_ascii=False)


@click.command(epilog="\b\nExample:\n  newsclean doctor\n\nExit status: 0 nothing is missing; 1 something is.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Show what this installation has, reads and lacks. Include it when you report a bug."""
    problems = list(_problems())
    for line in (*_facts(), *_extras(), *(f"problem        {problem}" for problem in problems)):
        click.echo(line)
    ctx.exit(1 if problems else 0)


def _facts() -> Iterator[str]:
    import platform  # this command alone needs these
    from importlib.metadata import version

    from newsclean.rules.book import list_rules
    from newsclean.runs.process import default_workers

    yield f"newsclean      {__version__}"
    yield f"python         {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield f"lxml           {version('lxml')}"
    yield f"encodings      output {_encoding()}, file names {sys.getfilesystemencoding()}"
    yield f"processes      {default_workers()}"
    yield f"configuration  {', '.join(map(str, default_files())) or 'none'}"
    folders = with_user_folders(())
    yield f"site rules     {len(list_rules(folders))}; own folders: {', '.join(folders) or 'none'}"


def _encoding() -> str:
    return (sys.stdout.encoding or "unknown").lower()


def _extras() -> Iterator[str]:
    """Yield what each extra for users brings, or how to get it."""
    for extra, names in sorted(_required_by_extra().items()):
        if extra and extra not in FOR_DEVELOPERS:
            missing = [name for name in names if not _installed(name)]
            state = f'{", ".join(missing)} missing: pip install "newsclean[{extra}]"' if missing else "installed"
            yield f"extra {extra:8} {state}"


def _problems() -> Iterator[str]:
    """Yield what keeps newsclean from working as it should."""
    for name in _required_by_extra().get("", []):
        if not _installed(name):
            yield f"{name} is missing: install newsclean anew"
    if "utf" not in _encoding():
        yield f"standard output cannot show every letter ({_encoding()}): set PYTHONUTF8=1, or write with -o"


def _required_by_extra() -> dict[str, list[str]]:
    """Return extra → names of packages; "" stands for what is always needed. Empty where nothing is installed."""
    from importlib.metadata import PackageNotFoundError, requires

    found: dict[str, list[str]] = {}
    try:
        requirements = requires("newsclean") or []
    except PackageNotFoundError:  # run from a checkout
        return found
    for requirement in requirements:
        name = _REQUIREMENT_RE.match(requirement)
        extra = _EXTRA_RE.search(requirement)
        if name and ("python_version" not in requirement):
            found.setdefault(extra[1] if extra else "", []).append(name[1])
    return found


def _installed(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
