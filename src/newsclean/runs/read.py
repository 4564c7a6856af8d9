"""Paths, folders, globs and stdin → Sources, and a Source's path → its Record. No decoding, no parsing.

Folders are walked in name order. Left out are hidden files, symbolic links to folders, the folders that browsers save
beside a page, files that are no pages by their content, and whatever newsclean wrote itself.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.model import Record
from newsclean.page.containers import container_kind, open_container, page_records, sole_record
from newsclean.runs.output import PAGE_SUFFIXES, REMOVED_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STDIN = "-"
STDIN_NAME = "<stdin>"
STDIN_PLACE = "stdin"

MAX_BYTES = 100 * 2**20
"""Bytes of one input. Saved pages with their pictures inside stay under 50 MB; a device or an endless pipe does not."""

HEAD_BYTES = 64 * 1024
"""Bytes of a file that are looked at to tell a page from an asset: as far as a charset declaration is looked for."""

COMPANION_SUFFIXES = (
    *("_files", ".files", "-files", "-filer", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos", "_ficheiros"),
    *("_bestanden", "_pliki", "_soubory", "_tiedostot", "_elemei", "_dosyalar", "_fitxers", "_fitxategiak", "_failid"),
    *("_fails", "_bylos", "_datoteke", "_fajlovi"),
)
"""What browsers append to a page's name for the folder of its assets, by their language."""

VERSION_CONTROL = frozenset({"CVS", "_darcs", "{arch}"})
"""Folders of version control systems that are not hidden."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input before it is read."""

    path: str
    """As the user wrote it, or below a folder as the user wrote it; "-" is stdin."""
    place: str
    """Where it stands in the mirrored tree: "a/b.html", with "/" on every system."""
    problem: str | None = None
    """Why it cannot be read, where that is known already."""
    parts: tuple[str, ...] = ()
    """Paths of the further pages of the same article, in page order."""
    lines: tuple[int, int] | None = None
    """As in Record: one of several articles of a text."""
    data: bytes | None = field(default=None, repr=False)
    """The input's bytes, where they were read before and can be read but once (stdin, a pipe)."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A path of the command line, after globs were expanded."""

    path: str
    anchor: str
    """The folder it is mirrored from: itself, the one that holds it, or the fixed part of a glob."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """All paths of the command line."""

    given: tuple[Argument, ...]
    many: bool
    """Whether they ask for several conversions: more than one path, a folder, or a glob."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The inputs that were found, in the order of the arguments and by name below a folder."""

    sources: tuple[Source, ...]
    left_out: int = 0
    """Files that were seen and are no pages."""


def expand_arguments(paths: Sequence[str]) -> Arguments:
    """Return the paths with globs expanded: a shell that does not expand them, and quoted ones, work like others."""
    given: list[Argument] = []
    many = len(paths) > 1
    for path in paths:
        if path == STDIN:
            given.append(Argument(path, ""))
        elif Path(path).is_dir():
            given.append(Argument(path, path))
            many = True
        elif matches := _glob(path):
            given += matches
            many = True
        else:
            given.append(Argument(path, str(Path(path).parent)))
    return Arguments(tuple(given), many)


def _glob(pattern: str) -> list[Argument]:
    if not any(mark in pattern for mark in "*?[") or os.path.lexists(pattern):
        return []
    import glob  # rarely needed: most shells expand

    fixed = Path(pattern)
    while glob.has_magic(str(fixed)):
        fixed = fixed.parent
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob also gives hidden files
    return [Argument(name, str(fixed)) for name in names]


def find_sources(arguments: Arguments, ignore: Iterable[str] = ()) -> Findings:
    """Return the inputs that the arguments stand for, without duplicates; `ignore` are paths that are never read.

    One path that was asked for by name is taken as it is; among many, files that are no pages are left out.
    """
    search = _Search({str(Path(path).resolve()) for path in ignore}, _base(arguments))
    if arguments.many:
        for anchor in {argument.anchor for argument in arguments.given}:
            search.ignore_outputs_above(anchor)
    for argument in arguments.given:
        if argument.path == STDIN:
            search.take(Source(STDIN, STDIN_PLACE))
        elif search.in_companion(argument.path):
            continue
        elif Path(argument.path).is_dir():
            search.walk(argument.path)
        elif not arguments.many:
            search.take(search.source(argument.path))
        else:
            search.look_at(argument.path, str(Path(argument.path).resolve()))
    return Findings(tuple(search.sources), search.left_out)


