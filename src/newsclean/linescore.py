"""Text page → Ballot: which lines are article, by their roles and the run of long paragraphs they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.select import Ballot

if TYPE_CHECKING:
    from newsclean.model import Options
    from newsclean.parse import Block, Page

VOTER = "line scorer"
CUTS = {"precision": 0.6, "balanced": 0.5, "recall": 0.35}

ROLE_SCORES = {"body": 0.95, "subheading": 0.7, "list item": 0.65, "caption": 0.4, "standfirst": 0.4, "teaser": 0.2}
"""Scores by role; every role that is missing is never article."""


def vote_lines(page: Page, options: Options) -> Ballot | None:
    """Return a Ballot for a flattened page; None for any other page, or one without a body."""
    if page.kind != "text" or "body" not in page.roles.values():
        return None
    scores, reasons = [], []
    for block in page.blocks:
        score, reason = _judge(page, block)
        scores.append(score)
        reasons.append(reason)
    roles = tuple(page.roles.get(block.number) for block in page.blocks)
    return Ballot(VOTER, tuple(scores), tuple(reasons), CUTS[options.keep], roles)


def _judge(page: Page, block: Block) -> tuple[float, str]:
    role = page.roles.get(block.number, "")
    return ROLE_SCORES.get(role, 0.05), f"{role} of the page" if role else "no role"
