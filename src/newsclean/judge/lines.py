"""Text page → Ballot of the trained line scorer: what each line scores, why, and the cut. No training here.

Lines whose role says it all (the headline, an ad marker) score 0 whatever the trees say.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsclean.flattext import TextPage
from newsclean.flattext.model import score_lines
from newsclean.flattext.trained.calibration import WEIGHTS
from newsclean.judge.ballots import Ballot
from newsclean.judge.scorer.cut import Aim, best_cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Keep, Options
    from newsclean.page.html import Page

VOTER = "line scorer"

AIMS: dict[Keep, Aim] = {
    "precision": Aim(0.5, 0.65, 0.85),
    "balanced": Aim(0.54, 0.30, 0.75),
    "recall": Aim(1.5, 0.20, 0.40),
}
"""Chosen on out-of-fold scores of the flattened pages (training/README.md)."""

NEVER_KEPT = frozenset({"headline", "repeated headline", "date line", "ad marker", "form", "labelled teaser", "credit"})
"""Roles that are never part of the body: the headline is printed once, as the title."""

KEPT_REASON = "reads like article text"
MAX_SUBHEADING = 70
"""Characters of the longest subheading."""
MIN_SUBHEADING = 0.1
"""Score that a subheading must have: teasers and captions have less."""
DROPPED_REASON = "reads like the page around the article"


def vote_lines(page: Page, options: Options) -> Ballot | None:
    """Return a Ballot for a flattened page; None (abstain) for any other page, or one without lines."""
    if not isinstance(page, TextPage) or page.measures is None or not page.blocks:
        return None
    return ballot_of(page, score_lines(page.view, page.measures, page.shape, page.headline), options)


def ballot_of(page: TextPage, scores: list[float], options: Options) -> Ballot:
    """Return the ballot that follows from the scores of the lines."""
    assert page.measures is not None
    roles = tuple(page.roles.get(block.number) for block in page.blocks)
    for number, role in enumerate(roles):
        if role in NEVER_KEPT:
            scores[number] = 0.0
    cut = best_cut(scores, page.measures.chars, AIMS[options.keep])
    rescued: dict[int, str] = {}
    for rule in RESCUES:
        kept = [score >= cut for score in scores]
        rescued |= dict.fromkeys(rule(page, kept, scores), RESCUES[rule])
        for number in rescued:
            scores[number] = max(scores[number], cut)
    reasons = tuple(
        rescued.get(number) or _reason(role, score >= cut)
        for number, (role, score) in enumerate(zip(roles, scores, strict=True))
    )
    return Ballot(VOTER, tuple(scores), reasons, cut, roles, calibration=WEIGHTS)


def announced_items(page: TextPage, kept: Sequence[bool], _scores: Sequence[float]) -> set[int]:
    """Return the list items below a kept line that ends in a colon: the sentence and its list belong together."""
    view = page.view
    announced: set[int] = set()
    is_announced = False
    for number, bullet in enumerate(view.bullets):
        if bullet:
            if is_announced:
                announced.add(number)
        else:
            is_announced = kept[number] and view.texts[number].endswith((":", "："))
    return {number for number in announced if not kept[number]}


def headings_of_kept(page: TextPage, kept: Sequence[bool], scores: Sequence[float]) -> set[int]:
    """Return the subheadings between two kept lines of which the lower is a paragraph: it would lose its title."""
    view = page.view
    assert page.measures is not None
    long = page.measures.long
    return {
        number
        for number in range(1, len(kept) - 1)
        if page.roles.get(number) == "subheading"
        and not kept[number]
        and kept[number - 1]
        and kept[number + 1]
        and long[number + 1]
        and view.gaps[number + 1]
        and not view.bullets[number + 1]
        and len(view.texts[number]) <= MAX_SUBHEADING
        and scores[number] >= MIN_SUBHEADING
    }


RESCUES = {
    announced_items: "item of a list that a kept line announces",
    headings_of_kept: "heading of a paragraph that was kept",
}
"""Rules that put lines back in, in order, with their reasons. Both were checked on out-of-fold scores (+0.0005 F1)."""


@cache
def _reason(role: str | None, is_kept: bool) -> str:
    if role in NEVER_KEPT:
        return f"{role}, never part of the body"
    reason = KEPT_REASON if is_kept else DROPPED_REASON
    return f"{reason} ({role})" if role else reason
