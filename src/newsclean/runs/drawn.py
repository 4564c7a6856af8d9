"""Sources as they are found → those to convert, and each with its result again, beside what is left out."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.runs.conversion import Result
from newsclean.runs.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.runs.read import Source

FOLDERS_COUNTED = 10
"""Folders whose files are counted with each input that is done: the time left is told soon, at no cost of speed."""


class Drawn:
    """The sources of a run as they are found: those to convert, and beside their results what is left out."""

    def __init__(self, sources: Iterable[Source], counts: Iterator[int]) -> None:
        self._sources = iter(sources)
        self._waiting: deque[Source] = deque()
        self._counts = counts
        self._counted = 0
        self._found = 0
        self._is_whole = isinstance(sources, tuple)
        if isinstance(sources, tuple):
            self._found = sum(1 + len(source.parts) for source in sources)

    def total(self) -> int:
        """Return how many outcomes there will be: as found, or as counted so far by names, a little more each time."""
        if not self._is_whole:
            self._counted = max(self._counted, *islice(self._counts, FOLDERS_COUNTED), 0)
        return self._found if self._is_whole else max(self._counted, self._found)

    def inputs(self) -> Iterator[Source]:
        """Yield the sources that are to be converted."""
        for source in self._sources:
            self._waiting.append(source)
            if not self._is_whole:
                self._found += 1
            if not source.left_out:
                yield source
        self._is_whole = True

    def beside(self, results: Iterable[Result]) -> Iterator[tuple[Source, Result]]:
        """Yield each source with its result, in the order of the sources."""
        for result in results:
            yield from self._left_out()
            yield self._waiting.popleft(), result
        yield from self._left_out()

    def _left_out(self) -> Iterator[tuple[Source, Result]]:
        while self._waiting and self._waiting[0].left_out:
            source = self._waiting.popleft()
            reason = source.problem.message if source.problem else None
            yield source, Result(Outcome(source.name, "left_out", error=reason))
