"""Draft → Draft: the standfirst (dek, Vorspann, chapô): what a page sets between headline and body.

One that stands apart from the body is taken out of it and goes into the metadata, so that every output shows it once
and in its place; a first paragraph of the body that is the standfirst stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from newsclean.facts.headlines import letters
from newsclean.lexicon.dates import find_date
from newsclean.lexicon.names import starts_with_by
from newsclean.settle.draft import BODY_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.html import Block, Page
    from newsclean.settle.draft import Draft

NAMES = frozenset(
    """dek deck standfirst subtitle subhead subheadline subheading subdeck subline excerpt lede lead leadtext leadin
    summary intro introduction introtext teaser teasertext abstract strapline tagline preamble alternativeheadline
    description chapo chapeau accroche vorspann anleser unterzeile einleitung entradilla bajada copete sumario subtitulo
    sottotitolo sommario occhiello catenaccio linhafina gravata ingress manchet manchette perex podtytul zajawka
    samenvatting inleiding spot ozet anons annotation epigraph epigrafe subtit midtitle zhaiyao daoyu""".split()
)
"""Words by which pages of many languages name the element of a standfirst; two in a row also count as one."""

MIN_CHARS, MAX_CHARS = 20, 1_200
MIN_WORDS = 4
MIN_REPEATED = 25
"""Letters that block and description must share to be the same."""
SEARCHED = 30
"""Blocks behind the headline among which the standfirst is looked for."""
MAX_BLOCKS = 4
"""Blocks of a standfirst; an element that holds more is the body."""
LINKED = 0.4
"""Link density from which a text is a teaser or a list of topics."""
LINE_CHARS = 100
"""Characters up to which a text that names an author or a date is a byline or a dateline."""

OTHER_BLOCKS = 2
"""Blocks up to which a box is of one kind; a larger one, named after the byline say, can hold the standfirst too."""
HEADER_CHARS = 40
"""Characters from which a line in the header is more than a topic or a label."""

OTHER_TAGS = frozenset("figcaption caption figure li nav aside footer button time address td th".split())
# What small boxes near the headline hold besides: captions, authors, offers.
_OTHER_RE = re.compile(
    r"caption|credit|photo|image|picture|media\b|video|gallery|carousel|slide|author|byline|\bbio\b|avatar|profile|paywall"
    r"|newsletter|related|cookie|consent|share|social|comment",
    re.I,
)
_HUMP_RE = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "articleDek"
_WORD_RE = re.compile(r"[a-z]+")
_CUT_RE = re.compile(r"\s?\[?(?:\.{3}|…)\]?\s*$")  # "a description cut short […]"


@dataclass(frozen=True, slots=True)
class Standfirst:
    """Where a page has its standfirst."""

    blocks: tuple[int, ...]
    reason: str
    """For a reader: "named dek", "repeats the description"."""
    is_apart: bool
    """Whether it stands outside the body."""


def take_standfirst(draft: Draft) -> None:
    """Take a standfirst that stands apart from the body out of it, and put it into the metadata."""
    found = find_standfirst(draft)
    if found is None:
        return
    for number in found.blocks:
        verdict = replace(draft.verdicts[number], kept=True, role="standfirst")
        if found.is_apart:
            verdict = replace(verdict, voter="standfirst", reason=f"between headline and body, {found.reason}")
            draft.kept[number] = False
        draft.verdicts[number] = verdict
    text = "\n\n".join(draft.page.blocks[number].text for number in found.blocks)
    places = (*draft.metadata.found_in, ("standfirst", found.reason))
    draft.metadata = replace(draft.metadata, standfirst=text, found_in=places)


def find_standfirst(draft: Draft) -> Standfirst | None:
    """Return where the standfirst is; None where there is none, or no headline, or no body behind it."""
    page, metadata = draft.page, draft.metadata
    headline = draft.headline
    if headline is None:
        return None
    description = letters(_CUT_RE.sub("", metadata.description or ""))
    title = letters(metadata.title or "")
    for block in islice(_texts(page, headline + 1), SEARCHED):
        if _can_be(page, block) and letters(block.text) != title:
            found = (
                _named(page, block)
                or _repeated(block, description)
                or _told(draft, block)
                or _headed(page, block, headline)
            )
            if found and (standfirst := _placed(draft, *found, description)):
                return standfirst
        if draft.kept[block.number] and len(block.text) >= BODY_CHARS:
            return None
    return None


def _texts(page: Page, first: int) -> Iterator[Block]:
    return (block for block in islice(page.blocks, first, None) if block.text)


def _can_be(page: Page, block: Block) -> bool:
    """Return whether a block is a text of the article's own head: no caption, byline, item or teaser."""
    text = block.text
    if not MIN_CHARS <= len(text) <= MAX_CHARS or block.link_density >= LINKED:
        return False
    if text.isascii() and len(text.split()) < MIN_WORDS:
        return False
    if len(text) <= LINE_CHARS and (starts_with_by(text) or find_date(text)):
        return False
    node = page.nodes[block.node]
    while node.parent >= 0 and node.last - node.first <= MAX_BLOCKS:
        names = f"{node.get('class')} {node.get('id')}"
        if node.tag in OTHER_TAGS or (node.last - node.first <= OTHER_BLOCKS and _OTHER_RE.search(names)):
            return False
        node = page.nodes[node.parent]
    return True


