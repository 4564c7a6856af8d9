"""Draft → Draft: steps that tidy what was kept: the headline, headings and tabs without a text, pictures, captions."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.lexicon.dates import find_date, without_date
from newsclean.page.names import finder
from newsclean.settle.draft import ENDS, HEADINGS
from newsclean.words import compared

if TYPE_CHECKING:
    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

QUOTES = frozenset("blockquote aside figure div p".split())
PULLED = (5, 400)
"""Words and characters between which a quotation that repeats the text was pulled out of it."""
MAX_SOURCE = 80
"""Characters of a source below a pulled quotation, which the text need not have."""
MAX_DATE = 60
"""Characters of a line with the date of a page."""
LABEL = 60
"""Characters up to which a dropped text between a heading and kept text is a label and no part of its own."""

MAX_DANGLING = 80
"""Characters past which a heading says something by itself."""
MIN_ITEMS = 3
"""Headings of one tag and class from which they are items."""
MAX_ANSWER = 120
"""Characters of a short answer."""
RUN = 3
"""Texts before and behind a doubted one among which its like is looked for."""
DOUBTED = 0.25
"""Probability from which a text between its like was in doubt."""
LIKELY = 0.5
"""Probability from which the voter takes a block for text rather than not."""
_PULLED_RE = re.compile(r"pull-?_?quote|quote-?_?pull|blockquote|highlight-?quote", re.I)  # "wp-block-pullquote"
_WORD_RE = re.compile(r"\w+")
_CLOCK_RE = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?")  # "09:14"


def drop_headline(draft: Draft) -> None:
    """Drop the headline from the body: it is the title, which is printed once above it.

    A long one that is all there is stays: a post that says everything in its title.
    """
    title = compared(draft.metadata.title or "")
    if not title:
        return
    longest = 3 * len(draft.metadata.title or "") + 40
    kept = [block for block in draft.page.blocks if draft.kept[block.number] and block.text]
    found = [block for block in kept if len(block.text) <= longest and _says_title(draft, block, title)]
    if len(found) == len(kept) and len(title) > MAX_DANGLING:
        return
    for block in found:
        draft.drop(block.number, "drop_headline", "repeats the title", "headline")


def _says_title(draft: Draft, block: Block, title: str) -> bool:
    key = compared(block.text)
    is_h1 = draft.page.nodes[block.node].tag == "h1"
    return key == title or (is_h1 and bool(key) and (key in title or title in key))


def drop_dateline(draft: Draft) -> None:
    """Drop a line over the first paragraph that is nothing but a date: it is the page's, and stands in the metadata."""
    if not draft.is_prose or draft.page.kind != "html":
        return
    for block in draft.page.blocks:
        if not draft.kept[block.number] or not block.text:
            continue
        if len(block.text) > MAX_DATE:
            return
        if _says_only_a_day(block.text):
            draft.drop(block.number, "drop_dateline", "the date of the page", "date line")


def _says_only_a_day(text: str) -> bool:
    """Return whether a text is a date and a weekday at most: "Monday, 3 November 2008 09:14"."""
    return find_date(text) is not None and len(_WORD_RE.findall(_CLOCK_RE.sub("", without_date(text)))) <= 1


def drop_dangling_headings(draft: Draft) -> None:
    """Drop headings that head nothing any more: what followed them was dropped, up to the next of their rank.

    On pages made of items, such as shops and blog indexes, headings alike that head nothing are the items, and one
    that the voter takes for text is a slogan.
    """
    dangling = _dangling_headings(draft)
    shapes = Counter(_shape(draft, number) for number in dangling)
    for number in dangling:
        is_item = shapes[_shape(draft, number)] >= MIN_ITEMS or (draft.share(number) or 0.0) >= LIKELY
        if not (draft.has_items and is_item):
            draft.drop(number, "drop_dangling_headings", "heading of a part that was dropped")


def _shape(draft: Draft, number: int) -> tuple[str, str]:
    node = draft.page.nodes[draft.page.blocks[number].node]
    return node.tag, node.get("class")


