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
FOLDERS = sorted((FIXTURES / "parts").glob("*/*/page.html"))
BANDS = 20
"""Bands of .05."""

SLACK = 1
"""Bands that a score may move: another build of a library may round otherwise."""


def bands(page: Path) -> list[int]:
    """Return the band of every block's score, 0 to BANDS."""
    judgement = judge(parse_html(page.read_text(encoding="utf-8")))
    return [round(score * BANDS) for score in judgement.scores]


def name(page: Path) -> str:
    return page.parent.relative_to(FIXTURES).as_posix()


@pytest.mark.parametrize("page", FOLDERS, ids=name)
def test_block_scores_stay_within_their_bands(page: Path) -> None:
    pinned, found = json.loads(PINNED.read_text(encoding="utf-8"))[name(page)], bands(page)
    assert len(found) == len(pinned)
    pairs = enumerate(zip(pinned, found, strict=True))
    moved = {number: (was, now) for number, (was, now) in pairs if abs(was - now) > SLACK}
    assert moved == {}


if __name__ == "__main__":
    lines = ",\n".join(f" {json.dumps(name(page))}: {json.dumps(bands(page))}" for page in FOLDERS)
    PINNED.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
