"""Findings of every source → one Metadata: an ordered preference a field, and where its value was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from newsclean.facts.datelines import url_date
from newsclean.facts.findings import Finding, Findings
from newsclean.facts.headlines import (
    find_headline,
    host_names,
    is_site_name,
    letters,
    trim_title,
    without_site,
)
from newsclean.facts.structured import read_json_ld, read_microdata
from newsclean.facts.tags import read_head, read_tags
from newsclean.facts.visible import read_visible
from newsclean.lexicon.dates import parse_date
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import is_person, is_role_name
from newsclean.model import LeadImage, Metadata

if TYPE_CHECKING:
    from newsclean.facts.findings import Field
    from newsclean.facts.headlines import Headline
    from newsclean.page.html import Page

MAX_TAGS = 50
MAX_AUTHORS = 20
MAX_TITLE_CHARS = 800
MIN_SHARED_LETTERS = 5
MIN_HEADLINE_WORDS = 4
"""Words of a heading that no other source knows, from which on it reads like a headline."""
SITE_EDGES = " |–—·•»«›‹"
"""What templates leave at the edges of a site's name: the separator before a slogan that is not there."""
MAX_ZONE = timedelta(hours=14)
ZONE_STEP = timedelta(minutes=15)
"""Offsets of the world's time zones are multiples of it."""

