"""Page → Selection: the chain of voters. A site rule decides, else the scorer, else readability; fallbacks live here.

A voter is a function of the page that says which blocks are article and why. It never changes the page.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def _verdicts(page: Page, ballot: Ballot, kept: tuple[bool, ...]) -> tuple[Verdict, ...]:
    roles = ballot.roles or (None,) * len(kept)
    return tuple(
        Verdict(n, kept[n], ballot.voter, ballot.reasons[n], round(ballot.scores[n], 4), roles[n], block.text)
        for n, block in enumerate(page.blocks)
    )


def confidence_of(page: Page, ballot: Ballot, kept: tuple[bool, ...]) -> Confidence:
    """Return how clear-cut the ballot was: the mean certainty of its blocks, weighted by their length."""
    sure = total = 0.0
    for block, score in zip(page.blocks, ballot.scores, strict=True):
        margin = (score - ballot.cut) / (1 - ballot.cut) if score >= ballot.cut else (ballot.cut - score) / ballot.cut
        sure += len(block.text) * margin
        total += len(block.text)
    score = sure / total if total else 0.0
    share = sum(len(b.text) for b in page.blocks if kept[b.number]) / total if total else 0.0
    return Confidence(
        round(score, 3), (f"{ballot.voter} is {score:.0%} sure on average", f"{share:.0%} of the page's text was kept")
    )
