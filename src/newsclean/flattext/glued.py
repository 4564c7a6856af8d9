"""One endless row → the rows it was made of, as far as sentences, dates and repeats tell: line breaks that were lost.

Only a text that is almost all one row is touched; a long paragraph among other lines stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.flattext.rows import lump
from newsclean.lexicon.furniture import AD_MARKERS, COPYRIGHT_MARKS
from newsclean.lexicon.names import starts_with_by
from newsclean.lexicon.persons import is_given_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.flattext.rows import Row

MIN_GLUED = 600
"""Columns of a row from which its line breaks may be lost: longer single paragraphs come with other lines."""

MIN_GLUED_SHARE = 0.9
"""Share of a text's characters that such a row holds."""

PARAGRAPH = 320
"""Characters from which a run of sentences is a paragraph: about what four sentences of a newspaper have."""

MAX_GLUED = 2_000_000
"""Characters of such a row that are cut: ten times the longest page. What follows stays one row."""

MIN_PIECES = 5
"""Pieces between wide spaces from which those stand for the line breaks."""

MIN_REPEAT, MAX_REPEAT = 4, 30
"""Words of a headline that stands twice: in the page's title and above the article."""

MAX_HEAD_WORDS = 400
"""Words of the first piece in which the headline and the date are looked for: a menu has 150."""

MAX_LABEL = 80
"""Characters of a byline before its date."""

MIN_AD_CHARS = 5
"""Characters of the shortest ad marker that is cut off the sentence it was glued to: "Ad" and "PR" begin sentences."""

_ITEM_RE = re.compile(r"\s(?=[•◦▪·*] \S)")  # "Home • News • Sport"
_WIDE_RE = re.compile(r"[ \t\xa0]{2,}")
_STOP_RE = re.compile(
    r"[.!?…]{1,4}[\"”’»)\]]{0,3}\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"“„«¿¡©(\[\d])|[。！？]{1,3}[」』”）]{0,2}"
)  # 'said.” The', "終わった。"
_ABBREVIATION_RE = re.compile(r"(?:^|[\s(\"“])(?:[^\W\d_]{1,3}|\d{1,2})\.$")  # "Dr.", "J.", "4." of "4. Juli"
_LABEL_RE = re.compile(
    r"\s(?=(?:by|von|par|por|door|written by|autore?:|auteur:|автор:?|posted|published|updated|veröffentlicht|"
    r"erschienen|publié|publicado|pubblicato|gepubliceerd|publicerad|publisert|opublikowano|zveřejněno|опубликовано|опубліковано|"
    r"yayınlanma|diterbitkan)[\s:](?!(?:the|a|an|der|die|das|dem|le|la|el)\s))",
    re.I,
)  # " By Ann Lee", " Veröffentlicht am": where the headline ends
_DATE_RE = re.compile(
    r"(?:(?:19[89]|20[0-4])\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)"
    r"(?:[ T,;|–-]{1,4}(?:at |um |à )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:UTC|GMT|[CE][ES]?T))?)?"
)  # "2025", "4.7.25", "2025, 10:30 am CET"


def split_glued(rows: list[Row]) -> list[Row]:
    """Return the rows with an endless one cut into paragraphs, each under a blank line."""
    longest = max(rows, key=lambda row: len(row.text), default=None)
    if longest is None or longest.end - longest.indent < MIN_GLUED:
        return rows
    if len(longest.text) < MIN_GLUED_SHARE * sum(len(row.text) for row in rows):
        return rows
    found: list[Row] = []
    for row in rows:
        if row is longest:
            pieces = _pieces(row.text[:MAX_GLUED])
            if len(row.text) > MAX_GLUED:
                pieces.append(row.text[MAX_GLUED:])
            pieces = lump([piece for piece in pieces if any(map(str.isalnum, piece))])
            found += [replace(row, text=piece, gap=1, end=row.indent + len(piece)) for piece in pieces]
        else:
            found.append(row)
    return found


def _pieces(text: str) -> list[str]:
    wide = [piece.strip() for piece in _WIDE_RE.split(text)]
    if len(wide) >= MIN_PIECES:
        return wide
    sentences = list(_sentences(text))
    head, first = _head(sentences[0])
    pieces = [*head, *_paragraphs([*first, *sentences[1:]])]
    return [item for piece in pieces for item in _items(piece)]


