"""Draft → Draft: rules that make whole what the voter kept in part: tables, lists, listings, headings, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.build.footnotes import find_footnotes
from newsclean.build.links import Links
from newsclean.build.texts import KeptTexts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.draft import Draft
    from newsclean.parse import Block, Node, Page

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LISTS = frozenset("ul ol dl menu".split())

WHOLE_TABLE = 0.5
"""A data table of which this share of the rows was kept is kept whole: a table with holes misleads."""

WHOLE_LIST = 0.5
"""A list of which this share of the text was kept is kept whole."""

MIN_TABLE_COLUMNS = 2
NEAR = 2
"""Texts before and after a table that are looked at: an ad label may stand between it and the next paragraph."""
LINKED_TABLE = 0.5
"""Link density from which a table is a list of links."""

MIN_PARAGRAPH = 80
"""Characters from which a paragraph is text rather than a label."""

MISSING_PARAGRAPHS = 0.34
"""Characters of dropped paragraphs for each one of their kept siblings up to which they were left out by mistake."""

DOUBTED = 0.25
"""Score from which a dropped paragraph was in doubt."""

LINKED_PARAGRAPH = 0.3
"""Link density from which a paragraph is a teaser."""

LINKED_ITEM = 0.8
"""Link density from which an item may be a teaser among the items of a list: it is not put back."""

MAX_NOTE_BLOCKS = 12
"""Blocks past which what a reference points to is a section."""

MAX_HEADING = 200
"""Characters past which a heading is a paragraph in disguise, and the voter's word stands."""


def complete_tables(draft: Draft) -> None:
    """Keep the rows of a data table together: one that was mostly kept, or that stands amid kept text of its box."""
    kept = draft.counts(draft.kept)
    for node in draft.page.nodes:
        if node.tag != "table" or node.last - node.first < 2:
            continue
        blocks = draft.page.blocks[node.first : node.last]
        if not all(draft.page.nodes[block.node].tag in ("tr", "caption", "th", "td") for block in blocks):
            continue
        share = (kept[node.last] - kept[node.first]) / len(blocks)
        if share < WHOLE_TABLE and not (_is_data(blocks) and _is_amid_kept(draft, node)):
            continue
        for block in blocks:
            if not draft.kept[block.number]:
                draft.keep(block.number, "complete_tables", "row of a table that belongs to kept text")


def complete_paragraphs(draft: Draft) -> None:
    """Keep a doubted paragraph whose siblings were kept: a box before it misled the voter."""
    kept: dict[int, int] = {}
    dropped: dict[int, list[Block]] = {}
    for block in draft.page.blocks:
        node = draft.page.nodes[block.node]
        if node.tag != "p" or len(block.text) < MIN_PARAGRAPH:
            continue
        if draft.kept[block.number]:
            kept[node.parent] = kept.get(node.parent, 0) + len(block.text)
        else:
            dropped.setdefault(node.parent, []).append(block)
    for parent, blocks in dropped.items():
        size = sum(len(block.text) for block in blocks)
        if size > MISSING_PARAGRAPHS * kept.get(parent, 0):
            continue
        for block in blocks:
            if (draft.verdicts[block.number].score or 0.0) >= DOUBTED and block.link_density < LINKED_PARAGRAPH:
                draft.keep(block.number, "complete_paragraphs", "among paragraphs that were kept")


def complete_listings(draft: Draft) -> None:
    """Keep a listing whole: every line of one that was kept in part, and one that stands between kept text."""
    kept = draft.counts(draft.kept)
    coded = _in_listings(draft)
    codes = draft.counts(coded)
    done = 0
    for node in draft.page.nodes:
        size = node.last - node.first
        if node.first < done or not size or codes[node.last] - codes[node.first] < size:
            continue
        done = node.last
        found = kept[node.last] - kept[node.first]
        if found < size and (found or _goes_with(draft, node)):
            for block in draft.page.blocks[node.first : node.last]:
                if block.text and not draft.kept[block.number]:
                    draft.keep(block.number, "complete_listings", "code between text that was kept")
    for block in draft.page.blocks:
        if coded[block.number] and not draft.kept[block.number] and _between_kept(draft, block.number, block.number):
            draft.keep(block.number, "complete_listings", "code between text that was kept")


