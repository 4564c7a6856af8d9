"""Flattened text → rows: the lines of the file with their indent, the blank lines above them and their width on screen.

Line endings of all kinds, terminal left-overs and double spacing end here; re-joining wrapped rows is lines.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_DOUBLE_SPACED = 8
"""Rows a text needs before double spacing is believed: below, every text of single paragraphs looks double-spaced."""

MIN_QUOTED_SHARE = 0.9
"""Share of rows that start with ">" from which the whole text is one quoted mail."""

TAB_STOP = 8

_ANSI_RE = re.compile(r"\x1b\[[0-9;?]{0,16}[A-Za-z]")  # "\x1b[1;31m" of a terminal recording
_OVERSTRIKE_RE = re.compile(r"[^\n]\x08")  # "_\bx", "x\bx" of formatted manual pages
_CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END_RE = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_WIDE_RE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_QUOTE_RE = re.compile(r"^(?:>[ ]?)+")  # "> > text"


@dataclass(slots=True)
class Row:
    """One line of the file that is not blank."""

    text: str
    """Without the white space around it."""
    indent: int
    """Columns before the text."""
    gap: int
    """Blank lines above."""
    end: int
    """Column after the text; wide letters (Chinese, Japanese, Korean) take two."""


def cut_rows(source: str) -> list[Row]:
    """Return the rows of a text, double spacing and quote marks around the whole of it undone."""
    rows = _read_rows(_plain_lines(source))
    if _is_quoted(rows):
        rows = _read_rows([_QUOTE_RE.sub("", line) for line in _plain_lines(source)])
    if _is_double_spaced(rows):
        for row in rows:
            row.gap //= 2
    return rows


def _plain_lines(source: str) -> list[str]:
    """Return the lines without terminal codes and control characters; a form feed is a blank line."""
    if "\x1b" in source:
        source = _ANSI_RE.sub("", source)
    if "\x08" in source:
        source = _OVERSTRIKE_RE.sub("", source)
    source = _LINE_END_RE.sub("\n", source)
    if "\f" in source:
        source = source.replace("\f", "\n\n")
    return _CONTROL_RE.sub("", source).split("\n")


def _read_rows(lines: list[str]) -> list[Row]:
    rows: list[Row] = []
    gap = 0
    for line in lines:
        text = line.strip()
        if not text:
            gap += 1
            continue
        indent = len(line) - len(line.lstrip())
        if indent and "\t" in line[:indent]:
            indent = len(line[:indent].expandtabs(TAB_STOP))
        size = len(text)
        if not text.isascii():
            size += size - len(_WIDE_RE.sub("", text))
        rows.append(Row(text, indent, gap, indent + size))
        gap = 0
    return rows


def _is_quoted(rows: list[Row]) -> bool:
    quoted = sum(row.text[0] == ">" for row in rows)
    return len(rows) > 1 and quoted >= MIN_QUOTED_SHARE * len(rows)


def _is_double_spaced(rows: list[Row]) -> bool:
    """Return whether every line break was written twice: then blank lines stand above every row, in odd numbers."""
    return len(rows) >= MIN_DOUBLE_SPACED and all(row.gap % 2 for row in rows[1:])
