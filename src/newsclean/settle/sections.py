"""Draft → Draft: what belongs to sections that were kept: their times, lists under headings; and texts that the page
hides beside its article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.markup.classes import MAX_UNSEEN, is_for_readers, is_hidden, is_panel, is_set_aside
from newsclean.markup.links import Links
from newsclean.settle.beside import NEAR, box_of, text_after, text_before
from newsclean.settle.draft import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Block, Element, Node
    from newsclean.settle.draft import Draft

MAX_TIME = 40
"""Characters of a time above an entry."""

MIN_ENTRIES = 2
"""Entries of one shape with times that make a time line."""

MAX_TIME_BOXES = 3
"""Boxes around a time among which its entry is looked for."""

_TIME_RE = re.compile(
    r"\W{0,3}(?:\d{1,2}\s?[:.h]\s?\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{3,4}))?|\d{4}|\d{1,2}[./ ]\d{1,2}[./ ]\d{2,4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}\.? \w{3,12}\.?(?: \d{4})?|\w{3,12}\.? (?:\d{1,2}, )?\d{4}"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日)\W{0,3}$",
    re.I,
)  # "18:15", "15.05", "1921", "12 May 2020", "2020年5月"

DOUBTED = 0.3
"""Mean probability of a list's items from which the voter was in doubt about them."""

LINKED = 0.3
"""Share of a list's text in links from which it leads elsewhere."""

_INGREDIENTS_RE = re.compile(r"ingredien|zutaten|recipe-?(?:list|instructions|steps)", re.I)  # "recipe-ingredients"

_TOOLS_RE = re.compile(
    r"(?:^|\s)(?:printfooter|page-metadata|codebox-select|(?:wprm|tasty|mv|recipe)-(?:recipe-)?(?:print|buttons?|rating|jump|share|pin|snippet)"
    r"(?:-[\w-]{1,30})?|jump-to-recipe)(?=\s|$)",
    re.I,
)  # "printfooter" of MediaWiki, "page-metadata" of Confluence, "wprm-recipe-rating" of recipe plugins

MAX_HIDDEN = 400
"""Characters of a hidden part past which it is a text that a button shows."""

SAYING = frozenset("td th li dt dd".split())
"""Elements in which what only screen readers say tells what an icon shows."""

SURE = 0.6
"""Probability from which the voter's word stands against a class: a tooltip of a row may say what the row is about."""

JUMPING = frozenset("p div section span nav header".split())
MAX_JUMP = 60
"""Characters of a link to another place of the page."""

CONTENTS = frozenset("ul ol table nav div p".split())
MIN_CONTENTS, MAX_CONTENTS = 3, 400
"""Links of a page's own contents."""
ALL_LINKS = 0.8
"""Share of a text in links from which numbers and marks alone part them."""

MAX_REMARK = 100
"""Characters of a remark that a page may hide beside each of several things."""
MAX_TABS = 2
"""Longer hidden parts alike past which they are tabs, of which one is shown at a time."""
HIDDEN_SHARE = 0.2
"""Share of the kept text up to which what is hidden is beside it: a page hides all of its article, or a remark."""


def complete_times(draft: Draft) -> None:
    """Keep the times over the entries of a live blog or time line of which the entries were kept."""
    if draft.has_items or draft.kind == "forum" or draft.page.kind != "html":
        return
    found: dict[tuple[str, str, str], list[int]] = {}
    for block in draft.page.blocks:
        if (
            0 < len(block.text) <= MAX_TIME
            and not block.link_chars
            and _TIME_RE.match(block.text)
            and _heads_entry(draft, block)
        ):
            node = draft.page.nodes[block.node]
            home = draft.page.nodes[max(node.parent, 0)]
            found.setdefault((node.tag, node.get("class"), home.tag), []).append(block.number)
    for numbers in found.values():
        if len(numbers) >= MIN_ENTRIES:
            for number in numbers:
                if not draft.kept[number]:
                    draft.keep(number, "complete_times", "time over an entry that was kept")


