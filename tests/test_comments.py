"""Readers' comments: found by the markup of many systems, apart from the article, shown where asked for."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import jsonschema
import pytest

import newsclean
from newsclean.article import schema
from newsclean.document import Heading, List
from newsclean.facts.comments import find_comments
from newsclean.model import Comment, Options
from newsclean.page.html import parse_html
from newsclean.render.prepare import comment_blocks
from tests.cases import FIXTURES
from tests.saved import page

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = sorted(path.parent for path in (FIXTURES / "comments").rglob("comments.json"))


def comments_of(html: str) -> tuple[Comment, ...]:
    found = parse_html(f"<html><body><p>Body.</p>{html}</body></html>")
    return find_comments(found, found, [False] * len(found.blocks))


def page_with(html: str) -> str:
    return page().replace("<footer>", f"{html}<footer>")


COMMENT = '<div class="comment"><b class="author">{}</b> <time datetime="2025-07-0{}">d</time><p>{}</p>{}</div>'
THREAD = COMMENT.format("Ann", 1, "First <i>remark</i>.", COMMENT.format("Bo", 2, "An answer.", "")) + COMMENT.format(
    "Cy", 3, "Second remark.", ""
)


def test_there_are_fixtures_of_many_systems() -> None:
    assert len(FOLDERS) >= 8


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_page_gives_the_expected_comments(folder: Path) -> None:
    article = newsclean.convert(folder / "page.html").to_dict()
    assert article["comments"] == json.loads((folder / "comments.json").read_text("utf-8"))
    jsonschema.validate(article, schema())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_comment_is_in_the_body(folder: Path) -> None:
    article = newsclean.convert(folder / "page.html")
    body = " ".join(article.text.split())
    assert article.comments
    assert not [one for one in article.comments if " ".join(one.text.split()) in body]


def test_keeps_the_order_and_depth_of_replies() -> None:
    assert comments_of(THREAD) == (
        Comment("Ann", "2025-07-01", "First remark.", 0),
        Comment("Bo", "2025-07-02", "An answer.", 1),
        Comment("Cy", "2025-07-03", "Second remark.", 0),
    )


def test_posts_that_are_the_body_are_no_comments() -> None:
    found = parse_html(f"<html><body>{THREAD}</body></html>")
    kept = ["First" in block.text or "answer" in block.text for block in found.blocks]
    assert [one.author for one in find_comments(found, found, kept)] == ["Cy"]
    copy = parse_html(found.source)
    assert [one.author for one in find_comments(found, copy, kept)] == ["Cy"]


def test_parts_paragraphs_and_keeps_lines() -> None:
    (one,) = comments_of('<div class="comment"><cite>Ann</cite><p>a<br>b</p><p>c<br><br>d</p></div>')
    assert one.text == "a\nb\n\nc\n\nd"


@pytest.mark.parametrize(
    ("html", "author"),
    [
        ('<cite class="fn">Ann Lee</cite> <span class="says">says:</span>', "Ann Lee"),
        ('<div class="comment-author">Ann Lee schreibt:</div>', "Ann Lee"),
        ('<span class="author">Posted by Ann Lee</span>', "Ann Lee"),
        ('<div class="comment-author"><a>Ann Lee</a> <a>4 July 2025, 10:30</a></div>', "Ann Lee"),
        ('<span itemprop="author"><span itemprop="name">Ann Lee</span></span>', "Ann Lee"),
    ],
)
def test_reads_the_name_alone(html: str, author: str) -> None:
    assert [one.author for one in comments_of(f'<div class="comment">{html}<p>Text.</p></div>')] == [author]


@pytest.mark.parametrize(
    "html",
    [
        '<div id="comments"><h3>Comments</h3><p>Comments are closed.</p></div>',
        '<div class="comments"><form><input name="author"><textarea>Text</textarea></form></div>',
        '<a class="comment-count" href="#comments">12 comments</a>',
        '<ul><li class="comment"><b class="author">Ann</b></li></ul>',
        '<article class="post"><b class="author">Ann</b><time datetime="2025-07-01"></time><p>A teaser.</p></article>',
        "<p>The comment by the mayor.</p>",
    ],
)
def test_finds_none_where_there_are_none(html: str) -> None:
    assert comments_of(html) == ()


def test_json_always_has_them_and_its_contents_never() -> None:
    for options in (Options(), Options(comments=True)):
        found = newsclean.convert(page_with(THREAD), options=options).to_dict()
        assert [one["author"] for one in found["comments"]] == ["Ann", "Bo", "Cy"]
        assert "answer" not in found["content_markdown"] + found["content_html"] + found["content_text"]


def test_markdown_and_html_end_with_them_where_asked() -> None:
    plain = newsclean.convert(page_with(THREAD))
    shown = newsclean.convert(page_with(THREAD), options=Options(comments=True))
    assert "answer" not in plain.markdown + plain.html
    assert shown.markdown.endswith(
        "## Comments\n\n- **Ann** (2025-07-01)\n\n  First remark.\n\n  - **Bo** (2025-07-02)\n\n    An answer.\n\n"
        "- **Cy** (2025-07-03)\n\n  Second remark.\n"
    )
    assert "An answer." in shown.html
    assert shown.word_count == plain.word_count


def test_comments_from_data_where_the_page_shows_none() -> None:
    data = {
        "@type": "NewsArticle",
        "comment": [
            {
                "@type": "Comment",
                "text": "One &amp; two.\nThree.",
                "author": {"@type": "Person", "name": "Ann"},
                "dateCreated": "2025-07-01T10:00:00Z",
                "comment": {"@type": "Comment", "text": "Four.", "author": "Bo"},
            },
            {"@type": "Comment", "text": ""},
        ],
    }
    assert comments_of(f'<script type="application/ld+json">{json.dumps(data)}</script>') == (
        Comment("Ann", "2025-07-01T10:00:00+00:00", "One & two.\n\nThree.", 0),
        Comment("Bo", None, "Four.", 1),
    )


def test_markup_in_a_comment_stays_text() -> None:
    (one,) = comments_of('<div class="comment"><cite>Ann</cite><p>&lt;script&gt;x&lt;/script&gt; # [a](b)</p></div>')
    assert one.text == "<script>x</script> # [a](b)"
    source = page_with('<div class="comment"><cite>Ann</cite><p>&lt;script&gt;x&lt;/script&gt; [a](b)</p></div>')
    shown = newsclean.convert(source, options=Options(comments=True))
    assert "<script>" not in shown.html
    assert "\\<script>" in shown.markdown


def test_deep_replies_are_shown_flat_past_a_bound() -> None:
    heading, shown = comment_blocks([Comment("Ann", None, f"t{depth}", depth * 7) for depth in range(40)])
    assert isinstance(heading, Heading)
    assert isinstance(shown, List)
    assert repr(shown).count("ListItem(") == 40


@pytest.mark.torture
@pytest.mark.parametrize(
    "html",
    [
        '<div class="comment">' * 3000 + "x",
        '<div class="comment"><b class="author">a</b>x' * 3000,
        ('<div class="comment"><b class="author">a</b><p>x</p></div>') * 20000,
        '<div class="comment">' + '<b class="author">a</b>' * 50000 + "x</div>",
        '<li class="comment"><article class="comment">' * 1000 + '<b class="author">a</b>x',
    ],
    ids=["nested", "nested-authors", "many", "authors", "threads"],
)
def test_hostile_page_takes_bounded_time(html: str) -> None:
    found = parse_html(f"<html><body>{html}</body></html>")
    start = time.process_time()
    assert len(find_comments(found, found, [False] * len(found.blocks))) <= 5000
    assert time.process_time() - start < 8
