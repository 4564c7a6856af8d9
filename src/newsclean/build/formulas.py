"""MathML, MathJax scripts and formula images → Math in LaTeX where the page carries it or its MathML can be said in it,
else the formula's own text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from lxml import etree

from newsclean.document import Math
from newsclean.patterns import later

if TYPE_CHECKING:
    Element = etree._Element
    from collections.abc import Sequence

MAX_FORMULA = 2_000
"""Characters of LaTeX in the text of a page past which its marks are no pair."""

MAX_MARKUP = 20_000
"""Characters of MathML in an attribute past which it is not read."""

_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_SHORTCODES = {"[math]": "[/math]", "[latex]": "[/latex]", "[tex]": "[/tex]", "$latex ": "$"}
"""What forums and blogs write around LaTeX, with or without a script that draws it."""
_ENVIRONMENTS = "align equation gather multline eqnarray alignat".split()
"""What MathJax draws of itself, with or without a star."""
_OPENER_RE = later(
    r"\\[(\[]|\$\$|\[(?:math|latex|tex)\]|\$latex |\\begin\{(?:" + "|".join(_ENVIRONMENTS) + r")\*?\}"
)  # "\\(", "$$", "[math]", "\\begin{align*}"
_INLINE_RE = later(r"\$(?=[^\s$])([^$]{1,300}?)(?<![\s\\])\$(?!\d)")  # "$a_4 + 1 > 0$"
_FORMULA_LIKE_RE = later(r"[\\^_{}=<>]|[A-Za-z]['′]?$")  # "a_4", "x": not "5 for three, or"
_MACRO_RE = later(r"\s*\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|def|let|require)\b\*?")
_COMMAND_RE = later(r"\\(?:[A-Za-z]+|.)", re.S)  # "\\R"
_DISPLAY_STYLE_RE = later(r"\{\\(?:display|text)style\s+(.*)\}\s*$", re.S)  # "{\displaystyle a+b}"
_FORMULA_SERVICE_RE = later(
    r"(?:latex\.codecogs\.com/[\w.]+\?|/chart\?cht=tx&chl=|(?:mime|math)tex\.cgi\?|/latex\.php\?latex=|/equation\?tex=)([^#&]+)"
)  # "https://latex.codecogs.com/svg.latex?a%2Bb", "/cgi-bin/mimetex.cgi?a+b"
_LOOKS_RE = later(
    r"^(?:\s*\\(?:inline|dpi\{\d+\}|(?:bg|fn)_\w+|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)(?![a-z]))+",
)  # "\\inline \\dpi{120}": how a service is to draw it
_PLUS_IS_SPACE_RE = later(r"latex\.php|/equation\?|%2B", re.I)  # those that write spaces as in forms
_SAYS_MORE_RE = later(r"[\\^_]")  # "x^2": not "3 = 3", which is plain text as well
_PATH_FORMULA_RE = later(r"/(?:formula|latex|tex|math)[\w.-]*/((?:%5C|\\)[^/?#]+)$", re.I)  # "/tex/%5Cpi"
_LATEX_RE = later(r"\\(?:begin|frac|sum|int|sqrt|operatorname|math\w{2,4}|left|vec|hat)\b\W")  # "\\frac{a}{b}"
_FORMULA_IMAGE_RE = later(r"(?:^|\s)(?:mwe-math-fallback-image-\w+|latex|tex|math)(?:\s|$)")  # "latex"


def formula(element: Element) -> Math | str | None:
    """Return the formula of a math element: LaTeX from its annotation, alttext or elements; plain ones as text."""
    for annotation in element.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            return _math(annotation.text, element.get("display") == "block")
    spelled = element.get("alttext") or element.get("data-latex")
    if spelled:
        return _math(spelled, element.get("display") == "block")
    latex = latex_of(element)
    if latex is not None and (_SAYS_MORE_RE.search(latex) or _names_a_letter(element)):
        return _math(latex, element.get("display") == "block")
    return " ".join("".join(str(text) for text in element.itertext()).split()) or None


def _names_a_letter(element: Element) -> bool:
    """Return whether a formula has a variable: a letter of its own is set as one, also where it is all there is."""
    return any(len(name) == 1 and name.isalpha() for name in ((mi.text or "").strip() for mi in element.iter("mi")))


def may_spell(text: str) -> bool:
    """Return whether a text holds what begins a formula, on a page that spells some."""
    has_sign = "$" in text or "\\" in text or "[" in text
    return has_sign and (_OPENER_RE.search(text) is not None or _INLINE_RE.search(text) is not None)


def spells_formulas(source: str) -> bool:
    """Return whether a page has a script that turns LaTeX in its text into formulas: what is saved may be the LaTeX."""
    if any(name in source for name in ("[/math]", "[/latex]", "[/tex]", "$latex ")):
        return True
    if "$" not in source and "\\begin{" not in source and not any(o in source for o in _CLOSERS):
        return False
    return any(name in source for name in ("MathJax", "mathjax", "katex", "KaTeX"))


def split_formulas(text: str) -> list[str | Math]:
    r"""Return the parts of a text of such a page: "so \(x\) is" → "so ", the formula, " is"."""
    parts: list[str | Math] = []
    done = 0
    for opener in _OPENER_RE.finditer(text):
        is_whole = opener[0].startswith("\\begin")
        closer = opener[0].replace("begin", "end") if is_whole else _CLOSERS.get(opener[0]) or _SHORTCODES[opener[0]]
        end = text.find(closer, opener.end(), opener.end() + MAX_FORMULA) if opener.start() >= done else -1
        if end < 0:
            continue
        spelled = text[opener.start() : end + len(closer)] if is_whole else text[opener.end() : end]
        found = _math(spelled, is_whole or opener[0] in ("\\[", "$$"))
        parts += _with_inline_formulas(text[done : opener.start()])
        parts += (found,) if found is not None else ()
        done = end + len(closer)
    return [part for part in (*parts, *_with_inline_formulas(text[done:])) if part]


def _with_inline_formulas(text: str) -> list[str | Math]:
    """Return the parts of a text in which single dollars stand around what can be nothing but LaTeX."""
    parts: list[str | Math] = []
    done = 0
    for match in _INLINE_RE.finditer(text):
        found = _math(match[1], False) if _FORMULA_LIKE_RE.search(match[1]) else None
        if found is not None:
            parts += (text[done : match.start()], found)
            done = match.end()
    return [*parts, text[done:]]


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
    markup = element.get("data-mathml")
    return _markup_formula(markup) if markup and len(markup) <= MAX_MARKUP else None


def _markup_formula(markup: str) -> Math | None:
    """Return the formula of the MathML that MathJax 2 keeps beside what it drew: a save may lack its script."""
    try:
        math = etree.fromstring(markup, etree.HTMLParser(no_network=True)).find(".//math")
    except (etree.XMLSyntaxError, AttributeError, ValueError):
        return None
    if math is None:
        return None
    found = formula(math)
    return Math(found, math.get("display") == "block") if isinstance(found, str) else found


def _is_formula_entry(element: Element, name: str) -> bool:
    """Return whether an attribute with a common name is a formula's: there is a formula below."""
    return name != "data-entry" or next(element.iter("math"), None) is not None


