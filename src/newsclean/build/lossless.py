"""Page + kept blocks + what was built of them → warnings: text that was lost, moved out of order or that stands twice.

The text nodes of the kept blocks are followed through the document. What build leaves out on purpose (line numbers,
links back from notes) it names itself; notes and captions may stand elsewhere. Nothing is repaired here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.build.inline import INVISIBLE_RE
from newsclean.document import (
    Code,
    CodeSpan,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    Link,
    List,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.document import Block, Document, Inline
    from newsclean.parse import Page

REACH = 400
"""Characters ahead in which a text node is looked for before it counts as moved: formulas may stand between."""

MIN_MOVED = 8
"""Characters from which a text node that is found elsewhere is surely the same one."""

MIN_TWICE = 24
"""Characters from which text beyond what the page has counts as standing twice."""

SHOWN = 60
"""Characters of a lost or doubled text that a warning shows."""


def check(page: Page, kept: Sequence[bool], document: Document, left_out: Iterable[str]) -> tuple[str, ...]:
    """Return a warning for each kind of difference between the kept text and the document; () where there is none."""
    texts = _kept_texts(page, kept)
    body: list[str] = []
    aside: list[str] = []
    _collect(document.blocks, body, aside)
    built = _squeezed("".join(body))
    rest = _squeezed("".join(aside))
    if not rest and _squeezed("".join(texts)) == built:
        return ()
    return _Comparison(built, rest, Counter(map(_squeezed, left_out))).warnings([_squeezed(text) for text in texts])


def _kept_texts(page: Page, kept: Sequence[bool]) -> list[str]:
    return [
        (element.tail if is_tail else element.text) or ""
        for block in page.blocks
        if kept[block.number]
        for element, is_tail in block.pieces
    ]


def _squeezed(text: str) -> str:
    """Return text without white space and characters that show nothing."""
    text = "".join(text.split())
    return text if text.isascii() else INVISIBLE_RE.sub("", text)


class _Comparison:
    """What of the document is accounted for while the page's text nodes are followed."""

    def __init__(self, built: str, aside: str, left_out: Counter[str]) -> None:
        self._built = built
        self._aside = aside
        self._left_out = left_out
        self._seen = bytearray(len(built))
        self._at = self._aside_at = 0
        self._lost: list[str] = []
        self._moved: list[str] = []

    def warnings(self, runs: list[str]) -> tuple[str, ...]:
        for run in runs:
            if run and not self._follow(run):
                self._lost.append(run)
        twice = self._unaccounted("".join(runs))
        found = (("lost", self._lost), ("out of order", self._moved), ("twice", twice))
        return tuple(f"text {what}: {_shown(texts)}" for what, texts in found if texts)

    def _follow(self, run: str) -> bool:
        """Account for one text node; return whether it is anywhere."""
        if self._built.startswith(run, self._at):
            return self._take(self._at, len(run))
        if self._left_out[run]:
            self._left_out[run] -= 1
            return True
        if self._aside.startswith(run, self._aside_at):
            self._aside_at += len(run)
            return True
        found = self._built.find(run, self._at, self._at + REACH + len(run))
        aside = self._aside.find(run, self._aside_at, self._aside_at + REACH + len(run))
        if found >= 0 and (aside < 0 or found - self._at < aside - self._aside_at):
            return self._take(found, len(run))
        return self._find_aside(run) or self._find_moved(run)

    def _find_aside(self, run: str) -> bool:
        found = self._aside.find(run, self._aside_at)
        found = found if found >= 0 else self._aside.find(run)
        if found >= 0:
            self._aside_at = found + len(run)
        return found >= 0

    def _find_moved(self, run: str) -> bool:
        found = self._built.find(run) if len(run) >= MIN_MOVED else -1
        if found < 0:
            return False
        self._moved.append(run)
        at = self._at
        self._take(found, len(run))
        self._at = at if found < at else self._at
        return True

    def _take(self, at: int, size: int) -> bool:
        self._seen[at : at + size] = b"\x01" * size
        self._at = at + size
        return True

    def _unaccounted(self, page_text: str) -> list[str]:
        """Return stretches of the document beyond the page's text nodes whose words the page has: they stand twice."""
        found = []
        start = self._seen.find(0)
        while start >= 0:
            end = self._seen.find(1, start)
            end = len(self._seen) if end < 0 else end
            stretch = self._built[start:end]
            if len(stretch) >= MIN_TWICE and stretch in page_text:
                found.append(stretch)
            start = self._seen.find(0, end)
        return found


def _shown(texts: list[str]) -> str:
    first = texts[0] if len(texts[0]) <= SHOWN else f"{texts[0][:SHOWN]}…"
    return f'"{first}"' if len(texts) == 1 else f'"{first}" and {len(texts) - 1} more'


def _collect(blocks: Sequence[Block], body: list[str], aside: list[str]) -> None:
    """Gather the text of blocks: in reading order into `body`, notes and captions, which move, into `aside`."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            _collect_inline(block.content, body)
        elif isinstance(block, Code):
            body.append(block.text)
        elif isinstance(block, List):
            for item in block.items:
                _collect(item.content, body, aside)
        elif isinstance(block, Quote):
            _collect_inline(block.title, body)
            _collect(block.content, body, aside)
        elif isinstance(block, Footnote):
            _collect(block.content, aside, aside)
        elif isinstance(block, Figure):
            _collect_inline(block.caption, aside)
            aside.append(block.credit or "")
        elif isinstance(block, Table):
            _collect_inline(block.caption, aside)
            for row in (block.header, *block.rows):
                for cell in row:
                    _collect(cell.content, body, aside)
        elif isinstance(block, DefinitionList):
            for definition in block.items:
                _collect_inline(definition.term, body)
                for description in definition.descriptions:
                    _collect(description, body, aside)


def _collect_inline(content: Sequence[Inline], found: list[str]) -> None:
    for span in content:
        if isinstance(span, Text | CodeSpan):
            found.append(span.text)
        elif isinstance(span, Span | Link):
            _collect_inline(span.content, found)
