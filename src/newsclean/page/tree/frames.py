"""Frames whose page is in the page → that page in the place of the frame: `srcdoc`, and `data:text/html`. Bounded, in
process; what lies elsewhere stays a frame."""

from __future__ import annotations

import re
from base64 import b64decode
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from lxml import etree

if TYPE_CHECKING:
    Element = etree._Element

MAX_FRAMES = 8
"""Frames of a page that are read; those inside of them are not."""

FRAMES = frozenset(("iframe", "frame", "object", "embed"))
"""Elements that may hold a page."""
HOLDERS = FRAMES | {"noframes"}

MAX_CHARS = 2_000_000
"""Characters of a frame's page."""

MAX_DEPTH = 400
"""Elements of a frame's page in one another; one that nests deeper is left out."""

MIN_TEXT = 200
"""Characters of text from which a frame is a page rather than an ad or a widget."""

_DATA_RE = re.compile(r"\s*data:text/html\s*((?:;[^,;]{0,60})*),", re.I)  # "data:text/html;charset=utf-8;base64,"
_CHARSET_RE = re.compile(r"charset=([\w-]+)", re.I)
_DROPPED = ("script", "style", "head", "iframe", "frame", "object", "embed", "noscript")


def open_frames(root: Element) -> bool:
    """Put the pages that frames hold where the frames stand; a frameset's become the page's body. Tell if any did."""
    opened = False
    for frame in list(islice(root.iter(*FRAMES), MAX_FRAMES)):
        body = _body_of(frame)
        if body is None:
            continue
        opened = True
        body.tag = "div"
        for name in list(body.attrib):
            del body.attrib[name]
        body.tail, frame.tail = frame.tail, None
        parent = frame.getparent()
        if parent is None:
            continue
        parent.replace(frame, body)
        _unwrap_frameset(body, root)
    if root.find("body") is None:
        opened = _open_noframes(root) or opened
    return opened


def _open_noframes(root: Element) -> bool:
    """Let the page for browsers without frames stand in the body of a frameset without a frame; tell if it does."""
    for element in root.iter("noframes"):
        body = _parsed(element.text or "")
        if body is not None and next(root.iter("frameset"), None) is not None:
            body.tag = "div"
            for said in list(islice(body.iter("p", "h1", "h2", "h3", "h4", "center"), 1)):
                if "frame" in "".join(map(str, said.itertext())).lower():  # "Your browser does not support frames."
                    said.clear()
            etree.SubElement(root, "body").append(body)
            return True
    return False


def _unwrap_frameset(body: Element, root: Element) -> None:
    """Let what stands in a frameset, whose content no page shows, stand in the page's body."""
    if next(body.iterancestors("frameset"), None) is None:
        return
    home = root.find("body")
    if home is None:
        home = etree.SubElement(root, "body")
    home.append(body)


def _body_of(frame: Element) -> Element | None:
    return _parsed(frame.get("srcdoc") or _data_page(frame.get("src") or frame.get("data") or ""))


def _parsed(source: str) -> Element | None:
    """Return the body of a page's source, None where it says next to nothing."""
    if not source or not 0 < len(source) <= MAX_CHARS or not source.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    body = page.find("body") if page is not None else None
    if body is None or not _is_shallow(body):
        return None
    for part in list(body.iter(*_DROPPED)):
        part.clear(keep_tail=True)
    return body if sum(len(str(text).strip()) for text in body.itertext()) >= MIN_TEXT else None


def _is_shallow(body: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return False
    return True


def _data_page(address: str) -> str:
    """Return the HTML of a `data:` address, "" where it is none."""
    head = _DATA_RE.match(address[:400])
    if head is None or len(address) > 2 * MAX_CHARS:
        return ""
    data = unquote_to_bytes(address[head.end() :])
    if "base64" in head[1].lower():
        try:
            data = b64decode(data + b"=" * (-len(data) % 4))
        except ValueError:
            return ""
    charset = _CHARSET_RE.search(head[1])
    try:
        return data.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
