"""The scores of blocks on invented pages stay within their bands: every stage of the scorer is seen at work.

`python -m tests.test_pinned` writes the bands anew, after training; look at what moved before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsclean.judge.scorer.score import judge
from newsclean.page.html import parse_html
from tests.cases import FIXTURES

PINNED = Path(__file__).with_name("pinned.json")
SCORES: dict[str, list[int]] = json.loads(PINNED.read_text(encoding="utf-8"))
"""Page of fixtures/ → the band of each block's score."""
BANDS = 20
"""Bands of .05."""

SLACK = 1
"""Bands that a score may move: another build of a library may round otherwise."""


def bands(name: str) -> list[int]:
    """Return the band of every block's score, 0 to BANDS."""
    page = FIXTURES / name / "page.html"
    return [round(score * BANDS) for score in judge(parse_html(page.read_text(encoding="utf-8"))).scores]


@pytest.mark.parametrize("name", SCORES)
def test_block_scores_stay_within_their_bands(name: str) -> None:
    pinned, found = SCORES[name], bands(name)
    assert len(found) == len(pinned)
    pairs = enumerate(zip(pinned, found, strict=True))
    assert {number: (was, now) for number, (was, now) in pairs if abs(was - now) > SLACK} == {}


if __name__ == "__main__":
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(bands(name))}" for name in SCORES)
    PINNED.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
