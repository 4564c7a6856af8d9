"""Draft → small parts that are no part of the article: boxes amid the text, what closes a page below it, lines."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from newsclean.lexicon.furniture import ABOUT_STARTS, APPEALS, CONTINUES, FOLLOW_STARTS, SPONSORED_STARTS
from newsclean.markup.classes import is_gallery
from newsclean.markup.pictures import counts_pictures
from newsclean.settle.draft import PARAGRAPH
from newsclean.settle.part import (
    MARKERS,
    MAX_HEAD,
    MAX_LABEL,
    MOST,
    RESUMING,
    Part,
    box_from,
    candidates,
    key,
    names,
    share,
)
from newsclean.settle.wholes import HEADINGS, is_download

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

LAST_LINES = 4
"""Texts at the end of an article that may ask to follow its site."""
MAX_TEASERS = 3
"""Boxes with a link past which a page is a list of things."""
MAX_BOX_BLOCKS, MAX_BOX_CHARS = 90, 600
"""Blocks and characters past which a box is a section."""
MAX_BOX_SHARE = 0.25
"""Share of the kept text past which a box is the body."""
NEAR = 8
"""Blocks before and behind a box among which paragraphs are looked for."""
LINKED = 0.8
"""Link density from which a box leads to another story, or a text is a button."""
BOXES = frozenset(
    """ads advert advertisement annons annonse annonce anuncio anzeige werbung reklama reklam reklame publicite
    publicidad publicidade pubblicita sponsor sponsored promo newsletter nyhetsbrev nieuwsbrief related relacionadas
    relacionados relatert relaterat verwandt lasmer leesook lireaussi leggianche leiatambem leatambien readalso
    seealso bacajuga readnext alsoread beritaterkait artikelterkait ilgilihaberler outbrain taboola
    subscribe abbonati abbonamento abonnement abonnez suscribete suscripcion assine prenumerera""".split()
)
"""Words in the class of a box that is no part of the text around it."""
GALLERY_DEPTH = 3
"""Elements around a box among which a gallery is looked for."""
CONTROLS = ("input", "button")
NO_BOXES = frozenset("p figure blockquote ul ol dl table pre details li tr td article main".split()) | HEADINGS
"""Elements that are no box of another story, however much they link."""


def boxes(draft: Draft) -> Iterator[Part]:
    """Yield small boxes amid the text: named for an ad, a letter or another story, with such a title, or but a link."""
    if not draft.is_prose:
        return
    teasers: list[Part] = []
    asking: list[Part] = []
    for node in candidates(draft):
        if node.tag in HEADINGS or not _is_small(draft, node):
            continue
        label = next(block.text for block in draft.page.blocks[node.first : node.last] if block.text)
        title = label.partition(":")[0]
        if named := BOXES & names(node.get("class")):
            yield Part(node.first, node.last, f'box named "{min(named)}"')
        elif len(label) <= MAX_LABEL and key(label).startswith(SPONSORED_STARTS) and node.last - node.first > 1:
            yield Part(node.first, node.last, "box of a sponsor")
        elif node.tag not in NO_BOXES and _asks(node) and not _is_of_gallery(node) and _is_between(draft, node):
            asking.append(Part(node.first, node.last, "box that ends with a button or a field to fill in"))
        elif len(label) <= 2 * MAX_LABEL and (key(label) in MARKERS or key(title) in RESUMING):
            if node.last - node.first > 1:
                yield Part(node.first, node.last, f'box under "{title}"')
        elif node.tag not in NO_BOXES and _leads_away(node, draft.page.blocks) and _is_between(draft, node):
            teasers.append(Part(node.first, node.last, "box that leads to another story"))
    for found in (teasers, asking):
        if len(found) <= MAX_TEASERS:
            yield from found


def _is_small(draft: Draft, node: Node) -> bool:
    if node.last - node.first > MAX_BOX_BLOCKS or share(draft, node.first, node.last) > MAX_BOX_SHARE:
        return False
    return sum(len(block.text) for block in draft.page.blocks[node.first : node.last]) <= MAX_BOX_CHARS


def _is_of_gallery(node: Node) -> bool:
    """Return whether a box is a gallery or part of one: what ends it moves it on."""
    return is_gallery(node.element) or any(map(is_gallery, islice(node.element.iterancestors(), GALLERY_DEPTH)))


def _asks(node: Node) -> bool:
    """Return whether a box ends with what a reader is to press or to fill in."""
    last = False
    for element in node.element.iterdescendants():
        if element.tag in ("pre", "figure"):
            return False
        is_control = element.tag in CONTROLS or next(element.iterancestors("button"), None) is not None
        if is_control or (element.text or "").strip():
            last = is_control
        if element.tag not in CONTROLS and not is_control and (element.tail or "").strip():
            last = False
    return last


def _leads_away(node: Node, blocks: Sequence[Block]) -> bool:
    """Return whether a box has a picture and little text but that of links, none of them to a file."""
    inside = blocks[node.first : node.last]
    linked = sum(block.link_chars for block in inside)
    if not any(block.media for block in inside) or not 0 < LINKED * sum(block.chars for block in inside) <= linked:
        return False
    return not any(is_download(block) for block in inside)


def _is_between(draft: Draft, node: Node) -> bool:
    """Return whether kept paragraphs stand before and behind a box in the element around both."""
    home, blocks = draft.page.nodes[node.parent], draft.page.blocks
    before, behind = max(home.first, node.first - NEAR), min(home.last, node.last + NEAR)
    sides = blocks[before : node.first], blocks[node.last : behind]
    return all(any(draft.kept[b.number] and len(b.text) >= PARAGRAPH for b in side) for side in sides)


def closings(draft: Draft) -> Iterator[Part]:
    """Yield what closes a page below the text: the box of its author, what a company says of itself, appeals."""
    if not draft.is_prose:
        return
    page = draft.page
    authors = {key(name) for name in draft.metadata.authors}
    for block in page.blocks[draft.first_and_last()[0] + 1 :]:
        if not 0 < len(block.text) <= MAX_LABEL:
            continue
        said = key(block.text)
        if said in authors:
            home, reason = box_from(draft, block), "box of the author"
        elif (subject := _subject(said)) and _speaks_of(draft, block, subject):
            home, reason = box_from(draft, block), "what a company says of itself"
        elif not APPEALS.isdisjoint(said.split()) and _is_button(draft, block):
            home, reason = _box_to(draft, block), "appeal to the reader"
        else:
            continue
        if home is not None and _is_small(draft, home) and share(draft, 0, home.first) >= MOST:
            yield Part(home.first, home.last, reason)


def last_lines(draft: Draft) -> Iterator[Part]:
    """Yield lines in italics at the end that ask to follow or to listen."""
    kept = [block for block in draft.page.blocks if draft.kept[block.number] and block.text]
    for block in reversed(kept[-LAST_LINES:] if draft.is_prose else ()):
        if len(block.text) > MAX_HEAD or not key(block.text).startswith(FOLLOW_STARTS) or not _is_slanted(block):
            return
        yield Part(block.number, block.number + 1, "asks to follow or to listen")


def _is_slanted(block: Block) -> bool:
    """Return whether all of a text stands in one element of emphasis or in a link."""
    elements = {element for element, is_tail in block.pieces for element in element.iterancestors() if not is_tail}
    elements.update(element for element, is_tail in block.pieces if not is_tail)
    return any(element.tag in ("em", "i", "a") for element in elements)


def _subject(heading: str) -> str:
    """Return of whom a heading says that it tells ("About Harbour Works")."""
    start = next((start for start in ABOUT_STARTS if heading.startswith(start)), None)
    return heading[len(start) :] if start else ""


def _speaks_of(draft: Draft, block: Block, subject: str) -> bool:
    following = next((other for other in islice(draft.page.blocks, block.number + 1, None) if other.text), None)
    return following is not None and subject in key(following.text[: MAX_LABEL + len(subject)])


def _is_button(draft: Draft, block: Block) -> bool:
    return block.link_density >= LINKED or draft.page.nodes[block.node].tag == "button"


def _box_to(draft: Draft, block: Block) -> Node | None:
    """Return the largest small element that ends with a text."""
    found = None
    node = draft.page.nodes[block.node]
    while node.parent > 0 and node.tag not in ("main", "body", "article"):
        if any(other.text for other in draft.page.blocks[block.number + 1 : node.last]) or not _is_small(draft, node):
            break
        found = node
        node = draft.page.nodes[node.parent]
    return found


def lines(draft: Draft) -> Iterator[Part]:
    """Yield lines that say nothing of the article: markers of ads, "continues below", counters of pictures."""
    for block in draft.page.blocks:
        if draft.kept[block.number] and 0 < len(block.text) <= MAX_LABEL:
            said = key(block.text)
            if said in MARKERS or any(mark in said for mark in CONTINUES):
                yield Part(block.number, block.number + 1, "marks an ad")
            elif counts_pictures(block.text) and not block.media:
                yield Part(block.number, block.number + 1, "counts pictures")
