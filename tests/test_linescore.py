"""The line scorer as a voter: when it abstains, what it never keeps, and what it says about each line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from newsclean.flattext import parse_text
from newsclean.judge.lines import AIMS, headings_of_kept, vote_lines
from newsclean.judge.scorer.cut import Aim, best_cut
from newsclean.model import Options
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.judge.ballots import Ballot
    from newsclean.model import Keep

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


@pytest.mark.parametrize(
    ("keep", "kept", "dropped"), [("precision", 0.66, 0.6), ("balanced", 0.32, 0.28), ("recall", 0.22, 0.18)]
)
def test_doubtful_lines_are_kept_where_hardly_a_line_is_sure(keep: Keep, kept: float, dropped: float) -> None:
    for score, is_kept in ((kept, True), (dropped, False)):
        cut = best_cut([0.95] + [score] * 20, [40.0] + [100.0] * 20, AIMS[keep])
        assert (score >= cut) is is_kept


@pytest.mark.parametrize(
    ("keep", "kept", "dropped"), [("precision", 0.86, 0.5), ("balanced", 0.76, 0.4), ("recall", 0.41, 0.3)]
)
def test_lines_are_kept_from_the_upper_bound_on_where_nearly_all_are_sure(
    keep: Keep, kept: float, dropped: float
) -> None:
    cut = best_cut([0.99] * 20 + [kept, dropped], [100.0] * 20 + [20.0, 20.0], AIMS[keep])
    assert dropped < cut <= kept


def test_sure_lines_stand_for_the_article_from_a_fifth_of_what_is_expected() -> None:
    aim = Aim(0.5, 0.2, 0.95)
    assert best_cut([0.9] + [0.3] * 7, [100.0] * 8, aim) == 0.9  # 90 of 300 characters
    assert best_cut([0.9] + [0.3] * 14, [100.0] * 15, aim) == 0.3  # 90 of 510


@pytest.mark.parametrize(("chars", "is_kept"), [(60, True), (80, False)])
def test_subheading_of_a_kept_paragraph_is_kept_unless_it_is_as_long_as_a_teaser(chars: int, is_kept: bool) -> None:
    view = SimpleNamespace(texts=["Before.", "x" * chars, "After."], gaps=[1, 1, 1], bullets=[False] * 3)
    measures = SimpleNamespace(long=[100.0, 0.0, 100.0])
    page: Any = SimpleNamespace(view=view, measures=measures, roles={0: "body", 1: "subheading", 2: "body"})
    assert headings_of_kept(page, [True, False, True], [0.9, 0.2, 0.9]) == ({1} if is_kept else set())