def _base(arguments: Arguments) -> str | None:
    anchors = [str(Path(argument.anchor).absolute()) for argument in arguments.given if argument.path != STDIN]
    try:
        return os.path.commonpath([os.path.normpath(anchor) for anchor in anchors])
    except ValueError:  # no paths at all, or on different drives
        return None


@dataclass
class _Search:
    """The state of one search."""

    ignored: set[str]
    base: str | None
    """The deepest folder that holds all arguments; what is mirrored is the tree below it."""
    sources: list[Source] = field(default_factory=list)
    left_out: int = 0
    _seen: set[str] = field(default_factory=set)

    def ignore_outputs_above(self, folder: str) -> None:
        """Leave out what earlier runs wrote into this folder or one that holds it."""
        start = Path(folder).resolve()
        for ancestor in start.parents:
            self._ignore_outputs_in(str(ancestor))
        self._ignore_outputs_in(str(start))

    def _ignore_outputs_in(self, folder: str) -> None:
        from newsclean.runs.journal import recorded_outputs  # a single input has no use for it

        self.ignored.update(str(Path(folder, output)) for output in recorded_outputs(folder))

    def source(self, path: str, problem: str | None = None) -> Source:
        """Return the source of a path with its place below the base."""
        place = os.path.normpath(Path(path).absolute())
        if self.base is not None:
            place = os.path.relpath(place, self.base)
        if self.base is None or place.startswith(os.pardir):
            place = Path(path).name
        return Source(path, place.replace(os.sep, "/"), problem)

    def take(self, source: Source) -> None:
        """Add a source unless it was added before."""
        key = source.path if source.path == STDIN else str(Path(source.path).absolute())
        if key not in self._seen:
            self._seen.add(key)
            self.sources.append(source)

    def look_at(self, path: str, resolved: str) -> None:
        """Add a file if it is a page by its content, or cannot be looked at, which its conversion will report."""
        if resolved in self.ignored or path.endswith(REMOVED_SUFFIX):
            return
        if _is_page(path):
            self.take(self.source(path))
        else:
            self.left_out += 1

    def walk(self, folder: str) -> None:
        """Add the pages below a folder. Links to folders are not followed, so that no walk is endless."""
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(current) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self.take(self.source(current, _reason(error)))
                continue
            resolved = str(Path(current).resolve())
            self._ignore_outputs_in(resolved)
            folders = []
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if self._is_entered(entry, resolved):
                        folders.append(entry.path)
                elif Path(entry.path).is_file():
                    self.look_at(entry.path, os.path.join(resolved, entry.name))  # noqa: PTH118 - once a file
            waiting += reversed(folders)

    def _is_entered(self, folder: os.DirEntry[str], parent: str) -> bool:
        if folder.name in VERSION_CONTROL or _is_companion(folder.path):
            return False
        return str(Path(parent, folder.name)) not in self.ignored

    def in_companion(self, path: str) -> bool:
        """Return whether a path is, or stands in, the asset folder of a page, below the base."""
        if self.base is None:
            return False
        whole = Path(path).absolute()
        return any(
            _is_companion(str(folder)) for folder in (whole, *whole.parents) if len(str(folder)) > len(self.base)
        )


@lru_cache(maxsize=1024)
def _is_companion(folder: str) -> bool:
    """Return whether a folder holds the assets of a page beside it, as browsers save them: `a_files` of `a.html`."""
    for suffix in COMPANION_SUFFIXES:
        if folder.endswith(suffix):
            stem = folder.removesuffix(suffix)
            return any(Path(stem + page).is_file() for page in ("", *PAGE_SUFFIXES))
    return False


