"""The style sheets in a page → how its elements are laid out, as far as simple selectors say; and words that only their
layout sets apart get a space between them.

A browser shows "2017" and "by" apart where their elements are boxes, though no space stands between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.page.names import finder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from newsclean.page.tree.signs import Signs

    Element = etree._Element

MAX_CSS = 2_000_000
"""Characters of style sheets that are read: pages carry up to 1.5 million."""

MAX_COMPOUNDS = 4
"""Parts of a selector past which it is not read: ".a .b .c .d .e"."""

MAX_ABOVE = 30
"""Elements around one among which the left parts of a selector are looked for."""

MAX_NAMES = 1_000
"""Characters of an attribute with names, or of a selector's part, that are read: what was read is kept in a cache."""

_COMMENT_RE = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")  # "/* grid */"
_COMPOUND_RE = re.compile(r"([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)$", re.I)  # "span.label", ".a.b", "#top"
_NAME_RE = re.compile(r"[.#][\w-]+")  # ".label", "#top"
_DISPLAY_RE = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.I)  # "display: inline-block"

LINES = frozenset("block flex grid table table-row list-item flow-root -webkit-box".split())
"""Layouts that begin a line of their own."""
CELLS = frozenset("inline-block inline-flex inline-grid inline-table table-cell".split())
"""Layouts that stand in a line as boxes, most often with a gap."""
LINE_BOX = "data-line-box"
"""Attribute of an inline element that the page shows on a line of its own."""
ROWS = frozenset("flex grid inline-flex inline-grid -webkit-box".split())
"""Layouts of which every child is a box."""

_FRAMEWORK_CLASSES = {
    **{name: name for name in ("block", "flex", "grid", "inline-block", "inline-flex", "inline-grid", "table-cell")},
    **{f"d-{name}": name for name in ("block", "flex", "grid", "inline-block", "inline-flex", "table-cell")},
}
"""The class names by which Tailwind and Bootstrap, whose style sheets are files of their own, lay elements out."""

_VERBATIM = frozenset("pre code svg math textarea script style samp kbd".split())
_DRAWN_RE = re.compile(r"katex|mathjax|mjx|mwe-math|codemirror|hljs", re.I)  # "katex-html": parts of one thing
_is_drawn = finder(_DRAWN_RE)
_INLINE = frozenset("a abbr b bdi cite data del em font i ins label mark q s small span strong time u var".split())
_PARTS = frozenset("a abbr address b data label small span strong time".split())
"""Inline elements that rows of label and value, of name and date are made of."""
_HOMES = frozenset("div header footer td th figcaption dd dt li section aside p".split())
_STOPS = ".!?:;)]”»…%"

MAX_ROW = 40
"""Elements of a row that are looked at."""

NEAR = 20
"""Elements in one among which its first and last characters are looked for."""


@dataclass(slots=True)
class _Rule:
    """The last part of a selector, the parts before it from right to left as they stand, and the layout it gives."""

    tag: str
    names: frozenset[str]
    above: tuple[str, ...]
    display: str
    compounds: Sequence[tuple[str, frozenset[str]]] | None = None
    """The parts in `above` as they were read, once they were asked for; empty where one asks for more than is read."""

    def read_above(self) -> Sequence[tuple[str, frozenset[str]]]:
        """Return the tags and names of the parts before the last one."""
        if self.compounds is None:
            found = [_compound(selector) for selector in self.above]
            self.compounds = () if None in found else tuple(filter(None, found))
        return self.compounds


