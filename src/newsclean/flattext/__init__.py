"""str → Page: flattened text (a dump, a paste, a mail) as a synthetic tree, one block a line, with roles.

The tree, made where it is asked for, lets all that follows know one kind of page. No opinion here on what is article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.flattext.features import LineView, Measures, Row, shape_rows
from newsclean.flattext.glued import split_glued
from newsclean.flattext.inline import cut_references, read_inlines
from newsclean.flattext.lines import join_rows
from newsclean.flattext.model import find_headline
from newsclean.flattext.roles import assign_roles
from newsclean.flattext.rows import count_lines, cut_lines, cut_rows
from newsclean.flattext.several import find_articles
from newsclean.flattext.tokens import split_words
from newsclean.flattext.tree import build_tree
from newsclean.page.html import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.flattext.inline import Inline
    from newsclean.flattext.lines import Line

__all__ = ["TextPage", "cut_lines", "find_spans", "parse_text"]


@dataclass
class TextPage(Page):
    """A page that came as text: its blocks are lines, and what the scorer looks at is kept."""

    view: LineView = field(default_factory=lambda: LineView([], [], [], []))
    """The lines as the scorer sees them, in the order of the blocks."""
    measures: Measures | None = None
    shape: list[Row] = field(default_factory=list)
    """SHAPE_COLUMNS of the lines, a row a line."""
    headline: int | None = None
    """Number of the block that is the article's title."""
    articles: tuple[int, ...] = ()
    """Numbers of the file's lines that its articles begin with, where it seems to hold several."""

    @property
    def base_url(self) -> str | None:
        """Return the page's URL: a flattened page declares no other."""
        return self.url

    @property
    def canonical_url(self) -> None:
        """Return None: a flattened page declares none."""
        return None


def parse_text(source: str, url: str | None = None) -> TextPage:
    """Return the page of a flattened text, `kind` "text"; a text without words gives a page without blocks."""
    lines, inlines = segment(source)
    if not lines:
        return TextPage(*build_tree([], [], []), "text", url, source)
    view = view_lines(lines, inlines)
    measures = Measures(view)
    shape = shape_rows(view, measures)
    headline = _underlined(lines)
    if headline is None:
        headline = find_headline(view, measures, shape)
    roles = assign_roles(lines, inlines, headline)
    nodes, blocks = build_tree(lines, inlines, roles)
    found = (dict(enumerate(roles)), view, measures, shape, headline, find_articles(lines, inlines))
    return TextPage(nodes, blocks, "text", url, source, *found)


def _underlined(lines: Sequence[Line]) -> int | None:
    """Return the number of the one line that is underlined as a heading of the first rank, or None."""
    found = [number for number, line in enumerate(lines) if line.underline == "="]
    return found[0] if len(found) == 1 else None


def find_spans(source: str) -> list[tuple[int, int]]:
    """Return the lines of each article of a text that holds several, as (first, up to) in Row.number's count; else [].

    What stands above the first article, such as the greeting of a newsletter, belongs to none.
    """
    starts = find_articles(*segment(source))
    return list(pairwise((*starts, count_lines(source)))) if starts else []


def segment(source: str) -> tuple[list[Line], list[Inline]]:
    """Return the lines of a text that say something, with their text and links."""
    rows, addresses = cut_references(cut_rows(source))
    lines = join_rows(split_glued(rows))
    inlines = read_inlines(lines, addresses)
    shown = [number for number, inline in enumerate(inlines) if inline.text]
    return [lines[number] for number in shown], [inlines[number] for number in shown]


def view_lines(lines: Sequence[Line], inlines: Sequence[Inline]) -> LineView:
    """Return the lines as the scorer sees them."""
    texts = [inline.text for inline in inlines]
    return LineView(
        texts,
        [line.bullet for line in lines],
        [line.indent for line in lines],
        [line.gap for line in lines],
        split_words(texts),
    )
