"""The trained scorer as a voter: what it keeps, why, and how the cut moves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsclean.judge.scorer.cut import Aim, best_cut, find_copies, page_cut
from newsclean.judge.scorer.reasons import block_reasons
from newsclean.judge.scorer.score import ballot, judge, vote
from newsclean.model import Options
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.judge.ballots import Ballot

SENTENCES = [
    "The harbour office said on Monday that the old ferry will sail again in spring, after two years.",
    "Her engine was rebuilt by a yard in the next town, and the cost, two million crowns, was met by three councils.",
    "“We had almost given up hope,” said Marta Lind, who has run the ticket booth on the island since 1988.",
    "The first crossing is planned for the last week of March, if the ice lets her through the northern channel.",
    "Until then the island's four hundred residents depend on a small boat that takes no cars and sails twice a day.",
]
STORY = "".join(f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES)
MENU = "".join(
    f'<li><a href="/{word}">{word.title()}</a></li>' for word in "home news sport culture weather jobs".split()
)
TEASERS = "".join(f'<div class="teaser"><a href="/{n}"><h3>Another story number {n}</h3></a></div>' for n in range(6))

NEWS = f"""<html><head><title>Ferry returns - Harbour Post</title>
<meta property="og:type" content="article">
<script type="application/ld+json">{{"@type": "NewsArticle"}}</script></head><body>
<header><nav><ul class="menu">{MENU}</ul></nav></header>
<main><article class="article"><h1>Ferry returns</h1><div class="article-body">{STORY}</div></article>
<section class="related-articles"><h2>Related</h2>{TEASERS}</section></main>
<footer class="footer"><p>© Harbour Post. All rights reserved.</p><ul>{MENU}</ul></footer></body></html>"""


def _ballot(source: str, options: Options | None = None) -> Ballot:
    ballot = vote(parse_html(source), options or Options())
    assert ballot is not None
    return ballot


def _kept(source: str, options: Options | None = None) -> list[str]:
    page = parse_html(source)
    ballot = vote(page, options or Options())
    assert ballot is not None
    return [block.text for block, score in zip(page.blocks, ballot.scores, strict=True) if score >= ballot.cut]


def test_a_few_sure_lines_do_not_hide_an_unsure_article() -> None:
    aim = Aim(0.55, 0.3, 0.75)
    assert best_cut([0.95, 0.9, *[0.35] * 40], [50.0] * 42, aim) == 0.35
    assert best_cut([0.95, 0.9, *[0.35] * 4], [50.0] * 6, aim) == 0.75
    assert best_cut([0.9, *[0.29] * 40], [50.0] * 41, aim) == 0.3


def test_keeps_the_story_and_drops_the_frame() -> None:
    kept = "\n".join(_kept(NEWS))
    assert all(sentence in kept for sentence in SENTENCES)
    assert "Weather" not in kept
    assert "All rights reserved" not in kept
    assert "Another story" not in kept


def test_every_block_has_a_score_and_a_reason() -> None:
    page = parse_html(NEWS.replace("<h1>", "<img src=a.jpg><h1>"))
    ballot = vote(page, Options())
    assert ballot is not None
    assert len(ballot.scores) == len(ballot.reasons) == len(page.blocks)
    assert all(0.0 <= score <= 1.0 for score in ballot.scores)
    assert all(ballot.reasons)


def test_reasons_speak_for_kept_and_against_dropped_blocks() -> None:
    ballot = _ballot(NEWS)
    against = {"link density 1.00", "in a list of links", "in the footer", "in the navigation", "short text"}
    kept = {reason for reason, score in zip(ballot.reasons, ballot.scores, strict=True) if score >= ballot.cut}
    assert not kept & against


def test_effect_that_moved_a_block_most_is_its_reason_and_of_equals_the_first() -> None:
    effects = {
        "chars": ([80.0], [-0.5, 0.4]),
        "link_density": ([0.5], [0.4, -0.8]),
        "in_footer": ([0.0], [0.1, -0.8]),
        "since_h1": ([-0.5], [-0.1, 0.9]),
    }
    columns = {
        "chars": [200.0, 200.0, 200.0, 10.0, 10.0],
        "link_density": [0.0, 0.0, 1.0, 0.75, 0.0],
        "in_footer": [0.0, 0.0, 1.0, 1.0, 0.0],
        "since_h1": [-1.0, 0.0, -1.0, -1.0, -1.0],
    }
    reasons = block_reasons(columns, effects, [0.9, 0.9, 0.1, 0.1, 0.1], [True, True, False, False, False], 0.5)
    assert reasons == ["long paragraph", "below the headline", "link density 1.00", "link density 0.75", "short text"]


def test_block_that_the_neighbourhood_decides_says_so() -> None:
    effects, columns = {"chars": ([80.0], [-0.5, 0.4])}, {"chars": [200.0, 10.0]}
    assert block_reasons(columns, effects, [0.9, 0.1], [False, True], 0.5) == [
        "apart from the article text",
        "surrounded by article text",
    ]


def test_works_without_any_class_or_id() -> None:
    bare = NEWS
    for name in ("menu", "article-body", "article", "related-articles", "teaser", "footer"):
        bare = bare.replace(f' class="{name}"', "")
    kept = "\n".join(_kept(bare))
    assert all(sentence in kept for sentence in SENTENCES)
    assert "Weather" not in kept


def test_recall_keeps_at_least_what_precision_keeps() -> None:
    precise, balanced, complete = (set(_kept(NEWS, Options(keep=keep))) for keep in ("precision", "balanced", "recall"))
    assert precise <= balanced <= complete


def test_page_of_a_news_article_is_recognised() -> None:
    assert judge(parse_html(NEWS)).kind == "article"


def test_abstains_on_pages_without_text() -> None:
    assert vote(parse_html("<html><body><img src=a.jpg></body></html>"), Options()) is None
    assert vote(parse_html(""), Options()) is None


@pytest.mark.parametrize("quote", ["<blockquote>{}</blockquote>", '<div class="bbCodeQuote">{}</div>'])
def test_quotes_of_a_thread_are_no_copies(quote: str) -> None:
    first, second = (f"<p>{sentence}</p>" for sentence in SENTENCES[:2])
    page = parse_html(f"<div>{first}</div><div>{quote.format(first)}{second}</div><div><div>{first}</div></div>")
    judgement = judge(page)
    sure = replace(judgement, scores=[0.9] * len(judgement.scores), kinds=dict.fromkeys(judgement.kinds, 0.0))
    thread, story = (replace(sure, kinds={**sure.kinds, kind: 1.0}) for kind in ("forum", "article"))
    copied = [block.number for block in page.blocks if block.text == SENTENCES[0]][1:]
    assert ballot(page, story, Options()).copies == frozenset(copied)
    assert ballot(page, thread, Options()).copies == frozenset(copied[1:])


def test_same_page_gives_the_same_ballot() -> None:
    assert _ballot(NEWS) == _ballot(NEWS)


def test_copy_in_another_container_is_dropped() -> None:
    texts = ["A text of quite a few words, kept in one place."] * 3
    assert find_copies(texts, [10.0] * 3, [1, 2, 1], [0.9] * 3, 0.5) == {1}


def test_repeats_inside_one_container_stay() -> None:
    assert find_copies(["Lorem ipsum"] * 2, [10.0] * 2, [1, 1], [0.9] * 2, 0.5) == set()


def test_paragraph_repeated_beside_text_of_its_own_is_no_copy() -> None:
    texts = ["Lorem ipsum", "One", "Lorem ipsum", "Two"]
    assert find_copies(texts, [10.0] * 4, [1, 1, 2, 2], [0.9] * 4, 0.5) == set()
    assert find_copies(texts[:3], [10.0] * 3, [1, 1, 2], [0.9] * 3, 0.5) == {2}


def test_cut_stays_within_its_bounds() -> None:
    aim = Aim(0.7, 0.3, 0.5)
    assert best_cut([0.05, 0.02], [100.0, 100.0], aim) == 0.5
    assert best_cut([0.99, 0.98], [100.0, 100.0], aim) == 0.5
    assert 0.3 <= best_cut([0.9, 0.4, 0.35, 0.1], [100.0] * 4, aim) <= 0.5


def test_cut_is_higher_the_less_recall_weighs() -> None:
    scores, sizes = [0.95, 0.6, 0.4, 0.1], [300.0, 100.0, 100.0, 100.0]
    cuts = [best_cut(scores, sizes, Aim(recall, 0.1, 0.99)) for recall in (0.1, 1.0, 8.0)]
    assert cuts == sorted(cuts, reverse=True)
    assert cuts[0] == 0.95
    assert cuts[2] == 0.1


def test_cut_is_higher_on_articles_than_elsewhere() -> None:
    scores, sizes = [0.9, 0.42, 0.3], [200.0, 150.0, 150.0]
    assert page_cut(scores, sizes, 1.0, "balanced") >= page_cut(scores, sizes, 0.0, "balanced")


def test_keeps_nothing_of_a_shell_of_menus_unless_all_is_asked_for() -> None:
    menus, sizes = [0.3, 0.34, 0.1], [40.0, 40.0, 40.0]
    assert page_cut(menus, sizes, 0.1, "balanced") > 0.34
    assert page_cut(menus, sizes, 0.1, "recall") <= 0.34
    assert page_cut([*menus, 0.5], [*sizes, 40.0], 0.1, "balanced") <= 0.34  # one of its texts is likely


@pytest.mark.parametrize("module", ["numpy", "lightgbm", "bs4", "readability"])
def test_heavy_libraries_are_not_imported(module: str) -> None:
    code = f"import sys, newsclean.judge.scorer.score; sys.exit({module!r} in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=False).returncode
        == 0
    )
