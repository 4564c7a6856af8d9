"""Page + kept blocks + what was built of them → warnings: text that was lost, moved out of order or that stands twice.

The text nodes of the kept blocks are followed through the document. What build leaves out on purpose (line numbers,
links back from notes) it names itself; notes and captions may stand elsewhere. Nothing is repaired here.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from newsclean.build.formulas import may_spell, spells_formulas, split_formulas
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
from newsclean.words import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.document import Block, Document, Inline
    from newsclean.page.html import Block as PageBlock
    from newsclean.page.html import Node, Page

REACH = 400
"""Characters ahead in which a text node is looked for before it counts as moved: formulas may stand between."""

FAR = 1_000_000
"""A distance that means out of reach."""

MIN_MOVED = 8
"""Characters from which a text node that is found elsewhere is surely the same one."""

MIN_TWICE = 24
"""Characters from which text beyond what the page has counts as standing twice."""

SHOWN = 60
"""Characters of a lost or doubled text that a warning shows."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What build left out on purpose."""

    texts: list[str]
    """Text nodes in reading order: tools of the page, links back, line numbers."""
    marks: list[str]
    """What may have stood before a note or over the notes: "1", "1.", "Notes"."""


def check(page: Page, kept: Sequence[bool], document: Document, left_out: LeftOut) -> tuple[str, ...]:
    """Return a warning for each kind of difference between the kept text and the document; () where there is none."""
    blocks = [_texts(block) for block in _as_shown(page) if kept[block.number]]
    body: list[str] = []
    aside: list[str] = []
    _collect(document.blocks, body, aside)
    if not any(aside):
        kept_text, body_text = "".join(map("".join, blocks)), "".join(body)
        if kept_text == body_text or _squeezed(kept_text) == _squeezed(body_text):
            return ()
    if any(may_spell(text) for texts in blocks for text in texts) and spells_formulas(page.source):
        blocks = [
            [part for text in texts for part in split_formulas(text) if isinstance(part, str)] for texts in blocks
        ]
    comparison = _Comparison(_Stream(body), _Stream(aside), left_out)
    for texts in blocks:
        comparison.follow([run for run in map(_squeezed, texts) if run])
    return comparison.warnings()


def _as_shown(page: Page) -> list[PageBlock]:
    """Return the blocks in the order in which a browser shows them: the first foot of a table comes last in it."""
    blocks = list(page.blocks)
    feet: dict[int, Node] = {}
    for node in page.nodes:
        if node.tag == "tfoot" and node.parent >= 0 and page.nodes[node.parent].tag == "table":
            feet.setdefault(node.parent, node)
    for table, foot in reversed(feet.items()):
        end = page.nodes[table].last
        blocks[foot.first : end] = blocks[foot.last : end] + blocks[foot.first : foot.last]
    return blocks


def _texts(block: PageBlock) -> list[str]:
    return [(element.tail if is_tail else element.text) or "" for element, is_tail in block.pieces]


def _squeezed(text: str) -> str:
    """Return text without white space and characters that show nothing."""
    text = "".join(text.split())
    return text if text.isascii() else INVISIBLE_RE.sub("", text)


class _Stream:
    """One sequence of text of the document, and how far the page has been followed through it."""

    def __init__(self, parts: list[str]) -> None:
        squeezed = [_squeezed(part) for part in parts]
        self.text = "".join(squeezed)
        self.ends = set(accumulate(map(len, squeezed)))
        self.seen = bytearray(len(self.text))
        self.at = 0

    def has_next(self, run: str) -> bool:
        return self.text.startswith(run, self.at)

    def has_part(self, run: str) -> bool:
        """Return whether a run comes next up to the end of a paragraph."""
        return self.has_next(run) and self.at + len(run) in self.ends

    def distance(self, run: str) -> int:
        """Return how far ahead a run stands, or a large number."""
        found = self.text.find(run, self.at, self.at + REACH + len(run))
        return found - self.at if found >= 0 else FAR

    def take(self, run: str, skipped: int = 0) -> None:
        start = self.at + skipped
        self.at = start + len(run)
        self.seen[start : self.at] = b"\x01" * len(run)


