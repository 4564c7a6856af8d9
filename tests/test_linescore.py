"""The line scorer as a voter: when it abstains, what it never keeps, and what it says about each line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.flattext import parse_text
from newsclean.judge.lines import vote_lines
from newsclean.model import Options
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.judge.ballots import Ballot

PAGE = (Path(__file__).parent.parent / "fixtures" / "text" / "repeated-headline" / "page.txt").read_text(
    encoding="utf-8"
)


def vote(options: Options | None = None) -> Ballot:
    ballot = vote_lines(parse_text(PAGE), options or Options())
    assert ballot is not None
    return ballot


def kept(ballot: Ballot) -> int:
    return sum(score >= ballot.cut for score in ballot.scores)


def test_abstains_on_html() -> None:
    assert vote_lines(parse_html("<p>The geese of Ostby are never late.</p>"), Options()) is None


def test_abstains_on_a_text_without_lines() -> None:
    assert vote_lines(parse_text(" \n "), Options()) is None


def test_scores_every_block_between_0_and_1() -> None:
    ballot = vote()
    assert len(ballot.scores) == len(ballot.reasons) == len(ballot.roles) == len(parse_text(PAGE).blocks)
    assert all(0 <= score <= 1 for score in ballot.scores)


def test_never_keeps_headline_ad_marker_or_date_line() -> None:
    ballot = vote(Options(keep="recall"))
    for score, role in zip(ballot.scores, ballot.roles, strict=True):
        if role in ("headline", "repeated headline", "ad marker", "date line"):
            assert score == 0


def test_keeps_more_for_recall_than_for_precision() -> None:
    assert kept(vote(Options(keep="precision"))) <= kept(vote()) <= kept(vote(Options(keep="recall")))


def test_names_the_role_in_the_reason() -> None:
    ballot = vote()
    headline = ballot.roles.index("headline")
    assert ballot.reasons[headline] == "headline, never part of the body"
    body = ballot.roles.index("body")
    assert ballot.reasons[body] == "reads like article text (body)"


def test_gives_the_same_ballot_twice() -> None:
    assert vote() == vote()