def image_formula(element: Element) -> Math | None:
    """Return the formula that an image shows and its alt text or address spells out."""
    source = (element.get("src") or "").replace("&space;", "%20").replace("&plus;", "%2B")
    service = _FORMULA_SERVICE_RE.search(source)
    if service:
        latex = (unquote_plus if _PLUS_IS_SPACE_RE.search(source) else unquote)(service[1])
        return _math(_LOOKS_RE.sub("", latex), False)
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


def _without_macros(latex: str) -> str:
    r"""Return LaTeX without the definitions that it begins with: `\newcommand{\R}{\mathbb{R}}`."""
    while (macro := _MACRO_RE.match(latex)) is not None:
        at, parts = macro.end(), 0
        while at < len(latex) and (latex[at] in "{[ " or (latex[at] == "\\" and not parts)):
            at = _end_of_group(latex, at)
            parts += 1
        latex = latex[at:]
    return latex.strip()


def _end_of_group(latex: str, at: int) -> int:
    """Return where a space, a command or a group in brackets ends."""
    if latex[at] == "\\":
        command = _COMMAND_RE.match(latex, at)
        return command.end() if command else at + 1
    depth = 0
    for end in range(at, len(latex)):
        depth += (latex[end] in "{[") - (latex[end] in "}]")
        if depth <= 0:
            return end + 1
    return len(latex)


def _math(latex: str, display: bool) -> Math | None:
    latex = " ".join(latex.split())
    wrapped = _DISPLAY_STYLE_RE.match(latex)
    if wrapped:
        latex = wrapped[1].strip()
    latex = _without_macros(latex.strip("$ "))
    return Math(latex, display) if latex else None


