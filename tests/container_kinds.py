"""One invented page as each kind of saved page: what a browser, a mail program, a crawler or a reader keeps of it."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import lzma
import mailbox
import plistlib
from dataclasses import dataclass
from hashlib import md5
from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.container_pages import PICTURE, PICTURE_URL, URL, Story, html, mhtml
from tests.test_containers_archives import tarred, zipped
from tests.test_containers_crawls import INFO, chunked, packed, record
from tests.test_containers_entries import CHROME, FIREFOX
from tests.test_containers_mail import mail

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOMENT = "2024-06-20T08:00:00Z"
INLINE = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
PICTURE_TAG = f"<img src='{INLINE}' alt='The lamp'>"


@dataclass(frozen=True)
class Sample:
    """A page that is to be saved."""

    folder: Path
    story: Story
    codec: str

    def page(self, picture: str = "img/lamp.png", *, mark: str = "", codec: str | None = None) -> bytes:
        """Return the page in its charset; `mark` stands before its head."""
        codec = codec or self.codec
        return html(self.story, picture=picture, charset=codec).replace("<head>", f"{mark}<head>").encode(codec)

    def body(self, picture: str) -> str:
        """Return the article without its headline, as feeds and notes have it."""
        first, *rest = self.story[3]
        return f"<p>{first}</p><p>{picture}</p>{''.join(f'<p>{one}</p>' for one in rest)}"

    def file(self, name: str, data: bytes) -> Path:
        """Return a file with data in the sample's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def xml(self, text: str) -> bytes:
        return f'<?xml version="1.0" encoding="{self.codec}"?>{text}'.encode(self.codec)


def plain(sample: Sample) -> Path:
    return sample.file("page.html", sample.page(INLINE, mark=f"<!-- saved from url=({len(URL):04}){URL} -->\n"))


def with_folder(name: str) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        sample.file(f"{name}/lamp.png", PICTURE)
        sample.file(f"{name}/frame.html", b"<html><body><p>An advertisement of boats</p></body></html>")
        mark = f"<!-- saved from url=({len(URL):04}){URL} -->\n"
        sample.file("page.html", sample.page(f"./{name}/lamp.png", mark=mark))
        return sample.folder

    return save


def single_file_save(sample: Sample) -> Path:
    mark = (
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Thu Jun 20 2024 08:00:00 GMT+0000 (UTC)\n-->"
    )
    return sample.file("page.html", sample.page(INLINE, mark=mark, codec="utf-8"))


def single_file_zip(start: bytes, end: bytes) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        manifest = {"originalUrl": URL, "archiveTime": MOMENT, "indexFilename": "index.html"}
        files: dict[str, bytes | str] = {
            "index.html": sample.page("images/1.png", codec="utf-8"),
            "images/1.png": PICTURE,
            "manifest.json": json.dumps(manifest),
        }
        return sample.file("page.html", start + zipped(files) + end)

    return save


def monolith(sample: Sample) -> Path:
    mark = f"<!-- Saved from {URL} at {MOMENT} using monolith v2.10.1 -->"
    return sample.file("page.html", mark.encode() + b"\n" + sample.page(INLINE))


def mhtml_save(encoding: str, picture: str = "img/lamp.png", place: str = PICTURE_URL) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        data = mhtml(sample.page(picture), sample.codec, encoding, others=(("image/png", place, PICTURE),))
        return sample.file("page.mhtml", data)

    return save


def mhtml_of_internet_explorer(sample: Sample) -> Path:
    headers = {
        "From": "=?utf-8?Q?Saved_by_Windows_Internet_Explorer_11?=",
        "Snapshot-Content-Location": "",
        "Subject": f"=?{sample.codec}?B?{base64.b64encode(sample.story[1].encode(sample.codec)).decode()}?=",
        "X-MimeOLE": "Produced By Microsoft MimeOLE V6.3",
    }
    data = mhtml(sample.page(PICTURE_URL), sample.codec, headers=headers, others=(("image/png", PICTURE_URL, PICTURE),))
    return sample.file("page.mht", data)


