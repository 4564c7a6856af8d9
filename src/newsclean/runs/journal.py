"""What a folder run has written, kept in the output folder so that the next run can go on where it left off.

One JSON object a line, appended as each output is complete; a line that was cut off by a killed run is passed over.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsclean.errors import OutputError
from newsclean.files import write_atomic
from newsclean.runs.output import TEMPORARY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

JOURNAL_NAME = ".newsclean.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One output: what it was made of and what was made."""

    output: str
    """Path below the output folder, with "/"."""
    key: str
    """Hash over the input's content, the options and the version of newsclean."""
    sha256: str
    """Hash of the output's content."""
    title: str | None = None
    words: int | None = None
    confidence: float | None = None
    warnings: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    """Names of the extracted pictures that the output links to."""


def recorded_outputs(folder: str) -> Iterator[str]:
    """Yield the outputs, relative to the folder, that its journal names; nothing where there is no journal."""
    try:
        with Path(folder, JOURNAL_NAME).open("rb") as file:
            for line in file:
                if output := _output_of(line):
                    yield output
    except OSError:
        return


def _output_of(line: bytes) -> str | None:
    try:
        output = json.loads(line)["output"]
    except (ValueError, KeyError, TypeError):
        return None
    return output if isinstance(output, str) else None


class Journal:
    """The journal of one output folder, held by one run at a time. A context manager."""

    def __init__(self, folder: str) -> None:
        self._path = Path(folder, JOURNAL_NAME)
        self._lines: dict[str, bytes] = {}
        self._file: BinaryIO | None = None

    def __enter__(self) -> Journal:
        """Make the folder, take the lock and read what earlier runs wrote. Raises OutputError if that fails."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+b")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(f"cannot write there: {reason}", source=str(self._path.parent)) from error
        if not _lock(self._file):
            self._file.close()
            raise OutputError("another run of newsclean writes there", source=str(self._path.parent))
        self._load(self._file)
        return self

    def _load(self, file: BinaryIO) -> None:
        file.seek(0)
        line = b""
        for line in file:
            if output := _output_of(line):
                self._lines[output] = line
        if line and not line.endswith(b"\n"):
            file.write(b"\n")

    def __exit__(self, kind: object, *_: object) -> None:
        """Leave the lines sorted after a whole run, so that equal runs leave equal folders."""
        if kind is None:
            there = (output for output in sorted(self._lines) if (self._path.parent / output).is_file())
            lines = b"".join(self._lines[output] for output in there)
            if lines != self._path.read_bytes():
                write_atomic(self._path, lines, TEMPORARY_NAME)
        if self._file is not None:
            self._file.close()

    def find(self, output: str) -> Entry | None:
        """Return what is known of an output, or None."""
        line = self._lines.get(output)
        if line is None:
            return None
        try:
            fields = json.loads(line)
            lists = {name: tuple(fields.get(name, ())) for name in ("warnings", "pictures")}
            return Entry(**{**fields, **lists})
        except (ValueError, TypeError):  # written by another version
            return None

    def record(self, entry: Entry) -> None:
        """Append an output that is complete."""
        assert self._file is not None
        line = json.dumps(asdict(entry)).encode("ascii") + b"\n"
        self._file.write(line)
        self._file.flush()
        self._lines[entry.output] = line


def _lock(file: BinaryIO) -> bool:
    """Return whether this process now holds the file alone; systems without flock are not guarded."""
    try:
        import fcntl  # POSIX only
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