def _items(piece: str) -> list[str]:
    """Return a piece cut before its bullets, where it has several."""
    items = _ITEM_RE.split(piece)
    return items if len(items) > 2 else [piece]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP_RE.finditer(text):
        sentence = text[start : stop.end()].strip()
        if not _ABBREVIATION_RE.search(sentence[-6:]):
            yield sentence
            start = stop.end()
    if text[start:].strip():
        yield text[start:].strip()


def _paragraphs(sentences: Sequence[str]) -> list[str]:
    """Return sentences joined to paragraphs; what names an owner of the text stands alone."""
    found: list[str] = []
    is_open = False
    for sentence in sentences:
        lower = sentence.lower()
        is_plain = not any(mark in lower for mark in COPYRIGHT_MARKS)
        marker = lower.split(maxsplit=1)[0]
        if len(marker) >= MIN_AD_CHARS and marker in AD_MARKERS:
            found.append(sentence[: len(marker)])
            sentence = sentence[len(marker) :].strip()
            is_open = False
        if is_open and is_plain:
            found[-1] += " " + sentence
        else:
            found.append(sentence)
        is_open = is_plain and len(found[-1]) < PARAGRAPH
    return found


def _head(text: str) -> tuple[list[str], list[str]]:
    """Return menu, headline and byline of what stands before the first full stop, then the sentence below."""
    words = text.split()
    head, rest = words[:MAX_HEAD_WORDS], words[MAX_HEAD_WORDS:]
    repeat = _repeat(_above_date(head))
    pieces: list[str] = []
    if repeat:
        first, second, size = repeat
        pieces = [" ".join(part) for part in (head[:first], head[first : first + size], head[first + size : second])]
        pieces.append(" ".join(head[second : second + size]))
        head = head[second + size :]
    below = " ".join([*head, *rest])
    dates = list(_DATE_RE.finditer(" ".join(head)))
    if dates:
        byline, body = _byline_apart(below[dates[-1].end() :].lstrip(" |·•–-"))
        label = below[: dates[-1].end()] + byline
        pieces += _label_apart(label, dates)
    else:
        pieces.append(below)
        body = ""
    return [piece for piece in pieces if piece], [body] if body else []


def _above_date(words: Sequence[str]) -> Sequence[str]:
    """Return the words down to the last date, all without one: below it, the article repeats words of its headline."""
    text = " ".join(words)
    dates = list(_DATE_RE.finditer(text))
    return text[: dates[-1].end()].split() if dates else words


def _byline_apart(text: str) -> tuple[str, str]:
    """Return the byline that a text begins with, "By Ann Lee" of "By Ann Lee The council", and what follows it."""
    words = text.split(" ", 4)
    if len(words) < 5 or not starts_with_by(text) or not is_given_name(words[1]):
        return "", text
    size = 4 if is_given_name(words[2]) or words[2].endswith(".") else 3
    return " " + " ".join(words[:size]), " ".join(words[size:])


def _label_apart(text: str, dates: Sequence[re.Match[str]]) -> list[str]:
    """Return the headline and the byline with its date, told by the word that a byline or date line begins with."""
    starts = [label.end() for label in _LABEL_RE.finditer(text, max(0, dates[0].start() - MAX_LABEL), dates[-1].end())]
    return [text[: starts[0]].strip(), text[starts[0] :]] if starts else [text]


def _repeat(words: Sequence[str]) -> tuple[int, int, int] | None:
    """Return where the longest run of words that stands twice begins, first and second time, and its length."""
    places: dict[tuple[str, ...], int] = {}
    best: tuple[int, int, int] | None = None
    for start in range(len(words) - MIN_REPEAT + 1):
        first = places.setdefault(tuple(words[start : start + MIN_REPEAT]), start)
        if first + MIN_REPEAT > start:
            continue
        size = MIN_REPEAT
        while size < MAX_REPEAT and first + size < start and start + size < len(words):
            if words[first + size] != words[start + size]:
                break
            size += 1
        if best is None or size > best[2]:
            best = (first, start, size)
    return best