class _Comparison:
    """What of the document is accounted for while the page's text nodes are followed."""

    def __init__(self, body: _Stream, aside: _Stream, left_out: LeftOut) -> None:
        self._body = body
        self._aside = aside
        self._left_out = deque(run for run in map(_squeezed, left_out.texts) if run)
        self._marks = Counter(map(_squeezed, left_out.marks))
        self._lost: list[str] = []
        self._moved: list[str] = []
        self._runs: list[str] = []

    def follow(self, runs: list[str]) -> None:
        """Account for the text nodes of one block of the page."""
        self._runs += runs
        if self._take_whole(runs) or self._take_rest(runs):
            return
        for run in runs:
            if not self._follow(run):
                self._lost.append(run)

    def _take_whole(self, runs: list[str]) -> bool:
        whole = "".join(runs)
        for stream in (self._body, self._aside):
            if whole and stream.has_part(whole):
                stream.take(whole)
                return True
        return False

    def _take_rest(self, runs: list[str]) -> bool:
        """Account for a block as a whole but for what was left out of it: a note without its link back."""
        rest = _without(runs, self._left_out)
        count = len(runs) - len(rest)
        if not count:
            return False
        gone = list(islice(self._left_out, count))
        from_the_end = _without(runs[::-1], gone[::-1])[::-1]  # "/" may stand before what was left out as well
        if not self._take_whole(rest) and not (len(from_the_end) == len(rest) and self._take_whole(from_the_end)):
            return False
        for _ in gone:
            self._left_out.popleft()
        return True

    def _follow(self, run: str) -> bool:
        if self._left_out and self._left_out[0] == run:
            self._left_out.popleft()
            return True
        for stream in (self._body, self._aside):
            if stream.has_next(run):
                stream.take(run)
                return True
        if run in self._left_out:
            self._left_out.remove(run)
            return True
        return self._is_mark(run) or self._find(run)

    def _is_mark(self, run: str) -> bool:
        """Return whether a run is the number of a note, or starts with it."""
        if self._marks[run]:
            self._marks[run] -= 1
            return True
        for mark in self._marks:
            if run.startswith(mark) and self._aside.has_next(run[len(mark) :]):
                self._aside.take(run[len(mark) :])
                return True
        return False

    def _find(self, run: str) -> bool:
        """Account for a run further ahead, or anywhere."""
        body, aside = self._body.distance(run), self._aside.distance(run)
        if min(body, aside) < FAR:
            stream = self._body if body <= aside else self._aside
            stream.take(run, min(body, aside))
            return True
        if run in self._aside.text:
            self._aside.at = self._aside.text.index(run) + len(run)
            return True
        found = self._body.text.find(run) if len(run) >= MIN_MOVED else -1
        if found >= 0:
            self._moved.append(run)
            self._body.seen[found : found + len(run)] = b"\x01" * len(run)
        return found >= 0

    def warnings(self) -> tuple[str, ...]:
        found = (("lost", self._lost), ("out of order", self._moved), ("twice", self._twice()))
        return tuple(f"text {what}: {_shown(texts)}" for what, texts in found if texts)

    def _twice(self) -> list[str]:
        """Return stretches of the document beyond the page's text nodes whose words the page has."""
        page_text = "".join(self._runs)
        seen, text = self._body.seen, self._body.text
        found = []
        start = seen.find(0)
        while start >= 0:
            end = seen.find(1, start)
            end = len(seen) if end < 0 else end
            stretch = text[start:end]
            if len(stretch) >= MIN_TWICE and stretch in page_text:
                found.append(stretch)
            start = seen.find(0, end)
        return found


def _without(runs: Sequence[str], gone: Iterable[str]) -> list[str]:
    """Return runs without those that follow each other in `gone`."""
    left_out = iter(gone)
    following = next(left_out, None)
    rest: list[str] = []
    for run in runs:
        if run == following:
            following = next(left_out, None)
        else:
            rest.append(run)
    return rest


def _shown(texts: list[str]) -> str:
    first = printable(texts[0] if len(texts[0]) <= SHOWN else f"{texts[0][:SHOWN]}…")
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
