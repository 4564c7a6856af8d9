"""An Article → its bytes in the format asked for, the names of outputs, and files that are never half-written."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

from newsclean.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.article import Article

Format = Literal["markdown", "json", "jsonl", "text", "html"]

SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "text": ".txt",
    "html": ".html",
}

PAGE_SUFFIXES = (
    *(".html", ".htm", ".xhtml", ".xht", ".shtml", ".shtm", ".mhtml", ".mht", ".webarchive", ".maff"),
    *(".php", ".asp", ".aspx", ".jsp", ".cfm", ".cgi", ".txt", ".text", ".gz"),
)
"""Suffixes of saved pages, which the name of an output does without."""

REMOVED_SUFFIX = ".removed.md"
"""Of the list of what was taken out of a page."""

FILE_SUFFIXES = frozenset({*SUFFIXES.values(), ".htm", ".markdown", ".ndjson", ".text"})
"""A path that ends so is meant as a file: no folder of that name is made."""

MAX_NAME_BYTES = 255
"""Of a file name, on the common file systems."""

TEMPORARY_NAME = ".newsclean.tmp"
"""Of a run that has the output folder for itself: what a killed one left, the next one writes over or takes away."""


def serialize(article: Article, to: Format) -> bytes:
    """Return the article in a format: UTF-8 without BOM, ending in one newline."""
    if to in ("json", "jsonl"):
        # A file name that is no UTF-8 holds lone surrogates: "\udce9" is how JSON writes them.
        return article.to_json(indent=2 if to == "json" else None).encode("utf-8", "backslashreplace")
    text = {"markdown": article.markdown, "text": article.text, "html": article.html}[to]
    return text.rstrip("\n").encode("utf-8", "replace") + b"\n"


@dataclass(frozen=True, slots=True)
class Target:
    """Where content goes: a folder of files, one file, or stdout (no path)."""

    kind: Literal["stdout", "file", "folder"]
    path: str = ""


def choose_target(output: str | None, to: Format, many: bool) -> Target:
    """Return what `-o` means: a file for one article, a folder for many; a folder too if it exists or ends in a slash.

    Raises OutputError where the answer would surprise: many articles into one file that is no JSON Lines, or a new
    folder with the name of a file.
    """
    if output is None or output == "-":
        if many and to != "jsonl":
            raise OutputError("several articles need a place each", remedy="-o FOLDER, or -t jsonl for one stream")
        return Target("stdout")
    is_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
    if to == "jsonl":
        if is_folder:
            raise OutputError("JSON Lines go to one file", source=output, remedy="-t json for a file an input")
        return Target("file", _checked(output, to))
    if not many and not is_folder:
        return Target("file", _checked(output, to))
    if Path(output).exists() and not Path(output).is_dir():
        raise OutputError("is a file, and there may be several articles", source=output, remedy="give a folder")
    if not is_folder and Path(output).suffix.lower() in FILE_SUFFIXES:
        raise OutputError("looks like a file, and there may be several articles", source=output, remedy="end it with /")
    return Target("folder", output)


def _checked(output: str, to: Format) -> str:
    """Return the path; refuse to write over a saved page, as `-o *.html` with its value forgotten would."""
    path = Path(output)
    if path.is_file() and path.suffix != SUFFIXES[to] and path.suffix.lower() in PAGE_SUFFIXES:
        raise OutputError(
            "is there and looks like a saved page", source=output, remedy="give another name, or remove it"
        )
    return output


def name_outputs(places: Sequence[str], suffix: str, taken: Iterable[str] = ()) -> list[str]:
    """Return an output name for each place in the mirrored tree: `a/b.html` → `a/b.md`.

    Places that would share a name (also one that differs by case alone) all keep their own suffix: `b.html.md` and
    `b.htm.md`; if that is not enough they are numbered in name order. `taken` are names that must stay free.
    """
    names = [_fit(page_stem(place), suffix) for place in places]
    used = {_key(name) for name in taken} | _folder_keys(places)
    count: dict[str, int] = {}
    for name in names:
        count[_key(name)] = count.get(_key(name), 0) + 1
    crowded = [n for n, name in enumerate(names) if count[_key(name)] > 1 or _key(name) in used]
    used |= {key for key, number in count.items() if number == 1}
    for n in sorted(crowded, key=lambda n: places[n]):
        names[n], number = _fit(places[n], suffix), 1
        while _key(names[n]) in used:
            number += 1
            names[n] = _fit(places[n], f"-{number}{suffix}")
        used.add(_key(names[n]))
    return names


def page_stem(place: str) -> str:
    """Return the place without suffixes of saved pages: "a.html.gz" gives "a", "v1.2" stays."""
    stem = place
    while (suffix := PurePosixPath(stem).suffix) and suffix.lower() in PAGE_SUFFIXES:
        stem = stem.removesuffix(suffix)
    return stem


def _fit(stem: str, suffix: str) -> str:
    """Return stem and suffix, the stem cut where the file name would be longer than file systems take."""
    folder, slash, name = stem.rpartition("/")
    room = MAX_NAME_BYTES - len(suffix)
    if len(os.fsencode(name)) > room:
        name = os.fsencode(name)[:room].decode("utf-8", "ignore")
    return f"{folder}{slash}{name}{suffix}"


def _folder_keys(places: Sequence[str]) -> set[str]:
    return {
        _key(str(parent)) for folder in {place.rpartition("/")[0] for place in places} for parent in _lineage(folder)
    }


def _lineage(folder: str) -> list[PurePosixPath]:
    path = PurePosixPath(folder)
    return [path, *path.parents]


def _key(name: str) -> str:
    """Return what a file system that folds case and composes accents takes the name for."""
    return unicodedata.normalize("NFC", name).casefold()


class Sink(Protocol):
    """Where the bytes of articles go. A context manager."""

    def write(self, content: bytes) -> None:
        """Take the bytes of one article."""

    def __enter__(self) -> Sink:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End; `kind` tells whether all went well."""


class Stdout:
    """Standard output as bytes, passed on at once. A context manager like AtomicFile."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, content: bytes) -> None:
        """Write and flush, so that the next command of a pipeline gets each article when it is done."""
        self._stream.write(content)
        self._stream.flush()

    def __enter__(self) -> Stdout:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Leave the stream open: it is not ours."""
