"""Inline content → runs: the same content flat, each leaf with the marks it stands in, white space collapsed.

Flat runs make tidying a matter of comparing neighbours: equal marks side by side merge, a mark inside itself
disappears, white space at the edge of a mark moves outside. No output format is known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from newsclean.document import CodeSpan, FootnoteReference, Image, LineBreak, Link, Math, Raw, Span, Text
from newsclean.render.safe import collapse, formula, image_address, link_address, one_line, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsclean.document import Inline

Mark: TypeAlias = "str | Link"
"""A style's name, or a Link without content."""
Leaf: TypeAlias = "Raw | Text | CodeSpan | Image | LineBreak | FootnoteReference | Math"

_UNMARKED = frozenset({"quote", "abbreviation"})
_QUOTES = ("“", "”")


class Run(NamedTuple):
    """A leaf and the marks around it, outermost first."""

    leaf: Leaf
    marks: tuple[Mark, ...] = ()


def runs(content: Sequence[Inline], *, links: bool = True, images: bool = True) -> list[Run]:
    """Return `content` as tidy runs: no empty text, no white space at the ends, no two mergeable neighbours."""
    body = lone_text(content)
    if body is not None:
        return [Run(Text(body))] if body else []
    return _merge_texts(_place_spaces(_flatten(content, links, images)))


def lone_text(content: Sequence[Inline]) -> str | None:
    """Return the tidy text of content that is one text without marks, as most paragraphs are; None for any other."""
    return collapse(content[0].text).strip() if len(content) == 1 and isinstance(content[0], Text) else None


def without_breaks(content: Sequence[Run]) -> list[Run]:
    """Return `content` on one line: line breaks become spaces."""
    return _merge_texts(Run(Text(" "), run.marks) if isinstance(run.leaf, LineBreak) else run for run in content)


def shared_marks(left: Run, right: Run) -> tuple[Mark, ...]:
    """Return the marks that stand around both runs."""
    count = 0
    for one, other in zip(left.marks, right.marks, strict=False):
        if one != other:
            break
        count += 1
    return left.marks[:count]


def _flatten(content: Sequence[Inline], links: bool, images: bool) -> Iterator[Run]:
    """Walk the spans with a stack of our own: pages nest deeper than Python calls. Empty texts are passed over."""
    stack: list[tuple[Inline, tuple[Mark, ...]]] = [(inline, ()) for inline in reversed(content)]
    while stack:
        inline, marks = stack.pop()
        if isinstance(inline, Text):
            text = collapse(inline.text)
            if text:
                yield Run(inline if text == inline.text else Text(text), marks)
        elif isinstance(inline, Span | Link):
            parts, marks = _enter(inline, marks, links)
            stack.extend((part, marks) for part in reversed(parts))
        elif not isinstance(inline, Image):
            run = _clean(inline, marks)
            if run.leaf != Text(""):
                yield run
        elif images:
            href = link_address(inline.link) if inline.link and links else None
            leaf = _usable_image(inline)
            if leaf != Text(""):
                yield Run(leaf, marks if href is None else (*marks, Link(href, ())))


def _enter(span: Span | Link, marks: tuple[Mark, ...], links: bool) -> tuple[Sequence[Inline], tuple[Mark, ...]]:
    """Return the content of `span` and the marks it stands in; a mark that already exists is not set twice."""
    if isinstance(span, Link):
        href = link_address(span.href) if links else None
        if href is None or any(isinstance(mark, Link) for mark in marks):
            return span.content, marks
        return span.content, (*marks, Link(href, (), one_line(span.title or "") or None))
    if span.style == "quote":
        return (Text(_QUOTES[0]), *span.content, Text(_QUOTES[1])), marks
    if span.style in _UNMARKED or span.style in marks:
        return span.content, marks
    return span.content, (*marks, span.style)


def _usable_image(image: Image) -> Image | Text:
    """Return the image with a safe address, or its alternative text where it has none."""
    src = image_address(image.src)
    alt = one_line(image.alt)
    return Text(alt) if src is None else Image(src, alt, one_line(image.title or "") or None)


def _clean(leaf: Leaf, marks: tuple[Mark, ...]) -> Run:
    if isinstance(leaf, CodeSpan):
        return Run(_inline_code(leaf.text), marks)
    if isinstance(leaf, Math):
        latex = one_line(formula(leaf.latex))
        return Run(Math(latex, leaf.display) if latex else Text(""), marks)
    if isinstance(leaf, FootnoteReference):
        return Run(leaf, _outside_link(marks))
    return Run(leaf, marks)


def _inline_code(text: str) -> CodeSpan | Text:
    code = verbatim(text).replace("\n", " ").replace("\t", " ")
    return CodeSpan(code) if code.strip() else Text(" " if code else "")


def _outside_link(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """A footnote's mark is a link itself, and links do not nest."""
    return tuple(mark for mark in marks if not isinstance(mark, Link))


def _place_spaces(flat: Iterable[Run]) -> list[Run]:
    """Move the white space at the edges of each run between the runs, where only the marks of both neighbours hold."""
    placed: list[Run] = []
    gap = ""
    broken = False
    for run in flat:
        if isinstance(run.leaf, LineBreak):
            broken = True
            continue
        if isinstance(run.leaf, Text):
            text = run.leaf.text
            body = text.strip()
            if not body:
                gap += text
                continue
            before = after = ""
            if body != text:
                start = text.index(body)
                before, after = text[:start], text[start + len(body) :]
                run = Run(Text(body), run.marks)
        else:
            before = after = ""
        if placed and broken:
            placed.append(Run(LineBreak(), shared_marks(placed[-1], run)))
        elif placed and gap + before:
            placed.append(Run(Text(collapse(gap + before)), shared_marks(placed[-1], run)))
        placed.append(run)
        gap, broken = after, False
    return placed


def _merge_texts(flat: Iterable[Run]) -> list[Run]:
    """Make one run of texts that stand side by side in the same marks."""
    merged: list[Run] = []
    texts: list[str] = []
    """Those that the last run is made of."""
    for run in flat:
        own = run.leaf.text if isinstance(run.leaf, Text) else None
        if own is not None and texts and merged[-1].marks == run.marks:
            texts.append(own)
            continue
        _join(merged, texts)
        texts = [] if own is None else [own]
        merged.append(run)
    _join(merged, texts)
    return merged


def _join(merged: list[Run], texts: list[str]) -> None:
    if len(texts) > 1:
        merged[-1] = Run(Text("".join(texts)), merged[-1].marks)
