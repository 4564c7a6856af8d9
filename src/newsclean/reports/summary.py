"""Lines of a report → what the run came to, in bounded memory however many there are."""

from __future__ import annotations

import heapq
import re
import shlex
from collections import Counter
from datetime import datetime, timezone
from math import ceil, log
from typing import TYPE_CHECKING, Any

from newsclean.reports.lines import Lines
from newsclean.runs.report import LOW_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.runs.report import Outcome

TOP = 20
"""Inputs in the lists of the slowest and the least sure."""
MAX_VALUES = 500
"""Different languages, kinds, reasons and warnings that are counted apart; the rest is "other"."""
MAX_CHARS = 160
"""Characters of a reason, a title or a path that are shown."""
BINS = 20
"""Bars of the histogram of confidence."""
MAX_TIMES = 1024
"""Moments that are counted apart; then twice as many seconds count as one."""
BARS = 60
"""Bars of the rate over time."""
GROWTH = 1.1
"""Of the bounds of the times that inputs took: a median is right to 5 %."""
WITH_ARTICLE = frozenset({"converted", "skipped", "planned", "kept"})
OTHER = "other"

_DIGITS_RE = re.compile(r"\d[\d.,]*")  # "12.5" of "12.5 seconds"


class Tally:
    """How often each value was met, with a bound on how many are told apart."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, value: str) -> None:
        """Count a value."""
        value = shorten(value)
        self.counts[value if value in self.counts or len(self.counts) < MAX_VALUES else OTHER] += 1


class TimeLine:
    """How many inputs were done when, in steps that grow with the time that the run took."""

    def __init__(self) -> None:
        self.width = 1
        self._counts: Counter[int] = Counter()

    def add(self, time: float) -> None:
        """Count an input that was done at a time."""
        self._counts[int(time // self.width)] += 1
        while len(self._counts) > MAX_TIMES:
            self.width *= 2
            wider: Counter[int] = Counter()
            for step, count in self._counts.items():
                wider[step // 2] += count
            self._counts = wider

    def bars(self) -> tuple[float, list[tuple[float, int]]]:
        """Return the seconds of a bar, and for each when it begins and how many inputs were done."""
        if not self._counts:
            return 1, []
        first, last = min(self._counts), max(self._counts)
        steps = max(1, ceil((last - first + 1) / BARS))
        bars: Counter[int] = Counter()
        for step, count in self._counts.items():
            bars[(step - first) // steps] += count
        width = self.width * steps
        return width, [(first * self.width + at * width, bars[at]) for at in range((last - first) // steps + 1)]


class Top:
    """The lines with the greatest numbers, of equals the first ones."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Outcome]] = []
        self._met = 0

    def add(self, number: float, line: Outcome) -> None:
        """Take a line if it belongs to the greatest."""
        self._met += 1
        entry = (number, -self._met, line)
        if len(self._heap) < TOP:
            heapq.heappush(self._heap, entry)
        elif entry[:2] > self._heap[0][:2]:
            heapq.heapreplace(self._heap, entry)

    def lines(self) -> list[Outcome]:
        """Return them, the greatest first."""
        return [line for _, _, line in sorted(self._heap, key=lambda entry: entry[:2], reverse=True)]


