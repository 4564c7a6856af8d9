"""Runs → a line of Markdown: marks, code, links, images, formulas, and escaped text between them.

Where CommonMark would not read `**` as meant (inside words, beside CJK punctuation) the mark is an HTML element.
Blocks do not belong here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newsclean.document import CodeSpan, FootnoteReference, Image, LineBreak, Link, Raw, Text
from newsclean.render.escape import Line, Stretch, escape, is_plain, may_close, may_open, surely_closes, surely_opens
from newsclean.render.flavors import DIALECTS, SPACELESS
from newsclean.render.runs import lone_text, runs, without_breaks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.document import Inline
    from newsclean.render.flavors import Dialect
    from newsclean.render.runs import Mark, Run

Place = Literal["paragraph", "heading", "cell"]

_ELEMENTS = {
    "emphasis": "em",
    "strong": "strong",
    "strike": "del",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "insert": "ins",
}
# Runs of backticks in code: "``".
_BACKTICKS_RE = re.compile(r"`+")
# A dollar sign that LaTeX does not see as escaped: "$" in "a$", not in "a\\$".
_BARE_DOLLAR_RE = re.compile(r"(?<!\\)\$")
# A bracket, which inside a link's text would have to be escaped.
_BRACKET_RE = re.compile(r"[\[\]]")
# "(", ")".
_PARENTHESIS_RE = re.compile(r"[()]")
# What a Markdown reader would decode inside an address: "&copy;", "&#58;".
_REFERENCE_LIKE_RE = re.compile(r"&#?[A-Za-z0-9]{1,32};")

_MAX_PARENTHESES = 3
"""Nested parentheses that every Markdown reader takes in an address (CommonMark demands this many)."""


@dataclass(slots=True)
class _Piece:
    """A stretch of the line: text, markup, or one end of a mark whose form (delimiter or element) is still open."""

    source: str
    kind: Literal["text", "markup", "open", "close"] = "markup"
    label: bool = False
    style: str = ""
    partner: int = -1
    """For an end of a mark, the index of its other end."""
    nested: bool = False
    """The mark stands in, or holds, another mark made of the same character."""

    @property
    def delimiter(self) -> str:
        """The character that this end of a mark is made of, "" where it is none."""
        return self.source[0] if self.kind in ("open", "close") and not self.source.startswith("<") else ""


def render_inline(
    content: Sequence[Run], labels: Mapping[str, str], place: Place = "paragraph", dialect: Dialect = DIALECTS["gfm"]
) -> str:
    """Return `content` as Markdown; `labels` are the footnotes' labels, others are not set as marks."""
    content = without_breaks(content) if place == "heading" else content
    if len(content) == 1 and isinstance(content[0].leaf, Text) and not content[0].marks:  # most paragraphs
        text = content[0].leaf.text
        line = Line(text, [Stretch(0, len(text))])
    else:
        pieces = _pieces(content, labels, place, dialect)
        _settle(pieces)
        line = _line(pieces)
    source = escape(line, starts_block=place == "paragraph", heading=place == "heading", special=dialect.special)
    return source.replace("|", "\\|") if place == "cell" else source


def _line(pieces: Sequence[_Piece]) -> Line:
    stretches: list[Stretch] = []
    length = 0
    for piece in pieces:
        if piece.kind == "text":
            stretches.append(Stretch(length, length + len(piece.source), piece.label))
        length += len(piece.source)
    has_dollars = any("$" in piece.source for piece in pieces if piece.kind != "text")
    return Line("".join(piece.source for piece in pieces), stretches, has_dollars)


# --- runs → pieces --------------------------------------------------------------------------------------------------


def _pieces(content: Sequence[Run], labels: Mapping[str, str], place: Place, dialect: Dialect) -> list[_Piece]:
    pieces: list[_Piece] = []
    open_marks: list[tuple[Mark, int]] = []
    for index, run in enumerate(content):
        kept = _common(open_marks, run.marks)
        _close(pieces, open_marks, kept)
        for mark in run.marks[kept:]:
            open_marks.append((mark, len(pieces)))
            pieces.append(_opening(mark, open_marks, pieces, dialect))
        following = content[index + 1].leaf if index + 1 < len(content) else None
        pieces.extend(_leaf(run, labels, place, pieces, following, dialect))
    _close(pieces, open_marks, 0)
    return pieces


