"""HTML of office programs → the elements it stands for: lists of Word, Google Docs, Notion and OneNote, bold and italic
type by generated classes, callouts of Notion and Confluence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from newsclean.page.tree.signs import Signs

    Element = etree._Element

_WORD_LEVEL_RE = re.compile(r"mso-list:\s*l(\d+)\s+level(\d)")  # "mso-list:l0 level1 lfo1"
_WORD_NUMBER_RE = re.compile(r"\s*\(?(?:\d+|[a-z]|[ivx]+)[.)]", re.I)  # "1.", "a)"
_KIX_RE = re.compile(r"(?:^|\s)lst-kix_([\w.]+)-(\d)(?:\s|$)")  # "lst-kix_abc-1 start"

_GENERATED_CLASS_RE = re.compile(
    rb"\.[a-zA-Z]{1,2}\d{1,3}\s*\{[^}]{0,2000}font-(?:weight|style)"
)  # ".c2{font-weight:700"
_GENERATED_NAME_RE = re.compile(r"[a-zA-Z]{1,2}\d{1,3}")  # "c2"
_CLASS_RULE_RE = re.compile(r"(?<![\w.#-])(?:span|font)?\.([a-zA-Z]{1,2}\d{1,3})\s*\{([^{}]{0,4000})\}")
_TYPE_RE = re.compile(
    r"(font-weight|font-style|vertical-align)\s*:\s*(bold|[1-9]00|normal|italic|oblique|super|sub|baseline)\b", re.I
)  # "font-weight:700"
_STRUCK_RE = re.compile(r"text-decoration(?:-line)?\s*:\s*(line-through)", re.I)
_JOINED = frozenset(("numbered-list", "bulleted-list", "to-do-list"))
"""Classes of Notion's lists, each of which holds one item."""
_MACRO_RE = re.compile(r"confluence-information-macro-(information|note|tip|warning)")
_MACROS = frozenset(("data-syntaxhighlighter-params", "data-inline-task-id"))
_BRUSH_RE = re.compile(r"brush:\s*([\w+#-]+)")  # "brush: java; gutter: false"
_SIGNS = {
    "⚠": "warning",
    "❗": "important",
    "❌": "danger",
    "🚫": "danger",
    "✅": "success",
    "❓": "question",
    "💡": "tip",
}
"""Icons of callouts that say what sort they are."""
MAX_CSS = 400_000
"""Characters of a style sheet that are read."""
MAX_ICON = 4
"""Characters of an icon."""


def mend_office(root: Element, data: bytes, signs: Signs) -> None:
    """Make lists of what office programs write for them; the signs tell what to look for, and the source."""
    if "mso-list" in signs.styles:
        _nest_word_lists(root)
    if "lst-kix" in signs.named:
        _nest_docs_lists(root)
    if ("checkbox" in signs.classes or "data-tag" in signs.attributes) and b"to-do" in data:
        _check_boxes(root)
        _list_tasks(root)
    if any(map(_GENERATED_NAME_RE.fullmatch, signs.classes)) and _GENERATED_CLASS_RE.search(data):
        _apply_classes(root)
    if not _JOINED.isdisjoint(signs.classes):
        _join_lists(root)
    if "callout" in signs.classes or "confluence-information-macro-" in signs.named:
        _mark_callouts(root)
    if not _MACROS.isdisjoint(signs.attributes):
        _mend_macros(root)


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


def _list_tasks(root: Element) -> None:
    """Make task lists of OneNote's paragraphs that carry a tag."""
    last: Element | None = None
    for item in list(root.iter("p")):
        tag, parent = item.get("data-tag") or "", item.getparent()
        if not tag.startswith("to-do") or parent is None:
            continue
        if last is None or item.getprevious() is not last:
            last = etree.Element("ul")
            item.addprevious(last)
        box = etree.Element("input", {"type": "checkbox", **({"checked": ""} if "completed" in tag else {})})
        box.tail, item.text = item.text, None
        item.insert(0, box)
        item.tag = "li"
        last.tail, item.tail = item.tail, None
        last.append(item)


def _apply_classes(root: Element) -> None:
    """Write the type that a generated class gives ("c2", "T1", "s1") into the style of the elements that have it."""
    styles: dict[str, list[tuple[int, str, str]]] = {}
    for sheet in root.iter("style"):
        for place, rule in enumerate(_CLASS_RULE_RE.finditer((sheet.text or "")[:MAX_CSS])):
            found = [(place, name.lower(), value.lower()) for name, value in _TYPE_RE.findall(rule[2])]
            found += [(place, "text-decoration", value.lower()) for value in _STRUCK_RE.findall(rule[2])]
            styles.setdefault(rule[1], []).extend(found)
    for element in root.iter("span", "font") if styles else ():
        names = (element.get("class") or "").split()
        said = sorted(one for name in names for one in styles.get(name, ()))
        if said:
            chosen = {name: value for _, name, value in said}
            own = element.get("style") or ""
            element.set("style", ";".join([*(f"{name}:{value}" for name, value in chosen.items()), own]))


def _join_lists(root: Element) -> None:
    """Make one list of Notion's lists side by side."""
    for made in list(root.iter("ul", "ol")):
        before, parent = made.getprevious(), made.getparent()
        names = _JOINED.intersection((made.get("class") or "").split())
        if before is None or parent is None or before.tag != made.tag or (before.tail or "").strip():
            continue
        if names and names <= set((before.get("class") or "").split()):
            before.extend(list(made))
            before.tail = made.tail
            parent.remove(made)


def _mark_callouts(root: Element) -> None:
    """Name Notion's and Confluence's callouts as others do."""
    for box in list(root.iter("figure", "aside", "div")):
        names = box.get("class") or ""
        macro = _MACRO_RE.search(names)
        if macro:
            box.set("class", f"admonition {'info' if macro[1] == 'information' else macro[1]}")
            for title in box.iterchildren("p"):
                if "title" in (title.get("class") or "").split():
                    title.set("class", "admonition-title")
        elif box.tag in ("figure", "aside") and "callout" in names.split() and len(box) > 1:
            icon = "".join(map(str, box[0].itertext())).strip()
            if len(icon) <= MAX_ICON:
                box.remove(box[0])
                kind = next((kind for sign, kind in _SIGNS.items() if icon.startswith(sign)), "note")
                box.tag = "div"
                box.set("class", f"admonition {kind}")


def _mend_macros(root: Element) -> None:
    """Name the language of Confluence's listings, and give its tasks their boxes."""
    for listing in root.iter("pre"):
        brush = _BRUSH_RE.search(listing.get("data-syntaxhighlighter-params") or "")
        if brush and brush[1] not in ("text", "plain"):
            listing.set("data-lang", brush[1])
    for item in root.iter("li"):
        if item.get("data-inline-task-id") is not None:
            checked = {"checked": ""} if "checked" in (item.get("class") or "").split() else {}
            box = etree.Element("input", {"type": "checkbox", **checked})
            box.tail, item.text = item.text, None
            item.insert(0, box)
