"""Draft → Draft: rules that make whole what the voter kept in part: lists, listings, headings, footnotes."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.markup.classes import is_admonition, is_bookmark, is_quoted_post
from newsclean.markup.code import is_listing
from newsclean.markup.footnotes import find_footnotes
from newsclean.markup.links import Links
from newsclean.markup.texts import KeptTexts
from newsclean.page.tree.shown import TAB_LABEL
from newsclean.settle.beside import (
    NEAR,
    between_kept,
    box_of,
    figure_of,
    goes_with,
    is_amid_kept,
    next_text,
    says_something,
    text_before,
)
from newsclean.settle.draft import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

WHOLES = frozenset("ul ol dl menu blockquote".split())

WHOLE_LIST = 0.5
"""A list of which this share of the text was kept is kept whole."""

MIN_PARAGRAPH = 60
"""Characters from which a paragraph is text rather than a label."""

AMONG_MANY = (0.3, 0.35)
"""Characters of dropped paragraphs for each one of their kept siblings up to which they were left out by mistake,
and the score from which a dropped one was in doubt."""

FEW = 3
IN_A_FEW = (1.5, 0.1)
"""The same where there are so few paragraphs that the voter had little to go by: it was trained on longer articles."""

LINKED_PARAGRAPH = 0.3
"""Link density from which a paragraph is a teaser."""

LINKED_ITEM = 0.8
"""Link density from which an item may be a teaser among the items of a list: it is not put back."""

NO_TEXT = 0.1
"""Probability below which a block inside a list is no part of it: a button of a shop, or a footer in a list left open.
Of the characters that were put back below it, 13 % were text, and 42 % of those above (development pages)."""

MAX_IN_ITEM = 60
"""Characters up to which a text inside an item may go with it though the voter took it for none."""

MAX_CALLOUT_BLOCKS = 20
"""Blocks past which what is marked as a callout is a part of the page."""

MAX_NOTE_BLOCKS = 12
"""Blocks past which what a reference points to is a section."""

MAX_HEADING = 200
"""Characters past which a heading is a paragraph in disguise, and the voter's word stands."""

OF_TITLE = 0.7
"""Share of a heading's words past which one that the title has is the headline in other words."""

_FILE_RE = re.compile(
    r"\.(?:pdf|epub|mobi|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip|tar|t?gz|7z|mp3|gpx|kml|ics|json|ipynb|dmg|exe|apk)"
    r"(?:$|[?#])",
    re.I,
)  # "/plan.pdf", "/data.csv?v=2"
_WORD_RE = re.compile(r"\w+")

CALLOUT_TITLES = (
    *("admonition-title", "alert-title", "callout-title", "callout-title-inner", "callout-title-container"),
    *("aside__title", "custom-block-title"),
)
"""How the classes of the title of a callout end."""


def complete_paragraphs(draft: Draft) -> None:
    """Keep a doubted paragraph whose siblings were kept: a box before it misled the voter."""
    paragraphs: dict[int, list[Block]] = {}
    for block in draft.page.blocks:
        node = draft.page.nodes[block.node]
        if node.tag == "p" and len(block.text) >= MIN_PARAGRAPH:
            paragraphs.setdefault(node.parent, []).append(block)
    for siblings in paragraphs.values():
        dropped = [block for block in siblings if not draft.kept[block.number]]
        kept = sum(len(block.text) for block in siblings if draft.kept[block.number])
        limit, doubted = IN_A_FEW if len(siblings) <= FEW else AMONG_MANY
        if not kept or sum(len(block.text) for block in dropped) > limit * kept:
            continue
        for block in dropped:
            if (draft.verdicts[block.number].score or 0.0) >= doubted and block.link_density < LINKED_PARAGRAPH:
                draft.keep(block.number, "complete_paragraphs", "among paragraphs that were kept")


