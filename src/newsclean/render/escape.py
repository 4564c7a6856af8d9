"""A line of text among Markdown markup → the places that need a backslash, and no others.

The whole line enters, with the spans of it that are text: whether a character is active depends on its neighbours,
which may be markup. CommonMark, GFM extensions, `$` formulas and footnotes count; what a single program knows does
not."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@lru_cache(maxsize=4096)
def _readings(char: str) -> tuple[str, ...]:
    """Return how `char` ("" at an edge) may be read: as space, punctuation or letter; a symbol in two ways."""
    if not char or char.isspace():
        return ("space",)
    if char in _ASCII_PUNCTUATION or unicodedata.category(char).startswith("P"):
        return ("punctuation",)
    return ("punctuation", "letter") if unicodedata.category(char).startswith("S") else ("letter",)


def _left(before: str, after: str) -> bool:
    return after != "space" and (after == "letter" or before != "letter")


def _answers(before: str, after: str) -> list[bool]:
    """Return, for each reading, whether a run between these characters is left-flanking."""
    return [_left(one, other) for one in _readings(before) for other in _readings(after)]


def surely_opens(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is left-flanking in every reading."""
    return all(_answers(before, after))


def surely_closes(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is right-flanking in every reading."""
    return all(_answers(after, before))


def may_open(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is left-flanking in some reading."""
    return any(_answers(before, after))


def may_close(before: str, after: str) -> bool:
    """Return whether a run between `before` and `after` is right-flanking in some reading."""
    return any(_answers(after, before))


def inside_word(before: str, after: str) -> bool:
    """Return whether both neighbours are letters in every reading, where `_` is never emphasis."""
    return _readings(before) == ("letter",) == _readings(after)


_PAIRED = "~$"
"""Characters of which one alone says nothing: where one has to be escaped, its partner is too."""

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

# What may be markup inside a line; runs of one delimiter are judged together: "**", "``", "[", "&". It begins with a
# set of characters, since re looks for those without trying each alternative everywhere: a seventh of the time.
_ACTIVE_RE = re.compile(r"[*_~`$\\\[\]<&!^](?:(?<=\*)\**|(?<=_)_*|(?<=~)~*|(?<=`)`*|(?<=\$)\$*|)")
# A character reference: "&amp;", "&#39;", "&#x27;".
_REFERENCE_RE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# A tag, comment or address in angle brackets: "<b", "</b", "<!--", "<me@example.org".
_ANGLE_RE = re.compile(r"<(?:[A-Za-z/!?]|[\w.!#$%&'*+/=?^`{|}~-]+@)")
# What starts a block: "# ", "- ", "12. ", "> ". The mark to escape is the last character of the match.
_BLOCK_RE = re.compile(r"(?:#(?=#{0,5}(?:[ \t]|$))|[-+*](?=[ \t]|$)|[0-9]{1,9}[.)](?=[ \t]|$)|>)", re.M)
# A line that is a divider, a heading's underline or a table's delimiter row: "---", "* * *", "| --- |".
_RULER_RE = re.compile(r"[-_*:| ]+$", re.M)
# A heading's underline, which needs a line above (a callout's kind is one): "===".
_UNDERLINE_RE = re.compile(r"=+ *$", re.M)
# A task's box or a callout's kind: "[ ] ", "[x] ", "[!NOTE]".
_BOX_RE = re.compile(r"\[(?:[ xX]\](?:\s|$)|!)")
# The marks that close a heading: "Title #".
_CLOSING_RE = re.compile(r"(?:^| )(#+)$")


_OPENS_RE = re.compile(r"\$(?!\s)")  # "$x": not "R$ 7"
# What stands in a text of which a character is active where no markup is around: "!" and "^" need a bracket.
_SUSPECT_RE = re.compile(r"[*_~`$\\\[\]<&]")
_BLOCK_STARTS = frozenset("#+-=>|:0123456789")


def is_plain(text: str) -> bool:
    """Return whether a text on one line surely needs no backslash, as a paragraph or heading of its own."""
    return text[:1] not in _BLOCK_STARTS and text[-1:] != "#" and _SUSPECT_RE.search(text) is None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part [start, end) of a line that is text; inside a link or image label brackets have to be escaped."""

    start: int
    end: int
    label: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph's, heading's or cell's whole source before escaping, and which of it is text."""

    raw: str
    stretches: list[Stretch]
    has_dollars: bool = False
    """Dollar signs are in the markup: formulas, or code, where some readers look for the end of a formula."""
    first_bracket: int = field(init=False)
    first_tilde: int = field(init=False)
    lone_backtick: bool = field(init=False)
    may_be_math: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.first_bracket = self.raw.find("[")
        self.first_tilde = self.raw.find("~")
        self.lone_backtick = self.raw.count("`") < 2

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Return the characters before `start` and at `end`, "" at the edges."""
        return self.raw[start - 1 : start] if start else "", self.raw[end : end + 1]


def escape(
    line: Line, *, starts_block: bool = False, heading: bool = False, special: re.Pattern[str] | None = None
) -> str:
    """Return the line's source with a backslash before every character that would not be read as text.

    `special` finds those that only one reader takes for markup.
    """
    places = _active_places(line)
    if special is not None:
        places |= _text_only(line, {match.start() for match in special.finditer(line.raw)})
    if starts_block:
        places |= _text_only(line, _block_places(line.raw))
    if heading:
        places |= _text_only(line, {match.start(1) for match in _CLOSING_RE.finditer(line.raw)})
    if not places:
        return line.raw
    parts: list[str] = []
    done = 0
    for place in sorted(places):
        parts += (line.raw[done:place], "\\")
        done = place
    parts.append(line.raw[done:])
    return "".join(parts)


def _active_places(line: Line) -> set[int]:
    places: set[int] = set()
    for stretch in line.stretches:
        if stretch.start < stretch.end and _follows_mark(line, stretch.start):
            places.add(stretch.start)
        for match in _ACTIVE_RE.finditer(line.raw, stretch.start, stretch.end):
            start, end = match.span()
            if _JUDGES[match[0][0]](line, stretch, start, end):
                places.update(range(start, end))
    for char in _PAIRED:  # escaped whole or not at all: "~rough\~" is neither
        if any(line.raw[place] == char for place in places):
            places |= _text_only(line, {place for place, found in enumerate(line.raw) if found == char})
    return places


def _follows_mark(line: Line, start: int) -> bool:
    """Return whether a text that begins with `(` or `:` stands right after a footnote's mark.

    `(` would make a link of the mark; `:` after a mark that starts a line would make it the footnote itself.
    """
    first, raw = line.raw[start], line.raw
    if first not in "(:" or line.around(start, start)[0] != "]":
        return False
    mark = raw.rfind("[", 0, start)
    return first == "(" or (raw.startswith("[^", mark) and raw[mark - 1 : mark] in ("", "\n"))


def _text_only(line: Line, places: set[int]) -> set[int]:
    starts = [stretch.start for stretch in line.stretches]
    inside: set[int] = set()
    for place in places:
        index = bisect_right(starts, place) - 1
        if index >= 0 and place < line.stretches[index].end:
            inside.add(place)
    return inside


def _block_places(raw: str) -> set[int]:
    """Return where blocks would start; each line counts, since most blocks may interrupt a paragraph."""
    places = set()
    start = 0
    while True:
        if block := _BLOCK_RE.match(raw, start):
            places.add(block.end() - 1)
        if _is_ruler(raw, start) or _UNDERLINE_RE.match(raw, start):
            places.add(start)
        start = raw.find("\n", start) + 1
        if not start:
            break
    # A definition of a link's or footnote's target ("[a]: …") is one at the start of a paragraph only.
    if raw.startswith("[") and ("]:" in raw or _BOX_RE.match(raw)):
        places.add(0)
    return places


def _is_ruler(raw: str, start: int) -> bool:
    ruler = _RULER_RE.match(raw, start)
    return ruler is not None and any(mark in ruler[0] for mark in "-_*")


# --- one judge a character: does this run of it, seen in its line, need escaping? ------------------------------------


def _backslash(line: Line, _stretch: Stretch, _start: int, end: int) -> bool:
    return line.raw[end : end + 1] in _PUNCTUATION


def _star(line: Line, _stretch: Stretch, start: int, end: int) -> bool:
    before, after = line.around(start, end)
    return "*" in (before, after) or may_open(before, after) or may_close(before, after)


def _underscore(line: Line, _stretch: Stretch, start: int, end: int) -> bool:
    before, after = line.around(start, end)
    return not inside_word(before, after) and (may_open(before, after) or may_close(before, after))


def _tilde(line: Line, _stretch: Stretch, start: int, end: int) -> bool:
    before, after = line.around(start, end)
    if end - start > 1 or "~" in (before, after):
        return True
    return line.first_tilde < start and may_close(before, after)


def _backtick(line: Line, _stretch: Stretch, _start: int, _end: int) -> bool:
    return not line.lone_backtick


def _dollar(line: Line, _stretch: Stretch, start: int, end: int) -> bool:
    """Escape what closes a formula, and where markup could close one also what opens it."""
    before, after = line.around(start, end)
    if line.has_dollars or end - start > 1:  # "R$ 7" opens nothing, and closes nothing where nothing is open
        return end - start > 1 or not after.isspace() or _OPENS_RE.search(line.raw, 0, start) is not None
    closes = line.may_be_math and not before.isspace() and not after.isdigit()
    line.may_be_math = line.may_be_math or bool(after and not after.isspace())
    return closes


def _opening_bracket(line: Line, stretch: Stretch, start: int, _end: int) -> bool:
    return stretch.label or line.raw.startswith("^", start + 1)


def _closing_bracket(line: Line, stretch: Stretch, start: int, end: int) -> bool:
    return stretch.label or (line.raw.startswith("(", end) and line.first_bracket < start)


def _angle(line: Line, _stretch: Stretch, start: int, _end: int) -> bool:
    return _ANGLE_RE.match(line.raw, start) is not None


def _ampersand(line: Line, _stretch: Stretch, start: int, _end: int) -> bool:
    return _REFERENCE_RE.match(line.raw, start) is not None


def _exclamation(line: Line, stretch: Stretch, _start: int, end: int) -> bool:
    """`!` before a link's bracket makes an image of it; before a bracket of text it is text."""
    return end == stretch.end and line.raw.startswith("[", end)


def _caret(line: Line, stretch: Stretch, start: int, end: int) -> bool:
    """`^[` starts a footnote, and `[^` does where the bracket is a link's."""
    return line.raw.startswith("[", end) or (stretch.label and line.around(start, end)[0] == "[")


_JUDGES: dict[str, Callable[[Line, Stretch, int, int], bool]] = {
    "\\": _backslash,
    "*": _star,
    "_": _underscore,
    "~": _tilde,
    "`": _backtick,
    "$": _dollar,
    "[": _opening_bracket,
    "]": _closing_bracket,
    "<": _angle,
    "&": _ampersand,
    "!": _exclamation,
    "^": _caret,
}
