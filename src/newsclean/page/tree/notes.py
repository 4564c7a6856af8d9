"""Footnotes that are typed, or hidden in attributes, → elements: typed marks carry their number in an attribute, and a
note that a script shows on demand stands behind its mark."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.tree.signs import Signs

    Element = etree._Element

MAX_NOTE = 2_000
"""Characters of a note in an attribute."""

MIN_NOTE = 8
"""Characters from which an attribute says more than its mark."""

MARK = "data-note-mark"
"""The attribute that carries the number of a typed mark."""

MAX_TYPED = 60
"""Notes of one series that are looked for."""

_NAMED_ATTRIBUTES = (
    "data-footnote",
    "data-footnote-content",
    "data-footnote-text",
    "data-note",
    "data-bigfoot-footnote",
)
_POPOVERS = ("data-content", "data-bs-content", "data-tippy-content", "data-tooltip", "data-original-title", "title")
"""Attributes in which scripts keep what they show; the latter may be anybody's, and count on marks of notes alone."""

_ATTRIBUTE_RE = re.compile(r"data-(?:footnote|note|bigfoot|content|bs-content|tippy|tooltip|original-title)")
_MARK_RE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[※注]\s?\d{1,2})[\])]?\s*$")  # "1", "[2]", "*"
_NOTE_NAME_RE = re.compile(r"foot-?note|(?:^|[\s_-])(?:fn|note|noteref|endnote|sidenote)(?:$|[\s_-])", re.I)  # "fn-ref"
_INNER_NOTE_RE = re.compile(r"tooltip|popup|popover|content|text|note", re.I)
_TAG_RE = re.compile(r"<[^<>]{0,300}>")  # "<p>"

_TYPED_RE = re.compile(rb"\xe2\x80\xbb\s?1|\xe6\xb3\xa81|\xe8\xa8\xbb1|\xc2\xb9")  # "※1", "注1", "註1", "¹"
_TYPED = (b"\xe2\x80\xbb", b"\xe6\xb3\xa8", b"\xe8\xa8\xbb", b"\xc2\xb9")  # what these begin with
_ASCII = bytes(range(128))
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STYLES = (
    (("1]",), re.compile(r"\[(\d{1,2})\]")),  # "[2]"
    (("※",), re.compile(r"[(（]?※\s?(\d{1,2})[)）]?")),  # "※ 2"
    (("注", "註"), re.compile(r"[\[(（［〔【]?[注註]\s?(\d{1,2})[\])）］〕】]?")),  # "[注2]"
    (("¹",), re.compile(f"([{_RAISED[1:]}][{_RAISED}]?)(?![{_RAISED}])")),  # "²"
)
"""How notes are marked where nothing raises or links the marks: of what the first mark has one, and all marks."""
NEAR = 4
"""Elements around a text among which the paragraph is looked for that it begins."""

_BEHIND_RE = re.compile(r"[\s:：.．、)\]]*")  # ": ", what follows the mark before a note

_HOMES = ("p", "li", "div", "dd", "td", "blockquote")
_OPAQUE = frozenset("script style pre code sup a head title textarea noscript math svg".split())


def mend_notes(root: Element, data: bytes, signs: Signs) -> None:
    """Make elements of notes that are typed or stand in attributes; the signs and the source tell what to look for."""
    if any(map(_ATTRIBUTE_RE.match, signs.attributes)) or _has_titled_mark(root, signs):
        _show_hidden_notes(root)
    if "sup" in signs.tags:
        _part_nested_notes(root)
    letters = data.translate(None, _ASCII)  # few, among which the signs are found faster than on the page
    typed = len(_TYPED_RE.findall(data)) if any(sign in letters for sign in _TYPED) else 0
    if data.count(b"[1]") + typed > 1:
        _raise_typed_marks(root)


def _has_titled_mark(root: Element, signs: Signs) -> bool:
    is_asked = "sup" in signs.tags and "title" in signs.attributes
    return is_asked and any(mark.get("title") is not None for mark in root.iter("sup"))


# --- notes that a script shows ----------------------------------------------------------------------------------------


def _show_hidden_notes(root: Element) -> None:
    """Put the note that an attribute of its mark holds behind the mark."""
    for mark in list(root.iter("a", "sup", "span", "button")):
        text = _hidden_note(mark)
        if text is not None and _MARK_RE.match(_shown(mark)):
            _put_behind(mark, text)


def _hidden_note(mark: Element) -> str | None:
    found = next((value for name in _NAMED_ATTRIBUTES if (value := mark.get(name))), None)
    if found is None and _is_named_note(mark):
        found = next((value for name in _POPOVERS if (value := mark.get(name))), None)
    if not found or len(found) > MAX_NOTE:
        return None
    text = " ".join(_TAG_RE.sub(" ", found).split())
    return text if len(text) >= MIN_NOTE else None


