"""Whom a thread is by: the author of its first post, in the markup of the forums that there are. Names are invented."""

from __future__ import annotations

import pytest

from newsclean.facts import read_metadata
from newsclean.page.html import parse_html

POST = (
    "<p>The harbour wall has a crack that I can put my hand into, and nobody at the office answers the telephone.</p>"
)
HEADLINE = "<h1>Who looks after the harbour wall?</h1>"

PHPBB = """<div class="post"><dl class="postprofile"><dt><a href="u7" class="username">h.mole</a></dt>
<dd>Posts: 12</dd></dl><p class="author">by <a class="username">h.mole</a> » Fri Jul 04, 2025 10:30 am</p>{post}</div>
<div class="post"><dl class="postprofile"><dt><a class="username">tidewatch</a></dt></dl>{post}</div>"""
XENFORO = """<section class="message-user"><h4 class="message-name"><a class="username">Ebb 77</a></h4>
<h5 class="userTitle byline">Insights Author</h5></section>{post}
<section class="message-user"><h4 class="message-name"><a class="username">tidewatch</a></h4></section>{post}"""
VBULLETIN = """<table><tr><td class="alt2"><a class="bigusername">saltmarsh</a></td><td>{post}</td></tr>
<tr><td class="alt2"><a class="bigusername">tidewatch</a></td><td>{post}</td></tr></table>"""
FLUXBB = """<div class="blockpost"><div class="postleft"><dl><dt><strong>mudlark</strong></dt><dd>Member</dd></dl></div>
{post}<p class="postedit">Last edited by warden (2025-07-05 10:00:00)</p></div>
<div class="blockpost"><div class="postleft"><dl><dt><strong>tidewatch</strong></dt></dl></div>{post}</div>"""
FLARUM = """<article><h3 class="PostUser-name"><a>dykewalker</a></h3>{post}</article>
<article><h3 class="PostUser-name"><a>tidewatch</a></h3>{post}</article>"""
QUESTION = """<div itemscope itemtype="https://schema.org/QAPage">
<div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">{post}<div class="post-signature">
<div class="user-details" itemprop="author" itemscope itemtype="https://schema.org/Person">
<a itemprop="name">Pier 9</a></div></div></div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">{post}
<div class="user-details" itemprop="author" itemscope itemtype="https://schema.org/Person">
<a itemprop="name">Ann Lee</a></div></div></div>"""
JSON_LD = """<script type="application/ld+json">{{"@type": "DiscussionForumPosting", "headline": "The wall",
"author": {{"@type": "Person", "name": "gullfeather"}}}}</script><p class="byline">Ann Lee</p>{post}"""

FORUMS = {
    "/viewtopic.php?t=36": (PHPBB, "h.mole"),
    "/threads/the-wall.12/": (XENFORO, "Ebb 77"),
    "/showthread.php?t=9": (VBULLETIN, "saltmarsh"),
    "/viewtopic.php?id=3": (FLUXBB, "mudlark"),
    "/d/2068-the-wall": (FLARUM, "dykewalker"),
    "/questions/41/the-wall": (QUESTION, "Pier 9"),
    "/talk/41": (JSON_LD, "gullfeather"),
}


@pytest.mark.parametrize("path", FORUMS)
def test_a_thread_is_by_whoever_wrote_its_first_post(path: str) -> None:
    markup, name = FORUMS[path]
    source = f"<html><body>{HEADLINE}{markup.format(post=POST)}</body></html>"
    assert read_metadata(parse_html(source, f"https://forum.example{path}")).authors == (name,)


def test_an_article_under_which_users_write_is_by_its_author() -> None:
    source = (
        f'<html><body>{HEADLINE}<p class="byline">By Ann Lee</p>{POST * 3}'
        f'<div class="reply"><span class="username">tidewatch</span>{POST}</div></body></html>'
    )
    assert read_metadata(parse_html(source, "https://courier.example/2025/07/the-wall")).authors == ("Ann Lee",)


def test_a_quoted_user_did_not_write_the_thread() -> None:
    source = (
        f'<html><body>{HEADLINE}<blockquote><span class="username">warden</span> said: ask</blockquote>{POST}'
        '<div class="poster"><h4><a>mudlark</a></h4></div></body></html>'
    )
    assert read_metadata(parse_html(source, "https://forum.example/topic/5/wall")).authors == ("mudlark",)


def test_day_of_a_remark_is_not_the_question_s() -> None:
    stamp = '<time itemprop="datePublished" datetime="2025-06-02T10:11:12Z"></time>'
    remark = f'<div itemprop="comment" itemscope>Ask the goat. {stamp}</div>'
    scope = '<div itemscope itemtype="http://schema.org/Question">'
    page = f"<h1>How do I hang a bell?</h1><p>asked Jun 2, 2025 at 9:01</p>{scope}{POST}{remark}</div>"
    assert read_metadata(parse_html(page)).published == "2025-06-02T09:01:00"


def test_sentence_that_is_named_a_signature_names_nobody() -> None:
    motto = (
        "Pillars of modern sleep, such as shutters and woollen plugs, stand on the ruins of an older and quieter age."
    )
    page = f'<h1>Which rope for a bell?</h1>{POST}<div class="signature">{motto} My cat had neither.</div>'
    assert read_metadata(parse_html(page)).authors == ()
