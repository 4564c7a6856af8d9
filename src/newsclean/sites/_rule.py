"""What a rule is (SiteRule), and what a rule of any kind says of a tree (Application). Runs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    corrects it. `@name` behind a selector reads an attribute: "time@datetime".
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
    until: str | None = None
    """Last day (ISO 8601) of the captures that the rule is for; None: it holds today."""
    choose: Callable[[BeautifulSoup], Iterable[Tag]] | None = None
    """For odd sites: the tags that hold the article. Asked after `body`."""
    origin: str = ""
    """Where the rule was read from; "" for rules that newsclean ships."""
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what results call the rule."""
        return f"{self.hosts[0]} until {self.until}" if self.until else self.hosts[0]

    def serves(self, host: str) -> bool:
        """Return whether the rule is for the pages of a host (lower case, without "www.")."""
        return any(_covers(pattern.lower().removeprefix("www."), host) for pattern in self.hosts)


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
    fields: Fields = field(default_factory=dict)
    chooses_body: bool = True
    """False: the rule only corrects what the scorer chooses."""
    prunes: bool = False
    """Whether what the scorer is sure is no article goes, inside the body too."""
    may_fall_back: bool = True
    """False: where the rule finds no body, the page has no article."""
    next_page: str | None = None
    single_page: str | None = None
    warnings: list[str] = field(default_factory=list)

    def mark(self, elements: Iterable[Element], decision: Decision, selector: str) -> None:
        """Decide on elements; a later decision on the same element replaces an earlier one."""
        for element in elements:
            self.marks[element] = Mark(decision, selector)
