"""The numbers that describe a block and its surroundings."""

from __future__ import annotations

import pytest

from newsclean.columns import best_run, range_columns, since_last
from newsclean.judge.scorer.features import COLUMNS, STATIC_COLUMNS, block_columns, static_columns
from newsclean.judge.scorer.kind import (
    KIND_COLUMNS,
    KINDS,
    article_share,
    kind_row,
    likeliest_kind,
    url_tokens,
    with_declared,
)
from newsclean.judge.scorer.measures import Measures, best_subtree
from newsclean.judge.scorer.second import SECOND_COLUMNS, second_columns
from newsclean.judge.scorer.tokens import TABLES, exact_token, label_tokens, table_for, text_tokens
from newsclean.judge.scorer.view import PageView, view_page
from newsclean.page.html import parse_html

LONG = "The harbour office said on Monday that the old ferry will sail again in spring, after two years of repairs. "

PAGE = f"""<html><head><title>Ferry returns | Harbour Post</title>
<meta property="og:type" content="article"><meta name="description" content="{LONG[:40]}">
<script type="application/ld+json">{{"@type": "NewsArticle"}}</script></head><body>
<nav class="menu"><ul><li><a href="/a">Home</a></li><li><a href="/b">Sport</a></li></ul></nav>
<article class="story-body"><h1>Ferry returns</h1><p>{LONG * 3}</p><p>{LONG * 2}</p></article>
<aside class="related-posts" style="display:none"><h3>Read more</h3><p><a href="/c">Another story</a></p></aside>
<footer><p>Imprint</p></footer></body></html>"""


NO_KINDS = [0.0] * len(KINDS)


def _view(source: str = PAGE) -> PageView:
    return view_page(parse_html(source))


def _columns(source: str = PAGE) -> dict[str, list[float]]:
    view = _view(source)
    return dict(zip(COLUMNS, block_columns(view, Measures(view), {}, NO_KINDS), strict=True))


def test_every_column_has_a_number_a_block() -> None:
    view = _view()
    columns = block_columns(view, Measures(view), {}, NO_KINDS)
    assert len(columns) == len(COLUMNS)
    assert {len(column) for column in columns} == {len(view.texts)}


def test_column_names_are_unique() -> None:
    assert len({*COLUMNS, *SECOND_COLUMNS}) == len(COLUMNS) + len(SECOND_COLUMNS)


def test_page_without_text_gives_empty_columns() -> None:
    view = _view("<html><body><img src=x></body></html>")
    assert static_columns(view, Measures(view)) == [[] for _ in STATIC_COLUMNS]


def test_page_of_one_block_gives_one_row() -> None:
    assert {len(column) for column in _columns("<p>Only this.</p>").values()} == {1}


def test_link_density_tells_menu_from_paragraph() -> None:
    density = _columns()["link_density"]
    assert density[0] == 1.0
    assert density[3] == 0.0


def test_flags_reach_down_to_blocks() -> None:
    columns = _columns()
    assert columns["in_nav"][0] == 1.0
    assert columns["in_article"][3] == 1.0
    assert columns["is_hidden"][-2] == 1.0
    assert columns["is_hidden"][3] == 0.0


