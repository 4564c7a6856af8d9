"""SiteRule + lxml tree → marks on its elements. The selectors run on a soup that is built tag by tag from the tree."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lxml import etree

from newsclean.lexicon.dates import parse_date
from newsclean.lexicon.names import clean_names
from newsclean.sites._rule import Application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bs4 import BeautifulSoup, Tag

    from newsclean.sites._rule import Fields, SiteRule

    Element = etree._Element

MAX_ELEMENTS = 200_000
"""Elements past which a page is left to the other voters: a soup of them takes ten seconds and half a gigabyte."""

Found = TypeVar("Found")

_NAME_RE = re.compile(r"[.#]-?[A-Za-z_][\w-]*", re.ASCII)  # ".navbox", "#toc"


class Soup:
    """A tree in which names are looked up, and which BeautifulSoup sees where a selector asks for more than names."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._elements: dict[int, Element] = {}
        """Tag of the soup → the element that it stands for."""
        self._tags: dict[Element, Tag] = {}
        self.is_edited = False
        """Whether something may have changed the soup since it was filled."""

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Hand the tree to BeautifulSoup as its own parsers do: no second parse that could nest it otherwise."""
        from bs4 import BeautifulSoup  # importing it doubles start-up

        soup = BeautifulSoup("", "lxml")
        soup.reset()
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            tag = str(element.tag)
            if event == "start":
                attributes = {str(name): str(value) for name, value in element.attrib.items()}
                made = soup.handle_starttag(tag, None, None, attributes)
                if made is not None:
                    self._elements[id(made)] = element
                    self._tags[element] = made
                if element.text:
                    soup.handle_data(element.text)
            else:
                soup.handle_endtag(tag)
                if element.tail and element is not self._root:
                    soup.handle_data(element.tail)
        soup.endData()
        while soup.currentTag is not None and soup.currentTag.name != soup.ROOT_TAG_NAME:
            soup.popTag()
        return soup

    @cached_property
    def _named(self) -> dict[str, dict[int, Element]]:
        """Class or id as a selector → the elements that have it, by their place in the page."""
        named: defaultdict[str, dict[int, Element]] = defaultdict(dict)
        walker = etree.iterwalk(self._root, events=("start",))
        for place, (_, element) in enumerate(walker):
            for name in (element.get("class") or "").split():
                named[f".{name}"][place] = element
            if (name := element.get("id")) is not None:
                named[f"#{name}"][place] = element
            if element.tag == "template":  # selectors do not enter one either
                walker.skip_subtree()
        return named

    def select(self, selector: str) -> list[Element]:
        """Return the elements that a CSS selector matches; raises ValueError for a broken one."""
        found = self._look_up(selector)
        return self.elements(self._run(selector)) if found is None else found

    def tags(self, selector: str) -> list[Tag]:
        """Return the tags of these, and those that a rule made itself."""
        found = self._look_up(selector)
        if found is None:
            return self._run(selector)
        return [self._tags[element] for element in found] if found and self.soup else []

    def _look_up(self, selector: str) -> list[Element] | None:
        """Return what names alone match, which most rules are made of; None for a selector that has to run.

        That takes 40 ms on a large page.
        """
        names = [name.strip() for name in selector.split(",")]
        if self.is_edited or not all(map(_NAME_RE.fullmatch, names)):
            return None
        found = {place: element for name in names for place, element in self._named.get(name, {}).items()}
        return [found[place] for place in sorted(found)]

    def _run(self, selector: str) -> list[Tag]:
        soup = self.soup
        from soupsieve import SelectorSyntaxError

        try:
            return list(soup.select(selector))
        except (SelectorSyntaxError, NotImplementedError) as error:
            raise ValueError(str(error).splitlines()[0]) from error

    def elements(self, tags: Iterable[Tag]) -> list[Element]:
        """Return the elements that tags stand for; tags that a rule made itself stand for none."""
        return [self._elements[id(tag)] for tag in tags if id(tag) in self._elements]


def apply_selectors(rule: SiteRule, root: Element) -> Application:
    """Return what a rule's selectors match."""
    application = Application(root, chooses_body=bool(rule.body or rule.choose))
    application.mark_texts(rule)
    if not rule.has_selectors:
        return application
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        application.warnings.append(f"page of more than {MAX_ELEMENTS:,} elements: selectors were not run")
        return application
    run = _Run(rule, Soup(root), application)
    run.mark_body()
    why = dict(rule.notes)
    for selector in rule.drop:
        application.mark(
            run.elements(selector), "drop", f"{selector}, {why[selector]}" if selector in why else selector
        )
    for selector in rule.comments:
        application.mark(run.elements(selector), "comments", selector)
    for selector in rule.keep:
        application.mark(run.elements(selector), "keep", selector)
    application.fields = run.fields()
    application.next_page = next(iter(run.values(rule.next_page, "href")), None)
    return application


class _Run:
    """One rule on one soup. A selector that is broken or fails is told once and matches nothing."""

    def __init__(self, rule: SiteRule, soup: Soup, application: Application) -> None:
        self._rule = rule
        self._soup = soup
        self._application = application

    def elements(self, selector: str) -> list[Element]:
        """Return the elements that a selector matches."""
        return self._told(selector, self._soup.select)

    def mark_body(self) -> None:
        for selector in self._rule.body:
            found = self.elements(selector)
            if found:
                self._application.mark(found, "body", selector)
                return
        if self._rule.choose is not None:
            self._soup.is_edited = True
            self._application.mark(self._soup.elements(self._rule.choose(self._soup.soup)), "body", "choose()")

    def fields(self) -> Fields:
        """Return the metadata that the rule's selectors find."""
        found: Fields = {}
        title = self.values(self._rule.title)
        names = dict.fromkeys(name for text in self.values(self._rule.authors) for name in clean_names(text))
        dates = [day for text in self.values(self._rule.published, "datetime") if (day := parse_date(text))]
        if title:
            found["title"] = title[0]
        if names:
            found["authors"] = tuple(names)
        if dates:
            found["published"] = dates[0]
        return found

    def values(self, selectors: tuple[str, ...], attribute: str = "") -> list[str]:
        """Return the texts of what the first selector that finds one matches, or their attribute where they have it."""
        for selector in selectors:
            css, _, name = selector.rpartition("@") if "@" in selector else (selector, "", attribute)
            texts = [_text(tag, name, must="@" in selector) for tag in self._told(css, self._soup.tags)]
            if any(texts):
                return [text for text in texts if text]
        return []

    def _told(self, selector: str, find: Callable[[str], list[Found]]) -> list[Found]:
        """Return what is found by a selector; nothing, with a warning, where it is broken."""
        try:
            return find(selector)
        except ValueError as error:
            note = f"broken selector {selector!r}: {error}"
            if note not in self._application.warnings:
                self._application.warnings.append(note)
            return []


def _text(tag: Tag, attribute: str, *, must: bool) -> str:
    value = tag.get(attribute) if attribute else None
    if value is not None or must:
        value = " ".join(value) if isinstance(value, list) else value or ""
        return " ".join(value.split())
    return " ".join(tag.get_text(" ").split())