def _heads_entry(draft: Draft, block: Block) -> bool:
    """Return whether a block begins a box of which the next text that says something was kept."""
    following = next(
        (other for other in draft.page.blocks[block.number + 1 : block.number + 4] if _is_said(draft, other)), None
    )
    if following is None or not draft.kept[following.number]:
        return False
    node = draft.page.nodes[block.node]
    for _ in range(MAX_TIME_BOXES):
        if node.parent < 0 or node.first < block.number:
            return False
        if node.first <= following.number < node.last:
            return node.tag not in ("body", "main")
        node = draft.page.nodes[node.parent]
    return node.first == block.number and node.first <= following.number < node.last


def _is_said(draft: Draft, block: Block) -> bool:
    return bool(block.text) and (draft.kept[block.number] or draft.page.nodes[block.node].tag != "button")


def complete_headed_lists(draft: Draft) -> None:
    """Keep a list under its heading between kept text where the voter was in doubt, or that is one of ingredients."""
    if draft.has_items:
        return
    page = draft.page
    for node in page.nodes:
        if (
            node.tag not in ("ul", "ol")
            or node.last - node.first < MIN_ENTRIES
            or all(draft.kept[node.first : node.last])
        ):
            continue
        blocks = page.blocks[node.first : node.last]
        heading = page.blocks[node.first - 1] if node.first else None
        if (
            heading is None
            or page.nodes[heading.node].tag not in HEADINGS
            or not _is_between_kept(draft, node, heading)
        ):
            continue
        if sum(block.link_chars for block in blocks) > LINKED * sum(block.chars for block in blocks):
            continue
        shares = [share for block in blocks if (share := draft.share(block.number)) is not None]
        is_doubted = draft.kind != "forum" and bool(shares) and sum(shares) >= DOUBTED * len(shares)
        if is_doubted or _INGREDIENTS_RE.search(f"{node.get('class')} {page.nodes[node.parent].get('class')}"):
            for block in (heading, *blocks):
                if block.text and not draft.kept[block.number]:
                    draft.keep(block.number, "complete_headed_lists", "list under a heading between text that was kept")


def _is_between_kept(draft: Draft, node: Node, heading: Block) -> bool:
    sides = (text_before(draft, heading.number), text_after(draft, node.last - 1))
    return all(side is not None and draft.kept[side.number] for side in sides)


def drop_tools(draft: Draft) -> None:
    """Drop small parts that programs write around a text and name as such: who saved it, stars to give, print.

    In a list they tell the items apart: which of twelve recipes has how many stars.
    """
    if draft.is_ruled or draft.has_items or draft.page.kind != "html":
        return
    sizes = draft.sizes
    for node in draft.page.nodes:
        if not 0 < node.last - node.first <= NEAR or sizes[node.last] - sizes[node.first] > MAX_HIDDEN:
            continue
        if names := _TOOLS_RE.search(node.get("class")):
            draft.bar(range(node.first, node.last))
            for number in range(node.first, node.last):
                if draft.kept[number]:
                    draft.drop(number, "drop_tools", f'part named "{names[0].strip()}"')


def drop_unseen(draft: Draft) -> None:
    """Drop a text that only screen readers say: the name of a permalink, of a part of the page; an item's stays."""
    for block in () if draft.has_items else draft.page.blocks:
        if not draft.kept[block.number] or not 0 < len(block.text) <= MAX_UNSEEN or not block.pieces:
            continue
        node = draft.page.nodes[block.node]
        is_doubted = (draft.share(block.number) or 0.0) < SURE
        if node.tag not in SAYING and all(
            _is_said_only(element, is_tail, node, is_doubted) for element, is_tail in block.pieces
        ):
            draft.drop(block.number, "drop_unseen", "said by screen readers only")


def _is_said_only(element: Element, is_tail: bool, node: Node, is_doubted: bool) -> bool:
    """Return whether a piece of text stands in an element for screen readers, within the element of its block."""
    inner = element.getparent() if is_tail else element
    for _ in range(NEAR):
        if inner is None:
            return False
        if is_set_aside(inner) or (is_for_readers(inner) and is_doubted):
            return True
        if inner is node.element:
            return not ((element.tail if is_tail else element.text) or "").strip()
        inner = inner.getparent()
    return False


