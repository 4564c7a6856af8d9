"""A page that shows the source of another, as saved from a browser's "view source" → the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers.member import Member
from newsclean.page.decode import decode
from newsclean.page.tree import parse_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_URL_RE = re.compile(r"view-source:(https?://[^\s<>\"]{1,4000})")  # "view-source:https://a.example/news"
_TITLE_RE = re.compile(r"<title>(https?://[^\s<>\"]{1,4000})</title>", re.I)  # what Firefox calls it


def read_view_source(file: BinaryIO, pictures: bool) -> Iterator[Member]:  # noqa: ARG001 - as all readers have it
    """Yield the page whose source is shown: by Chrome in the cells of a table, by Firefox in a pre element."""
    text = decode(file.read()).text
    root = parse_tree(text)
    lines = [cell for cell in root.iter("td") if "line-content" in (cell.get("class") or "").split()]
    shown = lines or list(root.iter("pre"))
    source = "\n".join("".join(str(part) for part in element.itertext()).rstrip("\n") for element in shown)
    if not source.strip():
        raise InputError("shows the source of no page", remedy="save the page itself")
    url = _URL_RE.search(text) or _TITLE_RE.search(text)
    data = source.encode("utf-8", "replace")
    yield Member("", "page.html", data, media_type="text/html", size=len(data), url=url[1] if url else None)
