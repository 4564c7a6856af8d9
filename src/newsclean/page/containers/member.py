"""Member: one thing in a container, a page or why it is none; names and places of members; the bounds of reading."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsclean.errors import InputError

if TYPE_CHECKING:
    from newsclean.model import Metadata, Record

MAX_MEMBER = 100 * 2**20
"""Bytes of one member, unpacked: as of a file of its own."""

MAX_MEMBERS = 100_000
"""Members of an archive whose list is read as a whole. What is read from front to back, such as WARC, has no limit."""

MAX_NESTING = 3
"""Containers in one another: a mail in a mailbox in an archive."""

MAX_RATIO = 200
"""How many times its size a member may unpack to, past SMALL bytes. Pages reach 20; bombs have 1,000."""

SMALL = 10 * 2**20
"""Bytes that anything may unpack to."""

MAX_PLACE_PART = 120
"""Characters of a folder's or file's name that is made of an address or a title."""

PICTURE_ROOM = 200 * 2**20
"""Bytes of all pictures that one page brings along."""

_NOT_IN_NAMES_RE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]+")  # what some file system forbids
_NOT_SLUG_RE = re.compile(r"[\W_]+")  # "Ferry late, again" → "Ferry-late-again"


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in a container."""

    name: str
    """What picks it, as in `file.zip#a/page.html`; "" where the container holds one page by its nature."""
    place: str
    """Where its output belongs below that of the container: "host/path.html"; leads nowhere else."""
    data: bytes | None = field(default=None, repr=False)
    """The page; None for what is none."""
    left_out: str | None = None
    """Why it gives no page, for a reader: "is an image/png", "HTTP status 404"."""
    is_damaged: bool = False
    """Whether it should have given a page and cannot be read."""
    media_type: str = ""
    size: int | None = None
    url: str | None = None
    saved_at: str | None = None
    charset: str | None = None
    """What the transport says of a page's encoding."""
    known: Metadata | None = field(default=None, repr=False)
    """What the container says of the article."""
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def record(self, outer: Record) -> Record:
        """Return the member as a record of its own, of a container that is the outer one."""
        return replace(
            outer,
            data=self.data or b"",
            name=f"{outer.name}#{self.name}" if self.name else outer.name,
            url=self.url or outer.url if self.name else outer.url or self.url,
            saved_at=self.saved_at or outer.saved_at,
            member=self.name or None,
            charset=self.charset,
            known=self.known,
            pictures=self.pictures,
        )


class Inner(io.BytesIO):
    """A container that was found in another. Raises InputError where containers stand in one another too deep."""

    def __init__(self, data: bytes, outer: object) -> None:
        super().__init__(data)
        self.depth: int = getattr(outer, "depth", 0) + 1
        if self.depth > MAX_NESTING:
            raise InputError("is nested too deeply in other containers", remedy="unpack it, and give what is inside")


def web_url(address: str | None) -> str | None:
    """Return an address of the web, None for any other ("file:///C:/a.htm", "cid:frame-1")."""
    return address.strip() if address and address.strip().lower().startswith(("http://", "https://")) else None


def place_of(name: str) -> str:
    """Return a name in an archive as a path that stays below its folder: "../a/./b.html" gives "a/b.html"."""
    parts = [_NOT_IN_NAMES_RE.sub("_", part).strip(" ") for part in name.replace("\\", "/").split("/")]
    kept = [_shortened(part) for part in parts if part.strip(". ")]
    return "/".join(kept) or "page.html"


def place_of_url(url: str) -> str:
    """Return an address as a path: "https://a.example/news/?p=2" gives "a.example/news/index_p=2.html"."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return place_of(url)
    path = unquote(parts.path)
    folder, _, last = path.rpartition("/")
    last = last or "index"
    if parts.query:
        stem, dot, suffix = last.rpartition(".")
        query = unquote(parts.query).replace("/", "_")
        last = f"{stem}_{query}{dot}{suffix}" if dot and len(suffix) <= 5 else f"{last}_{query}"
    return place_of(f"{parts.netloc or parts.scheme}/{folder}/{last}")


def place_of_title(title: str, number: int) -> str:
    """Return a title as the name of a page; the number of the member stands for one that has no letters."""
    slug = _NOT_SLUG_RE.sub("-", title).strip("-")[:MAX_PLACE_PART].strip("-")
    return slug or str(number)


def _shortened(part: str) -> str:
    """Return a name that file systems take, told from others by a hash where it was cut."""
    if len(part) <= MAX_PLACE_PART:
        return part
    from hashlib import sha256

    stem, dot, suffix = part.rpartition(".")
    suffix = dot + suffix if stem and len(suffix) <= 5 else ""
    return (
        f"{part[: MAX_PLACE_PART - 9 - len(suffix)]}-{sha256(part.encode('utf-8', 'replace')).hexdigest()[:8]}{suffix}"
    )


def iso_time(time: datetime) -> str:
    """Return a time as ISO 8601 to the second with its offset; UTC where it has none."""
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).isoformat(timespec="seconds")


def parse_time(text: str, *patterns: str) -> str | None:
    """Return ISO 8601 for a time in ISO 8601 or one of the patterns, None for what is none."""
    text = text.strip().replace("Z", "+00:00") if text else ""
    for pattern in (None, *patterns):
        try:
            return iso_time(datetime.strptime(text, pattern) if pattern else datetime.fromisoformat(text[:32]))
        except ValueError:  # noqa: PERF203 - the next pattern may fit
            continue
    return None


def check_ratio(packed: int, unpacked: int) -> None:
    """Raise InputError where data unpacks to far more than pages do."""
    if unpacked > MAX_MEMBER:
        raise InputError(
            f"unpacks to more than {MAX_MEMBER // 2**20} MB", remedy="unpack it yourself if it is not a bomb"
        )
    if unpacked > SMALL and unpacked > packed * MAX_RATIO:
        raise InputError(
            f"unpacks to more than {MAX_RATIO} times its size", remedy="unpack it yourself if it is not a bomb"
        )
