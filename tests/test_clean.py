"""The cleaning rules, one behaviour a test: which blocks they put in or take out after the vote."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.judge.ballots import Ballot, Selection
from newsclean.model import Confidence, Metadata, Verdict
from newsclean.page.html import Page, parse_html
from newsclean.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping


def cleaned(
    source: str,
    *,
    drop: tuple[str, ...] = (),
    title: str = "The pier",
    score: float | None = None,
    kind: str = "article",
    barred: frozenset[int] = frozenset(),
    scores: Mapping[str, float] | None = None,
) -> tuple[Page, Selection]:
    """Return the page and its selection after cleaning, where the voter kept every text but those in `drop`.

    `score` is what it gave every block, `scores` how likely it took some texts for article.
    """
    page = parse_html(source)
    kept = tuple(bool(block.text) and block.text not in drop for block in page.blocks)
    given = [(scores or {}).get(block.text, score) for block in page.blocks]
    verdicts = tuple(Verdict(n, keep, "voter", "said so", given[n]) for n, keep in enumerate(kept))
    calibration: Mapping[str, float] | None = {} if scores else None
    reasons = ("said so",) * len(kept)
    ballot = Ballot("voter", tuple(map(float, kept)), reasons, kind=kind, calibration=calibration)
    selection = Selection(kept, verdicts, "voter", Confidence(1.0), ballot, barred)
    return page, settle(page, selection, Metadata(title=title))[0]


def shown(page: Page, selection: Selection) -> list[str]:
    return [
        block.text or "/".join(str(medium.get("src", medium.tag)) for medium in block.media)
        for block in page.blocks
        if selection.kept[block.number]
    ]


def test_drops_the_headline_because_it_is_the_title() -> None:
    page, selection = cleaned("<h1>The Pier!</h1><p>Text of the story.</p>")
    assert shown(page, selection) == ["Text of the story."]
    assert selection.verdicts[0].reason == "repeats the title"
    assert selection.verdicts[0].voter == "drop_headline"


def test_drops_every_repeat_of_the_headline_and_keeps_other_headings() -> None:
    page, selection = cleaned("<h1>The pier</h1><p>Text.</p><h2>The works</h2><p>More.</p><div>The pier</div>")
    assert shown(page, selection) == ["Text.", "The works", "More."]


def test_keeps_a_headline_that_is_all_that_a_post_says() -> None:
    post = "The harbour office says that the old pier will be closed until the storm of last week has been paid for"
    assert shown(*cleaned(f"<h1>{post}</h1><p>Reply</p>", title=post, drop=("Reply",))) == [post]
    assert shown(*cleaned(f"<h1>{post}</h1><p>Reply</p>", title=post)) == ["Reply"]


def test_keeps_a_paragraph_that_only_mentions_the_title() -> None:
    page, selection = cleaned("<p>The pier was closed for nine long years after the storm had broken it.</p>")
    assert len(shown(page, selection)) == 1


def test_drops_headings_of_a_part_that_was_dropped() -> None:
    page, selection = cleaned("<p>Text.</p><h2>Related</h2><p>Teaser.</p>", drop=("Teaser.",))
    assert shown(page, selection) == ["Text."]


CARDS = "".join(f'<div><h3 class="card">Blue kite no. {n}</h3><p>Add to basket</p></div>' for n in range(4))


def test_keeps_headings_alike_that_are_the_items_of_a_shop() -> None:
    page, selection = cleaned(f"<p>All our kites.</p>{CARDS}", drop=("Add to basket",), kind="collection")
    assert shown(page, selection) == ["All our kites.", *(f"Blue kite no. {n}" for n in range(4))]


def test_drops_headings_alike_below_an_article_with_what_they_head() -> None:
    page, selection = cleaned(f"<p>All our kites.</p>{CARDS}", drop=("Add to basket",))
    assert shown(page, selection) == ["All our kites."]


def test_keeps_the_slogan_of_an_offer_that_heads_nothing() -> None:
    slogan = "The kites of the world are made on our pier."
    source, drop = f"<p>All our kites.</p><h2>{slogan}</h2><ul><li>Ostwick</li></ul>", ("Ostwick",)
    assert slogan in shown(*cleaned(source, drop=drop, kind="service", scores={slogan: 0.6}))
    assert slogan not in shown(*cleaned(source, drop=drop, kind="service", scores={slogan: 0.4}))
    assert slogan not in shown(*cleaned(source, drop=drop, scores={slogan: 0.6}))


def test_keeps_a_sentence_that_is_marked_up_as_heading() -> None:
    sentence = "For more than forty years the kite makers of the island have sold their work from this very pier."
    page, selection = cleaned(f"<p>Text.</p><h3>{sentence}</h3><p>Teaser.</p>", drop=("Teaser.",))
    assert shown(page, selection) == ["Text.", sentence]


def test_puts_back_no_small_print_of_a_shop() -> None:
    source = (
        '<p>Flies higher<sup><a href="#n1" id="r1">1</a></sup>.</p><div id="n1">1. In a test. <a href="#r1">↩</a></div>'
    )
    note = parse_html(source).blocks[-1].text
    assert len(shown(*cleaned(source, drop=(note,)))) == 2
    assert len(shown(*cleaned(source, drop=(note,), kind="product"))) == 1
    assert len(shown(*cleaned(source, drop=(note,), kind="collection", scores={note: 0.4}))) == 2
    assert len(shown(*cleaned(source, drop=(note,), kind="collection", scores={note: 0.04}))) == 1


def test_completes_no_list_of_posts_on_a_forum() -> None:
    posts = "".join(f"<li>A post of many words, number {n}, on kites.</li>" for n in range(4)) + "<li>Signature</li>"
    source = f"<p>Text.</p><ul>{posts}</ul>"
    assert "Signature" in shown(*cleaned(source, drop=("Signature",)))
    assert "Signature" not in shown(*cleaned(source, drop=("Signature",), kind="forum"))


def test_puts_no_copy_back_into_a_list() -> None:
    items = "".join(f"<li>A point of many words, number {n}, on kites.</li>" for n in range(4))
    source = f"<p>Text.</p><ul>{items}<li>Said above.</li></ul>"
    assert "Said above." in shown(*cleaned(source, drop=("Said above.",)))
    assert "Said above." not in shown(*cleaned(source, drop=("Said above.",), barred=frozenset({5})))


def test_puts_nothing_back_into_a_list_that_the_voter_takes_for_no_text_at_all() -> None:
    items = "".join(f"<li>A point of many words, number {n}, on kites.</li>" for n in range(4))
    source = f"<p>Text.</p><ul>{items}<li>Doubted.</li><div><p>All rights reserved.</p></div>"  # nobody closed the list
    dropped = {"Doubted.": 0.3, "All rights reserved.": 0.04}
    found = shown(*cleaned(source, drop=tuple(dropped), scores=dropped))
    assert "Doubted." in found
    assert "All rights reserved." not in found


def test_puts_the_date_of_an_entry_back_into_a_list_but_no_button() -> None:
    entry = "<li><p>An entry of many words, number {}, on kites.</p><p>March {}</p><button>Share</button></li>"
    source = f"<p>Text.</p><ul>{''.join(entry.format(n, n) for n in range(1, 4))}</ul>"
    scores = {"March 2": 0.04, "Share": 0.04}
    found = shown(*cleaned(source, drop=tuple(scores), scores=scores))
    assert "March 2" in found
    assert "Share" not in found


def test_keeps_nested_headings_that_head_kept_text() -> None:
    page, selection = cleaned("<h2>Part</h2><h3>Section</h3><p>Text.</p>")
    assert shown(page, selection) == ["Part", "Section", "Text."]


def test_completes_a_table_of_which_most_rows_were_kept() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>row</td></tr>" for n in range(4))
    page, selection = cleaned(f"<p>Text.</p><table>{rows}</table><p>End.</p>", drop=("2\trow",))
    assert shown(page, selection) == ["Text.", "0\trow", "1\trow", "2\trow", "3\trow", "End."]


def test_keeps_pictures_and_rules_between_kept_paragraphs() -> None:
    page, selection = cleaned("<p>One.</p><div><img src=a.jpg></div><hr><p>Two.</p>")
    assert shown(page, selection) == ["One.", "a.jpg", "hr", "Two."]


def test_drops_the_picture_of_a_box_whose_text_was_dropped() -> None:
    page, selection = cleaned(
        "<p>One.</p><div class=card><img src=ad.jpg><span>Buy</span></div><p>Two.</p>", drop=("Buy",)
    )
    assert shown(page, selection) == ["One.", "Two."]


def test_keeps_the_lead_picture_between_headline_and_text_and_drops_the_logo_above() -> None:
    page, selection = cleaned("<img src=logo.png><h1>The pier</h1><div><img src=lead.jpg></div><p>Text.</p>")
    assert shown(page, selection) == ["lead.jpg", "Text."]


def test_drops_pictures_behind_the_body_unless_in_a_figure_of_it() -> None:
    page, selection = cleaned("<p>Text.</p><figure><img src=end.jpg></figure><div><img src=ad.jpg></div>")
    assert shown(page, selection) == ["Text.", "end.jpg"]


def test_caption_follows_its_picture() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The old pier.</figcaption></figure>"
    page, selection = cleaned(f"<p>One.</p>{figure}<p>Two.</p>", drop=("The old pier.",))
    assert shown(page, selection) == ["One.", "a.jpg", "The old pier.", "Two."]


def test_puts_no_caption_back_that_is_too_long_for_one() -> None:
    names = "From left to right: " + ", ".join(f"officer no. {n} of the harbour police" for n in range(30))
    figure = f"<figure><img src=a.jpg><figcaption>{names}</figcaption></figure>"
    page, selection = cleaned(f"<p>One.</p>{figure}<p>Two.</p>", drop=(names,))
    assert shown(page, selection) == ["One.", "a.jpg", "Two."]


def test_puts_no_offer_back_that_is_marked_as_the_caption_of_its_picture() -> None:
    offer = ("Our newsletter", "All that the harbour did this week.")
    figure = f"<figure><img src=a.jpg><figcaption><h3>{offer[0]}</h3><p>{offer[1]}</p></figcaption></figure>"
    page, selection = cleaned(f"<p>One.</p>{figure}<p>Two.</p>", drop=offer)
    assert shown(page, selection) == ["One.", "a.jpg", "Two."]


def test_keeps_every_line_of_a_listing_that_was_kept_in_part() -> None:
    source = "<p>Run this:</p><pre><div>one</div><div>}</div><div>two</div></pre><p>Done.</p>"
    page, selection = cleaned(source, drop=("}",))
    assert shown(page, selection) == ["Run this:", "one", "}", "two", "Done."]


def test_keeps_a_listing_between_kept_paragraphs_and_its_gutter() -> None:
    source = "<p>Run this:</p><table><tr><td><pre>1</pre></td><td><pre>ls</pre></td></tr></table><p>Done.</p>"
    page, selection = cleaned(source, drop=("1", "ls"))
    assert shown(page, selection) == ["Run this:", "1", "ls", "Done."]


def test_keeps_a_listing_at_the_end_of_the_box_of_the_text() -> None:
    page, selection = cleaned("<div><p>Run:</p><pre>ls</pre></div><footer>Imprint</footer>", drop=("ls", "Imprint"))
    assert shown(page, selection) == ["Run:", "ls"]


def test_leaves_a_listing_between_dropped_text_out() -> None:
    page, selection = cleaned("<p>Text.</p><div><p>Ad</p><pre>buy()</pre></div>", drop=("Ad", "buy()"))
    assert shown(page, selection) == ["Text."]


def test_keeps_the_missing_items_of_a_list_but_no_teaser_among_them() -> None:
    items = "<li>Long first item of the list</li><li>Two</li><li>Third and longer item</li>"
    page, selection = cleaned(f"<ul>{items}<li><a href='/x'>Read on</a></li></ul>", drop=("Two", "Read on"))
    assert shown(page, selection) == ["Long first item of the list", "Two", "Third and longer item"]


def test_keeps_a_heading_right_over_kept_text() -> None:
    page, selection = cleaned("<p>Text.</p><h2>The works</h2><p>More.</p>", drop=("The works",))
    assert shown(page, selection) == ["Text.", "The works", "More."]


def test_keeps_the_note_that_kept_text_refers_to() -> None:
    note = '<div><h4>Notes</h4><ol><li id="fn1">See the log.</li><li id="fn2">Not asked for.</li></ol></div>'
    source = f'<p>Text.<sup><a href="#fn1">1</a></sup></p>{note}'
    page, selection = cleaned(source, drop=("Notes", "See the log.", "Not asked for."))
    assert shown(page, selection) == ["Text.1", "See the log."]
    assert selection.verdicts[2].role == "footnote"


def test_keeps_a_data_table_amid_kept_text_of_its_box_though_the_voter_dropped_it() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>row</td></tr>" for n in range(3))
    page, selection = cleaned(
        f"<div><p>Text.</p><table>{rows}</table><div>Advertisement</div><p>End.</p></div>",
        drop=("0\trow", "1\trow", "2\trow", "Advertisement"),
    )
    assert shown(page, selection) == ["Text.", "0\trow", "1\trow", "2\trow", "End."]


def test_leaves_out_tables_of_links_and_tables_outside_the_box_of_the_text() -> None:
    links = "".join(f"<tr><td><a href=/{n}>Story {n}</a></td><td><a href=/x{n}>more</a></td></tr>" for n in range(3))
    rows = "<tr><td>1</td><td>row</td></tr><tr><td>2</td><td>row</td></tr>"
    page, selection = cleaned(
        f"<div><p>Text.</p><table>{links}</table><p>End.</p></div><table>{rows}</table>",
        drop=("Story 0\tmore", "Story 1\tmore", "Story 2\tmore", "1\trow", "2\trow"),
    )
    assert shown(page, selection) == ["Text.", "End."]


def test_keeps_a_doubted_paragraph_among_kept_siblings() -> None:
    long = "The keeper of the pier counts the boats and writes their names on the door of his hut, in chalk, every day."
    last = long.replace("boats", "gulls")
    many = "".join(f"<p>{long}{mark}</p>" for mark in ("", "!", "?", " …"))
    page, selection = cleaned(
        f"<div>{many}<div>Newsletter</div><p>{last}</p></div>", drop=(last, "Newsletter"), score=0.4
    )
    assert shown(page, selection)[-1] == last
    page, selection = cleaned(
        f"<div>{many}<div>Newsletter</div><p>{last}</p></div>", drop=(last, "Newsletter"), score=0.3
    )
    assert last not in shown(page, selection)


def test_needs_less_to_keep_a_paragraph_of_a_page_that_has_few() -> None:
    long = "The keeper of the pier counts the boats and writes their names on the door of his hut, in chalk, every day."
    last = long.replace("boats", "gulls")
    page, selection = cleaned(f"<div><p>{long}</p><p>{last}</p></div>", drop=(last,), score=0.2)
    assert shown(page, selection) == [long, last]
    page, selection = cleaned(f"<div><p>{long}</p></div><div><p>{last}</p></div>", drop=(last,), score=0.2)
    assert shown(page, selection) == [long]


def test_labels_of_tabs_are_dropped() -> None:
    page, selection = cleaned('<p>Two ways.</p><ul role="tablist"><li role="tab">npm</li></ul><p>Either will do.</p>')
    assert shown(page, selection) == ["Two ways.", "Either will do."]
    panel = "Whoever comes by the early boat pays half, and whoever comes by the late one pays the whole of it."
    page, selection = cleaned(f'<div role="tablist"><h2 role="tab">The fare</h2><p>{panel}</p></div>')
    assert shown(page, selection) == ["The fare", panel]


@pytest.mark.torture
def test_tabs_inside_tabs_take_linear_time() -> None:
    source = "<ul role=tablist>" * 900 + "<li>Tab</li>" * 60_000 + f"<li>{'panel ' * 20}</li>"
    start = time.process_time()
    cleaned(source)
    assert time.process_time() - start < 5


def test_keeps_a_table_whole_of_which_any_row_was_kept_between_kept_text() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>1</td></tr>" for name in ("a", "b", "c", "d"))
    page, selection = cleaned(f"<p>Before.</p><table>{rows}</table><p>After.</p>", drop=("a\t1", "b\t1", "c\t1"))
    assert shown(page, selection) == ["Before.", "a\t1", "b\t1", "c\t1", "d\t1", "After."]


def test_keeps_a_list_without_links_inside_the_box_of_the_text() -> None:
    source = "<div><p>You need:</p><ul><li>Rye</li><li>Salt</li></ul><p>Mix it.</p></div>"
    page, selection = cleaned(source, drop=("Rye", "Salt"))
    assert shown(page, selection) == ["You need:", "Rye", "Salt", "Mix it."]


def test_leaves_a_list_of_links_and_a_list_outside_the_box_out() -> None:
    links = "<ul><li><a href='/a'>One</a></li><li><a href='/b'>Two</a></li></ul>"
    page, selection = cleaned(
        f"<div><p>Text.</p>{links}<p>More.</p></div><ul><li>Share</li><li>Print</li></ul>",
        drop=("One", "Two", "Share", "Print"),
    )
    assert shown(page, selection) == ["Text.", "More."]


def test_keeps_the_rest_of_a_quotation() -> None:
    source = "<blockquote><p>The water came at night.</p><footer>Lund</footer></blockquote>"
    page, selection = cleaned(source, drop=("Lund",))
    assert shown(page, selection) == ["The water came at night.", "Lund"]


@pytest.mark.torture
def test_ten_thousand_dropped_tables_take_linear_time() -> None:
    table = "<table><tr><td>1</td><td>row</td></tr><tr><td>2</td><td>row</td></tr></table>"
    start = time.process_time()
    cleaned(f"<div><p>Text.</p>{table * 10_000}</div>", drop=("1\trow", "2\trow"))
    assert time.process_time() - start < 5


def answers(*texts: str) -> str:
    return "".join(f"<div class='qa'><p class='q'>Why?</p><div class='a'>{text}</div></div>" for text in texts)


def test_keeps_a_short_answer_between_answers_that_were_kept() -> None:
    short, scores = "All of us do.", {"All of us do.": 0.3}
    source = answers("The wall is open.", short, "We sleep better.")
    assert short in shown(*cleaned(source, drop=(short,), scores=scores))
    assert short not in shown(*cleaned(source, drop=(short,), scores={short: 0.1}))
    assert short not in shown(*cleaned(answers("The wall is open.", short), drop=(short,), scores=scores))
    label = "Read this"
    source = answers("The wall is open.", label, "We sleep better.")
    assert label not in shown(*cleaned(source, drop=(label,), scores={label: 0.3}))


def test_keeps_the_items_that_a_sentence_announces_though_one_is_linked() -> None:
    items = ("Leave the car at the church.", "Take the steps.", "Wait.")
    listed = f"<ol><li><a href='/c'>{items[0]}</a> Now.</li><li>{items[1]}</li><li>{items[2]}</li></ol>"
    drop = (f"{items[0]} Now.", items[1])
    page = f"<div><p>You may proceed%s</p>{listed}<p>The wall was patched again by the board.</p></div>"
    scores = dict.fromkeys(drop, 0.4)
    assert items[1] in shown(*cleaned(page % ":", drop=drop, scores=scores))
    assert items[1] not in shown(*cleaned(page % ".", drop=drop, scores=scores))


# --- the bounds of what is made whole, at both of their sides -------------------------------------------------------


@pytest.mark.parametrize(("size", "whole"), [(200, True), (201, False)])
def test_heading_over_kept_text_is_kept_up_to_two_hundred_characters(size: int, whole: bool) -> None:
    heading = "The works go on " * 20
    heading = heading[: size - 1] + "."
    page, selection = cleaned(f"<p>Text.</p><h2>{heading}</h2><p>More of the text.</p>", drop=(heading,))
    assert (heading in shown(page, selection)) is whole


@pytest.mark.parametrize(("of_title", "kept"), [(7, True), (8, False)])
def test_heading_over_the_body_that_has_most_words_of_the_title_is_the_headline(of_title: int, kept: bool) -> None:
    title = "pier storm harbour council bridge ferry anchor lantern"
    heading = " ".join([*title.split()[:of_title], "one", "two", "three"][:10])
    page, selection = cleaned(f"<div><h2>{heading}</h2><p>Text of the story.</p></div>", title=title, drop=(heading,))
    assert (heading in shown(page, selection)) is kept


@pytest.mark.parametrize(("blocks", "whole"), [(12, True), (13, False)])
def test_note_that_kept_text_refers_to_is_kept_up_to_twelve_blocks(blocks: int, whole: bool) -> None:
    lines = [f"Line {number} of the note." for number in range(blocks)]
    note = "".join(f"<p>{line}</p>" for line in lines)
    text = '<p>Text<sup><a href="#fn1" id="r1">1</a></sup> of the story.</p>'
    page, selection = cleaned(f'{text}<ol class="footnotes"><li id="fn1">{note}</li></ol>', drop=tuple(lines))
    assert (lines[-1] in shown(page, selection)) is whole


@pytest.mark.parametrize(("kept", "whole"), [(2, True), (1, False)])
def test_linked_list_is_made_whole_where_half_of_it_was_kept(kept: int, whole: bool) -> None:
    items = [f"Item {number} of four, all as long as this one is" for number in range(4)]
    source = "".join(f'<li><a href="/{number}">Item</a>{item[4:]}</li>' for number, item in enumerate(items))
    page, selection = cleaned(f"<p>Text.</p><ul>{source}</ul><p>More.</p>", drop=tuple(items[kept:]))
    assert (items[-1] in shown(page, selection)) is whole


@pytest.mark.parametrize("tag", ["h1", "h2", "p class=title"])
def test_first_picture_below_a_headline_of_any_rank_is_kept(tag: str) -> None:
    lines = "".join(
        f"<p>The council met on day {number} to talk about the bridge over the river, and nobody left before it was "
        "agreed that the planks of the old boat house would do for another winter.</p>"
        for number in range(8)
    )
    page = (
        "<html><head><title>The bridge opens at last</title></head><body><nav><a href=/>Home</a></nav>"
        f"<div><{tag}>The bridge opens at last</{tag.split()[0]}></div>"
        "<div><img src=https://quay.example/bridge.jpg width=900 height=600></div>"
        f"<div>{lines}</div></body></html>"
    )
    assert "https://quay.example/bridge.jpg" in newsclean.convert(page).markdown
