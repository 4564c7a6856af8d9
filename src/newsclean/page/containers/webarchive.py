"""Safari's .webarchive (a property list, binary or XML) → the page in it."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.parsers.expat import ExpatError

from newsclean.errors import InputError
from newsclean.page.containers.framed import article_frame
from newsclean.page.containers.member import PICTURE_ROOM, Member, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_FRAMES = 200
"""Frames of a page that are looked at."""

_BROKEN = (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError, ExpatError, EOFError)
"""What plistlib raises on lists that are cut off or made up, beside its own InvalidFileException (a ValueError)."""


def read_webarchive(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the page of a web archive; with `pictures` the copies of its images too."""
    try:
        top = plistlib.load(file)
    except (*_BROKEN, AttributeError) as error:
        raise InputError("is a web archive that is broken or cut off", remedy="save the page again") from error
    archives = _archives(top)
    documents = [document for archive in archives if (document := archive.get("WebMainResource"))]
    documents = [document for document in documents if _data(document) and "html" in _text(document, "MIMEType")]
    if not documents:
        raise InputError("is a web archive without a page", remedy="save the page again")
    chosen = documents[article_frame([_data(document) for document in documents])]
    yield Member(
        "",
        "page.html",
        _data(chosen),
        media_type=_text(chosen, "MIMEType"),
        size=len(_data(chosen)),
        url=web_url(_text(chosen, "URL")),
        charset=_text(chosen, "TextEncodingName") or None,
        pictures=dict(_pictures(archives)) if pictures else {},
    )


def _archives(top: object) -> list[Mapping[str, Any]]:
    """Return the archive and those of its frames, the page first."""
    found: list[Mapping[str, Any]] = []
    waiting = [top]
    while waiting and len(found) < MAX_FRAMES:
        archive = waiting.pop()
        if isinstance(archive, dict):
            found.append(archive)
            frames = archive.get("WebSubframeArchives")
            waiting += reversed(frames) if isinstance(frames, list) else []
    return found


def _pictures(archives: list[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
    room = PICTURE_ROOM
    for archive in archives:
        resources = archive.get("WebSubresources")
        for resource in resources if isinstance(resources, list) else []:
            data = _data(resource)
            if _text(resource, "MIMEType").startswith("image/") and len(data) <= room:
                room -= len(data)
                yield _text(resource, "URL"), data


def _text(resource: object, name: str) -> str:
    value = resource.get(f"WebResource{name}") if isinstance(resource, dict) else None
    return value if isinstance(value, str) else ""


def _data(resource: object) -> bytes:
    value = resource.get("WebResourceData") if isinstance(resource, dict) else None
    return value if isinstance(value, bytes) else b""
