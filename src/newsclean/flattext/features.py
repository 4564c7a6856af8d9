"""Lines → columns of numbers, one number a line: the text itself, its neighbours, its place in the page.

Pure and shared with training; no weights here. Menus and footers far from any sentence are not looked at further:
two lines in five of a page, which hold 0.6 % of the gold text. Everything is linear in the lines, by prefix sums.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any

from newsclean.columns import Column, best_run, range_columns, since_last

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = tuple[float, ...]

LONG_CHARS = 80
"""Characters from which a line is a paragraph, in the eyes of the features."""
RUN_COSTS = (30.0, 60.0, 120.0)
"""Characters that a line must bring to lengthen a run of text."""
MAX_GAIN = 1000.0
UNSPACED_WORD = 14.0
"""Characters a word past which a page's script has no spaces between words."""
UNSPACED_SCALE = 2.5
"""One character of such a script says about as much as so many Latin letters."""
HEAD_CHARS = 100
"""Characters of a line whose kinds (digits, capitals …) are counted."""

MIN_SENTENCE = 40
"""Characters from which a line with a closing mark is a sentence."""
MIN_UNENDED = 120
"""Characters from which a line is text whatever it ends with."""
REACH = 8
"""Lines around a sentence that may be article."""

OWN_COLUMNS = (
    "chars words word_length commas ending starts digits capitals symbols repeats bullet indent gap gap_below"
).split()
RUN_COLUMNS = [f"{what}_{int(cost)}" for cost in RUN_COSTS for what in ("in", "past", "before")]
NEAR_COLUMNS = (
    "prev_chars next_chars prev2_chars next2_chars prev_ending long_3 long_8 bullets_8 "
    "since_long until_long since_short last_long next_long"
).split()
GROUP_COLUMNS = "group_lines group_place group_mean group_bullets list_lines list_place list_mean".split()
PLACE_COLUMNS = "index index_share chars_before chars_after long_before long_after".split()
PAGE_COLUMNS = "page_lines page_chars page_long page_bullets page_spaced run_share".split()

SHAPE_COLUMNS: tuple[str, ...] = (
    *OWN_COLUMNS,
    *RUN_COLUMNS,
    *NEAR_COLUMNS,
    *GROUP_COLUMNS,
    *PLACE_COLUMNS,
    *PAGE_COLUMNS,
)
"""Names of the columns that `shape_columns` returns, in order."""

DIGIT_RE = re.compile(r"\d")
"""What a line must have before it is searched for a date, and a cell to be a number: most have none."""

_HEAD_CODE = "cp1252"
"""Encoding with a byte for each character counted below: translating bytes costs a tenth of translating text."""
_DIGITS, _CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SYMBOLS = "|/•·›»>@#{}[]=<$€£+*_".encode(_HEAD_CODE)
_KINDS = bytes.maketrans(
    _DIGITS + _CAPITALS + _SYMBOLS, b"0" * len(_DIGITS) + b"A" * len(_CAPITALS) + b"#" * len(_SYMBOLS)
)
"""Digit → "0", capital → "A", symbol → "#"."""
_OTHERS = bytes(set(range(256)) - set(_DIGITS + _CAPITALS + _SYMBOLS + b"\n"))
_ENDINGS = (
    dict.fromkeys(".。।۔", 4.0)
    | dict.fromkeys("!?…！？", 3.0)
    | dict.fromkeys("\"”»“」’'", 2.5)
    | dict.fromkeys(");:,；", 1.0)
)


@dataclass(slots=True)
class LineView:
    """The lines of a page as the scorer sees them: parallel lists, plain data."""

    texts: list[str]
    bullets: list[str]
    indents: list[int]
    gaps: list[int]
    """Blank lines above."""
    words: list[list[str]] = field(default_factory=list)
    """The first words of each line in lower case, filled by tokens.split_words."""

    def columns(self) -> tuple[list[Any], ...]:
        """Return the lists in the order of the fields."""
        return self.texts, self.bullets, self.indents, self.gaps, self.words


