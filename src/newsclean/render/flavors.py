"""Which program the Markdown is for → what it may use beyond CommonMark, and what a text must not look like to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.model import Flavor


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one reader of Markdown knows."""

    tables: bool = True
    """Pipe tables; else a table is HTML."""
    footnotes: bool = True
    """`[^1]`; else "[1]" in the text, and the notes as paragraphs at the end."""
    math: bool = True
    """`$x$`; else a formula is code."""
    tasks: bool = True
    """`- [x]`; else "☑" stands before a task."""
    callouts: Literal["github", "obsidian", "divs", "none"] = "github"
    delimiters: Mapping[str, str] = field(default_factory=lambda: {"emphasis": "*", "strong": "**", "strike": "~~"})
    """What stands around a style; another style is an element of HTML."""
    special: re.Pattern[str] | None = None
    """Where a text needs a backslash that CommonMark does not ask for."""


_EMPHASIS = {"emphasis": "*", "strong": "**"}

# "#tag", "[[note]]", "%%comment%%", "==mark==", " ^block" at a line's end; a number alone is no tag: "#1"
_OBSIDIAN_RE = re.compile(r"(?<!\S)#(?=[\w/-]{0,200}[^\W\d])|\[(?=\[)|%(?=%)|=(?==)|(?<=\s)\^(?=[\w-]+$)", re.M)
# "@citation", "H~2~O", "x^2^"
_PANDOC_RE = re.compile(r"(?<!\w)@(?=[\w{])|(?<!~)~(?!~)|\^(?!\])")

DIALECTS: Mapping[Flavor, Dialect] = {
    "gfm": Dialect(),
    "commonmark": Dialect(False, False, False, False, "none", _EMPHASIS),
    "obsidian": Dialect(
        callouts="obsidian", delimiters={**_EMPHASIS, "strike": "~~", "mark": "=="}, special=_OBSIDIAN_RE
    ),
    "pandoc": Dialect(
        callouts="divs",
        delimiters={**_EMPHASIS, "strike": "~~", "sub": "~", "sup": "^"},
        special=_PANDOC_RE,
    ),
}
SPACELESS = frozenset(("~", "^"))
"""Delimiters that hold no white space."""
