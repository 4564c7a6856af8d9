"""tar, packed or not → the pages inside, from front to back, and looked through before for what belongs to them."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.errors import InputError
from newsclean.page.containers import HEAD, container_kind
from newsclean.page.containers.archive import PICTURE_SUFFIXES, companions, is_aside, nested
from newsclean.page.containers.member import MAX_MEMBER, MAX_MEMBERS, PICTURE_ROOM, Inner, Member, place_of
from newsclean.page.containers.shelf import BROKEN
from newsclean.page.containers.stream import DamagedError, Stream
from newsclean.page.sniff import foreign_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

MAX_ENDS = 8
"""How often the end of an archive may be read; it takes two."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What an archive holds beside its pages."""

    folders: tuple[str, ...] = ()
    """Those of the files that browsers saved with a page."""
    images: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures by their names; as many as one page may bring along."""


class Ending:
    """A stream that is not read on behind its end, as tarfile does to pass over a member that says it has 1 TB."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._ends = 0

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end. Raises DamagedError."""
        data = self._stream.read(size)
        self._ends += not data
        if self._ends > MAX_ENDS:
            raise DamagedError("is cut off")
        return data


def read_tar(file: BinaryIO | Stream, pictures: bool) -> Iterator[Member]:
    """Yield the pages of a tar archive, in the order of the archive."""
    beside = _look_through(file, pictures) if not isinstance(file, Stream) and file.seekable() else _Beside()
    try:
        for archive, info in _files(file if isinstance(file, Stream) else Stream(file)):
            if is_aside(info.name) or info.name.startswith(beside.folders):
                continue
            for member in _members(archive, info, file, pictures):
                yield _with_images(member, beside.images) if member.name == info.name else member
    except BROKEN as error:
        raise InputError("is a tar archive that is broken or cut off", remedy="fetch it again") from error


def _files(stream: Stream) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the plain files of an archive; links and devices lead elsewhere."""
    with tarfile.open(fileobj=Ending(stream), mode="r|") as archive:  # type: ignore[call-overload]  # reads alone
        for number, info in enumerate(archive):
            if number >= MAX_MEMBERS:
                raise InputError(f"holds more than {MAX_MEMBERS:,} files", remedy="unpack it, and give the folder")
            if info.isfile():
                yield archive, info


def _look_through(file: BinaryIO, pictures: bool) -> _Beside:
    names: list[str] = []
    images: dict[str, bytes] = {}
    room = PICTURE_ROOM
    start = file.tell()
    try:
        for archive, info in _files(Stream(file)):
            names.append(info.name)
            if pictures and info.name.lower().endswith(PICTURE_SUFFIXES) and info.size <= room:
                content = archive.extractfile(info)
                images[info.name] = content.read() if content else b""
                room -= info.size
    except (InputError, *BROKEN):
        pass  # whoever reads the pages will meet it
    file.seek(start)
    return _Beside(tuple(companions(names)), images)


def _with_images(member: Member, images: Mapping[str, bytes]) -> Member:
    """Return a page with the pictures below its folder."""
    if not images:
        return member
    start = member.name.rpartition("/")[0]
    start = f"{start}/" if start else ""
    below = {unquote(name.removeprefix(start)): data for name, data in images.items() if name.startswith(start)}
    return replace(member, pictures=below)


def _members(archive: tarfile.TarFile, info: tarfile.TarInfo, outer: object, pictures: bool) -> Iterator[Member]:
    content = archive.extractfile(info)
    if content is None or info.size > MAX_MEMBER:
        yield Member(info.name, place_of(info.name), left_out="is too large for a page", size=info.size)
        return
    data = content.read()
    if (kind := container_kind(data[:HEAD])) is not None:
        try:
            yield from nested(info.name, kind.read(Inner(data, outer), pictures))
        except InputError as error:
            yield Member(info.name, place_of(info.name), left_out=error.message, is_damaged=True)
    elif (foreign := foreign_kind(data)) is not None:
        yield Member(info.name, place_of(info.name), left_out=f"is {foreign.name}", size=info.size)
    else:
        yield Member(info.name, place_of(info.name), data, size=info.size)
