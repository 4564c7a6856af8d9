"""What a hostile input is, and all of them by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsclean.model import InputKind

SHORT = 1_000
"""How often what is repeated is repeated in the short form, at most."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input: what makes it, how large it is at most, and whether an article must be found in it."""

    name: str
    make: Callable[[int], str | bytes]
    size: int = 1
    """How often what is repeated is repeated in the long form."""
    article: bool = True
    kind: InputKind = "html"


def once(make: Callable[..., str | bytes], *arguments: str | bytes) -> Callable[[int], str | bytes]:
    """Return what makes an input that has but one size."""
    return lambda _: make(*arguments)


def everything() -> Mapping[str, Hostile]:
    """Return every hostile input by its name."""
    from tests.hostile import bulk, fields, flat, formats

    inputs = (*bulk.INPUTS, *fields.INPUTS, *flat.INPUTS, *formats.INPUTS)
    found = {hostile.name: hostile for hostile in inputs}
    assert len(found) == len(inputs), "a name stands twice"
    return found
