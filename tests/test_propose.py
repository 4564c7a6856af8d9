"""Rules proposed from a site's pages: stable names, bodies that fit, drops that never hit article text."""

from __future__ import annotations

import pytest

from newsclean.page.html import Page, parse_html
from newsclean.rules.propose import Sample, is_stable, nearest_body, propose_rule
from tests.pages import SENTENCES

TITLES = ("Ferry late", "Gull steals wig", "Raffle sold out", "Seal named")


def sample(source: str, dropped: tuple[str, ...] = ()) -> Sample:
    """Return a page on which the voters keep every block that does not start with one of `dropped`."""
    page: Page = parse_html(source)
    return Sample(page, [not block.text.startswith(dropped) if dropped else True for block in page.blocks])


def story(number: int) -> str:
    return "".join(f"<p>{TITLES[number]}: {sentence}</p>" for sentence in SENTENCES)


def pages(template: str, count: int = 3, dropped: tuple[str, ...] = ("Menu", "Pitch", "Teaser")) -> list[Sample]:
    return [
        sample(template.format(story=story(number), title=TITLES[number], n=number), dropped) for number in range(count)
    ]


@pytest.mark.parametrize("name", ["story", "post-body", "entry__content", "articleText", "ArticleBody-main", "head2"])
def test_names_that_a_person_gave_are_stable(name: str) -> None:
    assert is_stable(name)


@pytest.mark.parametrize(
    "name",
    "css-1x2y3z sc-bdVaJa jsx-3104 p12345 post-48213 is-open col-md-8 text-sm mb-sm d-flex relative JuyWl OWwCd LssU0 "
    "ArticleWell_root__fueCa styles_button__XOOOH xkcdqwrtz a _private nav-active".split(),
)
def test_names_of_machines_and_of_looks_are_not(name: str) -> None:
    assert not is_stable(name)


def test_chooses_the_box_that_fits_on_all_pages() -> None:
    rule = propose_rule(
        "tide.example",
        pages('<div class="outer"><p>Menu of everything</p><div class="css-9a8b story">{story}</div></div>'),
    )
    assert (rule.hosts, rule.body, rule.drop, rule.keep) == (("tide.example",), (".story",), (), ())


def test_prefers_meaning_to_class_names_where_both_fit() -> None:
    rule = propose_rule("tide.example", pages('<article class="x-story">{story}</article><p>Menu</p>'))
    assert rule.body == ("article",)
    rule = propose_rule("tide.example", pages('<div class="story" itemprop="articleBody">{story}</div><p>Menu</p>'))
    assert rule.body == ('[itemprop="articleBody"]',)


def test_names_what_stands_in_the_body_and_never_is_article() -> None:
    rule = propose_rule(
        "tide.example",
        pages(
            '<div class="story">{story}<div class="letter"><p>Pitch for the letter that comes daily.</p></div></div>'
        ),
    )
    assert rule.drop == (".letter",)


def test_drops_nothing_that_is_article_on_one_of_the_pages() -> None:
    template = '<div class="story">{story}<div class="fact"><p>{word} {title}, long enough to count.</p></div></div>'
    samples = [
        sample(template.format(story=story(number), title=TITLES[number], word=word), ("Pitch",))
        for number, word in enumerate(("Pitch", "Fact", "Pitch"))
    ]
    assert propose_rule("tide.example", samples).drop == ()


def test_keeps_a_standfirst_above_the_body() -> None:
    rule = propose_rule(
        "tide.example",
        pages(
            '<div><p class="standfirst">{title} in short, and with all that has to be known beforehand.</p>'
            '<p>Menu one</p><div class="story">{story}</div><p>Teaser of something longer than the lead.</p></div>'
        ),
    )
    assert (rule.body, rule.keep) == ((".story",), (".standfirst",))


def test_text_that_repeats_between_pages_is_no_article() -> None:
    template = '<div class="story">{story}<div class="letter"><p>Join us: the letter comes daily.</p></div></div>'
    assert propose_rule("tide.example", pages(template)).drop == (".letter",)


def test_one_article_saved_twice_is_no_evidence_of_repetition() -> None:
    page = f'<div class="story">{story(0)}</div><p>Menu</p>'
    assert propose_rule("tide.example", [sample(page, ("Menu",))] * 2).body == (".story",)


def test_pages_of_two_templates_get_a_body_each() -> None:
    old = pages('<div class="story">{story}</div><p>Menu</p>', 2)
    new = pages('<div class="prose">{story}</div><p>Menu</p>', 4)[2:]
    assert set(propose_rule("tide.example", old + new).body) == {".story", ".prose"}


def test_pages_without_a_shared_box_get_no_body() -> None:
    samples = [sample(f'<div class="css-{n}"><p>Menu</p>{story(n)}</div>', ("Menu",)) for n in range(3)]
    assert propose_rule("tide.example", samples).body == ()


def test_single_page_gives_a_rule_too() -> None:
    assert propose_rule("tide.example", pages('<div class="story">{story}</div><p>Menu</p>', 1)).body == (".story",)


def test_box_that_holds_much_that_has_no_name_leaves_the_body_to_the_voters() -> None:
    template = (
        '<div class="story">{story}<div class="letter"><p>Pitch for the letter.</p></div>'
        '<div class="css-1a2b"><p>Teaser of another article, and that in a box without a name.</p></div></div>'
    )
    rule = propose_rule("tide.example", pages(template))
    assert (rule.body, rule.drop) == ((), (".letter",))
    selector, fit = nearest_body(pages(template)) or ("", 0.0)
    assert selector == ".story"
    assert 0.75 < fit < 0.99


def test_headline_inside_the_body_is_nothing_to_be_dropped() -> None:
    template = '<div class="story"><h1 class="head">{title}, and that for the third time</h1>{story}</div><p>Menu</p>'
    samples = pages(template, dropped=("Menu", *(f"{title}, and" for title in TITLES)))
    assert propose_rule("tide.example", samples).drop == (".head",)
    marked = [
        Sample(one.page, one.kept, frozenset(block.number for block in one.page.blocks if "third time" in block.text))
        for one in samples
    ]
    rule = propose_rule("tide.example", marked)
    assert (rule.body, rule.drop) == ((".story",), ())


def test_names_what_stands_around_the_article_where_nothing_in_it_can_be_named() -> None:
    samples = [
        sample(
            f'<div class="css-{n}">{story(n)}<p>Teaser without a box of its own</p></div>'
            f'<div class="more"><p>Teaser of page {n}, in a box.</p></div>',
            ("Teaser",),
        )
        for n in range(3)
    ]
    rule = propose_rule("tide.example", samples)
    assert (rule.body, rule.drop) == ((), (".more",))