def _dangling_headings(draft: Draft) -> list[int]:
    found: list[int] = []
    next_rank = dropped = 0
    is_end, emptied, pictured = True, False, False
    for block in reversed(draft.page.blocks):
        pictured = pictured or bool(block.media)
        if not block.text:
            continue
        rank = _rank(draft.page.nodes[block.node].tag)
        is_noted = not is_end and not 0 < next_rank <= rank and _is_over_note(draft, block, dropped)
        is_empty = is_end or (dropped and not is_noted) or (emptied and not pictured and 0 < next_rank <= rank)
        if draft.kept[block.number] and rank and is_empty and len(block.text) <= MAX_DANGLING:
            found.append(block.number)
            dropped += dropped > 0
        elif draft.kept[block.number]:
            is_end, next_rank, dropped, emptied, pictured = False, rank, 0, False, False
        elif not rank:
            emptied = True
            dropped += len(block.text) > LABEL
    return found


def _is_over_note(draft: Draft, heading: Block, dropped: int) -> bool:
    """Return whether dropped texts between a heading and kept text are notes to its section: "Main article: …"."""
    if draft.is_ruled:  # what a rule drops is no section
        return dropped > 0
    return dropped == 1 and (draft.share(heading.number) or 0.0) >= LIKELY


def _rank(tag: str) -> int:
    """Return 1 to 6 for a heading, 0 for any other element."""
    return int(tag[1]) if tag in HEADINGS else 0


def complete_runs(draft: Draft) -> None:
    """Keep a doubted text between kept ones of an article whose like before and behind it were kept: a short answer."""
    if not draft.is_prose:
        return
    texts = [block for block in draft.page.blocks if block.text]
    shapes = [_shape_in_box(draft, block) for block in texts]
    for n in range(1, len(texts) - 1):
        if not _is_short_answer(draft, texts[n]) or not all(draft.kept[texts[m].number] for m in (n - 1, n + 1)):
            continue
        sides = range(max(n - RUN, 0), n), range(n + 1, min(n + 1 + RUN, len(texts)))
        if all(any(draft.kept[texts[m].number] and shapes[m] == shapes[n] for m in side) for side in sides):
            draft.keep(texts[n].number, "complete_runs", "between texts alike that were kept")


def _is_short_answer(draft: Draft, block: Block) -> bool:
    """Return whether a dropped text is short, without links, and the voter was in doubt about it: little, if it is no
    sentence."""
    if draft.kept[block.number] or block.link_density or len(block.text) > MAX_ANSWER:
        return False
    least = DOUBTED if block.text.endswith(ENDS) else LIKELY
    return (draft.share(block.number) or 0.0) >= least


def _shape_in_box(draft: Draft, block: Block) -> tuple[str, str, str]:
    node = draft.page.nodes[block.node]
    return node.tag, node.get("class"), draft.page.nodes[max(node.parent, 0)].get("class")


_is_named_pulled = finder(_PULLED_RE)


def drop_pull_quotes(draft: Draft) -> None:
    """Drop a quotation that repeats words of the text: it was pulled out of it to be seen."""
    page = draft.page
    candidates = [node for node in page.nodes if node.tag in QUOTES and node.first < node.last and _may_be_pulled(node)]
    if not candidates:
        return
    keys = ["".join(_WORD_RE.findall(block.text.casefold())) for block in page.blocks]
    for node in candidates:
        numbers = [n for n in range(node.first, node.last) if draft.kept[n] and page.blocks[n].text]
        if not numbers:
            continue
        longest = max(numbers, key=lambda number: len(keys[number]))
        words, text = len(_WORD_RE.findall(page.blocks[longest].text)), page.blocks[longest].text
        if words < PULLED[0] or len(text) > PULLED[1] or len(keys[longest]) < PULLED[0]:
            continue
        if sum(len(page.blocks[number].text) for number in numbers) > len(text) + MAX_SOURCE:
            continue
        rest = (keys[n] for n in range(len(keys)) if draft.kept[n] and not node.first <= n < node.last)
        if keys[longest] in " ".join(rest):
            for number in numbers:
                draft.drop(number, "drop_pull_quotes", "repeats words of the text")


def _may_be_pulled(node: Node) -> bool:
    return node.tag in ("blockquote", "aside") or _is_named_pulled(node.get("class"))


def drop_tabs(draft: Draft) -> None:
    """Drop the labels of tabs, which choose nothing any more in a saved page; those of accordions head their panels."""
    tabs = [node for node in draft.page.nodes if node.get("role") == "tablist"]
    panels = draft.counts([len(block.text) > LABEL for block in draft.page.blocks]) if tabs else []
    done = 0
    for node in tabs:
        if node.first < done or panels[node.last] > panels[node.first]:
            continue
        done = node.last
        for number in range(node.first, node.last):
            if draft.kept[number]:
                draft.drop(number, "drop_tabs", "label of a tab")
