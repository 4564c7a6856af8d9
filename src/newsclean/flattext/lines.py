"""Rows → lines: wrapped rows re-joined to the paragraphs, list items and headings they were, bullets told from text.

A line is what the page showed as one run of text. What it is in the page (headline, byline …) is roles.py's question.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.rows import Row

MIN_WRAP, MAX_WRAP = 32, 240
"""Columns between which a text can have been wrapped."""

MIN_QUOTED_WRAP = 50
"""Columns from which a row of a Markdown quotation was wrapped: only a blank line ends its paragraph."""

WRAP_SLACK = 12
"""Columns under the width within which a row that was broken off ends: the length of a longish word."""

MIN_FULL_SHARE = 0.25
"""Share of the longer rows that must end within WRAP_SLACK of the width: wrapped prose has half, menus few."""

MIN_RUN_ON_SHARE = 0.4
"""Share of the full rows whose next row goes on without a capital: German prose, the lowest, has 0.6."""

MAX_OVERLONG_SHARE = 0.03
"""Share of rows that may stick out of the width: addresses and tables do."""

MIN_HYPHENATED_SHARE = 0.08
"""Share of full rows that end in a hyphen from which words were divided by a typesetter; where programs only break at
hyphens that were there, it is under 0.05."""

MIN_HYPHENATED_ROWS = 2
"""Rows that must end in a hyphen at least before words are made whole: one is a compound."""

MIN_EDGE_ROWS = 3
"""Full rows an indent needs to have a right edge of its own."""

BULLETS = frozenset("•◦‣▪▫■□●○∙·*+►▶➤✓✔⁃◆◇❖➢\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf02d\uf0e0")
"""Marks of w3m, lynx, elinks, html2text and browsers that begin a list item when a space follows; those of the private
use area are glyphs of the symbol fonts that word processors set bullets in."""

DASH_BULLETS = frozenset("-–o§")
"""Marks that begin a list item in company only: dialogue begins with a dash, Italian sentences with o."""

EAST_ASIAN_BULLET = "・"
"""The mark of a list item in Japanese, with no space behind it, in company only: it also parts words."""

HEADING_MARKS = frozenset("■◆▼●◎▽◇□")
"""Marks right before a heading in Japanese and Chinese texts."""

MAX_MARKED = 40
"""Characters of a heading with such a mark."""

MAX_SOURCE = 40
"""Characters of who said it, in a row below a quotation."""

SENTENCE_ENDS = frozenset(".!?…。！？؟।:;\"”»'’」)")
"""Marks that a sentence, or what is quoted in it, ends with."""

_NUMBER_RE = re.compile(r"^\(?(\d{1,3})[.)]$")  # "1.", "12)", "(3)"
_FIRST_CHUNK_RE = re.compile(r"[^\s\-–—/]*[-–—/]?")  # "over-" of "over-the-top": where a program may break a row
_CASELESS_WIDE_RE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uffef]")  # letters written without spaces


@dataclass(slots=True)
class Line:
    """One run of text of the page, re-joined."""

    text: str
    """White space collapsed (tabs kept: they part the cells of a table); without its bullet."""
    indent: int
    """Columns before the text or its bullet."""
    gap: int
    """Blank lines above."""
    bullet: str = ""
    """The mark of a list item, or its number ("3."), else ""."""
    rows: int = 1
    """How many rows of the file it took."""
    is_quote: bool = False
    code: str = ""
    underline: str = ""
    """As in Row."""
    number: int = 0
    """As in Row; `number` is that of its first row."""


def join_rows(rows: Sequence[Row]) -> list[Line]:
    """Return the lines of a text in order."""
    wrap = _Wrap(rows)
    lines: list[Line] = []
    marks = ["" if row.code else _bullet(row.text) for row in rows]
    _keep_company(marks)
    pending: list[str] = []
    start = 0
    for number, row in enumerate(rows):
        if pending and wrap.goes_on(number, marks[number], start, marks[start]):
            pending.append(row.text)
            continue
        if pending:
            lines.append(_line(rows[start], marks[start], pending, wrap))
        pending = [row.text]
        start = number
    if pending:
        lines.append(_line(rows[start], marks[start], pending, wrap))
    return lines


def _line(row: Row, mark: str, texts: list[str], wrap: _Wrap) -> Line:
    text = texts[0] if len(texts) == 1 else wrap.join(texts)
    underline = row.underline
    if mark:
        text = text[len(mark) :]
    elif text[0] in HEADING_MARKS and len(text) <= MAX_MARKED and _CASELESS_WIDE_RE.match(text, 1):
        text, underline = text[1:], "-"
    if "\t" in text:
        text = "\t".join(" ".join(cell.split()) for cell in text.split("\t")).strip("\t")
    elif "  " in text or not text.isascii():
        text = " ".join(text.split())
    else:
        text = text.strip()
    return Line(text, row.indent, row.gap, mark, len(texts), row.is_quote, row.code, underline, row.number)


def _bullet(text: str) -> str:
    """Return the mark that a row begins with, or ""."""
    first = text[0]
    if (first in BULLETS or first in DASH_BULLETS) and (len(text) == 1 or text[1].isspace()):
        return first
    if first == EAST_ASIAN_BULLET:
        return first
    if first.isdigit() or first == "(":
        mark = text[:6].split(" ", 1)[0]
        if _NUMBER_RE.match(mark) and len(text) > len(mark) and "\t" not in text:
            return mark  # with tabs it is the first cell of a table
    return ""


def _keep_company(marks: list[str]) -> None:
    """Drop dashes and numbers that no neighbour shares: a dialogue's dash, the day of a German date."""
    last: dict[str, int] = {}
    alone: list[int] = []
    for number, mark in enumerate(marks):
        if not mark or mark in BULLETS:
            continue
        before = _previous_mark(mark)
        near = last.get(before)
        if near is not None and number - near <= COMPANY:
            if alone and alone[-1] == near:
                alone.pop()
        else:
            alone.append(number)
        last[mark] = number
    for number in alone:
        marks[number] = ""


