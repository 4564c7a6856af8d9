"""A report file → its lines as plain, checked records, one at a time. A line that is cut off or broken is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from newsclean.errors import InputError
from newsclean.runs.report import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 2**20
"""Bytes of a line; a report's have some 600."""
STATUSES: frozenset[str] = frozenset(get_args(Status))


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one input, as far as its line is sound."""

    path: str
    status: str
    error: str | None = None
    title: str | None = None
    words: int | None = None
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    language: str | None = None
    kind: str | None = None
    text_hash: str | None = None
    duplicate_of: str | None = None
    duplicate_site: str | None = None
    ended: float | None = None
    """Seconds since 1970."""


@dataclass
class Lines:
    """The lines of a report file. A context manager; what cannot be read as one is counted."""

    path: str
    broken: int = 0
    _file: BinaryIO | None = field(default=None, repr=False)

    def __enter__(self) -> Lines:
        """Open the file. Raises InputError."""
        try:
            self._file = Path(self.path).open("rb")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(reason, source=self.path, remedy="newsclean --report FILE writes one") from error
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[tuple[int, Line]]:
        """Yield where each line begins, and the line. Raises InputError for a file that is no report."""
        assert self._file is not None
        place, is_any = 0, False
        while raw := self._file.readline(MAX_LINE):
            if line := line_of(raw):
                is_any = True
                yield place, line
            elif raw.strip():
                self.broken += 1
            place += len(raw)
        if self.broken and not is_any:
            raise InputError("is no report", source=self.path, remedy="newsclean --report FILE writes one")

    def at(self, place: int) -> Line | None:
        """Return the line that begins there; the iteration is to be over."""
        assert self._file is not None
        self._file.seek(place)
        return line_of(self._file.readline(MAX_LINE))


def line_of(raw: bytes) -> Line | None:
    """Return what a line says, None for one that is none."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if type(found) is not dict or type(found.get("path")) is not str or found.get("status") not in STATUSES:
        return None
    texts = ("error", "title", "language", "kind", "text_hash", "duplicate_of", "duplicate_site")
    warnings = found.get("warnings")
    words = _number(found.get("words"))
    return Line(
        path=found["path"],
        status=found["status"],
        words=int(words) if words is not None else None,
        confidence=_number(found.get("confidence"), most=1),
        warnings=tuple(it for it in warnings if type(it) is str) if type(warnings) is list else (),
        seconds=_number(found.get("seconds")) or 0.0,
        ended=_time(found.get("ended")),
        **{name: found[name] for name in texts if type(found.get(name)) is str},
    )


def _number(value: Any, most: float = 2**53) -> float | None:
    is_number = type(value) in (int, float) and 0 <= value <= most  # false for NaN too
    return float(value) if is_number else None


def _time(value: Any) -> float | None:
    try:
        return datetime.fromisoformat(value).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