def mhtml_around_a_frame(sample: Sample) -> Path:
    around = b'<html><body><iframe src="cid:frame-2@mhtml.blink"></iframe></body></html>'
    frame = sample.page(PICTURE_URL)
    data = mhtml(around, url="https://quay-gazette.example/", others=(("image/png", PICTURE_URL, PICTURE),))
    part = (
        f"------Edge--x----\r\nContent-Type: text/html; charset={sample.codec}\r\nContent-Location: {URL}\r\n"
        f"Content-ID: <frame-2@mhtml.blink>\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    ).encode()
    return sample.file("page.mhtml", data.replace(b"------Edge--x------", part + frame + b"\r\n------Edge--x------"))


def webarchive(binary: bool) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        def resource(data: bytes, kind: str, url: str) -> dict[str, object]:
            return {"WebResourceData": data, "WebResourceMIMEType": kind, "WebResourceURL": url}

        main = resource(sample.page(), "text/html", URL) | {"WebResourceTextEncodingName": sample.codec}
        archive = {"WebMainResource": main, "WebSubresources": [resource(PICTURE, "image/png", PICTURE_URL)]}
        form = plistlib.FMT_BINARY if binary else plistlib.FMT_XML
        return sample.file("page.webarchive", plistlib.dumps(archive, fmt=form))

    return save


def maff(sample: Sample) -> Path:
    rdf = (
        '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"'
        ' xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="{URL}"/>'
        f'<MAF:charset RDF:resource="{sample.codec}"/></RDF:Description></RDF:RDF>'
    )
    page = sample.page("index_files/lamp.png")
    files: dict[str, bytes | str] = {
        "1718/index.rdf": rdf,
        "1718/index.html": page,
        "1718/index_files/lamp.png": PICTURE,
    }
    return sample.file("page.maff", zipped(files))


def view_source_of_chrome(sample: Sample) -> Path:
    lines = html(sample.story, picture=INLINE, charset=sample.codec).splitlines()
    rows = "".join(
        f'<tr><td class="line-number"></td><td class="line-content">{escape(line)}</td></tr>' for line in lines
    )
    return sample.file("source.html", f"<!-- view-source:{URL} -->{CHROME.format(rows)}".encode())


def view_source_of_firefox(sample: Sample) -> Path:
    source = html(sample.story, picture=INLINE, charset=sample.codec)
    return sample.file("source.html", FIREFOX.format(URL, f"<span>{escape(source)}</span>").encode())


def har(sample: Sample) -> Path:
    def entry(url: str, kind: str, body: bytes) -> dict[str, object]:
        content = {"mimeType": kind, "text": base64.b64encode(body).decode(), "encoding": "base64"}
        return {"startedDateTime": MOMENT, "request": {"url": url}, "response": {"status": 200, "content": content}}

    entries = [
        entry(URL, f"text/html; charset={sample.codec}", sample.page()),
        entry(PICTURE_URL, "image/png", PICTURE),
    ]
    return sample.file("page.har", json.dumps({"log": {"version": "1.2", "entries": entries}}).encode())


def archivebox(sample: Sample) -> Path:
    snapshot = "archive/1718870400.0"
    save = single_file_save(sample)
    sample.file(f"{snapshot}/singlefile.html", save.read_bytes())
    save.unlink()
    sample.file(f"{snapshot}/output.html", b"<html><body><p>The tree of the page</p></body></html>")
    sample.file(f"{snapshot}/index.html", b"<html><body><p>About the snapshot</p></body></html>")
    sample.file(f"{snapshot}/index.json", b"{}")
    sample.file("index.html", b"<html><body><ul><li>Snapshots</li></ul></body></html>")
    return sample.folder / "archive"


def zotero(sample: Sample) -> Path:
    item = "storage/AB12CD34"
    save = single_file_save(sample)
    sample.file(f"{item}/lighthouse.html", save.read_bytes())
    save.unlink()
    sample.file(f"{item}/advert.html", b"<html><body><p>An advertisement of boats</p></body></html>")
    sample.file(f"{item}/.zotero-ft-cache", b"words")
    return sample.folder


def enex(sample: Sample) -> Path:
    media = f'<en-media hash="{md5(PICTURE, usedforsecurity=False).hexdigest()}" type="image/png"/>'
    note = f"<en-note>{sample.body(media)}</en-note>"
    resource = f'<data encoding="base64">{base64.b64encode(PICTURE).decode()}</data><mime>image/png</mime>'
    text = (
        f"<en-export><note><title>{sample.story[1]}</title><content><![CDATA[{note}]]></content>"
        f"<created>20240618T182000Z</created><note-attributes><author>{sample.story[2]}</author>"
        f"<source-url>{URL}</source-url></note-attributes><resource>{resource}</resource></note></en-export>"
    )
    return sample.file("notes.enex", sample.xml(text))


def picture_record() -> bytes:
    return record(PICTURE, headers="Content-Type: image/png\r\n", url=PICTURE_URL, number=2)


def crawl(
    pack: Callable[..., bytes], name: str, body: Callable[[bytes], bytes], coding: str = ""
) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        headers = f"Content-Type: text/html; charset={sample.codec}\r\n{coding}"
        return sample.file(name, pack(INFO, record(body(sample.page()), headers=headers), picture_record()))

    return save


def joined(*records: bytes) -> bytes:
    return b"".join(records)


def zstandard(*records: bytes) -> bytes:
    return b"".join(map(pytest.importorskip("zstandard").compress, records))


def brotli(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("brotli").compress(data)
    return packed


def resource_record(sample: Sample) -> Path:
    headers = f"Content-Type: text/html; charset={sample.codec}\r\n"
    return sample.file(
        "a.warc", joined(INFO, record(sample.page(), kind="resource", http=False, headers=headers), picture_record())
    )


def arc(sample: Sample) -> Path:
    def line(url: str, kind: str, body: bytes) -> bytes:
        block = f"HTTP/1.0 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        return f"{url} 192.0.2.1 20240620080000 {kind.partition(';')[0]} {len(block)}\n".encode() + block + b"\n"

    about = b"1 0 Invented\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20240620080000 text/plain %d\n%s\n" % (len(about), about)
    page = line(URL, f"text/html; charset={sample.codec}", sample.page())
    return sample.file("a.arc.gz", packed(head, page, line(PICTURE_URL, "image/png", PICTURE)))


def wacz(sample: Sample) -> Path:
    page = record(sample.page(), headers=f"Content-Type: text/html; charset={sample.codec}\r\n")
    files: dict[str, bytes | str] = {
        "archive/a.warc.gz": packed(INFO, page, picture_record()),
        "datapackage.json": "{}",
    }
    return sample.file("a.wacz", zipped(files, 0))


def letter(sample: Sample) -> bytes:
    """Return a newsletter with its picture in it."""
    message = mail(page=html(sample.story, picture="cid:lamp@quay", charset=sample.codec), charset=sample.codec)
    part = message.get_payload()[1]  # type: ignore[index]
    part.add_related(PICTURE, "image", "png", cid="<lamp@quay>")  # type: ignore[union-attr]
    return message.as_bytes()


def mbox(sample: Sample) -> Path:
    path = sample.file("letters.mbox", b"")
    box = mailbox.mbox(path)
    box.add(letter(sample))
    box.close()
    return path


def epub(sample: Sample) -> Path:
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="O/a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="c" href="page.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="p" href="img/lamp.png" media-type="image/png"/></manifest><spine><itemref idref="c"/></spine>'
        "</package>"
    )
    names = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "O/a.opf": opf}
    return sample.file("a.epub", zipped({**names, "O/page.xhtml": sample.page(), "O/img/lamp.png": PICTURE}))


