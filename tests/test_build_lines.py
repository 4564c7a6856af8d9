"""Texts of plain lines are built without a tree; what comes out is what the walk over the tree gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsclean.build import build, build_checked
from newsclean.build.lines import document_of_lines, is_of_lines
from newsclean.build.lossless import LeftOut, check
from newsclean.build.walk import Walk
from newsclean.document import List, Quote
from newsclean.flattext import parse_text
from newsclean.model import Options
from newsclean.page.html import number_blocks
from newsclean.page.linetree import LineNode

if TYPE_CHECKING:
    from newsclean.flattext import TextPage

TEXTS = sorted(Path("fixtures/text").glob("*/*.txt"))

NESTED = """The council met

The council met on Monday to speak about the harbour\u00ad, and about all that stands beside it.

3. The first item of a numbered list
4. The second item of the list
   * An item below it
   * Another item below it
     * One that is still deeper
   * The last item below
5. The third item of the list

> A quotation stands here, of the mayor.
> It goes on with another sentence.

# See [nothing](

* An item without a list
* A\u200b second item
"""


def kept_in_turn(count: int, turn: int) -> list[bool]:
    return [number % turn != 1 for number in range(count)]


def pages() -> list[TextPage]:
    texts = [NESTED, *(path.read_text(encoding="utf-8", errors="replace") for path in TEXTS)]
    return [page for page in map(parse_text, texts) if page.blocks and is_of_lines(page)]


def test_fixtures_hold_texts_of_plain_lines() -> None:
    assert len(pages()) > 10


@pytest.mark.parametrize("turn", [1, 2, 3, 5])
def test_lines_give_the_document_that_the_walk_gives(turn: int) -> None:
    for page in pages():
        kept = kept_in_turn(len(page.blocks), turn)
        document = document_of_lines(page, kept)
        assert document == Walk(page, kept, Options()).document()
        assert build(page, kept) == build_checked(page, kept).document == document
        assert check(page, kept, document, LeftOut([], [])) == ()


def test_lists_and_quotations_are_built_of_lines() -> None:
    page = parse_text(NESTED)
    blocks = document_of_lines(page, [True] * len(page.blocks)).blocks
    lists = [block for block in blocks if isinstance(block, List)]
    assert [(found.ordered, found.start) for found in lists] == [(True, 3), (False, 1)]
    assert any(isinstance(block, Quote) for block in blocks)


def test_lines_are_numbered_as_their_tree_is() -> None:
    for page in pages():
        nodes, blocks = number_blocks(page.root)
        assert [(n.tag, n.parent, n.depth, n.first, n.last) for n in nodes] == [
            (n.tag, n.parent, n.depth, n.first, n.last) for n in page.nodes
        ]
        assert [(b.number, b.node, b.text, b.link_chars, b.chars, b.pieces) for b in blocks] == [
            (b.number, b.node, b.text, b.link_chars, b.chars, b.pieces) for b in page.blocks
        ]


def test_text_with_links_is_no_page_of_plain_lines() -> None:
    page = parse_text("# Title\n\nSome [words](https://ostby.example/) stand here.\n")
    assert not is_of_lines(page)
    assert not any(isinstance(node, LineNode) for node in page.nodes)
