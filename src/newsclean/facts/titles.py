"""Sources → the title: the headline that the page shows where something bears it out, else the best declared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.findings import Finding
from newsclean.facts.headlines import is_site_name, letters, trim_title, without_site
from newsclean.facts.sources import site_names

if TYPE_CHECKING:
    from newsclean.facts.headlines import Headline
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Page

MAX_TITLE_CHARS = 800
MIN_SHARED_LETTERS = 5
MIN_HEADLINE_WORDS = 4
"""Words of a heading that no other source knows, from which on it reads like a headline."""


def choose_title(sources: Sources, site: tuple[str, str] | None, page: Page) -> tuple[str, str] | None:
    """Return the headline that the page shows where something bears it out, else the best declared title."""
    names = site_names(sources, site, page)
    shown = sources.headline
    headline = shown.text if shown and not is_site_name(shown.text, names) else None
    declared = [
        Finding(trim_title(finding.value, names, headline), finding.where)
        for finding in [
            *sources.of("title", "article", "items", "tags"),
            *([Finding(sources.title, "title element")] if sources.title else []),
            *sources.of("title", "around"),
        ]
        if len(finding.value) <= MAX_TITLE_CHARS
    ]
    if (
        shown
        and headline
        and (not declared or shown.is_part or is_borne_out(headline, declared, is_only=shown.is_only))
    ):
        return without_site(without_kicker(shown, declared), names), "h1"
    fitting = [finding for finding in declared if not is_site_name(finding.value, names)]
    if fitting:
        return fitting[0].value, fitting[0].where
    if headline:
        return headline, "h1"
    return (declared[0].value, declared[0].where) if declared else None


def is_borne_out(headline: str, declared: list[Finding], *, is_only: bool) -> bool:
    """Return whether a declared title agrees with the headline, or it is the only h1 and reads like a headline."""
    own = letters(headline)
    for finding in declared:
        other = letters(finding.value)
        if (own in other and 2 * len(own) > len(other)) or (other in own and len(other) > MIN_SHARED_LETTERS):
            return True
    return is_only and len(headline.split()) >= MIN_HEADLINE_WORDS


def without_kicker(headline: Headline, declared: list[Finding]) -> str:
    """Return the headline without the kicker in the same heading ("Opinion What to read") that declared titles lack.

    A kicker has an element of its own: "Colleges: Keene wins" in one piece is what the page calls its article.
    """
    ends = {letters("".join(headline.pieces[first:])) for first in range(1, len(headline.pieces))}
    for finding in declared:
        if letters(finding.value) in ends and len(finding.value.split()) >= MIN_HEADLINE_WORDS:
            return finding.value
    return headline.text
