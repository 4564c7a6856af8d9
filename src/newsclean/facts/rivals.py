"""Sources → what else they say of the fields that sources differ on: values that were not taken, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.authors import names_by_place
from newsclean.facts.dates import url_date
from newsclean.facts.headlines import is_site_name, letters
from newsclean.facts.sources import dates_of, language_tag
from newsclean.model import Rival

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsclean.facts.findings import Finding
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Page

MAX_RIVALS = 4
"""Values of a field that are told: on nine in ten pages there is none, on few more than two."""
MAX_RIVAL_CHARS = 300

Claim = tuple[str, str]
"""A value, and where it was found."""


def find_claims(sources: Sources, titles: list[Finding], names: set[str], page: Page) -> dict[str, list[Claim]]:
    """Return field → what each source says of it, the most trusted first; `names` of the site are no titles."""
    shown = sources.headline
    addresses = (day for url in (page.canonical_url, page.url) if (day := url_date(url)))
    return {
        "title": [
            *([(shown.text, "h1")] if shown else []),
            *((title.value, title.where) for title in titles if not is_site_name(title.value, names)),
        ],
        "authors": list(_signed(sources)),
        "published": [
            *dates_of(sources.of("published", "article", "tags", "items", "around", "shown")),
            *((day, "URL") for day in addresses),
        ],
        "site": [(finding.value, finding.where) for finding in sources.of("site", "tags", "article", "around")],
        "language": [(finding.value, finding.where) for finding in sources.of("language", "tags", "article", "items")],
    }


def _signed(sources: Sources) -> Iterator[Claim]:
    for source in ("article", "tags", "items", "shown", "around"):
        for where, names in names_by_place(sources.of("author", source)).items():
            if names:
                yield ", ".join(names), where


def _people(text: str) -> str:
    return " ".join(sorted(letters(name) for name in text.split(", ")))


def _language(text: str) -> str:
    return (language_tag(text) or "").partition("-")[0]


SAME: Mapping[str, Callable[[str], str]] = {
    "title": letters,
    "authors": _people,
    "published": lambda text: text[:10],
    "site": letters,
    "language": _language,
}
"""Field → what of a value has to be equal for two to say the same."""


def rivals_of(claims: Mapping[str, list[Claim]], taken: Mapping[str, str]) -> tuple[Rival, ...]:
    """Return the values that differ from the ones taken, each once, with the first source that has it."""
    return tuple(rival for field, value in taken.items() for rival in _rivals(field, value, claims.get(field, ())))


def _rivals(field: str, value: str, claims: Iterable[Claim]) -> list[Rival]:
    same = SAME[field]
    seen = {same(value), ""}
    found: list[Rival] = []
    for claim, where in claims:
        if (key := same(claim)) not in seen:
            seen.add(key)
            found.append(Rival(field, claim[:MAX_RIVAL_CHARS], where))
    return found[:MAX_RIVALS]


def agreeing(field: str, value: str, claims: Iterable[Claim]) -> frozenset[str]:
    """Return the sources that say what was taken."""
    same = SAME[field]
    return frozenset(where for claim, where in claims if same(claim) == same(value))
