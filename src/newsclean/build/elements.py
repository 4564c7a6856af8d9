"""One element → what it stands for, by tag, attributes and class: the container that it opens, the mark that it sets, a
cell, a credit, or a tool of the page."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.build.figures import CaptionFrame, FigureFrame
from newsclean.build.formulas import is_rendering
from newsclean.build.frames import (
    CalloutTitleFrame,
    DefinitionsFrame,
    DescriptionFrame,
    Frame,
    HeadingFrame,
    ItemFrame,
    ListFrame,
    QuoteFrame,
    TermFrame,
)
from newsclean.build.inline import CODE
from newsclean.build.tables import CellFrame, DraftCell, TableFrame
from newsclean.markup.classes import class_role, is_gallery, is_photo_box, is_quoted_post, is_slide, is_unseen
from newsclean.markup.code import is_label, is_language_label
from newsclean.markup.pictures import counts_pictures
from newsclean.page.html import PHRASING
from newsclean.page.names import MAX_NAMES, finder

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
    from newsclean.build.frames import Frame
    from newsclean.build.tables import Part
    from newsclean.document import Align
    from newsclean.markup.texts import KeptTexts


def container(element: Element, tag: str, around: Frame) -> Frame | None:
    """Return the container for an element inside the container `around`, or None if it is only a box."""
    level = heading_level(element, tag)
    if level:
        return HeadingFrame(level)
    if is_slide(element):
        return FigureFrame(is_slide=True)
    if tag == "li":
        return ItemFrame(item_value(element))
    if tag in ("ul", "ol", "menu", "dir"):
        return ListFrame(*list_shape(element, tag))
    if tag == "table":
        is_layout = element.get("role") in ("presentation", "none")
        return TableFrame(is_layout, column_aligns(element), _callout(around))
    if tag in ("td", "th"):
        return _cell(element, tag, around)
    if tag == "blockquote":
        return QuoteFrame(is_post=is_quoted_post(element))
    if tag == "dl" and is_gallery(element) and next(element.iter("img"), None) is not None:
        return FigureFrame()
    if tag in ("dt", "dd") and isinstance(around, FigureFrame):
        return CaptionFrame() if tag == "dd" else None
    if tag in ("dl", "dt", "dd"):
        return {"dl": DefinitionsFrame, "dt": TermFrame, "dd": DescriptionFrame}[tag]()
    if tag == "figure":
        return FigureFrame()
    if tag in ("figcaption", "caption"):
        return CaptionFrame()
    names = element.get("class")
    if not names:
        return None
    if is_photo_box(element) and not isinstance(around, FigureFrame) and _is_run_with_picture(element):
        return FigureFrame()
    return _by_class(f"{names} {element.get('data-callout') or ''}", around)


def _is_run_with_picture(element: Element) -> bool:
    """Return whether an element holds a picture and inline elements alone."""
    tags = [child.tag for child in islice(element.iterdescendants(), MAX_COLS)]
    return "img" in tags and all(tag in PHRASING for tag in tags)


def _callout(frame: Frame) -> QuoteFrame | None:
    """Return a container that is a callout, in which a table sets its icon beside its text (Asciidoctor)."""
    return frame if isinstance(frame, QuoteFrame) and frame.callout is not None and not frame.blocks else None


def _cell(element: Element, tag: str, around: Frame) -> Frame | None:
    if not isinstance(around, TableFrame):
        return None
    if around.callout is not None and is_icon(element):
        return CalloutTitleFrame(around.callout)
    return CellFrame(cell(element, tag))


def _by_class(names: str, around: Frame) -> Frame | None:
    role = class_role(names[:MAX_NAMES])
    if role == "caption":
        return CaptionFrame()
    if role == "figure":
        return FigureFrame()
    if role == "callout title":
        return CalloutTitleFrame(around) if isinstance(around, QuoteFrame) else None
    if role == "post":
        return QuoteFrame(is_post=True)
    return QuoteFrame(role) if role else None


FLOWING = frozenset(("noscript", "template", "button", "slot"))
"""Elements that cut blocks in two but flow inside a paragraph when they hold inline content; so do custom elements."""

STAMPS = frozenset(("span", "time", "a", "small", "abbr"))
"""Inline elements that may hold the time of a post and nothing else."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

MARKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("code", "samp", "tt"), CODE),
    **{name: name for name in ("mark", "sub", "sup", "kbd")},
    "ins": "insert",
    "q": "quote",
    **dict.fromkeys(("abbr", "acronym"), "abbreviation"),
}

_BOLD_RE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)  # "font-weight: 700"
_NOT_BOLD_RE = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.I)  # Google Docs: <b style="font-weight:normal">
_ITALIC_RE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)  # "font-style: italic"
_NOT_ITALIC_RE = re.compile(r"font-style\s*:\s*normal", re.I)  # "font-style: normal"
_STRUCK_RE = re.compile(r"text-decoration(?:-line)?\s*:\s*line-through", re.I)  # "text-decoration: line-through"
_RAISED_RE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)  # "vertical-align: super"

MAX_COLS = 200
"""Columns whose alignment is read from col elements."""

_NUMBER_RE = re.compile(r"\s*(-?\d{1,9})")  # "12", "3 "
_SPAN_RE = re.compile(r"\s*(\d+)")  # "2"
_ALIGN_RE = re.compile(r"text-align\s*:\s*(?:-webkit-)?(left|center|right)", re.I)  # "text-align: right"
_ALIGN_CLASS_RE = re.compile(r"(?:^|\s)(?:has-)?text-(?:align-)?(left|center|right)(?:\s|$)")  # "has-text-align-right"

_CREDIT_RE = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|copyrights|photographer|source|image-?credit|attribution|fotograf)(?:$|[\s_-])",
    re.I,
)  # "caption__credit"
_CREDIT_TEXT_RE = re.compile(
    r"\s*(?:(?:photos?|fotos?|photographs?|credits?|images?|bild|source|quelle)(?: credit)?\s?(?:by\b|:|/)|©)",
    re.I,
)  # "Photo: Ann", "©"

_STAMP_RE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2}(?:\d\d)?|\d{4}-\d\d-\d\d|\d{1,2}:\d\d(?::\d\d)?"
)  # "28.09.19", "2019-09-28", "12:44"

_ASIDES = frozenset(("span", "small", "em", "i", "b"))
"""Inline elements that hold what screen readers say beside a text."""

_OVER_LISTINGS = frozenset(("p", "dt", *HEADINGS))

FIGURE_DEPTH = 3
"""Elements around a word beside a picture among which its figure is looked for."""

_PICTURE_WORDS = frozenset(
    "image photo picture bild foto imagen imagem immagine afbeelding obraz 写真 画像 图片".split()
)
"""What stands beside pictures for those who cannot see them."""

_PERMALINK_TEXTS = frozenset(("", "\uf0c1", "¶", "#", "§", "🔗", "⚓", "⚓︎", "[link]"))
_PERMALINK_RE = re.compile(
    r"(?:^|[\s_-])(?:headerlink|header-?anchor|anchor|permalink|hash-?link|heading-?link|anchor-?link|headinglink)"
    r"(?:$|[\s_-])",
    re.I,
)  # "headerlink"
_COPY_RE = re.compile(r"(?:copy|copied)(?: code| to clipboard| link)?!?$", re.I)  # "Copy code"
_EDIT_RE = re.compile(
    r"(?:^|\s)(?:mw-editsection|gist-meta|mastodon-embed__cta|tgme_widget_message_views)(?:\s|$)"
)  # "mw-editsection"


def is_empty(element: Element) -> bool:
    """Return whether a block-level element without kept content has none at all, so that it parts nothing."""
    return len(element) == 0 and not (element.text and not element.text.isspace())


def flows(element: Element, tag: str) -> bool:
    """Return whether an element that parse takes for block-level would flow in a line of text in a browser."""
    if tag not in FLOWING and "-" not in tag:
        return False
    return all(child.tag in PHRASING or "-" in str(child.tag) for child in element)