def drop_contents(draft: Draft) -> None:
    """Drop the page's own table of contents: a list or table of nothing but links to other places of the page."""
    if draft.is_ruled or draft.page.kind != "html" or "#" not in draft.page.source:
        return
    blocks, done = draft.page.blocks, 0
    chars, linked = draft.counts([block.chars for block in blocks]), draft.counts([b.link_chars for b in blocks])
    links = Links(draft.page)
    last = max((number for number, kept in enumerate(draft.kept) if kept), default=0)
    for node in draft.page.nodes:
        size = chars[node.last] - chars[node.first]
        is_linked = size and linked[node.last] - linked[node.first] >= ALL_LINKS * size
        if node.tag not in CONTENTS or node.first < done or not is_linked or node.last > last:
            continue
        if _are_places([link for link in islice(node.element.iter("a"), MAX_CONTENTS) if link.get("href")], links):
            home = box_of(draft.page, node, 1)
            done = home.last
            draft.bar(range(home.first, home.last))
            for number in range(home.first, home.last):
                if draft.kept[number]:
                    draft.drop(number, "drop_contents", "the page's own contents")


def drop_jumps(draft: Draft) -> None:
    """Drop a text that is all of it a link to another place of the page: "Jump to recipe", "Back to top"."""
    links = Links(draft.page)
    for block in draft.page.blocks:
        is_link = draft.kept[block.number] and block.link_chars >= block.chars > 0 and len(block.text) <= MAX_JUMP
        if not is_link or draft.page.nodes[block.node].tag not in JUMPING or not block.pieces:
            continue
        first = block.pieces[0][0]
        link = first if first.tag == "a" else next(first.iterancestors("a"), None)
        if link is not None and _are_places([link] * MIN_CONTENTS, links) and not _is_referred(link):
            draft.drop(block.number, "drop_jumps", "leads to another place of the page")


def _is_referred(link: Element) -> bool:
    """Return whether a link may be led to itself, as the number of a note is."""
    return link.get("id") is not None or link.get("name") is not None


def _are_places(found: Sequence[Element], links: Links) -> bool:
    """Return whether links lead to other places of the page, by names: numbers alone are those of notes."""
    if len(found) < MIN_CONTENTS or not all(links.fragment(link.get("href") or "") for link in found):
        return False
    return all(any(map(str.isalpha, "".join(map(str, islice(link.itertext(), NEAR))))) for link in found)


def _is_lone_remark(draft: Draft, node: Node) -> bool:
    """Return whether a hidden part is short and stands between texts that are shown."""
    if draft.sizes[node.last] - draft.sizes[node.first] > MAX_REMARK:
        return False
    around = (text_before(draft, node.first), text_after(draft, node.last - 1))
    return all(block is not None and not is_hidden(draft.page.nodes[block.node].element) for block in around)


def drop_hidden(draft: Draft) -> None:
    """Drop short parts that the page hides beside its article; what opens on demand, or is most of the text, stays."""
    if draft.is_ruled or draft.page.kind != "html":
        return
    sizes, total = draft.sizes, draft.sizes[-1]
    parts: list[Node] = []
    done = 0
    for node in draft.page.nodes:
        if node.first < done or sizes[node.last] == sizes[node.first] or not is_hidden(node.element):
            continue
        done = node.last
        if sizes[node.last] - sizes[node.first] <= MAX_HIDDEN and not is_panel(node.element):
            parts.append(node)
    hidden = sum(sizes[node.last] - sizes[node.first] for node in parts if not _is_lone_remark(draft, node))
    alike = Counter((node.tag, node.get("class")) for node in parts)
    if hidden > HIDDEN_SHARE * total:
        return
    for node in parts:
        most = NEAR if sizes[node.last] - sizes[node.first] <= MAX_REMARK else MAX_TABS
        if alike[node.tag, node.get("class")] <= most:
            draft.bar(range(node.first, node.last))
            for number in range(node.first, node.last):
                if draft.kept[number]:
                    draft.drop(number, "drop_hidden", "the page hides it beside the article")
