"""No regular expression of newsclean takes more than quadratic time: read by regexploit, pattern by pattern."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.patterns import Later, later

pytest.importorskip("regexploit.ast.sre", reason="regexploit is not installed: pip install regexploit")

from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

if TYPE_CHECKING:
    from collections.abc import Iterator

CUBIC = 3
"""regexploit's stars: how many parts of a pattern can share out the same run of characters; 11 is exponential."""

GENERATED = "trained"


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Return module and name → compiled pattern, of all modules."""
    found = {}
    for info in pkgutil.walk_packages(newsclean.__path__, "newsclean."):
        if GENERATED not in info.name and not info.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(info.name)).items():
                for number, pattern in enumerate(_inside(value)):
                    found[f"{info.name}.{name}[{number}]"] = pattern
    return found


def _inside(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """Yield the patterns in a value, which may be a table of some."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, re.Pattern):
            yield one
        elif isinstance(one, Later):
            yield one.compiled()
        elif isinstance(one, tuple | list | set | frozenset):
            pending.extend(one)
        elif isinstance(one, dict):
            pending.extend(one.values())


def stars(pattern: re.Pattern[str] | re.Pattern[bytes]) -> int:
    """Return how steeply the time of a pattern can grow, 0 where nothing is found."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return max((found.starriness for found in find(SreOpParser().parse_sre(text, pattern.flags))), default=0)


def test_patterns_are_at_most_quadratic() -> None:
    found = patterns()
    assert len(found) > 300
    assert {name: grade for name, pattern in found.items() if (grade := stars(pattern)) >= CUBIC} == {}


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:\w+\s*)+:", r"a*a*a*b"])
def test_steep_patterns_are_seen(pattern: str) -> None:
    assert stars(re.compile(pattern)) >= CUBIC


def test_pattern_that_comes_later_is_compiled_with_its_first_use_and_does_the_same() -> None:
    pattern = later(r"a+(b)?", re.I)
    assert "search" not in vars(pattern)
    assert pattern.pattern == r"a+(b)?"
    assert pattern.sub("-", "cAab") == "c-"
    assert "search" in vars(pattern)
    assert pattern.flags == re.compile(r"a+(b)?", re.I).flags
