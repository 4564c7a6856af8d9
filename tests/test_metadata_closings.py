"""Who signs where the text ends, and what looks like a byline and is none. All pages are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.facts import read_metadata
from newsclean.facts.closings import heads_of_mails
from newsclean.flattext import parse_text
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.model import Metadata

PARAGRAPHS = (
    "The ferry of Ostby now carries only those who can name the three winds of the bay.",
    "The harbour master asks the question at the gate and waits for the answer, even in the rain.",
    "So far nobody has been turned away, though two travellers had to think for most of an hour.",
    "The council will decide in the autumn whether the question is to be made an easier one.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
FLAT = "\n\n".join(PARAGRAPHS)
MORE = "Benches moved\n" * 8
MAIL = "Von: Ann Lee{0}An: Bo Ek{0}Betreff: Fähre"


def read(body: str, lang: str = "en") -> Metadata:
    head = "<title>The ferry asks a question | Ostby Post</title>"
    page = f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return read_metadata(parse_html(page, "https://www.ostby-post.example/ferry"))


@pytest.mark.parametrize(
    "signature",
    [
        '<p style="text-align:right"><b>Đỗ Hạ Miên</b></p>',
        '<p style="text-align: right">Ann Lee</p>',
        '<p align="right">Ann Lee</p>',
        '<p class="has-text-align-right">Ann Lee</p>',
        "<p><em>Ann Lee</em></p>",
    ],
)
def test_a_name_set_apart_below_the_last_paragraph_signs(signature: str) -> None:
    body = f"<div><h1>The ferry asks a question</h1>{TEXT}{signature}</div><ul><li>Letters</li></ul>"
    assert len(read(body).authors) == 1
    assert read(body).authors[0] in signature


@pytest.mark.parametrize(
    "line",
    [
        "<blockquote><p>A question is a toll too.</p><p><b>Ann Lee</b></p></blockquote>",
        "<p>Ann Lee</p>",
        '<h2 style="text-align:right">Ann Lee</h2>',
        f'<p style="text-align:right">Ann Lee</p>{TEXT}',
    ],
)
def test_a_name_that_is_quoted_plain_a_heading_or_inside_the_text_signs_nothing(line: str) -> None:
    assert read(f"<div><h1>The ferry asks a question</h1>{TEXT}{line}</div>").authors == ()


@pytest.mark.parametrize(
    "other",
    [
        '<section class="more"><a href="/1">The lantern tells a story</a> <span class="author">Bo Ek</span></section>',
        '<ul><li><a href="/1">竹鼠偷走春天</a> 记者 田未央</li></ul>',
        '<div class="related"><p>By Bo Ek</p></div>',
    ],
)
def test_authors_of_other_texts_below_short_paragraphs_are_not_its_own(other: str) -> None:
    assert read(f"<div><h1>The ferry asks a question</h1>{TEXT}</div>{other}").authors == ()


def test_an_author_below_short_paragraphs_still_counts() -> None:
    assert read(f"<div><h1>The ferry asks a question</h1>{TEXT}<p>By Bo Ek</p></div>").authors == ("Bo Ek",)


def test_who_is_linked_in_a_sentence_is_told_of() -> None:
    told = '<p>The pilot <a href="/people/lathe">Bo Ek</a> used to steer the ferry before the wind took his hat.</p>'
    body = f'<h2>The ferry asks a question</h2><p class="by">by Ann Lee, 11 April 2009</p>{TEXT}{told}'
    assert read(body).authors == ("Ann Lee",)
    assert read(f"<h1>The ferry asks a question</h1>{TEXT}{told}").authors == ()


def test_who_is_linked_in_a_long_paragraph_is_told_of() -> None:
    told = f'<p>{TEXT * 2} With <a href="/people/ek"><b>Bo Ek</b></a> he once steered the ferry. {TEXT * 2}</p>'
    told = told.replace("<p>", "").replace("</p>", "")
    assert read(f"<h1>The ferry asks a question</h1><p>{told}</p>").authors == ()


def test_who_is_linked_where_a_sentence_says_who_they_are_signs() -> None:
    told = '<p><a href="/people/ek">Bo Ek</a> is a reporter who writes about ferries, harbours and the three winds.</p>'
    assert read(f"<h1>The ferry asks a question</h1>{TEXT}{told}").authors == ("Bo Ek",)


@pytest.mark.parametrize("mail", [f"<p>{MAIL.format('<br>')}</p>", f"<p>{MAIL.format('</p><p>')}</p>"])
def test_the_head_of_a_quoted_mail_is_no_byline(mail: str) -> None:
    assert read(f"<h1>The ferry asks a question</h1>{TEXT}{mail}", "de").authors == ()
    assert read(f"<h1>The ferry asks a question</h1>{mail}{TEXT}", "de").authors == ()


@pytest.mark.parametrize("mark", ["", "> "])
def test_nor_in_a_text(mark: str) -> None:
    text = f"The ferry asks a question\n\n4 May 2020\n\n{mark}{MAIL.format(chr(10) + mark)}\n\n{FLAT}\n"
    assert read_metadata(parse_text(text)).authors == ()


def test_heads_of_mails_are_known_in_many_languages() -> None:
    heads = (
        ("From: Ann Lee", "To: Bo Ek"),
        ("De : Jean Roux", "Envoyé : lundi", "À : Ann Lee"),
        ("От: Анна Белова", "Кому: Борис Ким"),
        ("差出人：高槻みのり", "件名：渡し船"),
        ("Från: Ann Lee", "Ämne: Färjan"),
    )
    assert [heads_of_mails(head) for head in heads] == [frozenset(range(len(head))) for head in heads]
    assert heads_of_mails(("Von: Eva Maier", "Die Fähre fragt jetzt alle.")) == frozenset()


def test_a_name_right_behind_the_text_signs_a_flattened_page() -> None:
    text = f"The ferry asks a question\n\n23 April 2008\n\n{FLAT}\n\nAnn Lee\n\nShare:\nRelated\n{MORE}Author: Bo Ek\n"
    assert read_metadata(parse_text(text)).authors == ("Ann Lee",)


def test_buttons_beside_a_chinese_byline_are_no_names() -> None:
    byline = '<div>2012年12月19日 作者：邹小曼 <a href="#cmt">我有话说(<span>12</span>人参与)</a></div>'
    assert read(f"<h1>The ferry asks a question</h1>{byline}{TEXT}", "zh").authors == ("邹小曼",)


@pytest.mark.parametrize(
    "line", ["This post was written by Ann Lee, head of ferries", "Dec. 19, 2025 · Ann Lee on behalf of the harbour"]
)
def test_a_sentence_may_say_who_wrote(line: str) -> None:
    assert read(f"<h1>The ferry asks a question</h1><p>{line}</p>{TEXT}").authors == ("Ann Lee",)


def test_the_h1_that_is_a_declared_title_comes_before_one_that_holds_it() -> None:
    planted = '<h1>The ferry asks a question: all about ferries</h1><meta property="og:title" content="{0}">'
    title = "The ferry asks a question"
    assert read(f"{planted.format(title)}<div><h1>{title}</h1>{TEXT}</div>").title == title
