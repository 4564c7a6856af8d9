"""Where the lists of what was taken out go: `--removed` as a file, a folder of files, or JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import OutputError
from newsclean.files import AtomicFile, write_atomic
from newsclean.runs.output import REMOVED_SUFFIX, choose_target, name_outputs
from newsclean.runs.read import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.explain.removed import RemovedFormat
    from newsclean.runs.output import Target
    from newsclean.runs.read import Source


def removed_format(path: str | None) -> RemovedFormat | None:
    """Return how `--removed` lists: a line of JSON a page where its name says so, else Markdown; None without it."""
    if path is None:
        return None
    return "jsonl" if path.lower().endswith(".jsonl") else "markdown"


class Removals:
    """Takes the list of each input, in the order of the sources. A context manager; writes nothing without a path."""

    def __init__(self, path: str | None, sources: Sequence[Source], many: bool, output: Target) -> None:
        """Find the places. Raises OutputError where one would write over an input or the article."""
        self._file: AtomicFile | None = None
        self._paths: list[Path] = []
        self._next = 0
        if path is None:
            return
        if path == "-":
            raise OutputError("what was taken out cannot go to stdout", source="--removed", remedy="give a file")
        target = choose_target(path, removed_format(path) or "markdown", many)
        if target.kind == "folder":
            self._paths = [Path(path, name) for name in name_outputs([s.place for s in sources], REMOVED_SUFFIX)]
            return
        inputs = [source.path for source in sources if source.path != STDIN]
        taken = [Path(other).resolve() for other in (*inputs, output.path) if other]
        if Path(path).resolve() in taken:
            raise OutputError("is the input or the output itself", source=path, remedy="give another name")
        self._file = AtomicFile(Path(path))

    def write(self, content: bytes | None) -> None:
        """Write the list of the next input; None where there is none. Raises OSError."""
        place, self._next = self._next, self._next + 1
        if content is None:
            return
        if self._file is not None:
            self._file.write(content)
        elif self._paths:
            self._paths[place].parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._paths[place], content)

    def __enter__(self) -> Removals:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put a single file in its place, or take it away after an error."""
        if self._file is not None:
            self._file.__exit__(kind)
