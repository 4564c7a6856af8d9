"""What became of each input, the counts over a run, and the exit status that follows. Plain data, no terminal."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import datetime, timezone
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from newsclean.article import Article

Status = Literal[
    "converted",
    "skipped",
    "planned",
    "joined",
    "duplicate",
    "kept",
    "left_out",
    "no_article",
    "failed",
    "timeout",
    "crashed",
]
"""`skipped`: the output of an earlier run is up to date. `planned`: would be converted, but for `dry_run`. `joined`: in
the article of another page. `duplicate`: has the text of another input, which is kept. `kept`: what is in the output's
place was not written by newsclean, or edited since, and stays. `left_out`: no saved page."""

LOW_CONFIDENCE = 0.5
"""Under this an article is as likely wrong as right, which is what `confidence` says by its definition."""

ALL_CONVERTED, SOME_FAILED, USAGE, ALL_FAILED = 0, 1, 2, 3
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
CLOSED_PIPE = 141
"""128 + SIGPIPE, as for every other filter."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    path: str
    status: Status
    output: str | None = None
    error: str | None = None
    title: str | None = None
    words: int | None = None
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    language: str | None = None
    kind: str | None = None
    """What the page is: "article", "forum", "listing" …"""
    text_hash: str | None = None
    """Of the article's plain text, as `hash_of_text` makes it: equal texts have equal ones."""
    duplicate_of: str | None = None
    """The input that is kept, where this one has its text."""
    duplicate_site: Literal["same", "other"] | None = None
    """Whether that is of the same site or of another; None: unknown."""
    duplicate_kind: Literal["agency", "reprint"] | None = None
    """Whether it is an agency's text, which one of two sites credits, or a reprint or second save; None: unknown."""
    ended: str = field(
        default_factory=lambda: datetime.now(timezone.utc).isoformat(timespec="milliseconds"), compare=False
    )
    """When this was known, ISO 8601."""
    explanation: tuple[str, ...] = field(default=(), repr=False)
    """Why each block of the page was kept or dropped, a line each, where that was asked for. Not in the report."""
    article: Article | None = field(default=None, repr=False)
    """The article itself, from `convert_many`. Not in the report."""

    @property
    def succeeded(self) -> bool:
        """Return whether there is an article, be it that of another input."""
        return self.status in _SUCCEEDED

    @property
    def is_failure(self) -> bool:
        """Return whether an article was asked for and there is none."""
        return self.status in _FAILED

    @property
    def is_doubtful(self) -> bool:
        """Return whether the article is of low confidence."""
        return self.confidence is not None and self.confidence < LOW_CONFIDENCE

    def to_dict(self) -> dict[str, Any]:
        """Return what the report says of the input."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _NOT_REPORTED}

    def to_json(self) -> bytes:
        """Return the outcome as one line of the report: pure ASCII, so that any path is written."""
        return json.dumps(self.to_dict()).encode("ascii") + b"\n"


_SUCCEEDED: tuple[Status, ...] = ("converted", "skipped", "planned", "joined", "duplicate")
_FAILED: tuple[Status, ...] = ("no_article", "failed", "timeout", "crashed")
_NOT_REPORTED = frozenset({"explanation", "article"})

_NAMES: dict[Status, str] = {
    "converted": "converted",
    "skipped": "up to date",
    "planned": "to be converted",
    "joined": "joined to another",
    "duplicate": "duplicates",
    "kept": "edited and kept",
    "no_article": "without an article",
    "failed": "failed",
    "timeout": "timed out",
    "crashed": "crashed",
    "left_out": "left out",
}


def hash_of_text(text: str) -> str:
    """Return 16 hexadecimal digits that tell texts apart, whatever white space is in them."""
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Report:
    """Counts over a run."""

    def __init__(self) -> None:
        self.counts: Counter[Status] = Counter()
        self.doubtful = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.doubtful += outcome.succeeded and outcome.is_doubtful

    @property
    def inputs(self) -> int:
        """Return how many inputs there were, not counting what is not a page."""
        return self.counts.total() - self.counts["left_out"]

    def exit_status(self, *, strict: bool = False) -> int:
        """Return 0 if every input has an article, 3 if none has (or there was no input), else 1.

        With `strict`, an article of low confidence makes it 1 too.
        """
        succeeded = sum(self.counts[status] for status in _SUCCEEDED)
        if not succeeded and not self.counts["kept"]:
            return ALL_FAILED
        if succeeded < self.inputs or (strict and self.doubtful):
            return SOME_FAILED
        return ALL_CONVERTED

    def summary(self) -> str:
        """Return the counts for a reader: "505 converted, 2 without an article"."""
        parts = [f"{self.counts[status]} {name}" for status, name in _NAMES.items() if self.counts[status]]
        if not self.inputs:
            parts.insert(0, "no saved page found")
        if self.doubtful:
            parts.append(f"{self.doubtful} of low confidence")
        return ", ".join(parts)
