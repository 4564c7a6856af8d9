"""Bytes of a file from front to back, unpacked where it is packed, in bounded memory; they can go on behind damage."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from newsclean.errors import InputError
from newsclean.page.containers.member import MAX_RATIO, SMALL
from newsclean.page.containers.response import unzstd
from newsclean.page.foreign import DICTIONARY, PACKINGS, packing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

CHUNK = 65_536
"""Bytes read at a time."""

MAX_LINE = 65_536
"""Bytes of a line that are read as one: addresses in headers stay under 10 kB."""

MAX_DICTIONARY = 16 * 2**20
"""Bytes of a dictionary; those of crawls have some 100 kB."""

ZSTD_CHUNK = 1_024
"""Bytes that are given to zstd at a time: it cannot be told to stop, and makes up to 32 MB of so many."""


class DamagedError(Exception):
    """What was read so far is good, and what follows is not; `resume` finds where it goes on."""


def _size_of(file: BinaryIO) -> int:
    """Return the size of a file, a very large one where it cannot be told."""
    if not file.seekable():
        return 2**62
    place = file.tell()
    size = file.seek(0, 2)
    file.seek(place)
    return size


def _unpacker(name: str, dictionary: bytes) -> Any:
    """Return what unpacks one member; the standard library, and zstandard of the extra [warc]."""
    if name == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    if name == "bzip2":
        import bz2

        return bz2.BZ2Decompressor()
    if name == "xz":
        import lzma

        return lzma.LZMADecompressor(memlimit=2**30)
    zstandard = _zstandard()
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=known, max_window_size=2**27).decompressobj()


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise InputError("is packed with Zstandard", remedy='pip install "newsclean[warc]"') from error
    return zstandard


class Stream:
    """A file that is read once. Each packed member stands for itself, so that one that is broken costs no other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._can_go = file.seekable()
        self._place = file.tell() if self._can_go else 0
        self._raw = file.read(CHUNK)
        """Read and not yet unpacked."""
        self._packing = packing(self._raw)
        self._dictionary = b""
        self._unpacker: Any = None
        self._buffer = b""
        self._at = 0
        """Where in the buffer the next byte is."""
        self._taken, self._given = len(self._raw), 0
        self._size = _size_of(file) - self._place
        if self._raw.startswith(DICTIONARY):
            self._read_dictionary()
        self.begins: bytes | None = None
        """What a record begins with: a packed member that begins so ends the one before, whatever its length says."""
        self._is_new = self._is_early = False
        self._begun = self._inside = 0
        """Where in the file the packed member begins, and how many bytes of it were unpacked."""

    @property
    def taken(self) -> int:
        """Return how many bytes of the file were read."""
        return self._taken

    @contextmanager
    def aside(self, place: int) -> Iterator[Stream]:
        """Give a stream of the same file from a place on where something begins, and go on here afterwards."""
        back = self._file.tell()
        self._file.seek(place)
        try:
            other = Stream(self._file)
            other.begins = self.begins
            other._dictionary = other._dictionary or self._dictionary
            yield other
        finally:
            self._file.seek(back)

    def begin_of(self, line: bytes) -> int | None:
        """Return where in the file the line begins that was just read; None where `aside` cannot go there."""
        if not self._can_go:
            return None
        if self._packing is None:
            return self._place + self._taken - len(self._raw) - len(self._buffer) + self._at - len(line)
        return self._begun if self._inside - len(self._buffer) + self._at == len(line) else None

    def _read_dictionary(self) -> None:
        """Take the dictionary of the crawl, which may be packed itself, off the front of the file."""
        size = int.from_bytes(self._raw[4:8], "little")
        if size > MAX_DICTIONARY:
            raise InputError("has a Zstandard dictionary that is too large", remedy="unpack it with zstd --long=31")
        while len(self._raw) < 8 + size and self._read_raw():
            continue
        dictionary, self._raw = self._raw[8 : 8 + size], self._raw[8 + size :]
        self._dictionary = unzstd(dictionary) if dictionary.startswith(PACKINGS["zstd"]) else dictionary

    def peek(self, size: int) -> bytes:
        """Return the first bytes, fewer where there are no more; only before anything was read. Raises DamagedError."""
        held = b""
        try:
            while len(held) < size and self._fill():
                held += self._buffer
        except DamagedError:  # whoever reads on will meet it, unless only the first bytes were given
            if not held:
                raise
        self._buffer = held
        return held[:size]

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end. Raises DamagedError."""
        self._check(size)
        parts: list[bytes] = []
        while size > 0 and (len(self._buffer) > self._at or self._fill(inside=True)):
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def skip(self, size: int) -> bool:
        """Pass over so many bytes, and return whether they were there. Raises DamagedError."""
        self._check(size)
        while size > 0 and (len(self._buffer) > self._at or self._fill(inside=True)):
            step = min(size, len(self._buffer) - self._at)
            self._at += step
            size -= step
        return size == 0

    def readline(self) -> bytes:
        """Return a line with its end, cut where it is very long; b"" at the end of the file. Raises DamagedError."""
        parts: list[bytes] = []
        room = MAX_LINE
        while room > 0 and (len(self._buffer) > self._at or self._fill()):
            end = self._buffer.find(b"\n", self._at, self._at + room) + 1
            part = self._buffer[self._at : end or self._at + room]
            self._at += len(part)
            room -= len(part)
            parts.append(part)
            if end:
                break
        return b"".join(parts)

    def _check(self, size: int) -> None:
        """Raise DamagedError where a plain file cannot hold so many bytes more."""
        if self.begins and self._packing is None and size > self._size - self._given + len(self._buffer) - self._at:
            raise DamagedError("holds a record that is longer than the file, or is cut off")

    def resume(self) -> bool:
        """Go on where the next packed member begins, or in data that is not packed the next record."""
        if self._is_early:
            self._is_early = False
            return True
        if self._packing is None:
            return self._find_line(self.begins or b"")
        start = 0 if self._unpacker is not None and self._unpacker.eof else 1
        self._unpacker = None
        self._buffer, self._at = b"", 0
        begins = PACKINGS[self._packing]
        while True:
            place = self._raw.find(begins, start)
            start = 0
            if place >= 0:
                self._raw = self._raw[place:]
                return True
            self._raw = self._raw[1 - len(begins) :]
            if not self._read_raw():
                return False

    def _find_line(self, mark: bytes) -> bool:
        mark = b"\n" + mark
        held = self._buffer[self._at :]
        while (place := held.find(mark)) < 0:
            if not self._fill():
                return False
            held = held[1 - len(mark) :] + self._buffer
        self._buffer, self._at = held, place + 1
        return True

    def _read_raw(self) -> bool:
        chunk = self._file.read(CHUNK)
        self._raw += chunk
        self._taken += len(chunk)
        return bool(chunk)

    def _fill(self, inside: bool = False) -> bool:
        """Put more bytes into the buffer, which is read to its end, and return whether there are any.

        `inside`: a record is not at its end.
        """
        self._at = 0
        self._buffer = b""
        while not self._buffer:
            if not self._raw and not self._holds_more() and not self._read_raw():
                if self._unpacker is not None and not self._unpacker.eof:
                    self._unpacker = None
                    raise DamagedError("is cut off")
                return False
            if self._packing is None:
                self._buffer, self._raw = self._raw, b""
            else:
                self._buffer = self._unpack(self._packing)
        self._given += len(self._buffer)
        if self._given > SMALL and self._given > self._taken * MAX_RATIO:
            raise InputError(f"unpacks to more than {MAX_RATIO} times its size", remedy="is it a bomb?")
        if inside and self._is_new and self.begins and self._buffer.startswith(self.begins):
            self._is_early = True
            raise DamagedError("holds a record that is shorter than it says")
        return True

    def _holds_more(self) -> bool:
        return not getattr(self._unpacker, "needs_input", True) and not self._unpacker.eof

    def _unpack(self, name: str) -> bytes:
        """Return the next bytes of the member, or of the one behind it; b"" where more is to be read first."""
        is_next = self._unpacker is None or self._unpacker.eof
        if is_next and not self._begin(name):
            return b""
        self._is_new = is_next
        step = ZSTD_CHUNK if name == "zstd" else len(self._raw)
        piece, rest = self._raw[:step], self._raw[step:]
        if self._holds_more():
            piece, rest = b"", self._raw
        try:
            given: bytes = (
                self._unpacker.decompress(piece) if name == "zstd" else self._unpacker.decompress(piece, CHUNK * 16)
            )
        except Exception as error:  # zlib.error, OSError, LZMAError, ZstdError: each library has its own
            self._unpacker = None
            raise DamagedError("holds broken compressed data") from error
        self._inside += len(given)
        if self._unpacker.eof:
            self._raw = self._unpacker.unused_data + rest
        else:
            self._raw = getattr(self._unpacker, "unconsumed_tail", b"") + rest
        return given

    def _begin(self, name: str) -> bool:
        """Get ready for the next member, and return whether there is one."""
        mark = PACKINGS[name]
        self._raw = self._raw.lstrip(b"\x00")
        while len(self._raw) < len(mark) and self._read_raw():
            continue
        if not self._raw:
            return False
        if not self._raw.startswith(mark):
            raise DamagedError("goes on with what is not packed")
        self._unpacker = _unpacker(name, self._dictionary)
        self._begun, self._inside = self._place + self._taken - len(self._raw), 0
        return True
