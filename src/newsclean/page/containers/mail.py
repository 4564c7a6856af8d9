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
from newsclean.page.containers.forwarded import first_letter
from newsclean.page.containers.member import MAX_MEMBER, PICTURE_ROOM, Member, place_of_title
from newsclean.page.containers.mime import date, header, read_parts
from newsclean.page.containers.stream import DamagedError, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message
    from typing import BinaryIO

    from newsclean.page.containers.mime import Part

ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")

FORWARDED = 3
"""How many times the text of a mail one that was forwarded in it has, or a letter its greeting, to count instead."""

_FORWARDS = "fwd?|wg|tr|rv|vs|enc|i|ilt|pd|doorst|转发|轉寄|пересл"
"""How a subject begins of a mail that was forwarded, in the languages of mail programs."""
_REPLY_RE = re.compile(
    rf"(?:(?:re|aw|sv|ynt|odp|回复|答复|回覆|{_FORWARDS})(?:\[\d{{1,3}}\])?[:：]\s{{0,9}}){{1,9}}", re.I
)
# "Fwd: Re: "
_FORWARD_RE = re.compile(rf"\s{{0,9}}(?:{_FORWARDS})[:：]", re.I)  # "WG: "
_QUOTES_RE = re.compile(r"(?:> ?){0,99}")  # "> > "


def read_mail(file: BinaryIO, pictures: bool) -> Iterator[Member]:
    """Yield the one mail of a file."""
    member = mail(file.read(), 1, pictures)
    if member.data is None:
        raise InputError(f"is a mail that {member.left_out}", remedy="decrypt it, or save the page that it links to")
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
        reason = "is encrypted" if top.get_content_type() in ENCRYPTED else "holds no text"
        return Member(name, place, left_out=reason, media_type=top.get_content_type())
    candidates = [part for part in texts if part.media_type == "text/html"] or texts
    best, largest = candidates[0], max(candidates, key=lambda part: len(part.raw))
    if len(best.raw) * FORWARDED < len(largest.raw):
        best = largest
    content, charset, known = _content(best)
    return Member(
        name,
        place,
        content,
        media_type=best.media_type,
        size=len(content),
        saved_at=date(top),
        charset=charset,
        known=known,
        pictures=_pictures(parts) if pictures else {},
    )


def _content(part: Part) -> tuple[bytes, str | None, Metadata]:
    """Return the text of a mail with its charset and what its headers say; of one that forwards another, the other."""
    known = _known(part.message)
    is_html = part.media_type == "text/html"
    if is_html and not _FORWARD_RE.match(header(part.message, "Subject")):
        return part.decoded(), part.charset, known
    text = _text_of(part)
    if _FORWARD_RE.match(header(part.message, "Subject")) and (first := first_letter(text, is_html=is_html)):
        sender = _sender(first.sender)
        title = _REPLY_RE.sub("", first.subject, count=1) or known.title
        known = replace(sender, title=title, published=first.published)
        text = first.text
    if is_html:
        return text.encode("utf-8", "replace"), "utf-8", known
    return f"{known.title or ''}\n\n{text}".encode("utf-8", "replace"), None, known


def _known(message: Message) -> Metadata:
    """Return what the headers of a mail say."""
    sender = _sender(parseaddr(header(message, "From"))[0])
    title = _REPLY_RE.sub("", header(message, "Subject"), count=1) or None
    return replace(sender, title=title, published=date(message))


def _sender(name: str) -> Metadata:
    """Return a sender as the author, where it is a person, else as the site."""
    sender = " ".join(name.split())
    names = tuple(one for one in clean_names(sender) if is_person(one)) if sender else ()
    return Metadata(authors=names, site=sender if sender and not names else None)


def _text_of(part: Part) -> str:
    """Return the text of a part, with the lines joined that only the mail program broke."""
    from newsclean.page.decode import decode

    text = decode(part.decoded(), None, charset=part.charset).text
    if part.media_type == "text/plain" and str(part.headers.get_param("format") or "").lower() == "flowed":
        text = unflow(text, str(part.headers.get_param("delsp") or "").lower() == "yes")
    return text


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
