"""Page → the comments that its JSON-LD tells, for pages that show them by script only."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

from newsclean.facts.findings import tidy
from newsclean.facts.jsonld import as_list, is_object, read_objects, texts, types, walk
from newsclean.lexicon.dates import parse_date
from newsclean.model import Comment

if TYPE_CHECKING:
    from newsclean.facts.jsonld import Object
    from newsclean.page.html import Element, Page

MAX_TEXT = 100_000
_SCRIPTS = etree.XPath("//script[@type='application/ld+json']")
_TOLD = '"comment"'
_INSIDE = frozenset({"comment"})


def read_comment_data(page: Page, most: int) -> tuple[Comment, ...]:
    """Return the comments under the `comment` keys of JSON-LD, replies after what they reply to; at most `most`."""
    if _TOLD not in page.source:
        return ()
    found: list[Comment] = []
    for work in walk(read_objects(cast("list[Element]", _SCRIPTS(page.root))), _INSIDE):
        waiting = [(comment, 0) for comment in reversed(_comments(work))]
        while waiting and len(found) < most:
            comment, depth = waiting.pop()
            if text := _text(comment):
                names = texts(comment.get("author"), "name") or texts(comment.get("creator"), "name")
                dates = texts(comment.get("dateCreated")) or texts(comment.get("datePublished"))
                author = tidy(names[0]) if names else ""
                found.append(Comment(author or None, parse_date(dates[0]) if dates else None, text, depth))
            waiting += [(reply, depth + 1) for reply in reversed(_comments(comment))]
    return tuple(found)


def _comments(work: Object) -> list[Object]:
    return [value for value in as_list(work.get("comment")) if is_object(value) and "Comment" in types(value)]


def _text(comment: Object) -> str:
    written = texts(comment.get("text")) or texts(comment.get("description"))
    lines = (" ".join(tidy(line).split()) for line in (written[0] if written else "")[:MAX_TEXT].split("\n"))
    return "\n\n".join(line for line in lines if line)
