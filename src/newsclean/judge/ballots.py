"""Page → Selection: the chain of voters. A site rule decides, else the scorer, else readability; fallbacks live here.

A voter is a function of the page that says which blocks are article and why. It never changes the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, repeat
from typing import TYPE_CHECKING, Protocol

from newsclean.model import Confidence, Options, Verdict
from newsclean.words import count_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.page.html import Page


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
    copies: frozenset[int] = frozenset()
    """Blocks whose text is kept elsewhere on the page."""
    kind: str = "article"
    """What the page is, where the voter can tell."""
    calibration: Mapping[str, float] | None = None
    """What each sign of confidence.py weighs for this voter; None where its scores are no probabilities."""


class Voter(Protocol):
    """Return a Ballot for the page, or None to abstain (the next voter is asked)."""

    def __call__(self, page: Page, options: Options) -> Ballot | None: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which blocks are article, as decided by the first voter that did not abstain."""

    kept: tuple[bool, ...]
    verdicts: tuple[Verdict, ...]
    engine: str
    confidence: Confidence | None = None
    """Where who decided knows it outright; else confidence.py finds it."""
    ballot: Ballot | None = None
    """The scores to judge the confidence by: of the voter that decided, or that a rule was checked against."""
    barred: frozenset[int] = frozenset()
    """Copies, and blocks that a site rule names as no article: no later stage puts them back."""
    cut: float | None = None
    """The score from which who decided kept a block; None where no score decided."""

    @property
    def kind(self) -> str | None:
        """What the page is, as the voter has it; None where none could say."""
        return self.ballot.kind if self.ballot is not None and self.ballot.calibration is not None else None


NOBODY = "nobody"
"""Who decides on a page that no voter can judge."""

MIN_WORDS = 5
"""Words below which what was kept is no article but a stray label."""

MIN_SECOND_WORDS = 40
"""The same for a voter that is asked because another found nothing, unless it takes half of a small page: of menus and
notices something always looks best."""


def select(page: Page, voters: Sequence[Voter], options: Options) -> Selection | None:
    """Return the Selection of the first voter that finds an article, or None where none does.

    `voters` come in order of preference; the caller (pipeline) knows which there are.
    """
    needed = MIN_WORDS
    for voter in voters:
        ballot = voter(page, options)
        if ballot is None:
            continue
        kept = tuple(
            score >= ballot.cut and bool(block.text) for score, block in zip(ballot.scores, page.blocks, strict=True)
        )
        if count_until((block.text for block in page.blocks if kept[block.number]), needed) >= needed:
            verdicts = _verdicts(page, ballot, kept)
            return Selection(kept, verdicts, ballot.voter, None, ballot, ballot.copies, ballot.cut)
        needed = _needed_of_a_second(page)
    return None


def _needed_of_a_second(page: Page) -> int:
    half = count_until((block.text for block in page.blocks), 2 * MIN_SECOND_WORDS) // 2
    return min(max(half, MIN_WORDS), MIN_SECOND_WORDS)


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
    confidence = Confidence(0.0, ("no article was found",))
    return Selection((False,) * len(page.blocks), verdicts, ballot.voter, confidence, cut=ballot.cut)


def _verdicts(page: Page, ballot: Ballot, kept: tuple[bool, ...]) -> tuple[Verdict, ...]:
    roles = ballot.roles or (None,) * len(kept)
    scores = [round(score, 4) for score in ballot.scores]
    texts = [block.text for block in page.blocks]
    return tuple(map(Verdict, count(), kept, repeat(ballot.voter), ballot.reasons, scores, roles, texts))
