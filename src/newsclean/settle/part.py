"""What a part of the page is, and what finders of parts look at: elements with kept text, their names and shapes."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.lexicon.furniture import AD_MARKERS, COMMENTS, LATEST, RELATED, SPONSORED
from newsclean.settle.draft import HEADINGS
from newsclean.words import compared, letters, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

LARGEST = 0.98
"""Share of the page's blocks from which an element is the page itself."""
MOST = 0.5
"""Share of the kept text from which an element is the body, whatever its name."""
MAX_LABEL = 60
"""Characters of the longest label."""
MAX_HEAD = 160
"""Characters of the longest headline, byline or date line."""
MIN_ABOVE = 200
"""Letters of kept text above a list of other stories, or the comments, of an article."""
MAX_BOX_BLOCKS, MAX_BOX_CHARS = 90, 600
"""Blocks and characters past which a box is a section."""
MAX_BOX_SHARE = 0.25
"""Share of the kept text past which a box is the body."""
BUTTON = 0.8
"""Link density from which a text is a button, and a box leads to another story."""
PAGES = ("html", "body", "main")

MIN_TOPIC = 2
"""Telling words that a title must have."""
TAKEN_UP = 0.4
"""Share of the title's telling words that an article takes up."""
MIN_SAID = 3
"""How often they must be said outside of a part that does not say them."""
FOREIGN = 0.2
"""How often a part that speaks of something else says them, against the text around it."""
LESS = 0.7
"""The same, where the words of the part are not those of the text around it."""
MIN_FOREIGN = 400
"""Characters that a part must have for that to be no chance."""
SHORT, LONG, NEVER = 0.0696, 0.0326, 0.6426
"""Likeness of two parts of one article that 1 in 100 falls short of, by the logarithms of their lengths
(training/wording.py: 3,726 pairs of the news and articles of the corpora; 99 in 100 foreign parts do)."""

_WORD_RE = re.compile(r"[a-z]+")
_HUMP_RE = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "relatedBox"
DIGITS_RE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """A range of blocks that belongs together, and why it is no part of the article."""

    first: int
    last: int
    """Past its last block."""
    reason: str
    """For a reader: "dialog", "second article: own headline and date"."""


def candidates(draft: Draft) -> Iterator[Node]:
    """Yield the elements below the body that hold kept text and are not the page itself, outermost first."""
    kept = draft.counts(draft.kept)
    limit = LARGEST * len(draft.page.blocks)
    for node in draft.page.nodes:
        if kept[node.last] > kept[node.first] and node.last - node.first <= limit and node.tag not in PAGES:
            yield node


def share(draft: Draft, first: int, last: int) -> float:
    """Return the share of the kept characters that stands in a range of blocks."""
    sizes = draft.sizes
    return (sizes[last] - sizes[first]) / max(sizes[-1], 1)


def is_enough_above(draft: Draft, first: int, least: int) -> bool:
    """Return whether so many letters were kept above a block, one of a script without spaces counted for three."""
    if draft.sizes[first] >= least or 3 * draft.sizes[first] < least:
        return draft.sizes[first] >= least
    return sum(letters(block.text) for block in draft.page.blocks[:first] if draft.kept[block.number]) >= least


def is_small(draft: Draft, first: int, last: int) -> bool:
    """Return whether a range of blocks is a box rather than a section or the body."""
    if last - first > MAX_BOX_BLOCKS or share(draft, first, last) > MAX_BOX_SHARE:
        return False
    return sum(len(block.text) for block in draft.page.blocks[first:last]) <= MAX_BOX_CHARS


def names(*labels: str) -> frozenset[str]:
    """Return the words in the names of an element, and pairs of them."""
    label = " ".join(labels)
    return _words_of_name(label) if label.strip() else frozenset()


@lru_cache(maxsize=2048)
def _words_of_name(label: str) -> frozenset[str]:
    words = _WORD_RE.findall(_HUMP_RE.sub("-", label).lower())
    return frozenset((*words, *(one + two for one, two in zip(words, islice(words, 1, None), strict=False))))


def shape(node: Node) -> str:
    return f"{node.tag}.{DIGITS_RE.sub('#', node.get('class').partition(' ')[0])}"


def key(text: str) -> str:
    """Return the words of a text as they compare; labels, which are asked for again and again, are remembered."""
    return _key_of_label(text) if len(text) <= MAX_HEAD else compared(text)


_key_of_label = lru_cache(maxsize=4_096)(compared)


