"""Page → what its JSON-LD and microdata say about the article; objects about other articles do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import urlsplit

from lxml import etree

from newsclean.facts.findings import Findings, tidy
from newsclean.facts.surroundings import select, visible_text

if TYPE_CHECKING:
    from newsclean.facts.findings import Field
    from newsclean.page.html import Element

Object = Mapping[str, object]

MAX_OBJECTS = 5_000
"""Objects of a page that are looked at."""

ARTICLE_SUFFIXES = ("Article", "Posting", "Report", "Review", "Story")
ARTICLE_TYPES = frozenset(
    """Recipe HowTo CreativeWork Interview PodcastEpisode Episode Guide LearningResource Course Book Thesis""".split()
)
PAGE_TYPES = frozenset(
    """WebPage ItemPage AboutPage CollectionPage FAQPage QAPage MedicalWebPage VideoObject ProfilePage Event""".split()
)
"""They describe the page around the article: asked after the article itself."""
OTHER_WORKS = frozenset(
    """itemListElement hasPart citation comment comments review reviews relatedLink isRelatedTo workExample mentions
    about breadcrumb liveBlogUpdate potentialAction suggestedAnswer acceptedAnswer significantLink subjectOf memberOf
    parentOrganization aggregateRating recipeInstructions step""".split()
)
"""Keys under which other works hang: teasers, comments, related articles."""

PAGE_SCOPES = ("WebPage", "Question")
"""Scopes that stand for the page: a question is what a page of answers is about."""

CONTRIBUTORS = {"editor": "editor", "translator": "translator", "illustrator": "illustrator", "reviewedBy": "reviewer"}
"""Keys of persons who are no authors → their role."""
MAX_ITEMPROPS = 400
MAX_CLIMB = 60
"""Ancestors that are asked for their scope."""

_ITEMPROPS = etree.XPath("/descendant::*[@itemprop]")
_NAME_INSIDE = etree.XPath(".//*[@itemprop='name']")
_MICRODATA: dict[str, Field] = {
    "headline": "title",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "description": "description",
    "keywords": "tag",
    "articlesection": "section",
    "inlanguage": "language",
    "license": "license",
    "isaccessibleforfree": "free",
    "author": "author",
    "creator": "author",
}


def read_json_ld(values: list[object], address: str | None, headline: str | None) -> tuple[Findings, Findings]:
    """Return what the JSON-LD says about the article, and what it says about the page around it.

    `address` (canonical URL) and `headline` tell the page's own article from others that the page describes.
    """
    article, around = Findings(), Findings()
    nodes = list(walk(values, OTHER_WORKS))
    named = _named_by_id(nodes)
    articles = [node for node in nodes if any(is_article_type(kind) for kind in types(node))]
    for node in sorted(articles, key=lambda node: _rank(node, address, headline)):
        if not article.found or _rank(node, address, headline) < OTHER_RANK:
            _read_work(node, named, article)
    for node in nodes:
        kinds = types(node)
        if not PAGE_TYPES.isdisjoint(kinds):
            _read_work(node, named, around)
        elif "WebSite" in kinds or "NewsMediaOrganization" in kinds:
            around.add("site", node.get("name"), f"JSON-LD {kinds[0]}.name")
    return article, around


def is_article_type(kind: str) -> bool:
    """Return whether a schema.org type is an article or another work that a page is made of."""
    return kind.endswith(ARTICLE_SUFFIXES) or kind in ARTICLE_TYPES


OTHER_RANK = 3


def _rank(node: Object, address: str | None, headline: str | None) -> int:
    """Return 0 for the article at this address, 1 for this headline, 2 where nothing speaks against it, else 3."""
    urls = [*texts(node.get("url"), "@id"), *texts(node.get("mainEntityOfPage"), "@id", "url")]
    own = _path(address)
    if own and any(_path(url) == own for url in urls):
        return 0
    title = tidy(" ".join(texts(node.get("headline"))[:1])).casefold()
    if title and headline and (title == headline.casefold() or headline.casefold().startswith(title)):
        return 1
    if own and any(_path(url) for url in urls):
        return OTHER_RANK
    return 2


def _path(url: str | None) -> str:
    """Return the path of a URL, the part that tells articles apart; "" for a front page or no URL at all."""
    try:
        return urlsplit(url or "").path.strip("/").casefold()
    except ValueError:
        return ""


def _named_by_id(nodes: list[Object]) -> dict[str, Object]:
    """Return @id → object, for the references inside a graph."""
    named: dict[str, Object] = {}
    for node in nodes:
        key = node.get("@id")
        if isinstance(key, str) and (node.get("name") or node.get("familyName")):
            named.setdefault(key, node)
    return named


def _resolve(value: object, named: dict[str, Object]) -> list[object]:
    """Return the values with references ({"@id": …}) replaced by the objects that they name."""
    resolved: list[object] = []
    for item in as_list(value):
        key = item.get("@id") if is_object(item) and not (item.get("name") or item.get("familyName")) else None
        resolved.append(named.get(key, item) if isinstance(key, str) else item)
    return resolved


def _read_work(node: Object, named: dict[str, Object], into: Findings) -> None:
    kind = types(node)[0]

    def take(name: Field, key: str, *inner: str) -> None:
        for text in texts(_resolve(node.get(key), named), *inner):
            into.add(name, text, f"JSON-LD {kind}.{key}")

    for key in ("headline", "name", "alternativeHeadline"):
        take("title", key)
    for key in ("author", "creator"):
        for holder in _resolve(node.get(key), named):
            for name in texts(holder, "name", "legalName") or [_full_name(holder)]:
                into.add("author", name, f"JSON-LD {kind}.{key}")
    for key, role in CONTRIBUTORS.items():
        for name in texts(_resolve(node.get(key), named), "name"):
            into.add("contributor", name, role)
    for key in ("datePublished", "uploadDate", "dateCreated"):
        take("published", key)
    take("modified", "dateModified")
    for key in ("publisher", "isPartOf", "sourceOrganization"):
        for holder in _resolve(node.get(key), named):
            if is_object(holder) and not any(part.endswith("Page") for part in types(holder)):
                into.add("site", next(iter(texts(holder.get("name"))), None), f"JSON-LD {kind}.{key}")
    take("description", "description")
    take("language", "inLanguage", "alternateName", "name")
    take("tag", "keywords", "name", "termCode")
    take("section", "articleSection")
    take("license", "license", "url", "@id")
    _read_image(node.get("image") or node.get("thumbnailUrl"), named, f"JSON-LD {kind}.image", into)
    free = node.get("isAccessibleForFree")
    if isinstance(free, bool | str):
        into.add("free", str(free), f"JSON-LD {kind}.isAccessibleForFree")


def _full_name(value: object) -> str:
    """Return the name of a person that has it in two fields, "" for none."""
    parts = [texts(value.get(key))[:1] for key in ("givenName", "familyName")] if is_object(value) else []
    return " ".join(part[0] for part in parts if part)


def _read_image(value: object, named: dict[str, Object], where: str, into: Findings) -> None:
    """Note the first image, with the caption and credit that belong to it and no other."""
    for item in _resolve(value, named)[:1]:
        urls = texts(item, "url", "contentUrl", "@id")
        if not urls:
            continue
        into.add("image", urls[0], where)
        if is_object(item):
            into.add("alt", item.get("alternateName") or item.get("alt"), where)
            into.add("caption", item.get("caption"), where)
            into.add("credit", next(iter(texts(item.get("creditText") or item.get("creator"), "name")), None), where)


def read_microdata(root: Element) -> Findings:
    """Return what the itemprop attributes of the article's scope, or of no scope at all, say."""
    into = Findings()
    for element in select(_ITEMPROPS, root)[:MAX_ITEMPROPS]:
        for prop in (element.get("itemprop") or "").split():
            name = _MICRODATA.get(prop.lower())
            if name and _in_article_scope(element):
                _read_property(element, name, f"itemprop {prop}", into)
    return into