_RUNNING_RE = re.compile(r"(?:javascript|vbscript|data)\s*:", re.I)  # "javascript:alert(1)"
# "en", "pt-BR", "pt_br", "zh-Hans-CN"
_LANGUAGE_RE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@,;\s].*)?", re.I)
MONTH_FIRST_REGIONS = frozenset({"US", "PH"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What each source of a page says."""

    article: Findings
    """JSON-LD of the article."""
    around: Findings
    """JSON-LD of the page around it."""
    items: Findings
    """Microdata."""
    tags: Findings
    shown: Findings
    title: str
    """Text of the title element."""
    headline: Headline | None
    """The heading that is the headline."""

    def of(self, name: Field, *order: str) -> list[Finding]:
        """Return the findings of a field, the named sources one after the other."""
        return [finding for source in order for finding in getattr(self, source).of(name)]


def read_html_metadata(page: Page) -> Metadata:
    """Return the metadata of a parsed HTML page."""
    sources = read_sources(page)
    site = _site(sources, page)
    language = _language(sources)
    found: dict[str, Any] = {
        "title": _title(sources, site, page),
        "authors": _authors(sources, _site_names(sources, site, page)),
        "published": _published(sources, page),
        "modified": next(iter(_dates(sources.of("modified", "article", "tags", "items", "around", "shown"))), None),
        "source": _source(page),
        "canonical_url": (page.canonical_url, "link rel=canonical") if page.canonical_url else None,
        "site": site,
        "description": _first(sources.of("description", "tags", "article", "items", "around")),
        "language": language,
        "tags": _tags(sources),
        "section": _first(sources.of("section", "article", "tags", "items")),
        "image": _image(sources, page),
        "license": _license(sources),
        "paywalled": _paywalled(sources),
    }
    known = {name: value for name, value in found.items() if value}
    return Metadata(
        **{name: value for name, (value, _) in known.items()},
        found_in=tuple((name, where) for name, (_, where) in known.items()),
    )


def read_sources(page: Page) -> Sources:
    """Return what every source of the page says about the article."""
    head = read_head(page.root)
    tags = read_tags(page.root, head)
    titles = [head.title, *(finding.value for finding in tags.of("title"))]
    names = _known_names(page, tags)
    headline = find_headline(page, titles, names)
    shown_title = headline.text if headline else head.title
    article, around = read_json_ld(page.json_ld, page.canonical_url or page.url, shown_title)
    items = read_microdata(page.root) if "itemprop" in page.source else Findings()
    declared = (article, tags, items)
    shown = read_visible(
        page,
        headline.number if headline else None,
        _is_month_first(tags),
        seek_author=not any(_names_person(source, names) for source in declared),
        seek_date=not any(_dates(source.of("published")) for source in declared),
    )
    return Sources(article, around, items, tags, shown, head.title, headline)


def _names_person(source: Findings, site_names: set[str]) -> bool:
    found = (name for finding in source.of("author") for name in clean_names(finding.value))
    return any(is_person(name) and letters(name) not in site_names for name in found)


Found = tuple[Any, str] | None
"""A value and where it was found."""


def _first(findings: list[Finding]) -> tuple[str, str] | None:
    return (findings[0].value, findings[0].where) if findings else None


def _title(sources: Sources, site: tuple[str, str] | None, page: Page) -> tuple[str, str] | None:
    """Return the headline that the page shows where something bears it out, else the best declared title."""
    names = _site_names(sources, site, page)
    shown = sources.headline
    headline = shown.text if shown and not is_site_name(shown.text, names) else None
    declared = [
        Finding(trim_title(finding.value, names, headline), finding.where)
        for finding in [
            *sources.of("title", "article", "items", "tags"),
            *([Finding(sources.title, "title element")] if sources.title else []),
            *sources.of("title", "around"),
        ]
        if len(finding.value) <= MAX_TITLE_CHARS
    ]
    if (
        shown
        and headline
        and (not declared or shown.is_part or is_borne_out(headline, declared, is_only=shown.is_only))
    ):
        return without_site(without_kicker(shown, declared), names), "h1"
    fitting = [finding for finding in declared if not is_site_name(finding.value, names)]
    if fitting:
        return fitting[0].value, fitting[0].where
    return (headline, "h1") if headline else _first(declared)


def is_borne_out(headline: str, declared: list[Finding], *, is_only: bool) -> bool:
    """Return whether a declared title agrees with the headline, or it is the only h1 and reads like a headline."""
    own = letters(headline)
    for finding in declared:
        other = letters(finding.value)
        if (own in other and 2 * len(own) > len(other)) or (other in own and len(other) > MIN_SHARED_LETTERS):
            return True
    return is_only and len(headline.split()) >= MIN_HEADLINE_WORDS


def without_kicker(headline: Headline, declared: list[Finding]) -> str:
    """Return the headline without the kicker in the same heading ("Opinion What to read") that declared titles lack.

    A kicker has an element of its own: "Colleges: Keene wins" in one piece is what the page calls its article.
    """
    ends = {letters("".join(headline.pieces[first:])) for first in range(1, len(headline.pieces))}
    for finding in declared:
        if letters(finding.value) in ends and len(finding.value.split()) >= MIN_HEADLINE_WORDS:
            return finding.value
    return headline.text


def _known_names(page: Page, tags: Findings) -> set[str]:
    """Return the names that the address and the meta elements give the site, reduced to letters."""
    names = {letters(finding.value) for finding in tags.of("site")}
    return {*names, *host_names(page.canonical_url), *host_names(page.url)} - {""}


def _site_names(sources: Sources, site: tuple[str, str] | None, page: Page) -> set[str]:
    names = {letters(finding.value) for finding in sources.of("site", "around", "article")}
    names |= _known_names(page, sources.tags)
    if site:
        names.add(letters(site[0]))
    return names - {""}


def _site(sources: Sources, page: Page) -> tuple[str, str] | None:
    for finding in sources.of("site", "tags", "article", "around"):
        if name := finding.value.strip(SITE_EDGES):
            return name, finding.where
    try:
        host = urlsplit(page.canonical_url or page.url or "").hostname
    except ValueError:
        host = None
    return (host.removeprefix("www."), "host name") if host else None


def _authors(sources: Sources, names: set[str]) -> tuple[tuple[str, ...], str] | None:
    """Return the authors of the first source that names a person, else of one that names not the site, else any."""
    strangers: tuple[tuple[str, ...], str] | None = None
    anybody: tuple[tuple[str, ...], str] | None = None
    for source in ("article", "tags", "items", "shown", "around"):
        for where, found in _by_place(sources.of("author", source)).items():
            people = tuple(name for name in found if is_person(name) and letters(name) not in names)
            if people:
                return people[:MAX_AUTHORS], where
            others = tuple(name for name in found if not is_site_name(name, names))
            if others and strangers is None:
                strangers = others[:MAX_AUTHORS], where
            if found and anybody is None:
                anybody = found[:MAX_AUTHORS], where
    return strangers or anybody or _as_declared(sources)


def _as_declared(sources: Sources) -> tuple[tuple[str, ...], str] | None:
    """Return the author that the page declares by a name that reads like a role: "Roving Reporter"."""
    for finding in sources.of("author", "article", "tags", "items"):
        if is_role_name(finding.value):
            return (finding.value,), finding.where
    return None


def _by_place(findings: list[Finding]) -> dict[str, tuple[str, ...]]:
    """Return where → the names found there, without doubles."""
    places: dict[str, dict[str, str]] = {}
    for finding in findings:
        names = places.setdefault(finding.where, {})
        for name in clean_names(finding.value):
            names.setdefault(letters(name), name)
    return {where: _without_longer(tuple(names.values())) for where, names in places.items()}


def _without_longer(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without those that repeat another and go on: "Ann Lee Harbour Courier" beside "Ann Lee"."""
    starts = tuple(f"{name.casefold()} " for name in names if is_person(name))
    return tuple(name for name in names if not name.casefold().startswith(starts))


def _published(sources: Sources, page: Page) -> tuple[str, str] | None:
    """Return the date that the page declares, in the zone that it shows; else the one it shows; else its only date."""
    in_url = next(((day, "URL") for url in (page.canonical_url, page.url) if (day := url_date(url))), None)
    shown = _dates(sources.of("published", "shown"))
    stated = _dates(sources.of("published", "article", "tags", "items", "around"))
    if stated:
        days = [value[:10] for value, _ in shown]
        is_told = stated[0][0][:10] in days
        if not is_told:  # sources differ: "datePublished" of the first draft, say
            stated = [*(date for date in stated if date[0][:10] in days[:1]), *stated]
        return local_time(stated[0], [*stated, *shown, *([in_url] if in_url and not is_told else [])])
    if in_url and not any(value[:10] == in_url[0] for value, _ in shown):
        return in_url
    if shown:
        return shown[0]
    modified = _dates(sources.of("modified", "article", "tags", "items", "around", "shown"))
    return (modified[0][0], f"{modified[0][1]} (the only date)") if modified else None


def local_time(stated: tuple[str, str], others: list[tuple[str, str]]) -> tuple[str, str]:
    """Return a time in UTC in the zone of the page, where another date shows the same moment or the day beside it.

    A page that says 01:06 UTC and shows the evening of the day before was published on the day it shows.
    """
    value, _ = stated
    if not value.endswith("+00:00") or value.endswith("T00:00:00+00:00"):  # midnight UTC is a day, not a time
        return stated
    moment = datetime.fromisoformat(value)
    for other, where in others:
        if other.endswith("+00:00") or "T" not in other:
            continue
        local = datetime.fromisoformat(other)
        zone = local.utcoffset() or local.replace(tzinfo=timezone.utc) - moment
        if abs(zone) <= MAX_ZONE and zone % ZONE_STEP == timedelta(0):
            there = moment.astimezone(timezone(zone))
            if abs(there.replace(tzinfo=None) - local.replace(tzinfo=None)) < timedelta(minutes=1):
                return there.isoformat(), where
    days = [(other, where) for other, where in others if "T" not in other]
    if days and abs((datetime.fromisoformat(days[0][0]).date() - moment.date()).days) == 1:
        return days[0]
    return stated


def _dates(findings: list[Finding]) -> list[tuple[str, str]]:
    """Return the findings that are dates, in ISO 8601."""
    return [(value, finding.where) for finding in findings if (value := parse_date(finding.value))]


def _is_month_first(tags: Findings) -> bool | None:
    """Return how the page's language and region write "04/07/2025"; None where they do not tell."""
    for finding in tags.of("language"):
        tag = _language_tag(finding.value)
        if tag and tag != "en":
            return tag.rpartition("-")[2] in MONTH_FIRST_REGIONS
    return None


def _language(sources: Sources) -> tuple[str, str] | None:
    for finding in sources.of("language", "tags", "article", "items"):
        tag = _language_tag(finding.value)
        if tag:
            return tag, finding.where
    return None


def _language_tag(text: str) -> str | None:
    """Return a BCP 47 tag in its usual case, or None."""
    match = _LANGUAGE_RE.fullmatch(text.strip())
    if not match or match[1].lower() in ("und", "mul", "xx"):
        return None
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def _tags(sources: Sources) -> tuple[tuple[str, ...], str] | None:
    """Return the tags of the first source that has any; a comma-separated line is a list."""
    findings = sources.of("tag", "article", "tags", "items")
    found: dict[str, str] = {}
    for finding in findings:
        if finding.where != findings[0].where:
            break
        for tag in re.split(r"\s*[,;]\s*", finding.value):
            name = tag.strip(" #\"'")
            if 1 < len(name) <= 80:
                found.setdefault(name.casefold(), name)
    return (tuple(found.values())[:MAX_TAGS], findings[0].where) if found else None


def _image(sources: Sources, page: Page) -> tuple[LeadImage, str] | None:
    for finding in sources.of("image", "tags", "article", "around"):
        url = _absolute(page.base_url, finding.value)
        if url:
            same = [source for source in (sources.article, sources.around) if _has_image(source, url, page)]
            texts = [_first(source.of(name)) for source in same[:1] for name in _IMAGE_TEXTS]
            caption, credit, alt = (text[0] if text else None for text in (texts or [None] * 3))
            described = _first(sources.tags.of("alt"))
            return LeadImage(url, alt or (described[0] if described else None), caption, credit), finding.where
    return None


_IMAGE_TEXTS: tuple[Field, ...] = ("caption", "credit", "alt")


def _has_image(source: Findings, url: str, page: Page) -> bool:
    """Return whether a source speaks of this image: the same but for the size that its query asks for."""
    urls = [_absolute(page.base_url, image.value) or "" for image in source.of("image")]
    return url.split("?")[0] in [other.split("?")[0] for other in urls]


def _absolute(base: str | None, url: str) -> str | None:
    try:
        absolute = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return absolute if absolute.startswith(("http://", "https://")) else None


def _license(sources: Sources) -> tuple[str, str] | None:
    """Return the license as text or address, unless the address is one that runs."""
    findings = sources.of("license", "article", "tags", "items", "around")
    return _first([finding for finding in findings if not _RUNNING_RE.match(finding.value)])


def _paywalled(sources: Sources) -> tuple[bool, str] | None:
    for finding in sources.of("free", "article", "items", "tags", "around"):
        said = finding.value.strip().lower().rsplit("/", 1)[-1]
        if said in ("true", "yes", "1", "false", "no", "0"):
            return said in ("false", "no", "0"), finding.where
    return None


def _source(page: Page) -> tuple[str, str] | None:
    if page.canonical_url:
        return page.canonical_url, "link rel=canonical"
    return (page.url, "saved from") if page.url else None
