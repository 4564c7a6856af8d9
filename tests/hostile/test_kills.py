"""Runs of every kind, killed at a random moment and run again; `python -m tests.hostile.kills` does it often."""

from __future__ import annotations

import importlib.util

import pytest

from tests.hostile.kills import FORMS, trials

pytestmark = pytest.mark.process

TIMES = 2


@pytest.mark.parametrize("name", FORMS)
def test_a_killed_run_leaves_nothing_in_part_and_the_next_one_ends_it(name: str) -> None:
    if name == "Parquet" and importlib.util.find_spec("pyarrow") is None:
        pytest.skip("newsclean[parquet] is not installed")
    there, wrong = trials(name, TIMES)
    assert (len(there), dict(wrong)) == (TIMES, {})
