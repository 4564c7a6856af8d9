"""MathML, MathJax scripts and formula images → Math in LaTeX where the page carries it, else the formula's own text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from newsclean.build.mathml import latex_of
from newsclean.document import Math

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MAX_FORMULA = 2_000
"""Characters of LaTeX in the text of a page past which its marks are no pair."""

_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_OPENER_RE = re.compile(r"\\[(\[]|\$\$")  # "\\(", "$$"
_DISPLAY_STYLE_RE = re.compile(r"\{\\(?:display|text)style\s+(.*)\}\s*$", re.S)  # "{\displaystyle a+b}"
_FORMULA_SERVICE_RE = re.compile(
    r"(?:latex\.codecogs\.com/[\w.]+\?|/chart\?cht=tx&chl=)([^#&]+)"
)  # "https://latex.codecogs.com/svg.latex?a%2Bb"
_SAYS_MORE_RE = re.compile(r"[\\^_]")  # "x^2": not "x = 3", which is plain text as well
_PATH_FORMULA_RE = re.compile(r"/(?:formula|latex|tex|math)[\w.-]*/((?:%5C|\\)[^/?#]+)$", re.I)  # "/tex/%5Cpi"
_LATEX_RE = re.compile(r"\\(?:begin|frac|sum|int|sqrt|operatorname|math\w{2,4}|left|vec|hat)\b\W")  # "\\frac{a}{b}"
_FORMULA_IMAGE_RE = re.compile(r"(?:^|\s)(?:mwe-math-fallback-image-\w+|latex|tex|math)(?:\s|$)")  # "latex"


def formula(element: Element) -> Math | str | None:
    """Return the formula of a math element: LaTeX from its annotation, alttext or elements; plain ones as text."""
    for annotation in element.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            return _math(annotation.text, element.get("display") == "block")
    if element.get("alttext"):
        return _math(element.get("alttext") or "", element.get("display") == "block")
    latex = latex_of(element)
    if latex is not None and _SAYS_MORE_RE.search(latex):
        return _math(latex, element.get("display") == "block")
    return " ".join("".join(str(text) for text in element.itertext()).split()) or None


def spells_formulas(source: str) -> bool:
    """Return whether a page has a script that turns LaTeX in its text into formulas: what is saved may be the LaTeX."""
    if not any(opener in source for opener in _CLOSERS):
        return False
    return any(name in source for name in ("MathJax", "mathjax", "katex", "KaTeX"))


def split_formulas(text: str) -> list[str | Math]:
    r"""Return the parts of a text of such a page: "so \(x\) is" → "so ", the formula, " is"."""
    parts: list[str | Math] = []
    done = 0
    for opener in _OPENER_RE.finditer(text):
        closer = _CLOSERS[opener[0]]
        end = text.find(closer, opener.end(), opener.end() + MAX_FORMULA) if opener.start() >= done else -1
        found = _math(text[opener.end() : end], closer != "\\)") if end >= 0 else None
        if found is not None:
            parts += (text[done : opener.start()], found)
            done = end + len(closer)
    return [part for part in (*parts, text[done:]) if part]


def script_formula(element: Element) -> Math | None:
    """Return the formula of a MathJax script element, or None for any other script."""
    kind = (element.get("type") or "").lower()
    if not kind.startswith("math/tex"):
        return None
    return _math(element.text or "", "display" in kind)


def attribute_formula(element: Element) -> Math | None:
    """Return the formula that a span or div carries in an attribute, or None where it carries none."""
    for name in ("data-math", "data-latex", "data-tex", "data-entry"):
        latex = element.get(name)
        if latex and _is_formula_entry(element, name):
            return _math(latex, "block" in (element.get("class") or "") or element.tag == "div")
    return None


def _is_formula_entry(element: Element, name: str) -> bool:
    """Return whether an attribute with a common name is a formula's: there is a formula below."""
    return name != "data-entry" or next(element.iter("math"), None) is not None


def image_formula(element: Element) -> Math | None:
    """Return the formula that an image shows and its alt text or address spells out."""
    source = element.get("src") or ""
    service = _FORMULA_SERVICE_RE.search(source)
    if service:
        return _math(unquote_plus(service[1]), False)
    path = _PATH_FORMULA_RE.search(source)
    if path:
        return _math(unquote(path[1]), False)
    alt = element.get("alt") or ""
    if not alt or not (_FORMULA_IMAGE_RE.search(element.get("class") or "") or _LATEX_RE.match(alt)):
        return None
    return _math(alt, "display" in (element.get("class") or ""))


def is_rendering(element: Element) -> bool:
    """Return whether an element draws a formula that is spelled out right beside it (KaTeX, MathJax)."""
    names = element.get("class") or ""
    if "katex-html" in names:
        beside = element.getprevious()
        return beside is not None and next(beside.iter("annotation"), None) is not None
    if "MathJax" not in names:
        return False
    beside = element.getnext()
    if beside is not None and "MathJax" in (beside.get("class") or ""):
        beside = beside.getnext()
    return beside is not None and beside.tag == "script" and (beside.get("type") or "").startswith("math/tex")


def _math(latex: str, display: bool) -> Math | None:
    latex = " ".join(latex.split())
    wrapped = _DISPLAY_STYLE_RE.match(latex)
    if wrapped:
        latex = wrapped[1].strip()
    latex = latex.strip("$ ")
    return Math(latex, display) if latex else None