class Summary:
    """What a run came to."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.inputs = 0
        self.broken = 0
        """Lines that could not be read."""
        self.statuses: Counter[str] = Counter()
        self.kinds, self.languages, self.failures, self.left_out, self.warnings = (Tally() for _ in range(5))
        self.copies: Counter[str] = Counter()
        """Duplicates, by whether their original is of the same site."""
        self.words = 0
        self.doubtful = 0
        self.confidence = [0] * BINS
        self.seconds = 0.0
        self._took: Counter[int] = Counter()
        self.times = TimeLine()
        self.first: float | None = None
        self.last: float | None = None
        self.slowest = Top()
        self.least_sure = Top()

    def add(self, line: Outcome) -> None:
        """Count a line."""
        self.inputs += 1
        self.statuses[line.status] += 1
        self._add_time(line)
        if line.status in WITH_ARTICLE:
            self._add_article(line)
        elif line.status == "duplicate":
            self.copies[line.duplicate_site or "unknown"] += 1
        elif line.is_failure:
            self.failures.add(f"{line.status.replace('_', ' ')}: {_reason(line)}")
        elif line.status == "left_out":
            self.left_out.add(_reason(line))

    def _add_time(self, line: Outcome) -> None:
        if (ended := _seconds(line.ended)) is not None:
            self.times.add(ended)
            self.first = min(ended, self.first if self.first is not None else ended)
            self.last = max(ended, self.last if self.last is not None else ended)
        if line.seconds > 0 and line.status != "skipped":
            self.seconds += line.seconds
            self._took[round(log(line.seconds, GROWTH))] += 1
            self.slowest.add(line.seconds, line)

    def _add_article(self, line: Outcome) -> None:
        self.kinds.add(line.kind or "unknown")
        self.languages.add(line.language or "unknown")
        self.words += line.words or 0
        for warning in line.warnings:
            self.warnings.add(_DIGITS_RE.sub("N", warning))
        if line.confidence is not None:
            self.confidence[min(BINS - 1, int(line.confidence * BINS))] += 1
            self.doubtful += line.confidence < LOW_CONFIDENCE
            self.least_sure.add(-line.confidence, line)

    @property
    def articles(self) -> int:
        """How many inputs have an article."""
        return sum(self.statuses[status] for status in WITH_ARTICLE)

    @property
    def rate(self) -> float | None:
        """Inputs a second, from the first that was done to the last."""
        if self.first is None or self.last is None or self.last - self.first < 1:
            return None
        return (self.inputs - 1) / (self.last - self.first)

    def took(self, share: float) -> float | None:
        """Return in how many seconds this share of the inputs was done."""
        left = share * self._took.total()
        for step in sorted(self._took):
            left -= self._took[step]
            if left <= 0:
                return float(GROWTH**step)
        return None

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as one JSON object."""
        width, bars = self.times.bars()
        return {
            "report": self.name,
            "inputs": self.inputs,
            "articles": self.articles,
            "doubtful": self.doubtful,
            "words": self.words,
            "broken_lines": self.broken,
            "statuses": dict(self.statuses.most_common()),
            "duplicates": dict(self.copies.most_common()),
            "failures": dict(self.failures.counts.most_common()),
            "left_out": dict(self.left_out.counts.most_common()),
            "kinds": dict(self.kinds.counts.most_common()),
            "languages": dict(self.languages.counts.most_common()),
            "warnings": dict(self.warnings.counts.most_common()),
            "confidence": self.confidence,
            "seconds": {"total": round(self.seconds, 3), "median": self.took(0.5), "p95": self.took(0.95)},
            "first": iso_time(self.first),
            "last": iso_time(self.last),
            "rate": self.rate,
            "times": {"seconds": width, "inputs": [[iso_time(time), count] for time, count in bars]},
            "slowest": [_shown(line) for line in self.slowest.lines()],
            "least_sure": [_shown(line) for line in self.least_sure.lines()],
        }


def summarize(path: str) -> Summary:
    """Return what the report at a path says. Raises InputError."""
    with Lines(path) as lines:
        summary = summary_of((line for _, line in lines), path)
        summary.broken = lines.broken
    return summary


def summary_of(lines: Iterable[Outcome], name: str = "") -> Summary:
    """Return what the lines come to."""
    summary = Summary(name)
    for line in lines:
        summary.add(line)
    return summary


def explanation_of(line: Outcome) -> str:
    """Return the command that explains what became of an input."""
    return f"newsclean explain {shlex.quote(line.path)}"


def shorten(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    text = " ".join(text[: MAX_CHARS * 4].split())
    return text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…"


def iso_time(time: float | None) -> str | None:
    """Return a time as ISO 8601, to the second."""
    if time is None:
        return None
    return datetime.fromtimestamp(time, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _seconds(time: str) -> float | None:
    """Return a time of ISO 8601 as seconds since 1970."""
    try:
        return datetime.fromisoformat(time).timestamp()
    except (ValueError, OverflowError):
        return None


def _reason(line: Outcome) -> str:
    """Return why there is no article, without the numbers in which such reasons differ."""
    return _DIGITS_RE.sub("N", line.error or "no reason given")


def _shown(line: Outcome) -> dict[str, Any]:
    return {
        "path": line.path,
        "status": line.status,
        "title": line.title,
        "seconds": line.seconds,
        "confidence": line.confidence,
        "explain": explanation_of(line),
    }
