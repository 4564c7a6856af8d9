"""Which kinds of file newsclean and its peers read: python -m benchmarks.kinds.

Two invented articles, kept as browsers, crawlers, mail programs and people keep them: one in a file that holds a page,
both in one that holds many. A tool reads a kind if, given the file's bytes, it returns each article by itself, every
paragraph in order, and nothing of the menu, the footer or the packaging.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import logging
import plistlib
import warnings
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

from benchmarks.extractors import NEWSCLEAN, PEERS, extractor, missing_peers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

URL = "https://quay-gazette.example/2024/06/18/lamp.html"
ENGLISH = (
    "Keepers relight the old lamp",
    "The lamp on the northern mole was lit again on Tuesday, nineteen years after the harbour office put it out.",
    "Three retired keepers had cleaned the lens in their own time, and paid for the oil with a cake sale in March.",
    "We were told that every boat has a screen, said one of them, and then they all went dark in the January storm.",
    "The office has allowed the lamp to burn until the autumn, when the council will vote on what its upkeep costs.",
    "Until then the keepers climb the ninety steps in turns, trim the wick at dusk and log the weather.",
    "Visitors may come along on Saturdays, if they bring a pair of soft shoes and do not mind the smell of the oil.",
)
RUSSIAN = (
    "Смотрители снова зажгли старый маяк",
    "Во вторник на северном молу снова загорелся маяк, который портовая служба погасила девятнадцать лет назад.",
    "Трое бывших смотрителей сами отмыли линзу, а на масло собрали деньги на ярмарке пирогов в начале марта.",
    "Говорили, что на каждой лодке есть экран, сказал один из них, а потом в бурю экраны погасли на неделю.",
    "Служба разрешила маяку гореть до осени, когда городской совет решит, кто будет платить за его содержание.",
    "А пока смотрители по очереди поднимаются на девяносто ступеней, поправляют фитиль и записывают погоду в журнал.",
    "По субботам наверх пускают и гостей, если они принесут мягкую обувь и не боятся запаха горящего масла.",
)
"""Headline and paragraphs."""
STORIES = {URL: ENGLISH, "https://quay-gazette.example/ru/mayak.html": RUSSIAN}
"""Address → story, for files that hold several."""
FOREIGN = ("Sport", "All rights reserved", "Content-", "WARC", "<p>", "xml")
"""Words of the page's furniture and of the packaging."""

Story = tuple[str, ...]


def paragraphs(story: Story) -> str:
    """Return a story's paragraphs as HTML."""
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in story[1:])


def page(story: Story = ENGLISH) -> str:
    """Return a story's page."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{story[0]} - Quay Gazette</title></head>\n'
        '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li>'
        f'<li><a href="/sport/">Sport</a></li></ul></nav>\n'
        f"<article><h1>{story[0]}</h1>\n{paragraphs(story)}</article>\n"
        "<footer><p>All rights reserved</p></footer></body></html>\n"
    )


def copied() -> bytes:
    """Return a page's text as a browser copies it."""
    return "\n\n".join(["Home\nNews\nSport", *ENGLISH, "All rights reserved"]).encode()


def mhtml() -> bytes:
    """Return a single-file save of Chrome."""
    save, part = EmailMessage(), EmailMessage()
    part.set_content(page(), subtype="html", cte="quoted-printable")
    part["Content-Location"] = URL
    save["From"], save["Snapshot-Content-Location"] = "<Saved by Blink>", URL
    save["MIME-Version"] = "1.0"
    save.make_related()
    save.attach(part)
    return save.as_bytes()


def webarchive() -> bytes:
    """Return a save of Safari."""
    resource = {
        "WebResourceURL": URL,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceData": page().encode(),
    }
    return plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)


def warc(stories: Mapping[str, Story] = STORIES) -> bytes:
    """Return a crawl of the pages at these addresses."""
    records = []
    for number, (url, story) in enumerate(stories.items()):
        body = page(story).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-20T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:5b0e4f6c-1d52-4c6e-9d53-6b0c2f7e8a1{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0))
    return b"".join(records)


