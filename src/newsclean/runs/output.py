"""Where articles, and the lists of what was taken out of their pages, go: formats, names, files, folders, stdout."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, cast

from newsclean.errors import OutputError
from newsclean.files import AtomicFile, may_replace, write_atomic
from newsclean.runs.read import STDIN, page_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.article import Article
    from newsclean.explain.removed import RemovedFormat
    from newsclean.runs.read import Source

Format = Literal["markdown", "json", "jsonl", "text", "html", "parquet", "sqlite"]

SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "text": ".txt",
    "html": ".html",
    "parquet": ".parquet",
    "sqlite": ".db",
}
ONE_FOR_ALL: frozenset[Format] = frozenset({"jsonl", "parquet", "sqlite"})
"""Formats that take all articles of a run into one place."""
COMPRESSED = (".gz", ".zst")
"""Endings of JSON lines that are packed."""

REMOVED_SUFFIX = ".removed.md"
"""Of the list of what was taken out of a page."""

MAX_NAME_BYTES = 255
"""Of a file name, on the common file systems."""

EDITED = "is not as newsclean wrote it"

_ENDINGS: dict[str, Format] = {
    **{suffix: to for to, suffix in SUFFIXES.items()},
    ".htm": "html",
    ".markdown": "markdown",
    ".ndjson": "jsonl",
    ".text": "text",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}
"""Endings of files → the format that they ask for."""

ALIASES: dict[str, Format] = {"md": "markdown", "txt": "text"}
"""Other names of formats."""


def serialize(article: Article, to: Format) -> bytes:
    """Return the article in a format: UTF-8 without BOM, ending in one newline."""
    if to == "json" or to in ONE_FOR_ALL:
        # A file name that is no UTF-8 holds lone surrogates: "\udce9" is how JSON writes them.
        return article.to_json(indent=2 if to == "json" else None).encode("utf-8", "backslashreplace")
    text = {"markdown": article.markdown, "text": article.text, "html": article.html}[to]
    return text.rstrip("\n").encode("utf-8", "replace") + b"\n"


@dataclass(frozen=True, slots=True)
class Target:
    """Where content goes: a folder of files, one file, stdout (no path), a table in one file or in shards."""

    kind: Literal["stdout", "file", "folder", "table", "shards"]
    path: str = ""
    to: Format = "markdown"


def choose_format(to: str | None, output: str | None) -> Format:
    """Return the format asked for: by its name or another of its names, else by the end of the output's name."""
    if to is not None:
        return ALIASES.get(to) or cast(Format, to)
    if output is None or output.endswith(("/", os.sep)) or Path(output).is_dir():
        return "markdown"
    name = output.lower()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    found = _ENDINGS.get(Path(name).suffix, "markdown")
    return found if found == "jsonl" or name == output.lower() else "markdown"


def choose_target(output: str | None, to: Format, many: bool) -> Target:
    """Return what `-o` means: a file for one article, a folder for many; a folder too if it exists or ends in a slash.

    Raises OutputError where the answer would surprise: many articles into one file that is no JSON Lines, or a new
    folder with the name of a file.
    """
    if output is None or output == "-":
        if to in ONE_FOR_ALL - {"jsonl"}:
            raise OutputError(f"{to} needs a file", remedy=f"-o NAME{SUFFIXES[to]}")
        if many and to != "jsonl":
            raise OutputError("several articles need a place each", remedy="-o FOLDER, or -t jsonl for one stream")
        return Target("stdout")
    is_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
    if to == "parquet" and (is_folder or not Path(output).suffix):
        return Target("shards", output, to)
    if to in ONE_FOR_ALL:
        if is_folder:
            raise OutputError(f"{to} goes to one file", source=output, remedy="-t json for a file an input")
        is_table = to != "jsonl" or output.lower().endswith(COMPRESSED)
        return Target("table" if is_table else "file", output, to)
    if not many and not is_folder:
        return Target("file", output)
    if Path(output).exists() and not Path(output).is_dir():
        raise OutputError("is a file, and there may be several articles", source=output, remedy="give a folder")
    if not is_folder and Path(output).suffix.lower() in _ENDINGS:
        raise OutputError("looks like a file, and there may be several articles", source=output, remedy="end it with /")
    return Target("folder", output)


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


def removed_format(path: str | None) -> RemovedFormat | None:
    """Return how `--removed` lists: a line of JSON a page where its name says so, else Markdown; None without it."""
    if path is None:
        return None
    return "jsonl" if path.lower().endswith(".jsonl") else "markdown"


class Removals:
    """Takes the list of each input, in the order of the sources. A context manager; writes nothing without a path."""

    def __init__(
        self, path: str | None, sources: Sequence[Source], many: bool, output: Target, *, force: bool = False
    ) -> None:
        """Find the places. Raises OutputError where one would write over an input, the article, or somebody's file."""
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
        else:
            inputs = [source.path for source in sources if source.path != STDIN]
            taken = [Path(other).resolve() for other in (*inputs, output.path) if other]
            if Path(path).resolve() in taken:
                raise OutputError("is the input or the output itself", source=path, remedy="give another name")
            self._file = AtomicFile(Path(path))
        if not force:
            for place in self._paths or [Path(path)]:
                refuse_to_replace(place)

    def write(self, content: bytes | None) -> None:
        """Write the list of the next input; None where there is none. Raises OSError."""
        place, self._next = self._next, self._next + 1
        if content is None:
            return
        if self._file is not None:
            self._file.write(content)
        elif self._paths:
            write_atomic(self._paths[place], content)

    def __enter__(self) -> Removals:
        """Begin."""
        if self._file is not None:
            self._file.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put a single file in its place, or take it away after an error."""
        if self._file is not None:
            self._file.__exit__(kind)


def refuse_to_replace(path: Path) -> None:
    """Raise OutputError where a file is there that newsclean did not write, or that was edited since."""
    if not may_replace(path):
        raise OutputError(f"is there, and {EDITED}", source=str(path), remedy="force=True writes it anew")
