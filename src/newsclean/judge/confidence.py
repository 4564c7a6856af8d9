"""Page + Selection + Metadata → Confidence: how likely the text kept is right, and the signs that say so.

Each voter has weights of its own for the signs, since their scores do not mean the same; `python -m training.calibrate`
finds them. Troubles that too few pages have to be weighed set a limit. Nothing is chosen or changed here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from newsclean.judge.trouble import Evidence, find_troubles, read_evidence
from newsclean.model import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.judge.ballots import Selection
    from newsclean.model import Metadata
    from newsclean.page.html import Page

SIGNS = ("expected", "kept_sure", "title", "byline", "is_article")
"""What tells whether a text is right, each from 0 to 1; read_signs says how."""
CONSTANT = "constant"
UNSURE = 0.5
"""Confidence where there are no probabilities to go by."""
LEAST_DOUBT = 0.005
"""Share of a text in doubt below which less makes no difference."""


def judge_confidence(page: Page, selection: Selection, metadata: Metadata) -> Confidence:
    """Return the probability that the text chosen is right (word F1 of 0.9 or more), with the signs that told.

    `selection` is what the voter or the rule chose, before cleaning. A voter that only says yes or no gives UNSURE.
    """
    if selection.confidence is not None:
        return selection.confidence
    ballot = selection.ballot
    if ballot is None or ballot.calibration is None:
        return Confidence(UNSURE, (f"{selection.engine} does not say how sure it is",))
    evidence = read_evidence(page, selection.kept, ballot, metadata)
    signs = read_signs(evidence)
    troubles = find_troubles(evidence)
    found = [name for name, value in (("title", metadata.title), ("byline", metadata.authors)) if value]
    reasons = (
        f"{ballot.voter} expects an F1 of {evidence.expected_f1:.2f}",
        f"kept text scores {evidence.mean_score:.2f} on average",
        f"{evidence.share:.0%} of the page's text was kept",
        f"{' and '.join(found) or 'neither title nor byline'} found",
        *(trouble.reason for trouble in troubles),
    )
    limits = (trouble.limit for trouble in troubles)
    score = round(min(weigh(signs, ballot.calibration), *limits, 1.0), 3)
    return Confidence(score, reasons, next((trouble.kind for trouble in troubles if trouble.kind), None))


def weigh(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that signs give."""
    odds = weights[CONSTANT] + sum(weights[name] * signs[name] for name in SIGNS)
    return 1.0 / (1.0 + math.exp(-odds))


def read_signs(evidence: Evidence) -> dict[str, float]:
    """Return the value of each of SIGNS, 0 to 1."""
    return {
        "expected": _sureness(evidence.expected_f1),
        "kept_sure": _sureness(evidence.mean_score),
        "title": float(evidence.metadata.title is not None),
        "byline": float(bool(evidence.metadata.authors)),
        "is_article": float(evidence.ballot.kind == "article"),
    }


def _sureness(share: float) -> float:
    """Return a share that is sure on a scale from 0 (none) to 1 (next to all) on which halving the rest is a step."""
    return math.log(min(1.0 - share + LEAST_DOUBT, 1.0)) / math.log(LEAST_DOUBT)
