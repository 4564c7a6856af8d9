"""What the signs of a right text weigh: found by regression, cautious, and judged without the page's own site."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import pytest

from newsclean.judge.ballots import Ballot
from newsclean.judge.confidence import CONSTANT, SIGNS
from newsclean.judge.scorer.trained.calibration import WEIGHTS
from newsclean.page.html import parse_html
from tests.pages import SENTENCES, article_page

pytest.importorskip("rapidfuzz", reason="training needs rapidfuzz")
pytest.importorskip("lightgbm", reason="training needs lightgbm")

import numpy as np

from training import calibrate

if TYPE_CHECKING:
    from pathlib import Path


def observations(count: int, noise: float) -> list[calibrate.Observation]:
    """Return pages that are right where `kept_sure` is high, but for a share of noise."""
    chance = np.random.default_rng(1)
    found = []
    for number in range(count):
        sure = float(chance.random())
        right = sure > 0.5 if chance.random() > noise else chance.random() > 0.5
        signs = {name: sure if name == "kept_sure" else 0.5 for name in SIGNS}
        found.append(calibrate.Observation(f"site{number % 97}.example", signs, 1.0, 0.95 if right else 0.4))
    return found


def test_sign_that_tells_weighs_and_others_do_not() -> None:
    weights = calibrate.fit(observations(600, 0.1))
    assert set(weights) == {CONSTANT, *SIGNS}
    assert weights["kept_sure"] > 3
    assert all(abs(weights[name]) < 1 for name in SIGNS if name != "kept_sure")


@pytest.mark.parametrize("noise", [0.05, 0.2])
def test_high_confidence_holds_on_sites_that_the_weights_have_not_seen(noise: float) -> None:
    found = observations(2000, noise)
    confidences = calibrate.out_of_fold(found)
    sure = [one.f1 >= 0.9 for one, confidence in zip(found, confidences, strict=True) if confidence >= calibrate.SURE]
    assert sum(sure) >= 0.94 * len(sure)
    assert noise > 0.1 or len(sure) > 200


def test_report_tells_how_far_the_aim_is_met() -> None:
    found = observations(10, 0.0)
    lines = list(calibrate.report(found, [0.95] * 10))
    right = sum(one.f1 >= 0.9 for one in found)
    assert lines[-1] == f"confidence >= 0.9: 10 pages (100.0%), {right / 10:.1%} of them right"


def test_page_is_observed_as_the_product_gives_it() -> None:
    page = parse_html(article_page())
    scores = tuple(0.9 if block.text in SENTENCES else 0.1 for block in page.blocks)
    ballot = Ballot("scorer", scores, ("",) * len(scores), calibration=WEIGHTS)
    observed = calibrate.observe(page, ballot, "a.example", "\n".join(SENTENCES))
    assert observed is not None
    assert (observed.site, observed.f1, set(observed.signs)) == ("a.example", 1.0, set(SIGNS))
    assert calibrate.observe(page, Ballot("scorer", (0.0,) * len(scores), ()), "a.example", "x") is None


def test_written_weights_read_back(tmp_path: Path) -> None:
    found = observations(300, 0.1)
    calibrate.calibrate("html", iter(found), tmp_path)
    assert runpy.run_path(str(tmp_path / "calibration.py"))["WEIGHTS"] == calibrate.fit(found)