def har() -> bytes:
    """Return what a browser's network tools export."""
    entries = [
        {
            "startedDateTime": "2024-06-20T08:00:00Z",
            "request": {"method": "GET", "url": url},
            "response": {"status": 200, "content": {"mimeType": "text/html; charset=utf-8", "text": page(story)}},
        }
        for url, story in STORIES.items()
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def mailbox() -> bytes:
    """Return a mailbox of newsletters."""
    letters = []
    for story in STORIES.values():
        letter = EmailMessage()
        letter["From"], letter["To"] = "Quay Gazette <news@quay-gazette.example>", "reader@example.org"
        letter["Subject"], letter["Date"] = story[0], "Tue, 18 Jun 2024 19:20:00 +0100"
        letter.set_content("\n\n".join(story[1:]))
        letter.add_alternative(page(story), subtype="html")
        letters.append(b"From news@quay-gazette.example Tue Jun 18 19:20:00 2024\n" + letter.as_bytes() + b"\n")
    return b"".join(letters)


def feed() -> bytes:
    """Return a feed."""
    entries = "".join(
        f"<item><title>{story[0]}</title><link>{url}</link>"
        f"<description><![CDATA[{paragraphs(story)}]]></description></item>"
        for url, story in STORIES.items()
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Quay Gazette</title>'
    return f"{head}{entries}</channel></rss>".encode()


def notes() -> bytes:
    """Return clippings that Evernote exported."""
    clippings = "".join(
        f"<note><title>{story[0]}</title><content><![CDATA[<en-note>{paragraphs(story)}</en-note>]]></content></note>"
        for story in STORIES.values()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<en-export application="Evernote" version="10.0">'
    return f"{head}{clippings}</en-export>".encode()


def packed(files: dict[str, str]) -> bytes:
    """Return a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def book() -> bytes:
    """Return an EPUB, a story a chapter."""
    chapters = {f"c{number}.xhtml": story for number, story in enumerate(STORIES.values())}
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="a.opf"/></rootfiles></container>',
            "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
            f"{items}</manifest><spine>{spine}</spine></package>",
        }
        | {
            name: f"<html><head><title>{story[0]}</title></head>"
            f"<body><h1>{story[0]}</h1>{paragraphs(story)}</body></html>"
            for name, story in chapters.items()
        }
    )


KINDS: dict[str, tuple[Callable[[], bytes], Sequence[Story]]] = {
    "HTML": (lambda: page().encode(), [ENGLISH]),
    "HTML in windows-1251 that says UTF-8": (lambda: page(RUSSIAN).encode("windows-1251"), [RUSSIAN]),
    "text copied from a page": (copied, [ENGLISH]),
    "MHTML": (mhtml, [ENGLISH]),
    "Safari web archive": (webarchive, [ENGLISH]),
    "WARC": (warc, [ENGLISH, RUSSIAN]),
    "HAR": (har, [ENGLISH, RUSSIAN]),
    "mailbox": (mailbox, [ENGLISH, RUSSIAN]),
    "RSS feed": (feed, [ENGLISH, RUSSIAN]),
    "Evernote export": (notes, [ENGLISH, RUSSIAN]),
    "EPUB": (book, [ENGLISH, RUSSIAN]),
    "ZIP of pages": (lambda: packed({"a.html": page(), "b.html": page(RUSSIAN)}), [ENGLISH, RUSSIAN]),
}
"""Kind → what makes the file, and the stories that have to come out."""


def holds(text: str, story: Story) -> bool:
    """Return whether a text has the paragraphs whole and in order, and nothing foreign."""
    text = " ".join(text.split())
    places = [text.find(paragraph) for paragraph in story[1:]]
    return places == sorted(places) and places[0] >= 0 and not any(word in text for word in FOREIGN)


def texts(name: str, data: bytes) -> list[str]:
    """Return what a tool makes of a file: newsclean an article a page, its peers one text."""
    if name == NEWSCLEAN:
        return [article.text for article in importlib.import_module("newsclean").convert_all(data, url=URL)]
    return [extractor(name)(data, URL).text]


def is_read(name: str, kind: str) -> bool:
    """Return whether a tool reads a kind of file."""
    make, stories = KINDS[kind]
    try:
        found = texts(name, make())
    except Exception:  # whatever a tool raises on what it does not read
        return False
    return len(found) == len(stories) and all(map(holds, found, stories))


def read_by(name: str) -> list[bool]:
    """Return for each kind whether a tool reads it, without what it says on that."""
    logging.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [is_read(name, kind) for kind in KINDS]
    finally:
        logging.disable(logging.NOTSET)


def table(read: Mapping[str, Sequence[bool]]) -> Iterator[str]:
    """Yield the lines of the table: kinds by tools."""
    yield f"| | {' | '.join(read)} |"
    yield f"|---{'|---' * len(read)}|"
    for at, kind in enumerate(KINDS):
        yield f"| {kind} | {' | '.join('yes' if found[at] else '–' for found in read.values())} |"


if __name__ == "__main__":
    absent = missing_peers()
    print(*table({name: read_by(name) for name in (NEWSCLEAN, *PEERS) if name not in absent}), sep="\n")