MAX_ELEMENTS = 3_000
"""Elements past which a formula is given as its characters."""

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi"
_CAPITALS = "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
_SIGNS = """sum prod int oint surd infty partial nabla pm times div cdot leq geq neq approx equiv sim propto in notin
subset subseteq cup cap forall exists to leftarrow Rightarrow Leftrightarrow mapsto ldots cdots circ oplus otimes
mathbb{R} mathbb{N} mathbb{Z} mathbb{Q} mathbb{C} prime -"""
_SYMBOLS = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψω" + "ΓΔΘΛΞΠΣΦΨΩ" + "∑∏∫∮√∞∂∇±×÷·≤≥≠≈≡∼∝∈∉⊂⊆∪∩∀∃→←⇒⇔↦…⋯∘⊕⊗ℝℕℤℚℂ′−",
        f"{_GREEK} omega {_CAPITALS} {_SIGNS}".split(),
        strict=True,
    )
)
_ACCENTS = {
    **dict.fromkeys("→⃗", "vec"),
    **dict.fromkeys("~˜", "tilde"),
    **dict.fromkeys("^ˆ", "hat"),
    **dict.fromkeys("‾¯―_", "overline"),
    "˙": "dot",
    "¨": "ddot",
    "⏞": "overbrace",
}
_UNDER = {"⏟": "underbrace", "_": "underline", "‾": "underline"}
_SPECIAL = {"{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "\\": r"\backslash "}
_FUNCTIONS = frozenset("sin cos tan log ln exp lim max min sup inf det gcd arg dim ker sinh cosh tanh".split())
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b")


def latex_of(formula: Element) -> str | None:
    """Return the LaTeX of a math element, or None where it is empty or too large."""
    done: dict[Element, str] = {}
    for count, (_, element) in enumerate(etree.iterwalk(formula, events=("end",))):
        if count > MAX_ELEMENTS:
            return None
        done[element] = _element(element, [done.pop(child, "") for child in element])
    return " ".join(done[formula].split()) or None


def _element(element: Element, parts: list[str]) -> str:
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""  # libxml2 makes names that XML forbids
    if tag in ("mi", "mo", "mn", "mtext", "ms"):
        return _token(tag, element)
    if tag in ("annotation", "annotation-xml", "mspace", "maction"):
        return " " if tag == "mspace" else ""
    wanted = _ARITY.get(tag)
    if wanted is not None and len(parts) == wanted:
        return _layout(tag, parts)
    if tag == "msqrt":
        return f"\\sqrt{{{_row(parts)}}}"
    if tag == "menclose" and "top" in (element.get("notation") or ""):
        return f"\\overline{{{_row(parts)}}}"
    if tag == "mtr":
        return " & ".join(parts)
    if tag == "mtable":
        return "\\begin{matrix} " + " \\\\ ".join(parts) + " \\end{matrix}"
    return _row(parts) if len(element) else " ".join((element.text or "").split())


_ARITY = {"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}


def _layout(tag: str, parts: Sequence[str]) -> str:
    base = parts[0]
    if tag == "mfrac":
        return f"\\frac{{{base}}}{{{parts[1]}}}"
    if tag == "mroot":
        return f"\\sqrt[{parts[1]}]{{{base}}}"
    sign = parts[1].strip().replace("\\to", "→").replace("\\_", "_")
    if tag == "mover" and sign in _ACCENTS:
        return f"\\{_ACCENTS[sign]}{{{base}}}"
    if tag == "munder" and sign in _UNDER:
        return f"\\{_UNDER[sign]}{{{base}}}"
    base = base if len(base) == 1 or (base.startswith("\\") and base[1:].isalpha()) else f"{{{base}}}"
    if len(parts) == 3:
        return f"{base}_{_group(parts[1])}^{_group(parts[2])}"
    return f"{base}{'^' if tag in ('msup', 'mover') else '_'}{_group(parts[1])}"


def _group(part: str) -> str:
    part = part.strip()
    return part if len(part) == 1 else f"{{{part}}}"


def _row(parts: Sequence[str]) -> str:
    """Return parts side by side; a command is parted from a letter behind it."""
    row = ""
    for part in parts:
        command = row.rpartition("\\")[2] if "\\" in row else ""
        row += " " + part if command.isalpha() and part[:1].isalpha() else part
    return row


def _token(tag: str, element: Element) -> str:
    text = "".join(char for char in " ".join((element.text or "").split()) if char not in _INVISIBLE)
    if tag in ("mtext", "ms"):
        return f"\\text{{{text}}}" if text else ""
    if text in _FUNCTIONS:
        return f"\\{text}"
    if tag == "mi" and len(text) > 1 and text.isalpha():
        return f"\\mathrm{{{text}}}"
    return _row([_sign(char) for char in text])


def _sign(char: str) -> str:
    name = _SYMBOLS.get(char)
    if name is None:
        return _SPECIAL.get(char, char)
    return name if name == "-" else f"\\{name}"
