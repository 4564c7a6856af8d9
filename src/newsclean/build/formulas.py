"""MathML, MathJax scripts and formula images → Math in LaTeX where the page carries it, else the formula's own text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.document import Math

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_DISPLAY_STYLE_RE = re.compile(r"\{\\(?:display|text)style\s+(.*)\}\s*$", re.S)  # "{\displaystyle a+b}"
_FORMULA_IMAGE_RE = re.compile(r"(?:^|\s)(?:mwe-math-fallback-image-\w+|latex|tex|math)(?:\s|$)")  # "latex"


def formula(element: Element) -> Math | str | None:
    """Return the formula of a math element: LaTeX from its annotation or alttext, else its characters as text."""
    for annotation in element.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            return _math(annotation.text, element.get("display") == "block")
    if element.get("alttext"):
        return _math(element.get("alttext") or "", element.get("display") == "block")
    return " ".join("".join(str(text) for text in element.itertext()).split()) or None


def script_formula(element: Element) -> Math | None:
    """Return the formula of a MathJax script element, or None for any other script."""
    kind = (element.get("type") or "").lower()
    if not kind.startswith("math/tex"):
        return None
    return _math(element.text or "", "display" in kind)


def image_formula(element: Element) -> Math | None:
    """Return the formula that an image shows and its alt text spells out."""
    if not element.get("alt") or not _FORMULA_IMAGE_RE.search(element.get("class") or ""):
        return None
    return _math(element.get("alt") or "", "display" in (element.get("class") or ""))


def _math(latex: str, display: bool) -> Math | None:
    latex = " ".join(latex.split())
    wrapped = _DISPLAY_STYLE_RE.match(latex)
    if wrapped:
        latex = wrapped[1].strip()
    latex = latex.strip("$ ")
    return Math(latex, display) if latex else None