def is_stamp(element: Element, tag: str) -> bool:
    """Return whether an inline element is a time or date that touches other elements but no text.

    Forums set names and times apart by CSS alone: `<b>ann</b><span>28.09.19</span><span>12:44</span>`.
    """
    if tag not in STAMPS:
        return False
    if tag != "time" and (len(element) or not _STAMP_RE.fullmatch(element.text or "")):
        return False
    before, around = element.getprevious(), element.getparent()
    text_before = before.tail if before is not None else around.text if around is not None else None
    return not (text_before or " ")[-1].isalnum() and not (element.tail or " ")[0].isalnum()


def heading_level(element: Element, tag: str) -> int:
    """Return 1 to 6 for a heading, by tag or role, else 0."""
    level = HEADINGS.get(tag, 0)
    if not level and element.get("role") == "heading":
        match = _NUMBER_RE.match(element.get("aria-level") or "2")
        level = int(match[1]) if match else 2
    return level


def item_value(element: Element) -> int | None:
    """Return the number that an li gives itself."""
    match = _NUMBER_RE.match(element.get("value") or "")
    return max(int(match[1]), 0) if match else None


def list_shape(element: Element, tag: str) -> tuple[bool, int | None, str, int | None]:
    """Return whether a list is ordered, its start, its marker, and the number a reversed list counts down from."""
    if tag != "ol":
        return False, None, "1", None
    match = _NUMBER_RE.match(element.get("start") or "")
    start = max(int(match[1]), 0) if match else None
    marker = element.get("type") or "1"
    count = sum(child.tag == "li" for child in element) if element.get("reversed") is not None else None
    return True, start, marker if marker in ("a", "A", "i", "I") else "1", count


def cell(element: Element, tag: str) -> DraftCell:
    """Return the draft of a td or th: its spans and alignment, without content."""
    return DraftCell((), tag == "th", _span(element.get("colspan")), _span(element.get("rowspan")), _align(element))


def table_part(element: Element, tag: str, part: Part) -> Part:
    """Return the part of a table that a thead, tbody or tfoot opens, or in which a tr stands after `part`."""
    if tag == "tr":
        around = element.getparent()
        return "body" if around is None or around.tag == "table" else part
    if tag == "tfoot":  # browsers set only the first one last
        return "foot" if next(element.itersiblings("tfoot", preceding=True), None) is None else "body"
    return "head" if tag == "thead" else "body"


def column_aligns(table: Element) -> list[Align | None]:
    """Return what col and colgroup elements say of the columns from the first one on, as far as they say anything."""
    found: list[Align | None] = []
    for group in islice(table.iterchildren("colgroup", "col"), MAX_COLS):
        for col in islice(group.iterchildren("col"), MAX_COLS) if len(group) else (group,):
            count = min(_span(col.get("span")), MAX_COLS - len(found))
            found += [_align(col) or _align(group)] * count
    return found


def _span(value: str | None) -> int:
    match = _SPAN_RE.match(value or "")
    if not match:
        return 1
    digits = match[1].lstrip("0")
    return 1_000 if len(digits) > 3 else max(int(digits or 1), 1)


def _align(element: Element) -> Align | None:
    styled = _ALIGN_RE.search(element.get("style") or "") or _ALIGN_CLASS_RE.search(element.get("class") or "")
    name = (styled[1] if styled else element.get("align") or "").strip().lower()
    if name == "left":
        return "left"
    if name in ("center", "middle"):
        return "center"
    return "right" if name == "right" else None


def mark(element: Element, tag: str) -> str | None:
    """Return the style that an inline element gives its text, by tag or by its own CSS."""
    found = MARKS.get(tag)
    if tag == "cite" and _is_reference_entry(element):
        return None
    style = element.get("style")
    if not style:
        return found
    if found == "strong" and _NOT_BOLD_RE.search(style):
        return None
    if found == "emphasis" and _NOT_ITALIC_RE.search(style):
        return None
    return found or _styled_mark(style)