def _read_property(element: Element, name: Field, where: str, into: Findings) -> None:
    if name == "author":
        for inner in select(_NAME_INSIDE, element) or [element]:
            into.add(name, property_value(inner), where)
        return
    into.add(name, property_value(element), where)


def property_value(element: Element) -> str:
    """Return the value of a microdata property: its content or datetime attribute, else its text."""
    return element.get("content") or element.get("datetime") or visible_text(element)


def _in_article_scope(element: Element) -> bool:
    """Return whether the nearest scope around an element is an article's, or there is none."""
    is_remark = False
    for distance, ancestor in enumerate(element.iterancestors()):
        kind = ancestor.get("itemtype")
        if kind is not None:
            if kind.endswith(PAGE_SCOPES):
                return not is_remark
            return any(is_article_type(part.rsplit("/", 1)[-1]) for part in kind.split())
        is_remark = is_remark or ancestor.get("itemprop") == "comment"
        if distance > MAX_CLIMB:
            break
    return True


def is_object(value: object) -> TypeGuard[Object]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def walk(values: list[object], skipped: frozenset[str]) -> Iterator[Object]:
    """Yield every object, outer before inner and in order; what hangs on a skipped key is passed over."""
    stack = list(reversed(values))
    seen = 0
    while stack and seen < MAX_OBJECTS:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:MAX_OBJECTS]))
        elif is_object(value):
            seen += 1
            yield value
            stack.extend(reversed([inner for key, inner in value.items() if key not in skipped and _is_nested(inner)]))


def _is_nested(value: object) -> bool:
    return isinstance(value, dict | list)


def as_list(value: object) -> list[object]:
    """Return a JSON-LD value as a list: one value and a list of one mean the same there."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types(node: Object) -> list[str]:
    """Return the types of an object without their namespace ("https://schema.org/NewsArticle" → "NewsArticle")."""
    return [
        kind.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for kind in as_list(node.get("@type"))
        if isinstance(kind, str)
    ]


def texts(value: object, *keys: str) -> list[str]:
    """Return the texts of a value: itself, those of a list, or those under the first of `keys` that an object has."""
    found: list[str] = []
    for item in as_list(value)[:MAX_OBJECTS]:
        if isinstance(item, str):
            found.append(item)
        elif is_object(item):
            for key in keys:
                inner = [text for text in as_list(item.get(key)) if isinstance(text, str) and text.strip()]
                if inner:
                    found.extend(inner)
                    break
    return found
