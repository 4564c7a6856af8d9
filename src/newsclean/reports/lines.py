"""A report file → its lines as outcomes, as far as they are sound, one at a time. One that is broken is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from newsclean.errors import InputError
from newsclean.runs.report import Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 2**20
"""Bytes of a line; a report's have some 600."""
_TEXTS = ("path", "status", "output", "error", "title", "language", "kind", "text_hash", "duplicate_of", "ended")
STATUSES: frozenset[str] = frozenset(get_args(Status))


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

    def __iter__(self) -> Iterator[tuple[int, Outcome]]:
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
            raise InputError("is not a report", source=self.path, remedy="newsclean --report FILE writes one")

    def at(self, place: int) -> Outcome | None:
        """Return the line that begins there; the iteration is to be over."""
        assert self._file is not None
        self._file.seek(place)
        return line_of(self._file.readline(MAX_LINE))


def line_of(raw: bytes) -> Outcome | None:
    """Return what a line says, None for one that is none."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if type(found) is not dict or type(found.get("path")) is not str or found.get("status") not in STATUSES:
        return None
    warnings, site, copy = (found.get(name) for name in ("warnings", "duplicate_site", "duplicate_kind"))
    words = _number(found.get("words"))
    return Outcome(
        words=int(words) if words is not None else None,
        confidence=_number(found.get("confidence"), most=1),
        warnings=tuple(it for it in warnings if type(it) is str) if type(warnings) is list else (),
        seconds=_number(found.get("seconds")) or 0.0,
        duplicate_site=site if site in ("same", "other") else None,
        duplicate_kind=copy if copy in ("agency", "reprint") else None,
        **{"ended": ""} | {name: found[name] for name in _TEXTS if type(found.get(name)) is str},
    )


def _number(value: Any, most: float = 2**53) -> float | None:
    is_number = type(value) in (int, float) and 0 <= value <= most  # false for NaN too
    return float(value) if is_number else None
