"""Sources → the authors: persons before organisations, and never the site where anybody else is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.facts.headlines import is_site_name, letters
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import is_person, is_role_name

if TYPE_CHECKING:
    from newsclean.facts.findings import Finding
    from newsclean.facts.sources import Sources

MAX_AUTHORS = 20


def choose_authors(sources: Sources, names: set[str]) -> tuple[tuple[str, ...], str] | None:
    """Return the authors of the first source that names a person, else of one that names not the site, else any."""
    strangers: tuple[tuple[str, ...], str] | None = None
    anybody: tuple[tuple[str, ...], str] | None = None
    for source in ("article", "tags", "items", "shown", "around"):
        for where, found in _by_place(sources.of("author", source)).items():
            people = tuple(name for name in found if is_person(name) and letters(name) not in names)
            if people:
                return people[:MAX_AUTHORS], where
            others = tuple(name for name in found if not is_site_name(name, names))
            if others and strangers is None:
                strangers = others[:MAX_AUTHORS], where
            if found and anybody is None:
                anybody = found[:MAX_AUTHORS], where
    return strangers or anybody or _as_declared(sources)


def _as_declared(sources: Sources) -> tuple[tuple[str, ...], str] | None:
    """Return the author that the page declares by a name that reads like a role: "Roving Reporter"."""
    for finding in sources.of("author", "article", "tags", "items"):
        if is_role_name(finding.value):
            return (finding.value,), finding.where
    return None


def _by_place(findings: list[Finding]) -> dict[str, tuple[str, ...]]:
    """Return where → the names found there, without doubles."""
    places: dict[str, dict[str, str]] = {}
    for finding in findings:
        names = places.setdefault(finding.where, {})
        for name in clean_names(finding.value):
            names.setdefault(letters(name), name)
    return {where: _without_longer(tuple(names.values())) for where, names in places.items()}


def _without_longer(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without those that repeat another and go on: "Ann Lee Harbour Courier" beside "Ann Lee"."""
    starts = tuple(f"{name.casefold()} " for name in names if is_person(name))
    return tuple(name for name in names if not name.casefold().startswith(starts))