COMPANY = 6
"""Rows within which the next item of a list begins."""


def _previous_mark(mark: str) -> str:
    number = _NUMBER_RE.match(mark)
    if not number:
        return mark
    return mark.replace(number.group(1), str(int(number.group(1)) - 1))


class _Wrap:
    """How the rows of a text were wrapped: the width, and where it differs by indent; None where they were not."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.width = wrap_width(rows)
        self._edges = _right_edges(rows, self.width) if self.width else {}
        self._divided = bool(self.width) and _is_hyphenated(rows, self.width or 0)
        self._is_gapless = not any(row.gap for row in rows[1:])
        self._words: frozenset[str] | None = None

    def goes_on(self, number: int, mark: str, start: int, start_mark: str) -> bool:
        """Return whether row `number` continues the row above, which belongs to the line that began at row `start`."""
        row, above, first = self._rows[number], self._rows[number - 1], self._rows[start]
        if mark or row.gap or row.code or above.code or (row.is_quote and not above.is_quote):
            return False
        if row.is_quote and above.end - above.indent >= MIN_QUOTED_WRAP:
            return not self._is_source(number)
        if "\t" in row.text and "\t" in above.text:  # two rows of a table
            return False
        if self.width is None:
            return False
        if not _same_column(row, above, first, start_mark, number - 1 == start):
            return False
        if self._is_gapless and above.text[-1] in SENTENCE_ENDS and row.text[-1] not in SENTENCE_ENDS:
            following = self._rows[number + 1] if number + 1 < len(self._rows) else None
            if row.end < self.width // 2 and following and not following.text[0].islower():
                return False
        chunk = _FIRST_CHUNK_RE.match(row.text)
        size = chunk.end() if chunk else 0
        if _CASELESS_WIDE_RE.match(row.text):
            size = 2
        edge = self._edges.get(above.indent, self.width)
        if above.end + 1 + size > edge:
            return True
        return row.text[0].islower() and above.end + 1 + size > edge - WRAP_SLACK

    def _is_source(self, number: int) -> bool:
        """Return whether the last row of a quotation names who said it: short, no sentence, below a whole one."""
        row, above = self._rows[number], self._rows[number - 1]
        is_last = number + 1 == len(self._rows) or not self._rows[number + 1].is_quote or self._rows[number + 1].gap > 0
        is_short = len(row.text) <= MAX_SOURCE and row.text[-1] not in SENTENCE_ENDS
        return is_last and is_short and above.text[-1] in SENTENCE_ENDS

    def join(self, texts: list[str]) -> str:
        """Return the rows of a line as one text, words that were divided at a row's end whole again."""
        parts = [texts[0]]
        for text in texts[1:]:
            above = parts[-1]
            if above.endswith("\u00ad"):
                parts[-1] = above[:-1]
            elif above.endswith("-") and above[-2:-1].isalpha():
                if self._divided and text[0].islower() and not self._is_known(above, text):
                    parts[-1] = above[:-1]
            elif not (_CASELESS_WIDE_RE.match(above[-1]) and _CASELESS_WIDE_RE.match(text[0])):
                parts.append(" ")
            parts.append(text)
        return "".join(parts)

    def _is_known(self, above: str, text: str) -> bool:
        """Return whether the page writes this compound with its hyphen elsewhere."""
        if self._words is None:
            self._words = frozenset(w for row in self._rows for w in row.text.split() if "-" in w)
        return above.rsplit(" ", 1)[-1] + text.split(" ", 1)[0] in self._words


