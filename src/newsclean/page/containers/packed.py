"""Packed containers that are read as a whole, and pages in bzip2, xz, Zstandard and Brotli → what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.containers import HEAD, container_kind
from newsclean.page.containers.member import MAX_MEMBER, Inner, Member
from newsclean.page.containers.response import unbrotli
from newsclean.page.containers.stream import DamagedError, Stream
from newsclean.page.foreign import packing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def read_packed(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the members of the container that is packed, or the one page."""
    head = file.read(HEAD)
    file.seek(0)
    try:
        if packing(head) is None:
            data = unbrotli(file.read(MAX_MEMBER))
            kind = container_kind(data[:HEAD])
        else:
            stream = Stream(file)
            kind = container_kind(stream.peek(HEAD))
            data = stream.read(MAX_MEMBER + 1)
    except DamagedError as error:
        raise InputError(f"is a packed file that {error}", remedy="is the download complete?") from error
    if len(data) > MAX_MEMBER:
        raise InputError(
            f"unpacks to more than {MAX_MEMBER // 2**20} MB", remedy="unpack it yourself if it is not a bomb"
        )
    if kind is None:
        yield Member("", "page.html", data, size=len(data))
    elif kind.module == "packed":
        raise InputError("is packed several times", remedy="unpack it, and give what is inside")
    else:
        yield from kind.read(Inner(data, file), pictures)
