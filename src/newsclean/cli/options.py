"""The flags that several commands share, each set as one decorator."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from newsclean.errors import OptionsError
from newsclean.model import Engine, Flavor, FrontMatter, Keep, Options

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

PAGE_KINDS = ("article", "forum", "documentation", "listing", "product", "service", "collection")
"""Kinds of page that `kind` in the JSON tells apart."""

_DAY_RE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")  # "2024-06"

PROJECT_RULES = ".newsclean/rules"


def _check_encoding(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from newsclean.page.decode.declared import canonical_name  # rarely needed

        if canonical_name(value) is None:
            raise click.BadParameter("is not a known encoding", ctx, param)
    return value


def _add_user_folders(
    ctx: click.Context,  # noqa: ARG001 - click's contract
    param: click.Parameter,  # noqa: ARG001
    value: tuple[str, ...],
) -> tuple[str, ...]:
    return with_user_folders(value)


def with_user_folders(folders: Sequence[str]) -> tuple[str, ...]:
    """Return the folders of rules and those that count unasked, the project's and the user's, where there are such."""
    unasked = (Path(PROJECT_RULES), Path(click.get_app_dir("newsclean", roaming=False), "rules"))
    return tuple(dict.fromkeys((*folders, *(str(folder) for folder in unasked if folder.is_dir()))))


def page_options(command: CommandT) -> CommandT:
    """Add the flags that say how a page is read and its article chosen."""
    flags = (
        click.option("--url", metavar="URL", help="Address the page was saved from; makes its links absolute."),
        click.option(
            "--encoding",
            metavar="NAME",
            callback=_check_encoding,
            help="Decode the input with this encoding, whatever it declares.",
        ),
        click.option(
            "--input-kind",
            type=click.Choice(["auto", "html", "text"]),
            default="auto",
            help="Kind of the input. Detected from the content by default.",
        ),
        click.option(
            "--engine",
            type=click.Choice(get_args(Engine)),
            default="auto",
            help="What chooses the article: the trained models, or readability alone.",
        ),
        click.option(
            "--keep",
            type=click.Choice(get_args(Keep)),
            default="balanced",
            help="What to do with doubtful blocks: precision drops them, recall keeps them.",
        ),
        click.option(
            "--rules",
            metavar="DIR",
            multiple=True,
            callback=_add_user_folders,
            type=click.Path(exists=True, file_okay=False),
            help="Folder of site rules (TOML or ftr-site-config). Can be repeated.",
        ),
    )
    return _with_flags(command, flags)


def conversion_options(command: CommandT) -> CommandT:
    """Add the flags that say how a page is converted."""
    flags = (
        click.option(
            "--front-matter",
            type=click.Choice(get_args(FrontMatter)),
            default="obsidian",
            help="Put the metadata above the Markdown, as YAML with the names that this program reads.",
        ),
        click.option(
            "--flavor",
            type=click.Choice(get_args(Flavor)),
            default="gfm",
            help="Write Markdown for this reader: its tables, footnotes, callouts, formulas and task lists.",
        ),
        click.option("--no-front-matter", is_flag=True, help="The same as --front-matter none."),
        click.option(
            "--field",
            "fields",
            metavar="NAME=VALUE",
            multiple=True,
            callback=_check_fields,
            help="Add a field to the front matter, or replace one; an empty value leaves it out. Can be repeated, also "
            "with the same name for a list.",
        ),
        click.option(
            "--template",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False),
            help="Write Markdown with this Jinja template.",
        ),
        click.option(
            "--standfirst/--no-standfirst",
            default=True,
            help="Count the standfirst as part of the plain text. Markdown shows it under the title either way.",
        ),
        click.option(
            "--posts/--no-posts",
            default=False,
            help="Count quoted posts of social networks as part of the plain text. Markdown has them either way.",
        ),
        click.option("--links/--no-links", default=True, help="Keep link targets."),
        click.option("--images/--no-images", default=True, help="Keep images."),
        click.option("--comments", is_flag=True, help="Add readers' comments after the article. JSON always has them."),
        click.option("--keep-data-uris", is_flag=True, help="Keep pictures embedded in the page (data: addresses)."),
    )
    return page_options(_with_flags(command, flags))


def _check_fields(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for given in value:
        if not _named(given)[0] or "=" not in given:
            raise click.BadParameter(f"{given!r} is not NAME=VALUE", ctx, param)
    return value


def _named(given: str) -> tuple[str, str]:
    """Return name and value: ("type", "clipping") for "type=clipping"."""
    name, _, value = given.partition("=")
    return name.strip(), value


def options_for(flags: dict[str, Any]) -> Options:
    """Return the Options that the flags of a command say."""
    given = {field.name: flags[field.name] for field in fields(Options) if field.name in flags}
    style = "none" if flags["no_front_matter"] else given["front_matter"]
    template = _template(given["template"]) if given["template"] else None
    own = tuple(map(_named, given["fields"]))
    return Options(**given | {"front_matter": style, "fields": own, "template": template})


def _template(path: str) -> str:
    """Return the text of a template. Raises UsageError for one that cannot be used."""
    from newsclean.render.template import compile_template  # few have one

    try:
        template = Path(path).read_text(encoding="utf-8-sig")
        compile_template(template)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read as UTF-8 text: {error}") from error
    except OptionsError as error:
        raise click.UsageError(f"{path}: {error}") from error
    return template


def filter_options(command: CommandT) -> CommandT:
    """Add the flags that say which pages of many are wanted."""
    flags = (
        click.option(
            "--include",
            metavar="GLOB",
            multiple=True,
            help="Only pages on this host, or whose address matches the glob.",
        ),
        click.option(
            "--exclude", metavar="GLOB", multiple=True, help="No pages on this host, or whose address matches."
        ),
        click.option("--since", metavar="DAY", callback=_check_day, help="Only pages saved on or after this day."),
        click.option("--until", metavar="DAY", callback=_check_day, help="Only pages saved on or before this day."),
        click.option("--language", "languages", metavar="TAG", multiple=True, help="Only articles in this language."),
        click.option(
            "--min-words", type=click.IntRange(min=0), default=0, metavar="N", help="Only articles of at least N words."
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="X",
            help="Only articles of at least this confidence.",
        ),
        click.option("--kind", "kinds", multiple=True, type=click.Choice(PAGE_KINDS), help="Only pages of this kind."),
    )
    return _with_flags(command, flags)


def _check_day(
    ctx: click.Context,
    param: click.Parameter,
    value: str | None,
) -> str | None:
    if value is not None and not _DAY_RE.fullmatch(value):
        raise click.BadParameter('is not a day such as "2024", "2024-06" or "2024-06-18"', ctx, param)
    return value


def _with_flags(command: CommandT, flags: Sequence[Callable[[CommandT], CommandT]]) -> CommandT:
    for flag in reversed(flags):
        command = flag(command)
    return command
