"""Article → its sketch: what tells whether two articles have one text. Made by workers; plain data, no library."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import blake2b
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from newsclean.runs.report import hash_of_text
from newsclean.words import spaced

if TYPE_CHECKING:
    from newsclean.article import Article

Dedupe = Literal["exact", "near"]

SHINGLE_WORDS = 3
"""Words in a row that are compared as one: an edit of a word costs three of them."""
MAX_SHINGLES = 2048
"""Shingles kept of a text, those with the smallest hashes: the similarity of longer texts is off by some .009."""
SHORT_WORDS = 50
"""A text of fewer words ("Watch the video") is compared together with its title."""

_WORD_RE = re.compile(r"\w+")  # "harbour", "12"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of an article."""

    exact: str
    """Hash of the text."""
    shingles: bytes = b""
    """Hashes of its runs of three words, 32 bits each, ascending; none where only equal texts are looked for."""
    site: str | None = None
    """Host of its address."""
    saved_at: float | None = None
    """When the page was saved, in seconds."""
    by_agency: bool = False
    """Whether it credits a news agency."""


def sketch_of(article: Article, text: str, mode: Dedupe) -> Sketch:
    """Return the sketch of an article with its plain text."""
    address = article.metadata.source or article.metadata.canonical_url
    words = _WORD_RE.findall(spaced(unicodedata.normalize("NFKC", text).casefold()))
    if len(words) < SHORT_WORDS:
        text = f"{article.title or ''}\n{text}"
        words = _WORD_RE.findall(spaced(unicodedata.normalize("NFKC", text).casefold()))
    shingles = _shingles(words) if mode == "near" else b""
    by_agency = "agency" in article.metadata.author_kinds
    return Sketch(hash_of_text(text), shingles, _site(address), _seconds(article.input.saved_at), by_agency)


def similarity(one: bytes, other: bytes) -> float:
    """Return the share of the shingles of two texts that both have (Jaccard), exact unless a text is very long."""
    ours, theirs = set(array("I", one)), set(array("I", other))
    both = ours & theirs
    if max(len(ours), len(theirs)) < MAX_SHINGLES:
        return len(both) / max(1, len(ours | theirs))
    smallest = nsmallest(MAX_SHINGLES, ours | theirs)
    return len(both.intersection(smallest)) / len(smallest)


def site_relation(one: str | None, other: str | None) -> Literal["same", "other"] | None:
    """Return whether two hosts are of one site, where one may be below the other; None where one is unknown."""
    if not one or not other:
        return None
    return "same" if f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}") else "other"


def _shingles(words: list[str]) -> bytes:
    starts = range(max(1, len(words) - SHINGLE_WORDS + 1)) if words else ()
    hashes = {_hash(" ".join(words[start : start + SHINGLE_WORDS])) for start in starts}
    kept = sorted(hashes) if len(hashes) <= MAX_SHINGLES else nsmallest(MAX_SHINGLES, hashes)
    return array("I", kept).tobytes()


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


def _site(address: str | None) -> str | None:
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.rstrip(".").removeprefix("www.") if host else None


def _seconds(time: str | None) -> float | None:
    try:
        read = datetime.fromisoformat((time or "").replace("Z", "+00:00"))
        return (read if read.tzinfo else read.replace(tzinfo=timezone.utc)).timestamp()
    except (ValueError, OverflowError):
        return None
