"""What the kind of a page says of its parts: named ones are no body, and the posts of a thread are judged alike."""

from __future__ import annotations

import time

import pytest

from newsclean.judge.scorer.kindrules import MIN_LIKE, level_posts, named_parts
from newsclean.judge.scorer.score import IN_PART, vote
from newsclean.judge.scorer.view import view_page
from newsclean.model import Options
from newsclean.page.html import parse_html
from tests.test_score import NEWS, STORY

BODY = "<p>First paragraph.</p><p>Second paragraph.</p><p>Third paragraph.</p>"


def _parts(source: str, kind: str, scores: list[float] | None = None) -> dict[str, str]:
    view = view_page(parse_html(source))
    total = len(view.texts)
    return {
        view.texts[block]: name
        for block, name in named_parts(view, [9.0] * total, scores or [0.5] * total, kind).items()
    }


@pytest.mark.parametrize(
    ("part", "kind", "name"),
    [
        ('<div class="product-reviews"><p>Nice.</p></div>', "product", "reviews"),
        ('<div itemprop="review"><p>Nice.</p></div>', "product", "review"),
        ('<div class="messageSignature"><p>Nice.</p></div>', "forum", "signature"),
        ('<div id="question-1"><ul id="comments-1"><li>Nice.</li></ul></div>', "forum", "comments"),
        ('<div class="author-bio"><p>Nice.</p></div>', "article", "bio"),
        ('<div id="onetrust-consent-sdk"><p>Nice.</p></div>', "documentation", "onetrust"),
    ],
)
def test_named_part_is_found_on_pages_of_its_kind(part: str, kind: str, name: str) -> None:
    assert _parts(BODY + part, kind) == {"Nice.": name}


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ('<div class="product-reviews"><p>Nice.</p></div>', "article"),
        ('<div id="comments-1"><p>Nice.</p></div>', "forum"),
        ('<section id="cookies"><p>Nice.</p></section>', "documentation"),
        ('<div class="preview"><p>Nice.</p></div>', "product"),
    ],
)
def test_no_other_part_is_found(part: str, kind: str) -> None:
    assert _parts(BODY + part, kind) == {}


def test_element_that_holds_the_page_is_no_part_of_it() -> None:
    assert _parts(f'<div class="review-page">{BODY}</div>', "product") == {}
    inner = '<div class="reviews"><p>Nice.</p></div>'
    assert _parts(f'<div class="review-page">{BODY}{inner}</div>', "product") == {"Nice.": "reviews"}


def test_part_that_holds_most_of_the_likely_text_is_the_body() -> None:
    life = '<div class="bio"><p>Nice.</p></div>'
    assert _parts(BODY + life, "article", [0.1, 0.1, 0.1, 0.9]) == {}
    assert _parts(BODY + life, "article", [0.9, 0.9, 0.1, 0.9]) == {"Nice.": "bio"}
    notice = life.replace("bio", "onetrust")
    assert _parts(BODY + notice, "article", [0.1, 0.1, 0.1, 0.9]) == {"Nice.": "onetrust"}


@pytest.mark.torture
@pytest.mark.parametrize("kind", ["forum", "article"])
def test_parts_inside_parts_take_linear_time(kind: str) -> None:
    source = BODY * 9_000 + '<div class="comments">' * 900 + '<p class="comments">Nice.</p>' * 18_000
    view = view_page(parse_html(source))
    scores = [0.5] * len(view.texts)
    start = time.process_time()
    assert len(named_parts(view, scores, scores, kind)) == (18_000 if kind == "article" else 0)
    assert time.process_time() - start < 2


def test_verdict_names_the_part() -> None:
    box = '<div class="author-bio"><p>Marta Lind has written about ferries and harbours since the year 1988.</p></div>'
    page = parse_html(NEWS.replace(STORY, STORY + box))
    ballot = vote(page, Options())
    assert ballot is not None
    (block,) = (block.number for block in page.blocks if block.text.startswith("Marta Lind has"))
    assert ballot.reasons[block] == IN_PART.format("bio")
    assert ballot.scores[block] == 0.0


def _thread(posts: int) -> str:
    return "".join(f'<div class="post" id="p{n}"><div class="text"><p>Reply {n}.</p></div></div>' for n in range(posts))


def test_short_post_is_scored_like_the_others_of_its_thread() -> None:
    view = view_page(parse_html(_thread(4) + '<div class="menu"><div class="text"><p>Menu.</p></div></div>'))
    sizes = [100.0] * 5
    levelled = level_posts(view, sizes, [0.9, 0.9, 0.9, 0.1, 0.1], 1.0)
    assert levelled[3] > 0.5
    assert levelled[4] == 0.1
    assert level_posts(view, sizes, [0.9, 0.9, 0.9, 0.1, 0.1], 0.0) == [0.9, 0.9, 0.9, 0.1, 0.1]


def test_page_that_is_hardly_a_forum_keeps_its_scores() -> None:
    view = view_page(parse_html(_thread(3)))
    scores = [0.9, 0.9, 0.3]
    assert level_posts(view, [100.0] * 3, scores, 0.04) == scores
    assert level_posts(view, [100.0] * 3, scores, 0.06)[2] == pytest.approx(0.3 + 0.7 * 0.06 * 0.4)


def test_long_post_says_no_more_about_its_like_than_one_of_400_characters() -> None:
    view = view_page(parse_html(_thread(3)))
    mean = (0.9 * 400 + 0.1 * 100 + 0.1 * 100) / 600
    levelled = level_posts(view, [5000.0, 100.0, 100.0], [0.9, 0.1, 0.1], 1.0)
    assert levelled[2] == pytest.approx(0.1 + 0.7 * (mean - 0.1))


def test_two_posts_are_too_few_to_be_levelled() -> None:
    view = view_page(parse_html(_thread(MIN_LIKE - 1)))
    assert level_posts(view, [100.0] * 2, [0.9, 0.1], 1.0) == [0.9, 0.1]


def test_thread_of_which_one_post_is_likely_does_not_become_a_shell() -> None:
    view = view_page(parse_html(_thread(4)))
    assert level_posts(view, [100.0] * 4, [0.6, 0.2, 0.2, 0.2], 1.0) == [0.6, 0.2, 0.2, 0.2]
