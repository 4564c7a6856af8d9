"""Configuration files: options that hold unless the command line or the environment says otherwise.

The project's `newsclean.toml` (or `[tool.newsclean]` in its `pyproject.toml`) in the current folder counts before the
user's `config.toml`. Neither can name a file to write or to write over: who enters a folder has not read what is in it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

ENVIRONMENT = "NEWSCLEAN"
"""What the names of environment variables for options begin with: NEWSCLEAN_KEEP."""
PROJECT_FILES = ("newsclean.toml", "pyproject.toml")
USER_FILE = "config.toml"
CONFIGURABLE = (
    *("to", "encoding", "input_kind", "engine", "keep", "rules", "front_matter", "flavor", "fields", "template"),
    *("standfirst", "posts"),
    *("links", "images", "comments", "keep_data_uris", "jobs", "join_pages", "split", "learn", "strict", "timeout"),
    *("name", "quiet", "log_json"),
)
"""Options that a file may set: those that say how to convert, and none that says where to write."""
REPEATED = ("rules", "fields")
"""Of them those that have several values."""
_ORIGINS = "newsclean.config.origins"
_OFF = "newsclean.config.off"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a configuration file says of one option."""

    value: Any
    origin: str


def config_options(command: CommandT) -> CommandT:
    """Add --config and --no-config, which come before all other options."""
    off = click.option(
        "--no-config",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_turn_off,
        help="Ignore configuration files.",
    )
    file = click.option(
        "--config",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        is_eager=True,
        expose_value=False,
        callback=_load,
        help="Read options from this TOML file only.",
    )
    return off(file(command))


def origin_of(ctx: click.Context, name: str) -> str:
    """Return which file the value of an option comes from."""
    return str(ctx.meta[_ORIGINS][name].origin)


def default_files() -> Iterator[Path]:
    """Yield the configuration files that count unasked, the strongest last."""
    user = Path(click.get_app_dir("newsclean", roaming=False), USER_FILE)
    own = next((path for path in map(Path, PROJECT_FILES) if path.is_file() and _table(path) is not None), None)
    yield from (path for path in (user, own) if path and path.is_file())


def _turn_off(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's contract
    if value:
        ctx.meta[_OFF] = True
        ctx.default_map = {}


def _load(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001 - click's contract
    if ctx.resilient_parsing or ctx.meta.get(_OFF):
        return
    found: dict[str, Setting] = {}
    for path in [Path(value)] if value else default_files():
        found |= dict(_settings(path))
    for option in ctx.command.params:
        if option.name in found:
            _check(ctx, option, found[option.name])
    ctx.meta[_ORIGINS] = found
    ctx.default_map = {name: setting.value for name, setting in found.items()}


def _settings(path: Path) -> Iterator[tuple[str, Setting]]:
    """Yield option and setting for each line of a file; folders of rules lie beside it."""
    for key, value in (_table(path) or {}).items():
        name = key.replace("-", "_")
        if name not in CONFIGURABLE:
            known = ", ".join(sorted(name.replace("_", "-") for name in CONFIGURABLE))
            raise click.UsageError(f"{path}: {key} cannot be set in a configuration file; known options: {known}")
        if name in REPEATED and isinstance(value, str):
            value = [value]
        if name == "rules":
            value = [str(path.parent / str(folder)) for folder in value]
        if name == "template":
            value = str(path.parent / str(value))
        yield name, Setting(value, str(path))


def _check(ctx: click.Context, option: click.Parameter, setting: Setting) -> None:
    try:
        option.type_cast_value(ctx, setting.value)
    except click.BadParameter as error:
        key = str(option.name).replace("_", "-")
        raise click.UsageError(f"{setting.origin}: {key}: {error.message}") from error


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings of a file, None for a pyproject.toml that has none."""
    if sys.version_info >= (3, 11):
        import tomllib  # most folders have no configuration
    else:
        import tomli as tomllib
    is_shared = path.name == "pyproject.toml"
    try:
        text = path.read_text(encoding="utf-8")
        if is_shared and "newsclean" not in text:
            return None
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise click.UsageError(f"{path}: cannot be read as TOML: {error}") from error
    if not is_shared:
        return table
    own = table.get("tool", {}).get("newsclean")
    return own if isinstance(own, dict) else None
