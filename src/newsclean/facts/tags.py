"""Page → what its meta and link elements, its language attribute and its address say about the article."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.facts.findings import Findings, tidy
from newsclean.facts.surroundings import visible_text
from newsclean.page.archived import ARCHIVE_TODAY

if TYPE_CHECKING:
    from newsclean.facts.findings import Field
    from newsclean.page.html import Element

# Field → names of meta elements (property, name, itemprop or http-equiv in lower case), best first.
META: dict[Field, list[str]] = {
    "title": """
        og:title citation_title parsely-title sailthru.title dc.title dcterms.title twitter:title headline
        cxenseparse:title mediator_title title eprints.title bepress_citation_title
        """.split(),
    "author": """
        author article:author_name citation_author parsely-author sailthru.author dc.creator dcterms.creator
        dc.contributor.author article:author og:article:author og:author cxenseparse:author mediator_author byl
        authors article.author rbauthors dcsext.author creator vr:author article-author content-author
        twitter:creator:name
        """.split(),
    "published": """
        article:published_time og:published_time og:article:published_time citation_publication_date
        citation_online_date citation_date parsely-pub-date sailthru.date datepublished date.published
        article:published publish-date published_time publication_date publish_date pubdate ptime dc.date.issued
        dcterms.issued dcterms.created dc.date.created dc.date dcterms.date cxenseparse:recs:publishtime
        article.published published-date published_at og:pubdate originalpublicationdate date created
        date.created datecreated mediator_published_time article_date_original rnews:datepublished bt:pubdate
        og:regdate timestamp release_date og:release_date displaydate last-publish-date article:create pub_date
        publicationdate weibo:article:create_at cse_publish_date dcsext.artpubdate creation_date time
        """.split(),
    "modified": """
        article:modified_time og:updated_time og:modified_time article:updated_time lastmod last-modified
        datemodified date.modified dcterms.modified dc.date.modified revised updated_time utime modified
        """.split(),
    "site": """
        og:site_name citation_journal_title al:ios:app_name dc.publisher application-name publisher apple-
        mobile-web-app-title dcterms.publisher
        """.split(),
    "description": """
        og:description description twitter:description dc.description dcterms.abstract citation_abstract
        sailthru.description dc.description.abstract
        """.split(),
    "language": """content-language language dc.language inlanguage og:locale lang""".split(),
    "tag": """
        article:tag og:article:tag news_keywords parsely-tags sailthru.tags keywords citation_keywords
        dc.subject tags mrf:tags
        """.split(),
    "section": """
        article:section og:section parsely-section cxenseparse:category section category articlesection
        """.split(),
    "image": """
        og:image og:image:secure_url og:image:url twitter:image twitter:image:src parsely-image-url
        sailthru.image.full thumbnail image
        """.split(),
    "alt": """og:image:alt twitter:image:alt""".split(),
    "license": """license dc.rights.license dcterms.license dc.rights dcterms.rights""".split(),
    "free": """isaccessibleforfree article:free free_access""".split(),
}

_KEYS = ("property", "name", "itemprop", "http-equiv")
PAID_TIERS = frozenset({"locked", "metered", "premium", "paid"})
_URL_RE = re.compile(r"^\s*(?:https?:)?//", re.I)  # "https://example.org/people/ann-lee"
MAX_ELEMENTS = 5_000
"""Elements of a page that are looked at."""
MAX_TITLE_CHARS = 800


@dataclass(frozen=True, slots=True)
class Head:
    """The elements of a page that speak to machines, wherever they stand: pages put them into the body as well."""

    metas: dict[str, list[str]]
    """Name (property, name, itemprop, http-equiv; lower case) → contents, in page order."""
    title: str
    """Text of the title element, "" without one."""
    license: str | None
    """Target of link rel=license."""


def read_head(root: Element) -> Head:
    """Return the meta, title and link elements of a page, in one pass."""
    metas: dict[str, list[str]] = {}
    title, licence = "", None
    for count, element in enumerate(root.iter("meta", "title", "link")):
        if count > MAX_ELEMENTS:
            break
        if element.tag == "meta":
            _note_meta(element, metas)
        elif element.tag == "link":
            licence = licence or (element.get("href") if element.get("rel") == "license" else None)
        elif not title and not any(ancestor.tag == "svg" for ancestor in element.iterancestors()):
            title = tidy(visible_text(element))[:MAX_TITLE_CHARS]
    return Head(metas, title, licence)


def _note_meta(meta: Element, metas: dict[str, list[str]]) -> None:
    content = meta.get("content") or meta.get("value")
    if content:
        for key in _KEYS:
            if key == "itemprop" and meta.get(key) in ("author", "creator"):
                continue  # whose author it is, its scope tells: read_microdata looks at that
            for name in (meta.get(key) or "").lower().split():
                metas.setdefault(name, []).append(content)


def read_tags(root: Element, head: Head) -> Findings:
    """Return what the meta elements, the licence link and the root's language say, best first within a field."""
    into = Findings()
    if not ARCHIVE_TODAY.isdisjoint(map(str.lower, head.metas.get("og:site_name", ()))):
        for value in head.metas.get("og:title", ()):  # all else there is the archive's own: its day, its picture
            into.add("title", value, "meta og:title")
        return into
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    into.add("language", language, "html lang")
    for field, names in META.items():
        for name in names:
            for value in head.metas.get(name, ()):
                into.add(field, _spoken_author(name, value) if field == "author" else value, f"meta {name}")
    _read_bundles(head.metas, into)
    into.add("license", head.license, "link rel=license")
    return into


def _spoken_author(name: str, value: str) -> str:
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
        if label.startswith(
            ("written by", "by", "author", "verfasst von", "écrit par", "escrito por", "geschrieben von", "scritto da")
        ):
            into.add("author", " ".join(values.get(f"twitter:data{number}", ())[:1]), f"meta twitter:data{number}")
    for tier in values.get("article:content_tier", ()):
        into.add("free", str(tier.strip().lower() not in PAID_TIERS), "meta article:content_tier")
