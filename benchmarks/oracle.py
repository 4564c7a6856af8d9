"""A page + its gold text → the blocks whose words are in the gold: structure measured apart from selection."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

MIN_SHARE = 0.5
"""Share of a block's words that the gold must have in the same order."""

SHORT = 6
"""Words below which single words, not runs of three, say whether a block may be in the gold."""

MIN_ORPHAN_WORDS = 4
ORPHAN_SHARE = 0.8
"""A block of so many words, of whose three-word runs the gold has so many, is in the gold at another place."""

MAX_CELLS = 1_000_000_000
"""Product of both lengths past which only three-word runs decide: the alignment's bit matrix would take 125 MB."""

_WORD_RE = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the lower-case words of a text."""
    return _WORD_RE.findall(text.lower())


def gold_blocks(texts: Sequence[str], gold: Sequence[str]) -> list[bool]:
    """Return for each block's text whether the gold, as words in order, holds it."""
    parts = [words(text) for text in texts]
    known, single = set(_runs(gold)), set(gold)
    likely = [number for number, part in enumerate(parts) if part and _share(part, known, single) >= MIN_SHARE]
    matched = _aligned(parts, likely, gold)
    kept = [bool(part) and matched[number] >= MIN_SHARE * len(part) for number, part in enumerate(parts)]
    left = Counter(_runs(gold))
    for number, part in enumerate(parts):
        if kept[number]:
            left.subtract(_runs(part))
    for number, part in enumerate(parts):
        if not kept[number] and len(part) >= MIN_ORPHAN_WORDS:
            own = _runs(part)
            if sum(left[run] > 0 for run in own) >= ORPHAN_SHARE * len(own):
                kept[number] = True
                left.subtract(own)
    return kept


def _runs(sequence: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(sequence, sequence[1:], sequence[2:], strict=False))


def _share(part: list[str], known: set[tuple[str, ...]], gold: Container[str]) -> float:
    if len(part) < SHORT:
        return sum(word in gold for word in part) / len(part)
    runs = _runs(part)
    return sum(run in known for run in runs) / len(runs)


def _aligned(parts: list[list[str]], likely: list[int], gold: Sequence[str]) -> Counter[int]:
    """Return block → how many of its words stand in the longest common subsequence."""
    sequence = [word for number in likely for word in parts[number]]
    owners = [number for number in likely for _ in parts[number]]
    if len(sequence) * len(gold) > MAX_CELLS:
        return Counter(owners)
    matched: Counter[int] = Counter()
    for step in LCSseq.opcodes(sequence, gold):
        if step.tag == "equal":
            matched.update(owners[step.src_start : step.src_end])
    return matched
