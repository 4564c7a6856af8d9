"""Sources → the title: the headline that the page shows where something bears it out, else the best declared one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsclean.facts.findings import Finding
from newsclean.facts.headlines import is_site_name, letters, trim_title, without_site

if TYPE_CHECKING:
    from newsclean.facts.headlines import Headline
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Page

MAX_TITLE_CHARS = 800
MIN_SHARED_LETTERS = 5
MIN_HEADLINE_WORDS = 4
"""Words of a declared title from which on it reads like a headline."""
MIN_TITLE_WORDS = 3
"""Words below which a declared title is a label: "About us"."""
SAME_WORDS = 0.5
"""Share of the words of the shorter of two titles from which on both say the same: of 231 development pages whose h1
is in no declared title, the h1 was right on 117 and the title element on 62; below it on 34 and 40."""
SAME_WORDS_OF_ONE = 0.7
"""The same where a page declares one title alone: nothing else tells a headline from a motto."""
MAX_TAIL = 60
_WORD_RE = re.compile(r"\w+")
_SUFFIX_RE = re.compile(r"\.[a-z]\w{1,4}$")  # ".html"
_GLUED_SECTION_RE = re.compile(r"\s?[-|_–—]\s?[^\s\W]{1,20}")  # "-정치", "_财经", " - Sport"
_TAIL_RE = re.compile(
    r"\s*[(\[]|\s+\d+\b|\s+(?:posted|published|updated|veröffentlicht|publié|publicado)\b", re.I
)  # "(example.org) 87"


def declared_titles(sources: Sources, names: set[str]) -> list[Finding]:
    """Return the titles that the page declares, without the site's `names`, the most trusted first."""
    headline = _shown_title(sources, names)
    return [
        Finding(trim_title(finding.value, names, headline), finding.where)
        for finding in [
            *sources.of("title", "article", "items", "tags"),
            *([Finding(sources.title, "title element")] if sources.title else []),
            *sources.of("title", "around"),
        ]
        if len(finding.value) <= MAX_TITLE_CHARS
    ]


def _shown_title(sources: Sources, names: set[str]) -> str | None:
    shown = sources.headline
    return shown.text if shown and not is_site_name(shown.text, names) else None


def choose_title(sources: Sources, declared: list[Finding], names: set[str], page: Page) -> tuple[str, str] | None:
    """Return the headline that the page shows where something bears it out, else the best declared title."""
    shown = sources.headline
    headline = _shown_title(sources, names)
    if shown and headline:
        agreed = not declared or shown.is_part or is_borne_out(headline, declared)
        if agreed or _is_news(shown, sources, declared, page) or _is_likelier(headline, declared, page):
            return _once(without_site(_without_tail(without_kicker(shown, declared), declared), names)), "h1"
    fitting = [finding for finding in declared if not is_site_name(finding.value, names)]
    if fitting:
        best = _without_section(fitting[0], fitting)
        return (_with_site(best, sources) if is_front(page.canonical_url or page.url) else best.value), best.where
    if headline:
        return headline, "h1"
    return (declared[0].value, declared[0].where) if declared else None


def _once(title: str) -> str:
    """Return a title that stands twice in its heading, for wide and for small screens, once."""
    words = title.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half >= MIN_TITLE_WORDS and words == words[:half] * 2 else title


def _with_site(title: Finding, sources: Sources) -> str:
    """Return the title of a front page with the site's name before it: "Courier: All the news of the harbour"."""
    for finding in (*sources.of("title", "article", "items", "tags"), Finding(sources.title, "title element")):
        place = finding.value.find(title.value) if finding.where == title.where else -1
        if place > 0:
            return finding.value[: place + len(title.value)]
    return title.value


def _without_section(title: Finding, others: list[Finding]) -> Finding:
    """Return a title without the section that is glued to it, where another declared title ends before that."""
    for other in others:
        rest = title.value[len(other.value) :] if title.value.startswith(other.value) else ""
        if _GLUED_SECTION_RE.fullmatch(rest):
            return other
    return title


def is_borne_out(headline: str, declared: list[Finding]) -> bool:
    """Return whether a declared title agrees with the headline."""
    own = letters(headline)
    for finding in declared:
        other = letters(finding.value)
        if (own in other and 2 * len(own) > len(other)) or (other in own and len(other) > MIN_SHARED_LETTERS):
            return True
    return False


def _is_news(shown: Headline, sources: Sources, declared: list[Finding], page: Page) -> bool:
    """Return whether a headline stands for itself: the only h1, unless an undated page's address says otherwise."""
    if not shown.is_only or len(shown.text.split()) < MIN_HEADLINE_WORDS:
        return False
    is_label = all(len(finding.value.split()) < MIN_TITLE_WORDS for finding in declared)
    is_dated = bool(sources.of("published", "article", "tags", "items", "shown"))
    address = _address_words(page)
    if is_dated or is_label or address is None:
        return is_dated or is_label or not is_front(page.url)
    best = max((_likeness(_words(finding.value), address) for finding in declared), default=0.0)
    return _likeness(_words(shown.text), address) >= best


def _is_likelier(headline: str, declared: list[Finding], page: Page) -> bool:
    """Return whether a headline says what a declared title says in other words, or what the address says.

    Else it is a button, a promotion or a motto.
    """
    own, address = _words(headline), _address_words(page)
    for finding in declared:
        other = _words(finding.value)
        needed = SAME_WORDS if len(declared) > 1 else SAME_WORDS_OF_ONE
        if own and other and len(own & other) >= needed * min(len(own), len(other)):
            return True
    if address is None:
        return False
    best = max((_likeness(_words(finding.value), address) for finding in declared), default=0.0)
    return _likeness(own, address) > best


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD_RE.findall(text.casefold()))


def _address_words(page: Page) -> frozenset[str] | None:
    """Return the words of the last part of the page's address ("council-approves-the-bridge"), if there are several."""
    words = _words(_SUFFIX_RE.sub("", unquote(_path(page.canonical_url or page.url)[-1])).replace("_", " "))
    return words if len(words) > 1 else None


def _path(url: str | None) -> list[str]:
    """Return the parts of a URL's path, "" for none."""
    try:
        return [part for part in urlsplit(url or "").path.split("/") if part] or [""]
    except ValueError:
        return [""]


def is_front(url: str | None) -> bool:
    """Return whether a URL is that of a site's front page."""
    return bool(url) and _path(url) == [""]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _without_tail(headline: str, declared: list[Finding]) -> str:
    """Return a headline without what a template sets behind it in the same heading: a date, a counter, a source.

    Declared titles end before it, and it begins with a bracket, a number or a label.
    """
    for finding in declared:
        rest = headline[len(finding.value) :] if headline.startswith(finding.value) else ""
        if (
            rest.strip()
            and len(finding.value.split()) >= MIN_HEADLINE_WORDS
            and _TAIL_RE.match(rest)
            and len(rest) <= MAX_TAIL
        ):
            return finding.value
    return headline


def without_kicker(headline: Headline, declared: list[Finding]) -> str:
    """Return the headline without the kicker in the same heading ("Opinion What to read") that declared titles lack.

    A kicker has an element of its own: "Colleges: Keene wins" in one piece is what the page calls its article.
    """
    ends = {letters("".join(headline.pieces[first:])) for first in range(1, len(headline.pieces))}
    for finding in declared:
        if letters(finding.value) in ends and len(finding.value.split()) >= MIN_HEADLINE_WORDS:
            return finding.value
    return headline.text
