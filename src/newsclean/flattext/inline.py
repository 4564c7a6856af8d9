"""Lines → text and links: reference marks, Markdown marks and form left-overs taken out of each line.

Programs that flatten pages leave these marks inside the text; what is left of a line, and its links, go to tree.py.
"""

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

MAX_LINKS = 200
"""Links of one line: a real paragraph has a few dozen."""

MAX_LINK_WORDS = 8
"""Words that a `[12]` mark inside a sentence makes a link of at most: the end of the link is not written down."""

MIN_REFERENCES = 1
"""Numbered addresses at the end of a text that make a list of references."""

MAX_LIST_TITLE = 40
"""Characters in a title inside the list of references ("Visible links", "Hidden links:")."""

_ADDRESS_RE = re.compile(
    r"(?:https?|ftp|file|mailto|tel|javascript|about):\S*$|/\S*$|#\S*$"
)  # "https://a.org/x", "#top"
_BRACKET_REFERENCE_RE = re.compile(r"^\[(\d{1,5})\]:?\s+(\S+)$")  # "[12] https://a.org/", "[12]: https://a.org/"
_NUMBER_REFERENCE_RE = re.compile(r"^(\d{1,5})\.\s+(\S+)$")  # "1204. https://a.org/"
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


@dataclass(slots=True)
class Inline:
    """What a line says without its marks."""

    text: str
    links: tuple[tuple[int, int, str], ...] = ()
    """(start, end, address) in `text`, in order, never overlapping."""
    heading: int = 0
    """The level that Markdown marks give the line, 0 without."""
    has_tags: bool = False
    """Whether an element stands in the line that the page itself did not show as one: text pasted in by a widget."""


@dataclass(slots=True)
class References:
    """The numbered list of addresses that ends a text."""

    addresses: dict[str, str]
    first: int
    """Number of the line that the list begins with; the number of lines where there is no list."""


def read_inlines(lines: Sequence[Line], addresses: Mapping[str, str] = MappingProxyType({})) -> list[Inline]:
    """Return the text and links of every line, in order; lines of the list of references have empty text.

    `addresses` are those of a list that was cut off before: what its `[12]` marks stand for.
    """
    references = find_references(lines)
    references.addresses.update(addresses)
    is_markdown = _is_markdown(lines)
    inlines = []
    for number, line in enumerate(lines):
        if number >= references.first:
            inlines.append(Inline(""))
        elif line.code:
            inlines.append(Inline(line.text))
        else:
            inlines.append(_read(line.text, references.addresses, is_markdown))
    return inlines


def find_references(lines: Sequence[Line]) -> References:
    """Return the list of references at the end of the lines (lynx, elinks, w3m and html2text write one)."""
    addresses: dict[str, str] = {}
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        reference = _reference(lines[number])
        if reference:
            addresses[reference[0]] = reference[1]
            first = number
        elif not addresses or len(lines[number].text) > MAX_LIST_TITLE:
            break
        elif _reference(lines[number - 1]) is None:
            first = number  # the title of the whole list
            break
    return References(addresses, first if len(addresses) >= MIN_REFERENCES else len(lines))


def _reference(line: Line) -> tuple[str, str] | None:
    if line.bullet:
        number, address = line.bullet.strip("(.)"), line.text
    else:
        found = _BRACKET_REFERENCE_RE.match(line.text) or _NUMBER_REFERENCE_RE.match(line.text)
        if not found:
            return None
        number, address = found.groups()
    return (number, address) if number.isdigit() and _ADDRESS_RE.match(address) else None


def _is_markdown(lines: Sequence[Line]) -> bool:
    """Return whether the text is Markdown: it has links or headings in its notation."""
    return any(
        "](" in line.text or (line.text.startswith("#") and _MARKDOWN_HEADING_RE.match(line.text)) for line in lines
    )


def _read(text: str, addresses: dict[str, str], is_markdown: bool) -> Inline:
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


def _take_marks(inline: Inline, addresses: dict[str, str]) -> None:
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
