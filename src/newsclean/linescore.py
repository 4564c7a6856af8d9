"""Text page → Ballot of the trained line scorer: what each line scores, why, and the cut. No training here.

Lines whose role says it all (the headline, an ad marker) score 0 whatever the trees say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.cut import expected_f1_cut
from newsclean.flattext import TextPage
from newsclean.flattext.model import score_lines
from newsclean.select import Ballot

if TYPE_CHECKING:
    from newsclean.model import Keep, Options
    from newsclean.parse import Page

VOTER = "line scorer"

CUTS: dict[Keep, tuple[float, float]] = {"precision": (0.5, 0.75), "balanced": (0.25, 0.6), "recall": (0.1, 0.3)}
"""Bounds of the cut, chosen on out-of-fold scores of the flattened pages."""

NEVER_KEPT = frozenset({"headline", "repeated headline", "date line", "ad marker", "form"})
"""Roles that are never part of the body: the headline is printed once, as the title."""

KEPT_REASON = "reads like article text"
DROPPED_REASON = "reads like the page around the article"


def vote_lines(page: Page, options: Options) -> Ballot | None:
    """Return a Ballot for a flattened page; None (abstain) for any other page, or one without lines."""
    if not isinstance(page, TextPage) or page.measures is None or not page.blocks:
        return None
    scores = score_lines(page.view, page.measures, page.shape, page.headline)
    roles = tuple(page.roles.get(block.number) for block in page.blocks)
    for number, role in enumerate(roles):
        if role in NEVER_KEPT:
            scores[number] = 0.0
    cut = expected_f1_cut(scores, page.measures.chars, *CUTS[options.keep])
    reasons = tuple(_reason(role, score >= cut) for role, score in zip(roles, scores, strict=True))
    return Ballot(VOTER, tuple(scores), reasons, cut, roles)


def _reason(role: str | None, is_kept: bool) -> str:
    if role in NEVER_KEPT:
        return f"{role}, never part of the body"
    reason = KEPT_REASON if is_kept else DROPPED_REASON
    return f"{reason} ({role})" if role else reason
