"""Draft → what stands above and below the text and is no part of it: bylines, appeals, small print; lines amid it."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.lexicon.credits import is_credit_line
from newsclean.lexicon.dates import without_date
from newsclean.lexicon.furniture import (
    ABOUT_STARTS,
    AD_WORDS,
    APPEALS,
    BYLINE_STARTS,
    CONTINUES,
    CORRECTION_STARTS,
    DISCLAIMER_STARTS,
    FOLLOW_STARTS,
    GOING_ON,
    LISTEN_STARTS,
    NETWORKS,
    POSTED_STARTS,
    PRESS_TITLES,
)
from newsclean.markup.pictures import counts_pictures
from newsclean.settle.draft import ENDS, HEADINGS, PARAGRAPH
from newsclean.settle.part import (
    BUTTON,
    MARKERS,
    MAX_BOX_BLOCKS,
    MAX_HEAD,
    MAX_LABEL,
    MOST,
    RESUMING,
    Part,
    box_from,
    is_small,
    key,
    section_under,
    share,
)
from newsclean.words import letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

FIRST_LINES = 4
"""Texts at the start of an article among which its byline stands."""
LAST_LINES = 4
"""Texts at the end of an article that may ask to follow its site, or for money."""
SMALL_PRINT = 6
"""Texts at the end of an article among which its small print stands."""
MIN_NETWORKS = 2
MAX_WORDS = 5
"""Words of the longest button."""
MAX_APPEAL = 320
"""Characters of the longest appeal."""


def first_lines(draft: Draft) -> Iterator[Part]:
    """Yield lines above the text that say who wrote it, or offer to read it aloud."""
    if not draft.is_prose:
        return
    authors = sorted((key(name) for name in draft.metadata.authors), key=len, reverse=True)
    kept = (block for block in draft.page.blocks if draft.kept[block.number] and block.text)
    for block in islice(kept, FIRST_LINES):
        if letters(block.text) >= PARAGRAPH and len(block.text) > MAX_HEAD:
            return
        if len(block.text) <= MAX_LABEL and key(block.text).startswith(LISTEN_STARTS):
            yield Part(block.number, block.number + 1, "offers to read the article aloud")
        elif len(block.text) <= MAX_HEAD and _is_byline(block.text, authors):
            yield Part(block.number, block.number + 1, "byline")


def _is_byline(text: str, authors: list[str]) -> bool:
    """Return whether a line says nothing but who wrote the article, and when."""
    said = f" {key(without_date(text))} "
    rest = said
    for name in authors:
        rest = rest.replace(f" {name} ", " ")
    words = rest.split()
    is_said_by = len(words) == 1 and text.partition(":")[0] != text and key(text.partition(":")[0]) == words[0]
    return rest != said and (is_said_by or _by_words().issuperset(words))


@lru_cache(maxsize=1)
def _by_words() -> frozenset[str]:
    """Return the words of bylines beside names and dates: "by", "posted", "on"."""
    return frozenset(word for start in (*BYLINE_STARTS, *POSTED_STARTS) for word in key(start).split()) | {"and", "on"}


def closings(draft: Draft) -> Iterator[Part]:
    """Yield what closes a page below the text: the box of its author, what a company says of itself, appeals."""
    if not draft.is_prose:
        return
    page = draft.page
    authors = {key(name) for name in draft.metadata.authors}
    for block in page.blocks[draft.first_and_last()[0] + 1 :]:
        if not 0 < len(block.text) <= MAX_LABEL:
            continue
        said = key(block.text)
        if said in authors:
            home, reason = _box(draft, block), "box of the author"
        elif (subject := _subject(said)) and _speaks_of(draft, block, subject):
            home, reason = _section(draft, block), "what a company says of itself"
        elif said in PRESS_TITLES:
            home, reason = _section(draft, block), "whom reporters are to ask"
        elif not APPEALS.isdisjoint(said.split()) and _is_button(draft, block):
            home, reason = _box_to(draft, block), "appeal to the reader"
        else:
            continue
        if home is not None and is_small(draft, *home) and share(draft, 0, home[0]) >= MOST:
            yield Part(*home, reason)


def _box(draft: Draft, block: Block) -> tuple[int, int] | None:
    """Return the first block and the one past the last of the largest element that begins with a text."""
    home = box_from(draft, block)
    return (home.first, home.last) if home is not None else None


def _section(draft: Draft, block: Block) -> tuple[int, int] | None:
    """Return the same, or what stands under a heading that has no element with its text."""
    return _box(draft, block) or section_under(draft, block, MAX_BOX_BLOCKS)


def last_lines(draft: Draft) -> Iterator[Part]:
    """Yield lines in italics at the end that ask to follow or to listen, appeals with a link, small print."""
    kept = [block for block in draft.page.blocks if draft.kept[block.number] and block.text] if draft.is_prose else []
    for block in kept[-LAST_LINES:]:
        if len(block.text) <= MAX_APPEAL and share(draft, 0, block.number) >= MOST and _links_to_appeal(block):
            yield Part(block.number, block.number + 1, "appeal to the reader")
    for block in kept[-SMALL_PRINT:]:
        said = key(block.text[:MAX_HEAD])
        if said.startswith(DISCLAIMER_STARTS) and is_small(draft, block.number, block.number + 1):
            yield Part(block.number, block.number + 1, "small print below the text")
        elif said.startswith(CORRECTION_STARTS) and is_small(draft, block.number, block.number + 1):
            yield Part(block.number, block.number + 1, "asks for mistakes in the article")
        elif not block.media and is_credit_line(block.text):
            yield Part(block.number, block.number + 1, "says who edited the article")
        elif len(block.text) <= MAX_HEAD and not block.text.endswith(ENDS) and _networks(said) >= MIN_NETWORKS:
            yield Part(block.number, block.number + 1, "buttons to share the article")
    for block in reversed(kept[-LAST_LINES:]):
        if len(block.text) > MAX_HEAD or not key(block.text).startswith(FOLLOW_STARTS) or not _is_slanted(block):
            return
        yield Part(block.number, block.number + 1, "asks to follow or to listen")


def _networks(said: str) -> int:
    """Return in how many places a line offers to share; scripts without spaces are looked through."""
    dense = (name for name in NETWORKS if not name.isascii() and name in said)
    return len(NETWORKS.intersection(said.split()).union(() if said.isascii() else dense))


def _links_to_appeal(block: Block) -> bool:
    """Return whether a link in a text begins as a button for money or a subscription does: "Donate now"."""
    links = {link for element, _ in block.pieces for link in (element, *element.iterancestors("a")) if link.tag == "a"}
    labels = (key("".join(map(str, islice(link.itertext(), MAX_WORDS)))[:MAX_LABEL]).split() for link in links)
    return any(0 < len(label) <= MAX_WORDS and label[0] in APPEALS for label in labels)


def _is_slanted(block: Block) -> bool:
    """Return whether all of a text stands in one element of emphasis or in a link."""
    elements = {element for element, is_tail in block.pieces for element in element.iterancestors() if not is_tail}
    elements.update(element for element, is_tail in block.pieces if not is_tail)
    return any(element.tag in ("em", "i", "a") for element in elements)


def _subject(heading: str) -> str:
    """Return of whom a heading says that it tells ("About Harbour Works")."""
    start = next((start for start in ABOUT_STARTS if heading.startswith(start)), None)
    return heading[len(start) :] if start else ""


def _speaks_of(draft: Draft, block: Block, subject: str) -> bool:
    following = next((other for other in islice(draft.page.blocks, block.number + 1, None) if other.text), None)
    return following is not None and subject in key(following.text[: MAX_LABEL + len(subject)])


def _is_button(draft: Draft, block: Block) -> bool:
    return block.link_density >= BUTTON or draft.page.nodes[block.node].tag == "button"


def _box_to(draft: Draft, block: Block) -> tuple[int, int] | None:
    """Return where the largest small element stands that ends with a text."""
    found: Node | None = None
    node = draft.page.nodes[block.node]
    while node.parent > 0 and node.tag not in ("main", "body", "article"):
        if any(other.text for other in draft.page.blocks[block.number + 1 : node.last]) or not is_small(
            draft, node.first, node.last
        ):
            break
        found = node
        node = draft.page.nodes[node.parent]
    return (found.first, found.last) if found is not None else None


def lines(draft: Draft) -> Iterator[Part]:
    """Yield lines that say nothing of the article: markers of ads, "continues below", counters of pictures."""
    for block in draft.page.blocks:
        if draft.kept[block.number] and 0 < len(block.text) <= MAX_LABEL:
            said = key(block.text)
            is_heading = draft.page.nodes[block.node].tag in HEADINGS  # "Advertisements for beer continue"
            if said in MARKERS or any(mark in said for mark in CONTINUES) or (not is_heading and _goes_on_below(said)):
                yield Part(block.number, block.number + 1, "marks an ad")
            elif counts_pictures(block.text) and not block.media:
                yield Part(block.number, block.number + 1, "counts pictures")
        if draft.kept[block.number] and 0 < len(block.text) <= MAX_APPEAL and _is_labelled_link(block):
            yield Part(block.number, block.number + 1, "label for ads or other stories, and a link")


def _goes_on_below(said: str) -> bool:
    words = said.split()
    return not AD_WORDS.isdisjoint(words) and not GOING_ON.isdisjoint(words)


def _is_labelled_link(block: Block) -> bool:
    """Return whether a text is a label for ads or other stories, glued to the link that follows it."""
    if not block.link_chars or len(block.pieces) < 2:
        return False
    element, is_tail = block.pieces[0]
    label = (element.tail if is_tail else element.text) or ""
    said = key(label)
    if len(label) > MAX_LABEL or (said not in RESUMING and said not in MARKERS):
        return False
    return block.link_chars >= BUTTON * (block.chars - len(label.strip()))
