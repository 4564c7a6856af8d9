"""Tree → what its elements carry, read in one walk: what is mended is looked for only where a page can have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    Element = etree._Element


@dataclass(frozen=True, slots=True)
class Signs:
    """The tags, attributes and names that a tree has somewhere."""

    tags: frozenset[str]
    attributes: frozenset[str]
    """Names of attributes."""
    classes: frozenset[str]
    """Single names of class attributes."""
    named: str
    """All of these in lower case, parted by spaces."""
    roles: frozenset[str]
    styles: str
    """All style attributes."""


def read_signs(root: Element) -> Signs:
    """Return what the elements of a tree carry."""
    tags: set[str] = set()
    attributes: set[str] = set()
    classes: set[str] = set()
    roles: set[str] = set()
    styles: set[str] = set()
    for element in cast("Iterator[Any]", root.iter()):  # names and values are texts where HTML was parsed
        tags.add(element.tag)
        if names := element.keys():  # items() looks each attribute up by its name, among all of the element
            attributes.update(names)
            if "class" in names:
                classes.add(element.get("class"))
            if "style" in names:
                styles.add(element.get("style"))
            if "role" in names:
                roles.add(element.get("role"))
    single = frozenset(" ".join(classes).split())
    return Signs(
        frozenset(tags), frozenset(attributes), single, " ".join(single).lower(), frozenset(roles), "\n".join(styles)
    )
