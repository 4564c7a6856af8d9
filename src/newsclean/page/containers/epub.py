"""EPUB → the chapters of the book in their order, with its title, author and language where they are silent."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.errors import InputError
from newsclean.model import Metadata
from newsclean.page.containers.framed import text_size
from newsclean.page.containers.member import PICTURE_ROOM, Member, place_of
from newsclean.page.containers.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsclean.page.containers.shelf import Shelf

    Element = etree._Element

MAX_XML = 10 * 2**20
"""Bytes of a book's own lists."""

CHAPTERS = ("application/xhtml+xml", "text/html")
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_PACKAGE = ".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LOCKED = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"


def read_epub(shelf: Shelf, pictures: bool) -> Iterator[Member]:
    """Yield the chapters of a book."""
    rootfile = _xml(shelf, "META-INF/container.xml").find(_PACKAGE)
    package = rootfile.get("full-path") if rootfile is not None else None
    if package is None:
        raise InputError("is an EPUB book without its list of chapters", remedy="fetch it again")
    opf = _xml(shelf, package)
    folder = posixpath.dirname(package)
    items = {item.get("id"): item for item in opf.iter(f"{_OPF}item")}
    known = _known(opf)
    locked = _locked(shelf)
    images = _pictures(shelf, list(items.values()), folder) if pictures else {}
    for number, reference in enumerate(opf.iter(f"{_OPF}itemref"), 1):
        item = items.pop(reference.get("idref"), None)  # each once
        if item is None or item.get("media-type") not in CHAPTERS or "nav" in (item.get("properties") or "").split():
            continue
        name = _path(folder, item.get("href") or "")
        yield _chapter(shelf, name, number, known, locked, images)


def _chapter(
    shelf: Shelf, name: str, number: int, known: Metadata, locked: frozenset[str], images: dict[str, bytes]
) -> Member:
    place = place_of(f"{number:03}-{posixpath.basename(name)}")
    if name in locked:
        return Member(name, place, left_out="is locked (DRM)", is_damaged=True)
    try:
        data = shelf.read(name)
    except (InputError, KeyError) as error:
        reason = error.message if isinstance(error, InputError) else "is missing"
        return Member(name, place, left_out=reason, is_damaged=True)
    if not text_size(data[max(0, data.find(b"<body")) :]):
        return Member(name, place, left_out="holds no text", media_type=CHAPTERS[0], size=len(data))
    start = posixpath.dirname(name)
    pictures = {posixpath.relpath(path, start or "."): image for path, image in images.items()}
    return Member(name, place, data, media_type=CHAPTERS[0], size=len(data), known=known, pictures=pictures)


def _xml(shelf: Shelf, name: str) -> Element:
    try:
        root = parse_xml(shelf.read(name, MAX_XML))
    except KeyError as error:
        raise InputError("is an EPUB book that is broken", remedy="fetch it again") from error
    if root is None:
        raise InputError("is an EPUB book that is broken", remedy="fetch it again")
    return root


def _path(folder: str, href: str) -> str:
    """Return the name in the archive of what an address in the book's list leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _known(opf: Element) -> Metadata:
    def texts(name: str) -> tuple[str, ...]:
        found = (" ".join((element.text or "").split()) for element in opf.iter(_DC + name))
        return tuple(text for text in found if text)

    return Metadata(
        title=next(iter(texts("title")), None),
        authors=texts("creator"),
        published=next((text for text in texts("date") if text[:4].isdigit()), None),
        site=next(iter(texts("publisher")), None),
        language=next((text for text in texts("language") if text.lower() not in ("und", "zxx")), None),
    )


def _locked(shelf: Shelf) -> frozenset[str]:
    """Return the names of what is encrypted in the book."""
    if "META-INF/encryption.xml" not in shelf.files:
        return frozenset()
    found = _xml(shelf, "META-INF/encryption.xml").iter(_LOCKED)
    return frozenset(posixpath.normpath(unquote(one.get("URI") or "")) for one in found)


def _pictures(shelf: Shelf, items: list[Element], folder: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    room = PICTURE_ROOM
    for item in items:
        name = _path(folder, item.get("href") or "")
        if item.get("media-type") in PICTURES and name in shelf.files and shelf.files[name].file_size <= room:
            try:
                found[name] = shelf.read(name)
            except InputError:
                continue
            room -= len(found[name])
    return found