Found = tuple[tuple[int, ...], str]
"""The numbers of a standfirst's blocks, and what tells that they are one."""


def _named(page: Page, block: Block) -> Found | None:
    """Return the blocks of the small element around a block that is named as a standfirst."""
    if page.kind == "text":
        return None
    for element in (element for element, is_tail in block.pieces[:1] if not is_tail):
        if word := _word(element.get("class"), element.get("itemprop")):
            return (block.number,), f"named {word}"
    node = page.nodes[block.node]
    while node.parent >= 0 and node.tag not in ("body", "article", "main") and node.last - node.first <= MAX_BLOCKS:
        get = node.get
        if word := _word(get("class"), get("id"), get("itemprop"), get("data-testid"), get("data-component")):
            own = [other for other in page.blocks[block.number : node.last] if other.text and _can_be(page, other)]
            return tuple(other.number for other in own), f"named {word}"
        node = page.nodes[node.parent]
    return None


def _word(*attributes: str | None) -> str | None:
    words = [word for name in attributes if name for word in _WORD_RE.findall(_HUMP_RE.sub("-", name).lower())]
    pairs = [first + second for first, second in pairwise(words)]
    return next((word for word in (*pairs, *words) if word in NAMES), None)


def _repeated(block: Block, description: str) -> Found | None:
    """Return a block that says what the page's description says, whichever of the two is longer."""
    own = letters(block.text)
    if min(len(own), len(description)) < MIN_REPEATED:
        return None
    is_same = own.startswith(description) or description.startswith(own)
    is_told = description in own and 2 * len(description) > len(own)  # "Berlin. " before it
    return ((block.number,), "repeats the description") if is_same or is_told else None


def _headed(page: Page, block: Block, headline: int) -> Found | None:
    """Return a line that stands in one header with the headline and is set as a heading or reads like a sentence."""
    if len(block.text) < HEADER_CHARS:
        return None
    node = page.nodes[block.node]
    is_line = node.tag in ("h2", "h3", "h4") or block.text.endswith((".", "!", "?", "”", "»", "。"))
    while is_line and node.parent >= 0 and node.tag not in ("body", "article", "main"):
        if node.tag in ("header", "hgroup") and node.first <= headline:
            return (block.number,), "in one header with the headline"
        node = page.nodes[node.parent]
    return None


def _told(draft: Draft, block: Block) -> Found | None:
    """Return a line that the segmentation of flattened text took for the standfirst, and its scorer for text."""
    is_told = draft.kept[block.number] and draft.verdicts[block.number].role == "standfirst"
    return ((block.number,), "line below the headline") if is_told else None


def _placed(draft: Draft, blocks: tuple[int, ...], reason: str, description: str) -> Standfirst | None:
    """Return the standfirst with where it stands, without what a site rule drops.

    The body's first paragraph is none that is quoted in part.
    """
    page = draft.page
    blocks = tuple(number for number in blocks if number not in draft.barred)
    if not blocks:
        return None
    body = next((b for b in _texts(page, blocks[-1] + 1) if draft.kept[b.number] and len(b.text) >= BODY_CHARS), None)
    if body is None:
        return None
    first = page.blocks[blocks[0]]
    box = page.nodes[first.node].parent
    is_apart = not draft.kept[first.number] or box != page.nodes[body.node].parent
    if not is_apart and reason.startswith("repeats") and letters(first.text) != description:
        return None
    return Standfirst(blocks, reason, is_apart)
