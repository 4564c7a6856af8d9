"""Lines → where articles begin, in a text that holds several: a pasted newsletter, a day's clippings.

An article begins with a headline beside a byline or a date line, and has a body below; teasers have none. In doubt a
text is one article.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.flattext.roles import TERMINAL_ENDS, is_caption, is_date_line
from newsclean.lexicon.names import clean_names, starts_with_by
from newsclean.lexicon.persons import is_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.flattext.inline import Inline
    from newsclean.flattext.lines import Line

MAX_ARTICLES = 1_000
"""Articles that one file is split into; what follows stays with the last."""

MIN_BODY = 240
"""Letters in the paragraphs of an article: a teaser of a list of articles has up to 200."""

MIN_PARAGRAPH = 90
"""Letters of a line that is a paragraph."""

MIN_TITLE_LETTERS = 12
"""Letters of the shortest headline in scripts without spaces, counted double."""

QUOTE_ENDS = '"”’»)'
LABEL_ENDS = frozenset(".…。:：;,")
"""Marks that a sentence, or what announces one, ends with, and a headline does not."""

MAX_HEAD = 3
"""Lines from a headline to its byline or date line, and from there to the first paragraph."""

MAX_STANDFIRST = 300
"""Letters of a sentence between headline and byline."""

MIN_ARTICLES = 2
MAX_PREAMBLE = 60
"""Lines above the first article: the contents of a newsletter, its greeting."""

MIN_BODY_SHARE = 0.6
"""Share of paragraphs in the text: a pasted newsletter has 0.8, a page with its menus and teasers seldom as much."""

MIN_TITLE_WORDS, MAX_TITLE = 3, 200
"""Words of the shortest headline, beside which names of commenters are shorter, and letters of the longest."""

WIDE_FACTOR = 2
"""A Chinese, Japanese or Korean letter says about what two Latin ones say."""

_WIDE_RE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3]+")


def find_articles(lines: Sequence[Line], inlines: Sequence[Inline]) -> tuple[int, ...]:
    """Return the number of the file's line that each article begins with, or () where there is but one."""
    said = [_size(inline.text) for inline in inlines]
    texts = ["" if line.bullet or line.code else inline.text for line, inline in zip(lines, inlines, strict=True)]
    bodies = [size if _is_paragraph(text, size) else 0 for text, size in zip(texts, said, strict=True)]
    if not _has_body(said, bodies):
        return ()
    sizes = [size if text else 0 for text, size in zip(texts, said, strict=True)]
    heads = _with_body(_alike(list(_heads(texts, sizes, bodies))), bodies)
    if len(heads) < MIN_ARTICLES or heads[0].first > MAX_PREAMBLE:
        return ()
    if sum(bodies[heads[0].first :]) < MIN_BODY_SHARE * sum(said[heads[0].first :]):
        return ()
    numbers = sorted({lines[head.first].number for head in heads[:MAX_ARTICLES]})
    return tuple(numbers) if len(numbers) >= MIN_ARTICLES else ()


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text) + (WIDE_FACTOR - 1) * (len(text) - len(_WIDE_RE.sub("", text)))


def _is_paragraph(text: str, size: int) -> bool:
    return bool(text) and size >= MIN_PARAGRAPH and text.rstrip(QUOTE_ENDS)[-1:] in TERMINAL_ENDS


def _has_body(said: Sequence[int], bodies: Sequence[int]) -> bool:
    """Return whether enough of a text is paragraphs, wherever its first article begins: most pages end here."""
    body, all_said = sum(bodies), sum(said)
    for size, above in zip(bodies[: MAX_PREAMBLE + 1], said, strict=False):
        if body >= max(MIN_BODY_SHARE * all_said, MIN_ARTICLES * MIN_BODY):
            return True
        body -= size
        all_said -= above
    return False


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above an article."""

    first: int
    """The line that it begins with."""
    title: str
    forms: frozenset[str]
    """What stands beside the headline, and on which side."""


def _heads(texts: Sequence[str], sizes: Sequence[int], bodies: Sequence[int]) -> Iterator[_Head]:
    """Yield what looks like the head of an article: headline, bylines and date lines, paragraph."""
    end = cue = 0
    last_body = max((number for number, size in enumerate(bodies) if size), default=0)
    while cue < last_body:
        if not 0 < sizes[cue] < MIN_PARAGRAPH or not (form := _form(texts[cue])):
            cue += 1
            continue
        last, forms = cue, {form}
        while last + 1 < len(texts) and 0 < sizes[last + 1] < MIN_PARAGRAPH and (form := _form(texts[last + 1])):
            last += 1
            forms.add(form)
        title = _title_above(texts, sizes, cue, end)
        side = "above"
        if (
            title is None
            and forms == {"date"}
            and last + 1 < len(texts)
            and _is_title(texts[last + 1], sizes[last + 1])
        ):
            title, side, last = last + 1, "below", last + 1
        if title is not None and any(bodies[last + 1 : last + 1 + MAX_HEAD]):
            yield _Head(min(title, cue), texts[title], frozenset(f"{side} {form}" for form in forms))
            end = last + 1
        cue = last + 1


def _title_above(texts: Sequence[str], sizes: Sequence[int], cue: int, end: int) -> int | None:
    """Return the headline above a byline or date line, where a standfirst or a second headline may stand between."""
    above = range(cue - 1, max(end, cue - MAX_HEAD) - 1, -1)
    if above and _is_title(texts[above[0]], sizes[above[0]]):
        top = above[0]
        while top - 1 in above and _is_title(texts[top - 1], sizes[top - 1]):
            top -= 1
        return top
    first, second = above[:2] if len(above) > 1 else (cue, cue)
    if _is_standfirst(texts[first], sizes[first]) and _is_title(texts[second], sizes[second]):
        return second
    return None


def _is_standfirst(text: str, size: int) -> bool:
    return size <= MAX_STANDFIRST and text[-1:] in TERMINAL_ENDS


def _form(text: str) -> str:
    """Return what a line says beside a headline, "" where it is neither byline nor date line."""
    if starts_with_by(text) and any(map(is_person, clean_names(text))):
        return "byline"
    return "date" if is_date_line(text) else ""


def _is_title(text: str, size: int) -> bool:
    """Return whether a line can be a headline: of some words, no sentence, no caption, no byline."""
    long_enough = size > MIN_TITLE_LETTERS if _WIDE_RE.search(text) else text.count(" ") >= MIN_TITLE_WORDS - 1
    return long_enough and size <= MAX_TITLE and text[-1] not in LABEL_ENDS and not is_caption(text)


def _alike(heads: Sequence[_Head]) -> list[_Head]:
    """Return the heads of the most common form: in one newsletter they look alike, and comments look different."""
    counts = Counter(form for head in heads for form in sorted(head.forms))
    if not counts:
        return []
    common = counts.most_common(1)[0][0]
    return [head for head in heads if common in head.forms]


def _with_body(heads: Sequence[_Head], bodies: Sequence[int]) -> list[_Head]:
    """Return the heads with a body below each; two with one headline are one."""
    found: list[_Head] = []
    seen: set[str] = set()
    for head, following in pairwise((*heads, None)):
        if head is None or head.title in seen:
            continue
        if sum(bodies[head.first : following.first if following else None]) >= MIN_BODY:
            found.append(head)
            seen.add(head.title)
    return found
