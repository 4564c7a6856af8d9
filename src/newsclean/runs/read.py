"""One input, its bytes and its Record. No decoding, no parsing."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from newsclean.errors import ConversionTimeoutError, InputError, NewscleanError
from newsclean.model import Record
from newsclean.page.containers import container_kind, open_container, page_records, sole_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.sites import SiteRule

STDIN = "-"
STDIN_NAME = "<stdin>"
STDIN_PLACE = "stdin"

MAX_BYTES = 100 * 2**20
"""Bytes of one input. Saved pages with their pictures inside stay under 50 MB; a device or an endless pipe does not."""

PAGE_SUFFIXES = (
    *(".html", ".htm", ".xhtml", ".xht", ".shtml", ".shtm", ".mhtml", ".mht", ".webarchive", ".maff"),
    *(".php", ".asp", ".aspx", ".jsp", ".cfm", ".cgi", ".txt", ".text"),
    *(".warc", ".arc", ".wacz", ".har", ".eml", ".mbox", ".epub", ".enex", ".rss", ".atom"),
    *(".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst"),
)
"""Suffixes of saved pages and of containers of some, which the name of an output does without."""

COMPANION_SUFFIXES = (
    *("_files", ".files", "-files", "-filer", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos", "_ficheiros"),
    *("_bestanden", "_pliki", "_soubory", "_tiedostot", "_elemei", "_dosyalar", "_fitxers", "_fitxategiak", "_failid"),
    *("_fails", "_bylos", "_datoteke", "_fajlovi"),
)
"""What browsers append to a page's name for the folder of its assets, by their language."""

HEAD_BYTES = 64 * 1024
"""Bytes of a file that are looked at to tell a page from an asset: as far as a charset declaration is looked for."""

PIPE_BYTES = 2**16
"""Bytes read from a pipe at a time, as many as one holds on Linux."""

_KINDS = (
    (stat.S_ISDIR, "is a directory"),
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)
SUBSTITUTION_RE = re.compile(r"/dev/(?:stdin|fd/\d+)|/proc/(?:self|\d+)/fd/\d+")  # "/dev/fd/63" of <(command)


@dataclass(frozen=True, slots=True)
class Source:
    """One input before it is read."""

    path: str
    """As the user wrote it, or below a folder as the user wrote it; "-" is stdin."""
    place: str = ""
    """Where it stands in the mirrored tree: "a/b.html", with "/" on every system."""
    problem: NewscleanError | None = None
    """Why it cannot be read, or is left out, where that is known already."""
    left_out: bool = False
    """Whether it is no input after all."""
    by_name: bool = True
    """Whether the user named it, and did not find it in a folder."""
    crowded: bool = False
    """Whether another file beside it differs by the suffix alone."""
    parts: tuple[str, ...] = ()
    """Paths of the further pages of the same article, in page order."""
    lines: tuple[int, int] | None = None
    """As in Record: one of several articles of a text."""
    data: bytes | None = field(default=None, repr=False)
    """The input's bytes, where they were read before and can be read but once (stdin, a pipe)."""
    learned: SiteRule | None = None
    """What the other pages of its site teach of it."""
    member: str | None = None
    """Which page of a container it is."""
    record: Record | None = field(default=None, repr=False)
    """That page, read."""

    @property
    def name(self) -> str:
        """Return what messages and the report call the input."""
        file = STDIN_NAME if self.path == STDIN else self.path
        return f"{file}#{self.member}" if self.member else file


def page_stem(place: str) -> str:
    """Return the place without suffixes of saved pages: "a.html.gz" gives "a", "v1.2" stays."""
    stem = place
    while (suffix := PurePosixPath(stem).suffix) and suffix.lower() in PAGE_SUFFIXES:
        stem = stem.removesuffix(suffix)
    return stem


def companion_folders(page: Path) -> frozenset[str]:
    """Return the names that browsers may have given the folder of a page's assets: `a_files` of `a.html`."""
    stems = {page.name, page.stem if page.suffix.lower() in PAGE_SUFFIXES else page.name}
    return frozenset(stem + suffix for stem in stems for suffix in COMPANION_SUFFIXES)


def has_companion(page: Path) -> bool:
    """Return whether a browser saved a folder of assets beside the page."""
    return any((page.parent / name).is_dir() for name in companion_folders(page))


def record_of(source: Source, url: str | None, *, pictures: bool = False) -> Record:
    """Return the record of a source, read unless that was done before. Raises what is wrong with it."""
    if source.problem:
        raise source.problem
    if source.record is not None:
        return source.record
    if source.data is None:
        return replace(
            read_record(STDIN if source.path == STDIN else source.name, url, pictures=pictures), lines=source.lines
        )
    outer = Record(source.data, source.name, None if source.path == STDIN else source.path, url, lines=source.lines)
    return sole_record(page_records(outer, pictures=pictures), source.name)


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
    elif not is_read_once(file) and streams(file):
        if wanted is not None and (one := _by_index(Record(b"", file, file, url), wanted, pictures)):
            yield one
            return
        records = _stream_records(Record(b"", file, file, url), pictures)
    else:
        records = page_records(Record(read_bytes(file), file, file, url), pictures=pictures)
    if wanted is None:
        yield from records
        return
    one = next((record for record in records if _is_meant(record, wanted)), None)
    if one is None:
        raise InputError(f"holds no page {wanted}", source=file, remedy="newsclean list names them")
    yield one