def _is_reference_entry(element: Element) -> bool:
    """Return whether a cite holds a whole entry of a bibliography, which sets off the title of the work by itself."""
    return "citation" in (element.get("class") or "") or any(inner.tag in ("i", "em", "cite") for inner in element)


def _styled_mark(style: str) -> str | None:
    if _BOLD_RE.search(style):
        return "strong"
    if _ITALIC_RE.search(style):
        return "emphasis"
    if _STRUCK_RE.search(style):
        return "strike"
    raised = _RAISED_RE.search(style)
    if raised:
        return "sup" if raised[1].lower() == "super" else "sub"
    return None


_is_named_credit = finder(_CREDIT_RE)
_is_named_edit = finder(_EDIT_RE)


def needs_parentheses(element: Element, texts: KeptTexts) -> bool:
    """Return whether a ruby reading was kept and brings no parentheses of its own."""
    beside = element.getnext()
    return texts.own(element) >= 0 and (beside is None or beside.tag != "rp")


def is_icon(element: Element) -> bool:
    """Return whether an element holds an icon, or the word that stands in its place."""
    return "icon" in (element.get("class") or "").lower().split()


def is_credit(element: Element) -> bool:
    """Return whether an element by a picture names who made it."""
    if element.get("itemprop") in ("copyrightHolder", "author", "creator"):
        return True
    if _is_named_credit(element.get("class")):
        return True
    return element.tag in ("small", "cite") and bool(_CREDIT_TEXT_RE.match((element.text or "")[:40]))


def is_furniture(element: Element, tag: str, frame: Frame) -> bool:
    """Return whether an element in a kept block is a tool of the page: a permalink, an edit link, a copy button."""
    if tag == "a":
        return _is_permalink(element, isinstance(frame, HeadingFrame))
    if tag == "label":  # what opens a note in the margin of a narrow window: "⊕"
        return "margin-toggle" in (element.get("class") or "")
    if tag == "button":
        return bool(_COPY_RE.match("".join(str(part) for part in islice(element.itertext(), 4)).strip()))
    if tag in _OVER_LISTINGS and _is_over_listing(element):
        return True
    if tag in _ASIDES and (is_unseen(element) or _names_picture(element)):
        return True
    if tag not in ("span", "div") or not element.get("class"):
        return False
    return _is_named_edit(element.get("class")) or is_rendering(element) or is_language_label(element)


def _is_over_listing(element: Element) -> bool:
    """Return whether a line over a listing holds the link that selects all of it, or is a heading named its label."""
    below = element.getnext()
    if below is None or below.tag not in ("pre", "dd") or len("".join(map(str, islice(element.itertext(), 8)))) > 40:
        return False
    if element.tag in HEADINGS:  # The Carpentries: <h3 class="code-label">BASH</h3>
        return is_label(element)
    return any(link.get("onclick") is not None or link.get("href") == "#" for link in element.iter("a"))


def _names_picture(element: Element) -> bool:
    """Return whether an element beside a picture says only that it is one, or which of a gallery's."""
    around = element.getparent()
    said = "" if len(element) else (element.text or "").strip()
    if not said or around is None or next(around.iter("img"), None) is None:
        return False
    if counts_pictures(said):
        return True
    is_name = said.lower() in _PICTURE_WORDS and element.getnext() is not None
    return is_name and any(above.tag == "figure" for above in islice(element.iterancestors(), FIGURE_DEPTH))


def _is_permalink(element: Element, in_heading: bool) -> bool:
    href = element.get("href") or ""
    if len(element) > 3 or not (in_heading or "#" in href):
        return False
    if any(child.tag not in ("span", "svg", "i") for child in element):
        return False
    text = "".join(str(part) for part in islice(element.itertext(), 8)).replace("\u200b", "").strip()
    if text not in _PERMALINK_TEXTS:
        return False
    if in_heading:
        return bool(text) or "#" in href
    return bool(_PERMALINK_RE.search(element.get("class") or ""))
