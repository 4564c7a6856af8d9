"""Page + what was kept → what is wrong with the page: a cookie wall, a login, a server's error, a shell for scripts.

A trouble limits the confidence in a text that was found, and tells why none was found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.lexicon.notices import ERROR_TITLES
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.ballots import Ballot
    from newsclean.model import Metadata
    from newsclean.page.html import Node, Page

FEW_WORDS = 60
"""Of the development pages with fewer words none of 16 was right."""
SHORT = 300
"""Words from which a text is neither a notice nor cut off by a paywall."""
SHELL_CHARS, SHELL_TIMES = 1500, 40
"""A page of so little text, whose source is so many times longer, is filled by scripts: 3 of 10 such were right."""
KINDS_OF_LISTS = ("listing", "collection")
"""Kinds of pages that lead to texts rather than hold one; of 126 a quarter were right."""
MAX_HEADLINE = 200
"""Characters past which a heading is no headline of an error."""

# Classes and ids that systems for consent and paywalls use whatever the language of the page
_CONSENT_RE = re.compile(r"cookie|consent|gdpr|onetrust|didomi|usercentrics|sp_message", re.I)  # "cookie-banner"
_PAYWALL_RE = re.compile(r"paywall|pay-wall|regwall|subscriber-only|premium-content|locked-content", re.I)
_STATUS_RE = re.compile(
    r"\W{0,5}(?:error|http|fehler|erreur|errore|ошибка|помилка|hata|erro)?\W{0,3}(?:40[0134]|410|429|50[0234])"
    r"(?:\W{0,3}$|\s?[-|–:!.»]|\W{1,3}(?:not found|page|error|forbidden|unauthorized|bad|internal|service|gateway))"
)  # "404 not found", "error 403", "502 | the ferry post"
FIRST_OF_EAST_ASIA = "\u2e80"
"""From here on scripts set no spaces between words."""

_PARTS = frozenset("h1 article main nav header footer".split())
"""Elements that a page has and a notice has not."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the confidence is judged by."""

    page: Page
    kept: Sequence[bool]
    ballot: Ballot
    metadata: Metadata
    words: int
    """Words kept; from SHORT on they are not counted to the end."""
    share: float
    """Share of the page's text that was kept."""
    expected_f1: float
    mean_score: float
    """Of the text kept."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a page that makes it unlikely that the text is right, or that it holds any."""

    reason: str
    limit: float = 0.0
    """What the confidence cannot exceed."""
    kind: str | None = None
    """What the page is in place of an article: "login page", "cookie wall" …; None where it may be one."""


def read_evidence(page: Page, kept: Sequence[bool], ballot: Ballot, metadata: Metadata) -> Evidence:
    """Return what the confidence is judged by. The ballot's scores are read as probabilities."""
    size = held = hit = expected = 0.0
    words = 0
    for block, score, keep in zip(page.blocks, ballot.scores, kept, strict=True):
        chars = len(block.text)
        size += chars
        expected += score * chars
        if keep:
            held += chars
            hit += score * chars
            words += count_words(block.text) if words < SHORT else 0
    f1, mean = 2 * hit / ((held + expected) or 1.0), hit / (held or 1.0)
    return Evidence(page, kept, ballot, metadata, words, held / (size or 1.0), f1, mean)


def find_troubles(evidence: Evidence) -> list[Trouble]:
    """Return all that is wrong with a page of which something was kept."""
    return [trouble for find in TROUBLES if (trouble := find(evidence))]


def few_words(evidence: Evidence) -> Trouble | None:
    """A label or a caption rather than a text."""
    return Trouble(f"no more than {evidence.words} words were kept", 0.3) if evidence.words < FEW_WORDS else None


def list_page(evidence: Evidence) -> Trouble | None:
    """A page that leads to texts."""
    kind = evidence.ballot.kind
    return Trouble(f"list page: it looks like a {kind}", 0.5) if kind in KINDS_OF_LISTS else None


def cookie_wall(evidence: Evidence) -> Trouble | None:
    """Half of a short text stands in a notice that asks for consent: there is hardly anything else on the page."""
    if evidence.words >= SHORT:
        return None
    notices = _in_notices(evidence.page)
    kept = [block for block in evidence.page.blocks if evidence.kept[block.number]]
    asked = sum(len(block.text) for block in kept if notices[block.number])
    return None if 2 * asked < sum(len(block.text) for block in kept) else COOKIE_WALL


def paywall_cut(evidence: Evidence) -> Trouble | None:
    """A short text on a page that says or shows that it is not free to read: of 13 such 6 were right."""
    if evidence.words >= SHORT or evidence.metadata.paywalled is False:
        return None
    if not evidence.metadata.paywalled and not _named(evidence.page, _PAYWALL_RE):
        return None
    return Trouble("paywall cut: the page is not free to read, and the text is short", 0.5, "paywall")


