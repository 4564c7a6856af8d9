"""Evernote's .enex → the notes: pages that were clipped from the web, with their address, author and day."""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from hashlib import md5
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.errors import InputError
from newsclean.page.containers.entry import Entry
from newsclean.page.containers.feed import as_member
from newsclean.page.containers.member import MAX_MEMBERS, PICTURE_ROOM, Member, parse_time, place_of_title, web_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    Element = etree._Element

_PROLOGUE_RE = re.compile(r"\s{0,99}(?:<\?xml[^<>]{0,200}\?>|<!DOCTYPE[^<>]{0,400}>|<en-note[^<>]{0,4000}>|\s){0,9}")
_MEDIA_RE = re.compile(r"<en-media\b([^<>]{0,2000}?)/?>(?:</en-media>)?")  # <en-media hash="…" type="image/png"/>
_HASH_RE = re.compile(r"\bhash=\"([0-9a-f]{32})\"")
_TODO_RE = re.compile(r"<en-todo\b([^<>]{0,200}?)/?>(?:</en-todo>)?")  # <en-todo checked="true"/>


def read_enex(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the notes of an export, one after the other."""
    events = etree.iterparse(
        file,
        events=("end",),
        tag="note",
        recover=True,
        huge_tree=True,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
    )
    number = 0
    try:
        for _, note in events:
            number += 1
            if number > MAX_MEMBERS:
                raise InputError(f"holds more than {MAX_MEMBERS:,} notes")
            yield _note(note, number, pictures)
            note.clear()
    except etree.XMLSyntaxError as error:
        raise InputError("is an export of notes that is broken or cut off", remedy="export it again") from error


def _note(note: Element, number: int, pictures: bool) -> Member:
    content = note.findtext("content") or ""
    start = _PROLOGUE_RE.match(content)
    body = content[start.end() if start else 0 :].replace("</en-note>", "")
    body = _MEDIA_RE.sub(_picture, _TODO_RE.sub(_box, body))
    title = " ".join((note.findtext("title") or "").split())
    attributes = "note-attributes/"
    entry = Entry(
        content=body,
        title=title,
        authors=tuple(name for name in [note.findtext(f"{attributes}author")] if name),
        published=parse_time(note.findtext("created") or "", "%Y%m%dT%H%M%S+00:00"),
        modified=parse_time(note.findtext("updated") or "", "%Y%m%dT%H%M%S+00:00"),
        url=web_url(note.findtext(f"{attributes}source-url")),
        tags=tuple(tag.text for tag in note.iter("tag") if tag.text),
    )
    from dataclasses import replace

    member = replace(as_member(entry, "", number), name=str(number), place=place_of_title(title, number))
    return replace(member, pictures=dict(_pictures(note))) if pictures else member


def _picture(media: re.Match[str]) -> str:
    """Return the img element of a picture, which is called by the hash of its content."""
    found = _HASH_RE.search(media[1])
    return f'<img src="cid:{found[1]}" alt="">' if found and "image/" in media[1] else ""


def _box(todo: re.Match[str]) -> str:
    return "☑ " if 'checked="true"' in todo[1] else "☐ "


def _pictures(note: Element) -> Iterator[tuple[str, bytes]]:
    room = PICTURE_ROOM
    for resource in note.iter("resource"):
        if not (resource.findtext("mime") or "").startswith("image/"):
            continue
        try:
            data = a2b_base64(resource.findtext("data") or "")
        except (Base64Error, ValueError):
            continue
        room -= len(data)
        if room >= 0:
            yield f"cid:{md5(data, usedforsecurity=False).hexdigest()}", data