def _is_named_note(mark: Element) -> bool:
    """Return whether an element is the mark of a note by its name or because it is raised."""
    around = mark.getparent()
    if mark.tag == "sup" or (around is not None and around.tag == "sup"):
        return True
    return bool(_NOTE_NAME_RE.search(f"{mark.get('class') or ''} {mark.get('id') or ''}"))


def _put_behind(mark: Element, text: str) -> None:
    around = mark.getparent()
    if around is not None and around.tag == "sup":
        mark = around
    note = etree.Element("span")
    note.set("class", "inline-footnote")
    note.text = text
    note.tail, mark.tail = mark.tail, None
    mark.addnext(note)
    if mark.tag != "sup":
        mark.tag = "sup"
        for inner in mark.iter("button"):
            inner.tag = "span"


def _part_nested_notes(root: Element) -> None:
    """Move the note that stands inside its own raised mark behind it."""
    for mark in list(root.iter("sup")):
        inner = next((span for span in islice(mark.iter("span"), 4) if _is_nested_note(span)), None)
        home = inner.getparent() if inner is not None else None
        if inner is None or home is None or not _MARK_RE.match((mark.text or "") + _shown_before(mark, inner)):
            continue
        home.remove(inner)
        inner.set("class", "inline-footnote")
        inner.attrib.pop("role", "")
        inner.tail, mark.tail = mark.tail, None
        mark.addnext(inner)


def _is_nested_note(span: Element) -> bool:
    names = f"{span.get('class') or ''} {span.get('role') or ''}"
    return bool(_INNER_NOTE_RE.search(names)) and len(_shown(span)) >= MIN_NOTE and not (span.tail or "").strip()


def _shown_before(mark: Element, inner: Element) -> str:
    """Return the text of a mark's elements before the note inside it."""
    parts = []
    for element in islice(mark.iterdescendants(), 6):
        if element is inner:
            break
        parts += [element.text or "", element.tail or ""]
    return "".join(parts)


def _shown(element: Element) -> str:
    return "".join(str(text) for text in islice(element.itertext(), 12))[:MAX_NOTE].strip()


# --- typed marks ------------------------------------------------------------------------------------------------------


def _raise_typed_marks(root: Element) -> None:
    """Make `sup` of the marks of a series that counts up from 1 both in the text and before its notes."""
    texts = list(_texts(root))
    everything = "\n".join((element.tail if is_tail else element.text) or "" for element, is_tail in texts)
    for signs, pattern in _STYLES:
        if not any(sign in everything for sign in signs):
            continue
        leading: dict[int, int] = {}
        inside: dict[int, int] = {}
        for place, (element, is_tail) in enumerate(texts):
            text = (element.tail if is_tail else element.text) or ""
            for match in islice(pattern.finditer(text), MAX_TYPED):
                number = _number(match[1])
                if text[: match.start()].strip() or is_tail:
                    inside.setdefault(number, place)
                elif _leads_home(element):
                    leading.setdefault(number, place)
        count = 0
        while count + 1 in leading and count + 1 in inside and inside[count + 1] < leading[1]:
            count += 1
        if count:
            numbers = range(1, count + 1)
            for place in sorted({inside[n] for n in numbers} | {leading[n] for n in numbers}, reverse=True):
                _raise_in(*texts[place], pattern, count)
            return


def _leads_home(element: Element) -> bool:
    """Return whether a text begins a paragraph or the like."""
    home: Element | None = element
    for _ in range(NEAR):
        if home is None or home.tag in _HOMES:
            return home is not None
        before, around = home.getprevious(), home.getparent()
        if before is not None or around is None or (around.text or "").strip():
            return False
        home = around
    return False


def _texts(root: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the places of text outside of code and links: an element and whether it is its tail."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element.tag in _OPAQUE:
                walker.skip_subtree()
            elif element.text:
                yield element, False
        elif element.tail:
            yield element, True


def _number(mark: str) -> int:
    return int(mark) if mark[0] not in _RAISED else int("".join(str(_RAISED.index(char)) for char in mark))


def _raise_in(element: Element, is_tail: bool, pattern: re.Pattern[str], count: int) -> None:
    """Part a text at its marks and make elements of these."""
    text = (element.tail if is_tail else element.text) or ""
    home = element.getparent() if is_tail else element
    if home is None:
        return
    at = home.index(element) + 1 if is_tail else 0
    rest = ""
    made: list[Element] = []
    done = 0
    for match in pattern.finditer(text):
        if not 1 <= _number(match[1]) <= count:
            continue
        between = text[done : match.start()]
        if made:
            made[-1].tail = between
        else:
            rest = between
        mark = etree.Element("span", {MARK: str(_number(match[1]))})
        leads = not is_tail and not text[: match.start()].strip() and _leads_home(element)
        behind = _BEHIND_RE.match(text, match.end()) if leads else None
        done = behind.end() if behind else match.end()
        mark.text = text[match.start() : done]
        made.append(mark)
    if not made:
        return
    made[-1].tail = text[done:]
    if is_tail:
        element.tail = rest
    else:
        element.text = rest
    home[at:at] = made
