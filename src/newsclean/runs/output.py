"""Where articles, and the lists of what was taken out of their pages, go: formats, names, files, folders, stdout."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, cast

from newsclean.errors import OutputError
from newsclean.files import AtomicFile, holds, may_replace, write_atomic
from newsclean.runs.read import STDIN, page_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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

_OTHER_ENDINGS = frozenset(".csv .doc .docx .epub .odt .pdf .rtf .tex .tsv .xlsx .xml .yaml .yml".split())
"""Endings that ask for a format which is not written."""

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
    suffix = Path(name).suffix
    if suffix in _OTHER_ENDINGS:
        raise OutputError("cannot write this format", source=output, remedy="-t FORMAT; pandoc converts Markdown")
    found = _ENDINGS.get(suffix, "markdown")
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
            raise OutputError(
                "several articles cannot go to one place", remedy="-o FOLDER/, or -t jsonl for one stream"
            )
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


class OutputNames:
    """Gives each input its output's name in the mirrored tree: `a/b.html` → `a/b.md`.

    Inputs that would share a name keep their own suffix, `b.html.md` and `b.htm.md`, and if that is not enough they are
    numbered. No name is that of an input in the same folder, or of a folder.
    """

    def __init__(self, suffix: str, folder: str, is_own: Callable[[str], bool] = lambda _: False) -> None:
        """Begin with a folder of outputs; `is_own` tells of a name whether newsclean wrote it."""
        self._suffix = suffix
        self._folder = folder
        self._is_own = is_own
        self._used: set[int] = set()

    def name(self, source: Source) -> str:
        """Return the name for an input, which no other has got. Some 60 bytes of each are kept."""
        names = chain(
            () if source.crowded and source.member is None else (fit_name(page_stem(source.place), self._suffix),),
            (fit_name(source.place, self._suffix if n == 1 else f"-{n}{self._suffix}") for n in count(1)),
        )
        name = next(
            name for name in names if hash(file_key(name)) not in self._used and not self._is_taken(source, name)
        )
        self._used.add(hash(file_key(name)))
        return name

    def _is_taken(self, source: Source, name: str) -> bool:
        """Return whether a name is that of a folder beside the input, or of an input where both are in one folder."""
        if source.path == STDIN or source.member is not None:
            return False
        beside, output = Path(source.path).with_name(PurePosixPath(name).name), Path(self._folder, name)
        if beside.is_dir():
            return True
        return beside.exists() and not self._is_own(name) and _same_folder(str(beside.parent), str(output.parent))


@lru_cache(maxsize=1024)
def _same_folder(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()


def crowded_names(names: Iterable[str]) -> frozenset[str]:
    """Return those of the names, or places, whose outputs would share a name, also one that differs by case alone."""
    by_key: dict[str, list[str]] = {}
    for name in names:
        by_key.setdefault(file_key(page_stem(name)), []).append(name)
    return frozenset(name for alike in by_key.values() if len(alike) > 1 for name in alike)


def fit_name(stem: str, suffix: str) -> str:
    """Return stem and suffix, the stem cut where the file name would be longer than file systems take."""
    folder, slash, name = stem.rpartition("/")
    room = MAX_NAME_BYTES - len(suffix)
    if len(os.fsencode(name)) > room:
        name = os.fsencode(name)[:room].decode("utf-8", "ignore")
    return f"{folder}{slash}{name}{suffix}"


def file_key(name: str) -> str:
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
    """Takes the list of each input. A context manager; writes nothing without a path."""

    def __init__(
        self, path: str | None, inputs: Iterable[str], many: bool, output: str, *, force: bool = False
    ) -> None:
        """Find the place. Raises OutputError where it is that of an input or the article, or holds somebody's file."""
        self._file: AtomicFile | None = None
        self._names: OutputNames | None = None
        self._folder = path or ""
        self._force = force
        if path is None:
            return
        if path == "-":
            raise OutputError("what was taken out cannot go to stdout", source="--removed", remedy="give a file")
        if choose_target(path, removed_format(path) or "markdown", many).kind == "folder":
            self._names = OutputNames(REMOVED_SUFFIX, path)
            return
        taken = [Path(other).resolve() for other in (*inputs, output) if other and other != STDIN]
        if Path(path).resolve() in taken:
            raise OutputError("is the input or the output itself", source=path, remedy="give another name")
        if not force:
            refuse_to_replace(Path(path))
        self._file = AtomicFile(Path(path))

    def write(self, source: Source, content: bytes | None) -> str | None:
        """Write the list of an input, if there is one; return its path where it was edited and is kept.

        Raises OSError.
        """
        if self._file is not None and content is not None:
            self._file.write(content)
        if self._names is None:
            return None
        path = Path(self._folder, self._names.name(source))
        if content is None:
            return None
        if not self._force and not may_replace(path) and not holds(path, content):
            return str(path)
        write_atomic(path, content)
        return None

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
        raise OutputError(f"exists, and {EDITED}", source=str(path), remedy="force=True overwrites it")
