"""Sites made by templating: eight invented articles each, amid furniture that reads like article text. Deterministic.

What a single page cannot tell is here on purpose: pitches and notes in the article's own paragraphs, in five languages
and more, authors' lines that some articles share, lists of latest news with their summaries, headings that recur.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from benchmarks.template_words import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LATEST = 4
"""Items of a list of latest news."""
PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, heading or list on a page."""

    role: str
    text: str = ""
    items: tuple[str, ...] = ()
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as HTML and flattened, and what its article is."""

    name: str
    html: str
    flat: str
    text: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a site have around their articles."""

    language: str
    style: str
    """How its markup names things: "names", "hashed", "bare" or "modules"."""
    pitch: int | None = None
    """After which paragraph the newsletter pitch stands."""
    note: bool = False
    """A disclaimer as the last paragraph of the body."""
    preface: bool = False
    """A plea for support as its first paragraph."""
    authors: int = 0
    """How many people write for it, each with a line on who they are."""
    latest: str = ""
    """Where the latest news are listed: "before", "inside" or "after" the body."""
    summaries: bool = False
    """Whether each of them has its summary."""
    headings: bool = False
    """Whether all articles have the same subheadings."""
    also: int | None = None
    """After which paragraph another article is pointed to."""


SITES: dict[str, Site] = {
    "harbour": Site("en", "names", pitch=2, note=True, latest="after"),
    "ledger": Site("en", "hashed", pitch=1, preface=True, authors=3, headings=True),
    "parish": Site("en", "bare", note=True, latest="before", also=3),
    "deichbote": Site("de", "names", pitch=3, note=True, authors=2, latest="after", summaries=True),
    "kurier": Site("de", "bare", pitch=2, preface=True, headings=True),
    "estuaire": Site("fr", "modules", pitch=1, note=True, latest="inside"),
    "phare": Site("fr", "hashed", preface=True, authors=3, latest="after", summaries=True),
    "ribera": Site("es", "names", pitch=2, also=4, note=True, headings=True),
    "mirador": Site("es", "bare", pitch=4, latest="after", authors=2),
    "mare": Site("pt", "modules", pitch=2, note=True, preface=True, latest="before"),
    "farol": Site("pt", "hashed", pitch=3, also=2, authors=4),
    "laguna": Site("it", "modules", pitch=2, note=True, preface=True, latest="inside", summaries=True, headings=True),
}
"""Name → the site: twelve, in six languages."""

_NAMES = {
    "names": "page-top main-nav story-title story-by story-body newsletter-pitch editors-note support-us author-about "
    "latest-news see-also page-foot",
    "modules": "m-header m-menu m-headline m-sig m-prose m-letter m-legal m-plea m-bio m-feed m-pointer m-footer",
    "hashed": "css-1k2hd css-8sj2a css-99dk1 css-h2k4s css-k1j8d css-z0a1b css-p3m9x css-q7w5e css-r4t6y css-u8i2o "
    "css-c5v7b css-n3m1q",
}
_ROLES = "top nav title byline body pitch note preface author latest also foot".split()


def make_site(name: str, articles: int) -> list[Page]:
    """Return the pages of a site."""
    site = SITES[name]
    chance = random.Random(name)
    language = LANGUAGES[site.language]
    stories = [_story(language, chance, number) for number in range(articles)]
    return [_page(name, site, language, stories, number) for number in range(articles)]


@dataclass(frozen=True, slots=True)
class _Story:
    title: str
    summary: str
    paragraphs: tuple[str, ...]


def _story(language: Language, chance: random.Random, number: int) -> _Story:
    topic = language.subjects[number % len(language.subjects)]
    title = f"{topic} {chance.choice(language.verbs)} {chance.choice(language.objects)}"
    sentences = [_sentence(language, chance) for _ in range(3 * PARAGRAPHS + 1)]
    paragraphs = tuple(" ".join(sentences[3 * at : 3 * at + 3]) for at in range(PARAGRAPHS))
    return _Story(title[0].upper() + title[1:], sentences[-1], paragraphs)


def _sentence(language: Language, chance: random.Random) -> str:
    lists = (language.times, language.subjects, language.verbs, language.objects, language.ends)
    return "{} {} {} {} {}.".format(*(chance.choice(words) for words in lists))


