"""A note after the user's own template: jinja2's sandbox, which reaches no files, with bounds on work and output."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsclean.errors import OptionsError
from newsclean.render.front_matter import yaml_value
from newsclean.words import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jinja2 import Template

MAX_STEPS = 1_000_000
"""Turns of loops and calls in one note. A template that goes over every block of a long page takes some 10,000."""
MAX_CHARS = 50_000_000
"""Characters of one note: ten times the longest page there is."""

_left: ContextVar[int] = ContextVar("steps left")


def render_template(template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled in, ending with one newline. Raises OptionsError for one that is at fault."""
    compiled = compile_template(template)
    parts: list[str] = []
    size = 0
    _left.set(MAX_STEPS)
    try:
        for part in compiled.generate(values):
            parts.append(part)
            size += len(part)
            if size > MAX_CHARS:
                raise OverflowError(f"writes more than {MAX_CHARS:,} characters")
    except Exception as error:  # jinja2 hands on whatever an expression raises
        raise OptionsError(f"the template fails: {error}", remedy="see docs/notes.md for what it may name") from error
    return "".join(parts).rstrip("\n") + "\n"


@lru_cache(maxsize=4)
def compile_template(template: str) -> Template:
    """Return a template ready to be filled in. Raises OptionsError for bad syntax, or where jinja2 is missing."""
    try:
        from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes  # an extra
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise OptionsError("a template needs jinja2", remedy='pip install "newsclean[template]"') from error

    class Bounded(ImmutableSandboxedEnvironment):
        """The sandbox, counting the turns of loops and the calls."""

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = super()._parse(source, name, filename)
            for loop in list(tree.find_all(nodes.For)):
                loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
            return tree.set_environment(self)  # type: ignore[return-value]

        def call(self, *arguments: Any, **named: Any) -> Any:
            _step()
            return super().call(*arguments, **named)

    environment = Bounded(
        undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.filters |= {"counted": _counted, "yaml": yaml_value, "slug": slug}
    try:
        return environment.from_string(template)
    except TemplateError as error:
        place = f"line {error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
        raise OptionsError(f"error in the template: {place}{error.message}") from error


def _step() -> None:
    left = _left.get(MAX_STEPS) - 1
    if left < 0:
        raise OverflowError(f"takes more than {MAX_STEPS:,} steps")
    _left.set(left)


def _counted(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        _step()
        yield item


def _shown(value: Any) -> Any:
    """Return what a reader sees of a value: nothing where it is not known."""
    return "" if value is None else value