def complete_listings(draft: Draft) -> None:
    """Keep a listing whole: every line of one that was kept in part, and one that stands between kept text."""
    coded = _in_listings(draft)
    if not any(coded):
        return
    kept = draft.counts(draft.kept)
    codes = draft.counts(coded)
    done = 0
    for node in draft.page.nodes:
        size = node.last - node.first
        if node.first < done or not size or codes[node.last] - codes[node.first] < size:
            continue
        done = node.last
        found = kept[node.last] - kept[node.first]
        if found < size and (found or _goes_with_text(draft, node) or _is_first_of_listings(draft, node, coded)):
            for block in draft.page.blocks[node.first : node.last]:
                if block.text and not draft.kept[block.number]:
                    draft.keep(block.number, "complete_listings", "code between text that was kept")
    for block in draft.page.blocks:
        if coded[block.number] and not draft.kept[block.number] and between_kept(draft, block.number, block.number):
            draft.keep(block.number, "complete_listings", "code between text that was kept")


def _goes_with_text(draft: Draft, node: Node) -> bool:
    """Return whether a listing, or the figure that it stands in with a caption, goes with kept text."""
    if goes_with(draft, node):
        return True
    figure = figure_of(draft.page, draft.page.blocks[node.first])
    return figure is not None and goes_with(draft, figure)


def _is_first_of_listings(draft: Draft, node: Node, coded: Sequence[bool]) -> bool:
    """Return whether kept text stands right before a listing and right after it and others that follow (in tabs)."""
    before = text_before(draft, node.first)
    behind = (block for block in draft.page.blocks[node.last : node.last + NEAR] if not coded[block.number])
    after = next((block for block in behind if says_something(draft, block)), None)
    return all(block is not None and draft.kept[block.number] for block in (before, after))


def _in_listings(draft: Draft) -> list[bool]:
    """Return for every block whether it stands in a `<pre>` or is a code element of its own."""
    coded = [False] * len(draft.page.blocks)
    for node in draft.page.nodes:
        if node.tag in ("pre", "table", "div") and is_listing(node.element, node.tag):
            coded[node.first : node.last] = [True] * (node.last - node.first)
    for block in draft.page.blocks if draft.page.kind == "html" else ():
        coded[block.number] = coded[block.number] or _is_code(block)
    return coded


def complete_lists(draft: Draft) -> None:
    """Keep what is missing from a list or quotation of which most was kept; the posts of a forum are no such list."""
    if draft.kind == "forum":
        return
    blocks = draft.page.blocks
    sizes = list(accumulate((len(block.text) for block in blocks), initial=0))
    links = list(accumulate((block.link_chars for block in blocks), initial=0))
    found = list(accumulate((len(block.text) * draft.kept[block.number] for block in blocks), initial=0))
    done = {"blockquote": 0, "list": 0}
    """Where the last whole of each sort ends that was looked at: what is inside it was judged with it."""
    for node in draft.page.nodes:
        is_post = node.tag in ("blockquote", "div") and _is_quoted_post(draft, node)
        if (node.tag not in WHOLES and not is_post) or node.first < done["blockquote"]:
            continue
        sort = "blockquote" if node.tag == "blockquote" or is_post else "list"
        if node.first < done[sort]:
            continue
        is_line = node.tag == "blockquote" and draft.page.kind != "html"
        if node.last - node.first < 2 and not is_post and not is_line:
            continue
        size, kept = sizes[node.last] - sizes[node.first], found[node.last] - found[node.first]
        in_part = WHOLE_LIST * size <= kept < size
        linked = links[node.last] - links[node.first]
        is_plain = not linked or ((kept > 0 or linked <= WHOLE_LIST * size) and _is_announced(draft, node))
        if in_part or is_post or (is_plain and _is_plain_list(draft, node)):
            done[sort] = node.last
            _make_whole(draft, node, is_post)


def _make_whole(draft: Draft, whole: Node, is_post: bool) -> None:
    """Keep what may belong to a list or quotation: no teaser, nor what is plainly no text to the voter.

    A quotation ends with its source, which the voter takes for a byline; short texts go with the item they stand in.
    """
    blocks = draft.page.blocks[whole.first : whole.last]
    missing = [block for block in blocks if block.text and not draft.kept[block.number]]
    missing = [block for block in missing if is_post or block.link_density < LINKED_ITEM]
    is_quote = whole.tag in ("blockquote", "div")
    doubted = [block for block in missing if not is_quote and _is_no_text(draft, block)]
    for block in missing:
        if is_quote or not _is_no_text(draft, block):
            draft.keep(block.number, "complete_lists", "part of a list or quotation that was kept")
    items: dict[int, bool] = {}
    for block in doubted:
        if _is_in_kept_item(draft, block, items):
            draft.keep(block.number, "complete_lists", "part of a list or quotation that was kept")


