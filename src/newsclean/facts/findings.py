"""What one source of a page says about the article: field → values with the place they were found. Plain data."""

from __future__ import annotations

import html
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from newsclean.words import label

Field = Literal[
    "title", "author", "published", "modified", "site", "description", "language", "tag", "section", "image", "alt",
    "caption", "credit", "license", "free", "contributor",
]  # fmt: skip

MAX_VALUE_CHARS = 5_000
"""Characters of a value past which it is no metadata."""
MIN_SENTENCE = 12
"""Words from which a line that ends with a full stop is a sentence."""
MAX_VALUES = 200
"""Values of one field that are kept: authors and tags are lists, and lists can be bombs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One value of one field, cleaned of entities and extra white space, never empty."""

    value: str
    where: str
    """For a reader: "JSON-LD NewsArticle.headline", "meta og:title", "byline"."""


@dataclass(slots=True)
class Findings:
    """What was found, in order of preference within a field."""

    found: defaultdict[Field, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: Field, value: object, where: str) -> None:
        """Note a value; whatever is no text, or empty, or too long, is passed over."""
        if isinstance(value, str) and len(value) <= MAX_VALUE_CHARS and len(self.found[name]) < MAX_VALUES:
            text = tidy(value)
            if text:
                self.found[name].append(Finding(text, where))

    def of(self, name: Field) -> list[Finding]:
        """Return the findings of a field, best first."""
        return self.found.get(name, [])


def tidy(text: str) -> str:
    """Return a text as a label, without entities (also those escaped twice)."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return label(text)


def is_sentence(text: str) -> bool:
    """Return whether a line reads like one."""
    return text.endswith((".", "!", "?", "…", ".”")) and len(text.split()) >= MIN_SENTENCE
