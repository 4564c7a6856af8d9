"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path


def write_atomic(path: Path, content: bytes, temporary_name: str | None = None) -> None:
    """Write a file so that it is there whole or not at all; see AtomicFile."""
    with AtomicFile(path, temporary_name) as file:
        file.write(content)


class AtomicFile:
    """A file that is there whole at the end of its `with`, or not at all; not made if nothing is written.

    What is no regular file (a device, a pipe) is written to as it is. The temporary file stands beside it and is of
    this process alone unless named. Raises OSError.
    """

    def __init__(self, path: Path, temporary_name: str | None = None) -> None:
        self._path = path
        is_special = path.exists() and not path.is_file()
        temporary = path.parent / (temporary_name or f".newsclean-{os.getpid()}.tmp")
        self._written = path if is_special else temporary
        self._file: BinaryIO | None = None

    def write(self, content: bytes) -> None:
        """Append to the file."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._written.open("wb")
        self._file.write(content)

    def __enter__(self) -> AtomicFile:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the file in its place, or take it away after an error."""
        if self._file is None:
            return
        try:
            self._file.close()
            if kind is None and self._written != self._path:
                self._written.replace(self._path)
        finally:
            if self._written != self._path:
                self._written.unlink(missing_ok=True)
