"""HTML of office programs → the elements it stands for: the lists of Word, Google Docs and Notion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    Element = etree._Element

_WORD_LEVEL_RE = re.compile(r"mso-list:\s*l(\d+)\s+level(\d)")  # "mso-list:l0 level1 lfo1"
_WORD_NUMBER_RE = re.compile(r"\s*\(?(?:\d+|[a-z]|[ivx]+)[.)]", re.I)  # "1.", "a)"
_KIX_RE = re.compile(r"(?:^|\s)lst-kix_([\w.]+)-(\d)(?:\s|$)")  # "lst-kix_abc-1 start"


def mend_office(root: Element, data: bytes) -> None:
    """Make lists of what office programs write for them; the source tells what to look for."""
    if b"mso-list" in data:
        _nest_word_lists(root)
    if b"lst-kix" in data:
        _nest_docs_lists(root)
    if b"to-do" in data:
        _check_boxes(root)


def _nest_word_lists(root: Element) -> None:
    """Make lists of the paragraphs that Word's style says are items, by their levels."""
    stack: list[tuple[int, Element]] = []
    last: Element | None = None
    number = ""
    for item in list(root.iter("p")):
        level = _WORD_LEVEL_RE.search(item.get("style") or "")
        parent = item.getparent()
        if level is None or parent is None:
            continue
        marker = next((span for span in item.iter("span") if "mso-list" in (span.get("style") or "")), None)
        shown = "".join(map(str, marker.itertext())) if marker is not None else ""
        follows = last is not None and item.getprevious() is (stack[0][1] if stack else None) and level[1] == number
        depth = int(level[2])
        if not follows:
            stack = []
        number = level[1]
        while stack and stack[-1][0] > depth and len(stack) > 1:
            stack.pop()
        if not stack or stack[-1][0] < depth:
            made = etree.Element("ol" if _WORD_NUMBER_RE.match(shown) else "ul")
            if stack and last is not None:
                last.append(made)
            else:
                item.addprevious(made)
            stack.append((depth, made))
        if marker is not None:
            _empty(marker)
        item.tag, last = "li", item
        tail, item.tail = item.tail, None
        stack[-1][1].append(item)
        stack[0][1].tail = (stack[0][1].tail or "") + (tail or "")


def _empty(marker: Element) -> None:
    for inner in marker.iter():
        inner.text = None
        if inner is not marker:
            inner.tail = None


def _nest_docs_lists(root: Element) -> None:
    """Put the lists of Google Docs, which stand side by side whatever their levels, into one another."""
    for made in list(root.iter("ul", "ol")):
        name = _KIX_RE.search(made.get("class") or "")
        before = made.getprevious()
        other = _KIX_RE.search(before.get("class") or "") if before is not None else None
        if name is None or other is None or before is None or name[1] != other[1] or (before.tail or "").strip():
            continue
        home: Element = before
        for _ in range(int(name[2]) - int(other[2])):
            item = home[-1] if len(home) else None
            if item is None:
                break
            inner = item[-1] if len(item) and item[-1].tag in ("ul", "ol") else None
            if inner is None:
                item.append(made)
                break
            home = inner
        else:
            home.extend(list(made))
            if (parent := made.getparent()) is not None:
                parent.remove(made)


def _check_boxes(root: Element) -> None:
    """Make check boxes of Notion's: a div of a class."""
    for box in root.iter("div"):
        names = (box.get("class") or "").split()
        if "checkbox" in names and not len(box):
            box.tag = "input"
            box.set("type", "checkbox")
            if "checkbox-on" in names:
                box.set("checked", "")
