"""What a rule is (SiteRule), and what a rule of any kind says of a tree (Application). Runs nothing."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bs4 import BeautifulSoup, Tag
    from lxml import etree

    Element = etree._Element

Decision = Literal["body", "drop", "comments", "keep"]
Fields: TypeAlias = "dict[str, Any]"
"""Metadata that a rule found: "title", "authors" or "published" → value."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Which elements of a site's pages are the article: CSS selectors, of which a comma unites several.

    `body`, `title`, `authors`, `published` and `next_page` are tried in order, and the first selector that matches
    counts; of `drop`, `keep` and `comments` all count. Where `body` is empty, the scorer chooses the body and the rule
    corrects it; on flattened text, `drop_text` is all that counts. `@name` behind a selector reads an attribute:
    "time@datetime".
    """

    hosts: tuple[str, ...]
    """"example.com" serves www.example.com too, "*.example.com" every host below example.com."""
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    """What is no article, inside the body too."""
    keep: tuple[str, ...] = ()
    """What is article, outside the body or inside something dropped."""
    title: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """Readers' comments: dropped, and named as such."""
    next_page: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()
    """Whole paragraphs, lines or items that are no article, by their text. White space, case and what the numbers are
    do not count; "Read also: *" means all that begin so."""
    until: str | None = None
    """Last day (ISO 8601) of the captures that the rule is for; None: it holds today."""
    choose: Callable[[BeautifulSoup], Iterable[Tag]] | None = None
    """For odd sites: the tags that hold the article. Asked after `body`."""
    origin: str = ""
    """Where the rule was read from; "" for rules that newsclean ships."""
    warnings: tuple[str, ...] = ()
    learned_from: int = 0
    """How many articles it was learned from; 0: somebody wrote it."""
    notes: tuple[tuple[str, str], ...] = ()
    """(selector or text, why it is in the rule, for a reader)."""

    @property
    def name(self) -> str:
        """Return what results call the rule."""
        if self.learned_from:
            return f"{self.hosts[0]} learned from {self.learned_from} pages"
        return f"{self.hosts[0]} until {self.until}" if self.until else self.hosts[0]

    @property
    def has_selectors(self) -> bool:
        """Return whether the rule looks at elements, and not at texts alone."""
        selectors = (self.body, self.drop, self.keep, self.title, self.authors, self.published, self.comments)
        return any(selectors) or bool(self.next_page) or self.choose is not None

    def serves(self, host: str) -> bool:
        """Return whether the rule is for the pages of a host (lower case, without "www.")."""
        return any(_covers(pattern.lower().removeprefix("www."), host) for pattern in self.hosts)


ANY = "*"
"""At the end of a text to drop: whatever follows."""

_NUMBER_RE = re.compile(r"\d+")  # "By Ada Quill, 4.7.2025", "12 comments"


def text_key(text: str) -> str:
    """Return what two texts have in common that differ in white space, case and numbers only.

    A text of nothing but numbers is itself: a year in a table is not the same as the next.
    """
    key = " ".join(text.casefold().split())
    return _NUMBER_RE.sub("0", key) if any(map(str.isalpha, key)) else key


def _covers(pattern: str, host: str) -> bool:
    return host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:]))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule decides on an element and all inside it, down to the next mark."""

    decision: Decision
    selector: str
    """What matched, for a reader."""


@dataclass(slots=True)
class Application:
    """What a rule says of one tree."""

    root: Element
    marks: dict[Element, Mark] = field(default_factory=dict)
    texts: dict[str, Mark] = field(default_factory=dict)
    """text_key of a whole block → what the rule decides on it, wherever it stands."""
    starts: dict[str, Mark] = field(default_factory=dict)
    """text_key of how a block begins → the same."""
    fields: Fields = field(default_factory=dict)
    whole_lists: bool = False
    """Whether a list goes as a whole, with its heading, when most of its items are dropped by their text."""
    chooses_body: bool = True
    """False: the rule only corrects what the scorer chooses."""
    prunes: bool = False
    """Whether what the scorer is sure is no article goes, inside the body too."""
    may_fall_back: bool = True
    """False: where the rule finds no body, the page has no article."""
    next_page: str | None = None
    single_page: str | None = None
    warnings: list[str] = field(default_factory=list)

    def on_copy(self) -> Application:
        """Return the same of a copy of the tree, which may be edited."""
        root = deepcopy(self.root)
        pairs = zip(self.root.iter(), root.iter(), strict=True)
        return replace(self, root=root, marks={copy: self.marks[own] for own, copy in pairs if own in self.marks})

    def mark_texts(self, rule: SiteRule) -> None:
        """Decide on the texts that a rule drops."""
        why = dict(rule.notes)
        self.whole_lists = bool(rule.learned_from)
        for text in rule.drop_text:
            mark = Mark("drop", why.get(text, "drop_text"))
            if text.endswith(ANY):
                self.starts[text_key(text.removesuffix(ANY))] = mark
            else:
                self.texts[text_key(text)] = mark

    def mark_of_text(self, text: str) -> Mark | None:
        """Return what the rule decides on a whole block by its text."""
        key = text_key(text)
        if key in self.texts:
            return self.texts[key]
        return next((mark for start, mark in self.starts.items() if key.startswith(start)), None)

    def mark(self, elements: Iterable[Element], decision: Decision, selector: str) -> None:
        """Decide on elements; a later decision on the same element replaces an earlier one."""
        for element in elements:
            self.marks[element] = Mark(decision, selector)
