"""Findings of every source → one Metadata: for each field an ordered preference, and a note of where the value was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from newsclean.metadata.dates import parse_date
from newsclean.metadata.findings import Finding, Findings, tidy
from newsclean.metadata.names import clean_names, is_person
from newsclean.metadata.structured import read_json_ld, read_microdata
from newsclean.metadata.tags import read_tags
from newsclean.metadata.titles import host_names, is_site_name, letters, trim_title
from newsclean.metadata.visible import find_headline, read_visible, url_date
from newsclean.model import LeadImage, Metadata

if TYPE_CHECKING:
    from newsclean.metadata.findings import Field
    from newsclean.parse import Element, Page

MAX_TAGS = 50
MAX_AUTHORS = 20
MAX_TITLE_CHARS = 400

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
    headline: str | None
    """Text of the h1."""

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
        "authors": _authors(sources, site),
        "published": _published(sources, page),
        "modified": _date(sources.of("modified", "article", "tags", "items", "around", "shown")),
        "site": site,
        "description": _first(sources.of("description", "tags", "article", "items", "around")),
        "language": language,
        "tags": _tags(sources),
        "section": _first(sources.of("section", "article", "tags", "items")),
        "image": _image(sources, page),
        "license": _first(sources.of("license", "article", "tags", "items", "around")),
        "paywalled": _paywalled(sources),
        "canonical_url": (page.canonical_url, "link rel=canonical") if page.canonical_url else None,
        "source": _source(page),
    }
    known = {name: value for name, value in found.items() if value}
    return Metadata(
        **{name: value for name, (value, _) in known.items()},
        found_in=tuple((name, where) for name, (_, where) in known.items()),
    )


def read_sources(page: Page) -> Sources:
    """Return what every source of the page says about the article."""
    root = page.root
    tags = read_tags(root)
    title = _title_element(root)
    head = find_headline(page, [title, *(finding.value for finding in tags.of("title"))])
    number, headline = head if head else (None, None)
    scripts = [script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    article, around = read_json_ld(scripts, page.canonical_url or page.url, headline or title)
    month_first = _is_month_first(tags)
    shown = read_visible(page, number, month_first)
    return Sources(article, around, read_microdata(root), tags, shown, title, headline)


Found = tuple[Any, str] | None
"""A value and where it was found."""


def _title_element(root: Element) -> str:
    for title in root.iter("title"):
        parent = title.getparent()
        if parent is None or parent.tag != "svg":
            return tidy("".join(title.itertext()))[: 2 * MAX_TITLE_CHARS]
    return ""


def _first(findings: list[Finding]) -> tuple[str, str] | None:
    return (findings[0].value, findings[0].where) if findings else None


def _title(sources: Sources, site: tuple[str, str] | None, page: Page) -> tuple[str, str] | None:
    """Return the headline that the page shows where any other source bears it out, else the best of the others."""
    names = _site_names(sources, site, page)
    headline = sources.headline if sources.headline and not is_site_name(sources.headline, names) else None
    declared: list[Finding] = []
    for finding in [
        *sources.of("title", "article", "items", "tags"),
        *([Finding(sources.title, "title element")] if sources.title else []),
        *sources.of("title", "around"),
    ]:
        if len(finding.value) <= 2 * MAX_TITLE_CHARS:
            declared.append(Finding(trim_title(finding.value, names, headline), finding.where))
    if headline and len(headline) <= MAX_TITLE_CHARS and (not declared or _is_borne_out(headline, declared)):
        return headline, "h1"
    fitting = [finding for finding in declared if not is_site_name(finding.value, names)]
    if fitting:
        return fitting[0].value, fitting[0].where
    if headline:
        return headline, "h1"
    return _first(declared)


def _is_borne_out(headline: str, declared: list[Finding]) -> bool:
    """Return whether another source has the same title, or one that holds it or is held in it."""
    own = letters(headline)
    return any(own in (other := letters(finding.value)) or (other in own and len(other) > 5) for finding in declared)


def _site_names(sources: Sources, site: tuple[str, str] | None, page: Page) -> set[str]:
    names = {letters(finding.value) for finding in sources.of("site", "tags", "around", "article")}
    names.update(host_names(page.canonical_url), host_names(page.url))
    if site:
        names.add(letters(site[0]))
    return names - {""}


def _site(sources: Sources, page: Page) -> tuple[str, str] | None:
    found = _first(sources.of("site", "tags", "article", "around"))
    if found:
        return found
    try:
        host = urlsplit(page.canonical_url or page.url or "").hostname
    except ValueError:
        host = None
    return (host.removeprefix("www."), "host name") if host else None


def _authors(sources: Sources, site: tuple[str, str] | None) -> tuple[tuple[str, ...], str] | None:
    """Return the authors of the first source that names a person, else of the first that names anybody."""
    fallback: tuple[tuple[str, ...], str] | None = None
    for source in ("article", "tags", "items", "shown", "around"):
        for where, names in _by_place(sources.of("author", source)).items():
            people = tuple(name for name in names if is_person(name))
            if people:
                return people[:MAX_AUTHORS], where
            if names and fallback is None:
                fallback = names[:MAX_AUTHORS], where
    return fallback


def _by_place(findings: list[Finding]) -> dict[str, tuple[str, ...]]:
    """Return where → the names found there, without doubles."""
    places: dict[str, dict[str, str]] = {}
    for finding in findings:
        names = places.setdefault(finding.where, {})
        for name in clean_names(finding.value):
            names.setdefault(letters(name), name)
    return {where: tuple(names.values()) for where, names in places.items()}


def _published(sources: Sources, page: Page) -> tuple[str, str] | None:
    found = _date(sources.of("published", "article", "tags", "items", "around", "shown"))
    if found:
        return found
    for url in (page.canonical_url, page.url):
        day = url_date(url)
        if day:
            return day, "URL"
    return None


def _date(findings: list[Finding]) -> tuple[str, str] | None:
    for finding in findings:
        value = parse_date(finding.value)
        if value:
            return value, finding.where
    return None


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
    return any((_absolute(page.base_url, image.value) or "").split("?")[0] == url.split("?")[0] for image in source.of("image"))


def _absolute(base: str | None, url: str) -> str | None:
    try:
        absolute = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return absolute if absolute.startswith(("http://", "https://")) else None


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
