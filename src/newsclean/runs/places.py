"""Inputs and outputs at addresses: what fsspec opens (S3, GCS, HDFS, memory …) beside local paths.

A file that is put there is whole or absent. Nothing of a run or a page is known here.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from uuid import uuid4

from newsclean.errors import InputError, OutputError
from newsclean.files import lock, remove_leftovers, write_atomic
from newsclean.runs.read import COMPANION_SUFFIXES, PAGE_SUFFIXES, open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UPLOADED_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"})
"""Protocols of stores in which an object appears when its upload ends; elsewhere a file is renamed when it is whole."""

LOCK = ".newsclean.lock"
"""File in a folder of outputs while a run writes there."""

_STATES = ("size", "ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created", "md5Hash")
"""What file systems tell of a file that changes with its content."""


def is_address(path: str) -> bool:
    """Return whether a path is an address for fsspec: "s3://bucket/a.warc.gz"."""
    scheme, mark, _ = path.partition("://")
    return bool(mark) and scheme.replace("+", "").replace(":", "").isalnum() and not os.path.lexists(path)


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise OutputError("addresses need fsspec", remedy='pip install "newsclean[cluster]"') from error
    return fsspec


def _system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it. Raises OutputError where a library is missing."""
    fsspec = _fsspec()
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:  # no s3fs; no such protocol
        raise OutputError(str(error), source=address) from error
    return system, path


def open_place(path: str) -> BinaryIO:
    """Open a file at a path or an address for reading. Raises OSError."""
    if not is_address(path):
        return open_regular(path)
    system, name = _system(path)
    return cast(BinaryIO, system.open(name, "rb"))


def stamp_of(info: dict[str, Any]) -> str:
    """Return what changes when a file does: its size, its time, its hash where the store knows one."""
    return " ".join(str(info[name]) for name in _STATES if info.get(name) is not None)


def find_files(address: str) -> Iterator[tuple[str, str, int, str, bool]]:
    """Yield address, place below the folder that is asked for, size, stamp and whether it was named, of each file.

    A folder is walked in the order of names, without hidden files and what browsers save beside a page.
    Raises InputError where nothing is there.
    """
    system, path = _system(address)
    try:
        if any(mark in path for mark in "*?["):
            found = system.glob(path, detail=True)
            files = sorted(info["name"] for info in found.values() if info["type"] == "file")
            yield from (_file(system, found[name], name, is_given=True) for name in files)
        elif system.isdir(path):
            yield from (_file(system, info, place) for info, place in _walk(system, path))
        else:
            yield _file(system, system.info(path), path.rpartition("/")[2], is_given=True)
    except OSError as error:
        raise InputError((error.strerror or str(error) or type(error).__name__).lower(), source=address) from error


def _file(system: Any, info: dict[str, Any], place: str, *, is_given: bool = False) -> tuple[str, str, int, str, bool]:
    address = str(system.unstrip_protocol(info["name"]))
    return address, place.strip("/"), int(info.get("size") or 0), stamp_of(info), is_given