def _is_no_text(draft: Draft, block: Block) -> bool:
    """Return whether the voter is all but sure that a block is no article."""
    share = draft.share(block.number)
    return share is not None and share < NO_TEXT


def _is_in_kept_item(draft: Draft, block: Block, items: dict[int, bool]) -> bool:
    """Return whether a short text that is no button stands in an item with kept text: the date of an entry.

    `items` remembers which items hold some.
    """
    number = block.node
    node = draft.page.nodes[number]
    if node.tag == "button" or len(block.text) > MAX_IN_ITEM:
        return False
    while node.parent >= 0 and node.tag not in WHOLES:
        if node.tag == "li":
            if number not in items:
                items[number] = any(draft.kept[node.first : node.last])
            return items[number]
        number = node.parent
        node = draft.page.nodes[number]
    return False


def _is_quoted_post(draft: Draft, node: Node) -> bool:
    """Return whether a quotation is a post of another service that stands amid kept text, or right behind some."""
    if not is_quoted_post(node.element):
        return False
    box = box_of(draft.page, node, 0)
    return is_amid_kept(draft, box) or goes_with(draft, box)


def _is_announced(draft: Draft, node: Node) -> bool:
    before = text_before(draft, node.first)
    return before is not None and before.text.endswith((":", "："))


def _is_plain_list(draft: Draft, node: Node) -> bool:
    """Return whether a list, or quotation of a plain text, has kept text right before it and later on in its box."""
    if node.tag not in ("ul", "ol") and (node.tag != "blockquote" or draft.page.kind == "html"):
        return False
    home = draft.page.nodes[node.parent]
    before = text_before(draft, node.first)
    if before is None or not draft.kept[before.number] or before.number < home.first:
        return False
    return any(draft.kept[node.last : min(home.last, node.last + NEAR)])


def complete_callouts(draft: Draft) -> None:
    """Keep a callout that stands amid kept text of its box."""
    for node in draft.page.nodes:
        if node.tag not in ("div", "aside", "section") or not is_admonition(node.element):
            continue
        if node.last - node.first <= MAX_CALLOUT_BLOCKS and is_amid_kept(draft, node):
            for block in draft.page.blocks[node.first : node.last]:
                if block.text and not draft.kept[block.number] and block.link_density < LINKED_ITEM:
                    draft.keep(block.number, "complete_callouts", "callout amid text that was kept")


CARD_DEPTH = 5
"""Elements around the title of a card among which the one that is named for it is looked for."""


def complete_downloads(draft: Draft) -> None:
    """Keep a link amid kept text, to a file, announced by the text before, or on a card that its author put there."""
    for block in draft.page.blocks:
        if draft.kept[block.number] or not block.text or block.link_density < LINKED_ITEM:
            continue
        is_wanted = is_download(block) or _is_announced_link(draft, block) or _is_bookmark(draft, block)
        if is_wanted and is_amid_kept(draft, box_of(draft.page, draft.page.nodes[block.node], 1)):
            draft.keep(block.number, "complete_downloads", "link to a file amid text that was kept")


def _is_bookmark(draft: Draft, block: Block) -> bool:
    """Return whether a link is the title of a card by which editors show one that an author has pasted."""
    node = draft.page.nodes[block.node]
    for _ in range(CARD_DEPTH):
        if node.parent < 0 or node.first != block.number:
            return False
        if is_bookmark(node.element):
            return True
        node = draft.page.nodes[node.parent]
    return False


