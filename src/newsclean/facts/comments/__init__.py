"""Page + kept blocks → the readers' comments that are no part of the article, in page order, by how pages mark them up.

A comment is an element that is marked as one and holds a text with an author or a date. Comments that were kept as the
body (the posts of a forum) are not told again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.facts.comments.marks import (
    author_of,
    date_of,
    is_comment,
    is_forum_post,
    is_thread,
    mark_of,
    stated_depth,
)
from newsclean.facts.comments.text import MAX_CHARS, text_of
from newsclean.facts.findings import tidy
from newsclean.facts.structured import as_list, is_object, texts, types, walk
from newsclean.lexicon.dates import parse_date
from newsclean.model import Comment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.facts.comments.marks import Marked
    from newsclean.facts.comments.text import Pieces
    from newsclean.facts.structured import Object
    from newsclean.page.html import Element, Page

MAX_COMMENTS = 5_000
"""Comments of one page; the longest saved threads have some 3,000."""
_TOLD = '"comment"'
_INSIDE = frozenset({"comment"})
MAX_MARKS = 300
"""Marks inside one comment, beyond those of its replies."""
MAX_DEPTH = 50
"""Levels of replies; sites stop indenting at ten."""

# What the names of every comment, or of a part of it, hold: "comment-12", "js-Comments", "postbody"
_HINTS = ("omment", "comtr", "cmt", "post-message", "cooked", "postbody", "bbWrapper")
_HINT_RE = re.compile("|".join(_HINTS))
_FORUM_TEXT_RE = re.compile(r"(?:^|\s)(?:post-message|cooked|postbody|bbWrapper)(?:\s|$)")  # "postbody"


@dataclass(slots=True)
class _Draft:
    """An element that may be a comment, with the marks inside it that belong to no comment further in."""

    element: Element
    order: int
    marks: list[Marked] = field(default_factory=list)
    inner: list[_Found] = field(default_factory=list)
    """The comments inside it."""

    def add(self, marks: list[Marked]) -> None:
        """Take marks, up to a bound."""
        self.marks += marks[: MAX_MARKS - len(self.marks)]


@dataclass(slots=True)
class _Found:
    """A comment as it stands on the page."""

    author: str | None
    date: str | None
    text: str
    order: int
    is_kept: bool
    scope: Element
    """What holds its replies too."""
    depth: int | None
    """Where the page states it."""


def find_comments(saved: Page, page: Page, kept: Sequence[bool]) -> tuple[Comment, ...]:
    """Return the comments of the page as it was saved that are not in the body.

    The body are the kept blocks of `page`, the saved one or one that was made of it; `kept` has one truth value a
    block.
    """
    if saved is page:
        return _comments(saved, kept)
    body = " ".join(block.text for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept)
    return tuple(one for one in _comments(saved, ()) if not _is_told(one, body))


def _is_told(comment: Comment, body: str) -> bool:
    """Return whether the body holds the longest paragraph of a comment."""
    return " ".join(max(comment.text.split("\n\n"), key=len).split()) in body


def _comments(page: Page, kept: Sequence[bool]) -> tuple[Comment, ...]:
    candidates = _candidates(page)
    found: list[_Found] = []
    if candidates:
        has_posts = any(_FORUM_TEXT_RE.search(element.get("class") or "") for element in candidates)
        found = _Search(_kept_pieces(page, kept), has_posts).run([page.root] if has_posts else candidates)
    if not found:
        return _told_comments(page, MAX_COMMENTS)
    scopes = {one.scope for one in found}
    return tuple(
        Comment(one.author, one.date, one.text, min(_depth(one, scopes), MAX_DEPTH))
        for one in sorted(found, key=lambda one: one.order)
        if not one.is_kept
    )


def _candidates(page: Page) -> list[Element]:
    """Return the elements whose names hint at comments; pages without any cost the look at their names alone."""
    if not any(hint in page.source for hint in _HINTS):
        return []
    found: list[Element] = []
    known: dict[str, bool] = {}
    for node in page.nodes:
        element = node.element
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if names not in known:
            known[names] = _HINT_RE.search(names) is not None
        if known[names] or node.tag == "shreddit-comment" or "omment" in element.get("itemtype", ""):
            found.append(element)
    return found


def _kept_pieces(page: Page, kept: Sequence[bool]) -> Pieces:
    return {piece for block, is_kept in zip(page.blocks, kept, strict=False) if is_kept for piece in block.pieces}


def _depth(found: _Found, scopes: set[Element]) -> int:
    if found.depth is not None:
        return found.depth
    return sum(1 for ancestor in found.scope.iterancestors() if ancestor in scopes)


class _Search:
    """One walk over the parts of a page that may hold comments."""

    def __init__(self, kept: Pieces, has_posts: bool) -> None:
        self._kept = kept
        self._has_posts = has_posts
        self._found: list[_Found] = []
        self._open: list[_Draft] = []
        self._count = 0

    def run(self, tops: list[Element]) -> list[_Found]:
        """Return what is found in these elements, each part of the page walked once."""
        walked: set[Element] = set()
        for top in tops:
            if top not in walked and (self._has_posts or is_comment(top)):
                self._walk(top, walked)
        return self._found

    def _walk(self, top: Element, walked: set[Element]) -> None:
        for event, element in etree.iterwalk(top, events=("start", "end")):
            if event == "start":
                walked.add(element)
                if is_comment(element) or (self._has_posts and is_forum_post(element)):
                    self._count += 1
                    self._open.append(_Draft(element, self._count))
                elif self._open and (mark := mark_of(element)):
                    self._open[-1].add([(mark, element)])
            elif self._open and self._open[-1].element is element:
                self._close(self._open.pop())

    def _close(self, draft: _Draft) -> None:
        """Make a comment of a draft, or hand what it holds to the one around it, of which it may be a part."""
        found = self._comment(draft) if len(self._found) < MAX_COMMENTS else None
        outer = self._open[-1] if self._open else None
        if found is not None:
            self._found.append(found)
            if outer is not None:
                outer.inner.append(found)
            return
        if draft.inner and is_thread(draft.element):  # <li class="comment"><article>…</article><ol>replies</ol></li>
            draft.inner[0].scope = draft.element
        if outer is not None:
            mark = mark_of(draft.element)  # "comment-body" is a text on one site and a comment on another
            outer.add([*([(mark, draft.element)] if mark else []), *draft.marks])
            outer.inner += draft.inner

    def _comment(self, draft: _Draft) -> _Found | None:
        author, date = author_of(draft.element, draft.marks), date_of(draft.element, draft.marks)
        if author is None and date is None:
            return None
        replies = [one.scope for one in draft.inner]
        text, is_kept = text_of(draft.element, draft.marks, replies, self._kept, marked=not is_comment(draft.element))
        if not text:
            return None
        return _Found(author, date, text, draft.order, is_kept, draft.element, stated_depth(draft.element))


def _told_comments(page: Page, most: int) -> tuple[Comment, ...]:
    """Return the comments under the `comment` keys of JSON-LD, replies after what they reply to; at most `most`."""
    if _TOLD not in page.source:
        return ()
    found: list[Comment] = []
    for work in walk(page.json_ld, _INSIDE):
        waiting = [(comment, 0) for comment in reversed(_comment_objects(work))]
        while waiting and len(found) < most:
            comment, depth = waiting.pop()
            if text := _text(comment):
                names = texts(comment.get("author"), "name") or texts(comment.get("creator"), "name")
                dates = texts(comment.get("dateCreated")) or texts(comment.get("datePublished"))
                author = tidy(names[0]) if names else ""
                found.append(Comment(author or None, parse_date(dates[0]) if dates else None, text, depth))
            waiting += [(reply, depth + 1) for reply in reversed(_comment_objects(comment))]
    return tuple(found)


def _comment_objects(work: Object) -> list[Object]:
    return [value for value in as_list(work.get("comment")) if is_object(value) and "Comment" in types(value)]


def _text(comment: Object) -> str:
    written = texts(comment.get("text")) or texts(comment.get("description"))
    lines = (" ".join(tidy(line).split()) for line in (written[0] if written else "")[:MAX_CHARS].split("\n"))
    return "\n\n".join(line for line in lines if line)
