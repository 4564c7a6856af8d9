"""Record → PageEvidence: what one saved page tells about its site's template. Plain data, so that workers can send it.

Judges nothing across pages; that is learn.py's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from newsclean.facts import read_metadata
from newsclean.judge.ballots import select
from newsclean.judge.scorer.score import ballot, judge
from newsclean.page.open import open_record
from newsclean.pipeline import parse_page, voters_for
from newsclean.rules.propose import PLAIN_TAGS, is_about_looks
from newsclean.settle import settle
from newsclean.sites import page_hosts, text_key
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.judge.ballots import Selection
    from newsclean.model import Options, Record
    from newsclean.page.html import Block, Node, Page

SHOPS = frozenset({"product", "collection"})
"""Kinds of HTML page that neither teach nor are corrected. What repeats there is often what the reader wants ("4.5 out
of 5 stars"): learning from all kinds cost 14 points of word F1 on products and 23 on collections."""

HUBS = frozenset({"listing", "forum"})
"""Kinds whose pages are made of what other pages hold too."""

DOUBTS = {"documentation": 0.25}
"""Kind → how much the scorer's doubts count: pages of documentation share real text ("Return value", an example)."""

DOUBTFUL = 0.25
"""Score from which a block that was dropped may be kept on another page, so that its text is worth knowing."""

LONG_LINE, PROSE = 10, 0.9
"""Words of a line that is prose, and the share of them in the kept text of a flattened article. From 0.85 on two pages
of lists among 118 of 60 sites lost text by what was learned, from 0.9 on none of 93."""

LISTS = frozenset({"ul", "ol"})
STAYING = frozenset("h2 h3 h4 h5 h6 dt th pre code".split())
"""What may recur and is article all the same: headings and examples. The page's own headline is none of them, since a
teaser elsewhere repeats it."""


CODE_ENDS = ("{", "(", "[", ";", "}", "=", "/>")
"""How lines of code end, which flattened text does not mark: "return (", "import os;"."""
LINKED = 0.8
"""Link density from which a block is a link."""

_LEAD_RE = re.compile(r"([^:：]{3,40}[:：])\s{0,9}(?=\S)")  # "Read also: Ferry late again"
_NAME_RE = re.compile(r"[A-Za-z_][\w-]{0,60}", re.A)  # "promo-box", "css-1k2hd"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that was kept, or might be on another page."""

    text: str
    key: bytes
    score: float
    kept: bool
    stays: bool
    """Whether it is a heading or a listing, which are article however often they recur."""
    is_link: bool
    lead: str = ""
    """The words before a colon near its start, with it."""
    rest: bytes = b""
    """Key of what follows them."""

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Box:
    """What a selector matches on one page."""

    chars: int
    candidates: tuple[int, ...]
    """Indices into PageEvidence.candidates."""


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What one page tells about its site."""

    host: str | None
    """The site, where the page says it."""
    is_learnable: bool
    """Whether it is a page of the kind that teaches."""
    is_article: bool = True
    """False: it lists other pages, and shares with them what it is for."""
    candidates: tuple[Candidate, ...] = ()
    others: frozenset[bytes] = frozenset()
    """Keys of all other texts on the page."""
    boxes: dict[str, Box] = field(default_factory=dict)
    """Selector → what it matches."""
    lists: tuple[tuple[int, ...], ...] = ()
    """Indices into `candidates` of the items of each list."""

    @property
    def keys(self) -> set[bytes]:
        """Keys of all texts on the page."""
        return {candidate.key for candidate in self.candidates} | self.others


def read_evidence(record: Record, options: Options) -> PageEvidence:
    """Return what a page tells about its site; raises InputError for none, DecodeError for a bad encoding."""
    opened = open_record(record, options)
    page = parse_page(opened.text, opened.kind, opened.url)
    host = next(iter(page_hosts(page)), None)
    judged = _judge(page, options)
    if judged is None:
        return PageEvidence(host, is_learnable=False)
    selection, kind = judged
    settled, _ = settle(page, selection, read_metadata(page))
    kept = tuple(verdict.kept for verdict in settled.verdicts)
    return _collect(page, kept, [verdict.score or 0.0 for verdict in selection.verdicts], host, kind)


def _judge(page: Page, options: Options) -> tuple[Selection, str] | None:
    """Return what the scorer chooses on a page that teaches, and the page's kind; else None."""
    if page.kind == "text":
        selection = select(page, voters_for("text", options), options)
        return (selection, "article") if selection and _is_prose(page, selection) else None
    judgement = judge(page) if page.blocks else None
    if judgement is None or not judgement.scores or judgement.kind in SHOPS:
        return None
    selection = select(page, (lambda page, options: ballot(page, judgement, options),), options)
    return (selection, judgement.kind) if selection else None


def _is_prose(page: Page, selection: Selection) -> bool:
    """Return whether what was kept of a flattened page is mostly sentences: its kind is not known otherwise."""
    words = [count_words(block.text) for block in page.blocks if selection.kept[block.number]]
    return sum(count for count in words if count >= LONG_LINE) >= PROSE * sum(words)


def _collect(page: Page, kept: tuple[bool, ...], scores: list[float], host: str | None, kind: str) -> PageEvidence:
    candidates: list[Candidate] = []
    places: dict[int, int] = {}
    others: set[bytes] = set()
    doubts = DOUBTS.get(kind, 1.0)
    for block, keep, score in zip(page.blocks, kept, scores, strict=True):
        if block.text and (keep or score >= DOUBTFUL):
            places[block.number] = len(candidates)
            candidates.append(_candidate(page, block, keep, 1.0 - (1.0 - score) * doubts))
        elif block.text:
            others.add(hash_text(block.text))
    boxes = dict(_boxes(page, places)) if page.kind == "html" else {}
    lists = tuple(_lists(page, places))
    return PageEvidence(host, True, kind not in HUBS, tuple(candidates), frozenset(others), boxes, lists)


def _lists(page: Page, places: dict[int, int]) -> Iterator[tuple[int, ...]]:
    for node in page.nodes:
        if node.tag in LISTS and page.nodes[node.parent].tag != "li":
            yield tuple(places[number] for number in range(node.first, node.last) if number in places)


def _candidate(page: Page, block: Block, keep: bool, score: float) -> Candidate:
    stays = page.nodes[block.node].tag in STAYING or block.text.endswith(CODE_ENDS)
    found = _LEAD_RE.match(block.text)
    lead = found[1] if found else ""
    rest = hash_text(block.text[found.end() :]) if found else b""
    return Candidate(block.text, hash_text(block.text), score, keep, stays, block.link_density >= LINKED, lead, rest)


def _boxes(page: Page, places: dict[int, int]) -> Iterator[tuple[str, Box]]:
    ranges: dict[str, list[tuple[int, int]]] = {}
    for node in page.nodes:
        if node.first < node.last:
            for selector in box_selectors(node):
                known = ranges.setdefault(selector, [])
                if not known or known[-1][1] <= node.first:  # not inside another match
                    known.append((node.first, node.last))
    for selector, found in ranges.items():
        numbers = [number for first, last in found for number in range(first, last)]
        chars = sum(len(page.blocks[number].text) for number in numbers)
        yield selector, Box(chars, tuple(places[number] for number in numbers if number in places))


def box_selectors(node: Node) -> Iterator[str]:
    """Yield the selectors that a box answers to. Names that a program made up are good too: they have to recur."""
    if node.tag in PLAIN_TAGS:
        yield node.tag
    for prefix, attribute in (("#", "id"), (".", "class")):
        for name in dict.fromkeys((node.element.get(attribute) or "").split()):
            if _NAME_RE.fullmatch(name) and not is_about_looks(name):
                yield prefix + name


def hash_text(text: str) -> bytes:
    return blake2b(text_key(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