class Topic:
    """What the title speaks of and the kept text says, and which parts of the page say something else."""

    def __init__(self, draft: Draft, title: str) -> None:
        telling = set(telling_words(title))
        words = telling if len(telling) >= MIN_TOPIC else set()
        told: set[str] = set()
        said = [0]
        for block in draft.page.blocks:
            is_asked = words and draft.kept[block.number]
            found = [word for word in _said(draft, block) if word in words] if is_asked else []
            told.update(found)
            said.append(said[-1] + len(found))
        self._draft, self._said, self._sizes = draft, said, draft.sizes
        self.is_told = bool(told) and len(told) >= TAKEN_UP * len(words)
        """Whether the title says enough, and the kept text takes it up."""

    def is_elsewhere(self, node: Node) -> bool:
        """Return whether a part of some length says next to nothing of it, and the text around the part does."""
        if self.says_at_most(FOREIGN, node):
            return True
        return self.says_at_most(LESS, node) and is_worded_apart(self._draft, node)

    def says_at_most(self, share: float, node: Node) -> bool:
        """Return whether a part of some length says no more of it, against as much of the text around the part."""
        said, size = self._said[node.last] - self._said[node.first], self._sizes[node.last] - self._sizes[node.first]
        around, rest = self._said[-1] - said, self._sizes[-1] - size
        is_enough = self.is_told and size >= MIN_FOREIGN and around >= MIN_SAID
        return is_enough and said * rest <= share * around * size

    def is_here(self, node: Node) -> bool:
        """Return whether a part says more of it than the text around the part."""
        said, size = self._said[node.last] - self._said[node.first], self._sizes[node.last] - self._sizes[node.first]
        return self.is_told and said * (self._sizes[-1] - size) > (self._said[-1] - said) * size


def topic_of(draft: Draft) -> Topic:
    """Return what the title speaks of; where the text takes up too little of that, what title and description do."""
    title, description = draft.metadata.title or "", draft.metadata.description or ""
    topic = Topic(draft, key(title))
    return topic if topic.is_told or not description else Topic(draft, key(f"{title} {description}"))


def is_worded_apart(draft: Draft, node: Node, by: float = 0.0) -> bool:
    """Return whether a part and the text around it are less alike, by so much, than two parts of one text are."""
    counts, sizes = (Counter[str](), Counter[str]()), [0, 0]
    for block in draft.page.blocks:
        if draft.kept[block.number]:
            is_around = not node.first <= block.number < node.last
            counts[is_around].update(_said(draft, block))
            sizes[is_around] += letters(block.text)
    return _cosine(*counts) <= least_likeness(*sizes) - by


def _said(draft: Draft, block: Block) -> Sequence[str]:
    """Return the longer words of a block, which are asked for part by part."""
    found = draft.said.get(block.number)
    if found is None:
        found = draft.said[block.number] = list(telling_words(key(block.text)))
    return found


def length(texts: Sequence[str]) -> int:
    """Return the letters of texts, one of a script without spaces counted for three."""
    return sum(map(letters, texts))


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the cosine of the square roots of how often words stand in two texts: 0 none in common, 1 all alike."""
    return _cosine(*(Counter(telling_words(key(" ".join(texts)))) for texts in (one, other)))


def _cosine(counts: Counter[str], others: Counter[str]) -> float:
    common = sum(math.sqrt(count * others[word]) for word, count in counts.items() if word in others)
    return common / math.sqrt(counts.total() * others.total() or 1)


def least_likeness(one: int, other: int) -> float:
    """Return the likeness of two texts of so many letters up to which they are parts of different articles."""
    short, long = sorted((max(one, 1), max(other, 1)))
    return SHORT * math.log(short) + LONG * math.log(long) - NEVER


def box_from(draft: Draft, block: Block) -> Node | None:
    """Return the largest element that begins with a text, without the body of the page."""
    found = None
    node = draft.page.nodes[block.node]
    while node.parent > 0 and node.tag not in ("main", "body"):
        if any(other.text for other in draft.page.blocks[node.first : block.number]):
            break
        found = node
        node = draft.page.nodes[node.parent]
    return found if found is not None and found.last - found.first > 1 else None


def section_under(draft: Draft, heading: Block, depth: int) -> tuple[int, int] | None:
    """Return the blocks from a heading without an element of its own to the next heading of its level or above."""
    tag = draft.page.nodes[heading.node].tag
    if tag not in HEADINGS:
        return None
    end = min(draft.page.nodes[draft.page.nodes[heading.node].parent].last, heading.number + depth)
    following = draft.page.blocks[heading.number + 1 : end]
    tags = ((other.number, draft.page.nodes[other.node].tag) for other in following)
    return heading.number, next((number for number, other in tags if other in HEADINGS and other <= tag), end)


MARKERS = frozenset(map(compared, (*AD_MARKERS, *SPONSORED)))
THREAD_TITLES = frozenset(map(compared, COMMENTS))
RESUMING = frozenset(map(compared, (*RELATED, *LATEST, *COMMENTS))) - {"comment"}
"""A single comment is a button."""