def _same_column(row: Row, above: Row, first: Row, mark: str, is_second: bool) -> bool:
    """Return whether a row stands where the row above would go on: under it, or hanging under a bullet."""
    if row.indent == above.indent:
        return True
    if not is_second:
        return False
    if mark:
        return row.indent <= first.indent + len(mark) + HANG
    return abs(row.indent - above.indent) <= HANG


HANG = 4
"""Columns that the second row of a line may hang under the first or stand before it (first-line indents)."""


def wrap_width(rows: Sequence[Row]) -> int | None:
    """Return the column at which a text was wrapped, or None when its rows are whole paragraphs."""
    ends = Counter(row.end for row in rows if row.end >= MIN_WRAP)
    total = sum(ends.values())
    if total < MIN_EDGE_ROWS:
        return None
    allowed = max(1, int(total * MAX_OVERLONG_SHARE)) if total > 20 else 0
    width, over = 0, 0
    for end in sorted(ends, reverse=True):
        width = end
        if over + ends[end] > allowed:
            break
        over += ends[end]
    if not MIN_WRAP <= width <= MAX_WRAP:
        return None
    full = [n for n, row in enumerate(rows[:-1]) if width - WRAP_SLACK < row.end <= width and not rows[n + 1].gap]
    if len(full) < max(MIN_EDGE_ROWS, MIN_FULL_SHARE * total):
        return None
    run_on = sum(not rows[n + 1].text[0].isupper() and not _bullet(rows[n + 1].text) for n in full)
    return width if run_on >= MIN_RUN_ON_SHARE * len(full) else None


def _right_edges(rows: Sequence[Row], width: int) -> dict[int, int]:
    """Return the right edge of each indent: programs keep another margin for headings than for text."""
    edges: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for row in rows:
        if width - WRAP_SLACK < row.end <= width:
            counts[row.indent] += 1
            edges[row.indent] = max(edges.get(row.indent, 0), row.end)
    return {indent: edge for indent, edge in edges.items() if counts[indent] >= MIN_EDGE_ROWS}


def _is_hyphenated(rows: Sequence[Row], width: int) -> bool:
    full = [row.text for row in rows if width - WRAP_SLACK < row.end <= width]
    divided = sum(text.endswith(("-", "\u00ad")) for text in full)
    return divided >= max(MIN_HYPHENATED_ROWS, MIN_HYPHENATED_SHARE * len(full))