def _page(name: str, site: Site, language: Language, stories: Sequence[_Story], number: int) -> Page:
    parts = list(_parts(name, site, language, stories, number))
    text = "\n".join(part.text for part in parts if part.is_article)
    title = stories[number].title
    address = f"https://www.{name}.example/{number}.html"
    head = f'<meta charset="utf-8"><title>{escape(title)} – {name}</title><link rel="canonical" href="{address}">'
    body = "".join(_html(part, site.style) for part in parts)
    html = f'<!doctype html><html lang="{site.language}"><head>{head}</head><body>{body}</body></html>'
    return Page(f"{name}/{number}", html, "\n\n".join(_flat(part) for part in parts if part.text or part.items), text)


def _parts(name: str, site: Site, language: Language, stories: Sequence[_Story], number: int) -> Iterator[Part]:
    story = stories[number]
    author = language.people[number % site.authors] if site.authors else None
    latest = Part("latest", language.latest, _latest(site, stories, number))
    yield Part("top", name.title())
    yield Part("nav", items=language.menu)
    if site.latest == "before":
        yield latest
    yield Part("title", story.title)
    yield Part("byline", f"{language.by} {author or language.people[-1]}, {3 + number}.7.2025")
    yield Part("open")
    if site.preface:
        yield Part("preface", language.plea)
    for at, paragraph in enumerate(story.paragraphs):
        if site.headings and at in (2, 4):
            yield Part("heading", language.headings[at // 2 - 1], is_article=True)
        yield Part("p", paragraph, is_article=True)
        if site.pitch == at:
            yield Part("pitch", language.pitch)
        if site.also == at:
            yield Part("also", f"{language.also}: {stories[number - 3].title}")
        if site.latest == "inside" and at == PARAGRAPHS // 2:
            yield latest
    if site.note:
        yield Part("note", language.note)
    yield Part("close")
    if author:
        yield Part("author", f"{author} {language.bios[number % site.authors]}")
    if site.latest == "after":
        yield latest
    yield Part("foot", f"© 2025 {name.title()}. {language.rights}")


def _latest(site: Site, stories: Sequence[_Story], number: int) -> tuple[str, ...]:
    """Return what was the latest news when the page was saved: each page has a somewhat different list."""
    start = number // 2
    others = [stories[(start + step) % len(stories)] for step in range(LATEST + 1)]
    shown = [story for story in others if story is not stories[number]][:LATEST]
    return tuple(f"{story.title}. {story.summary}" if site.summaries else story.title for story in shown)


def _html(part: Part, style: str) -> str:
    make: dict[str, Callable[[Part, str], str]] = {
        "open": lambda _, named: f"<div{named}>",
        "close": lambda *_: "</div>",
        "heading": lambda part, _: f"<h2>{escape(part.text)}</h2>",
        "title": lambda part, named: f"<h1{named}>{escape(part.text)}</h1>",
        "p": lambda part, _: f"<p>{escape(part.text)}</p>",
        "nav": lambda part, named: f"<ul{named}>{_items(part)}</ul>",
        "latest": lambda part, named: f"<div{named}><p>{escape(part.text)}</p><ul>{_items(part)}</ul></div>",
        "also": lambda part, named: f'<p{named}><a href="/x">{escape(part.text)}</a></p>',
    }
    role = {"open": "body", "p": "", "close": ""}.get(part.role, part.role)
    if part.role in make:
        return make[part.role](part, _named(role, style))
    if style == "bare":
        return f"<p>{escape(part.text)}</p>"
    return f"<div{_named(role, style)}><p>{escape(part.text)}</p></div>"


def _items(part: Part) -> str:
    return "".join(f'<li><a href="/{at}">{escape(item)}</a></li>' for at, item in enumerate(part.items))


def _named(role: str, style: str) -> str:
    if style == "bare" or role not in _ROLES:
        return ""
    return f' class="{_NAMES[style].split()[_ROLES.index(role)]}"'


def _flat(part: Part) -> str:
    return "\n".join([*([part.text] if part.text else []), *(f"• {item}" for item in part.items)])
