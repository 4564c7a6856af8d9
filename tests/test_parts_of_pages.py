"""Parts of a page that are no part of its article, and what must stay. All pages are invented."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.judge.ballots import Ballot, Selection
from newsclean.model import Confidence, Metadata, Verdict
from newsclean.page.html import parse_html
from newsclean.settle import settle
from newsclean.settle.draft import PARAGRAPH
from newsclean.settle.part import least_likeness, length, likeness
from tests.cases import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted(path.parent for path in (FIXTURES / "parts").glob("*/*/expect.json"))
BODY = "".join(
    f"<p>{what} was rebuilt before the storms came, and nobody on the quay would say afterwards who paid for it.</p>"
    for what in ("The pier", "The ramp", "The lock", "The weir")
)


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_page_keeps_its_article_and_loses_what_stands_around_it(folder: Path) -> None:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    markdown = newsclean.convert((folder / "page.html").read_bytes()).markdown
    assert [text for text in expected["must"] if text not in markdown] == []
    assert [text for text in expected["must_not"] if text in markdown] == []
    assert [text for text in expected.get("once", ()) if markdown.count(text) != 1] == []
    places = [markdown.index(text) for text in expected.get("order", ())]
    assert places == sorted(places)


def dropped(source: str, *, kind: str = "article", engine: str = "scorer", **metadata: object) -> dict[str, str]:
    """Return text → reason of what the parts of a page cost, where the voter kept every text."""
    page = parse_html(source)
    kept = tuple(bool(block.text) for block in page.blocks)
    verdicts = tuple(Verdict(n, keep, engine, "said so", 0.9, text=page.blocks[n].text) for n, keep in enumerate(kept))
    ballot = Ballot(engine, tuple(map(float, kept)), ("said so",) * len(kept), kind=kind)
    selection = Selection(kept, verdicts, engine, Confidence(1.0), ballot)
    settled, _ = settle(page, selection, Metadata(**{"title": "The quay", **metadata}))  # type: ignore[arg-type]
    return {verdict.text: verdict.reason for verdict in settled.verdicts if verdict.voter == "drop_parts"}


def test_dialog_goes_and_its_page_stays() -> None:
    source = f'<main>{BODY}</main><div role="dialog"><p>Pick a country.</p></div>'
    assert dropped(source) == {"Pick a country.": "dialog"}


def test_dialog_that_is_the_page_stays() -> None:
    assert dropped(f'<div role="dialog">{BODY}</div><p>Pick a country, or several of them.</p>') == {}


def test_nothing_goes_where_no_article_would_be_left() -> None:
    assert dropped(f'<p>The quay is shut.</p><div class="cookie-banner">{BODY}</div>') == {}


def test_comments_go_though_they_outweigh_the_article() -> None:
    thread = "".join(f"<li><p>No. {n}: I said so, and so did my aunt.</p></li>" for n in range(40))
    assert len(dropped(f'{BODY}<ol class="comment-list">{thread}</ol>')) == 40


def test_posts_of_a_forum_stay() -> None:
    thread = "".join(f"<li><p>No. {n}: I said so.</p><button>Reply</button></li>" for n in range(9))
    assert dropped(f"{BODY}<ol>{thread}</ol>", kind="forum") == {}


def test_second_article_needs_a_byline_or_date() -> None:
    first = f'<div class="story"><h1>The quay</h1>{BODY}</div>'
    second = f'<div class="story"><h1>The mill</h1>%s{BODY.replace("rebuilt", "sold")}</div>'
    assert dropped(first + second % "") == {}
    assert "The mill" in dropped(first + second % "<p>3 May 2024</p>")


def test_list_of_teasers_is_no_stack_of_articles() -> None:
    first = f'<div class="story"><h1>The quay</h1>{BODY}</div>'
    teaser = '<div class="story"><h2>Mill %d</h2><p>3 May 2024</p><p>It was sold.</p></div>'
    assert dropped(first + "".join(teaser % n for n in range(5))) == {}


def test_what_a_site_rule_keeps_stays() -> None:
    source = f'{BODY}<div class="newsletter"><p>Get our letter.</p></div>'
    assert dropped(source) == {"Get our letter.": 'box named "newsletter"'}
    assert dropped(source, engine="site rule") == {}


def test_box_of_the_author_goes_below_the_text() -> None:
    box = "<aside><h4>Ann Lee</h4><p>Writes about water.</p></aside>"
    assert dropped(BODY + box, authors=("Ann Lee",)) == dict.fromkeys(
        ("Ann Lee", "Writes about water."), "box of the author"
    )
    assert dropped(box + BODY, authors=("Ann Lee",)) == {"Ann Lee": "byline"}


OTHER = BODY.replace("storms", "harvest").replace("quay", "market")


def test_article_of_something_else_goes_whatever_holds_it() -> None:
    title = "Storms cost quayside towns their piers"
    first = BODY.replace("The pier", "Storms took the pier").replace("on the quay", "in quayside towns")
    second = f"<article><h1>Harvest fair</h1>{OTHER.replace('The pier', 'The barn')}</article>"
    page = f"<h1>{title}</h1><div>{first}</div>{second}"
    assert set(dropped(page, title=title).values()) == {
        "second article: own headline, and nothing of what the title says"
    }
    assert dropped(page.replace("Harvest fair", "Storms in quayside towns"), title=title) != {}
    assert dropped(page.replace("market", "quayside towns after storms"), title=title) == {}


def test_hidden_text_goes_where_it_speaks_of_something_else() -> None:
    title = "Storms cost quayside towns their piers"
    first = BODY.replace("The pier", "Storms took the pier").replace("on the quay", "in quayside towns")
    hidden = f'<div style="display:none"><p>{"Our market sells apples and pears of the harvest. " * 10}</p></div>'
    page = f"<h1>{title}</h1><div>{first}{first}</div>{hidden}"
    assert set(dropped(page, title=title).values()) == {"hidden, and about something else"}
    assert dropped(page.replace("apples", "storms in quayside towns"), title=title) == {}
    assert dropped(page.replace("display:none", "color:red"), title=title) == {}


def test_box_that_ends_with_a_field_goes_and_an_accordion_stays() -> None:
    box = "<div><b>Five tales</b><p>Our letter comes at dawn.</p><input><button>Send it</button></div>"
    assert set(dropped(BODY + box + BODY).values()) == {"box that ends with a button or a field to fill in"}
    assert dropped(BODY + "<div><button>Who paid?</button><p>Nobody has said so until now.</p></div>" + BODY) == {}
    assert dropped((BODY + box) * 5 + BODY) == {}


def test_slanted_line_that_asks_to_follow_goes_at_the_end_alone() -> None:
    line = "<p><em>Follow us on the harbour channel</em></p>"
    assert dropped(BODY + line) == {"Follow us on the harbour channel": "asks to follow or to listen"}
    assert dropped(BODY + line + BODY) == {}
    assert dropped(BODY + "<p>Follow us on the harbour channel</p>") == {}


def test_dialog_goes_though_it_outweighs_the_article() -> None:
    dialog = f'<div role="dialog"><p>{"We and our partners store what you read, and for how long. " * 20}</p></div>'
    page = f"<main><article><h1>The quay</h1>{BODY}</article></main>{dialog}"
    assert set(dropped(page).values()) == {"dialog"}
    assert dropped(page, title="Another thing") == {}


def test_hidden_rest_of_a_text_stays() -> None:
    title = "Storms cost quayside towns their piers"
    first = BODY.replace("The pier", "Storms took the pier").replace("on the quay", "in quayside towns")
    text = "Our market sells apples and pears of the harvest. " * 10
    tabs = f'<div style="display:none"><span>{text}</span></div>' * 3
    assert dropped(f"<h1>{title}</h1><div>{first}{first}</div>{tabs}", title=title) == {}
    assert dropped(f"<h1>{title}</h1><div>{first}{first}<p hidden>{text}</p></div>", title=title) == {}


def test_large_box_about_something_else_goes_without_a_headline() -> None:
    title = "Storms cost quayside towns their piers"
    words = [f"storms{n:02}" for n in range(40)]
    told = "".join(f"<p>{title}: {' '.join(words[(7 * n + m) % 40] for m in range(30))}.</p>" for n in range(8))
    other = "".join(f"<p>{' '.join(f'harvest{(7 * n + m) % 40:02}' for m in range(30))}.</p>" for n in range(6))
    reason = "about something else: words far from those of the title and the rest"
    page = f"<div>{told}</div><div class='more'>{other}</div>"
    assert set(dropped(page, title=title).values()) == {reason}
    assert dropped(page.replace("harvest0", "storms0").replace("harvest1", "storms1"), title=title) == {}
    posts = "".join(f"<div class='post'><div>{other.replace('harvest', f'harvest{n}')}</div></div>" for n in range(3))
    assert dropped(f"<div>{told}</div><div>{posts}</div>", title=title) == {}
    assert dropped(page, title=title, kind="forum") == {}


def test_comments_are_told_by_who_said_them_and_when() -> None:
    said = "".join(
        f"<div class='c'><b>{name}</b><i>{n} hours ago</i><p>I walked there and saw none of it, to be honest.</p></div>"
        for n, name in enumerate(("Ida", "Jo", "Kit", "Lou"), 1)
    )
    thread = f"<section><h4>4 voices</h4>{said}</section>"
    reason = "comments of readers: texts alike with a name and a time"
    assert set(dropped(BODY + thread).values()) == {reason}
    assert dropped(BODY + thread)["4 voices"] == reason
    apart = thread.replace("<b>", "<div>").replace("</b>", "</div>")
    assert set(dropped(BODY + apart).values()) == {reason}
    assert dropped(BODY + thread, authors=("Ida", "Jo", "Kit", "Lou")) == {}
    assert dropped(BODY + thread.replace("<b>", "<h3>").replace("</b>", "</h3>")) == {}
    assert dropped(BODY + thread, kind="forum") == {}
    assert dropped(thread) == {}


def test_line_that_names_the_author_goes_above_the_text_alone() -> None:
    line = "<p>By Ann Lee and Bo Ek · 4 July 2025</p>"
    authors = ("Ann Lee", "Bo Ek")
    assert set(dropped(line + BODY, authors=authors).values()) == {"byline"}
    assert dropped(line + BODY) == {}
    assert dropped(line.replace("By", "Ferry for") + BODY, authors=authors) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<p>Article continues after this ad</p>", "marks an ad"),
        ("<p>Tekst se nastavlja ispod oglasa</p>", "marks an ad"),
        ("<p>Listen to this article</p>", "offers to read the article aloud"),
        ("<p>Diesen Artikel anhören (4 Min.)</p>", "offers to read the article aloud"),
    ],
)
def test_line_that_says_nothing_of_the_article_goes(line: str, reason: str) -> None:
    assert set(dropped(line + BODY).values()) == {reason}
    assert dropped(BODY.replace("who paid for it", "who paid for the ad that continues")) == {}


def test_what_closes_a_press_release_goes_though_it_has_no_box() -> None:
    page = f"<main>{BODY * 3}<h3>Media contact</h3><p>Ida Moor, 555 0100</p><h3>What comes next</h3>{BODY}</main>"
    assert dropped(page) == dict.fromkeys(("Media contact", "Ida Moor, 555 0100"), "whom reporters are to ask")
    small = "<p>This is not investment advice, and prices may fall.</p>"
    assert set(dropped(BODY * 3 + small).values()) == {"small print below the text"}
    assert dropped(BODY + small + BODY * 2) == {}
    appeal = "<p>Liked this? <a href='/give'>Donate</a> to keep it free.</p>"
    assert set(dropped(BODY * 3 + appeal).values()) == {"appeal to the reader"}
    assert dropped(BODY + appeal + BODY * 2) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<p>Found a mistake? Tell the desk.</p>", "asks for mistakes in the article"),
        ("<p>Sdílet na Facebooku <a href='/m'>Poslat e-mailem</a></p>", "buttons to share the article"),
        ("<p>分享到：微信微博更多</p>", "buttons to share the article"),
    ],
)
def test_line_below_the_text_goes_there_alone(line: str, reason: str) -> None:
    assert set(dropped(BODY * 3 + line).values()) == {reason}
    assert dropped(BODY + line + BODY * 2) == {}


@pytest.mark.parametrize(
    "line",
    [
        "<p>She told it on Facebook and Twitter.</p>",
        "<p>Ele postou no Facebook e voltou ao cais.</p>",
        "<p>Bir hata olduğunu söyledi ve limandan ayrıldı.</p>",
        "<p>Detta är inte första gången som hon seglar.</p>",
        "<p>Ask <a href='/d'>Dona Florinda</a>, who knows the quay.</p>",
        "<h3>Reactions</h3><p>Nobody on the quay was pleased.</p>",
        "<h3>Diskussion</h3><p>Nobody on the quay was pleased.</p>",
    ],
)
def test_what_reads_like_furniture_and_is_text_stays(line: str) -> None:
    assert dropped(f"<main>{BODY * 3}{line}</main>") == {}


@pytest.mark.parametrize("line", ["<p>Pub life continues by the quay</p>", "<h3>Werbung weiter erlaubt</h3>"])
def test_what_reads_like_a_marker_of_ads_and_is_text_stays(line: str) -> None:
    assert dropped(BODY + line + BODY) == {}


def test_label_glued_to_its_link_goes_and_a_link_in_a_sentence_stays() -> None:
    line = "<p><b>Also read</b><a href='/barn'>The barn that would not burn</a></p>"
    assert set(dropped(BODY + line + BODY).values()) == {"label for ads or other stories, and a link"}
    assert dropped(BODY + line.replace("Also read", "She liked to read") + BODY) == {}


def test_list_under_its_title_goes_though_they_have_no_box() -> None:
    listed = "<h3>You may also like</h3><div><a href='/barn'>The barn</a><p>It would not burn.</p></div>"
    assert set(dropped(f"<main>{BODY * 2}{listed}</main>").values()) == {'under "You may also like"'}
    told = "The barn stood by the sea for years, and no one asked why. " * 4
    assert dropped(f"<main>{BODY * 2}{listed.replace('It would', told)}</main>") == {}
    assert dropped(f"<main>{listed}{BODY * 2}</main>") == {}


def test_box_that_asks_for_an_address_goes_behind_the_text_too() -> None:
    box = "<div><p>Our letter comes at dawn.</p><input type='email'><p>We keep your address to ourselves.</p></div>"
    asks = {"box that ends with a button or a field to fill in"}
    assert set(dropped(BODY + box + BODY).values()) == asks
    assert set(dropped(BODY * 2 + box, published="2025-07-04").values()) == asks
    assert dropped(BODY * 2 + box) == {}


def test_pitch_between_paragraphs_goes_in_news_alone() -> None:
    pitch = "<div><p>Our channel is faster than the wind.</p><a href='/c'>Join in</a></div>"
    assert set(dropped(BODY + pitch + BODY, published="2025-07-04").values()) == {
        "box that ends with a button or a field to fill in"
    }
    assert dropped(BODY + pitch + BODY) == {}
    assert dropped(BODY + pitch.replace("faster", "<a href='/w'>faster</a>") + BODY, published="2025-07-04") == {}


def test_pattern_of_scripts_goes_and_a_shadow_root_stays() -> None:
    pattern = "<template><p>{{title}} stands here so that its lines can break somewhere.</p></template>"
    assert set(dropped(BODY + pattern).values()) == {"pattern or empty state that scripts fill or hide"}
    assert dropped(BODY + pattern.replace("<template", "<template shadowrootmode='open'")) == {}


def test_posts_below_the_one_that_the_page_is_about_go_where_their_headlines_are_links() -> None:
    head = "<p>4 July 2025</p>"
    post = f"<div class='post'><h2>The quay</h2>{head}{BODY}</div>"
    other = f"<div class='post'><h2><a href='/barn'>The barn</a></h2>{head}{OTHER}</div>"
    assert set(dropped(post + other * 2, kind="listing").values()) == {
        "second article: own headline, and byline or date beside it"
    }
    assert dropped(post.replace("The quay", "<a href='/quay'>The quay</a>") + other * 2, kind="listing") == {}


@pytest.mark.parametrize("tag", ["div", "li"])
def test_thousands_of_threads_take_linear_time(tag: str) -> None:
    said = "".join(
        f"<{tag} class='c{n // 3}'><b>Ida</b><i>2 hours ago</i><p>I walked there and saw none of it then.</p></{tag}>"
        for n in range(9_000)
    ).translate({ord(str(digit)): letter for digit, letter in enumerate("abcdefghij")})
    start = time.process_time()
    dropped(BODY * 8 + f"<div>{said.replace('c hours', '2 hours')}</div>")
    assert time.process_time() - start < 8


def test_thousands_of_parts_take_linear_time() -> None:
    start = time.process_time()
    nested = '<div class="comments">' * 300 + "<p class='comments'>Nice.</p>" * 8_000
    assert dropped(BODY * 8 + nested) == {"Nice.": "comments of readers, by their name"}
    assert time.process_time() - start < 8


def test_parts_of_one_text_are_worded_alike_and_of_two_are_not() -> None:
    folder = FIXTURES / "parts" / "second-article" / "es-nested-in-the-first-article"
    page = parse_html((folder / "page.html").read_text("utf-8"))
    texts = [block.text for block in page.blocks if len(block.text) > PARAGRAPH]
    first, second = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    assert likeness(first, second) <= least_likeness(length(first), length(second))
    assert likeness(first[::2], first[1::2]) > likeness(first, second)
    assert likeness(first, first) == pytest.approx(1.0)
    assert likeness([], first) == 0.0
    assert length(["水車", "ab"]) == 8


def test_sections_of_one_article_stay_whatever_their_markup() -> None:
    words = [f"word{number:02}tail" for number in range(40)]
    told = "".join(f"<p>{' '.join(words[(7 * n + m) % 40] for m in range(30))}.</p>" for n in range(8))
    source = f"<article><h1>The quay</h1>{told}</article><article><h1>What came of it</h1>{told}</article>"
    assert dropped(source) == {}
    other = "".join(f"<p>{' '.join(f'other{(7 * n + m) % 40:02}thing' for m in range(30))}.</p>" for n in range(8))
    apart = f"<article><h1>The quay</h1>{told}</article><article><h1>What came of it</h1>{other}</article>"
    assert len(dropped(apart)) == 9


@pytest.mark.parametrize(
    ("items", "is_kept"), [("the <a href='/1'>ice</a> house", True), ("<a href='/1'>house</a>", False)]
)
def test_an_announced_list_that_the_voter_dropped_is_kept_unless_it_is_of_links(items: str, is_kept: bool) -> None:
    listed = f"<ol>{f'<li>{items}</li>' * 3}</ol>"
    page = parse_html(f"<div>{BODY}<p>You pass these on the way:</p>{listed}<p>{'And on. ' * 20}</p></div>")
    kept = tuple("house" not in block.text for block in page.blocks)
    verdicts = tuple(
        Verdict(n, keep, "scorer", "said so", 0.3, text=page.blocks[n].text) for n, keep in enumerate(kept)
    )
    ballot = Ballot("scorer", (0.3,) * len(kept), ("",) * len(kept))
    settled, _ = settle(page, Selection(kept, verdicts, "scorer", Confidence(1.0), ballot), Metadata(title="The quay"))
    assert {settled.kept[block.number] for block in page.blocks if "house" in block.text} == {is_kept}
