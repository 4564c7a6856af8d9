"""MHTML (.mhtml, .mht) → the page in it: saves of Chrome, Edge, Opera, Internet Explorer and Word as a single file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsclean.errors import InputError
from newsclean.model import Metadata
from newsclean.page.containers.framed import article_frame
from newsclean.page.containers.member import PICTURE_ROOM, Member, web_url
from newsclean.page.containers.mime import Part, date, header, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message
    from typing import BinaryIO

PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the page of a single-file save; with `pictures` the copies of its images too."""
    top, parts = read_parts(file.read())
    documents = [part for part in parts if part.media_type in PAGES]
    if not documents:
        raise InputError("is a single-file save (MHTML) without a page", remedy="save the page again")
    main = _main(top, documents)
    if not main.is_whole:
        raise InputError("is a single-file save (MHTML) that is cut off", remedy="save the page again")
    ordered = [main, *(part for part in documents if part is not main and part.is_whole)]
    contents = [part.decoded() for part in ordered]
    chosen = article_frame(contents)
    part = ordered[chosen]
    location = part.location or header(top, "Snapshot-Content-Location")
    if chosen == 0:
        location = header(top, "Snapshot-Content-Location") or location
    yield Member(
        "",
        "page.html",
        contents[chosen],
        media_type=part.media_type,
        size=len(contents[chosen]),
        url=web_url(location),
        saved_at=date(top),
        charset=part.charset,
        known=Metadata(title=header(top, "Subject") or None),
        pictures=_pictures(parts, part.location) if pictures else {},
    )


def _main(top: Message, documents: Sequence[Part]) -> Part:
    """Return the page among its frames: the one that is called the start, or has the page's address, or the first."""
    start = str(top.get_param("start") or "").strip(" <>")
    address = header(top, "Snapshot-Content-Location")
    for part in documents:
        if start and part.content_id == start:
            return part
    return next((part for part in documents if address and part.location == address), documents[0])


def _pictures(parts: Sequence[Part], location: str) -> dict[str, bytes]:
    """Return the images by the addresses that a page at a location may call them."""
    found: dict[str, bytes] = {}
    room = PICTURE_ROOM
    for part in parts:
        if not part.media_type.startswith("image/") or len(part.raw) > room:
            continue
        data = part.decoded()
        room -= len(data)
        for name in picture_names(part, location):
            found.setdefault(name, data)
    return found


def picture_names(part: Part, location: str) -> Iterator[str]:
    """Yield what a page at a location may call a part: its address, whole or relative, and its identifier."""
    if part.content_id:
        yield f"cid:{part.content_id}"
    if not part.location:
        return
    try:
        address = urljoin(location, part.location)
        folder = location.rpartition("/")[0] + "/"
        yield part.location
        yield address
        if address.startswith(folder) and not urlsplit(address).query:
            yield address.removeprefix(folder)
    except ValueError:
        return
