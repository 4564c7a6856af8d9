"""Columns of a page's blocks + learned effects → a short reason a block. The effect that moved a score most is named.

An effect table says for ranges of one column how far, on average, the first stage moved a score (in log-odds); training
measures it. What the second stage overrules is told by the neighbourhood.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

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

Effects = dict[str, tuple[list[float], list[float]]]
"""Column → upper edges of its ranges (the last range is open), and the effect in each."""


def block_reasons(
    columns: Mapping[str, Sequence[float]],
    effects: Mapping[str, Sequence[Sequence[float]]],
    first: Sequence[float],
    kept: Sequence[bool],
    cut: float,
) -> list[str]:
    """Return a reason a block; `first` are the scores of the first stage, `kept` the final decision at `cut`."""
    names = [name for name in PHRASES if name in effects]
    rows = zip(*(_effects_of(columns[name], *effects[name]) for name in names), strict=True)
    values = [columns[name] for name in names]
    found: list[str] = []
    for index, row in enumerate(rows):
        if kept[index]:
            overruled, strongest, side = first[index] < cut, max(row), 0
        else:
            overruled, strongest, side = first[index] >= cut, min(row), 1
        if overruled:
            found.append(AGAINST_CONTEXT if side else FOR_CONTEXT)
        else:
            number = row.index(strongest)
            found.append(PHRASES[names[number]][side].format(values[number][index]))
    return found


def _effects_of(values: Sequence[float], edges: Sequence[float], effects: Sequence[float]) -> list[float]:
    return [effects[bisect_left(edges, value)] for value in values]