@dataclass(slots=True)
class Styles:
    """The layouts that a page's style sheets give, by one name in the last part of their selectors."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    _names: dict[Element, tuple[str, ...]] = field(default_factory=dict)
    """What was read of the elements that were asked for, or that stand around them."""

    def names(self, element: Element) -> tuple[str, ...]:
        """Return the names by which selectors know an element: ".lead", "#top", "p"."""
        found = self._names.get(element)
        if found is None:
            found = self._names[element] = _names_of(str(element.tag), element.get("class"), element.get("id"))
        return found

    def display(self, element: Element) -> str | None:
        """Return the layout of an element, None where nothing is said of it."""
        style = element.get("style")
        own = _DISPLAY_RE.search(style) if style else None
        if own:
            return own[1].lower()
        names = self.names(element)
        found = None
        for name in names:
            for rule in self.rules.get(name, ()):
                is_like = (not rule.tag or rule.tag == element.tag) and rule.names.issubset(names)
                if is_like and (not rule.above or self._stands_inside(element, rule.read_above())):
                    found = rule.display
        if found is None:
            found = next((_FRAMEWORK_CLASSES[name[1:]] for name in names if name[1:] in _FRAMEWORK_CLASSES), None)
        return found

    def _stands_inside(self, element: Element, compounds: Sequence[tuple[str, frozenset[str]]]) -> bool:
        """Return whether elements around one match the parts of a selector, from right to left."""
        above = element.getparent()
        known, steps = self._names, 0
        for tag, wanted in compounds:
            while above is not None and not (
                wanted.issubset(known.get(above) or self.names(above)) and (not tag or tag == above.tag)
            ):
                above = above.getparent() if steps < MAX_ABOVE else None
                steps += 1
            if above is None:
                return False
            above = above.getparent()
        return bool(compounds)


def read_styles(root: Element) -> Styles:
    """Return what the style elements of a tree say of layouts; rules for other media than the screen are left out."""
    styles = Styles()
    left = MAX_CSS
    for element in root.iter("style"):
        css = (element.text or "")[:left]
        left -= len(css)
        if "display" in css:
            for selectors, display in _layouts(_COMMENT_RE.sub("", css)):
                for selector in selectors.split(","):
                    _add(styles, selector, display)
    return styles


def _layouts(css: str) -> Iterator[tuple[str, str]]:
    depth = 0
    for chunk in css.split("}"):
        opened = chunk.count("{")
        if opened and depth + opened == 1 and ("isplay" in chunk or "ISPLAY" in chunk):
            head, _, body = chunk.rpartition("{")
            found = _DISPLAY_RE.search(body)
            if found and "@" not in head:
                yield head, found[1].lower()
        depth = max(depth + opened - 1, 0)


def _add(styles: Styles, selector: str, display: str) -> None:
    parts = selector.replace(">", " ").split()
    if not 0 < len(parts) <= MAX_COMPOUNDS:
        return
    last = _compound(parts[-1])
    if last is not None:
        tag, names = last
        key = min(names) if names else tag
        styles.rules.setdefault(key, []).append(_Rule(tag, names, tuple(reversed(parts[:-1])), display))


@lru_cache(maxsize=4_096)
def _compound(part: str) -> tuple[str, frozenset[str]] | None:
    """Return the tag and the names in a part of a selector, None for one that asks for more."""
    match = _COMPOUND_RE.match(part) if len(part) <= MAX_NAMES else None
    return match and ((match[1] or "").lower(), frozenset(_NAME_RE.findall(match[2])))


@lru_cache(maxsize=4_096)
def _names_of(tag: str, classes: str | None, identifier: str | None) -> tuple[str, ...]:
    names = [f".{name}" for name in (classes or "")[:MAX_NAMES].split()]
    return (*names, f"#{identifier[:MAX_NAMES]}", tag) if identifier else (*names, tag)


# --- boxes in a line --------------------------------------------------------------------------------------------------

_BOX_TAGS = ("div", "section", "p")
_IN_LINE_RE = re.compile(r"(?:^|;)\s*display\s*:\s*(?:-webkit-)?inline", re.I)  # "display: inline-block"
MAX_IN_LINE = 20
"""Elements in a box past which it is no part of a line, whatever its style says."""


def flow_boxes(root: Element, signs: Signs) -> None:
    """Make inline elements of boxes whose own style sets them into the line of text beside them."""
    for box in root.iter("div", "section") if "inline" in signs.styles else ():
        style = box.get("style")
        if style and _IN_LINE_RE.search(style) and _is_beside_text(box):
            inner = list(islice(box.iterdescendants(), MAX_IN_LINE))
            if len(inner) < MAX_IN_LINE and all(part.tag in _BOX_TAGS or part.tag in _INLINE for part in inner):
                for part in (box, *inner):
                    part.tag = "span" if part.tag in _BOX_TAGS else part.tag


def _is_beside_text(box: Element) -> bool:
    """Return whether text, or an inline element with text, stands before a box and text behind it."""
    before, parent = box.getprevious(), box.getparent()
    if parent is None or not box.tail or box.tail.isspace():
        return False
    text = before.tail if before is not None else parent.text
    return bool(text and not text.isspace()) or (before is not None and before.tag in _INLINE)


# --- spaces ---------------------------------------------------------------------------------------------------------


def part_boxes(root: Element) -> None:
    """Put a space where only the layout parts two inline elements, or one and the text beside it."""
    styles: Styles | None = None
    row: Element | None = None
    is_row = False
    for element in root.iter(*_INLINE):
        before, parent = element.getprevious(), element.getparent()
        if parent is None:
            continue
        text = before.tail if before is not None else parent.text
        touched = before is not None and not text
        if not touched and _ends_apart(text) and _begins_apart(element.tail):
            continue
        if styles is None:
            styles = read_styles(root)
        if parent is not row:
            row, is_row = parent, styles.display(parent) in ROWS
        display = styles.display(element)
        if is_row or display in LINES:
            if not _is_verbatim(parent):
                if not is_row:
                    element.set(LINE_BOX, "")
                _space_before(element, before, parent)
                if not _begins_apart(element.tail) and (element.tail or "")[0].isalnum():
                    element.tail = f" {element.tail}"
        elif before is not None and touched:
            is_box = display in CELLS or styles.display(before) in LINES or _is_row(parent, before, element)
            if is_box and not _is_verbatim(parent):
                _space_before(element, before, parent)


def _is_verbatim(element: Element) -> bool:
    """Return whether an element stands in code, or in a formula that a script drew."""
    around: Element | None = element
    for _ in range(MAX_ABOVE):
        if around is None:
            return False
        if around.tag in _VERBATIM or _is_drawn(around.get("class")):
            return True
        around = around.getparent()
    return False


def _ends_apart(text: str | None) -> bool:
    return not text or text[-1].isspace()


def _begins_apart(text: str | None) -> bool:
    return not text or text[0].isspace()


def _space_before(element: Element, before: Element | None, parent: Element) -> None:
    if before is None:
        if not _ends_apart(parent.text):
            parent.text = f"{parent.text} "
    elif not before.tail:
        if not (_is_letter(before) and _is_letter(element)):
            before.tail = " "
    elif not _ends_apart(before.tail):
        before.tail += " "


def _is_row(home: Element, before: Element, element: Element) -> bool:
    """Return whether a box holds inline elements and no text, of which two touch: "2017", "by Ann", "9 min"."""
    if home.tag not in _HOMES or before.tag not in _PARTS or (home.text and not home.text.isspace()):
        return False
    if _is_letter(before) or not _touch(before, element):
        return False
    return all(child.tag in _PARTS and (not child.tail or child.tail.isspace()) for child in islice(home, MAX_ROW))


def _touch(one: Element, other: Element) -> bool:
    """Return whether no writer would set the end of one text right before the other: "2017" "by", "height" "Three"."""
    left, right = _last_character(one), _first_character(other)
    if left in _STOPS:
        return right.isupper()
    if left.isalnum() and right.isalnum():
        return right.isupper() or left.isdigit() != right.isdigit()
    return False


def _is_letter(element: Element) -> bool:
    """Return whether an element is one letter: of a word that an animation moves, or a drop cap."""
    return len("".join(map(str, islice(element.itertext(), NEAR))).strip()) < 2


def _first_character(element: Element) -> str:
    return next((str(text)[0] for text in islice(element.itertext(), NEAR) if text), " ")


def _last_character(element: Element) -> str:
    inner: Element = element
    for _ in range(NEAR):
        if not len(inner):
            return (inner.text or " ")[-1]
        inner = inner[-1]
        if inner.tail:
            return inner.tail[-1]
    return " "
