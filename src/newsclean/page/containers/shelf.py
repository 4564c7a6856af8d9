"""A ZIP archive that is read within bounds: the size of its list, of each member, and of all together."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers.member import MAX_MEMBER, MAX_MEMBERS, MAX_RATIO, check_ratio
from newsclean.page.containers.stream import CHUNK, DamagedError

if TYPE_CHECKING:
    from typing import IO, BinaryIO

MAX_LIST = 200 * MAX_MEMBERS
"""Bytes of the list of an archive's members, which is read before any of them."""

ROOM = 2**30
"""Bytes that the members of an archive may unpack to together, beside MAX_RATIO times its size."""

LOCAL_HEADER = 30
"""Bytes before the name of a member where it lies, the last four of which tell how long that and its extra are."""

BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, OverflowError),
    *(NotImplementedError, RuntimeError, DamagedError),
)
"""What reading a member raises that is broken, encrypted, or packed in a way that Python does not know."""


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """Return an archive whose list has been read. Raises InputError where it is broken or too long."""
    if _list_size(file) > MAX_LIST:
        raise InputError(f"holds more than {MAX_MEMBERS:,} files", remedy="unpack it, and give the folder")
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise InputError("is a ZIP archive that is broken or cut off", remedy="fetch or save it again") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise InputError(f"holds more than {MAX_MEMBERS:,} files", remedy="unpack it, and give the folder")
    return archive


def _list_size(file: BinaryIO) -> int:
    """Return about how many bytes the list of a ZIP archive takes, told without reading it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return 0
    told = int.from_bytes(tail[place + 12 : place + 16], "little")
    place = tail.rfind(b"PK\x06\x06", 0, place)
    return int.from_bytes(tail[place + 40 : place + 48], "little") if told == 0xFFFFFFFF and place >= 0 else told


class Shelf:
    """A ZIP archive that is read within bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.files = {info.filename: info for info in archive.infolist() if info.filename[-1:] not in ("", "/")}
        self.packed = sum(info.compress_size for info in self.files.values())
        self._room = ROOM + MAX_RATIO * self.packed

    def read(self, name: str, limit: int = MAX_MEMBER) -> bytes:
        """Return the content of a member. Raises InputError."""
        with self.open(name) as stream:
            data = stream.read(limit + 1)
        self._spend(len(data))
        check_ratio(self.files[name].compress_size, len(data))
        return data[:limit]

    def open(self, name: str) -> Guarded:
        """Return a stream of the content of a member. Raises InputError."""
        info = self.files[name]
        if info.flag_bits & 1:
            raise InputError("is encrypted", remedy="unpack it with its password")
        try:
            return Guarded(self.archive.open(info), _stored(self.archive, info))
        except BROKEN as error:
            raise InputError("is broken, or packed in an unusual way") from error

    def head(self, name: str) -> bytes:
        """Return the first bytes of a member. Raises InputError."""
        with self.open(name) as stream:
            data = stream.read(CHUNK)
        self._spend(len(data))
        return data

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise InputError("unpacks to far more than pages do", remedy="unpack it yourself if it is not a bomb")


class Guarded(io.RawIOBase):
    """A member of an archive as a stream from front to back, whose errors are InputErrors.

    What is not packed can be gone to besides, without its sum being checked there.
    """

    def __init__(self, stream: IO[bytes], stored: Stored | None) -> None:
        self._stream = stream
        self._stored = stored
        self._given = self._place = 0

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer at the end."""
        try:
            if self._place == self._given or self._stored is None:
                data = self._stream.read(size)
                self._given += len(data)
            else:
                data = self._stored.read(self._place, size)
        except BROKEN as error:
            raise InputError("is broken or cut off") from error
        self._place += len(data)
        return data

    def seekable(self) -> bool:
        """Return whether it is not packed: else going back would mean unpacking anew."""
        return self._stored is not None

    def tell(self) -> int:
        """Return where the next byte is."""
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, from the start or from the end."""
        if self._stored is None:
            raise io.UnsupportedOperation("seek")
        self._place = place + (self._stored.size if whence == io.SEEK_END else 0)
        return self._place

    def close(self) -> None:
        """Close the member too."""
        self._stream.close()
        super().close()


class Stored:
    """The content of a member that is not packed, where it lies in the archive."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file = file
        self._start = start
        self.size = size

    def read(self, place: int, size: int) -> bytes:
        """Return so many bytes from a place on, fewer at the end."""
        self._file.seek(self._start + place)
        rest = max(0, self.size - place)
        return self._file.read(min(size, rest) if size >= 0 else rest)


def _stored(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Stored | None:
    """Return where the content of a member lies, None where it is packed."""
    if info.compress_type != zipfile.ZIP_STORED or archive.fp is None:
        return None
    archive.fp.seek(info.header_offset)
    head = archive.fp.read(LOCAL_HEADER)
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return Stored(archive.fp, info.header_offset + LOCAL_HEADER + names, info.file_size)
