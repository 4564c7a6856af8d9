"""Page → what its meta and link elements, its language attribute and its address say about the article."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from newsclean.metadata.findings import Findings

if TYPE_CHECKING:
    from newsclean.metadata.findings import Field
    from newsclean.parse import Element

# Field → names of meta elements (property, name, itemprop or http-equiv in lower case), best first.
META: dict[Field, tuple[str, ...]] = {
    "title": (
        "og:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title", "headline",
        "cxenseparse:title", "mediator_title", "title", "eprints.title", "bepress_citation_title",
    ),
    "author": (
        "author", "article:author_name", "citation_author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
        "dc.contributor.author", "article:author", "og:article:author", "og:author", "cxenseparse:author", "mediator_author", "byl",
        "authors", "article.author", "rbauthors", "dcsext.author", "creator", "vr:author", "article-author", "content-author",
        "twitter:creator:name",
    ),
    "published": (
        "article:published_time", "og:published_time", "og:article:published_time", "citation_publication_date", "citation_online_date",
        "citation_date", "parsely-pub-date", "sailthru.date", "datepublished", "date.published", "article:published", "publish-date",
        "published_time", "publication_date", "publish_date", "pubdate", "ptime", "dc.date.issued", "dcterms.issued",
        "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "article.published",
        "published-date", "published_at", "og:pubdate", "originalpublicationdate", "date", "created", "date.created", "datecreated",
        "mediator_published_time", "article_date_original", "rnews:datepublished", "bt:pubdate", "og:regdate", "timestamp",
        "release_date", "og:release_date", "displaydate", "last-publish-date", "article:create", "pub_date", "publicationdate",
        "weibo:article:create_at", "cse_publish_date", "dcsext.artpubdate", "creation_date", "time",
    ),
    "modified": (
        "article:modified_time", "og:updated_time", "og:modified_time", "article:updated_time", "lastmod", "last-modified",
        "datemodified", "date.modified", "dcterms.modified", "dc.date.modified", "revised", "updated_time", "utime", "modified",
    ),
    "site": ("og:site_name", "citation_journal_title", "al:ios:app_name", "dc.publisher", "application-name", "publisher",
             "apple-mobile-web-app-title", "dcterms.publisher"),
    "description": (
        "og:description", "description", "twitter:description", "dc.description", "dcterms.abstract", "citation_abstract",
        "sailthru.description", "dc.description.abstract",
    ),
    "language": ("content-language", "language", "dc.language", "inlanguage", "og:locale", "lang"),
    "tag": ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords", "citation_keywords",
            "dc.subject", "tags", "mrf:tags"),
    "section": ("article:section", "og:section", "parsely-section", "cxenseparse:category", "section", "category", "articlesection"),
    "image": ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src", "parsely-image-url",
              "sailthru.image.full", "thumbnail", "image"),
    "alt": ("og:image:alt", "twitter:image:alt"),
    "license": ("license", "dc.rights.license", "dcterms.license", "dc.rights", "dcterms.rights"),
    "free": ("isaccessibleforfree", "article:free", "free_access"),
}  # fmt: skip

_KEYS = ("property", "name", "itemprop", "http-equiv")
PAID_TIERS = frozenset({"locked", "metered", "premium", "paid"})
_URL_RE = re.compile(r"^\s*(?:https?:)?//", re.I)  # "https://example.org/people/ann-lee"
MAX_META = 1_000


def read_tags(root: Element) -> Findings:
    """Return what the meta elements, the licence link and the root's language say, best first within a field."""
    values = _meta_values(root)
    into = Findings()
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    into.add("language", language, "html lang")
    for field, names in META.items():
        for name in names:
            for value in values.get(name, ()):
                if field == "author":
                    value = _author(name, value)
                into.add(field, value, f"meta {name}")
    _read_bundles(values, into)
    for link in root.iter("link", "a"):
        if (link.get("rel") or "").lower() == "license":
            into.add("license", link.get("href"), "link rel=license")
            break
    return into


def _meta_values(root: Element) -> dict[str, list[str]]:
    """Return name → contents, in page order."""
    values: dict[str, list[str]] = {}
    for count, meta in enumerate(root.iter("meta")):
        content = meta.get("content") or meta.get("value")
        if count > MAX_META:
            break
        if not content:
            continue
        for key in _KEYS:
            for name in (meta.get(key) or "").lower().split():
                values.setdefault(name, []).append(content)
    return values


def _author(name: str, value: str) -> str:
    """Return an author's name as spoken: addresses of profile pages name nobody, catalogues write "Lee, Ann"."""
    if _URL_RE.match(value):
        return ""
    if name.startswith(("citation_", "dc", "eprints")) and value.count(",") == 1 and ";" not in value:
        last, first = value.split(",")
        if first.strip() and len(last.split()) < 3:
            return f"{first.strip()} {last.strip()}"
    return value


def _read_bundles(values: dict[str, list[str]], into: Findings) -> None:
    """Note what stands in meta elements of several fields: parsely-page, twitter labels, content tiers."""
    for bundle in values.get("parsely-page", ())[:1]:
        try:
            page = json.loads(bundle)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict):
            into.add("title", page.get("title"), "meta parsely-page")
            into.add("published", page.get("pub_date"), "meta parsely-page")
            authors = page.get("authors") or page.get("author")
            for author in authors if isinstance(authors, list) else [authors]:
                into.add("author", author, "meta parsely-page")
    for number in ("1", "2"):
        label = " ".join(values.get(f"twitter:label{number}", ())[:1]).casefold()
        if label.startswith(("written by", "by", "author", "verfasst von", "écrit par", "escrito por", "geschrieben von", "scritto da")):
            into.add("author", " ".join(values.get(f"twitter:data{number}", ())[:1]), f"meta twitter:data{number}")
    for tier in values.get("article:content_tier", ()):
        into.add("free", str(tier.strip().lower() not in PAID_TIERS), "meta article:content_tier")