class Measures:
    """What several groups of columns share: sizes of the lines and prefix sums over them."""

    def __init__(self, view: LineView) -> None:
        texts = view.texts
        self.scale = _scale(texts)
        self.chars: Column = [len(text) * self.scale for text in texts]
        self.endings: Column = [_ENDINGS.get(text[-1], 0.0) for text in texts]
        counts = Counter(texts)
        self.repeats: Column = [float(counts[text]) for text in texts]
        self.bullets: Column = [1.0 if bullet else 0.0 for bullet in view.bullets]
        self.long: Column = [
            size if size >= LONG_CHARS and (ending or size > 3 * LONG_CHARS) else 0.0
            for size, ending in zip(self.chars, self.endings, strict=True)
        ]
        self.sum_chars = [0.0, *accumulate(self.chars)]
        self.sum_long = [0.0, *accumulate(self.long)]
        self.sum_bullets = [0.0, *accumulate(self.bullets)]
        gains = [
            (min(size, MAX_GAIN) if ending else 0.4 * size) * (0.4 if bullet else 1.0)
            for size, ending, bullet in zip(self.chars, self.endings, self.bullets, strict=True)
        ]
        self.runs = [best_run(gains, cost) for cost in RUN_COSTS]


def shape_columns(view: LineView, measures: Measures) -> list[Column]:
    """Return the columns named in SHAPE_COLUMNS; every column has a number a line."""
    return [
        *_own_columns(view, measures),
        *_run_columns(measures),
        *_near_columns(measures),
        *_group_columns(view, measures),
        *_place_columns(measures),
        *_page_columns(view, measures),
    ]


def shape_rows(view: LineView, measures: Measures) -> list[Row]:
    """Return the numbers of SHAPE_COLUMNS a line."""
    return list(zip(*shape_columns(view, measures), strict=True))


def _scale(texts: Sequence[str]) -> float:
    """Return how many Latin letters one character of this page is worth."""
    wide = sum(len(text) for text in texts if not text.isascii())
    chars = sum(map(len, texts))
    if wide <= chars / 2:
        return 1.0
    spaces = sum(text.count(" ") + 1 for text in texts)
    return UNSPACED_SCALE if chars > UNSPACED_WORD * spaces else 1.0


