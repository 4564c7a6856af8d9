"""`<pre>` and what highlighters put in its place → Code: exact text, language, no line numbers or buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from textwrap import dedent
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.document import Code
from newsclean.page.html import PHRASING, SKIPPED
from newsclean.page.names import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.markup.texts import KeptTexts

    Element = etree._Element

PROSE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "dl", "blockquote", "figure", "section", "article"])
"""Children that no listing has: a `<pre>` around them is a stray wrapper."""

WRAPPERS = 3
"""How many elements around a listing may name its language."""

INSIDE = 4
"""How many elements in it: a listing in a table comes after its line numbers, which may be one too."""

MIN_LINES = 2
"""Elements from which they may be the lines of a listing."""

LANGUAGES = frozenset(
    """bash sh shell console terminal zsh powershell batch cmd python python3 py javascript js typescript ts
    jsx tsx node json json5 yaml yml toml ini xml html css scss sass less sql mysql postgresql graphql c cpp
    c++ c# csharp objective-c java kotlin scala groovy go golang rust ruby php perl lua r julia swift dart
    elixir erlang haskell clojure lisp scheme ocaml f# fsharp vb fortran matlab latex tex markdown md diff
    patch dockerfile docker makefile nginx apache vim vue svelte solidity zig nim assembly asm""".split()
)
"""Names of languages that the head of a listing says, in lower case."""

LANGUAGE_ATTRIBUTES = (
    *("data-lang", "data-language", "data-canonical-lang", "data-enlighter-language", "data-mode-id", "language"),
    "data-tagsearch-lang",
)

_LANGUAGE_RE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|syntaxhighlighter\s+|src-|hljs\s+(?!lang)|highlight-|data\s+type-)"
    r"([A-Za-z][\w+#.-]*)"
)  # "language-python", "brush: js; toolbar: false", "sourceCode haskell"
_NO_LANGUAGE_RE = re.compile(
    r"(?:none|plain|plain-?text|text|txt|no-?highlight|auto|default|undefined|unknown|notranslate|copy|wrap|wrapper|container"
    r"|code|block|lines?|(?:line-?)?numbers?|numberlines)$",
    re.I,
)  # "plaintext": what stands where a language would
_GUTTER_RE = re.compile(
    r"(?:^|\s)(?:linenos?|lineno\S*|gutter|rouge-gutter|line-numbers?-rows|line-?number|ln|lnt|hljs-ln-numbers"
    r"|blob-num|crayon-nums|CodeMirror-(?:linenumber|gutter-wrapper|measure)|cm-gutters|ace_gutter|margin-view-overlays|react-syntax-highlighter-line-number|code-line-number)(?:\s|$)",
    re.I,
)  # "td.linenos", "span.lnt"
_UNSELECTABLE_RE = re.compile(r"user-select:\s*none")  # "-webkit-user-select:none": line numbers, prompts
_PRE_STYLE_RE = re.compile(
    r"white-space:\s*pre\b|display:\s*block"
)  # "white-space: pre": `<code>` in the place of `<pre>`
_BLANK_START_RE = re.compile(r"\A(?:[ \t]*\n)+")  # "\n    \n"
_COPY_RE = re.compile(r"(?:^|[\s_-])(?:copy|clipboard|copybtn|btn-copy|toolbar)(?:$|[\s_-])", re.I)  # "copy-button"
_CODE_TABLE_RE = re.compile(
    r"(?:^|\s)(?:highlighttable|rouge-table|lntable|crayon-table|hljs-ln|codetable|js-file-line-container)(?:\s|$)"
)  # "highlighttable"
_EDITOR_RE = re.compile(
    r"(?:^|\s)(?:CodeMirror|cm-editor|monaco-editor|ace_editor)(?:\s|$)"
)  # "CodeMirror cm-s-default"
_LINE_RE = re.compile(
    r"(?:^|\s)(?:line|ln|code-?line|view-line|token-line|cm-line|ace_line|blob-code|row|CodeMirror-line)(?:\s|$)"
)  # "line highlighted"
_NUMBERS_RE = re.compile(r"[\d\s]*$")  # "12"
_LISTING_RE = re.compile(
    r"(?:^|[\s_-])(?:code|listing|source|snippet|highlight|terminal)(?:$|[\s_-])", re.I
)  # "listing"
_LABEL_RE = re.compile(
    r"(?:^|[\s_-])(?:lang|language|code-?(?:header|title|label|name|info|toolbar))(?:$|[\s_-])", re.I
)
# "code-header": what stands over a listing


_is_named_editor = finder(_EDITOR_RE)
_is_named_listing = finder(_LISTING_RE)
_is_named_language = finder(_LANGUAGE_RE)
_is_named_label = finder(_LABEL_RE)


def is_listing(element: Element, tag: str) -> bool:
    """Return whether an element as a whole is one listing."""
    if tag == "pre":
        return not any(child.tag in PROSE for child in element)
    if tag == "table":
        if _CODE_TABLE_RE.search(element.get("class") or ""):
            return True
        first = next(element.iter("td"), None)
        return first is not None and bool(_GUTTER_RE.search(first.get("class") or ""))
    if tag == "code":
        names = f" {element.get('class') or ''} "
        return " block " in names or bool(_PRE_STYLE_RE.search(element.get("style") or ""))
    if tag != "div":
        return False
    return element.get("role") == "code" or _is_named_editor(element.get("class")) or _has_lines(element)


def _has_lines(element: Element) -> bool:
    """Return whether an element that is named as code holds nothing but lines, one element each."""
    names = element.get("class")
    if not names or len(element) < MIN_LINES or not (_is_named_listing(names) or _is_named_language(names)):
        return False
    return all(child.tag == "div" and _LINE_RE.search(child.get("class") or "") for child in element)


def is_language_label(element: Element) -> bool:
    """Return whether an element right before a listing says its language and no more: "Bash"."""
    return label_language(element) is not None and next(element.iter("pre"), None) is None


def is_label(element: Element) -> bool:
    """Return whether an element is named as the head of a listing."""
    return _is_named_label(element.get("class"))


def label_language(element: Element) -> str | None:
    """Return the language that an element named as the head of a listing says: its only text beside buttons."""
    if not _is_named_label(element.get("class")):
        return None
    inner = (text for part in islice(element.iter(), INSIDE * 2) if part.tag != "button" for text in (part.text or "",))
    texts = [text.strip().lower() for text in inner if text.strip()]
    return texts[0] if len(texts) == 1 and texts[0] in LANGUAGES else None


@dataclass(slots=True)
class Listing:
    """What is read of a listing."""

    code: Code | None
    """None if nothing of it was kept."""
    left_out: list[Element]
    """Gutters, buttons."""
    numbers: list[str]
    """Line numbers that stood between the lines."""


def listing(element: Element, texts: KeptTexts) -> Listing:
    """Return the listing of an element without indentation that all its lines share."""
    lines = _Lines(texts)
    lines.read(element)
    text = "".join(lines.parts).replace("\xa0", " ").replace("\r\n", "\n").replace("\x0b", "").replace("\x0c", "")
    text = dedent(_BLANK_START_RE.sub("", text)).rstrip()
    numbers = _number_lines(text)
    if numbers:
        text = "\n".join(text.split("\n")[1::2])
    code = Code(text, language(element), lines.source) if text.strip() else None
    return Listing(code, lines.left_out, numbers)


def _number_lines(text: str) -> list[str]:
    """Return the numbers that stand on lines of their own between a listing's lines: "1", "a", "2", "b"."""
    lines = text.split("\n")
    numbers = lines[::2]
    return numbers if len(lines) >= 4 and numbers == [str(number + 1) for number in range(len(numbers))] else []