def archived(pack: Callable[[dict[str, bytes | str]], bytes], name: str) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        mark = f"<!-- saved from url=({len(URL):04}){URL} -->\n"
        return sample.file(name, pack({"a/page.html": sample.page(mark=mark), "a/img/lamp.png": PICTURE}))

    return save


def compressed(pack: Callable[[bytes], bytes], name: str) -> Callable[[Sample], Path]:
    def save(sample: Sample) -> Path:
        mark = f"<!-- saved from url=({len(URL):04}){URL} -->\n"
        return sample.file(name, pack(sample.page(INLINE, mark=mark)))

    return save


def rss(sample: Sample) -> Path:
    text = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Gazette</title>'
        f"<item><title>{sample.story[1]}</title><link>{URL}</link><dc:creator>{sample.story[2]}</dc:creator>"
        "<pubDate>Tue, 18 Jun 2024 19:20:00 +0100</pubDate>"
        f"<content:encoded><![CDATA[{sample.body(PICTURE_TAG)}]]></content:encoded></item></channel></rss>"
    )
    return sample.file("feed.xml", sample.xml(text))


def atom(sample: Sample) -> Path:
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Gazette</title><entry><title>{sample.story[1]}</title>'
        f'<link href="{URL}"/><id>lamp</id><author><name>{sample.story[2]}</name></author>'
        f'<published>2024-06-18T19:20:00+01:00</published><content type="html">'
        f"{escape(sample.body(PICTURE_TAG))}</content></entry></feed>"
    )
    return sample.file("feed.xml", sample.xml(text))