def _is_announced_link(draft: Draft, block: Block) -> bool:
    """Return whether a text is one link, and the kept text right before it ends with a colon."""
    before = text_before(draft, block.number)
    links = {link for element, _ in block.pieces if (link := next(element.iterancestors("a"), element)).tag == "a"}
    is_one = len(links) == 1 and len(block.text) <= MAX_HEADING
    return is_one and before is not None and draft.kept[before.number] and before.text.endswith((":", "："))


def is_download(block: Block) -> bool:
    """Return whether a text begins in a link to a file."""
    element = next((element for element, _ in block.pieces), None)
    for _ in range(NEAR):
        if element is None:
            return False
        if element.tag == "a":
            return element.get("download") is not None or _FILE_RE.search(element.get("href") or "") is not None
        element = element.getparent()
    return False


def complete_notes(draft: Draft) -> None:
    """Keep the footnotes that kept text refers to; what shops raise numbers for is small print.

    So it is on other pages made of items, where the voter is sure that it is no text.
    """
    if draft.kind == "product":
        return
    page = draft.page
    if all(kept or not block.text for kept, block in zip(draft.kept, page.blocks, strict=True)):
        return
    texts = KeptTexts(page, [True] * len(page.blocks))
    footnotes = find_footnotes(page, texts, Links(page))
    wanted = {label for element, label in footnotes.references.items() if _is_kept(draft, texts.inner(element))}
    if not wanted:
        return
    elements = {element for element, note in footnotes.notes.items() if note.label in wanted}
    for node in page.nodes:
        if node.element not in elements or node.last - node.first > MAX_NOTE_BLOCKS:
            continue
        for block in page.blocks[node.first : node.last]:
            if block.text and not draft.kept[block.number] and not (draft.has_items and _is_no_text(draft, block)):
                draft.keep(block.number, "complete_notes", "footnote that kept text refers to", "footnote")


def complete_headings(draft: Draft) -> None:
    """Keep a heading that stands right over kept text, in the same part of the page: inside the body, or over it.

    A heading over the body that has the words of the title is the headline, which is printed once above it.
    """
    first, last = draft.first_and_last()
    for block in draft.page.blocks[max(first - NEAR, 0) : last]:
        if draft.kept[block.number] or not 0 < len(block.text) <= MAX_HEADING:
            continue
        node = draft.page.nodes[block.node]
        if node.tag == "button" and draft.page.nodes[node.parent].tag in HEADINGS:  # what opens an accordion's panel
            node = draft.page.nodes[node.parent]
        following = next_text(draft.page, block.number)
        if not _is_heading(node) or following is None or not draft.kept[following.number]:
            continue
        if block.number < first and (node.tag not in HEADINGS or _has_words_of_title(draft, block)):
            continue
        parent = draft.page.nodes[node.parent]
        if node.tag not in HEADINGS:  # the title of a callout may stand beside its icon in a box of their own
            parent = draft.page.nodes[max(parent.parent, 0)]
        if parent.first <= following.number < parent.last:
            draft.keep(block.number, "complete_headings", "heading right over kept text")


def _has_words_of_title(draft: Draft, block: Block) -> bool:
    known = set(_WORD_RE.findall((draft.metadata.title or "").casefold()))
    words = _WORD_RE.findall(block.text.casefold())
    return sum(word in known for word in words) > OF_TITLE * len(words)


def _is_heading(node: Node) -> bool:
    """Return whether a node is a heading, a tab's label, or a callout's title ("admonition-title", "alert-title")."""
    if node.tag in HEADINGS or node.get("role") == "heading" or node.element.get(TAB_LABEL) is not None:
        return True
    return any(name.endswith(CALLOUT_TITLES) for name in node.get("class").split())


def _is_kept(draft: Draft, number: int) -> bool:
    return number >= 0 and draft.kept[number]


def _is_code(block: Block) -> bool:
    """Return whether all of a block's text stands in one code element, which takes the place of a `<pre>`."""
    first = next((element for element, is_tail in block.pieces if not is_tail), None)
    while first is not None and first.tag in ("span", "a"):
        first = first.getparent()
    if first is None or first.tag != "code":
        return False
    return " ".join("".join(str(part) for part in first.itertext()).split()) == block.text
