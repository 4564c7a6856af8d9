"""Lists and notes that are typed rather than marked up → elements: bullets and numbers in lines or paragraphs, ARIA
roles, several notes in one paragraph. The text loses what the element says: "•", "1."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.tree.signs import Signs

    Element = etree._Element

MAX_ITEM = 150
"""Characters past which what follows a dash is speech rather than an item."""

MIN_RUN = 2
"""Lines or paragraphs from which marks in front of them make a list."""

MAX_MARK = 4
"""Characters of a mark, the longest being "(12)"."""

NEAR = 4
"""Elements at the start of a line among which its first text is looked for."""

_BULLET_RE = re.compile(r"\s*[•‣◦▪▫●○■□∙·►▶➤➢❖✓✔★☆♦◆⁃]\s*")  # "• "
_DASH_RE = re.compile(r"\s*[-–—*](?:\s+|$)")  # "– "
_NUMBER_RE = re.compile(r"\s*\(?(\d{1,2})(?:[.)](?:\s+|$)|[、．]\s?)")  # "1. ", "(2) ", "3、"
_LETTER_RE = re.compile(r"\s*\(?([a-z])\)(?:\s+|$)")  # "a) "
_CIRCLED_RE = re.compile(r"\s*([①-⑳])\s*")  # "①"
_NOTE_RE = re.compile(r"\s*[\[(]?(?:\d{1,3}|\*{1,3}|※\d{0,2})[\])]?[.:]?\s*$")  # "[1]", "2."
_TYPED_NOTE_RE = re.compile(r"\s*(?:\[\d{1,2}\]|[(（]?[※注註]\s?\d|[¹²³⁴⁵⁶⁷⁸⁹])")  # "[1] ", "※1"
_SPEECH_END = '.?!…»”"'
_ROLES = {
    "list": "ul",
    "listitem": "li",
    "table": "table",
    "grid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_LINE_HOMES = frozenset("p div td li blockquote dd center font span section".split())
_LINE_PARTS = frozenset("a b strong i em span font sup sub code u s small q cite abbr img br mark time".split())


def mend_lists(root: Element, signs: Signs) -> None:
    """Make elements of lists and notes that are only typed; the signs tell what to look for."""
    if not signs.roles.isdisjoint(_ROLES):
        _apply_roles(root)
    for home in dict.fromkeys(br.getparent() for br in root.iter("br")) if "br" in signs.tags else ():
        if home is not None and home.tag in _LINE_HOMES:
            _mend_lines(home)
    _mend_paragraphs(root)


def _apply_roles(root: Element) -> None:
    for element in root.iter("div", "span"):
        role = element.get("role")
        if role in _ROLES:
            element.tag = _ROLES[role]


# --- marks ----------------------------------------------------------------------------------------------------------


class _Mark:
    """What stands in front of an item: its kind, its number, and the text that it stands in."""

    __slots__ = ("home", "kind", "number", "rest")

    def __init__(self, kind: str, number: int, home: Element | None, rest: str) -> None:
        self.kind, self.number, self.home, self.rest = kind, number, home, rest


def _mark(text: str | None, home: Element | None) -> _Mark | None:
    """Return the mark at the start of a text, which is the text of `home`."""
    start = text.lstrip()[:2] if text else ""
    if not text or (start[:1].isalpha() and not start.endswith(")")):  # as nearly all texts
        return None
    for kind, pattern in (("bullet", _BULLET_RE), ("dash", _DASH_RE)):
        if match := pattern.match(text):
            return _Mark(kind, 0, home, text[match.end() :])
    if match := _NUMBER_RE.match(text):
        return _Mark("number", int(match[1]), home, text[match.end() :])
    if match := _LETTER_RE.match(text):
        return _Mark("letter", ord(match[1]) - ord("a") + 1, home, text[match.end() :])
    if match := _CIRCLED_RE.match(text):
        return _Mark("number", ord(match[1]) - ord("①") + 1, home, text[match.end() :])
    return None


def _first_text(element: Element) -> Element | None:
    """Return the element whose text comes first in one, if it is inline all the way."""
    inner: Element = element
    for _ in range(NEAR):
        if inner.text and not inner.text.isspace():
            return inner
        if not len(inner) or inner[0].tag not in _LINE_PARTS or inner[0].tag in ("img", "br", "sup"):
            return None
        inner = inner[0]
    return None


def _element_mark(element: Element) -> _Mark | None:
    home = _first_text(element)
    return _mark(home.text, home) if home is not None else None


def _runs(marks: Sequence[_Mark | None]) -> Iterator[tuple[int, int]]:
    """Yield where marks of one kind follow each other, their numbers counting up from 1."""
    start = 0
    for index in range(1, len(marks) + 1):
        before, mark = marks[index - 1], marks[index] if index < len(marks) else None
        goes_on = before is not None and mark is not None and mark.kind == before.kind
        if goes_on and mark is not None and before is not None and mark.number:
            goes_on = mark.number == before.number + 1
        if not goes_on:
            first = marks[start]
            if first is not None and index - start >= MIN_RUN and first.number in (0, 1):
                yield start, index
            start = index


def _new_list(mark: _Mark) -> Element:
    made = etree.Element("ul" if mark.number == 0 else "ol")
    if mark.kind == "letter":
        made.set("type", "a")
    return made


# --- lines ----------------------------------------------------------------------------------------------------------


class _Line:
    """What stands between two line breaks: text, then elements with their tails."""

    __slots__ = ("elements", "text")

    def __init__(self, text: str | None) -> None:
        self.text = text
        self.elements: list[Element] = []

    def mark(self) -> _Mark | None:
        """Return the mark at its start."""
        if self.text and not self.text.isspace():
            found = _mark(self.text, None)
            return found if found is not None and (found.rest or self.elements) else None
        if not self.elements or self.elements[0].tag not in _LINE_PARTS:
            return None
        found = _element_mark(self.elements[0])
        return found if found is not None and (found.rest or len(self.shown()) > MAX_MARK) else None

    def is_note(self) -> bool:
        """Return whether it begins with the raised or linked number of a note."""
        if self.text and not self.text.isspace():
            return _TYPED_NOTE_RE.match(self.text) is not None
        elements = [element for element in self.elements if element.tag != "a" or self._says_something(element)]
        if not elements:
            return False
        first = elements[0]
        if first.tag not in ("sup", "a") or not (first.tail and not first.tail.isspace()):
            return False
        return _NOTE_RE.match("".join(map(str, first.itertext()))) is not None

    @staticmethod
    def _says_something(anchor: Element) -> bool:
        return bool("".join(map(str, anchor.itertext())).strip() or (anchor.tail or "").strip())

    def shown(self) -> str:
        """Return its text."""
        parts = [self.text or ""]
        for element in self.elements:
            parts += [*map(str, element.itertext()), element.tail or ""]
        return "".join(parts).strip()

    def fill(self, home: Element) -> None:
        """Put all of it at the end of an element."""
        _add_text(home, self.text)
        home.extend(self.elements)


def _add_text(home: Element, text: str | None) -> None:
    if text:
        if len(home):
            home[-1].tail = (home[-1].tail or "") + text
        else:
            home.text = (home.text or "") + text


def _mend_lines(home: Element) -> None:
    """Make lists of the lines of an element that begin with marks, and elements of those that are notes."""
    lines = [_Line(home.text)]
    for child in home:
        if child.tag == "br":
            lines.append(_Line(child.tail))
        elif child.tag in _LINE_PARTS:
            lines[-1].elements.append(child)
        else:
            lines.append(_Line(None))
            lines[-1].elements.append(child)
    if len(lines) > MIN_RUN - 1 and sum(line.is_note() for line in lines) >= MIN_RUN:
        _rebuild(home, lines, [], [line.is_note() for line in lines])
        return
    marks = [line.mark() for line in lines]
    runs = [run for run in _runs(marks) if _are_items(lines, marks, *run)]
    if runs:
        _rebuild(home, lines, runs, [False] * len(lines), marks)


def _are_items(lines: Sequence[_Line], marks: Sequence[_Mark | None], start: int, end: int) -> bool:
    """Return whether lines with dashes are items rather than what people say to each other."""
    first = marks[start]
    if first is None or first.kind != "dash":
        return True
    shown = [line.shown() for line in lines[start:end]]
    speech = sum(text.endswith(tuple(_SPEECH_END)) for text in shown) * 2 > len(shown)
    before = next((said for line in reversed(lines[max(start - 2, 0) : start]) if (said := line.shown())), "")
    announced = before.endswith((":", "：")) or (len(shown) > MIN_RUN and not speech)
    return announced and all(len(text) <= MAX_ITEM for text in shown)


def _rebuild(
    home: Element,
    lines: Sequence[_Line],
    runs: Sequence[tuple[int, int]],
    notes: Sequence[bool],
    marks: Sequence[_Mark | None] = (),
) -> None:
    home.text = None
    for child in list(home):
        home.remove(child)
    starts = dict(runs)
    open_list: Element | None = None
    until = 0
    is_first = True
    for index, line in enumerate(lines):
        if index in starts:
            first = marks[index]
            assert first is not None
            open_list, until = _new_list(first), starts[index]
            home.append(open_list)
        if index < until and open_list is not None:
            item = etree.SubElement(open_list, "li")
            _strip(line, marks[index])
            line.fill(item)
            is_first = True
        elif notes[index]:
            line.fill(etree.SubElement(home, "div"))
            is_first = True
        elif line.shown() or line.elements:
            is_box = bool(line.elements) and line.elements[0].tag not in _LINE_PARTS
            if not is_first and not is_box:
                etree.SubElement(home, "br")
            line.fill(home)
            is_first = is_box and not line.elements[-1].tail
        elif not is_first:
            etree.SubElement(home, "br")


def _strip(line: _Line, mark: _Mark | None) -> None:
    if mark is not None and mark.home is None:
        line.text = mark.rest
    elif mark is not None and mark.home is not None:
        mark.home.text = mark.rest


# --- paragraphs -----------------------------------------------------------------------------------------------------


def _mend_paragraphs(root: Element) -> None:
    """Make lists of paragraphs side by side that begin with marks."""
    done: set[Element] = set()
    for first in root.iter("p"):
        if first in done or (mark := _paragraph_mark(first)) is None:
            continue
        items, marks = [first], [mark]
        for sibling in first.itersiblings():
            other = _paragraph_mark(sibling) if sibling.tag == "p" and not (items[-1].tail or "").strip() else None
            if other is None:
                break
            items.append(sibling)
            marks.append(other)
        done.update(items)
        for start, end in _runs(marks):
            if _are_paragraph_items(items[start:end], marks[start]):
                _wrap(items[start:end], marks[start:end])


def _paragraph_mark(paragraph: Element) -> _Mark | None:
    """Return the mark that a paragraph begins with, if something follows it."""
    found = _element_mark(paragraph)
    return found if found is not None and (found.rest or len(paragraph) or found.home is not paragraph) else None


def _are_paragraph_items(items: Sequence[Element], mark: _Mark) -> bool:
    if mark.kind != "dash":
        return True
    before = items[0].getprevious()
    announced = before is not None and "".join(map(str, before.itertext())).strip().endswith((":", "："))
    return announced and all(len("".join(map(str, item.itertext()))) <= MAX_ITEM for item in items)


def _wrap(items: Sequence[Element], marks: Sequence[_Mark]) -> None:
    made = _new_list(marks[0])
    items[0].addprevious(made)
    made.tail, items[-1].tail = items[-1].tail, None
    for item, mark in zip(items, marks, strict=True):
        if mark.home is not None:
            mark.home.text = mark.rest
        item.tag = "li"
        made.append(item)
