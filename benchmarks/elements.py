"""HTML, or Markdown rendered by markdown-it-py → the multiset of its headings, items, cells and so on, and its words.

What is not counted on either side: links within the page, items of its own contents that are nothing else, emphasis
that a heading, a header cell, a term (strong alone) or a caption has by its nature, and addresses beyond their last
step (pages, gold and output differ in which base they take). White space is collapsed; quotes, dashes and entities stay
what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    Element = etree._Element

KINDS = (
    *("headings", "items", "cells", "code", "quotes", "links", "images", "embeds", "emphasis", "footnotes"),
    "languages",
)
"""What is compared; languages (of code, where the gold names one) stand outside the sum over all kinds."""

NOT_IN_ALL = frozenset(("languages",))

_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_SILENT = frozenset(("script", "style", "template", "svg", "iframe", "noscript", "annotation", "button"))
_BLOCKS = frozenset(
    "p div ul ol li dl dt dd table thead tbody tfoot tr td th blockquote section article header footer figure"
    " figcaption pre h1 h2 h3 h4 h5 h6 hr aside main address details summary caption center".split()
)
_EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_NO_EMPHASIS = frozenset(("dt", "h1", "h2", "h3", "h4", "h5", "h6", "th", "pre", "figcaption"))
_SPACE_RE = re.compile(r"\s+")
_COMMENTS_RE = re.compile(r"^(?:---\n\n)?## Comments\n.*\Z", re.M | re.S)
_WORD_RE = re.compile(r"\w+")
_CALLOUT_RE = re.compile(r"\s*\[!(\w+)\][+-]?[ \t]*")  # "[!note] Title"
_CALLOUT_NAMES = frozenset("note tip warning important caution info danger".split())
"""Titles that only say what kind of callout it is: readers show them for the kind."""
_BACK_RE = re.compile(r"[\[(]?(?:[↩↑^⤴⏎⬆⇑↵⮌]\ufe0e?|back|return|jump up|jump back)[\])^]*$", re.I)  # "↩", "^"
_BACK_TARGET_RE = re.compile(
    r"(?!CITEREF)(?i:(?:cite|fn|ftn|note|edn)-?_?(?:ref|back)|^ref-?(?:fn|note)|doc(?:f|-f)n)"
)  # "#cite_ref-3"; not the "#CITEREFKing2003" of a work
_MARK_RE = re.compile(r"[\[(]?\^?(?:note )?(\w{1,12}|[*†‡§¶]{1,4})[\])]?$", re.I)  # "[12]", "a", "*"
_PAGE_RE = re.compile(r"\.(?:mdx?|qmd|rst|html?)$", re.I)  # "setup.md", as authors write, is "setup.html" on the page
_STOP_RE = re.compile(r" (?=[.,](?: |$))")  # what an icon at the end of a link leaves before a stop
_UP_RE = re.compile(r"[\^↑] ")  # "^ " of a note with several links back, which are gone
_NOTE_RE = re.compile(r"note|fn|foot|\bref|cite|\d", re.I)  # "#cite_note-3"
_TOOLS_RE = re.compile(r"\s*(?:\[edit\]|[¶#])$")  # "History[edit]": what Mozilla's gold leaves in headings
_LANGUAGE_RE = re.compile(r"(?:^|\s)language-([\w+#.-]+)")  # "language-python"
_PLAYER_RE = re.compile(
    r"(?:(youtu)be(?:-nocookie)?\.com/(?:embed/|watch\?v=|shorts/)|(youtu)\.be/|player\.(vimeo)\.com/video/|(vimeo)\.com/"
    r"|(?:x|twitter)\.com/\w+/(?:web/)?(status)/|platform\.(?:x|twitter)\.com/embed/\S*?[?&]id=)([\w-]+)"
)  # "https://www.youtube.com/embed/b_PXuEPxN50"


@dataclass(frozen=True, slots=True)
class Elements:
    """What stands on a page."""

    found: dict[str, Counter[tuple[str, ...]]]
    """Kind → multiset."""
    words: tuple[str, ...]
    """In reading order, lower case."""


def markdown_elements(source: str) -> Elements:
    """Return the elements of Markdown: CommonMark with tables, strikethrough, footnotes, dollar mathematics and HTML.

    What stands below a last "## Comments" is not counted: comments are a part of their own, not of the body.
    """
    return html_elements(render(_COMMENTS_RE.sub("", source, count=1)))


def render(source: str, *, named: bool = True) -> str:
    """Return the HTML of Markdown; references show the names of their notes, or else count them."""
    html: str = _markdown(named).render(source)
    return html


@cache
def _markdown(named: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(deflist_plugin)
    reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    if named:
        reader.add_render_rule("footnote_caption", _caption)
    return reader


def _caption(_renderer: object, tokens: Sequence[Token], number: int, _options: object, _env: object) -> str:
    """Return what a reference shows: the note's own name, where markdown-it would count."""
    return f"[{tokens[number].meta.get('label') or tokens[number].meta['id'] + 1}]"


