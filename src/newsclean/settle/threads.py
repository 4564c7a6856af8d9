"""Draft → parts that are comments of readers: told by their name, by buttons to reply, or by who said it and when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newsclean.lexicon.dates import find_date
from newsclean.lexicon.furniture import REPLY
from newsclean.lexicon.relative import relative_day
from newsclean.settle.draft import HEADINGS, PARAGRAPH
from newsclean.settle.part import MAX_LABEL, MIN_ABOVE, Part, candidates, is_enough_above, key, names, shape
from newsclean.words import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsclean.page.html import Node
    from newsclean.settle.draft import Draft

MIN_COMMENTS = 2
MIN_SIGNED = 3
"""Comments without a button by which a thread is told."""
MOST_SIGNED = 0.8
"""Share of the elements alike that begin with a name and a time in a thread."""
MIN_MEAN = 80
"""Characters of the mean text above comments: an article is made of paragraphs, the opening of a thread is not."""
FIRST_BLOCKS = 12
"""Blocks at the start of a comment that are looked at."""
MAX_NAME = 40
"""Characters of the name or the time over a comment."""
ANY_TIME = "2000-01-01T12:00"
"""A known time, to ask whether a line is a relative time at all."""
THREADS = frozenset(
    """comments commentlist commentarea commentsection comentarios commentaires kommentare kommentarer komentarze
    komentare reacties yorumlar disqus""".split()
)
"""Names of the comments on an article."""


def named_comments(draft: Draft) -> Iterator[Part]:
    """Yield what is named for the comments on an article."""
    if not draft.is_prose:
        return
    texts = _counts_of_texts(draft)
    for node in candidates(draft):
        if node.tag == "article" or THREADS.isdisjoint(names(node.get("class"), node.get("id"))):
            continue
        if _stands_below_paragraphs(draft, texts, node.first):
            yield Part(node.first, node.last, "comments of readers, by their name")


def threads(draft: Draft) -> Iterator[Part]:
    """Yield comments without a name: elements alike below paragraphs, most with a button to reply."""
    blocks = draft.page.blocks
    replies = [0 < len(block.text) <= MAX_LABEL and not REPLY.isdisjoint(key(block.text).split()) for block in blocks]
    if not draft.is_dated_article or sum(replies) < MIN_COMMENTS:
        return
    sums = draft.counts(replies)
    answered = [node for node in candidates(draft) if sums[node.last] > sums[node.first] and node.last - node.first > 1]
    groups = [alike for alike in _alike(answered) if len(alike) >= MIN_COMMENTS]
    yield from _threads(draft, groups, "comments of readers: texts alike with a button to reply")


def signed_threads(draft: Draft) -> Iterator[Part]:
    """Yield comments without a name or a button: elements alike below paragraphs, each with who said it and when.

    In a live blog the time comes first, or a headline, or the author of the page speaks.
    """
    if not draft.is_dated_article:
        return
    authors = {key(name) for name in draft.metadata.authors}
    groups = []
    for alike in _alike(node for node in candidates(draft) if node.last - node.first > 1):
        signed = sum(_is_signed(draft, node, authors) for node in alike) if len(alike) >= MIN_SIGNED else 0
        if signed >= max(MIN_SIGNED, MOST_SIGNED * len(alike)):
            groups.append(alike)
    yield from _threads(draft, groups, "comments of readers: texts alike with a name and a time")


def _alike(nodes: Iterable[Node]) -> list[list[Node]]:
    """Return the elements grouped by where they stand and what they look like."""
    homes: dict[tuple[int, str], list[Node]] = defaultdict(list)
    for node in nodes:
        homes[node.parent, shape(node)].append(node)
    return list(homes.values())


def _threads(draft: Draft, groups: Sequence[Sequence[Node]], reason: str) -> Iterator[Part]:
    """Yield the threads that comments alike make, each with its title, where they stand below an article."""
    nodes = draft.page.nodes
    texts = _counts_of_texts(draft) if groups else []
    ends: dict[int, int] = {}
    if groups:
        ends = {node.parent: node.last for node in nodes if node.tag == "li"}  # of all in a list, in document order
    for alike in groups:
        home, first = nodes[alike[0].parent], alike[0].first
        if draft.sizes[first] - draft.sizes[home.first] <= MAX_LABEL:
            first = home.first
        last = ends[alike[0].parent] if alike[0].tag == "li" else alike[-1].last
        if _stands_below_paragraphs(draft, texts, first):
            yield Part(first, last, reason)


def _is_signed(draft: Draft, node: Node, authors: set[str]) -> bool:
    """Return whether a part begins with a name and a time, and goes on to say something, without a headline."""
    blocks = (block for block in draft.page.blocks[node.first : node.first + FIRST_BLOCKS] if block.number < node.last)
    said = [block for block in blocks if block.text]
    if len(said) < 2 or any(draft.page.nodes[block.node].tag in HEADINGS for block in said):
        return False
    name, when, rest = said[0].text, said[1].text, said[2:]
    in_line = [(element.tail if is_tail else element.text) or "" for element, is_tail in said[0].pieces]
    if len(name) <= 2 * MAX_NAME and any(map(_is_time, in_line[1:])):  # both in one line
        name, when, rest = in_line[0], next(filter(_is_time, in_line[1:])), said[1:]
    if len(name) > MAX_NAME or len(when) > 2 * MAX_NAME or key(name) in authors or _is_time(name) or not _is_time(when):
        return False
    return any(letters(block.text) >= PARAGRAPH / 2 for block in rest)


def _is_time(text: str) -> bool:
    return find_date(text) is not None or relative_day(text, ANY_TIME) is not None


def _counts_of_texts(draft: Draft) -> list[int]:
    return draft.counts([draft.kept[block.number] and bool(block.text) for block in draft.page.blocks])


def _stands_below_paragraphs(draft: Draft, texts: Sequence[int], first: int) -> bool:
    """Return whether what was kept above a block is made of paragraphs: the head of a thread is not."""
    return draft.sizes[first] >= MIN_MEAN * texts[first] and is_enough_above(draft, first, MIN_ABOVE)
