"""What a folder run has written, kept in the output folder so that the next run can go on where it left off.

One JSON object a line, appended before each output is put in its place. A line that was cut off by a killed run, or
that is broken in any other way, is passed over: its input is converted again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsclean.errors import OutputError
from newsclean.files import AtomicFile, lock, may_replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.runs.report import Outcome, Status

JOURNAL_NAME = ".newsclean.jsonl"
_OF_OUTCOME = ("status", "title", "words", "confidence", "warnings", "language", "kind", "text_hash")
_UNSAID: tuple[object, ...] = (None, (), "converted")
"""Values that a line does without."""


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
    was: str | None = None
    """Hash of what newsclean wrote there before, and may still be there if the run was killed in between."""
    status: Status = "converted"
    language: str | None = None
    kind: str | None = None
    text_hash: str | None = None
    """These as in Outcome."""
    error: str | None = None
    """Why the input gave no article, where it did not: then there is no output."""
    place: str | None = None
    """The output's name by that of its input, where it is called after the article."""


def entry_of(output: str, outcome: Outcome, key: str, sha256: str = "", **more: Any) -> Entry:
    """Return the entry of an input with this outcome."""
    return Entry(output, key, sha256, **{name: getattr(outcome, name) for name in _OF_OUTCOME}, **more)


def recorded_outputs(folder: str) -> Iterator[str]:
    """Yield the outputs, relative to the folder, that its journal names; nothing where there is no journal."""
    path = Path(folder, JOURNAL_NAME)
    try:
        if path.is_file():
            with path.open("rb") as file:
                fields = map(_fields_of, file)
                yield from (output for one in fields if not one.get("error") and (output := _output_of(one)))
    except OSError:
        return


