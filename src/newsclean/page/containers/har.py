"""HAR, what a browser's network tools save → the documents that were loaded."""

from __future__ import annotations

import json
from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import TYPE_CHECKING, Any

from newsclean.errors import InputError
from newsclean.page.containers.member import PICTURE_ROOM, Member, parse_time, place_of_url, web_url
from newsclean.page.containers.response import charset_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

DOCUMENTS = ("text/html", "application/xhtml+xml")
FRAMES = ("iframe", "frame", "fetch", "xhr", "script", "ping", "preflight")
"""What browsers note as the reason for a request that is no page of its own."""


def read_har(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the documents of a HAR file in the order in which they were loaded."""
    try:
        entries = json.loads(file.read())["log"]["entries"]
        entries = [entry for entry in entries if isinstance(entry, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("is a HAR file that is broken or cut off", remedy="save it again") from error
    images = dict(_pictures(entries)) if pictures else {}
    for number, entry in enumerate(entries, 1):
        response = _dict(entry, "response")
        content = _dict(response, "content")
        media_type = str(content.get("mimeType") or "")
        if media_type.partition(";")[0].strip().lower() in DOCUMENTS and entry.get("_resourceType") not in FRAMES:
            yield _document(entry, content, response.get("status"), number, images)


def _document(
    entry: dict[str, Any], content: dict[str, Any], status: object, number: int, images: dict[str, bytes]
) -> Member:
    url = str(_dict(entry, "request").get("url") or "")
    data = _data(content)
    reason = None if status == 200 else f"has HTTP status {status}"
    if data is None or not data.strip():
        reason = reason or "was saved without its content"
    return Member(
        str(number),
        place_of_url(url),
        None if reason else data,
        left_out=reason,
        media_type="text/html",
        size=len(data or b""),
        url=web_url(url),
        saved_at=parse_time(str(entry.get("startedDateTime") or "")),
        charset=charset_of(str(content.get("mimeType"))) if content.get("encoding") == "base64" else "utf-8",
        pictures=images,
    )


def _data(content: dict[str, Any]) -> bytes | None:
    text = content.get("text")
    if not isinstance(text, str):
        return None
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "replace")
    try:
        return a2b_base64(text)
    except (Base64Error, ValueError):
        return None


def _dict(holder: dict[str, Any], name: str) -> dict[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _pictures(entries: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    room = PICTURE_ROOM
    for entry in entries:
        content = _dict(_dict(entry, "response"), "content")
        if str(content.get("mimeType") or "").startswith("image/") and (data := _data(content)):
            room -= len(data)
            if room >= 0:
                yield str(_dict(entry, "request").get("url")), data
