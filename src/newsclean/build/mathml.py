"""Presentation MathML → LaTeX, for formulas that bring no LaTeX of their own. What it cannot say, it says as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    Element = etree._Element

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
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
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
