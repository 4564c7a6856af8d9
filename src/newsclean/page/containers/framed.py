"""Documents of one saved page → the one that holds the article: the page itself, or a frame in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 2_000
"""Bytes of text up to which a page may be no more than the frame around another."""
TIMES = 5
"""How much more text than the page around it a frame has that holds the article."""

_CLOSERS = {b"script": b"</script", b"style": b"</style", b"!--": b"-->"}
_CODE_RE = re.compile(rb"<(script|style|!--)", re.I)  # "<style>"
_TAG_RE = re.compile(rb"<[^<>]{0,4000}>")  # "<p>"


def article_frame(documents: Sequence[bytes]) -> int:
    """Return the number of the document to convert; the first is the page, the others its frames."""
    if len(documents) < 2:
        return 0
    own = text_size(documents[0])
    if own > SHORT:
        return 0
    sizes = [text_size(document) for document in documents[1:]]
    best = max(range(len(sizes)), key=sizes.__getitem__)
    return best + 1 if sizes[best] > max(own * TIMES, SHORT // TIMES) else 0


def text_size(document: bytes) -> int:
    """Return about how many bytes of text a document shows."""
    lowered = document.lower()
    shown: list[bytes] = []
    place = 0
    while code := _CODE_RE.search(document, place):
        shown.append(document[place : code.start()])
        place = lowered.find(_CLOSERS[code[1].lower()], code.end())
        if place < 0:
            break
    else:
        shown.append(document[place:])
    return len(b" ".join(_TAG_RE.sub(b" ", b" ".join(shown)).split()))
