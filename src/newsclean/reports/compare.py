"""Two reports → what changed from one to the other, page by page, as it is met.

Of the first report a number and a place in its file are kept for each input, some 100 bytes; the second is read once.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from newsclean.reports.lines import Lines
from newsclean.reports.summary import WITH_ARTICLE, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.runs.report import Outcome

ChangeKind = Literal["lost", "gained", "status", "text", "title", "metadata", "confidence", "added", "removed"]
KINDS: dict[ChangeKind, str] = {
    "lost": "lost their article",
    "gained": "gained an article",
    "status": "have another status",
    "text": "have another text",
    "title": "have another title",
    "metadata": "have another language or kind",
    "confidence": "differ in confidence",
    "added": "are in the second run alone",
    "removed": "are in the first run alone",
}
"""What may change, the weightiest first, as words for a reader."""
SHOWN = 200
"""Changes of a kind that the page of a comparison lists."""
CONFIDENCE_STEP = 0.05
"""Differences of confidence that are told; smaller ones come of any change to the models."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one input."""

    path: str
    kinds: tuple[ChangeKind, ...]
    before: Outcome | None
    after: Outcome | None

    def to_dict(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        sides = {"before": self.before, "after": self.after}
        told = {name: side.to_dict() if side else None for name, side in sides.items()}
        return {"path": self.path, "changed": list(self.kinds), **told}

    def details(self) -> str:
        """Return what changed for a reader: "500 → 480 words; confidence 0.90 → 0.60"."""
        before, after = self.before, self.after
        if before is None or after is None:
            return ""
        told = []
        if before.status != after.status:
            told.append(f"{before.status} → {after.status}" + (f" ({after.error})" if after.error else ""))
        if "text" in self.kinds:
            told.append(f"{before.words} → {after.words} words")
        if "title" in self.kinds:
            told.append(f"{before.title} → {after.title}")
        if "metadata" in self.kinds:
            told.append(f"{before.language} {before.kind} → {after.language} {after.kind}")
        if "confidence" in self.kinds:
            told.append(f"confidence {before.confidence or 0:.2f} → {after.confidence or 0:.2f}")
        return "; ".join(told)


class Comparison:
    """The changes from a report to another; the counts are whole when all changes were met."""

    def __init__(self, before: str, after: str) -> None:
        self._paths = (before, after)
        self.before, self.after = Summary(before), Summary(after)
        self.counts: Counter[ChangeKind] = Counter()
        self.changed = 0

    def changes(self) -> Iterator[Change]:
        """Yield what changed, in the order of the second report, then what is in the first alone. Raises InputError."""
        with ExitStack() as files:
            first, second = (files.enter_context(Lines(path)) for path in self._paths)
            places, most = self._places(first)
            for _, line in second:
                self.after.add(line)
                place = next((places.pop(key) for n in range(most) if (key := hash((line.path, n))) in places), None)
                yield from self._change(None if place is None else first.at(place), line)
            for place in places.values():
                yield from self._change(first.at(place), None)
            self.before.broken, self.after.broken = first.broken, second.broken

    def _places(self, lines: Lines) -> tuple[dict[int, int], int]:
        """Return where the line of each input is, and how many lines one has at most: a text may be split."""
        places: dict[int, int] = {}
        most = 1
        for place, line in lines:
            self.before.add(line)
            number = next(n for n in count() if hash((line.path, n)) not in places)
            most = max(most, number + 1)
            places[hash((line.path, number))] = place
        return places, most

    def _change(self, before: Outcome | None, after: Outcome | None) -> Iterator[Change]:
        kinds = changed(before, after)
        if kinds:
            self.changed += 1
            self.counts.update(kinds)
            yield Change(after.path if after else before.path if before else "", kinds, before, after)

    def total(self) -> str:
        """Return the counts for a reader."""
        return (
            f"{self.changed:,} changed; {self.before.articles:,} articles of {self.before.inputs:,} inputs before, "
            f"{self.after.articles:,} of {self.after.inputs:,} after"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as one JSON object."""
        return {
            "changed": self.changed,
            "counts": {kind: self.counts[kind] for kind in KINDS},
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
        }


class Weightiest:
    """The first changes of every kind, each by the weightiest of its kinds."""

    def __init__(self) -> None:
        self.changes: dict[ChangeKind, list[Change]] = {kind: [] for kind in KINDS}
        self.counts: Counter[ChangeKind] = Counter()

    def add(self, change: Change) -> None:
        """Take a change if there is room for one of its kind."""
        kind = change.kinds[0]
        self.counts[kind] += 1
        if self.counts[kind] <= SHOWN:
            self.changes[kind].append(change)


def changed(before: Outcome | None, after: Outcome | None) -> tuple[ChangeKind, ...]:
    """Return what changed of an input from one line to the other."""
    if before is None or after is None:
        return ("added",) if before is None else ("removed",)
    had, has = before.status in WITH_ARTICLE, after.status in WITH_ARTICLE
    if had != has:
        return ("lost",) if had else ("gained",)
    if not has:
        return ("status",) if (before.status, before.error) != (after.status, after.error) else ()
    found: dict[ChangeKind, bool] = {
        "text": _is_other(before.text_hash, after.text_hash) or before.words != after.words,
        "title": before.title != after.title,
        "metadata": _is_other(before.language, after.language) or _is_other(before.kind, after.kind),
        "confidence": abs((before.confidence or 0) - (after.confidence or 0)) >= CONFIDENCE_STEP,
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _is_other(before: str | None, after: str | None) -> bool:
    """Return whether two values differ; what an older report did not say is no change."""
    return before is not None and after is not None and before != after
