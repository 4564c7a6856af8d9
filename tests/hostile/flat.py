"""Flattened texts that are too much of something."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.hostile.bulk import CHARACTERS, PAIRS
from tests.hostile.inputs import Hostile
from tests.pages import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARKS = 1_000_000
STORY = "Council rebuilds the ferry pier\n\nBy Ada Quill\n\n4 March 2025\n\n" + "\n\n".join(SENTENCES) + "\n\n"

LINES = {
    "bullets": ("• a gull\n", MARKS),
    "dashes": ("- a gull\n", MARKS),
    "numbers": ("{n}. a gull\n", MARKS),
    "bylines": ("By Ann Lee\n", 500_000),
    "days": ("1 May 2025\n", 500_000),
    "names": ("Ann Lee\n", 500_000),
    "empty lines": ("\n", MARKS),
    "spaces": (" " * 40 + "\n", MARKS),
    "menu entries": ("Menu entry number {n}\n", 500_000),
    "headings": ("# Part {n}\n", 300_000),
    "quotations": ("> said {n}\n", 300_000),
    "deep quotations": (">" * 50 + " said {n}\n", 50_000),
    "indents": (" " * 30 + "- item {n}\n", 200_000),
    "rows": ("| a | {n} |\n", 300_000),
    "columns": ("goose     {n}        bridge\n", 300_000),
    "box": ("│ goose │ river │\n├───────┤\n", 200_000),
    "rules": ("----------\n", 500_000),
    "fences": ("```\ncode {n}\n", 200_000),
    "addresses": ("https://example.org/{n}\n", 500_000),
    "links": ("[gull](https://example.org/{n})\n", 300_000),
    "pictures": ("[Image: a gull {n}]\n", 300_000),
    "article heads": ("1 May 2025\nGeese leave the old river\nThe council met and agreed on most of it, as it had.\n", 100_000),
    "sections": ("Part {n}\n\nThe gulls of the quay were counted again on that day.\n\n", 100_000),
    "footnotes": ("[{n}] a note on the gulls\n", 300_000),
    "sentences": ("The gulls of the quay were counted again on day {n}.\n", 300_000),
    "short words": ("gull\n", MARKS),
    "read more": ("Read more: Gulls of day {n}\n", 300_000),
    "copyright": ("© 2025 Harbour Gazette. All rights reserved.\n", 300_000),
    "comments": ("Ann {n}\n2 hours ago\nWell said.\nReply\n", 100_000),
    "letters apart": ("T h e  g u l l\n", 300_000),
    "colons": ("Key {n}: value\n", 300_000),
    "hyphens at the end": ("The gulls of the har-\nbour\n", 200_000),
    "carriage returns": ("a gull\r", 500_000),
    "form feeds": ("a gull\x0c\n", 300_000),
    "tabs": ("a\tb\tc\t{n}\n", 300_000),
    "mail heads": ("From: ann@example.org\nSubject: gulls {n}\nDate: Tue, 4 Mar 2025 10:00:00 +0000\n\n", 50_000),
    "timestamps": ("[00:{n}] the gull spoke\n", 300_000),
    "questions": ("Q: Is it {n}?\nA: No.\n", 200_000),
}  # fmt: skip

ENDLESS = {
    "words": "gull and tern ",
    "sentences": "The gull sat. ",
    "letters": "a",
    "glued": "ByAnn Lee4 March 2025TheGull sat.",
    "bullets": "• a ",
    "copyright": "Geese © 2025. ",
    "advertisement": "Advertisement. ",
    "Chinese": "海鸥坐在码头上。",
    "spaces": "geese  ",
    "dates": "4 March 2025 ",
    "addresses": "https://example.org/a ",
    "bars": "News | ",
    "pictures": "[Image: a] ",
    "capitals": "NewsSport",
}


def lines(name: str, n: int) -> str:
    """Return a story with `n` of a line below it."""
    line, _ = LINES[name]
    return STORY + "".join(line.format(n=number) for number in range(n))


def lines_above(name: str, n: int) -> str:
    """Return a story with `n` of a line above it."""
    line, _ = LINES[name]
    return "".join(line.format(n=number) for number in range(n)) + "\n\n" + STORY


def endless(unit: str, n: int) -> str:
    """Return a story with a line of `n` characters below it."""
    return STORY + unit * (n // len(unit))


def marks(mark: str, n: int) -> str:
    """Return a story with `n` of a mark below it."""
    return STORY + mark * n


def marked(mark: str, n: int) -> str:
    """Return a story with `n` sentences around a mark below it."""
    return STORY + f"The gull {mark} sat. " * n


def _inputs() -> Iterator[Hostile]:
    for name, (_, size) in LINES.items():
        yield _text(f"many {name}", partial(lines, name), size)
        yield _text(f"many {name} above", partial(lines_above, name), size // 2)
    for name, unit in ENDLESS.items():
        yield _text(f"endless line of {name}", partial(endless, unit), 20_000_000)
    for mark in (*CHARACTERS, *PAIRS):
        yield _text(f"a million {mark!r}", partial(marks, mark), MARKS)
        yield _text(f"a million {mark!r} in sentences", partial(marked, mark), 100_000)


def _text(name: str, make: Callable[[int], str], size: int) -> Hostile:
    return Hostile(f"text: {name}", make, size, article=False, kind="text")


INPUTS = tuple(_inputs())
