"""ZIP → the pages inside, each with its place; what an archive holds that is no page is named.

ZIP comes in dialects: books (EPUB), web archives of crawlers (WACZ), saves of Firefox (MAFF) and of SingleFile.
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.errors import InputError
from newsclean.page.containers import container_kind
from newsclean.page.containers.kinds import CRAWL
from newsclean.page.containers.member import (
    PICTURE_ROOM,
    Inner,
    Member,
    parse_time,
    place_of,
    web_url,
)
from newsclean.page.containers.shelf import Shelf, open_zip
from newsclean.page.containers.stream import Stream
from newsclean.page.containers.warc import read_crawls
from newsclean.page.foreign import PAGE, PANDOC
from newsclean.page.sniff import foreign_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp")
PROGRAMS = ("AndroidManifest.xml", "META-INF/MANIFEST.MF")
ASIDE = frozenset({"__MACOSX", "META-INF"})
"""Folders of what is no content of an archive, beside hidden ones."""

_COMPANION_RE = re.compile(r"(?P<stem>.+?)(?:[_.-][^\W\d_]{3,12})/")  # "page_files/", "Seite-Dateien/"
_INDEX_RE = re.compile(r"[^/]{1,200}/index\.x?html?")  # "1718_23/index.html"
_RDF_RE = re.compile(
    r"<(?:MAF:)?(\w{1,40})\s[^<>]{0,200}?resource=\"([^\"<>]{0,8000})\""
)  # <MAF:originalurl RDF:resource="…"/>


def read_zip(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the pages of a ZIP archive of any dialect, in the order of the archive."""
    archive = open_zip(file)
    names = frozenset(info.filename for info in archive.infolist())
    if "[Content_Types].xml" in names:
        raise InputError("is a document of an office program (docx, xlsx, pptx)", remedy=PANDOC)
    if not names.isdisjoint(PROGRAMS):
        raise InputError("is a program (apk, jar)", remedy=PAGE)
    if "META-INF/container.xml" in names:
        from newsclean.page.containers.epub import read_epub

        return read_epub(Shelf(archive), pictures)
    if "manifest.json" in names and (member := _single_file(Shelf(archive), pictures)):
        return iter((member,))
    return _pages(Shelf(archive), file, pictures)


def _single_file(shelf: Shelf, pictures: bool) -> Member | None:
    """Return the page of a save of SingleFile, whose manifest tells which it is among its frames; None without one."""
    try:
        manifest = json.loads(shelf.read("manifest.json"))
        name, url = manifest["indexFilename"], manifest["originalUrl"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if name not in shelf.files:
        return None
    data = shelf.read(name)
    saved_at = parse_time(str(manifest.get("archiveTime") or "").partition(".")[0] + "Z")
    images = _pictures(shelf, "") if pictures else {}
    return Member("", "page.html", data, size=len(data), url=web_url(str(url)), saved_at=saved_at, pictures=images)


def _pages(shelf: Shelf, outer: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the pages of an archive without a dialect, and of those whose pages have a file of facts beside them."""
    if "datapackage.json" in shelf.files:
        yield from _crawls(shelf, outer, pictures)
        return
    folders = tuple(companions(shelf.files))
    for name in shelf.files:
        if is_aside(name) or name.startswith(folders):
            continue
        if f"{name.partition('/')[0]}/index.rdf" in shelf.files and not _INDEX_RE.fullmatch(name):
            continue  # of a save of Firefox the page alone, without its frames
        try:
            yield from _members(shelf, name, outer, pictures)
        except InputError as error:
            yield Member(name, place_of(name), left_out=error.message, is_damaged=True)


def is_aside(name: str) -> bool:
    """Return whether a name is that of no content: "__MACOSX/._a.html", ".git/a", and not "./a.html" or "../a.html"."""
    parts = name.split("/")
    return parts[0] in ASIDE or any(part.startswith(".") and part.strip(".") for part in parts)


def _crawls(shelf: Shelf, outer: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the pages of the crawls in a web archive (WACZ)."""
    crawls: list[Stream] = []
    with ExitStack() as opened:
        for name in shelf.files:
            if not name.startswith("archive/"):
                continue
            try:
                if container_kind(shelf.head(name)) is CRAWL:
                    file = opened.enter_context(shelf.open(name))
                    crawls.append(Stream(file))  # type: ignore[arg-type]  # it reads and seeks
                else:
                    yield from _members(shelf, name, outer, pictures)
            except InputError as error:
                yield Member(name, place_of(name), left_out=error.message, is_damaged=True)
        yield from read_crawls(crawls, pictures)


def _members(shelf: Shelf, name: str, outer: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the pages in a member: itself, those of a container, or why it is none."""
    head = shelf.head(name)
    kind = container_kind(head)
    if kind is not None and kind.streams:
        with shelf.open(name) as stream:
            yield from nested(name, kind.read(stream, pictures))  # type: ignore[arg-type]  # read from front to back
        return
    foreign = foreign_kind(head) if kind is None else None
    size = shelf.files[name].file_size
    if foreign is not None:
        yield Member(name, place_of(name), left_out=f"is {foreign.name}", size=size)
        return
    data = shelf.read(name)
    if kind is not None:
        yield from nested(name, kind.read(Inner(data, outer), pictures))
        return
    yield _with_facts(shelf, Member(name, place_of(name), data, size=len(data)), pictures)


def nested(name: str, members: Iterator[Member]) -> Iterator[Member]:
    """Yield the members of a container in a container, under its name."""
    for member in members:
        inner = f"{name}#{member.name}" if member.name else name
        place = place_of(f"{name}/{member.place}" if member.name else name)
        yield replace(member, name=inner, place=place)


def companions(names: Iterable[str]) -> frozenset[str]:
    """Return the folders of pictures that browsers saved beside pages: "page_files/" beside "page.html"."""
    names = list(names)
    stems = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm", ".xhtml"))}
    found = set()
    for name in names:
        folder = name.rpartition("/")[0] + "/"
        while folder not in ("/", "") and folder not in found:
            match = _COMPANION_RE.fullmatch(folder)
            if match and match["stem"] in stems:
                found.add(folder)
            folder = folder.rstrip("/").rpartition("/")[0] + "/"
    return frozenset(found)


def _with_facts(shelf: Shelf, member: Member, pictures: bool) -> Member:
    """Return a page with what lies beside it: Firefox's index.rdf tells address and time, its folder holds pictures."""
    folder = member.name.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    if f"{start}index.rdf" in shelf.files:
        facts = dict(_RDF_RE.findall(shelf.read(f"{start}index.rdf").decode("utf-8", "replace")))
        member = replace(
            member,
            url=web_url(unescape(facts.get("originalurl", ""))),
            saved_at=parse_time(facts.get("archivetime", ""), "%a, %d %b %Y %H:%M:%S %z"),
            charset=facts.get("charset") or None,
        )
    return replace(member, pictures=_pictures(shelf, start)) if pictures else member


def _pictures(shelf: Shelf, start: str) -> dict[str, bytes]:
    """Return the pictures below the folder of a page by their path from there."""
    found: dict[str, bytes] = {}
    room = PICTURE_ROOM
    for name, info in shelf.files.items():
        if name.startswith(start) and name.lower().endswith(PICTURE_SUFFIXES) and info.file_size <= room:
            try:
                data = shelf.read(name)
            except InputError:
                continue
            room -= len(data)
            found[unquote(name.removeprefix(start))] = data
    return found