def _common(open_marks: Sequence[tuple[Mark, int]], marks: Sequence[Mark]) -> int:
    count = 0
    for (one, _), other in zip(open_marks, marks, strict=False):
        if one != other:
            break
        count += 1
    return count


def _opening(mark: Mark, open_marks: Sequence[tuple[Mark, int]], pieces: Sequence[_Piece], dialect: Dialect) -> _Piece:
    if isinstance(mark, Link):
        return _Piece("[")
    delimiter = dialect.delimiters.get(mark)
    if delimiter is None:
        return _Piece(f"<{_ELEMENTS[mark]}>")
    piece = _Piece(delimiter, "open", style=mark)
    for _, index in open_marks[:-1]:
        if pieces[index].kind == "open" and pieces[index].source[0] == delimiter[0]:
            piece.nested = pieces[index].nested = True
    return piece


def _close(pieces: list[_Piece], open_marks: list[tuple[Mark, int]], kept: int) -> None:
    while len(open_marks) > kept:
        mark, index = open_marks.pop()
        if isinstance(mark, Link):
            pieces.append(_Piece(f"]({destination(mark.href, mark.title)})"))
        elif pieces[index].kind == "open":
            pieces[index].partner = len(pieces)
            pieces.append(_Piece(pieces[index].source, "close", style=mark, partner=index))
        else:
            pieces.append(_Piece(f"</{_ELEMENTS[mark]}>"))


def _leaf(
    run: Run,
    labels: Mapping[str, str],
    place: Place,
    before: Sequence[_Piece],
    following: object,
    dialect: Dialect,
) -> list[_Piece]:
    leaf = run.leaf
    label = any(isinstance(mark, Link) for mark in run.marks)
    if isinstance(leaf, Text):
        return [_Piece(leaf.text, "text", label)]
    if isinstance(leaf, CodeSpan):
        return _code(leaf.text, place, before, label)
    if isinstance(leaf, Image):
        tail = f"]({destination(leaf.src, leaf.title)})"
        return [_Piece("!["), _Piece(leaf.alt, "text", True), _Piece(tail)]
    if isinstance(leaf, Raw):
        return [_Piece(leaf.text if place == "paragraph" else leaf.text.replace("\n", " "))]
    if isinstance(leaf, LineBreak):
        return [_Piece("<br>" if place == "cell" else "\\\n")]
    if isinstance(leaf, FootnoteReference):
        known = labels.get(leaf.label)
        if known and not dialect.footnotes:
            return [_Piece(f"\\[{known}]")]
        return [_Piece(f"[^{known}]")] if known else [_Piece(f"[{leaf.label}]", "text", label)]
    if dialect.math and _is_formula(leaf.latex, before, following) and not (label and _BRACKET_RE.search(leaf.latex)):
        return [_Piece(f"${leaf.latex}$")]
    return _code(leaf.latex, place, before, label)


