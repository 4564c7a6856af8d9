"""Mails (.eml) and mailboxes (.mbox) → the newsletter or letter in each, its HTML rather than its plain text.

Subject, sender and day come from the headers where the page itself does not say them. Of a mail that was forwarded as
an attachment the inner one counts where it holds more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import is_person
from newsclean.model import Metadata
from newsclean.page.containers.member import MAX_MEMBER, PICTURE_ROOM, Member, place_of_title
from newsclean.page.containers.mime import date, header, read_parts
from newsclean.page.containers.stream import DamagedError, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message
    from typing import BinaryIO

    from newsclean.page.containers.mime import Part

FORWARDED = 3
"""How many times the text of a mail one that was forwarded in it has, or a letter its greeting, to count instead."""

_REPLY_RE = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)(?:\[\d{1,3}\])?:\s{0,9}){1,9}", re.I)  # "Fwd: Re: "
_QUOTES_RE = re.compile(r"(?:> ?){0,99}")  # "> > "


def read_mail(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the one mail of a file."""
    member = mail(file.read(), 1, pictures)
    if member.data is None:
        raise InputError(f"is a mail that {member.left_out}")
    yield member


def read_mbox(file: BinaryIO | Stream, pictures: bool) -> Iterator[Member]:
    """Yield the mails of a mailbox from front to back."""
    stream = file if isinstance(file, Stream) else Stream(file)
    number = 0
    for data in _mails(stream):
        number += 1
        name = str(number)
        if data is None:
            yield Member(name, name, left_out="is cut off or too large", is_damaged=True)
            continue
        try:
            member = mail(data, number, pictures)
        except InputError as error:
            member = Member("", name, left_out=error.message, is_damaged=True)
        yield member if member.name else replace(member, name=name)


def _mails(stream: Stream) -> Iterator[bytes | None]:
    """Yield the mails between the lines that begin with "From ", None for one that cannot be read."""
    lines: list[bytes] = []
    size = 0
    after_blank = True
    try:
        while line := stream.readline():
            if after_blank and line.startswith(b"From ") and (lines or size):
                yield b"".join(lines) if size <= MAX_MEMBER else None
                lines, size = [], 0
            elif not line.startswith(b"From ") or not after_blank:
                size += len(line)
                if size <= MAX_MEMBER:
                    lines.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
                else:
                    lines = []
            after_blank = line in (b"\n", b"\r\n")
    except DamagedError:
        yield None
        return
    if lines or size:
        yield b"".join(lines) if size <= MAX_MEMBER else None


def mail(data: bytes, number: int, pictures: bool) -> Member:
    """Return the page of a mail."""
    top, parts = read_parts(data)
    texts = [part for part in parts if part.media_type in ("text/html", "text/plain") and not part.is_attachment]
    subject = _REPLY_RE.sub("", header(top, "Subject"), count=1)
    name, place = header(top, "Message-ID").strip("<>"), place_of_title(subject, number)
    if not texts:
        return Member(name, place, left_out="holds no text", media_type=top.get_content_type())
    candidates = [part for part in texts if part.media_type == "text/html"] or texts
    best, largest = candidates[0], max(candidates, key=lambda part: len(part.raw))
    if len(best.raw) * FORWARDED < len(largest.raw):
        best = largest
    known = _known(best.message)
    content = best.decoded()
    if best.media_type == "text/plain":
        content = _as_text(best, content, known.title or subject)
    return Member(
        name,
        place,
        content,
        media_type=best.media_type,
        size=len(content),
        saved_at=date(top),
        charset=None if best.media_type == "text/plain" else best.charset,
        known=known,
        pictures=_pictures(parts) if pictures else {},
    )


def _known(message: Message) -> Metadata:
    """Return what the headers of a mail say: a sender who is a person is its author, any other the site."""
    sender = " ".join(parseaddr(header(message, "From"))[0].split())
    names = tuple(name for name in clean_names(sender) if is_person(name)) if sender else ()
    return Metadata(
        title=_REPLY_RE.sub("", header(message, "Subject"), count=1) or None,
        authors=names,
        published=date(message),
        site=sender if sender and not names else None,
    )


def _as_text(part: Part, content: bytes, subject: str) -> bytes:
    """Return a plain text as UTF-8 below its subject, with the lines joined that only the mail program broke."""
    from newsclean.page.decode import decode

    text = decode(content, None, charset=part.charset).text
    if str(part.headers.get_param("format") or "").lower() == "flowed":
        text = unflow(text, str(part.headers.get_param("delsp") or "").lower() == "yes")
    return f"{subject}\n\n{text}".encode()


def unflow(text: str, delete_space: bool) -> str:
    """Return text of `format=flowed` with its soft line ends undone: a line that ends in a space goes on."""
    lines: list[str] = []
    open_quotes: str | None = None
    for line in text.splitlines():
        quotes = _QUOTES_RE.match(line)
        mark = quotes[0].replace(" ", "") if quotes else ""
        content = line[len(quotes[0]) if mark and quotes else 0 :]
        content = content[1:] if content.startswith(" ") and not mark else content
        if open_quotes == mark and lines:
            lines[-1] += content
        else:
            lines.append(f"{mark} {content}" if mark else content)
        is_soft = content.endswith(" ") and content != "-- "
        if is_soft and delete_space:
            lines[-1] = lines[-1][:-1]
        open_quotes = mark if is_soft else None
    return "\n".join(lines)


def _pictures(parts: Sequence[Part]) -> dict[str, bytes]:
    from newsclean.page.containers.mhtml import picture_names

    found: dict[str, bytes] = {}
    room = PICTURE_ROOM
    for part in parts:
        if part.media_type.startswith("image/") and len(part.raw) <= room:
            data = part.decoded()
            room -= len(data)
            found |= dict.fromkeys(picture_names(part, ""), data)
    return found
