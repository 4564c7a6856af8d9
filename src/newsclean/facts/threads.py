"""A page of a forum → who wrote its first post: of all the names on it, the one that the thread is by."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.facts.findings import tidy
from newsclean.facts.surroundings import is_elsewhere, is_foreign, visible_text
from newsclean.lexicon.persons import JUNK_RE
from newsclean.patterns import later

if TYPE_CHECKING:
    from newsclean.facts.sources import Sources
    from newsclean.page.html import Element, Page

MAX_NAME, MAX_WORDS = 40, 4
"""Characters and words of the name that a user has; longer is a sentence."""
MAX_ELEMENTS = 30_000

FIRST_POST = "first post"
"""Where such an author was found."""
# Paths at which forums keep their threads: "/viewtopic.php", "/threads/…", "/t/…/123", "/forum/…"
_PATH_RE = later(
    r"/(?:forums?|foren|foro|viewtopic|showthread|threads?|thread-\d+|topics?|discussions?|questions?|boards?|community|comments)"
    r"(?:[/.-]|$)|/(?:t|d|s|post)/[^/]*\d|\bshowtopic\b|^/index\.php$",
    re.I,
)
_TYPES = ("DiscussionForumPosting", "QAPage", "Question")
# "username", "bigusername", "message-name", "PostUser-name", "postprofile", "poster", "post-signature owner"
_POSTER_RE = later(
    r"(?:^|\s)(?:(?:big)?user-?name(?:-coloured)?|message-name|post-?user-name|poster(?:[-_]?name)?|post[-_]author(?:-name)?"
    r"|post-?left|post-?profile|author_information|cAuthorPane_author|person-listing|\w*account-?name|topic-?starter|thread-?starter"
    r"|owner)(?=\s|$)",
    re.I,
)


def thread_author(sources: Sources, page: Page) -> tuple[tuple[str, ...], str] | None:
    """Return the author of the first post, on a page that is a thread."""
    declared = [
        finding
        for finding in sources.of("author", "article", "around")
        if any(f"{kind}." in finding.where for kind in _TYPES)
    ]
    if declared:
        return (declared[0].value,), declared[0].where
    if not _is_thread(page):
        return None
    if poster := first_poster(page):
        return (poster,), FIRST_POST
    marked = sources.items.of("author")
    return ((marked[0].value,), marked[0].where) if marked else None


def _is_thread(page: Page) -> bool:
    for url in (page.url, page.canonical_url):
        try:
            parts = urlsplit(url or "")
        except ValueError:
            continue
        if _PATH_RE.search(parts.path) and (parts.path != "/index.php" or "topic=" in parts.query):
            return True
    return False


def first_poster(page: Page) -> str | None:
    """Return the first name on a page that its markup gives as that of a post's author."""
    known: dict[str, bool] = {}
    for element in islice(page.root.iter("*"), MAX_ELEMENTS):
        names = element.get("class")
        if not names:
            continue
        if names not in known:
            known[names] = _POSTER_RE.search(names) is not None
        is_poster = known[names] and not is_foreign(element, is_above=False) and not is_elsewhere(element)
        if is_poster and (name := _name_in(element)):
            return name
    return None


def _name_in(element: Element) -> str:
    """Return the first text of a poster's box that can be a name: its link, its bold text, else all of it."""
    inner = [one for one in element.iter("a", "strong", "b") if one is not element]
    for one in (*inner, element):
        text = tidy(visible_text(one))
        if 2 <= len(text) <= MAX_NAME and len(text.split()) <= MAX_WORDS and not JUNK_RE.match(text):
            return text
    return ""