@dataclass(slots=True)
class Focus:
    """The lines that are looked at: parallel lists, in the order of the page."""

    numbers: list[int]
    """Their numbers in the page."""
    view: LineView
    chars: Column
    long: Column
    """Sizes of the lines that are paragraphs, 0 for others."""
    start: int | None
    """How many of them stand above the headline; None where the page has none."""
    near: Column
    """Sentences around each line of the page, 0 where it is not looked at."""

    def pick(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Return the rows of these lines of those of the whole page."""
        return compress(rows, self.near)


def focus_on(view: LineView, measures: Measures, headline: int | None) -> Focus:
    """Return the lines of a page that stand near a sentence."""
    sentences = [
        1.0 if size >= MIN_SENTENCE and (ending or size >= MIN_UNENDED) else 0.0
        for size, ending in zip(measures.chars, measures.endings, strict=True)
    ]
    near = window([0.0, *accumulate(sentences)], REACH)
    numbers = [number for number, count in enumerate(near) if count]
    return Focus(
        numbers,
        LineView(*(list(compress(column, near)) for column in view.columns())),
        list(compress(measures.chars, near)),
        list(compress(measures.long, near)),
        None if headline is None else bisect_left(numbers, headline),
        near,
    )


def _own_columns(view: LineView, measures: Measures) -> list[Column]:
    texts = view.texts
    sizes = [min(len(text), HEAD_CHARS) for text in texts]
    heads = "\n".join([text[:HEAD_CHARS] for text in texts])
    kinds = heads.encode(_HEAD_CODE, "replace").translate(_KINDS, _OTHERS).split(b"\n")
    words: Column = [text.count(" ") + 1.0 for text in texts]
    if measures.scale > 1.0:
        words = [max(count, chars / 6.0) for count, chars in zip(words, measures.chars, strict=True)]
    margin = _margin(view.indents, measures.chars)
    gaps: Column = [float(gap) if gap < 3 else 3.0 for gap in view.gaps]
    return [
        measures.chars,
        words,
        [chars / count for chars, count in zip(measures.chars, words, strict=True)],
        [
            float(text.count(", ") if text.isascii() else sum(map(text.count, (", ", "、", "，", "،"))))
            for text in texts
        ],
        measures.endings,
        [_start(text[0]) for text in texts],
        [kind.count(b"0") / size for kind, size in zip(kinds, sizes, strict=True)],
        [kind.count(b"A") / size for kind, size in zip(kinds, sizes, strict=True)],
        [float(kind.count(b"#")) for kind in kinds],
        measures.repeats,
        measures.bullets,
        [float(indent - margin) for indent in view.indents],
        gaps,
        [*gaps[1:], 3.0],
    ]


def _start(letter: str) -> float:
    if letter.islower():
        return 1.0
    return 2.0 if letter.isalpha() else 0.0


def _margin(indents: Sequence[int], chars: Column) -> int:
    """Return the indent that most of the long text has."""
    sums: Counter[int] = Counter()
    for indent, size in zip(indents, chars, strict=True):
        if size >= LONG_CHARS:
            sums[indent] += int(size)
    return sums.most_common(1)[0][0] if sums else min(indents, default=0)


def _run_columns(measures: Measures) -> list[Column]:
    total = len(measures.chars)
    return [column for run in measures.runs for column in range_columns(total, run)]


def _near_columns(measures: Measures) -> list[Column]:
    chars, total = measures.chars, len(measures.chars)
    padded = [0.0, 0.0, *chars, 0.0, 0.0]
    columns = [
        padded[1 : total + 1],
        padded[3 : total + 3],
        padded[:total],
        padded[4:],
        [0.0, *measures.endings[:-1]],
        window(measures.sum_long, 3),
        window(measures.sum_long, 8),
        window(measures.sum_bullets, 8),
    ]
    is_long = [size > 0.0 for size in measures.long]
    columns.append(since_last(is_long))
    columns.append(since_last(is_long[::-1])[::-1])
    columns.append(since_last([size < LONG_CHARS / 2 for size in chars]))
    columns.append(_last_size(measures.long))
    columns.append(_last_size(measures.long[::-1])[::-1])
    return columns


def _last_size(sizes: Sequence[float]) -> Column:
    """Return for each line the size of the last long line above it, 0 where there is none."""
    found: Column = []
    last = 0.0
    for size in sizes:
        found.append(last)
        last = size or last
    return found


def window(sums: Sequence[float], reach: int) -> Column:
    """Return the sum over each line and `reach` lines to either side, from prefix sums."""
    total = len(sums) - 1
    highs = [*sums[reach + 1 :], *[sums[-1]] * min(reach, total)]
    lows = [*[0.0] * min(reach, total), *sums[: total - reach if total > reach else 0]]
    return [high - low for high, low in zip(highs, lows, strict=True)]


def _group_columns(view: LineView, measures: Measures) -> list[Column]:
    """Return columns about the lines between two blank ones, and about the list that a line stands in."""
    total = len(view.texts)
    starts = [n for n in range(total) if n == 0 or view.gaps[n]]
    kinds = measures.bullets
    lists = [n for n in range(total) if n == 0 or kinds[n] != kinds[n - 1]]
    lines, place, mean = _group_stats(starts, measures.sum_chars, total)
    list_lines, list_place, list_mean = _group_stats(lists, measures.sum_chars, total)
    bullets: Column = []
    for first, last in zip(starts, [*starts[1:], total], strict=True):
        share = (measures.sum_bullets[last] - measures.sum_bullets[first]) / (last - first)
        bullets.extend([share] * (last - first))
    return [lines, place, mean, bullets, list_lines, list_place, list_mean]


def _group_stats(starts: Sequence[int], sums: Sequence[float], total: int) -> tuple[Column, Column, Column]:
    lines: Column = []
    place: Column = []
    mean: Column = []
    for first, last in zip(starts, [*starts[1:], total], strict=True):
        size = last - first
        lines.extend([float(size)] * size)
        place.extend([float(n) for n in range(size)] if size > 1 else [0.0])
        mean.extend([(sums[last] - sums[first]) / size] * size)
    return lines, place, mean


def _place_columns(measures: Measures) -> list[Column]:
    total = len(measures.chars)
    chars, long = measures.sum_chars, measures.sum_long
    all_chars, all_long = chars[-1] or 1.0, long[-1] or 1.0
    return [
        [float(n) for n in range(total)],
        [n / total for n in range(total)],
        [size / all_chars for size in chars[:-1]],
        [1.0 - size / all_chars for size in chars[1:]],
        [size / all_long for size in long[:-1]],
        [1.0 - size / all_long for size in long[1:]],
    ]


def _page_columns(view: LineView, measures: Measures) -> list[Column]:
    total = len(measures.chars)
    chars, long = measures.sum_chars[-1] or 1.0, measures.sum_long[-1]
    first, last = measures.runs[1]
    numbers = (
        float(total),
        chars,
        long / chars,
        measures.sum_bullets[-1] / (total or 1),
        sum(1.0 for gap in view.gaps if gap) / (total or 1),
        (measures.sum_long[last] - measures.sum_long[first]) / (long or 1.0),
    )
    return [[number] * total for number in numbers]
