"""Sources → the authors: persons before organisations, and never the site where anybody else is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.facts.headlines import home_names, host_names, is_site_name, letters, split_title
from newsclean.facts.threads import thread_author
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import is_agency, is_given_name, is_organisation, is_person, is_role_name

if TYPE_CHECKING:
    from newsclean.facts.findings import Finding
    from newsclean.facts.sources import Sources
    from newsclean.model import AuthorKind, Metadata
    from newsclean.page.html import Page

MAX_AUTHORS = 20
MAX_OWNER_WORDS = 3
_OWNED_RE = re.compile(
    r"(?:['’]s)?\s+(?:blog|site|website|homepage|weblog|notes|journal)$|^(?:blog of|the blog of)\s+", re.I
)


def choose_authors(sources: Sources, names: set[str], page: Page) -> tuple[tuple[str, ...], str] | None:
    """Return the authors of the first source that names a person, else of one that names not the site, else any.

    A thread is by whoever wrote its first post, whatever they call themselves.
    """
    if thread := thread_author(sources, page):
        return thread
    strangers: tuple[tuple[str, ...], str] | None = None
    anybody: tuple[tuple[str, ...], str] | None = None
    for source in ("article", "tags", "items", "shown", "around"):
        for where, found in names_by_place(sources.of("author", source)).items():
            people = tuple(name for name in found if is_person(name) and letters(name) not in names)
            if people:
                return people[:MAX_AUTHORS], where
            others = tuple(name for name in found if not is_site_name(name, names))
            if others and strangers is None:
                strangers = others[:MAX_AUTHORS], where
            if found and anybody is None:
                anybody = found[:MAX_AUTHORS], where
    owner = _owner(sources, page)
    if owner and strangers and owner[0][0].startswith(f"{strangers[0][0]} "):  # "by Ann" on "Ann Lee's blog"
        return owner
    return strangers or anybody or _as_declared(sources) or owner


def author_kinds(metadata: Metadata) -> tuple[AuthorKind, ...]:
    """Return what each author is: a person, a news agency, the site itself, or another organisation."""
    names = {letters(metadata.site or ""), *host_names(metadata.canonical_url), *host_names(metadata.source)} - {""}
    return tuple(_kind_of(name, names) for name in metadata.authors)


def _kind_of(name: str, site_names: set[str]) -> AuthorKind:
    if is_agency(name):
        return "agency"
    if is_site_name(name, site_names):
        return "site"
    if is_person(name) or (len(name.split()) == 1 and is_given_name(name)):
        return "person"
    return "organisation" if is_organisation(name) or len(name.split()) > 1 else "unknown"


def _owner(sources: Sources, page: Page) -> tuple[tuple[str, ...], str] | None:
    """Return the person that a site of dated pages is named after, where nobody signs: "Ann Lee's blog"."""
    if not sources.of("published", "article", "tags", "items", "shown"):
        return None
    names = [
        *split_title(sources.title)[1:],
        *(finding.value for finding in sources.of("site", "tags")),
        *home_names(page),
    ]
    for name in names:
        owner = _OWNED_RE.sub("", name)
        words = owner.split()
        if (
            2 <= len(words) <= MAX_OWNER_WORDS
            and is_person(owner)
            and is_given_name(words[0])
            and not is_given_name(name)
        ):
            return (owner,), "name of the site"
    return None


def _as_declared(sources: Sources) -> tuple[tuple[str, ...], str] | None:
    """Return the author that the page declares by a name that reads like a role: "Roving Reporter"."""
    for finding in sources.of("author", "article", "tags", "items"):
        if is_role_name(finding.value):
            return (finding.value,), finding.where
    return None


def names_by_place(findings: list[Finding]) -> dict[str, tuple[str, ...]]:
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
