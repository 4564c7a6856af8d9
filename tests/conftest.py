"""Which tests a bare `pytest` runs: all but those of MAKE_CHECK, which `make check` runs by their names.

Whoever names files, tests or marks gets what they named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

MAKE_CHECK = ("torture", "process", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of MAKE_CHECK out of a run that names nothing."""
    named = config.option.markexpr or config.option.keyword
    if named or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    left_out = [item for item in items if _marks(item.iter_markers())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _marks(marks: Iterable[pytest.Mark]) -> bool:
    return any(mark.name in MAKE_CHECK for mark in marks)