def _walk(system: Any, top: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what is known of each file below a folder, and its place there, folder by folder."""
    waiting = [(top, "")]
    while waiting:
        folder, place = waiting.pop()
        listing = {info["name"].rstrip("/").rpartition("/")[2]: info for info in system.ls(folder, detail=True)}
        folders = []
        for name in sorted(name for name in listing if name and not name.startswith(".")):
            if listing[name]["type"] != "directory":
                yield listing[name], f"{place}/{name}"
            elif not _is_companion(name, listing):
                folders.append((listing[name]["name"], f"{place}/{name}"))
        waiting += reversed(folders)


def _is_companion(name: str, beside: dict[str, Any]) -> bool:
    stems = [name.removesuffix(suffix) for suffix in COMPANION_SUFFIXES if name.endswith(suffix)]
    return any(stem + suffix in beside for stem in stems for suffix in ("", *PAGE_SUFFIXES))


class Folder:
    """A folder of outputs at a path or an address."""

    def __init__(self, folder: str) -> None:
        self._local = None if is_address(folder) else Path(folder)
        self._system: Any = None
        self._path = ""
        if self._local is None:
            self._system, self._path = _system(folder)

    @contextmanager
    def claimed(self) -> Iterator[Callable[[], None]]:
        """Hold the folder for one run, and give what raises OutputError where another one has it by now.

        A local folder is locked, and refused to a second run. Stores and some network file systems have no locks:
        there the run that began last has it, and the one before gives up.
        """
        with ExitStack() as stack:
            if self._local and stack.enter_context(_locked(self._local)):
                yield lambda: None
                return
            token = uuid4().hex.encode("ascii")
            self.put(LOCK, lambda path: write_atomic(path, token))

            def check() -> None:
                if self.read(LOCK) != token:
                    raise OutputError("another run of newsclean writes there by now", remedy="let it end")

            try:
                yield check
            finally:
                if self.read(LOCK) == token:
                    self.remove(LOCK)

    def put(self, name: str, write: Callable[[Path], None]) -> tuple[int, str]:
        """Have a local file written, and put it in its place whole; return its size and hash, 0 where none was written.

        `write` is given a path that it writes to whole or not at all. Raises OSError.
        """
        if self._local:
            path = self._local / name
            write(path)
            return _size_and_hash(path)
        with TemporaryDirectory(prefix="newsclean-") as scratch:
            path = Path(scratch, Path(name).name)
            write(path)
            size, digest = _size_and_hash(path)
            if size:
                self._upload(path, name, digest)
            return size, digest

    def _upload(self, path: Path, name: str, digest: str) -> None:
        goal = f"{self._path.rstrip('/')}/{name}"
        self._system.makedirs(goal.rpartition("/")[0], exist_ok=True)
        protocols = self._system.protocol
        if UPLOADED_WHOLE.isdisjoint((protocols,) if isinstance(protocols, str) else protocols):
            passing = f"{goal.rpartition('/')[0]}/.newsclean-{digest[:16]}-{os.getpid()}.tmp"
            self._system.put_file(str(path), passing)
            self._system.mv(passing, goal)
        else:
            self._system.put_file(str(path), goal)

    def read(self, name: str, size: int | None = None) -> bytes | None:
        """Return the content of a file, or its first bytes; None where there is none."""
        try:
            with self.open(name) as file:
                return file.read(-1 if size is None else size)
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading. Raises OSError."""
        if self._local:
            return (self._local / name).open("rb")
        return cast(BinaryIO, self._system.open(f"{self._path.rstrip('/')}/{name}", "rb"))

    def size(self, name: str) -> int | None:
        """Return the size of a file, None where there is none."""
        with suppress(FileNotFoundError):
            if self._local:
                return (self._local / name).stat().st_size
            return int(self._system.info(f"{self._path.rstrip('/')}/{name}")["size"])
        return None

    def names(self, folder: str = "") -> list[str]:
        """Return the names of what is in the folder, or in one inside it; none where there is no such folder."""
        try:
            if self._local:
                return sorted(path.name for path in (self._local / folder).iterdir())
            listing = self._system.ls(f"{self._path.rstrip('/')}/{folder}".rstrip("/"), detail=False, refresh=True)
        except FileNotFoundError:
            return []
        return sorted(str(name).rstrip("/").rpartition("/")[2] for name in listing)

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        with suppress(FileNotFoundError):
            if self._local:
                (self._local / name).unlink()
            else:
                self._system.rm_file(f"{self._path.rstrip('/')}/{name}")

    def remove_folder(self, name: str) -> None:
        """Take away a folder that is empty; stores have none such."""
        if self._local:
            with suppress(OSError):
                (self._local / name).rmdir()

    def tidy(self, folder: str = "") -> None:
        """Take away what writers that were killed left behind."""
        if self._local:
            remove_leftovers(self._local / folder)
            return
        for name in self.names(folder):
            if name.startswith(".newsclean-") and name.endswith(".tmp"):
                self.remove(f"{folder}/{name}".lstrip("/"))


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder, and give whether its file system can. Raises OutputError where another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK
    while True:
        with path.open("ab") as file:
            held = lock(file)
            if held is False:
                raise OutputError("another run of newsclean writes there", source=str(folder), remedy="let it end")
            if held and not _is_at(file, path):  # whoever held it has just taken the file away
                continue
            try:
                yield bool(held)
            finally:
                path.unlink(missing_ok=True)
            return


def _is_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _size_and_hash(path: Path) -> tuple[int, str]:
    if not path.is_file():
        return 0, ""
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            digest.update(chunk)
    return path.stat().st_size, digest.hexdigest()
