"""Columns of a page's blocks + learned effects → a short reason a block. The effect that moved a score most is named.

An effect table says for ranges of one column how far, on average, the first stage moved a score (in log-odds); training
measures it. What the second stage overrules is told by the neighbourhood.
"""

from __future__ import annotations

from bisect import bisect_left
from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PHRASES: dict[str, tuple[str, str]] = {
    "chars": ("long paragraph", "short text"),
    "link_density": ("few links", "link density {:.2f}"),
    "ending": ("ends like a sentence", "does not end like a sentence"),
    "class_near": ("class names typical of articles", "class names typical of page furniture"),
    "class_min": ("class names typical of articles", "class names typical of page furniture"),
    "path": ("markup typical of articles", "markup typical of page furniture"),
    "paragraph_score": ("inside the main column of text", "outside the main column of text"),
    "in_run0": ("within the longest run of text", "outside the longest run of text"),
    "in_tree": ("inside the main column of text", "outside the main column of text"),
    "word_mean": ("wording typical of articles", "wording typical of page furniture"),
    "exact": ("wording typical of articles", "a standard phrase of page furniture"),
    "heading_mean": ("below a heading of the article", "below a heading typical of page furniture"),
    "links_0": ("few links around", "in a list of links"),
    "links_near3": ("few links around", "surrounded by links"),
    "like_count": ("markup used once", "one of {:.0f} blocks alike"),
    "repeats": ("said once on the page", "said {:.0f} times on the page"),
    "in_footer": ("not in the footer", "in the footer"),
    "in_nav": ("not in the navigation", "in the navigation"),
    "in_aside": ("not in a sidebar", "in a sidebar"),
    "in_figure": ("not in a figure", "in a figure"),
    "since_h1": ("below the headline", "before the headline or far from it"),
}
"""Column → what it says when it speaks for the article, and when it speaks against it."""

FOR_CONTEXT = "surrounded by article text"
AGAINST_CONTEXT = "apart from the article text"


class _Voice(NamedTuple):
    """A column that may be named for one side, with its effects on that side."""

    limit: float
    """The most it ever says."""
    place: int
    """In PHRASES."""
    name: str
    values: Sequence[float]
    edges: Sequence[float]
    effects: Sequence[float]


def block_reasons(
    columns: Mapping[str, Sequence[float]],
    effects: Mapping[str, Sequence[Sequence[float]]],
    first: Sequence[float],
    kept: Sequence[bool],
    cut: float,
) -> list[str]:
    """Return a reason a block; `first` are the scores of the first stage, `kept` the final decision at `cut`."""
    sides = _voices(columns, effects, 1.0), _voices(columns, effects, -1.0)
    found: list[str] = []
    for index, (keep, score) in enumerate(zip(kept, first, strict=True)):
        if keep == (score < cut):
            found.append(FOR_CONTEXT if keep else AGAINST_CONTEXT)
            continue
        side = 0 if keep else 1
        name = _loudest(sides[side], index)
        found.append(PHRASES[name][side].format(columns[name][index]))
    return found


def _voices(
    columns: Mapping[str, Sequence[float]], effects: Mapping[str, Sequence[Sequence[float]]], sign: float
) -> list[_Voice]:
    """Return the columns that can be named for a side, whose effects have this sign; first those that may say most."""
    voices: list[_Voice] = []
    for place, name in enumerate(name for name in PHRASES if name in effects):
        edges, moves = effects[name]
        signed = [sign * move for move in moves]
        voices.append(_Voice(max(signed), place, name, columns[name], edges, signed))
    return sorted(voices, key=lambda voice: -voice.limit)


def _loudest(voices: Sequence[_Voice], index: int) -> str:
    """Return the name of the column that moved a block most, the first in PHRASES of equals."""
    most, first, found = -inf, 0, ""
    for limit, place, name, values, edges, signed in voices:
        if limit < most:
            break  # nor can any that follow: most blocks are told by the first few
        moved = signed[bisect_left(edges, values[index])]
        if moved > most or (moved == most and place < first):
            most, first, found = moved, place, name
    return found
