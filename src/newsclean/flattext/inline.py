"""Rows and lines → text and links: the list of addresses at the end of a dump, and the marks inside its lines.

Programs that flatten pages leave both. The list goes before rows are joined: its long addresses would hide the width
at which the text was wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.flattext.lines import Line
    from newsclean.flattext.rows import Row

MAX_LIST_TITLE = 40
"""Characters in a title inside the list of references ("Visible links", "Hidden links:")."""

MAX_LINKS = 200
"""Links of one line: a real paragraph has a few dozen."""

MAX_LINK_WORDS = 8
"""Words that a `[12]` mark inside a sentence makes a link of at most: the end of the link is not written down."""

LIST_TITLES = frozenset({"references", "visible links", "hidden links", "links"})
"""What lynx, elinks and w3m write above the list."""

_ADDRESS_RE = re.compile(r"(?:(?:https?|ftp|file|mailto|tel|javascript|about):|/|#)\S*$")  # "https://a.org/x", "#top"
_REFERENCE_RE = re.compile(r"(?:\[(\d{1,5})\]:?|(\d{1,5})\.)\s+(\S.*)$")  # "12. https://a.org/", "[12] Title"
_MARK_RE = re.compile(r"\[(\d{1,5})\]")  # "[12]" before (lynx, w3m, elinks) the text of a link
_LINK_STOP_RE = re.compile(r"[.,;:!?…。、)\]»”]+(?:\s|$)|\s[–—|(]")  # where the text of a link ends
_MARKDOWN_LINK_RE = re.compile(r"(!?)\[([^\[\]\n]{0,400})\]\(<?([^\s()<>]{1,2000})>?(?: \"[^\"\n]{0,300}\")?\)")
_MARKDOWN_MARK_RE = re.compile(r"\*\*|__|`")  # "**bold**", "__bold__", "`code`"
_MARKDOWN_ESCAPE_RE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")  # "1\." of html2text
_MARKDOWN_HEADING_RE = re.compile(r"^(#{1,6}) +(\S.*?)[ #]*$")  # "## Title ##"
_TAG_PAIR_RE = re.compile(r"<(p|div|span|a|li|h[1-6]|strong|em|b|i)\b[^<>]{0,500}>[^<>]+</\1>")  # "<div>Title</div>"
_ENTITY_RE = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,7}|#x[0-9a-fA-F]{2,6});")  # "&amp;", "&#8217;"
_CHANGE_MARK_RE = re.compile(r"\[(?:INS|DEL): ?| ?:(?:INS|DEL)\]")  # "[INS:new:INS]" of lynx
# Each alternative begins with a letter or mark as it is, so that the search passes over all other letters at once.
_FORM_RE = re.compile(
    r"\(BUTTON\)|\[BUTTON\]|\(_\)|\(\*\)|\( \)|\[[xX ]?\]|\[[^\[\]]{0,60}_{2,}\]|\[ {3,}\]|___+|IFRAME: \S*|EMBED: \S*"
)  # "(BUTTON)", "[ ]", "[All___]", "[      ]", "____", "IFRAME: https://…"


def cut_references(rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    """Return the rows above the list of references, and its addresses by their numbers as written.

    An entry is a number with its address, or, as elinks writes it, a number with a title and the address in the row
    below.
    """
    addresses: dict[str, str] = {}
    number = first = len(rows)
    while number:
        size = _entry(rows, number - 1, addresses)
        if size:
            number -= size
            first = number
        elif addresses and len(rows[number - 1].text) <= MAX_LIST_TITLE and first == number:
            number -= 1  # the title of the list, or of a part of it
        else:
            break
    while addresses and first and _is_title(rows, first):
        first -= 1
    return rows[:first], addresses


def _entry(rows: Sequence[Row], last: int, addresses: dict[str, str]) -> int:
    """Return how many rows the entry that ends with row `last` takes, 0 where there is none; note its address."""
    text = rows[last].text
    found = _REFERENCE_RE.match(text)
    if found and _ADDRESS_RE.match(found.group(3)):
        addresses[found.group(1) or found.group(2)] = found.group(3)
        return 1
    if last and _ADDRESS_RE.match(text):
        found = _REFERENCE_RE.match(rows[last - 1].text)
        if found:
            addresses[found.group(1) or found.group(2)] = text
            return 2
    return 0


def _is_title(rows: Sequence[Row], first: int) -> bool:
    return rows[first - 1].text.strip(" :").lower() in LIST_TITLES


@dataclass(slots=True)
class Inline:
    """What a line says without its marks."""

    text: str
    links: tuple[tuple[int, int, str], ...] = ()
    """(start, end, address) in `text`, in order, never overlapping."""
    heading: int = 0
    """The level that Markdown marks or a rule below it give the line, 0 without."""
    has_tags: bool = False
    """Whether an element stands in the line that the page itself did not show as one: text pasted in by a widget."""


def read_inlines(lines: Sequence[Line], addresses: Mapping[str, str] = MappingProxyType({})) -> list[Inline]:
    """Return the text and links of every line, in order; `addresses` are what its `[12]` marks stand for."""
    is_markdown = _is_markdown(lines)
    inlines = []
    for line in lines:
        if line.code:
            inlines.append(Inline(line.text))
        else:
            inlines.append(_read(line.text, addresses, is_markdown))
            if line.underline:
                inlines[-1].heading = inlines[-1].heading or _RANKS[line.underline]
    return inlines


_RANKS = {"=": 1, "-": 2}
"""What underlines a heading → its level."""


def _is_markdown(lines: Sequence[Line]) -> bool:
    """Return whether the text is Markdown: it has links or headings in its notation."""
    return any(
        "](" in line.text or (line.text.startswith("#") and _MARKDOWN_HEADING_RE.match(line.text)) for line in lines
    )


def _read(text: str, addresses: Mapping[str, str], is_markdown: bool) -> Inline:
    inline = Inline(text)
    if is_markdown:
        _take_markdown(inline)
    if "<" in text:
        inline.has_tags = _TAG_PAIR_RE.search(text) is not None
    if "&" in text and not inline.links and _ENTITY_RE.search(text):
        inline.text = _collapse(unescape(text))
    if "[" in inline.text or "(" in inline.text or "__" in inline.text or ": http" in inline.text:
        if addresses:
            _take_marks(inline, addresses)
        _take_form(inline)
    return inline


def _take_markdown(inline: Inline) -> None:
    heading = _MARKDOWN_HEADING_RE.match(inline.text)
    if heading:
        inline.heading = len(heading.group(1))
        inline.text = heading.group(2)
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    size = end = 0
    for link in islice(_MARKDOWN_LINK_RE.finditer(inline.text), MAX_LINKS):
        before = _plain_markdown(inline.text[end : link.start()])
        parts.append(before)
        size += len(before)
        end = link.end()
        if link.group(1):
            continue  # an image's alternative text is not text of the page
        label = _plain_markdown(link.group(2))
        parts.append(label)
        if label.strip():
            links.append((size, size + len(label), link.group(3)))
        size += len(label)
    parts.append(_plain_markdown(inline.text[end:]))
    inline.text, inline.links = _trim("".join(parts), links)


def _plain_markdown(text: str) -> str:
    if "*" in text or "_" in text or "`" in text:
        text = _MARKDOWN_MARK_RE.sub("", text)
    return _MARKDOWN_ESCAPE_RE.sub(r"\1", text) if "\\" in text else text


def _take_marks(inline: Inline, addresses: Mapping[str, str]) -> None:
    """Turn `[12]` marks into links: to the end of the line in a list or menu, else to the end of the phrase."""
    marks = list(islice((mark for mark in _MARK_RE.finditer(inline.text) if mark.group(1) in addresses), MAX_LINKS))
    if not marks:
        return
    parts = [inline.text[: marks[0].start()]]
    links: list[tuple[int, int, str]] = []
    size = len(parts[0])
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(inline.text)
        part = inline.text[mark.end() : stop]
        length = _link_length(part)
        if length:
            links.append((size, size + length, addresses[mark.group(1)]))
        parts.append(part)
        size += len(part)
    inline.text, inline.links = _trim("".join(parts), links)


def _link_length(text: str) -> int:
    """Return how many characters of the text after a mark belong to the link."""
    words = 0
    end = len(text)
    stop = _LINK_STOP_RE.search(text)
    if stop and (stop.end() < len(text) or stop.start() > 0):
        end = stop.start()
    for position, character in enumerate(text[:end]):
        if character == " ":
            words += 1
            if words == MAX_LINK_WORDS:
                return position
    return len(text[:end].rstrip())


def _take_form(inline: Inline) -> None:
    text = _FORM_RE.sub("", inline.text)
    text = _CHANGE_MARK_RE.sub("", text) if "INS" in text or "DEL" in text else text
    if text == inline.text:
        return
    inline.links = ()
    inline.text = _collapse(text)


def _collapse(text: str) -> str:
    if "\t" in text:
        return "\t".join(" ".join(cell.split()) for cell in text.split("\t")).strip("\t")
    return " ".join(text.split())


def _trim(text: str, links: list[tuple[int, int, str]]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return a text without the white space at its ends, and its links moved along."""
    start = len(text) - len(text.lstrip())
    trimmed = text.strip()
    moved = []
    for first, last, address in links:
        first, last = max(first - start, 0), min(last - start, len(trimmed))
        if first < last:
            moved.append((first, last, address))
    return trimmed, tuple(moved)