def companion_folders(page: Path) -> frozenset[str]:
    """Return the names that browsers may have given the folder of a page's assets: `a_files` of `a.html`."""
    stems = {page.name, page.stem if page.suffix.lower() in PAGE_SUFFIXES else page.name}
    return frozenset(stem + suffix for stem in stems for suffix in COMPANION_SUFFIXES)


def _is_page(path: str) -> bool:
    from newsclean.page.sniff import looks_like_page  # a single input is not looked at

    try:
        if not Path(path).is_file():
            return True
        with Path(path).open("rb") as file:
            return looks_like_page(file.read(HEAD_BYTES))
    except OSError:
        return True


def read_record(path: str, url: str | None = None, *, pictures: bool = False) -> Record:
    """Return the record of a file, or of stdin for "-"; of a container with one page, that page.

    `pictures`: with the copies of its images that came with it. Raises InputError when the file cannot be read, is too
    large, or is a container of several pages or none.
    """
    return sole_record(read_records(path, url, pictures=pictures), STDIN_NAME if path == STDIN else path)


def read_records(path: str, url: str | None = None, *, pictures: bool = False) -> Iterator[Record]:
    """Yield the records of the pages in a file, or on stdin for "-": of a container each, or the one named behind "#".

    What is read from front to back may be of any size. Raises InputError, for a container that is broken after the
    pages before.
    """
    file, wanted = split_member(path)
    if file == STDIN:
        outer = Record(read_bytes(file), STDIN_NAME, None, url)
        records = page_records(outer, pictures=pictures)
    elif streams(file):
        records = _stream_records(Record(b"", file, file, url), pictures)
    else:
        records = page_records(Record(read_bytes(file), file, file, url), pictures=pictures)
    if wanted is None:
        yield from records
        return
    one = next((record for record in records if wanted in (record.member, record.url)), None)
    if one is None:
        raise InputError(f"holds no page {wanted}", source=file, remedy="newsclean list names them")
    yield one


def split_member(path: str) -> tuple[str, str | None]:
    """Return the file of a path, and the name of the page in it that is meant: "a.zip#b.html" is two."""
    place = path.find("#")
    while place > 0 and not os.path.lexists(path):
        if Path(path[:place]).is_file():
            return path[:place], path[place + 1 :]
        place = path.find("#", place + 1)
    return path, None


def streams(path: str) -> bool:
    """Return whether a file is a container that is read from front to back."""
    try:
        with Path(path).open("rb") as file:
            kind = container_kind(file.read(HEAD_BYTES))
    except (OSError, ValueError):
        return False
    return kind is not None and kind.streams


def _stream_records(outer: Record, pictures: bool) -> Iterator[Record]:
    try:
        with Path(outer.name).open("rb") as file:
            members = open_container(file, pictures=pictures)
            yield from (member.record(outer) for member in members or () if member.data is not None)
    except InputError as error:
        raise InputError(error.message, source=outer.name, remedy=error.remedy) from error
    except OSError as error:
        raise InputError(_reason(error), source=outer.name, remedy=_remedy(error)) from error


def read_bytes(path: str) -> bytes:
    """Return the content of a file, or of stdin for "-". Raises InputError when it cannot be read or is too large."""
    data = _read_stdin() if path == STDIN else _read_file(path)
    if len(data) > MAX_BYTES:
        name = STDIN_NAME if path == STDIN else path
        raise InputError(f"larger than {MAX_BYTES // 2**20} MB", source=name, remedy="is it a web page?")
    return data


def _read_stdin() -> bytes:
    if sys.stdin is None:  # started with stdin closed
        raise InputError("stdin is closed", source=STDIN_NAME, remedy="give a file, or pipe a page in")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _read_file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise InputError(_reason(error), source=path, remedy=_remedy(error)) from error


def _reason(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or type(error).__name__).lower()


def _remedy(error: OSError | ValueError) -> str | None:
    return "check the path, and quote it if it has spaces" if isinstance(error, FileNotFoundError) else None