def _in_listings(draft: Draft) -> list[bool]:
    """Return for every block whether it stands in a `<pre>` or is a code element of its own."""
    coded = [False] * len(draft.page.blocks)
    for node in draft.page.nodes:
        if node.tag == "pre":
            coded[node.first : node.last] = [True] * (node.last - node.first)
    for block in draft.page.blocks:
        coded[block.number] = coded[block.number] or _is_code(block)
    return coded


def complete_lists(draft: Draft) -> None:
    """Keep the items that are missing from a list of which most was kept."""
    for node in draft.page.nodes:
        if node.tag not in LISTS or node.last - node.first < 2:
            continue
        blocks = [block for block in draft.page.blocks[node.first : node.last] if block.text]
        size = sum(len(block.text) for block in blocks)
        kept = sum(len(block.text) for block in blocks if draft.kept[block.number])
        if not WHOLE_LIST * size <= kept < size:
            continue
        for block in blocks:
            if not draft.kept[block.number] and block.link_density < LINKED_ITEM:
                draft.keep(block.number, "complete_lists", "item of a list that was kept")


def complete_notes(draft: Draft) -> None:
    """Keep the footnotes that kept text refers to."""
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
            if block.text and not draft.kept[block.number]:
                draft.keep(block.number, "complete_notes", "footnote that kept text refers to", "footnote")


def complete_headings(draft: Draft) -> None:
    """Keep a heading that stands right over kept text, in the same part of the page, inside the body."""
    first, last = draft.first_and_last()
    for block in draft.page.blocks[first:last]:
        if draft.kept[block.number] or not 0 < len(block.text) <= MAX_HEADING:
            continue
        node = draft.page.nodes[block.node]
        following = _next_text(draft.page, block.number)
        if node.tag in HEADINGS and following is not None and draft.kept[following.number]:
            parent = draft.page.nodes[node.parent]
            if parent.first <= following.number < parent.last:
                draft.keep(block.number, "complete_headings", "heading right over kept text")


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


def _goes_with(draft: Draft, node: Node) -> bool:
    """Return whether a part stands between kept text, or right behind kept text in the same box."""
    before = next((block for block in reversed(draft.page.blocks[: node.first]) if block.text), None)
    if before is None or not draft.kept[before.number]:
        return _between_kept(draft, node.first, node.last - 1)
    return before.number >= draft.page.nodes[node.parent].first or _between_kept(draft, node.first, node.last - 1)


def _is_data(blocks: Sequence[Block]) -> bool:
    """Return whether rows hold columns of values rather than links or a single cell."""
    linked = sum(block.link_chars for block in blocks) / max(1, sum(block.chars for block in blocks))
    columns = sorted(block.text.count("\t") + 1 for block in blocks)[len(blocks) // 2]
    return columns >= MIN_TABLE_COLUMNS and linked < LINKED_TABLE


def _is_amid_kept(draft: Draft, node: Node) -> bool:
    """Return whether text near before and near after a part was kept, in the box that holds the part."""
    box = draft.page.nodes[node.parent]
    before = [block for block in reversed(draft.page.blocks[box.first : node.first]) if block.text][:NEAR]
    after = [block for block in draft.page.blocks[node.last : box.last] if block.text][:NEAR]
    return all(any(draft.kept[block.number] for block in side) for side in (before, after))


def _between_kept(draft: Draft, first: int, last: int) -> bool:
    """Return whether the text right before and right after these blocks was kept (or one was, where the page ends)."""
    before = next((block for block in reversed(draft.page.blocks[:first]) if block.text), None)
    after = _next_text(draft.page, last)
    sides = [draft.kept[block.number] for block in (before, after) if block is not None]
    return bool(sides) and all(sides)


def _next_text(page: Page, number: int) -> Block | None:
    return next((block for block in page.blocks[number + 1 : number + 8] if block.text), None)