def _code(text: str, place: Place, before: Sequence[_Piece], label: bool) -> list[_Piece]:
    if (before and before[-1].source.endswith("`") and before[-1].kind != "text") or (
        place == "cell" and "\\|" in text
    ):
        # Backticks of two neighbours would be one run, and GFM's tables take a backslash for the pipe's escape.
        return [_Piece("<code>"), _Piece(text, "text", label), _Piece("</code>")]
    longest = {len(run) for run in _BACKTICKS_RE.findall(text)}
    fence = "`" * next(length for length in range(1, len(longest) + 2) if length not in longest)
    padded = text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " ")
    return [_Piece(f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}")]


def _is_formula(latex: str, before: Sequence[_Piece], following: object) -> bool:
    """Return whether `$…$` will be read as this formula: a dollar sign in it or a digit beside it prevents that."""
    previous = before[-1].source[-1:] if before else ""
    next_text = following.text if isinstance(following, Text) else ""
    beside_digit = previous.isdigit() or next_text[:1].isdigit()
    return not (beside_digit or _BARE_DOLLAR_RE.search(latex) or latex.endswith(("\\", "$")))


def destination(address: str, title: str | None) -> str:
    """Return the part of a link or image between its parentheses; `address` is percent-encoded already."""
    if not _balanced(address):
        address = address.replace("(", "%28").replace(")", "%29")
    address = address.replace("&", "&amp;") if _REFERENCE_LIKE_RE.search(address) else address
    if title is None:
        return address
    quoted = title.replace("\\", "\\\\").replace('"', '\\"').replace("&", "\\&").replace("$", "\\$")
    return f'{address} "{quoted}"'


def _balanced(address: str) -> bool:
    depth = 0
    for char in _PARENTHESIS_RE.findall(address):
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= _MAX_PARENTHESES:
            return False
    return depth == 0


# --- delimiter or element -------------------------------------------------------------------------------------------


def _settle(pieces: list[_Piece]) -> None:
    """Make elements of the marks that delimiters cannot express; inner marks first, since outer ones depend on them."""
    for index, piece in enumerate(pieces):
        if piece.kind == "close" and not _readable(pieces, piece.partner, index):
            element = _ELEMENTS[piece.style]
            pieces[piece.partner].source = f"<{element}>"
            piece.source = f"</{element}>"


def _readable(pieces: Sequence[_Piece], start: int, end: int) -> bool:
    """Return whether the delimiters at `start` and `end` will be read as this pair.

    They do if the one only opens and the other only closes: then pairs match like parentheses. A mark inside a word
    may do both, which is harmless while no other mark of its character is open around it or in it.
    """
    if _touches_sibling(pieces, start):
        return False
    if pieces[start].source in SPACELESS:
        return not any(char.isspace() for piece in pieces[start:end] for char in piece.source)
    opening, closing = _around(pieces, start), _around(pieces, end)
    if not (surely_opens(*opening) and surely_closes(*closing)):
        return False
    return not pieces[start].nested or not (may_close(*opening) or may_open(*closing))


def _touches_sibling(pieces: Sequence[_Piece], start: int) -> bool:
    """Return whether a mark that ended just before would run into this one: `*a**b*`."""
    before = pieces[start - 1] if start else None
    return before is not None and before.kind == "close" and before.delimiter == pieces[start].delimiter


def _around(pieces: Sequence[_Piece], index: int) -> tuple[str, str]:
    """Return the characters around the run of delimiters that the end at `index` belongs to."""
    first = last = index
    while first and _same_run(pieces[first - 1], pieces[index]):
        first -= 1
    while last + 1 < len(pieces) and _same_run(pieces[last + 1], pieces[index]):
        last += 1
    before = pieces[first - 1].source[-1:] if first else ""
    after = pieces[last + 1].source[:1] if last + 1 < len(pieces) else ""
    return before, after


def _same_run(one: _Piece, other: _Piece) -> bool:
    return one.kind == other.kind and one.delimiter == other.delimiter != ""


@dataclass(frozen=True, slots=True)
class Writer:
    """The options, the footnotes' labels, and which of them were referred to so far."""

    links: bool
    images: bool
    labels: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    dialect: Dialect = DIALECTS["gfm"]

    def runs(self, content: Sequence[Inline]) -> list[Run]:
        """Return `content` as runs under the options."""
        return runs(content, links=self.links, images=self.images)

    def line(self, content: Sequence[Run], place: Place = "paragraph") -> str:
        """Return `content` as Markdown and remember the footnotes it refers to."""
        self.used.update(run.leaf.label for run in content if isinstance(run.leaf, FootnoteReference))
        return render_inline(content, self.labels, place, self.dialect)

    def inline(self, content: Sequence[Inline], place: Place = "paragraph") -> str:
        """Return inline `content` as Markdown."""
        text = lone_text(content)
        special = self.dialect.special
        if text is not None and place != "cell" and is_plain(text) and not (special and special.search(text)):
            return text
        return self.line(self.runs(content), place)
