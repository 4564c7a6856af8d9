"""An element's attributes → what it is in a comment: the comment itself, its author, date or text, or a control.

What WordPress, Disqus, Blogger, phpBB, Discourse, XenForo, Reddit, Hacker News and microdata write is data here.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

from newsclean.facts.findings import tidy
from newsclean.lexicon.dates import find_date, parse_date
from newsclean.patterns import later

if TYPE_CHECKING:
    from newsclean.page.html import Element

Mark = Literal["name", "author", "time", "date", "text", "body", "control"]
"""What an element is: "name" is surer than "author", "time" than "date", "text" than "body"."""
Marked: TypeAlias = "tuple[Mark, Element]"

MAX_NAME = 100
"""Characters of a name; longer is a sentence."""
MAX_DATELINE = 200
"""Characters of what tells name and date; longer is the comment itself."""
INDENT_PIXELS = 40
"""Width of one level on Hacker News."""

# One comment, not a list or a part of one: "comment", "comment-item", "comtr", "js-comment", "commentBox"
_COMMENT_CLASS_RE = later(
    r"(?:^|\s)(?:[a-z]{1,6}[-_])?(?:user|reader|single)?[-_]?comments?(?:[-_]*(?:item|entry|wrap|wrapper|container|card|node|single|box|block"
    r"|body|row|inner|main|thread|reply|content|post|view|article|list[-_]*item|listitem|detail|details))?(?:\s|$)"
    r"|(?:^|\s)comtr(?:\s|$)",
    re.I,
)
_COMMENT_ID_RE = later(r"(?:li-|div-|c-)?(?:comment|cmt)[-_]?[0-9a-f]{1,32}$", re.I)  # "comment-12", "li-comment-3"
_COMMENT_TYPE_RE = later(r"schema\.org/(?:User)?Comments?$", re.I)  # "https://schema.org/Comment"
_POST_RE = later(  # the posts of forums, and of Disqus
    r"(?:^|\s)(?:post|topic-post|topic-body|crawler-post|message|postcontainer)(?:\s|$)"
)
_LIST_RE = later(r"comments$|list|count|form|respond", re.I)  # "comments", "commentlist": many, or none

_MARKS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (
        "control",  # "reply", "comment-actions", "avatar"
        later(
            r"(?:^|[\s_-])(?:reply|replies|reply-link|actions?|share|votes?|voting|likes?|report|flag|edit(?:-link)?|avatar"
            r"|buttons?|toolbar|controls|says|navs|signature|post-menu|sr-only|screen-reader-text|visually-hidden)(?:$|\s)",
            re.I,
        ),
    ),
    (
        "name",  # "fn", "hnuser", "username", "comment-author-name"
        later(
            r"(?:^|\s)(?:fn|hnuser|user-?name|username-coloured|nick-?name|display-?name|screen-?name|(?:comment|user|author)"
            r"[-_]{0,2}(?:author[-_]{0,2})?name|author-link|publisher-anchor-color)(?:$|\s)",
            re.I,
        ),
    ),
    (
        "time",  # "time-ago", "comment-date", "age"
        later(
            r"(?:^|\s)(?:age|date|datetime|date-?time|time|timestamp|time-ago|relative-date|published|posted-on|post-date|live-timestamp"
            r"|comment[-_]{0,2}(?:date|time|timestamp|published)|created-at)(?:$|\s)",
            re.I,
        ),
    ),
    (
        "text",  # "comment-content", "commtext", "post-message", "cooked"
        later(
            r"(?:^|\s)(?:commtext|cooked|post-message|usertext-body|bbWrapper|postcontent|(?:user[-_]?)?(?:comment|reply|message)"
            r"[-_]{0,2}(?:text|content|message|copy|html|paragraphs?|p))(?:$|\s)",
            re.I,
        ),
    ),
    ("body", later(r"(?:^|\s)(?:comment[-_]{0,2}(?:body|inner|main)|body|content|text|message)(?:$|\s)", re.I)),
    (
        "author",  # "comment-author", "byline"
        later(r"(?:^|\s)(?:(?:comment|post)[-_]{0,2})?(?:author|user|byline|commenter|names?|by)(?:$|\s)", re.I),
    ),
    (
        "date",  # "comment-metadata", "permalink"
        later(r"(?:^|\s)(?:(?:comment|post)[-_]{0,2})?(?:meta(?:data)?|info|permalink)(?:$|\s)", re.I),
    ),
)
_PROPERTIES: dict[str, Mark] = {
    "name": "name",
    "author": "author",
    "creator": "author",
    "datecreated": "time",
    "datepublished": "time",
    "commenttime": "time",
    "text": "text",
    "commenttext": "text",
    "description": "text",
}
_CONTROL_TAGS = frozenset("button form input textarea select label nav".split())
_TIME_ATTRIBUTES = ("datetime", "content", "data-time", "data-timestamp", "data-utime", "ts", "title")
_SAYS_RE = later(
    r"\s*\b(?:says?|said|wrote|writes|replied|commented|schreibt|schrieb|sagte?|meint|dit|a (?:dit|écrit)|dice|dijo"
    r"|escribió|disse|ha detto|scrive|zegt|schreef)?\s*(?::|…|$)",
    re.I,
)  # "Ann says:"
_EPOCH_BEHIND_RE = later(r"(?<=\d) \d{10}$")  # "2025-03-04T15:00:00 1741100400", on Hacker News
_BY_RE = later(r"^(?:(?:posted|written|comment)\s+)?(?:by|von|par|por)\s+", re.I)  # "Posted by Ann"
_DEPTH_RE = later(r"(?:^|\s)(?:depth|level|indent)-(\d{1,3})(?:\s|$)")  # "depth-2", which WordPress counts from 1
_NUMBER_RE = later(r"\d{1,6}$")
_IDENTIFIED_RE = later(r"\d$")  # "comment-12"


def is_comment(element: Element) -> bool:
    """Return whether an element is marked as one comment, or as a part of one that often is the whole."""
    tag, name, key = element.tag, element.get("class") or "", element.get("id") or ""
    if tag == "shreddit-comment" or _COMMENT_TYPE_RE.search(element.get("itemtype") or ""):
        return True
    if tag in ("body", "html", "a", "span", "form", "ol", "ul", "button", "section", "p", "cite"):
        return False
    if _COMMENT_ID_RE.match(key):
        return True
    return bool(name) and _COMMENT_CLASS_RE.search(name) is not None and not (key and _LIST_RE.search(key))


def is_forum_post(element: Element) -> bool:
    """Return whether an element is marked as a post; that it holds the text of one is for its marks to tell."""
    return _POST_RE.search(element.get("class") or "") is not None


def is_thread(element: Element) -> bool:
    """Return whether an element stands for one comment with its replies."""
    return element.tag in ("li", "article") or _IDENTIFIED_RE.search(element.get("id") or "") is not None


def mark_of(element: Element) -> Mark | None:
    """Return what an element is inside a comment, or None."""
    tag = element.tag
    if tag in _CONTROL_TAGS:
        return "control"
    if tag == "time" or tag == "faceplate-timeago":
        return "time"
    name, prop = element.get("class"), element.get("itemprop")
    if prop and (found := _PROPERTIES.get(prop.strip().lower())):
        return found
    if name:
        for mark, pattern in _MARKS:
            if pattern.search(name):
                return mark
    if tag == "cite":
        return "author"
    return "text" if element.get("slot") == "comment" else None


def author_of(element: Element, marks: list[Marked]) -> str | None:
    """Return who wrote a comment, or None."""
    for attribute in ("data-author", "author"):
        if stated := tidy(element.get(attribute) or ""):
            return stated[:MAX_NAME]
    for wanted in ("name", "author"):
        found = [marked for mark, marked in marks if mark == wanted]
        for marked, following in zip_longest(found, found[1:]):
            is_inside = following is not None and marked in following.iterancestors()  # byline > author
            if not is_inside and (name := _name(marked)):
                return name
    return None


def _name(element: Element) -> str | None:
    texts = [element.get("content") or ""] if element.tag == "meta" else _first_texts(element)
    text = tidy("".join(texts))
    if find_date(text):  # "Ann, 4 July 2025"
        text = next((line for line in map(tidy, texts) if line and not find_date(line)), "")
    name = _BY_RE.sub("", text)
    return (_SAYS_RE.split(name, maxsplit=1)[0].strip(" ,·•|@") or None) if len(name) <= MAX_NAME else None


def _first_texts(element: Element) -> list[str]:
    """Return the texts of an element, without those of controls and dates inside it."""
    texts: list[str] = []
    for count, inner in enumerate(element.iter()):
        if count > MAX_NAME:
            break
        if (
            inner.text
            and isinstance(inner.tag, str)
            and (inner is element or mark_of(inner) not in ("control", "time"))
        ):
            texts.append(inner.text)
        if inner is not element and inner.tail:
            texts.append(inner.tail)
    return texts


def date_of(element: Element, marks: list[Marked]) -> str | None:
    """Return when a comment was written, in ISO 8601, or None."""
    if stated := parse_date(element.get("created") or ""):
        return stated
    for wanted in ("time", "date", "author"):
        for mark, marked in marks:
            if mark == wanted and (date := _date(marked)):
                return date
    return None


def _date(element: Element) -> str | None:
    for attribute in _TIME_ATTRIBUTES:
        value = element.get(attribute)
        if value and (date := parse_date(_EPOCH_BEHIND_RE.sub("", value))):
            return date
    text = tidy("".join(_first_texts(element)))
    return find_date(text) if text and len(text) <= MAX_DATELINE else None


def stated_depth(element: Element) -> int | None:
    """Return how deep in its thread a comment stands, from 0, where the page states it."""
    for attribute, first in (("depth", 0), ("data-depth", 0), ("aria-level", 1)):
        if (value := element.get(attribute)) and _NUMBER_RE.match(value):
            return max(int(value) - first, 0)
    for around in (element, element.getparent()):
        if around is not None and (match := _DEPTH_RE.search(around.get("class") or "")):
            return max(int(match[1]) - 1, 0)
    if "comtr" in (element.get("class") or ""):
        return _indent(element)
    return None


def _indent(row: Element) -> int | None:
    """Return the depth of a row of Hacker News, which pushes a comment right by a picture."""
    for cell in row.iter("td"):
        if "ind" in (cell.get("class") or "").split():
            if _NUMBER_RE.match(cell.get("indent") or ""):
                return int(cell.get("indent") or 0)
            widths = [image.get("width") or "" for image in cell.iter("img")]
            return int(widths[0]) // INDENT_PIXELS if widths and _NUMBER_RE.match(widths[0]) else 0
    return None