def language(element: Element) -> str | None:
    """Return the language that a listing, the code in it or a wrapper around it names, in lower case."""
    candidates = [element, *_inner(element)]
    around = element.getparent()
    for _ in range(WRAPPERS):
        if around is None or around.tag == "body":
            break
        candidates.append(around)
        around = around.getparent()
    for candidate in candidates:
        name = _named_language(candidate)
        if name and not _NO_LANGUAGE_RE.match(name):
            return name.lower()
    parent = element.getparent()
    for below in (element, parent):
        before = below.getprevious() if below is not None else None
        name = label_language(before) if before is not None else None
        if name:
            return name
    return None


def _inner(element: Element) -> Iterator[Element]:
    yield from islice((inner for inner in element.iter("code", "pre") if inner is not element), INSIDE)
    if element.tag == "div":
        yield from islice((inner for inner in element.iter("div") if inner.get("data-language")), 1)


def _named_language(element: Element) -> str | None:
    for attribute in LANGUAGE_ATTRIBUTES:
        name = (element.get(attribute) or "").strip()
        if name and " " not in name:
            return name
    names = (element.get("class") or "").split()
    if element.tag == "pre" and "highlight" in names and element.get("lang"):  # GitLab; elsewhere it names English
        return element.get("lang")
    if names[:1] == ["hl"] and element.tag == "code" and len(names) > 1:  # Lean's manuals: "hl lean block"
        return names[1]
    if element.tag in ("figure", "pre") and len(names) > 1 and names[0] == "highlight":  # Hexo, Rouge
        return names[1]
    found = _LANGUAGE_RE.finditer(element.get("class") or "")
    for match in sorted(found, key=lambda match: "hljs" in match[0]):  # "hljs css language-js": its guess comes last
        name = match[1]
        if not _NO_LANGUAGE_RE.match(name):
            return name.rstrip(".-")
    return None


