"""The text of a mail that was forwarded inline → what the header in it says of the first letter, and the letter.

Mail programs write that header into the text, each in its language: "From: … Date: … Subject: … To: …".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from newsclean.lexicon.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = {
    "from": "from von de da van от från fra lähettäjä od nadawca kimden feladó 发件人 寄件者 差出人 보낸사람 من",
    "date": """date sent datum gesendet envoyé fecha enviado data inviato verzonden дата отправлено skickat sendt dato
        lähetetty wysłano tarih gönderildi dátum elküldve odesláno 发送时间 日期 送信日時 日付 날짜 보낸날짜 التاريخ""",
    "subject": """subject betreff objet asunto assunto oggetto onderwerp тема ämne emne aihe temat konu tárgy předmět
        主题 主旨 件名 제목 الموضوع""",
    "to": """to an à para a aan кому till til vastaanottaja do kime címzett komu cc kopie 收件人 宛先 받는사람 إلى
        reply-to""",
}
"""Labels of a letter's header, as mail programs have them in their languages."""
_LABELS = {word: kind for kind, words in _WORDS.items() for word in words.split()}

MAX_HEADER = 12
"""Lines of such a header; addresses of many readers take some."""

MAX_LABEL = 20
"""Characters before the colon."""

SHARE = 3
"""How many times the text in front a letter has that was forwarded; else what stands in front is the letter."""

_MARKUP_RE = re.compile(r"<(/?(?:br|p|div|tr|table|li|h[1-6]|blockquote|hr)\b)?[^<>]{0,4000}>", re.I)  # "<br>", "</b>"
_LABEL_RE = re.compile(rf"[\W_]{{0,9}}([^\W\d_][\w -]{{0,{MAX_LABEL}}}?)\s{{0,3}}[:：]")  # "*Von:", "发件人："
_NAME_END_RE = re.compile(r"[<\[(]|mailto:")  # "Ann Lee <ann@pier.example>"


@dataclass(frozen=True, slots=True)
class First:
    """The letter that was forwarded."""

    sender: str
    published: str | None
    """ISO 8601."""
    subject: str
    text: str
    """What follows its header."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    end: int
    """Where in the source it ends."""


def first_letter(text: str, *, is_html: bool) -> First | None:
    """Return the letter that a mail forwards, None where it forwards none or is more than that itself."""
    start = max(0, text.lower().find("<body")) if is_html else 0
    lines = list(_shown_lines(text, start) if is_html else _lines(text))
    for number, line in enumerate(lines):
        if _kind(line.text) != "from":
            continue
        found = _header(lines[number : number + MAX_HEADER])
        if {"from", "subject"} <= found.keys() and ("date" in found or "to" in found):
            before = sum(len(one.text) for one in lines[:number])
            after = sum(len(one.text) for one in lines[number:])
            return _first(found, text, start) if before * SHARE < after else None
    return None


def _first(found: dict[str, _Line], text: str, start: int) -> First:
    end = max(line.end for line in found.values())
    return First(
        sender=_NAME_END_RE.split(_value(found["from"]))[0].strip(" \"'*"),
        published=find_date(_value(found["date"])) if "date" in found else None,
        subject=_value(found["subject"]),
        text=text[:start] + text[end:],
    )


def _header(lines: Sequence[_Line]) -> dict[str, _Line]:
    """Return the lines of a header by their kinds, as far as it goes."""
    found: dict[str, _Line] = {}
    for line in lines:
        kind = _kind(line.text)
        if kind is None or (kind in found and kind != "to"):
            break
        found[kind] = line
    return found


def _kind(line: str) -> str | None:
    label = _LABEL_RE.match(line)
    return _LABELS.get(label[1].strip().lower().replace(" ", "")) if label else None


def _value(line: _Line) -> str:
    label = _LABEL_RE.match(line.text)
    return " ".join(line.text[label.end() if label else 0 :].split()).strip("*")


def _lines(text: str) -> Iterator[_Line]:
    place = 0
    for line in text.splitlines(keepends=True):
        place += len(line)
        if line.strip():
            yield _Line(line.strip(), place)


def _shown_lines(html: str, start: int) -> Iterator[_Line]:
    """Yield the lines that a page shows below a place."""
    shown: list[str] = []
    place = start
    for tag in _MARKUP_RE.finditer(html, start):
        shown.append(html[place : tag.start()])
        place = tag.end()
        if tag[1]:
            text = " ".join(unescape("".join(shown)).split())
            shown = []
            if text:
                yield _Line(text, place)
    text = " ".join(unescape("".join([*shown, html[place:]])).split())
    if text:
        yield _Line(text, len(html))
