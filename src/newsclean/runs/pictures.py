"""Document with saved copies of its images → the Document that links to them, or to files named by their content.

Copies are taken from `data:` addresses and from the folder that a browser saved beside the page; nothing else on the
disk is read, whatever a page says, and nothing is written here.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsclean.document import Image, transform
from newsclean.runs.read import companion_folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.document import Document
    from newsclean.model import Record

MAX_PICTURE = 50 * 2**20
"""Bytes of one picture: photographs in full resolution stay under 30 MB."""
MAX_PICTURES = 200 * 2**20
"""Bytes of all pictures of one page."""
HASH_DIGITS = 16
"""Hexadecimal digits of a name: 64 bits, so that chance never gives two pictures one name."""

_SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", ".png"),
    (0, b"\xff\xd8\xff", ".jpg"),
    (0, b"GIF87a", ".gif"),
    (0, b"GIF89a", ".gif"),
    (8, b"WEBP", ".webp"),
    (4, b"ftypavif", ".avif"),
    (4, b"ftypavis", ".avif"),
    (0, b"BM", ".bmp"),
)
"""Where pictures in pixels say what they are. No SVG: it may hold scripts, which run where the file is opened."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to write."""

    name: str
    data: bytes = field(repr=False)


def extract_pictures(
    document: Document, record: Record, address: Callable[[str], str]
) -> tuple[Document, tuple[Picture, ...]]:
    """Return the document with the addresses of extracted pictures, and the pictures, each once.

    Of the record count its path and the pictures that came with it; `address` tells a picture's address by its name.
    Images that have no copy, or none that is a picture, stay as they are.
    """
    found = _Extraction(record, address)
    return transform(document, found.replace_image), tuple(found.pictures.values())


def link_pictures(document: Document, page: str | None, address: Callable[[Path], str]) -> Document:
    """Return the document whose images link to their copies beside the page, where there are such.

    `address` tells a file's address by its path; other images stay as they are.
    """
    if page is None:
        return document
    file = Path(page)

    def link(node: object) -> object:
        if not isinstance(node, Image) or node.saved is None:
            return node
        path = None if node.saved.startswith("data:") else _find_beside(file, node.saved)
        return replace(node, src=address(path) if path else node.src, saved=None)

    return transform(document, link)


class _Extraction:
    """The pictures of one page so far."""

    def __init__(self, record: Record, address: Callable[[str], str]) -> None:
        self._page = Path(record.path) if record.path else None
        self._brought = record.pictures
        self._address = address
        self._room = MAX_PICTURES
        self._names: dict[str, str | None] = {}
        self.pictures: dict[str, Picture] = {}

    def replace_image(self, node: object) -> object:
        """Return the node, or the image that links to its extracted copy."""
        return self._image(node) if isinstance(node, Image) else node

    def _image(self, image: Image) -> Image:
        saved = image.src if image.src in self._brought else image.saved
        if saved is None:
            return image
        if saved not in self._names:
            self._names[saved] = self._take(saved)
        name = self._names[saved]
        return replace(image, src=self._address(name) if name else image.src, saved=None)

    def _take(self, saved: str) -> str | None:
        """Add the picture of a copy, and return its name; None where it is no picture or too large."""
        data = self._brought.get(saved) or (
            _decoded(saved) if saved.startswith("data:") else _read_beside(self._page, saved)
        )
        suffix = picture_suffix(data) if data else None
        if not data or suffix is None or len(data) > min(self._room, MAX_PICTURE):
            return None
        name = sha256(data).hexdigest()[:HASH_DIGITS] + suffix
        if name not in self.pictures:
            self._room -= len(data)
            self.pictures[name] = Picture(name, data)
        return name


def picture_suffix(data: bytes) -> str | None:
    """Return the file suffix of a picture by its content, whatever it is called; None for anything else."""
    head = data[:16]
    return next((suffix for at, mark, suffix in _SIGNATURES if head.startswith(mark, at)), None)


def _decoded(address: str) -> bytes | None:
    try:
        return b64decode(address.partition(",")[2], validate=True)
    except (Base64Error, ValueError):
        return None


def _read_beside(page: Path | None, saved: str) -> bytes | None:
    """Return the content of a file in the page's own folder of assets, or None for any other path."""
    path = _find_beside(page, saved) if page else None
    try:
        return path.read_bytes() if path and path.stat().st_size <= MAX_PICTURE else None
    except OSError:
        return None


def _find_beside(page: Path, saved: str) -> Path | None:
    """Return the path of a file in the page's own folder of assets, or None for any other."""
    if not page.is_file():
        return None
    for written in (saved, _without_query(saved)):
        parts = [part for part in unquote(written).split("/") if part not in ("", ".")]
        if len(parts) < 2 or any(_leads_elsewhere(part) for part in parts):
            continue
        if parts[0] in companion_folders(page) and _is_inside(page.parent / parts[0], parts[1:]):
            return page.parent.joinpath(*parts)
    return None


def _without_query(saved: str) -> str:
    try:
        return urlsplit(saved).path
    except ValueError:
        return ""


def _leads_elsewhere(part: str) -> bool:
    """Return whether part of a path does more than name a file or folder, on any system."""
    return part == ".." or any(mark in part for mark in '\\:\0<>|"*')


def _is_inside(folder: Path, parts: list[str]) -> bool:
    """Return whether a path is that of a plain file in a folder, and no symbolic link leads out of it."""
    try:
        root = folder.parent.resolve() / folder.name
        path = root.joinpath(*parts).resolve(strict=True)
        return path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return False
