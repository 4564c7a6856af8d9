"""Draft → boxes amid the text that are no part of the article: ads, letters, other stories."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from newsclean.lexicon.furniture import APPEALS, SPONSORED_STARTS
from newsclean.markup.classes import is_gallery
from newsclean.settle.draft import HEADINGS, PARAGRAPH
from newsclean.settle.part import (
    BUTTON,
    MARKERS,
    MAX_LABEL,
    RESUMING,
    Part,
    candidates,
    is_small,
    key,
    names,
    share,
)
from newsclean.settle.wholes import is_download

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

MAX_TEASERS = 3
"""Boxes with a link past which a page is a list of things."""
NEAR = 8
"""Blocks before and behind a box among which paragraphs are looked for."""
BOXES = frozenset(
    """ads advert advertisement annons annonse annonce anuncio anzeige werbung reklama reklam reklame publicite
    publicidad publicidade pubblicita sponsor sponsored promo newsletter nyhetsbrev nieuwsbrief related relacionadas
    relacionados relatert relaterat verwandt lasmer leesook lireaussi leggianche leiatambem leatambien readalso
    seealso bacajuga readnext alsoread beritaterkait artikelterkait ilgilihaberler outbrain taboola
    donate donation donationbox spenden supportus faireundon donazione donaciones
    subscribe abbonati abbonamento abonnement abonnez suscribete suscripcion assine prenumerera""".split()
)
"""Words in the class of a box that is no part of the text around it."""
BEHIND = 0.8
"""Share of the kept text above a box that stands behind it."""
MAX_BUTTON, MAX_PITCH, MAX_APPEAL = 30, 200, 400
"""Characters of a link that is a button, of what stands above it, and above one that says "Donate"."""
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
        if node.tag in HEADINGS or not is_small(draft, node.first, node.last):
            continue
        label = next(block.text for block in draft.page.blocks[node.first : node.last] if block.text)
        title = label.partition(":")[0]
        if named := BOXES & names(node.get("class")):
            yield Part(node.first, node.last, f'box named "{min(named)}"')
        elif len(label) <= MAX_LABEL and key(label).startswith(SPONSORED_STARTS) and node.last - node.first > 1:
            yield Part(node.first, node.last, "box of a sponsor")
        elif node.tag not in NO_BOXES and _asks(node, draft) and not _is_of_gallery(node) and _is_apart(draft, node):
            asking.append(Part(node.first, node.last, "box that ends with a button or a field to fill in"))
        elif len(label) <= 2 * MAX_LABEL and (key(label) in MARKERS or key(title) in RESUMING):
            if node.last - node.first > 1:
                yield Part(node.first, node.last, f'box under "{title}"')
        elif node.tag not in NO_BOXES and _leads_away(node, draft.page.blocks) and _is_between(draft, node):
            teasers.append(Part(node.first, node.last, "box that leads to another story"))
    for found in (teasers, asking):
        if len(found) <= MAX_TEASERS:
            yield from found


def _is_of_gallery(node: Node) -> bool:
    """Return whether a box is a gallery or part of one: what ends it moves it on."""
    return is_gallery(node.element) or any(map(is_gallery, islice(node.element.iterancestors(), GALLERY_DEPTH)))


def _asks(node: Node, draft: Draft) -> bool:
    """Return whether a box ends with what a reader is to press or to fill in, asks for an address, or is a pitch."""
    if draft.metadata.published is not None and not draft.has_items and _is_pitch(node, draft.page.blocks):
        return True
    last = False
    for element in node.element.iterdescendants():
        if element.tag == "input" and (element.get("type") or "").lower() == "email":
            return True
        if element.tag in ("pre", "figure"):
            return False
        is_control = element.tag in CONTROLS or next(element.iterancestors("button"), None) is not None
        if is_control or (element.text or "").strip():
            last = is_control
        if element.tag not in CONTROLS and not is_control and (element.tail or "").strip():
            last = False
    return last


def _is_pitch(node: Node, blocks: Sequence[Block]) -> bool:
    """Return whether a box is a few words without a link, and a link like a button below them."""
    *above, button = [block for block in blocks[node.first : node.last] if block.text]
    if not above or button.link_density < BUTTON or len(button.text) > MAX_BUTTON or is_download(button):
        return False
    is_plain = not any(block.link_chars or block.media for block in above)
    longest = MAX_PITCH if APPEALS.isdisjoint(key(button.text).split()) else MAX_APPEAL
    return is_plain and sum(len(block.text) for block in above) <= longest


def _leads_away(node: Node, blocks: Sequence[Block]) -> bool:
    """Return whether a box has a picture and little text but that of links, none of them to a file."""
    inside = blocks[node.first : node.last]
    linked = sum(block.link_chars for block in inside)
    if not any(block.media for block in inside) or not 0 < BUTTON * sum(block.chars for block in inside) <= linked:
        return False
    return not any(is_download(block) for block in inside)


def _is_apart(draft: Draft, node: Node) -> bool:
    """Return whether a box stands between paragraphs or behind them."""
    return _is_between(draft, node) or _is_behind(draft, node)


def _is_behind(draft: Draft, node: Node) -> bool:
    """Return whether a box of a dated page stands behind its text."""
    return draft.metadata.published is not None and share(draft, 0, node.first) >= BEHIND


def _is_between(draft: Draft, node: Node) -> bool:
    """Return whether kept paragraphs stand before and behind a box in the element around both."""
    home, blocks = draft.page.nodes[node.parent], draft.page.blocks
    before, behind = max(home.first, node.first - NEAR), min(home.last, node.last + NEAR)
    sides = blocks[before : node.first], blocks[node.last : behind]
    return all(any(draft.kept[b.number] and len(b.text) >= PARAGRAPH for b in side) for side in sides)
