"""Page → Selection: the chain of voters. A site rule decides, else the scorer, else readability; fallbacks live here.

A voter is a function of the page that says which blocks are article and why. It never changes the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from newsclean.model import Confidence, Options, Verdict
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.parse import Page


@dataclass(frozen=True, slots=True)
class Ballot:
    """A voter's answer: a score and a reason a block, in block order."""

    voter: str
    scores: tuple[float, ...]
    """0 (boilerplate) to 1 (article); a block is kept from `cut` on."""
    reasons: tuple[str, ...]
    cut: float = 0.5
    roles: tuple[str | None, ...] = ()
    """What each block is, where the voter can tell; () when it cannot."""


class Voter(Protocol):
    """Return a Ballot for the page, or None to abstain (the next voter is asked)."""

    def __call__(self, page: Page, options: Options) -> Ballot | None: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which blocks are article, as decided by the first voter that did not abstain."""

    kept: tuple[bool, ...]
    verdicts: tuple[Verdict, ...]
    engine: str
    confidence: Confidence
    barred: frozenset[int] = frozenset()
    """Blocks that a site rule drops by name: no rule of cleaning puts them back."""


NOBODY = "nobody"
"""Who decides on a page that no voter can judge."""

PER_EXPECTED_F1, PER_MEAN, AT_ZERO = 5.656, 6.827, -9.791
"""Logistic regression of "word F1 is 0.9 or more" on 1,730 development pages with scores out of fold. With the
regression out of fold too, 96.2 % of the pages with a confidence of 0.9 or more (38 %) were right, 58 % from 0.6 on."""

UNSURE = 0.5
"""Confidence where there are no probabilities to go by."""

MIN_WORDS = 5
"""Words below which what was kept is no article but a stray label."""


def select(page: Page, voters: Sequence[Voter], options: Options) -> Selection | None:
    """Return the Selection of the first voter that finds an article, or None where none does.

    `voters` come in order of preference; the caller (pipeline) knows which there are.
    """
    for voter in voters:
        ballot = voter(page, options)
        if ballot is None:
            continue
        kept = tuple(
            score >= ballot.cut and bool(block.text) for score, block in zip(ballot.scores, page.blocks, strict=True)
        )
        words = sum(count_words(block.text) for block in page.blocks if kept[block.number])
        if words >= MIN_WORDS:
            return Selection(kept, _verdicts(page, ballot, kept), ballot.voter, confidence_of(page, ballot, kept))
    return None


def select_nothing(page: Page, voters: Sequence[Voter], options: Options) -> Selection:
    """Return the Selection of a page without an article: nothing kept, with the reasons of the first voter to judge."""
    ballots = (voter(page, options) for voter in voters)
    unjudged = Ballot(NOBODY, (0.0,) * len(page.blocks), ("no voter could judge the page",) * len(page.blocks))
    ballot = next((ballot for ballot in ballots if ballot is not None), unjudged)
    verdicts = tuple(
        replace(verdict, reason=f"{verdict.reason}; but no article was found around it")
        if verdict.text and verdict.score is not None and verdict.score >= ballot.cut
        else verdict
        for verdict in _verdicts(page, ballot, (False,) * len(page.blocks))
    )
    return Selection((False,) * len(page.blocks), verdicts, ballot.voter, Confidence(0.0, ("no article was found",)))


def _verdicts(page: Page, ballot: Ballot, kept: tuple[bool, ...]) -> tuple[Verdict, ...]:
    roles = ballot.roles or (None,) * len(kept)
    return tuple(
        Verdict(n, kept[n], ballot.voter, ballot.reasons[n], round(ballot.scores[n], 4), roles[n], block.text)
        for n, block in enumerate(page.blocks)
    )


def confidence_of(page: Page, ballot: Ballot, kept: tuple[bool, ...]) -> Confidence:
    """Return the probability that the text kept is right (word F1 of 0.9 or more), as far as the scores tell.

    The scores are read as probabilities: from them follow the F1 to be expected and how sure the kept text is. A voter
    that only says yes or no gives UNSURE.
    """
    scored = [
        (score, len(block.text), kept[block.number]) for block, score in zip(page.blocks, ballot.scores, strict=True)
    ]
    size = sum(chars for _, chars, _ in scored)
    held = sum(chars for _, chars, keep in scored if keep)
    share = f"{held / size:.0%} of the page's text was kept" if size else "the page has no text"
    if not held:
        return Confidence(0.0, (share,))
    if all(score in (0.0, 1.0) for score, _, _ in scored):
        return Confidence(UNSURE, (f"{ballot.voter} does not say how sure it is", share))
    hit = sum(score * chars for score, chars, keep in scored if keep)
    expected_f1 = 2 * hit / (held + sum(score * chars for score, chars, _ in scored))
    mean = hit / held
    odds = PER_EXPECTED_F1 * expected_f1 + PER_MEAN * mean + AT_ZERO
    reasons = (f"{ballot.voter} expects an F1 of {expected_f1:.2f}", f"kept text scores {mean:.2f} on average", share)
    return Confidence(round(1 / (1 + math.exp(-odds)), 3), reasons)
