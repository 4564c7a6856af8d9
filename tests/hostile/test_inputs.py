"""Every kind of hostile input, small: an article where there is one, no other error, no danger in any output."""

from __future__ import annotations

import pytest

from tests.hostile.danger import dangers, outputs_dangers
from tests.hostile.fields import PAYLOADS, PLACES
from tests.hostile.inputs import Hostile, everything
from tests.hostile.torture import try_out

pytestmark = pytest.mark.torture

SHARE = 1 / 2_000
"""Of the full sizes."""

INPUTS = everything()
CROSSED = frozenset(
    f"{name}{escaped} in {place}" for name in PAYLOADS for escaped in ("", ", escaped,") for place in PLACES
)
GROWING = [name for name, hostile in INPUTS.items() if hostile.size > 1]
STEADY = [name for name, hostile in INPUTS.items() if hostile.size == 1 and name not in CROSSED]


def faults(hostile: Hostile) -> list[str]:
    """Return what is wrong with what becomes of an input."""
    if hostile.size == 1:
        return try_out(hostile, 1, dangers).faults
    return try_out(hostile, max(int(hostile.size * SHARE), 20), outputs_dangers).faults


@pytest.mark.parametrize("name", GROWING)
def test_survives_too_much_of_it(name: str) -> None:
    assert faults(INPUTS[name]) == []


@pytest.mark.parametrize("name", STEADY)
def test_survives_what_is_smuggled_in(name: str) -> None:
    assert faults(INPUTS[name]) == []


def test_there_are_hundreds_of_them() -> None:
    assert len(GROWING) + len(STEADY) > 300
