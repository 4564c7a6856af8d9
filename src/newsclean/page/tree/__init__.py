"""str → lxml tree, parsed once and mended where libxml2 does not know HTML5, of bounded depth. No blocks here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.page.tree.custom import add_custom_media
from newsclean.page.tree.emails import reveal_emails
from newsclean.page.tree.frames import HOLDERS, open_frames
from newsclean.page.tree.notes import mend_notes
from newsclean.page.tree.office import mend_office
from newsclean.page.tree.recordings import drop_fallback_text
from newsclean.page.tree.shown import mend_shown
from newsclean.page.tree.signs import read_signs
from newsclean.page.tree.styles import flow_boxes, part_boxes
from newsclean.page.tree.typed import mend_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = etree._Element

HEAD_CONTENT = frozenset("base basefont bgsound link meta noscript object script style template title".split())
"""What belongs into <head>. libxml2 leaves HTML5 elements there too ("<title>x</title><article>…" without <body>)."""

MAX_DEPTH = 1_000
"""Elements nested deeper than this are unwrapped (their text stays): real pages stay under 200, and libxml2 cuts the
page off at 2,048 levels even with huge_tree."""

DEPTH_BELOW_BOXES = 50
"""How much deeper elements other than BOXES may nest."""

BOXES = frozenset("div section center font span b i big small blockquote table tbody tr td dl dd ul ol".split())
"""Elements that broken pages nest without end."""

MAX_ATTRIBUTES = 1_000
"""Attributes of one element that are read; pages have under 100. libxml2 compares each with all before it: 1,000 cost
1 ms, 400,000 minutes, and nothing can stop it in between."""

LONG_TAG = 4 * MAX_ATTRIBUTES
"""Bytes of a tag with so many attributes, at least."""

# "</body>", "</html >": HTML lets text follow them, and libxml2 puts what follows into a second tree that nobody sees.
_EARLY_END_RE = re.compile(rb"</(?:body|html)\s*>", re.I)
_MATHJAX_RE = re.compile(rb"(</?)mjx-[a-z-]+")  # "<mjx-container": in a sentence, unlike other unknown elements

# What a terminal obeys, as far as it eats no markup: "\x1b[31m", "\x1b]8;;https://example.org/\x07".
_TERMINAL_RE = re.compile(rb"\x1b\[[0-9;:]{0,32}[@-Z\\^-~]|\x1b\][^<>\x07\x1b\n]{0,256}(?:\x07|\x1b\\)")
_SPACES = bytes.maketrans(b"\x0c", b" ")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\x0c\r"})
"""What HTML has no use for, and lxml does not write back where an element is mended."""

_CODE_ENDS = (b"</script", b"</SCRIPT", b"</style", b"</STYLE")
_TAG_NAME_RE = re.compile(rb"<[a-zA-Z][^\s/>]*")  # "<p"
_ATTRIBUTE_RE = re.compile(
    rb"""[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?"""
)  # ' href="/a"', " hidden"


def parse_tree(source: str, *, ids: bool = True) -> Element:
    """Return the root element of an HTML source: no network, no entity expansion, comments dropped, bounded depth.

    Pictures and players of custom elements and hidden e-mail addresses stand where scripts would put them, and
    recordings are without the text for browsers that cannot play them. Where only the layout parts words, a space does.
    Without `ids` XPath's id() finds nothing: site rules may call it, nobody else does.
    """
    data = source.encode("utf-8", "replace")
    if b"\x1b" in data:
        data = _TERMINAL_RE.sub(b"", data)
    data = data.translate(_SPACES, _CONTROLS)
    data = _bound_attributes(_EARLY_END_RE.sub(b"", data))
    if b"<mjx-container" in data:
        data = _MATHJAX_RE.sub(rb"\1span", data)
    root = _parse(data, ids)
    signs = read_signs(root)
    if not HOLDERS.isdisjoint(signs.tags) and open_frames(root):
        signs = read_signs(root)
    add_custom_media(root, signs)
    drop_fallback_text(root, signs)
    reveal_emails(root, data)
    flow_boxes(root, signs)
    part_boxes(root)
    mend_office(root, data, signs)
    mend_lists(root, signs)
    mend_shown(root, signs)
    mend_notes(root, data, signs)
    return root


def _bound_attributes(data: bytes) -> bytes:
    """Return the source without the attributes of an element past MAX_ATTRIBUTES."""
    kept: list[bytes] = []
    done = 0
    for start, end in _long_stretches(data):
        stretch = data[start:end]
        cut = _cut(stretch)
        if len(cut) < len(stretch):
            kept += [data[done:start], cut]
            done = end
    return b"".join([*kept, data[done:]]) if kept else data


def _long_stretches(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where LONG_TAG bytes or more hold no ">": looks back from that many bytes ahead to the last one."""
    start = 0
    while start + LONG_TAG <= len(data):
        last = data.rfind(b">", start, start + LONG_TAG)
        if last < 0:
            last = data.find(b">", start + LONG_TAG)
            last = len(data) if last < 0 else last
            yield start, last
        start = last + 1


def _cut(stretch: bytes) -> bytes:
    """Return what stands before a ">" with the tag in it cut after MAX_ATTRIBUTES; code ("i <n") has none."""
    tag = None if stretch.endswith(_CODE_ENDS) else _TAG_NAME_RE.search(stretch)
    place = tag.end() if tag else len(stretch)
    for _ in range(MAX_ATTRIBUTES):
        attribute = _ATTRIBUTE_RE.match(stretch, place)
        if attribute is None:
            return stretch
        place = attribute.end()
    return stretch[:place]


def _parse(data: bytes, ids: bool) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, collect_ids=ids
    )
    if not data.strip():
        return etree.Element("html")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return etree.Element("html")
    if parser.error_log.filter_types((etree.ErrorTypes.ERR_RESOURCE_LIMIT,)):
        return _parse_deep(data)
    return _with_whole_body(root) if root is not None else etree.Element("html")


def _with_whole_body(root: Element) -> Element:
    """Return the tree with `<title>T</title><main>` in its body: libxml2 takes HTML5's elements for the head's own."""
    head = root.find("head")
    stray = next((child for child in head if child.tag not in HEAD_CONTENT), None) if head is not None else None
    if stray is None:
        return root
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    strays = [stray, *stray.itersiblings()]
    strays[-1].tail, body.text = (strays[-1].tail or "") + (body.text or ""), None
    body[:0] = strays
    return root


class _ShallowBuilder:
    """Parser target that builds the tree and unwraps elements below MAX_DEPTH, which keeps their text.

    Boxes that mean nothing go first, so that paragraphs and lists at the bottom stay what they are.
    """

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._built: list[bool] = []
        self._depth = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        limit = MAX_DEPTH if tag in BOXES else MAX_DEPTH + DEPTH_BELOW_BOXES
        built = self._depth < limit
        self._built.append(built)
        if built:
            self._depth += 1
            self._builder.start(tag, attrib)

    def end(self, tag: str | bytes) -> None:
        if self._built.pop():
            self._depth -= 1
            self._builder.end(tag)

    def data(self, data: str | bytes) -> None:
        self._builder.data(data)

    def comment(self, text: str | bytes) -> None:
        pass  # a comment has no text of the page

    def close(self) -> Element:
        return self._builder.close()


def _parse_deep(data: bytes) -> Element:
    parser = etree.HTMLParser(target=_ShallowBuilder(), encoding="utf-8", huge_tree=True, no_network=True)
    root: Element = etree.fromstring(data, parser)
    return root
