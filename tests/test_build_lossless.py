"""build: on random pages and random choices of blocks, every kept word comes out once, in order, and no other does."""

from __future__ import annotations

import random
import re
from itertools import count
from typing import TYPE_CHECKING

import pytest

from newsclean.build import build
from newsclean.page.html import parse_html

if TYPE_CHECKING:
    from newsclean.document import Document

INLINE = ("b", "i", "a", "span", "code", "sup", "q", "x-note", "small", "font")
BLOCKS = (
    *("div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "thead", "blockquote", "section"),
    *("h2", "h3", "figure", "figcaption", "pre", "center", "details", "summary", "noscript", "caption", "address"),
)
VOID = ("<br>", "<br><br>", "<hr>", '<img src="/a.jpg" alt="">', '<img src="/b.jpg">', "<wbr>")
ATTRIBUTES = ("", "", "", ' class="caption"', ' class="admonition note"', ' href="/x"', ' colspan="3"', ' rowspan="2"')
WORD_RE = re.compile(r"w\d+e")


def random_page(chance: random.Random, words: count[int]) -> str:
    """Return malformed HTML of numbered words: elements open and close at random."""
    parts: list[str] = []
    open_tags: list[str] = []
    for _ in range(chance.randrange(5, 80)):
        step = chance.random()
        if step < 0.35:
            parts.append(
                chance.choice(("", " ", "\n")).join(f" w{next(words)}e" for _ in range(chance.randrange(1, 4)))
            )
        elif step < 0.65:
            tag = chance.choice(INLINE if chance.random() < 0.4 else BLOCKS)
            parts.append(f"<{tag}{chance.choice(ATTRIBUTES)}>")
            open_tags.append(tag)
        elif step < 0.9 and open_tags:
            parts.append(f"</{open_tags.pop(chance.randrange(len(open_tags)) if chance.random() < 0.2 else -1)}>")
        else:
            parts.append(chance.choice(VOID))
    return "".join(parts)


def words_of(document: Document) -> list[str]:
    """Return the words in the order of the model's fields, which is reading order for all but captions."""
    return WORD_RE.findall(repr(document))


@pytest.mark.parametrize("seed", range(60))
def test_every_kept_word_comes_out_once_and_no_other(seed: int) -> None:
    chance = random.Random(seed)
    page = parse_html(random_page(chance, count()))
    kept = [chance.random() < 0.7 for _ in page.blocks]
    expected = [word for block in page.blocks if kept[block.number] for word in WORD_RE.findall(block.text)]
    assert sorted(words_of(build(page, kept))) == sorted(expected)


@pytest.mark.parametrize("seed", range(60))
def test_words_come_out_in_reading_order(seed: int) -> None:
    chance = random.Random(seed)
    html = re.sub(r"</?(?:figcaption|caption|figure)\b[^>]*>| class=\"caption\"", "", random_page(chance, count()))
    page = parse_html(html)
    expected = [word for block in page.blocks for word in WORD_RE.findall(block.text)]
    assert words_of(build(page, [True] * len(page.blocks))) == expected


@pytest.mark.parametrize("seed", range(30))
def test_words_are_never_run_together(seed: int) -> None:
    chance = random.Random(seed)
    page = parse_html(random_page(chance, count()))
    assert not re.search(r"\de\w", repr(build(page, [True] * len(page.blocks))))