def json_feed(sample: Sample) -> Path:
    item = {
        "id": "lamp",
        "url": URL,
        "title": sample.story[1],
        "content_html": sample.body(f'<img src="{INLINE}" alt="a">'),
        "date_published": "2024-06-18T19:20:00+01:00",
        "authors": [{"name": sample.story[2]}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay Gazette", "items": [item]}
    return sample.file("feed.json", json.dumps(feed).encode())


def same(data: bytes) -> bytes:
    return data


SAVES: dict[str, Callable[[Sample], Path]] = {
    "HTML": plain,
    "folder of Chrome in English": with_folder("page_files"),
    "folder in German": with_folder("page-Dateien"),
    "folder in French": with_folder("page_fichiers"),
    "folder in Spanish": with_folder("page_archivos"),
    "SingleFile": single_file_save,
    "SingleFile that unpacks itself": single_file_zip(
        b"<!DOCTYPE html> <html data-sfz><!--" + b"x" * 9_000, b"--></html>"
    ),
    "SingleFile in ZIP": single_file_zip(b"", b""),
    "monolith": monolith,
    "MHTML in quoted-printable": mhtml_save("quoted-printable"),
    "MHTML in base64": mhtml_save("base64"),
    "MHTML in 8bit": mhtml_save("8bit"),
    "MHTML in binary": mhtml_save("binary"),
    "MHTML with identifiers": mhtml_save("quoted-printable", "cid:lamp@mhtml.blink", "cid:lamp@mhtml.blink"),
    "MHTML of Internet Explorer": mhtml_of_internet_explorer,
    "MHTML around a frame": mhtml_around_a_frame,
    "web archive in binary": webarchive(binary=True),
    "web archive in XML": webarchive(binary=False),
    "MAFF": maff,
    "view of a source in Chrome": view_source_of_chrome,
    "view of a source in Firefox": view_source_of_firefox,
    "HAR": har,
    "ArchiveBox": archivebox,
    "Zotero": zotero,
    "Evernote": enex,
    "WARC": crawl(joined, "a.warc", same),
    "WARC in gzip": crawl(packed, "a.warc.gz", same),
    "WARC in Zstandard": crawl(zstandard, "a.warc.zst", same),
    "WARC with chunks": crawl(packed, "a.warc.gz", chunked, "Transfer-Encoding: chunked\r\n"),
    "WARC with bodies in gzip": crawl(packed, "a.warc.gz", gzip.compress, "Content-Encoding: gzip\r\n"),
    "WARC with bodies in Brotli": crawl(packed, "a.warc.gz", brotli, "Content-Encoding: br\r\n"),
    "WARC of resources": resource_record,
    "ARC": arc,
    "WACZ": wacz,
    "mail": lambda sample: sample.file("letter.eml", letter(sample)),
    "mailbox": mbox,
    "EPUB": epub,
    "ZIP": archived(zipped, "a.zip"),
    "tar": archived(tarred, "a.tar"),
    "tar in gzip": archived(lambda files: gzip.compress(tarred(files)), "a.tar.gz"),
    "gzip": compressed(gzip.compress, "page.html.gz"),
    "bzip2": compressed(bz2.compress, "page.html.bz2"),
    "xz": compressed(lzma.compress, "page.html.xz"),
    "Zstandard": compressed(zstandard, "page.html.zst"),
    "Brotli": compressed(brotli, "page.html.br"),
    "RSS": rss,
    "Atom": atom,
    "JSON Feed": json_feed,
}
