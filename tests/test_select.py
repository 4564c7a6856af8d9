"""The chain of voters, and the hand scorer and readability behind the voters' contract."""

from __future__ import annotations

import pytest

from newsclean.judge.ballots import Ballot, Voter, select
from newsclean.judge.readable import STAMP, vote_readability
from newsclean.judge.scorer.score import vote as vote_scorer
from newsclean.model import Keep, Options
from newsclean.page.html import Page, parse_html
from tests.pages import SENTENCES, article_page

OPTIONS = Options()


def kept_texts(page: Page, voter: Voter, options: Options = OPTIONS) -> list[str]:
    selection = select(page, (voter,), options)
    assert selection is not None
    return [block.text for block in page.blocks if selection.kept[block.number]]


def fixed_voter(name: str, score: float) -> Voter:
    def vote(page: Page, options: Options) -> Ballot | None:  # noqa: ARG001 - the voters' contract
        return Ballot(name, (score,) * len(page.blocks), ("said so",) * len(page.blocks))

    return vote


def abstain(page: Page, options: Options) -> Ballot | None:  # noqa: ARG001 - the voters' contract
    return None


@pytest.mark.parametrize("voter", [vote_scorer, vote_readability])
def test_keeps_the_paragraphs_and_drops_navigation_related_and_footer(voter: Voter) -> None:
    kept = kept_texts(parse_html(article_page()), voter)
    assert [text for text in kept if text in SENTENCES] == list(SENTENCES)
    for boilerplate in ("News", "Gull steals wig", "Copyright 2025 Harbour Gazette. All rights reserved."):
        assert boilerplate not in kept


def test_first_voter_that_finds_an_article_decides() -> None:
    page = parse_html(article_page())
    selection = select(page, (abstain, fixed_voter("nobody", 0.0), fixed_voter("all", 1.0)), OPTIONS)
    assert selection is not None
    assert selection.engine == "all"


def choosing_voter(text: str) -> Voter:
    def vote(page: Page, options: Options) -> Ballot | None:  # noqa: ARG001 - the voters' contract
        scores = tuple(float(block.text == text) for block in page.blocks)
        return Ballot("choosing", scores, ("said so",) * len(scores))

    return vote


def test_second_voter_has_to_bring_more_than_a_notice() -> None:
    notice = "Please switch on scripts in your browser to go on reading this page."
    page = parse_html(f"<p>{notice}</p>" + "<li>Menu of things to see</li>" * 20)
    assert select(page, (abstain, choosing_voter(notice)), OPTIONS) is not None
    assert select(page, (fixed_voter("nobody", 0.0), choosing_voter(notice)), OPTIONS) is None


@pytest.mark.parametrize(("words", "enough"), [(39, False), (40, True)])
def test_second_voter_has_to_bring_forty_words_of_a_long_page(words: int, enough: bool) -> None:
    notice = " ".join(["word"] * words)
    page = parse_html(f"<p>{notice}</p>" + "<li>Menu of things to see</li>" * 20)
    nothing = fixed_voter("nothing", 0.0)
    assert (select(page, (nothing, choosing_voter(notice)), OPTIONS) is not None) is enough


def test_second_voter_may_choose_the_one_sentence_of_a_page() -> None:
    page = parse_html("<p>The council approves a bridge.</p>")
    assert select(page, (fixed_voter("nobody", 0.0), fixed_voter("all", 1.0)), OPTIONS) is not None


def test_page_on_which_no_voter_finds_an_article_selects_nothing() -> None:
    page = parse_html("<nav><a href=/a>News</a> <a href=/b>Sport</a></nav>")
    assert select(page, (vote_scorer, vote_readability), OPTIONS) is None


def test_every_block_has_a_verdict_with_a_reason() -> None:
    page = parse_html(article_page())
    selection = select(page, (vote_scorer,), OPTIONS)
    assert selection is not None
    assert [verdict.block for verdict in selection.verdicts] == list(range(len(page.blocks)))
    assert all(verdict.reason and verdict.voter == "scorer" for verdict in selection.verdicts)
    assert [verdict.kept for verdict in selection.verdicts] == list(selection.kept)


def test_recall_keeps_no_less_and_precision_no_more_than_balanced() -> None:
    page = parse_html(article_page("<p>Short.</p><div>Also short</div>"))
    keeps: tuple[Keep, ...] = ("precision", "balanced", "recall")
    kept = {keep: set(kept_texts(page, vote_scorer, Options(keep=keep))) for keep in keeps}
    assert kept["precision"] <= kept["balanced"] <= kept["recall"]
    cuts = [ballot.cut for keep in kept if (ballot := vote_scorer(page, Options(keep=keep)))]
    assert cuts == sorted(cuts, reverse=True)
    assert cuts[0] > cuts[1] > cuts[2]


def test_readability_leaves_the_tree_as_it_was() -> None:
    page = parse_html(article_page())
    vote_readability(page, OPTIONS)
    assert all(node.element.get(STAMP) is None for node in page.nodes)