def _is_meant(record: Record, wanted: str) -> bool:
    return wanted in (record.member, record.url)


def _by_index(outer: Record, wanted: str, pictures: bool) -> Record | None:
    """Return the page of a crawl to which an index beside it leads, None where none does."""
    from newsclean.page.containers.cdx import indexes_of, places

    path = Path(outer.name)
    with open_regular(outer.name) as file:
        kind = container_kind(file.read(HEAD_BYTES))
        for place in chain.from_iterable(places(index, path.name, wanted) for index in indexes_of(path)):
            file.seek(place)
            member = next(kind.read(file, pictures), None) if kind else None
            if member and member.data is not None and _is_meant(record := member.record(outer), wanted):
                return record
    return None


def split_member(path: str) -> tuple[str, str | None]:
    """Return the file of a path, and the name of the page in it that is meant: "a.zip#b.html" is two."""
    place = path.find("#")
    while place > 0 and not os.path.lexists(path):
        if Path(path[:place]).is_file():
            return path[:place], path[place + 1 :]
        place = path.find("#", place + 1)
    return path, None


def streams(path: str) -> bool:
    """Return whether a file is a container that is read page by page, whatever its size."""
    try:
        with open_regular(path) as file:
            kind = container_kind(file.read(HEAD_BYTES))
    except (OSError, ValueError):
        return False
    return kind is not None and kind.is_of_any_size


def _stream_records(outer: Record, pictures: bool) -> Iterator[Record]:
    try:
        with open_regular(outer.name) as file:
            members = open_container(file, pictures=pictures)
            yield from (member.record(outer) for member in members or () if member.data is not None)
    except InputError as error:
        raise InputError(error.message, source=outer.name, remedy=error.remedy) from error
    except OSError as error:
        raise InputError(reason_of(error), source=outer.name, remedy=_remedy(error)) from error


def is_read_once(path: str) -> bool:
    """Return whether a path is stdin or a pipe that the shell opened: for this process alone, and to be read once."""
    return path == STDIN or (SUBSTITUTION_RE.fullmatch(path) is not None and not Path(path).is_file())


def read_once(source: Source, seconds: float) -> Source:
    """Return the source with its bytes where no worker could read them, or why they cannot be read."""
    if source.problem or source.data is not None or not is_read_once(source.path):
        return source
    try:
        return replace(source, data=read_bytes(source.path, seconds))
    except NewscleanError as error:
        return replace(source, problem=error)


def read_bytes(path: str, seconds: float = 0.0) -> bytes:
    """Return the content of a file, or of stdin for "-".

    Raises InputError when it cannot be read, is too large, or is a device or a pipe that the shell did not open;
    ConversionTimeoutError when stdin or such a pipe gives no end within so many seconds (0: waits for ever).
    """
    name = STDIN_NAME if path == STDIN else path
    try:
        if path == STDIN:
            data = _read_stdin(seconds)
        else:
            with open_regular(path) as file:
                data = _read_pipe(file.fileno(), seconds) if is_read_once(path) else file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise InputError(reason_of(error), source=name, remedy=_remedy(error)) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 2**20} MB", source=name, remedy="is it a web page?")
    return data


def _read_stdin(seconds: float) -> bytes:
    if sys.stdin is None:  # started with stdin closed
        raise InputError("stdin is closed", source=STDIN_NAME, remedy="give a file, or pipe a page in")
    try:
        return _read_pipe(sys.stdin.fileno(), seconds)
    except (AttributeError, ValueError, OSError):  # one that a program put in its place
        return sys.stdin.buffer.read(MAX_BYTES + 1)


def _read_pipe(file: int, seconds: float) -> bytes:
    """Return what comes out of a pipe, as far as MAX_BYTES. Raises ConversionTimeoutError."""
    from select import select

    deadline = monotonic() + seconds
    chunks: list[bytes] = []
    size = 0
    while size <= MAX_BYTES:
        if seconds and os.name != "nt" and not select([file], [], [], max(0.0, deadline - monotonic()))[0]:
            raise ConversionTimeoutError.after(seconds)
        if not (chunk := os.read(file, PIPE_BYTES)):
            break
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def open_regular(path: str) -> BinaryIO:
    """Open a file for reading, which does not wait as opening a named pipe would. Raises OSError."""
    if not SUBSTITUTION_RE.fullmatch(path):
        _refuse_special(os.stat(path).st_mode)  # noqa: PTH116 - opening a device may do something to it
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    try:
        if SUBSTITUTION_RE.fullmatch(path):
            os.set_blocking(file.fileno(), True)
        else:
            _refuse_special(os.fstat(file.fileno()).st_mode)  # it may have become one
    except BaseException:
        file.close()
        raise
    return file


def _refuse_special(mode: int) -> None:
    if reason := kind_of_special(mode):
        raise OSError(errno.EINVAL, reason)


def kind_of_special(mode: int) -> str | None:
    """Return what a file is that is no regular one, for a reader."""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), None)


def reason_of(error: OSError | ValueError) -> str:
    """Return the reason of an error, for a reader."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or type(error).__name__).lower()


def _remedy(error: OSError | ValueError) -> str | None:
    return "check the path, and quote it if it has spaces" if isinstance(error, FileNotFoundError) else None