def _fields_of(line: bytes) -> dict[str, Any]:
    """Return what a line holds, or nothing where it is broken."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return fields if type(fields) is dict else {}


def _output_of(fields: dict[str, Any]) -> str | None:
    """Return the output of a line, None where there is none or where it leads out of the folder."""
    output = fields.get("output")
    if type(output) is not str or "\0" in output:
        return None
    names = output.split("/")
    is_empty = all(name in ("", ".") for name in names)
    return None if is_empty or ".." in names or output.startswith("/") else output


def _entry_of(line: bytes) -> Entry | None:
    """Return the entry of a line, or None for one that is broken or of another version."""
    fields: dict[str, Any] = {
        name: tuple(value) if type(value) is list else value for name, value in _fields_of(line).items()
    }
    try:
        entry = Entry(**fields)
        texts = (entry.key, entry.sha256, entry.status, *entry.warnings, *entry.pictures)
        known = (entry.title, entry.was, entry.error, entry.place, entry.language, entry.kind, entry.text_hash)
        texts += tuple(text or "" for text in known)
    except TypeError:
        return None
    typed = ((str, texts), (int, (entry.words or 0,)), (tuple, (entry.warnings, entry.pictures)))
    is_sound = all(isinstance(value, kind) for kind, values in typed for value in values)
    is_sound &= isinstance(entry.confidence, int | float | None)
    return entry if is_sound and _output_of(fields) else None


class Journal:
    """The journal of one output folder, held by one run at a time. A context manager.

    Some 100 bytes an output are kept in memory: a hash of its name, and where its line begins.
    """

    def __init__(self, folder: str, *, read_only: bool = False) -> None:
        self._path = Path(folder, JOURNAL_NAME)
        self._read_only = read_only
        self._places: dict[int, int] = {}
        self._inputs: dict[int, int] = {}
        self._file: BinaryIO | None = None

    @property
    def folder(self) -> Path:
        """The folder of the outputs."""
        return self._path.parent

    def __enter__(self) -> Journal:
        """Make the folder, take the lock and read what earlier runs wrote. Raises OutputError if that fails."""
        folder = str(self._path.parent)
        try:
            if self._path.exists() and not self._path.is_file():
                raise OutputError("is no file", source=str(self._path), remedy="remove it, or give another folder")
            if self._read_only:
                self._file = self._path.open("rb") if self._path.exists() else BytesIO()
            else:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a+b")
        except OSError as error:
            raise OutputError(f"cannot write there: {(error.strerror or str(error)).lower()}", source=folder) from error
        if not self._read_only and lock(self._file) is False:
            self._file.close()
            raise OutputError("another run of newsclean is writing there", source=folder)
        line = b"\n"
        for place, line in self._lines(self._file):
            if output := _output_of(fields := _fields_of(line)):
                self._places[hash(output)] = place
                if type(fields.get("place")) is str:
                    self._inputs[hash(fields["place"])] = place
        if not line.endswith(b"\n") and not self._read_only:
            self._file.write(b"\n")
        return self

    def _lines(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield where each line begins, and the line."""
        file.seek(0)
        place = 0
        for line in file:
            yield place, line
            place += len(line)

    def __exit__(self, kind: object, *_: object) -> None:
        """Leave the lines sorted after a whole run, so that equal runs leave equal folders."""
        if self._file is None:
            return
        if kind is None and not self._read_only:
            self._tidy(self._file)
        self._file.close()

    def _tidy(self, file: BinaryIO) -> None:
        """Write the journal anew unless it is sorted and holds what is there, a line each."""
        kept: list[tuple[str, int]] = []
        is_tidy = True
        for place, line in self._lines(file):
            entry = _entry_of(line)
            is_last = entry is not None and self._places.get(hash(entry.output)) == place
            if entry and is_last and (entry.error or (self._path.parent / entry.output).is_file()):
                is_tidy &= line == _line_of(replace(entry, was=None)) and (not kept or kept[-1][0] < entry.output)
                kept.append((entry.output, place))
            else:
                is_tidy = False
        if is_tidy:
            return
        with AtomicFile(self._path) as tidied:
            for output, _ in sorted(kept):
                if entry := self.find(output):
                    tidied.write(_line_of(replace(entry, was=None)))
        if not kept:
            self._path.write_bytes(b"")

    def find(self, output: str) -> Entry | None:
        """Return what is known of an output, or None."""
        entry = self._read(self._places.get(hash(output)))
        return entry if entry and entry.output == output else None

    def find_place(self, place: str) -> Entry | None:
        """Return what is known of the output that stands for a place in the mirrored tree, or None."""
        entry = self._read(self._inputs.get(hash(place)))
        return entry if entry and entry.place == place else None

    def _read(self, place: int | None) -> Entry | None:
        """Return the entry whose line begins there."""
        if place is None or self._file is None:
            return None
        self._file.seek(place)
        return _entry_of(self._file.readline())

    def is_own(self, output: str, content: bytes) -> bool:
        """Return whether nothing is lost by writing this to an output: it is ours and unedited, or says the same."""
        path = self._path.parent / output
        if may_replace(path):
            return True
        entry = self.find(output)
        there = sha256(path.read_bytes()).hexdigest()
        return there == sha256(content).hexdigest() or (entry is not None and there in (entry.sha256, entry.was))

    def record(self, entry: Entry) -> None:
        """Append an output that is about to be put in its place."""
        before = self.find_place(entry.place) if entry.place else None
        if before and before.output != entry.output:  # it stays, and stands for no input any more
            self._append(replace(before, place=None))
        if known := self.find(entry.output):
            path = self._path.parent / entry.output
            is_there = path.is_file() and sha256(path.read_bytes()).hexdigest() == known.sha256
            entry = replace(entry, was=known.sha256 if is_there else known.was)
        self._append(entry)

    def _append(self, entry: Entry) -> None:
        assert self._file is not None
        place = self._file.seek(0, os.SEEK_END)
        self._file.write(_line_of(entry))
        self._file.flush()
        self._places[hash(entry.output)] = place
        if entry.place:
            self._inputs[hash(entry.place)] = place


def _line_of(entry: Entry) -> bytes:
    said = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return json.dumps({name: value for name, value in said.items() if value not in _UNSAID}).encode("ascii") + b"\n"