def html_elements(source: str) -> Elements:
    """Return the elements of HTML."""
    found: dict[str, Counter[tuple[str, ...]]] = {kind: Counter() for kind in KINDS}
    if not source.strip():
        return Elements(found, ())
    root = etree.fromstring(f"<body>{source}</body>", etree.HTMLParser(huge_tree=True, remove_comments=True))
    for element in root.iter():
        reader = _READERS.get(str(element.tag))
        if reader is not None and not _is_silent(element):
            for kind, key in reader(element):
                found[kind][key] += 1
    return Elements(found, tuple(_WORD_RE.findall(_text(root).lower())))


# --- one kind each ----------------------------------------------------------------------------------------------------


def _heading(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _TOOLS_RE.sub("", _text(element))
    if text:
        yield "headings", (str(max(int(str(element.tag)[1]), 2)), text)


def _item(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _text(element, _LISTS)
    text = text[2:] if _UP_RE.match(text) else text
    if text and not _is_place(element, text):
        yield "items", (text,)


def _is_place(element: Element, text: str) -> bool:
    """Return whether all that an item says, but for a number, is a link to a place of its page."""
    links = [link for link in element.iter("a") if (link.get("href") or "").startswith("#")]
    return bool(links) and _text(links[0]) == text


def _cell(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _text(element, frozenset(("table",)))
    if text:
        yield "cells", (text,)


def _code(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    if any(around.tag in ("td", "th") for around in element.iterancestors()) and not _is_code_table(element):
        return  # Markdown's tables hold no listings: it counts as the cell's text
    lines = "".join(_parts(element, frozenset(), "\n")).replace("\xa0", " ").split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    if not text.strip():
        return
    yield "code", (text,)
    names = " ".join(inner.get("class") or "" for inner in element.iter("pre", "code"))
    language = _LANGUAGE_RE.search(names)
    if language:
        yield "languages", (language[1].lower(), text.split("\n")[0].strip())


def _is_code_table(element: Element) -> bool:
    """Return whether a listing stands in a table that highlighters set it in, beside its line numbers."""
    return "code" in " ".join(around.get("class") or "" for around in element.iterancestors("td", "table"))


def _quote(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    if any(around.tag == "blockquote" for around in element.iterancestors()):
        return
    for number, piece in enumerate("".join(_parts(element, frozenset(), " ", "\x00")).split("\x00")):
        lines = [piece]
        callout = _CALLOUT_RE.match(piece) if number < 3 else None
        if callout:
            lines = piece[callout.end() :].split("\n", 1)
        for line in lines:
            text = _collapse(line)
            if text and not (callout and text.strip(":! ").lower() in _CALLOUT_NAMES):
                yield "quotes", (text,)


def _link(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    href = (element.get("href") or "").strip()
    text = _collapse("".join(str(part) for part in element.itertext()))
    if _is_back(element):
        return
    mark = _MARK_RE.match(text)
    if "#" in href and mark and _is_reference(element, href):
        yield "footnotes", (mark[1].lower(),)
        return
    player = _PLAYER_RE.search(href)
    if player and _stands_alone(element):
        yield "embeds", (player[6],)
        return
    if href and text and not href.startswith("#"):
        yield "links", (text, last_step(href))


def _is_reference(element: Element, href: str) -> bool:
    fragment = href.partition("#")[2]
    near = [element, *(inner for inner in (element.getparent(),) if inner is not None)]
    raised = any(part.tag == "sup" for part in near) or next(element.iter("sup"), None) is not None
    return raised and bool(_NOTE_RE.search(fragment))


def _stands_alone(element: Element) -> bool:
    """Return whether a link is all that its paragraph holds."""
    parent = element.getparent()
    return parent is not None and _text(parent) == _text(element)


def _image(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    source = (element.get("src") or "").strip()
    player = _PLAYER_RE.search(source)
    if player:
        yield "embeds", (player[6],)
    elif source and not source.startswith("data:"):
        yield "images", (last_step(source).partition("?")[0],)


def _frame(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    player = _PLAYER_RE.search(element.get("src") or "")
    if player:
        yield "embeds", (player[6],)


def _emphasis(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _text(element)
    if not text or _is_back(element) or _is_caption(element):
        return
    kind = _EMPHASIS[str(element.tag)]
    without = _NO_EMPHASIS - {"dt", "th"} if kind == "em" else _NO_EMPHASIS
    if any(around.tag in without or _is_back(around) for around in element.iterancestors()):
        return
    yield "emphasis", (kind, text)


def _is_caption(element: Element) -> bool:
    """Return whether emphasis is how a caption is set off: all that follows the images of a paragraph."""
    before = element.getprevious()
    if before is None or (element.tail or "").strip() or element.getnext() is not None:
        return False
    parent = element.getparent()
    if parent is None or (parent.text or "").strip():
        return False
    earlier = list(element.itersiblings(preceding=True))
    return all(
        (part.tag == "img" or part.find(".//img") is not None) and not (part.tail or "").strip() for part in earlier
    )


_READERS: dict[str, Callable[[Element], Iterator[tuple[str, tuple[str, ...]]]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("td", "th"), _cell),
    **dict.fromkeys(_EMPHASIS, _emphasis),
    "li": _item,
    "pre": _code,
    "blockquote": _quote,
    "a": _link,
    "img": _image,
    "iframe": _frame,
}


# --- text ------------------------------------------------------------------------------------------------------------


def last_step(address: str) -> str:
    """Return what an address is compared by: its last step with the query, or its host where there is no path."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    path = _PAGE_RE.sub("", unquote(parts.path).rstrip("/"))
    step = path.rpartition("/")[2] or parts.netloc.lower().removeprefix("www.")
    return f"{step}?{unquote(parts.query)}" if parts.query else step


def _collapse(text: str) -> str:
    return _STOP_RE.sub("", _SPACE_RE.sub(" ", text.replace("\u200b", ""))).strip()


def _text(element: Element, without: frozenset[str] = frozenset()) -> str:
    return _collapse("".join(_parts(element, without, " ")))


def _is_silent(element: Element) -> bool:
    return any(around.tag in _SILENT for around in element.iterancestors())


def _parts(element: Element, without: frozenset[str], line_break: str, edge: str = " ") -> Iterator[str]:
    """Yield the texts below an element without those in `without`, marks of notes, links back and what is not shown."""
    skipped = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        tag = str(inner.tag)
        passes = inner is not element and (tag in without or tag in _SILENT or _is_note_link(inner))
        if event == "start":
            skipped += passes
            if not skipped:
                yield edge if tag in _BLOCKS and tag != "pre" else line_break if tag == "br" else ""
                yield f"“{inner.text or ''}" if tag == "q" else inner.text or ""
        else:
            skipped -= passes
            if not skipped and inner is not element:
                yield edge if tag in _BLOCKS and tag != "pre" else "”" if tag == "q" else ""
                yield inner.tail or ""


def _is_note_link(element: Element) -> bool:
    """Return whether an element is a footnote's mark or a link back from it: neither belongs to the text around."""
    href = element.get("href") or ""
    if element.tag == "sup" and next(element.iter("a"), None) is None:  # in a table that is HTML, which holds no notes
        return (element.text or "").startswith("[") and _MARK_RE.match(element.text or "") is not None
    return _is_back(element) or (element.tag == "a" and "#" in href and _is_reference(element, href))


def _is_back(element: Element) -> bool:
    href = element.get("href") or ""
    if element.tag != "a" or "#" not in href:
        return element.tag == "b" and element.text == "^"  # Wikipedia, where one note has several links back
    return bool(
        _BACK_TARGET_RE.search(href.partition("#")[2])
        or _BACK_RE.match("".join(str(part) for part in element.itertext()).strip())
    )
