"""How far a result can be trusted: what raises the confidence, what lowers it, and what the reasons say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.facts import read_metadata
from newsclean.flattext.trained.calibration import WEIGHTS as TEXT_WEIGHTS
from newsclean.judge.ballots import Ballot, Selection, select
from newsclean.judge.confidence import CONSTANT, SIGNS, UNSURE, _sureness, judge_confidence, read_signs
from newsclean.judge.scorer.trained.calibration import WEIGHTS
from newsclean.judge.trouble import find_troubles, read_evidence
from newsclean.model import Confidence, Metadata, Options
from newsclean.page.html import Page, parse_html
from tests.pages import NAVIGATION, SENTENCES, article_page

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = Metadata()
KNOWN = Metadata(title="Seal in the Wend", authors=("Ada Quill",))


def selected(page: Page, score: float, kind: str = "article") -> Selection:
    """Return what a voter keeps that gives every text the same score."""
    scores = tuple(score if block.text else 0.0 for block in page.blocks)
    ballot = Ballot("v", scores, ("",) * len(scores), kind=kind, calibration=WEIGHTS)
    selection = select(page, (lambda page, options: ballot,), Options())  # noqa: ARG005 - the voters' contract
    assert selection is not None
    return selection


def judged(page: Page, score: float, metadata: Metadata = KNOWN, kind: str = "article") -> Confidence:
    return judge_confidence(page, selected(page, score, kind), metadata)


def test_certain_ballot_gives_more_confidence_than_a_doubtful_one() -> None:
    page = parse_html(article_page())
    assert 0 <= judged(page, 0.65).score < 0.7 < 0.9 < judged(page, 0.999).score <= 1


def test_text_that_was_left_out_in_doubt_lowers_it_too() -> None:
    page = parse_html(article_page())
    selection = selected(page, 0.99)
    halved = replace(selection, kept=tuple(keep and n % 2 == 0 for n, keep in enumerate(selection.kept)))
    assert judge_confidence(page, halved, KNOWN).score < judge_confidence(page, selection, KNOWN).score


def test_voter_that_says_yes_or_no_leaves_it_open() -> None:
    article = newsclean.convert(article_page(), options=Options(engine="readability"))
    assert article.confidence.score == UNSURE
    assert article.confidence.reasons[0] == "readability does not say how sure it is"


def test_who_knows_outright_is_believed() -> None:
    page = parse_html(article_page())
    selection = replace(selected(page, 0.9), confidence=Confidence(0.6, ("said so",)))
    assert judge_confidence(page, selection, KNOWN) == Confidence(0.6, ("said so",))


def test_reasons_name_title_and_byline() -> None:
    page = parse_html(article_page())
    assert "title and byline found" in judged(page, 0.9).reasons
    assert "title found" in judged(page, 0.9, Metadata(title="Seal")).reasons
    assert "neither title nor byline found" in judged(page, 0.9, Metadata()).reasons


def troubles(body: str, metadata: Metadata = UNKNOWN, kind: str = "article") -> list[str]:
    """Return what is found wrong with a page of which all text is kept."""
    page = parse_html(f"<html><body>{body}</body></html>")
    selection = selected(page, 0.9, kind)
    assert selection.ballot is not None
    return [
        trouble.reason.split(":")[0]
        for trouble in find_troubles(read_evidence(page, selection.kept, selection.ballot, metadata))
    ]


STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LONG = STORY * 4
NOTICE = '<div class="x-consent-layer"><p>{}</p></div>'.format(" ".join(SENTENCES))


def test_whole_articles_are_in_no_trouble() -> None:
    assert troubles(f"<h1>Seal</h1>{LONG}") == []
    assert troubles(f'<div class="cookies-off"><main><h1>Seal</h1>{STORY}</main></div>') == []


def test_few_words_are_a_trouble() -> None:
    assert troubles("<p>One two three four five six.</p>") == ["no more than 6 words were kept"]


def test_page_that_leads_to_texts_is_a_list_page() -> None:
    assert troubles(LONG, kind="listing") == ["list page"]


def test_short_text_that_asks_for_consent_is_a_cookie_wall() -> None:
    assert troubles(NOTICE) == ["cookie wall"]
    assert troubles(f"{NOTICE}{LONG}") == []


def test_short_text_that_is_not_free_is_cut_by_a_paywall() -> None:
    assert troubles(STORY, Metadata(paywalled=True)) == ["paywall cut"]
    assert troubles(f'{STORY}<div id="piano-paywall"><p>Buy.</p></div>') == ["paywall cut"]
    assert troubles(f'{STORY}<div id="piano-paywall"><p>Buy.</p></div>', Metadata(paywalled=False)) == []
    assert troubles(LONG, Metadata(paywalled=True)) == []


def test_page_that_scripts_fill_is_a_shell() -> None:
    assert troubles(f"{STORY}<script>{'x=1;' * 30_000}</script>") == ["script shell"]


@pytest.mark.parametrize(("less", "expected"), [(0, ["script shell"]), (1, [])])
def test_a_shell_is_forty_times_as_long_as_its_text(less: int, expected: list[str]) -> None:
    text = sum(len(block.text) for block in parse_html(f"<html><body>{STORY}</body></html>").blocks)
    rest = 40 * text - less - len(f"<html><body>{STORY}<script></script></body></html>")
    assert troubles(f"{STORY}<script>{'x' * rest}</script>") == expected


@pytest.mark.parametrize(("share", "sureness"), [(0.0, 0.0), (0.9, 0.4254), (0.99, 0.7926), (1.0, 1.0)])
def test_halving_the_doubt_is_a_step_down_to_half_a_percent(share: float, sureness: float) -> None:
    assert _sureness(share) == pytest.approx(sureness, abs=1e-4)


def test_trouble_limits_the_confidence_and_is_named() -> None:
    page = parse_html(f"<html><body>{NOTICE}</body></html>")
    confidence = judged(page, 0.999)
    assert confidence.score <= 0.2
    assert "cookie wall: most of the text asks for consent" in confidence.reasons


@pytest.mark.parametrize("weights", [WEIGHTS, TEXT_WEIGHTS])
def test_every_sign_has_a_weight_and_doubt_counts_against_a_text(weights: dict[str, float]) -> None:
    assert set(weights) == {CONSTANT, *SIGNS}
    assert weights["expected"] > 0
    assert weights["kept_sure"] > 0


def test_signs_lie_between_0_and_1() -> None:
    for source in (article_page(), "<p>One two three four five six.</p>", f"<ul>{NAVIGATION}</ul>" * 9):
        page = parse_html(source)
        for score in (0.55, 1.0):
            selection = selected(page, score)
            assert selection.ballot is not None
            signs = read_signs(read_evidence(page, selection.kept, selection.ballot, read_metadata(page)))
            assert set(signs) == set(SIGNS)
            assert all(0 <= value <= 1 for value in signs.values())


def test_rule_is_as_sure_as_the_scorer_is_of_what_it_keeps(tmp_path: Path) -> None:
    (tmp_path / "gull.example.toml").write_text('body = "body"\n', "utf-8")
    source = article_page()
    alone = newsclean.convert(source, url="https://gull.example/a")
    ruled = newsclean.convert(source, url="https://gull.example/a", options=Options(rules=(str(tmp_path),)))
    assert ruled.rule == "gull.example"
    assert ruled.confidence.reasons[0].startswith("scorer expects an F1 of")
    assert ruled.confidence.score < alone.confidence.score
