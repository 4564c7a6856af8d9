"""Findings of every source → one Metadata: an ordered preference a field, and where its value was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from newsclean.facts.authorboxes import BOXED, boxed_author
from newsclean.facts.authors import choose_authors
from newsclean.facts.dates import choose_published
from newsclean.facts.rivals import SAME, find_claims, rivals_of
from newsclean.facts.sources import dates_of, language_tag, read_sources, site_names
from newsclean.facts.titles import choose_title, declared_titles
from newsclean.facts.trust import with_trust
from newsclean.lexicon.languages import find_language
from newsclean.lexicon.persons import is_person
from newsclean.model import Contributor, LeadImage, Metadata
from newsclean.page.archived import restored

if TYPE_CHECKING:
    from newsclean.facts.findings import Field, Finding, Findings
    from newsclean.facts.rivals import Claim
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Page

_RUNNING_RE = re.compile(r"(?:javascript|vbscript|data)\s*:", re.I)  # "javascript:alert(1)"
# "/article", "4711", "type:story", "layout=wide", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
_INTERNAL_RE = re.compile(r"/\S*|\S*_\S*|\d+|[\w-]+[:=]\S+|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.I)
_SLUG_RE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}")  # "market-priority-post"
MIN_PARAGRAPH = 80
"""Characters of a block that is running text rather than a menu's."""
MAX_TAGS = 50
MAX_CONTRIBUTORS = 20
SITE_EDGES = " |–—·•»«›‹"
"""What templates leave at the edges of a site's name: the separator before a slogan that is not there."""


def read_html_metadata(page: Page) -> Metadata:
    """Return the metadata of a parsed HTML page."""
    return with_trust(*read_claims(page))


def read_claims(page: Page) -> tuple[Metadata, dict[str, list[Claim]]]:
    """Return the metadata of a parsed HTML page, without how far it can be trusted, and what each source says."""
    sources = read_sources(page)
    site = _site(sources, page)
    names = site_names(sources, site)
    titles = declared_titles(sources, names)
    language = _language(sources) or _written_language(page)
    found: dict[str, Any] = {
        "title": choose_title(sources, titles, names, page),
        "authors": _authors(sources, names, page),
        "published": choose_published(sources, page),
        "modified": next(iter(dates_of(sources.of("modified", "article", "tags", "items", "around", "shown"))), None),
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
        "contributors": _contributors(sources),
    }
    known = {name: value for name, value in found.items() if value}
    claims = find_claims(sources, titles, names, page)
    metadata = Metadata(
        **{name: value for name, (value, _) in known.items()},
        found_in=tuple((name, where) for name, (_, where) in known.items()),
        rivals=rivals_of(claims, {name: _as_claim(known[name][0]) for name in SAME if name in known}),
    )
    return metadata, claims


def _as_claim(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


Found = tuple[Any, str] | None
"""A value and where it was found."""


def _authors(sources: Sources, names: set[str], page: Page) -> tuple[tuple[str, ...], str] | None:
    """Return the authors; where no person signs, whom the page names in a box about its author."""
    found = choose_authors(sources, names, page)
    if found and any(is_person(name) or len(name.split()) == 1 for name in found[0]):
        return found
    boxed = boxed_author([block.text for block in page.blocks])
    if boxed and (not found or all(is_person(name) for name in boxed)):
        return boxed, BOXED
    return found


def _first(findings: list[Finding]) -> tuple[str, str] | None:
    return (findings[0].value, findings[0].where) if findings else None


def _site(sources: Sources, page: Page) -> tuple[str, str] | None:
    for finding in sources.of("site", "tags", "article", "around"):
        if name := finding.value.strip(SITE_EDGES):
            return name, finding.where
    try:
        host = urlsplit(page.canonical_url or page.url or "").hostname
    except ValueError:
        host = None
    return (host.removeprefix("www."), "host name") if host else None


def _language(sources: Sources) -> tuple[str, str] | None:
    for finding in sources.of("language", "tags", "article", "items"):
        tag = language_tag(finding.value)
        if tag:
            return tag, finding.where
    return None


def _written_language(page: Page) -> tuple[str, str] | None:
    """Return the language that the page's running text is written in, where the page declares none."""
    texts = (block.text for block in page.blocks if block.chars >= MIN_PARAGRAPH and block.link_density < 0.5)
    language = find_language(texts)
    return (language, "words of the body") if language else None


def _contributors(sources: Sources) -> tuple[tuple[Contributor, ...], str] | None:
    """Return whom the byline names with another role than the author's, then whom the structured data names."""
    shown = sources.of("contributor", "shown")
    declared = [finding for finding in sources.of("contributor", "article") if is_person(finding.value)]
    found = {(finding.value, finding.where): None for finding in (*shown, *declared)}
    people = tuple(Contributor(name, role) for name, role in list(found)[:MAX_CONTRIBUTORS])
    return (people, "byline text" if shown else "JSON-LD") if people else None


def _tags(sources: Sources) -> tuple[tuple[str, ...], str] | None:
    """Return the tags of the first source that has any; a comma-separated line is a list.

    What a content management system tells itself is left out: paths, numbers, keys with values, slugs among names.
    """
    findings = sources.of("tag", "article", "tags", "items")
    found: dict[str, str] = {}
    for finding in findings:
        if finding.where != findings[0].where:
            break
        for tag in re.split(r"\s*[,;]\s*", finding.value):
            name = tag.strip(" #\"'")
            if 1 < len(name) <= 80:
                found.setdefault(name.casefold(), name)
    names = [name for name in found.values() if not _INTERNAL_RE.fullmatch(name)]
    if any(not _SLUG_RE.fullmatch(name) for name in names):
        names = [name for name in names if not _SLUG_RE.fullmatch(name)]
    return (tuple(names[:MAX_TAGS]), findings[0].where) if names else None


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
        absolute = restored(urljoin(base or "", url.strip()))
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
