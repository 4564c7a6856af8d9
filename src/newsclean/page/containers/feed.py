"""Feeds (RSS, Atom, JSON Feed) with the text of their entries → a page an entry, with its own title, author and day."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import etree

from newsclean.errors import InputError
from newsclean.page.containers.entry import Entry
from newsclean.page.containers.member import (
    MAX_MEMBERS,
    Member,
    iso_time,
    parse_time,
    place_of_title,
    place_of_url,
    web_url,
)
from newsclean.page.containers.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    Element = etree._Element

_ENTRIES = frozenset({"item", "entry"})
_CONTENT = ("encoded", "content", "description", "summary")
"""Names of elements that hold the text of an entry, the fullest first; media have a "content" too, without text."""
_MEDIA = "{http://search.yahoo.com/mrss/}"


def read_feed(file: BinaryIO, pictures: bool) -> Iterator[Member]:  # noqa: ARG001 - as all readers have it
    """Yield the entries of a feed."""
    root = parse_xml(file.read())
    if root is None:
        raise InputError("is a feed that is broken", remedy="fetch it again")
    feed = _fields(_channel(root))
    number = 0
    for element in root.iter(etree.Element):
        if _name(element) in _ENTRIES:
            number += 1
            if number > MAX_MEMBERS:
                raise InputError(f"holds more than {MAX_MEMBERS:,} entries", remedy="fetch its parts")
            yield _xml_entry(element, feed, root, number)


def _channel(root: Element) -> Element:
    return next((child for child in root if _name(child) == "channel"), root)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _fields(element: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str) and not child.tag.startswith(_MEDIA):
            found.setdefault(_name(child), []).append(child)
    return found


def _xml_entry(element: Element, feed: dict[str, list[Element]], root: Element, number: int) -> Member:
    fields = _fields(element)
    entry = Entry(
        content=next((text for name in _CONTENT for one in fields.get(name, []) if (text := _markup(one))), ""),
        title=_plain(fields, "title"),
        authors=_authors(fields) or _authors(feed),
        published=_day(fields, "pubDate", "published", "date", "issued", "updated"),
        modified=_day(fields, "updated", "modified"),
        url=_link(fields),
        site=_plain(feed, "title"),
        language=_plain(feed, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        tags=tuple(tag for one in fields.get("category", []) if (tag := one.get("term") or (one.text or "").strip())),
    )
    return as_member(entry, _plain(fields, "guid") or _plain(fields, "id"), number)


def as_member(entry: Entry, identifier: str, number: int) -> Member:
    """Return an entry as a member that is named by its identifier, its address or its number."""
    place = place_of_url(entry.url) if entry.url else place_of_title(entry.title, number)
    name = identifier or entry.url or str(number)
    if not entry.content:
        return Member(name, place, url=entry.url, left_out="has no text")
    data = entry.page()
    return Member(name, place, data, media_type="text/html", size=len(data), url=entry.url, charset="utf-8")


def _markup(element: Element) -> str:
    """Return the content of an element as HTML: escaped in RSS, as it stands or as elements in Atom."""
    if element.get("type") == "xhtml" or (len(element) and not (element.text or "").strip()):
        return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    text = _text_of(element).strip()
    if element.get("type") in ("text", "text/plain"):
        return "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in text.split("\n\n") if paragraph.strip())
    return text


def _plain(fields: dict[str, list[Element]], name: str) -> str:
    """Return the text of the first element of a name, its markup taken out."""
    for element in fields.get(name, []):
        text = _text_of(element).strip()
        if "<" in text or "&" in text:
            text = _without_markup(text)
        if text:
            return " ".join(text.split())
    return ""


def _without_markup(text: str) -> str:
    root = etree.fromstring(f"<p>{text}</p>", etree.HTMLParser(encoding=None, no_network=True))
    return _text_of(root) if root is not None else text


def _text_of(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _authors(fields: dict[str, list[Element]]) -> tuple[str, ...]:
    names = []
    for element in (*fields.get("creator", []), *fields.get("author", [])):
        inner = next((child for child in element if _name(child) == "name"), element)
        text = " ".join(_text_of(inner).split())
        name = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text  # "ann@pier.example (Ann Lee)"
        if name and "@" not in name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _day(fields: dict[str, list[Element]], *names: str) -> str | None:
    return next((day for name in names if (day := feed_time(_plain(fields, name)))), None)


def feed_time(text: str) -> str | None:
    """Return the time of a feed as ISO 8601: "Tue, 18 Jun 2024 19:20:00 +0100", "2024-06-18T18:20:00Z"."""
    if not text:
        return None
    try:
        return parse_time(text) or iso_time(parsedate_to_datetime(text))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _link(fields: dict[str, list[Element]]) -> str | None:
    for element in fields.get("link", []):
        if element.get("rel", "alternate") == "alternate" and (url := web_url(element.get("href") or element.text)):
            return url
    return web_url(_plain(fields, "guid"))


def read_json_feed(file: BinaryIO, pictures: bool) -> Iterator[Member]:  # noqa: ARG001 - as all readers have it
    """Yield the entries of a JSON Feed."""
    try:
        feed = json.loads(file.read())
        items: list[Any] = [item for item in feed["items"] if isinstance(item, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("is a JSON Feed that is broken or cut off", remedy="fetch it again") from error
    if len(items) > MAX_MEMBERS:
        raise InputError(f"holds more than {MAX_MEMBERS:,} entries", remedy="fetch its parts")
    for number, item in enumerate(items, 1):
        text = "".join(f"<p>{escape(part)}</p>\n" for part in _text(item, "content_text").split("\n\n") if part.strip())
        entry = Entry(
            content=_text(item, "content_html") or text,
            title=_text(item, "title"),
            authors=_names(item) or _names(feed),
            published=feed_time(_text(item, "date_published")),
            modified=feed_time(_text(item, "date_modified")),
            url=web_url(_text(item, "url")),
            site=_text(feed, "title"),
            language=_text(item, "language") or _text(feed, "language"),
            tags=tuple(tag for tag in item.get("tags") or () if isinstance(tag, str)),
        )
        yield as_member(entry, _text(item, "id"), number)


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    authors = item.get("authors") or [item.get("author")]
    return tuple(
        name
        for one in (authors if isinstance(authors, list) else [])
        if isinstance(one, dict) and (name := _text(one, "name"))
    )
