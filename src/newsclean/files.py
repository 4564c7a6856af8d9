"""Files that are there whole or not at all, and that take the place of nothing but what newsclean wrote."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "user.newsclean.sha256"
"""Extended attribute that holds the hash of what newsclean wrote: a file that differs from it was edited since."""

_TEMPORARY = ".newsclean-*.tmp"
_numbers = count(1)


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; see AtomicFile."""
    with AtomicFile(path) as file:
        file.write(content)


class AtomicFile:
    """A file that is there whole at the end of its `with`, or not at all; not made if nothing is written.

    What is no regular file (a device, a pipe) is written to as it is. The temporary file stands beside it, has a name
    that no other writer has, and is locked, so that what a killed process left is told from what is being written.
    Raises OSError, with the name of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._written = path
        self._hash = sha256()

    def write(self, content: bytes) -> None:
        """Append to the file."""
        with naming(self._path):
            if self._file is None:
                self._file = self._open()
            self._file.write(content)
            self._hash.update(content)

    def _open(self) -> BinaryIO:
        if self._path.exists() and not self._path.is_file():
            return self._path.open("wb")
        folder = self._path.parent
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            self._written = folder / f".newsclean-{os.getpid()}-{next(_numbers)}.tmp"
            with suppress(FileExistsError):
                file = self._written.open("xb")
                lock(file)
                if self._written.exists():  # else somebody took it for a leftover before it was locked
                    return file
                file.close()

    def __enter__(self) -> AtomicFile:
        """Take away what killed processes left beside the file."""
        _remove_leftovers_once(str(self._path.parent.absolute()))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the file in its place, or take it away after an error."""
        if self._file is None:
            return
        try:
            with naming(self._path), self._file:
                self._file.flush()
                if kind is None and self._written != self._path:
                    if hasattr(os, "setxattr"):
                        with suppress(OSError):  # a file system without attributes
                            os.setxattr(self._file.fileno(), MARK, self._hash.hexdigest().encode())
                    if os.name == "nt":  # an open file cannot be renamed there
                        self._file.close()
                    self._written.replace(self._path)
        finally:
            if self._written != self._path:
                self._written.unlink(missing_ok=True)


class GrowingFile:
    """A file whose lines can be read while more are written. Raises OSError, with the name of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb", buffering=0)

    def write(self, content: bytes) -> None:
        """Append to the file at once."""
        with naming(self._path):
            self._file.write(content)

    def __enter__(self) -> GrowingFile:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        with naming(self._path):
            self._file.close()


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give errors of the body the name of a file: a full disk does not say which one it could not take."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(error.filename or path)) from error


def may_replace(path: Path) -> bool:
    """Return whether nothing of somebody else's is lost by writing there: no file, or one as newsclean left it.

    Where the file system keeps no attributes, only an empty file is known to hold nothing.
    """
    if not path.is_file() or not path.stat().st_size:
        return True
    try:
        return os.getxattr(path, MARK).decode() == sha256(path.read_bytes()).hexdigest()
    except (OSError, AttributeError):  # no such attribute; none on this system
        return False


def holds(path: Path, content: bytes) -> bool:
    """Return whether a file has this content."""
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def remove_leftovers(folder: Path) -> None:
    """Take away temporary files of processes that were killed; those of living ones are locked."""
    with suppress(OSError):  # no folder yet, or no right to write there: writing will tell
        for path in folder.glob(_TEMPORARY):
            with suppress(OSError), path.open("rb") as file:
                if lock(file) or os.name == "nt":  # where an open file cannot be taken away
                    path.unlink()


_remove_leftovers_once = lru_cache(maxsize=65_536)(lambda folder: remove_leftovers(Path(folder)))


def lock(file: BinaryIO) -> bool | None:
    """Return whether this process now holds the file alone; None where the system or the file system has no locks."""
    try:
        import fcntl  # POSIX only

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True