def script_shell(evidence: Evidence) -> Trouble | None:
    """A page that scripts fill in a browser."""
    return SCRIPT_SHELL if _is_shell(evidence.page) else None


def error_page(evidence: Evidence) -> Trouble | None:
    """What a server says in place of a page."""
    return ERROR_PAGE if evidence.words < SHORT and _says_error(evidence.page) else None


def login_page(evidence: Evidence) -> Trouble | None:
    """A form that asks for a password, and next to nothing to read."""
    return LOGIN_PAGE if evidence.words < FEW_WORDS and _asks_password(evidence.page) else None


TROUBLES = (few_words, list_page, cookie_wall, paywall_cut, script_shell, error_page, login_page)

COOKIE_WALL = Trouble("cookie wall: most of the text asks for consent", 0.2, "cookie wall")
SCRIPT_SHELL = Trouble("script shell: the page holds hardly any text of its own", 0.4, "script shell")
ERROR_PAGE = Trouble("error page: it says that the page is not there or may not be read", 0.2, "error page")
LOGIN_PAGE = Trouble("login page: it asks for a password and holds hardly any text", 0.2, "login page")
EMPTY = Trouble("the input is empty", kind="empty")
PICTURES_ALONE = Trouble("the page holds pictures or players and no text", kind="no text")
NO_TEXT = Trouble("the page holds no text", kind="no text")
NO_ARTICLE = Trouble("nothing on the page reads like an article")

REMEDIES = {
    None: 'keep="recall" keeps more',
    "cookie wall": "answer the notice, then save the page",
    "script shell": "save the page from a browser when it has loaded",
    "login page": "log in, then save the page",
}
"""Kind of trouble → what the user can do."""


def explain_absence(page: Page) -> Trouble:
    """Return why nothing was found on a page."""
    if not page.source.strip():
        return EMPTY
    if _says_error(page):
        return ERROR_PAGE
    if _asks_password(page):
        return LOGIN_PAGE
    texts = [block for block in page.blocks if block.text]
    if _is_shell(page) and (texts or page.root.find(".//script") is not None):
        return SCRIPT_SHELL
    if not texts:
        return PICTURES_ALONE if any(block.media for block in page.blocks) else NO_TEXT
    notices = _in_notices(page)
    if 2 * sum(len(block.text) for block in texts if notices[block.number]) >= _size(page):
        return COOKIE_WALL
    return NO_ARTICLE


def _in_notices(page: Page) -> list[bool]:
    """Return for every block whether it stands in a notice that asks for consent."""
    notices = [False] * len(page.blocks)
    done = 0
    parts = [node.first for node in page.nodes if node.tag in _PARTS and node.first < node.last]
    for node in _named(page, _CONSENT_RE):
        if node.last > done and bisect_left(parts, node.first) == bisect_left(parts, node.last):
            done = node.last
            notices[node.first : node.last] = [True] * (node.last - node.first)
    return notices


def _is_shell(page: Page) -> bool:
    size = _size(page)
    return page.kind == "html" and size < SHELL_CHARS and len(page.source) >= SHELL_TIMES * size


def _size(page: Page) -> int:
    """Return how many characters of text a page has."""
    return sum(len(block.text) for block in page.blocks)


def _says_error(page: Page) -> bool:
    """Return whether the title or the first headline is that of an error."""
    if page.kind != "html":
        return False
    title = page.root.findtext(".//title") or ""
    first = next((node for node in page.nodes if node.tag in ("h1", "h2") and node.first < node.last), None)
    headline = page.blocks[first.first].text if first is not None else ""
    for said in (title, headline):
        words = " ".join(said[: MAX_HEADLINE + 1].replace("’", "'").split()).casefold()
        if words and len(words) <= MAX_HEADLINE and (_STATUS_RE.match(words) or _is_error_title(words)):
            return True
    return False


def _is_error_title(words: str) -> bool:
    """Return whether a title is what a server says: "forbidden | the post", and not "forbidden city reopens"."""
    for phrase in ERROR_TITLES:
        if words.startswith(phrase):
            rest = words[len(phrase) :].lstrip()
            if not rest[:1].isalnum() or phrase.count(" ") > 1 or phrase[0] >= FIRST_OF_EAST_ASIA:
                return True
    return False


def _asks_password(page: Page) -> bool:
    if page.kind != "html" or _size(page) >= SHELL_CHARS:
        return False
    return any((field.get("type") or "").strip().lower() == "password" for field in page.root.iter("input"))


def _named(page: Page, pattern: re.Pattern[str]) -> list[Node]:
    """Return the elements with text below the body whose id or class matches; lines of text have none."""
    return [
        node
        for node in (page.nodes if page.kind == "html" else ())
        if node.first < node.last
        and node.tag not in ("html", "body")
        and pattern.search(f"{node.get('id')} {node.get('class')}")
    ]
