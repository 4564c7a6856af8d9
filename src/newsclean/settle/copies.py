"""Draft → Draft: each picture once, though a page holds it for phones and desktops, as blurred copy, or slide again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.markup.classes import is_slide_copy
from newsclean.markup.links import Links
from newsclean.markup.pictures import image_source, picture_name, picture_width
from newsclean.settle.beside import figure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.page.html import Block, Element, Node, Page
    from newsclean.settle.draft import Draft

NEARBY = 4
"""Pictures among which one is looked for that differs from another in nothing but a size in its name."""
ONE_SIZE = 0.9
"""Width of a picture against that of a larger form; numbers nearer to each other count pictures: "IMG_1011.jpg"."""
UNKNOWN_WIDTH = 10_000
"""Pixels of a picture whose address names no size: the original, as a rule."""
MAX_DRAWN = 60
"""Characters of a label that is drawn into a graphic."""


@dataclass(slots=True)
class _Picture:
    """A kept picture that stands by itself."""

    block: Block
    alt: str
    caption: str
    name: str
    loose: str
    width: int


def drop_copies(draft: Draft) -> None:
    """Drop what shows a picture again: slides that a carousel repeats, a form for phones or of another size."""
    page, links = draft.page, Links(draft.page)
    shown: list[_Picture] = []
    _drop_slide_copies(draft)
    _drop_narrow_forms(draft)
    for block in page.blocks:
        if not draft.kept[block.number] or block.text or len(block.media) != 1 or block.media[0].tag != "img":
            continue
        picture = _picture(page, block, links)
        if picture is None:
            continue
        known = next((other for other in reversed(shown) if _is_copy(picture, other, shown)), None)
        if known is None:
            shown.append(picture)
            continue
        worse = known if _is_better(picture, known) else picture
        if worse is known:
            shown[shown.index(known)] = picture
        _drop_picture(draft, worse, picture if worse is known else known)


def _drop_slide_copies(draft: Draft) -> None:
    for node in draft.page.nodes:
        if node.last > node.first and is_slide_copy(node.element):
            for number in range(node.first, node.last):
                if draft.kept[number]:
                    draft.drop(number, "drop_copies", "slide that a gallery repeats")


def _drop_narrow_forms(draft: Draft) -> None:
    """Drop what shows a graphic for narrower windows than its sibling does, as ai2html writes them, and its labels."""
    forms: dict[int, list[tuple[int, Node]]] = {}
    for node in draft.page.nodes if "data-min-width" in draft.page.source else ():
        said = node.get("data-min-width")
        if said.isascii() and said.isdigit() and node.last > node.first:
            forms.setdefault(node.parent, []).append((int(said), node))
    for alike in forms.values():
        widest = max(width for width, _ in alike)
        for width, node in alike:
            for block in draft.page.blocks[node.first : node.last]:
                if draft.kept[block.number] and width < widest:
                    draft.drop(block.number, "drop_copies", "form of a graphic for narrower windows")
                elif draft.kept[block.number] and not block.media and len(block.text) <= MAX_DRAWN:
                    draft.drop(block.number, "drop_copies", "label drawn into a graphic")


def _picture(page: Page, block: Block, links: Links) -> _Picture | None:
    element: Element = block.media[0]
    source = image_source(element, links)
    if not source:
        return None
    figure = figure_of(page, block)
    caption = " ".join(b.text for b in page.blocks[figure.first : figure.last] if b.text) if figure else ""
    name, loose = picture_name(source), picture_name(source, loose=True)
    alt = " ".join((element.get("alt") or "").split())
    return _Picture(block, alt, caption, name, loose, picture_width(source) or UNKNOWN_WIDTH)


def _is_copy(picture: _Picture, other: _Picture, shown: Sequence[_Picture]) -> bool:
    """Return whether two pictures are one: of one file, or near each other and alike but for a size in their names."""
    if picture.caption and other.caption and picture.caption != other.caption:
        return False
    if picture.name == other.name:
        return True
    alike = picture.alt == other.alt and picture.caption == other.caption and bool(picture.alt)
    is_form = alike and picture.loose == other.loose and other in shown[-NEARBY:]
    if not is_form or picture.width == other.width:
        return is_form
    narrow, wide = sorted((picture.width, other.width))
    return narrow <= ONE_SIZE * wide


def _is_better(picture: _Picture, other: _Picture) -> bool:
    if bool(picture.caption) != bool(other.caption):
        return bool(picture.caption)
    return picture.width > other.width


def _drop_picture(draft: Draft, picture: _Picture, other: _Picture) -> None:
    """Drop a picture, with its caption where the other one has a figure of its own."""
    figure = figure_of(draft.page, picture.block) if picture.caption else None
    if figure is figure_of(draft.page, other.block):
        figure = None
    numbers = range(figure.first, figure.last) if figure else (picture.block.number,)
    for number in numbers:
        if draft.kept[number]:
            draft.drop(number, "drop_copies", "shows a picture again", "media")
