"""What a part of the page is, and what finders of parts look at: elements with kept text, their names and shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.lexicon.furniture import AD_MARKERS, COMMENTS, LATEST, RELATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

LARGEST = 0.98
"""Share of the page's blocks from which an element is the page itself."""
MOST = 0.5
"""Share of the kept text from which an element is the body, whatever its name."""
MAX_LABEL = 60
"""Characters of the longest label."""
PARAGRAPH = 60
"""Characters from which a text is a paragraph."""
PAGES = ("html", "body", "main")

_WORD_RE = re.compile(r"[a-z]+")
_HUMP_RE = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "relatedBox"
_NOT_WORD_RE = re.compile(r"[\W_]+")
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


def names(*labels: str) -> set[str]:
    """Return the words in the names of an element, and pairs of them."""
    label = " ".join(labels)
    if label.isspace() or not label:
        return set()
    words = _WORD_RE.findall(_HUMP_RE.sub("-", label).lower())
    return {*words, *(one + two for one, two in zip(words, islice(words, 1, None), strict=False))}


def shape(node: Node) -> str:
    return f"{node.tag}.{DIGITS_RE.sub('#', node.get('class').partition(' ')[0])}"


def key(text: str) -> str:
    return _NOT_WORD_RE.sub(" ", text.casefold()).strip()


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


MARKERS = frozenset(_NOT_WORD_RE.sub(" ", line).strip() for line in AD_MARKERS)
RESUMING = frozenset(_NOT_WORD_RE.sub(" ", line).strip() for line in (*RELATED, *LATEST, *COMMENTS)) - {"comment"}
"""A single comment is a button."""
