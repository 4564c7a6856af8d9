"""The edits that ftr files ask of a tree: unwrap, wrap, move, delete attributes and text. Each takes XPath's finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsclean.sites._marks import remove

if TYPE_CHECKING:
    from collections.abc import Iterable

    Element = etree._Element

KEPT_WHOLE = frozenset({"html", "body", "head"})


def delete_attribute(found: object) -> None:
    """Delete an attribute that XPath found."""
    owner, name = _owner(found), str(getattr(found, "attrname", ""))
    if owner is not None and name in owner.attrib:
        del owner.attrib[name]


def blank_text(found: object) -> None:
    """Delete a text node that XPath found; what is computed stands nowhere."""
    owner = _owner(found)
    if owner is None:
        return
    if getattr(found, "is_tail", False):
        owner.tail = None
    elif getattr(found, "is_text", False):
        owner.text = None


def use_attribute_as_source(root: Element, name: str) -> None:
    """Let images be loaded from where an attribute says."""
    for image in root.iter("img"):
        if image.get(name):
            image.set("src", image.get(name, ""))


def dissolve(found: Iterable[object]) -> None:
    """Leave of elements only their content: what was a box or a link flows into the text around it."""
    for element in _elements(found):
        if element.getparent() is not None and element.tag not in KEPT_WHOLE:
            element.tag = "span"
            element.attrib.clear()


def wrap_in(found: Iterable[object], tag: str) -> None:
    """Put elements and text nodes each into a new element."""
    for one in list(found):
        if isinstance(one, etree._Element):
            parent = one.getparent()
            if parent is None or one.tag in KEPT_WHOLE:
                continue
            wrapper = etree.Element(tag)
            wrapper.tail, one.tail = one.tail, None
            parent.replace(one, wrapper)
            wrapper.append(one)
        else:
            _wrap_text(one, tag)


def move_into(found: Iterable[object], target: Element | None) -> None:
    """Move elements to the end of another, but none into itself."""
    if target is None:
        return
    above = {target, *target.iterancestors()}
    for element in _elements(found):
        if element not in above and element.getparent() is not None:
            remove(element)
            target.append(element)


def _wrap_text(found: object, tag: str) -> None:
    owner = _owner(found)
    if owner is None or getattr(found, "is_attribute", False) or not str(found).strip():
        return
    wrapper = etree.Element(tag)
    wrapper.text = str(found)
    if getattr(found, "is_tail", False):
        owner.tail = None
        owner.addnext(wrapper)
    else:
        owner.text = None
        owner.insert(0, wrapper)


def _elements(found: Iterable[object]) -> list[Element]:
    return [one for one in found if isinstance(one, etree._Element)]


def _owner(found: object) -> Element | None:
    """Return the element that a string which XPath found belongs to."""
    get = getattr(found, "getparent", None)
    owner = get() if get is not None else None
    return owner if isinstance(owner, etree._Element) else None
