"""Page → Selection: the chain of voters. A site rule decides, else the scorer, else readability; fallbacks live here.

A voter is a function of the page that says which blocks are article and why. It never changes the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newsclean.model import Confidence, Options, Verdict
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