def test_run_of_long_paragraphs_is_found() -> None:
    columns = _columns()
    assert columns["in_run0"] == [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    assert columns["past_run0"][-1] == 3.0
    assert columns["before_run1"][0] == 3.0


def test_headline_and_description_are_matched() -> None:
    columns = _columns()
    assert columns["title_match"][2] == 2.0
    assert columns["description_match"][3] == 1.0
    assert columns["since_h1"][:4] == [-2.0, -1.0, 0.0, 1.0]


def test_characters_of_unspaced_scripts_weigh_more() -> None:
    view = _view("<p>" + "港の事務所は月曜日に古いフェリーが春に再び就航すると発表した。" * 4 + "</p>")
    assert Measures(view).chars[0] > 2 * len(view.texts[0])
    assert Measures(_view()).scale == 1.0


def test_token_weights_of_classes_reach_the_blocks_below() -> None:
    view = _view()
    weights = {",related": -3.0, ",story": 2.0}
    columns = dict(zip(COLUMNS, block_columns(view, Measures(view), weights, NO_KINDS), strict=True))
    assert columns["class_min"][-2] < 0.0
    assert columns["class_max"][3] > 0.0
    assert columns["class_min"][0] == 0.0


def test_label_tokens_split_names_and_mask_numbers() -> None:
    assert label_tokens("post-1234 storyBody") == (".post-#", ",post", ".storybody", ",story", ",body")


def test_text_tokens_are_first_words_with_numbers_masked() -> None:
    assert text_tokens("12 Comments on this") == ["#", "comments", "on", "this"]
    assert exact_token("Read more »") == "=read more"


def test_best_run_is_the_largest_sum() -> None:
    assert best_run([-1.0, 3.0, -1.0, 2.0, -9.0, 3.0]) == (1, 4)
    assert best_run([-1.0, -2.0]) == (0, 0)


def test_best_subtree_prefers_the_innermost() -> None:
    view = _view()
    first, last = best_subtree(view, [-1.0, -1.0, 1.0, 5.0, 5.0, -1.0, -1.0, -1.0])
    assert (first, last) == (2, 5)


def test_range_columns_tell_inside_past_and_before() -> None:
    assert range_columns(4, (1, 3)) == [[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0]]


def test_since_last_counts_blocks_up_to_a_limit() -> None:
    assert since_last([False, True, False, False], 5.0) == [5.0, 5.0, 1.0, 2.0]


def test_second_columns_see_the_neighbours() -> None:
    view = _view()
    scores = [0.0, 0.0, 0.2, 0.9, 0.9, 0.1, 0.0, 0.0]
    columns = second_columns(view, Measures(view), scores)
    named = dict(zip(SECOND_COLUMNS, columns, strict=True))
    assert {len(column) for column in columns} == {len(scores)}
    assert named["q_next1"][2] == 0.9
    assert named["in_qrun1"] == [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]


def test_kind_row_has_a_number_a_column() -> None:
    view = _view()
    row = kind_row(view, Measures(view), {"ld:NewsArticle": [2.0] + [-1.0] * (len(KINDS) - 1)})
    named = dict(zip(KIND_COLUMNS, row, strict=True))
    assert named["token_article"] == 2.0
    assert named["articles"] == 1.0


def test_url_tokens_are_words_of_host_and_path() -> None:
    assert url_tokens("https://forum.example.org/thread/12") == {"@forum", "@example", "@org", "@thread"}
    assert "@/" in url_tokens("https://example.org/")


def test_pages_nested_deep_are_walked_without_recursion() -> None:
    assert len(_columns("<div>" * 3000 + "deep" + "</div>" * 3000)["chars"]) == 1


def test_caption_stands_right_after_its_image() -> None:
    source = f"<article><p>{LONG}</p><figure><img src=a.jpg><p>The ferry in 2019</p></figure><p>{LONG}</p></article>"
    columns = _columns(source)
    assert columns["media_before"] == [9.0, 1.0 + 1.0, 9.0]
    assert columns["media_after"][0] == 2.0


def test_stacked_articles_are_counted() -> None:
    post = f'<div class="post post-#"><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>'
    columns = _columns("<main>" + post.replace("#", "1") + post.replace("#", "2") + "</main>")
    assert columns["twin_index"] == [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    assert columns["twin_count"] == [2.0] * 6


def test_kind_chooses_the_table() -> None:
    assert [TABLES[table_for(share)] for share in (0.9, 0.5, 0.1)] == ["article", "pooled", "other"]


def test_news_counts_as_article() -> None:
    kinds = [0.0] * len(KINDS)
    kinds[KINDS.index("article")], kinds[KINDS.index("news")] = 0.25, 0.5
    assert article_share(kinds) == 0.75


def test_encoded_data_is_no_paragraph() -> None:
    view = _view(f"<p>{LONG}</p><p>{'a6b4f817' * 40}</p>")
    assert [size > 0 for size in Measures(view).long] == [True, False]


@pytest.mark.parametrize(
    "declared",
    [
        '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Leaking lock"}</script>',
        '<article itemscope itemtype="https://schema.org/DiscussionForumPosting"><p>Leaking.</p></article>',
        "<div itemscope itemtype='http://schema.org/QAPage'><p>Why does it leak?</p></div>",
    ],
)
def test_page_that_declares_a_thread_is_one(declared: str) -> None:
    shares = [0.86, 0.02, *[0.02] * 6]
    with_thread = with_declared(shares, view_page(parse_html(declared)).signals)
    assert likeliest_kind(with_thread) == "forum"
    assert sum(with_thread) == pytest.approx(1.0)
    assert with_declared(shares, view_page(parse_html("<p>Leaking.</p>")).signals) == shares
