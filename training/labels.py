"""Texts of blocks (or lines) + the gold text → the share of each text that is gold. Knows no HTML.

The longest common word sequence over the candidate texts decides; long texts that the gold has in another order are
rescued, and of equal short texts the one among other gold texts is chosen.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORD_RE = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")  # "word"; each character of scripts without spaces

UNKNOWN = math.nan
"""The label of a text of which the gold does not say whether it is article."""

MIN_SNIPPET = 4
"""Characters below which a snippet is in texts by chance."""

MIN_COVERAGE = 0.5
"""Share of a text's n-grams that the gold must have for the text to enter the alignment."""

MIN_RUN = 3
"""Words that must match in a row to count, unless they are half of their text: shorter matches are chance."""

RESCUE_WORDS = 4
RESCUE_COVERAGE = 0.85
"""A text of so many words, with so much of it left over in the gold, is gold in another order."""

SWAP_WORDS = 8
"""Only texts shorter than this are moved to an equal text nearby: longer ones align well."""

SWAP_REACH = 6
"""How many texts to either side say whether an equal text stands among gold texts."""

MAX_CELLS = 4_000_000_000
"""Product of both sequences' lengths past which the alignment is not tried (its bit matrix passes 500 MB)."""


def words(text: str) -> list[str]:
    """Return the lower-case words of a text; characters for scripts without spaces."""
    return WORD_RE.findall(text.lower())


def label_texts(texts: Sequence[str], gold: str) -> list[float]:
    """Return for each text the share of its words (0 to 1) that the gold text takes from it."""
    parts = [words(text) for text in texts]
    wanted = words(gold)
    if not wanted:
        return [0.0] * len(parts)
    labels = _align(parts, wanted)
    _rescue(parts, wanted, labels)
    _swap(parts, labels)
    return labels


def label_snippets(texts: Sequence[str], wanted: Sequence[str], unwanted: Sequence[str]) -> list[float]:
    """Return 1 for each text that holds a wanted snippet, 0 for one that holds an unwanted one, UNKNOWN for others."""
    good, bad = (
        [flat for snippet in snippets if len(flat := " ".join(snippet.split())) >= MIN_SNIPPET]
        for snippets in (wanted, unwanted)
    )
    labels = []
    for text in texts:
        flat = " ".join(text.split())
        if any(snippet in flat for snippet in good):
            labels.append(1.0)
        else:
            labels.append(0.0 if any(snippet in flat for snippet in bad) else UNKNOWN)
    return labels


def is_known(label: float) -> bool:
    """Return whether a label says anything."""
    return not math.isnan(label)


def _grams(sequence: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return zip(*(sequence[start:] for start in range(size)))  # noqa: B905 - the shortest slice ends the last gram


def _candidates(parts: list[list[str]], wanted: list[str]) -> list[int]:
    known = {size: set(_grams(wanted, size)) for size in (1, 2, 3)}
    found = []
    for number, part in enumerate(parts):
        if not part:
            continue
        size = min(3, len(part))
        grams = list(_grams(part, size))
        if sum(gram in known[size] for gram in grams) >= MIN_COVERAGE * len(grams):
            found.append(number)
    return found


def _align(parts: list[list[str]], wanted: list[str]) -> list[float]:
    labels = [0.0] * len(parts)
    candidates = _candidates(parts, wanted)
    sequence = [word for number in candidates for word in parts[number]]
    if not sequence or len(sequence) * len(wanted) > MAX_CELLS:
        return labels
    owner = [number for number in candidates for _ in parts[number]]
    credit: Counter[int] = Counter()
    for step in LCSseq.opcodes(sequence, wanted):
        if step.tag != "equal":
            continue
        runs = Counter(owner[step.src_start : step.src_end])
        for number, run in runs.items():
            if run >= MIN_RUN or run * 2 >= len(parts[number]):
                credit[number] += run
    for number, count in credit.items():
        labels[number] = count / len(parts[number])
    return labels


def _rescue(parts: list[list[str]], wanted: list[str], labels: list[float]) -> None:
    left = Counter(_grams(wanted, MIN_RUN))
    for part, label in zip(parts, labels, strict=True):
        if label >= MIN_COVERAGE:
            left.subtract(_grams(part, MIN_RUN))
    order = sorted(range(len(parts)), key=lambda number: -len(parts[number]))
    for number in order:
        part = parts[number]
        if labels[number] >= MIN_COVERAGE or len(part) < RESCUE_WORDS:
            continue
        grams = list(_grams(part, MIN_RUN))
        share = sum(left[gram] > 0 for gram in grams) / len(grams)
        if share >= RESCUE_COVERAGE:
            labels[number] = share
            left.subtract(grams)


def _swap(parts: list[list[str]], labels: list[float]) -> None:
    equal: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        if part and len(part) < SWAP_WORDS:
            equal[tuple(part)].append(number)
    for numbers in equal.values():
        positive = [number for number in numbers if labels[number] >= MIN_COVERAGE]
        if not positive or len(positive) == len(numbers):
            continue
        best = sorted(numbers, key=lambda number: (-_company(parts, labels, number), number))
        value = max(labels[number] for number in positive)
        for number in numbers:
            labels[number] = 0.0
        for number in best[: len(positive)]:
            labels[number] = value


def _company(parts: list[list[str]], labels: list[float], number: int) -> float:
    around = [n for n in range(number - SWAP_REACH, number + SWAP_REACH + 1) if 0 <= n < len(parts) and n != number]
    size = sum(len(parts[n]) for n in around)
    return sum(labels[n] * len(parts[n]) for n in around) / (size or 1)
