"""What became of each input, the counts over a run, and the exit status that follows. Plain data, no terminal."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Literal

Status = Literal["converted", "skipped", "joined", "no_article", "failed", "timeout", "crashed"]
"""`skipped`: the output of an earlier run is up to date. `joined`: in the article of another page."""

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

    @property
    def succeeded(self) -> bool:
        """Return whether there is an article."""
        return self.status in ("converted", "skipped", "joined")

    @property
    def is_doubtful(self) -> bool:
        """Return whether the article is of low confidence."""
        return self.confidence is not None and self.confidence < LOW_CONFIDENCE

    def to_json(self) -> bytes:
        """Return the outcome as one line of the report: pure ASCII, so that any path is written."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"


class Report:
    """Counts over a run."""

    def __init__(self) -> None:
        self.counts: Counter[Status] = Counter()
        self.doubtful = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.doubtful += outcome.succeeded and outcome.is_doubtful

    def exit_status(self, *, strict: bool = False) -> int:
        """Return 0 if every input has its article, 3 if none has (also if there was none), else 1.

        `strict` turns articles of low confidence into 1.
        """
        succeeded = self.counts["converted"] + self.counts["skipped"] + self.counts["joined"]
        if not succeeded:
            return ALL_FAILED
        if succeeded < self.counts.total() or (strict and self.doubtful):
            return SOME_FAILED
        return ALL_CONVERTED

    def summary(self) -> str:
        """Return the counts for a reader: "505 converted, 2 without article"."""
        names: dict[Status, str] = {
            "converted": "converted",
            "skipped": "up to date",
            "joined": "joined to others",
            "no_article": "without article",
            "failed": "failed",
            "timeout": "timed out",
            "crashed": "crashed",
        }
        parts = [f"{self.counts[status]} {name}" for status, name in names.items() if self.counts[status]]
        if self.doubtful:
            parts.append(f"{self.doubtful} of low confidence")
        return ", ".join(parts) or "nothing converted"
