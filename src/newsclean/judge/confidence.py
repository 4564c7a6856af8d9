"""Page + Selection + Metadata → Confidence: how likely the text kept is right, and the signs that say so.

Each voter has weights of its own for the signs, since their scores do not mean the same; `python -m training.calibrate`
finds them. Troubles that too few pages have to be weighed set a limit. Nothing is chosen or changed here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.model import Confidence
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.judge.ballots import Ballot, Selection
    from newsclean.model import Metadata
    from newsclean.page.html import Node, Page

SIGNS = ("expected", "kept_sure", "title", "byline", "is_article")
"""What tells whether a text is right, each from 0 to 1; read_signs says how."""
CONSTANT = "constant"
UNSURE = 0.5
"""Confidence where there are no probabilities to go by."""
LEAST_DOUBT = 0.005
"""Share of a text in doubt below which less makes no difference."""
FEW_WORDS = 60
"""Of the development pages with fewer words none of 16 was right."""
SHORT = 300
"""Words from which a text is neither a cookie notice nor cut off by a paywall."""
SHELL_CHARS, SHELL_TIMES = 1500, 40
"""A page of so little text, whose source is so many times longer, is filled by scripts: 3 of 10 such were right."""
KINDS_OF_LISTS = ("listing", "collection")
"""Kinds of pages that lead to texts rather than hold one; of 126 a quarter were right."""

# Classes and ids that systems for consent and paywalls use whatever the language of the page
_CONSENT_RE = re.compile(r"cookie|consent|gdpr|onetrust|didomi|usercentrics|sp_message", re.I)  # "cookie-banner"
_PAYWALL_RE = re.compile(r"paywall|pay-wall|regwall|subscriber-only|premium-content|locked-content", re.I)
_PARTS = frozenset("h1 article main nav header footer".split())
"""Elements that a page has and a notice has not."""


@dataclass(frozen=True, slots=True)
class Sight:
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
    """Something about a page that makes it unlikely that the text is right."""

    reason: str
    limit: float
    """What the confidence cannot exceed."""


def judge_confidence(page: Page, selection: Selection, metadata: Metadata) -> Confidence:
    """Return the probability that the text chosen is right (word F1 of 0.9 or more), with the signs that told.

    `selection` is what the voter or the rule chose, before cleaning. A voter that only says yes or no gives UNSURE.
    """
    if selection.confidence is not None:
        return selection.confidence
    ballot = selection.ballot
    if ballot is None or ballot.calibration is None:
        return Confidence(UNSURE, (f"{selection.engine} does not say how sure it is",))
    sight = look(page, selection, ballot, metadata)
    signs = read_signs(sight)
    troubles = find_troubles(sight)
    found = [name for name, value in (("title", metadata.title), ("byline", metadata.authors)) if value]
    reasons = (
        f"{ballot.voter} expects an F1 of {sight.expected_f1:.2f}",
        f"kept text scores {sight.mean_score:.2f} on average",
        f"{sight.share:.0%} of the page's text was kept",
        f"{' and '.join(found) or 'neither title nor byline'} found",
        *(trouble.reason for trouble in troubles),
    )
    limits = (trouble.limit for trouble in troubles)
    return Confidence(round(min(weigh(signs, ballot.calibration), *limits, 1.0), 3), reasons)


def look(page: Page, selection: Selection, ballot: Ballot, metadata: Metadata) -> Sight:
    """Return what the confidence is judged by. The ballot's scores are read as probabilities."""
    size = held = hit = expected = 0.0
    words = 0
    for block, score, keep in zip(page.blocks, ballot.scores, selection.kept, strict=True):
        chars = len(block.text)
        size += chars
        expected += score * chars
        if keep:
            held += chars
            hit += score * chars
            words += count_words(block.text) if words < SHORT else 0
    f1, mean = 2 * hit / ((held + expected) or 1.0), hit / (held or 1.0)
    return Sight(page, selection.kept, ballot, metadata, words, held / (size or 1.0), f1, mean)


def weigh(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that signs give."""
    odds = weights[CONSTANT] + sum(weights[name] * signs[name] for name in SIGNS)
    return 1.0 / (1.0 + math.exp(-odds))


def read_signs(sight: Sight) -> dict[str, float]:
    """Return the value of each of SIGNS, 0 to 1."""
    return {
        "expected": _sureness(sight.expected_f1),
        "kept_sure": _sureness(sight.mean_score),
        "title": float(sight.metadata.title is not None),
        "byline": float(bool(sight.metadata.authors)),
        "is_article": float(sight.ballot.kind == "article"),
    }


def find_troubles(sight: Sight) -> list[Trouble]:
    """Return all that is wrong with a page."""
    return [trouble for find in TROUBLES if (trouble := find(sight))]


def few_words(sight: Sight) -> Trouble | None:
    """A label or a caption rather than a text."""
    return Trouble(f"no more than {sight.words} words were kept", 0.3) if sight.words < FEW_WORDS else None


def list_page(sight: Sight) -> Trouble | None:
    """A page that leads to texts."""
    kind = sight.ballot.kind
    return Trouble(f"list page: it looks like a {kind}", 0.5) if kind in KINDS_OF_LISTS else None


def cookie_wall(sight: Sight) -> Trouble | None:
    """Half of a short text stands in a notice that asks for consent: there is hardly anything else on the page."""
    if sight.words >= SHORT:
        return None
    notices = [False] * len(sight.page.blocks)
    done = 0
    parts = [node.first for node in sight.page.nodes if node.tag in _PARTS and node.first < node.last]
    for node in _named(sight.page, _CONSENT_RE):
        if node.last > done and bisect_left(parts, node.first) == bisect_left(parts, node.last):
            done = node.last
            notices[node.first : node.last] = [True] * (node.last - node.first)
    kept = [block for block in sight.page.blocks if sight.kept[block.number]]
    asked = sum(len(block.text) for block in kept if notices[block.number])
    if 2 * asked < sum(len(block.text) for block in kept):
        return None
    return Trouble("cookie wall: most of what was kept asks for consent", 0.2)


def paywall_cut(sight: Sight) -> Trouble | None:
    """A short text on a page that says or shows that it is not free to read: of 13 such 6 were right."""
    if sight.words >= SHORT or sight.metadata.paywalled is False:
        return None
    if not sight.metadata.paywalled and not _named(sight.page, _PAYWALL_RE):
        return None
    return Trouble("paywall cut: the page is not free to read, and the text is short", 0.5)


def script_shell(sight: Sight) -> Trouble | None:
    """A page that scripts fill in a browser."""
    size = sum(len(block.text) for block in sight.page.blocks)
    if sight.page.kind != "html" or size >= SHELL_CHARS or len(sight.page.source) < SHELL_TIMES * size:
        return None
    return Trouble("script shell: the page holds hardly any text of its own", 0.4)


TROUBLES = (few_words, list_page, cookie_wall, paywall_cut, script_shell)


def _sureness(share: float) -> float:
    """Return a share that is sure on a scale from 0 (none) to 1 (next to all) on which halving the rest is a step."""
    return math.log(min(1.0 - share + LEAST_DOUBT, 1.0)) / math.log(LEAST_DOUBT)


def _named(page: Page, pattern: re.Pattern[str]) -> list[Node]:
    """Return the elements with text below the body whose id or class matches; lines of text have none."""
    return [
        node
        for node in (page.nodes if page.kind == "html" else ())
        if node.first < node.last
        and node.tag not in ("html", "body")
        and pattern.search(f"{node.get('id')} {node.get('class')}")
    ]