_ROWS = frozenset(("table", "thead", "tbody", "tr"))
"""Elements between whose parts white space means nothing."""


class _Lines:
    """The lines of one listing as they are read."""

    def __init__(self, texts: KeptTexts) -> None:
        self.parts: list[str] = []
        self.source: tuple[int, int] | None = None
        self._texts = texts
        self._size = 0
        self._opened: list[int] = []
        self.left_out: list[Element] = []

    def read(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if element is not root and _is_furniture(element):
                    self._opened.append(-1)
                    self.left_out.append(element)
                    walker.skip_subtree()
                    continue
                self._enter(element)
                if element.tag not in _ROWS:
                    self._take(element.text, self._texts.own(element))
            else:
                self._leave(element, self._opened.pop())
                around = element.getparent()
                if element is not root and (around is None or around.tag not in _ROWS):
                    self._take(element.tail, self._texts.tail(element))

    def _enter(self, element: Element) -> None:
        if element.tag == "br":
            self._write("\n")
        elif element.tag not in PHRASING and element.tag not in ("td", "th"):
            self._end_line()
        self._opened.append(self._size)

    def _leave(self, element: Element, opened: int) -> None:
        if opened < 0 or element.tag in ("td", "th", "tbody", "table", "code", "pre"):
            return
        if element.tag not in PHRASING or _is_glued_line(element):
            if opened == self._size:
                self._write("\n")
            self._end_line()

    def _take(self, text: str | None, block: int) -> None:
        if not text or not (block >= 0 or text.isspace()):
            return
        self._write(text)
        if block >= 0:
            self.source = (self.source[0] if self.source else block, block)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._size += len(text)

    def _end_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self._write("\n")


def _is_furniture(element: Element) -> bool:
    """Return whether an element in a listing is a line number, a button or code of the page itself."""
    if element.tag in SKIPPED or element.tag == "button":
        return True
    if _UNSELECTABLE_RE.search(element.get("style") or "") and (element.text or "").strip().isdigit():
        return True
    names = element.get("class")
    if not names:
        return False
    if _GUTTER_RE.search(names):
        return not _LINE_RE.search(names) or bool(
            _NUMBERS_RE.match("".join(map(str, islice(element.itertext(), INSIDE))))
        )
    return element.tag != "code" and bool(_COPY_RE.search(names))


def _is_glued_line(element: Element) -> bool:
    """Return whether an inline element is a line of its own by style only: the next line follows with no newline."""
    is_line = element.get("data-line") is not None or bool(_LINE_RE.search(element.get("class") or ""))
    if element.tag != "span" or element.tail or not is_line:
        return False
    following = element.getnext()
    return following is not None and following.tag == "span"
