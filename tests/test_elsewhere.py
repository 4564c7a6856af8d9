"""The article beside a longer text that is none of it: what the scorer sees without that. All pages are invented."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.judge.ballots import Ballot, Selection
from newsclean.judge.scorer.elsewhere import find_other
from newsclean.judge.scorer.score import IS_OTHER, judge_view, vote_beside
from newsclean.judge.scorer.view import view_page
from newsclean.model import Options, Verdict
from newsclean.page.html import parse_html
from newsclean.settle import outweighing

TITLE = "Ferry to Skarholm stops for the winter"
SHORT = """<p>The ferry to Skarholm will stop running on 15 November and come back in March, the county said.</p>
<p>Islanders who must cross in winter can book the post boat, which takes six passengers and leaves at eight.</p>
<p>The ferry carried 41,000 people this summer, a fifth more than the year before, and needs a new engine.</p>"""
SUBJECTS = (
    "The furnace",
    "Her workshop",
    "The old glass",
    "A pipe of iron",
    "The colour",
    "Every vase",
    "The apprentice",
)
DOINGS = (
    "is heated until it glows", "was built by her grandfather", "must cool for two days",
    "has to be turned without a pause", "comes from a powder of cobalt",
)  # fmt: skip
ENDS = (
    "and nobody in the village remembers it otherwise", "which is why she begins at four",
    "although the price of gas has doubled", "because one draught would crack it",
)  # fmt: skip


def _sentence(n: int) -> str:
    return f"{SUBJECTS[n % 7]} {DOINGS[n % 5]}, {ENDS[n % 4]}."


LONG = "".join(f"<p>{' '.join(_sentence(3 * n + k) for k in range(3))}</p>" for n in range(16))
STORY = f"<h2>A glassblower in the mountains</h2><p>By Per Dahl</p>{LONG}"
HEAD = f'<head><title>{TITLE} | The Sound Courier</title><meta property="og:title" content="{TITLE}"></head>'
MENU = '<nav><a href="/n">News</a> <a href="/s">Sport</a> <a href="/w">Weather</a></nav>'
OWN = f"<div><h1>{TITLE}</h1><p>By Ida Lund, 3 November 2025</p><div>{SHORT}</div></div>"


def _page(other: str) -> str:
    return f'<html lang="en">{HEAD}<body>{MENU}{OWN}{other}<footer><p>© The Sound Courier</p></footer></body></html>'


@pytest.mark.parametrize(
    "other",
    [
        f'<div class="article-body">{STORY}</div>',
        f'<div class="post-content">{STORY}</div>',
        f"<article>{STORY}</article>",
        f'<div style="display:none">{STORY}</div>',
        f'<section class="x3"><div class="x4">{STORY}</div></section>',
    ],
)
def test_short_article_loses_a_long_story_behind_it(other: str) -> None:
    article = newsclean.convert(_page(other).encode())
    assert "post boat" in article.text
    assert "glassblower" not in article.text
    assert "heated" not in article.text


def test_long_story_that_the_title_is_about_stays() -> None:
    page = _page(f'<div class="post-content">{STORY}</div>').replace(
        TITLE, "A glassblower and her furnace in the mountains"
    )
    assert "heated" in newsclean.convert(page.encode()).text


def test_page_without_a_part_is_seen_as_if_it_had_none() -> None:
    page = parse_html(_page(f'<div class="article-body">{STORY}</div>'))
    view = view_page(page)
    node = next(n for n, label in enumerate(view.labels) if label == "article-body")
    without = judge_view(view.without(range(view.firsts[node], view.lasts[node])))
    plain = judge_view(view_page(parse_html(_page(""))))
    assert without.view.texts == plain.view.texts
    assert without.view.tags == plain.view.tags
    assert without.scores == plain.scores
    assert without.kinds == plain.kinds


def test_text_that_says_nothing_of_the_titles_is_found() -> None:
    view = view_page(parse_html(_page(f'<div class="article-body">{STORY}</div>')))
    node = next(n for n, label in enumerate(view.labels) if label == "article-body")
    inside = range(view.firsts[node], view.lasts[node])
    kept = [place in inside for place in range(len(view.texts))]
    assert find_other(view, kept) == inside
    assert find_other(view, [not is_kept for is_kept in kept]) is None


def test_furniture_beside_a_text_is_no_article() -> None:
    source = (
        f"<html>{HEAD}<body>{MENU}<div id='t'>{STORY}</div><p>Ferry, Skarholm, winter: all offers.</p></body></html>"
    )
    page = parse_html(source)
    node = next(node for node in page.nodes if node.element.get("id") == "t")
    assert vote_beside(page, Options(), range(node.first, node.last)) is None


def test_ballot_beside_a_text_says_why_that_is_none() -> None:
    page = parse_html(_page(f'<div id="t">{STORY}</div>'))
    node = next(node for node in page.nodes if node.element.get("id") == "t")
    ballot = vote_beside(page, Options(), range(node.first, node.last))
    assert ballot is not None
    assert set(ballot.reasons[node.first : node.last]) == {IS_OTHER}
    assert max(ballot.scores[node.first : node.last]) == 0.0


@pytest.mark.parametrize(
    ("voter", "kind", "found"),
    [("drop_parts", "article", {1}), ("drop_copies", "article", set()), ("drop_parts", "listing", set())],
)
def test_parts_that_outweigh_an_article_are_told(voter: str, kind: str, found: set[int]) -> None:
    verdicts = (Verdict(0, True, "scorer", "", 0.9, text="short"), Verdict(1, False, voter, "", 0.9, text="far longer"))
    ballot = Ballot("scorer", (0.9, 0.9), ("", ""), kind=kind, calibration={})
    assert outweighing(Selection((True, False), verdicts, "scorer", None, ballot)) == found
