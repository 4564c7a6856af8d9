"""Markdown → the plain form that roundtrip.py compares: what a CommonMark reader makes of it.

A form is a list of blocks: tuples of a kind and its content; a line is a list of (character or leaf, marks). White
space carries no marks, since none is visible on it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.rules_core import StateCore

Marks: TypeAlias = "frozenset[Any]"
Line: TypeAlias = "list[tuple[Any, Marks]]"
Form: TypeAlias = "list[Any]"

BREAK = ("break",)
NO_MARKS: Marks = frozenset()
ELEMENTS = {
    "em": "emphasis",
    "strong": "strong",
    "s": "strike",
    "del": "strike",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "ins": "insert",
}


def tidy(line: Iterable[tuple[Any, Marks]]) -> Line:
    """Collapse white space, drop it at the ends and beside breaks, and take the marks off it; one break at a time."""
    result: Line = []
    space = ""
    for leaf, marks in line:
        if leaf == BREAK:
            space = "\n"
        elif isinstance(leaf, str) and (leaf.isspace() or leaf in "\x1c\x1d\x1e\x1f\x85"):
            if space != "\n" and not (space.endswith(" ") and leaf != "\xa0"):
                space += leaf if leaf in "\xa0\u3000\u2003" else " "
        else:
            if result and space == "\n":
                result.append((BREAK, NO_MARKS))
            elif result:
                result += [(char, NO_MARKS) for char in space]
            result.append((leaf, marks))
            space = ""
    return result


def split_callout(form: Form) -> Form:
    """Set a callout's kind apart from the paragraph whose first line it is."""
    if not form or form[0][0] != "paragraph":
        return form
    text = "".join(leaf if isinstance(leaf, str) else "\0" for leaf, _ in form[0][1])
    kind = re.match(r"\[![A-Z]+\] ", text)
    if kind is None:
        return form
    return [("paragraph", form[0][1][: kind.end() - 1]), ("paragraph", form[0][1][kind.end() :]), *form[1:]]


# --- what a Markdown reader sees ------------------------------------------------------------------------------------


def reader(*, plugins: bool = True) -> MarkdownIt:
    """Return CommonMark with GFM's tables and strikethrough; `plugins` adds footnotes and dollar mathematics."""
    md = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses are compared as they were written
    if plugins:
        md.use(footnote_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
        md.core.ruler.before("inline", "guard_first_dollar", _guard_first_dollar)
    return md


def _guard_first_dollar(state: StateCore) -> None:
    """Keep the plugin from taking a line's last character for the one before its first."""
    for token in state.tokens:
        if token.type == "inline" and token.content.startswith("$"):
            token.content += " "


def markdown_form(source: str, *, plugins: bool = True) -> Form:
    """Return what is readable in Markdown `source`, which has no front matter."""
    tree = SyntaxTreeNode(reader(plugins=plugins).parse(source))
    return _node_forms(tree.children)


def _node_forms(nodes: Sequence[SyntaxTreeNode]) -> Form:
    return [form for node in nodes for form in _node_form(node)]


def _node_form(node: SyntaxTreeNode) -> Form:
    kind = node.type
    if kind in ("paragraph", "heading"):
        line = _line(node.children[0]) if node.children else []
        return [("paragraph", line) if kind == "paragraph" else ("heading", int(node.tag[1]), line)]
    if kind in ("bullet_list", "ordered_list"):
        start = None if kind == "bullet_list" else int(node.attrs.get("start", 1))
        return [("list", start, [_node_forms(item.children) for item in node.children])]
    if kind == "blockquote":
        return [("quote", split_callout(_node_forms(node.children)))]
    if kind in ("fence", "code_block"):
        if node.info == "math":
            return [("math", " ".join(node.content.split()))]
        return [("code", node.info if kind == "fence" else "?", node.content.removesuffix("\n"))]
    if kind == "hr":
        return [("divider",)]
    if kind == "math_block":
        return [("math", " ".join(node.content.split()))]
    if kind == "html_block":
        return [("html", _html_text(node.content))]
    if kind == "table":
        return [_table_form(node)]
    if kind == "footnote_block":
        return sorted(("note", note.meta["label"], _node_forms(note.children)) for note in node.children)
    return [] if kind == "footnote_anchor" else [(kind,)]


def _table_form(node: SyntaxTreeNode) -> tuple[Any, ...]:
    rows = [row.children for part in node.children for row in part.children]
    align = [str(cell.attrs.get("style", "")).removeprefix("text-align:") or None for cell in rows[0]]
    return ("table", align, [[_line(cell.children[0]) for cell in row] for row in rows])


def _line(inline: SyntaxTreeNode) -> Line:
    line: Line = []
    _read_inline(inline.children, [], line)
    return tidy(line)


def _read_inline(nodes: Sequence[SyntaxTreeNode], marks: list[Any], line: Line) -> None:
    for node in nodes:
        now = frozenset(marks)
        if node.type == "text":
            line += [(char, now) for char in node.content]
        elif node.type in ("em", "strong", "s"):
            _read_inline(node.children, [*marks, ELEMENTS[node.type]], line)
        elif node.type == "link":
            mark = ("link", unquote(str(node.attrs["href"])), node.attrs.get("title"))
            _read_inline(node.children, [*marks, mark], line)
        elif node.type == "html_inline":
            _read_tag(node.content, marks, line)
        else:
            line.append((_leaf(node), now))


def _leaf(node: SyntaxTreeNode) -> Any:
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return BREAK
    if node.type == "code_inline":
        return ("code", node.content)
    if node.type == "math_inline":
        return ("code", node.content)
    if node.type == "image":
        return ("image", unquote(str(node.attrs["src"])), _alt(node), node.attrs.get("title"))
    if node.type == "footnote_ref":
        return ("reference", node.meta["label"])
    return ("?", node.type, node.content)


def _alt(node: SyntaxTreeNode) -> str:
    """Return an image's text; marks in it would be lost, so that they show as a difference."""
    return "".join(child.content if child.type == "text" else f"<{child.type}>" for child in node.children)


def _read_tag(tag: str, marks: list[Any], line: Line) -> None:
    name = tag.strip("</>")
    if name == "br":
        line.append((BREAK, NO_MARKS))
    elif tag == "</code>":
        start = max(index for index, (leaf, _) in enumerate(line) if leaf == ("<code>",))
        line[start:] = [(("code", "".join(leaf for leaf, _ in line[start + 1 :])), frozenset(marks))]
    elif name == "code":
        line.append((("<code>",), NO_MARKS))
    elif tag.startswith("</"):
        marks.remove(ELEMENTS[name])
    else:
        marks.append(ELEMENTS[name])


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._in_math = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note that a formula opens, which holds no other element."""
        self._in_math = tag == "span" and ("class", "math") in attrs

    def handle_endtag(self, tag: str) -> None:
        """Note that a formula is over."""
        self._in_math = self._in_math and tag != "span"

    def handle_data(self, data: str) -> None:
        """Collect the text; a formula without the marks around it."""
        self.text.append(data[2:-2] if self._in_math else data)


def _html_text(source: str) -> str:
    parser = _TextOnly()
    parser.feed(source)
    parser.close()
    return "".join("".join(parser.text).split())
