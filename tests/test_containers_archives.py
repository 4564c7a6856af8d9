"""Archives of pages (ZIP, tar, packed files), books and saves of Firefox: their pages, and nothing outside of them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import InputError
from newsclean.page.containers import open_container
from newsclean.page.containers.member import place_of, place_of_url
from tests.container_pages import ENGLISH, PICTURE, URL, Story, expected, facts, html, mhtml, pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from newsclean.page.containers.member import Member


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def members(data: bytes, pictures: bool = False) -> list[Member]:
    found = open_container(data, pictures=pictures)
    assert found is not None
    return list(found)


def titled(title: str) -> Story:
    return (ENGLISH[0], title, *ENGLISH[2:])


FILES: dict[str, bytes | str] = {
    "a/one.html": html(titled("Lamp one")),
    "a/img/lamp.png": PICTURE,
    "a/style.css": "body{margin:0;padding:0}.nav>li{float:left}",
    "two.htm": html(titled("Lamp two")),
    "two_files/frame.html": html(titled("Advertisement")),
    "two_files/lamp.png": PICTURE,
    ".hidden/three.html": html(titled("Hidden")),
    "__MACOSX/._two.htm": "x",
    "saved.mhtml": mhtml(html(titled("Lamp four")).encode()),
}


@pytest.mark.parametrize(
    "pack", [zipped, tarred, lambda files: gzip.compress(tarred(files)), lambda files: bz2.compress(tarred(files))]
)
def test_archive_gives_its_pages(pack: Callable[[dict[str, bytes | str]], bytes]) -> None:
    articles = newsclean.convert_all(pack(FILES))
    found = [(article.title, article.input.member) for article in articles]
    assert ("Lamp one", "a/one.html") in found
    assert ("Lamp two", "two.htm") in found
    assert ("Lamp four", "saved.mhtml") in found
    assert len(found) == 3


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_may_begin_with_the_folder_itself(pack: Callable[[dict[str, bytes | str]], bytes]) -> None:
    """As in what `tar czf pages.tgz .` writes."""
    data = pack(
        {"./a.html": html(titled("Lamp")), "./b/c.html": html(titled("Pier")), "./.d/e.html": html(), ".f.html": html()}
    )
    assert [article.title for article in newsclean.convert_all(data)] == ["Lamp", "Pier"]
    assert [member.place for member in members(data)] == ["a.html", "b/c.html"]


def test_what_an_archive_holds_besides_is_named() -> None:
    reasons = {member.name: member.left_out for member in members(zipped(FILES))}
    assert reasons["a/img/lamp.png"] == "is a PNG picture"
    assert reasons["a/style.css"] == "is a script or style sheet"
    assert reasons["a/one.html"] is None


def zstd(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard").compress(data)
    return packed


def brotli(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("brotli").compress(data)
    return packed


PACKINGS = [
    pytest.param(pack, id=name)
    for name, pack in (
        ("gzip", gzip.compress),
        ("bzip2", bz2.compress),
        ("xz", lzma.compress),
        ("zstd", zstd),
        ("br", brotli),
    )
]


@pytest.mark.parametrize("pack", PACKINGS)
def test_packed_page_and_packed_container_are_read(pack: Callable[[bytes], bytes]) -> None:
    assert facts(newsclean.convert(pack(html().encode()), url=URL)) == expected()
    assert facts(newsclean.convert(pack(mhtml(html().encode())))) == expected()
    assert facts(newsclean.convert(pack(zipped({"a.html": html()})), url=URL)) == expected()


@pytest.mark.parametrize("pack", PACKINGS)
def test_packed_file_that_is_cut_off_is_refused(pack: Callable[[bytes], bytes]) -> None:
    data = pack(html().encode() + random.Random(1).randbytes(60_000).hex().encode())
    for cut in (data[: len(data) * 2 // 3], data[:-3], data[:20] + b"\xff" * 999 + data[1019:]):
        with pytest.raises(InputError):
            newsclean.convert(cut)


def test_page_that_is_packed_twice_is_read_and_what_is_packed_more_often_refused() -> None:
    """Servers pack what is packed already, and programs that fetch it keep both."""
    page = html().encode()
    assert facts(newsclean.convert(gzip.compress(gzip.compress(page)), url=URL)) == expected()
    for data in (gzip.compress(gzip.compress(gzip.compress(page))), gzip.compress(gzip.compress(mhtml(page)))):
        with pytest.raises(InputError, match="packed several times") as caught:
            newsclean.convert(data)
        assert caught.value.remedy


@pytest.mark.parametrize("name", ["[Content_Types].xml", "AndroidManifest.xml", "META-INF/MANIFEST.MF"])
def test_document_and_program_in_zip_are_refused_wherever_their_mark_stands(name: str) -> None:
    with pytest.raises(InputError, match=r"document of an office program|is a program") as caught:
        newsclean.convert_all(zipped({"docProps/app.xml": "x" * 9_000, "word/a.xml": html(), name: "x"}, 0))
    assert caught.value.remedy


def test_page_brings_the_pictures_below_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a/page.html": html(), "a/img/lamp.png": PICTURE}))
    assert pictures_of(path) == [PICTURE]
    path.write_bytes(zipped({"page.html": html(picture="page_files/lamp.png"), "page_files/lamp.png": PICTURE}))
    assert pictures_of(path) == [PICTURE]


def test_save_of_firefox_has_its_address_and_time(tmp_path: Path) -> None:
    rdf = (
        '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"'
        ' xmlns:NC="http://home.netscape.com/NC-rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="{URL}"/><MAF:title RDF:resource="Lamp"/>'
        '<MAF:archivetime RDF:resource="Thu, 20 Jun 2024 08:00:00 +0000"/>'
        '<MAF:charset RDF:resource="windows-1252"/></RDF:Description></RDF:RDF>'
    )
    page = html(picture="index_files/lamp.png", charset="x")
    path = tmp_path / "a.maff"
    path.write_bytes(zipped({"1718/index.rdf": rdf, "1718/index.html": page, "1718/index_files/lamp.png": PICTURE}))
    article = newsclean.convert(path)
    assert facts(article)[:5] == expected()[:5]
    assert article.input.saved_at == "2024-06-20T08:00:00+00:00"
    assert pictures_of(path) == [PICTURE]


def single_file() -> bytes:
    manifest = {"originalUrl": URL, "archiveTime": "2024-06-20T08:00:00.387Z", "indexFilename": "index.html"}
    return zipped(
        {
            "index.html": html(picture="images/1.png"),
            "manifest.json": json.dumps(manifest),
            "images/1.png": PICTURE,
            "frames/0/index.html": html(titled("Advertisement")),
        }
    )


@pytest.mark.parametrize(
    "start", [b"", b"<!DOCTYPE html> <html data-sfz><!--\n Page saved with SingleFile -->" + b"x" * 50_000]
)
def test_packed_save_of_single_file_is_its_page(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(start + single_file() + (b"--></body></html>" if start else b""))
    article = newsclean.convert(path)
    assert facts(article)[:5] == expected()[:5]
    assert article.input.saved_at == "2024-06-20T08:00:00+00:00"
    assert pictures_of(path) == [PICTURE]


def epub(**more: bytes | str) -> bytes:
    chapters = {number: html(titled(f"Chapter {number}")).replace("<!DOCTYPE html>", "") for number in (1, 2)}
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    items = "".join(
        f'<item id="c{n}" href="text/chapter%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (1, 2)
    )
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Lamps</dc:title><dc:creator>Ann Lee</dc:creator>'
        "<dc:language>en</dc:language><dc:date>2024-06-18</dc:date><dc:publisher>Quay Press</dc:publisher></metadata>"
        f'<manifest>{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="p" href="img/lamp.png" media-type="image/png"/></manifest>'
        '<spine><itemref idref="nav"/><itemref idref="c2"/><itemref idref="c1"/><itemref idref="gone"/></spine>'
        "</package>"
    )
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/content.opf": opf,
        "OEBPS/nav.xhtml": "<html><body><nav>Contents</nav></body></html>",
        "OEBPS/text/chapter 1.xhtml": chapters[1],
        "OEBPS/text/chapter 2.xhtml": chapters[2].replace("img/lamp.png", "../img/lamp.png"),
        "OEBPS/img/lamp.png": PICTURE,
    }
    return zipped(files | {name.replace("__", "/"): content for name, content in more.items()})


def test_book_gives_its_chapters_in_the_order_of_its_spine() -> None:
    articles = newsclean.convert_all(epub())
    assert [article.title for article in articles] == ["Chapter 2", "Chapter 1"]
    assert [member.place for member in members(epub())] == ["002-chapter 2.xhtml", "003-chapter 1.xhtml"]
    assert articles[0].metadata.site == "Quay Press"
    (first, _) = members(epub(), pictures=True)
    assert first.pictures == {"../img/lamp.png": PICTURE}


def test_cover_of_a_book_is_no_failure() -> None:
    cover = '<html><head><title>Cover</title></head><body><p><img src="../img/lamp.png" alt=""/></p></body></html>'
    found = members(epub(**{"OEBPS__text__chapter 2.xhtml": cover}))
    assert [member.left_out for member in found] == ["holds no text", None]
    assert not found[0].is_damaged


def test_locked_chapter_is_named() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:CipherData><enc:CipherReference URI="OEBPS/text/chapter%202.xhtml"/></enc:CipherData>'
        "</enc:EncryptedData></encryption>"
    )
    found = members(epub(**{"META-INF__encryption.xml": encryption}))
    assert [member.left_out for member in found] == ["is locked (DRM)", None]


def test_broken_book_is_refused() -> None:
    for name, content in (("META-INF__container.xml", "<container/>"), ("OEBPS__content.opf", "no xml")):
        with pytest.raises(InputError) as caught:
            newsclean.convert(epub(**{name: content}))
        assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\windows\\a.html", "C_/windows/a.html"),
        ("a/./../b.html", "a/b.html"),
        ("a\0b\n.html", "a_b_.html"),
        ("....//a.html", "a.html"),
        ("~/a.html", "~/a.html"),
        ("", "page.html"),
        ("..", "page.html"),
    ],
)
def test_place_of_a_member_leads_nowhere_else(name: str, place: str) -> None:
    assert place_of(name) == place


def test_places_of_addresses_are_paths_too() -> None:
    chance = random.Random(2)
    for _ in range(2_000):
        url = "http://" + "".join(chance.choice("a./\\:%2e#?&=[]@~\0\n…") for _ in range(chance.randrange(30)))
        parts = place_of_url(url).split("/")
        assert all(part and part not in (".", "..") and not part.isspace() for part in parts), (url, parts)


def test_members_that_are_broken_or_encrypted_cost_themselves_alone() -> None:
    data = bytearray(zipped({"a.html": html(titled("Lamp one")), "b.html": html(titled("Lamp two"))}))
    place = data.index(b"a.html") + 20
    data[place : place + 30] = b"\xff" * 30
    found = members(bytes(data))
    assert [(member.name, member.data is not None) for member in found] == [("a.html", False), ("b.html", True)]
    assert found[0].is_damaged
    data = bytearray(zipped({"a.html": html(), "b.html": html(titled("Lamp two"))}, zipfile.ZIP_STORED))
    listed = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[listed + 8] |= 1
    assert [member.left_out for member in members(bytes(data))] == [None, "is encrypted"]


@pytest.mark.parametrize(
    "data", [zipped(FILES)[:-200], zipped(FILES)[:500], tarred(FILES)[:1500], b"PK\x03\x04" + b"\0" * 50]
)
def test_archive_that_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        newsclean.convert_all(data)
    assert caught.value.remedy


def bomb() -> bytes:
    return zipped(
        {f"{number}.html": b"<p>" + b" " * 60_000_000 for number in range(2)} | {"good.html": html().encode()}
    )


@pytest.mark.torture
def test_bomb_is_left_out_and_the_page_beside_it_is_read() -> None:
    data = bomb()
    start = time.process_time()
    found = members(data)
    assert time.process_time() - start < 15
    assert [member.name for member in found if member.data] == ["good.html"]
    assert all("times its size" in (member.left_out or "") for member in found[:-1])


@pytest.mark.torture
def test_archives_in_archives_end() -> None:
    data = zipped({"page.html": html()})
    for _ in range(30):
        data = zipped({"inner.zip": data, "page.html": html()})
    start = time.process_time()
    found = members(data)
    assert time.process_time() - start < 15
    assert 0 < sum(member.data is not None for member in found) < 10


def lying_tar(size: int) -> bytes:
    info = tarfile.TarInfo("a.html")
    info.size = size
    first = tarfile.TarInfo("first.html")
    first.size = len(data := html().encode())
    return first.tobuf() + data + bytes(-len(data) % 512) + info.tobuf() + data


@pytest.mark.torture
@pytest.mark.parametrize("size", [10**6, 10**12, 10**18])
def test_member_of_a_tar_that_lies_about_its_size_costs_no_time(size: int) -> None:
    start = time.process_time()
    found = open_container(lying_tar(size))
    assert found is not None
    assert next(found).name == "first.html"
    with pytest.raises(InputError, match="broken or cut off"):
        list(found)
    assert time.process_time() - start < 5


@pytest.mark.torture
def test_tar_with_a_million_members_is_refused() -> None:
    start = time.process_time()
    with pytest.raises(InputError, match="more than 100,000 files"):
        members(tarfile.TarInfo("a.html").tobuf() * 1_000_000)
    assert time.process_time() - start < 15


def test_links_and_devices_in_a_tar_are_passed_over_and_names_lead_nowhere_else() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(f"{name}.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        data = html().encode()
        for name in ("../../up.html", "/root.html", "a/../../b.html"):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    found = members(file.getvalue())
    assert [member.place for member in found if member.data] == ["up.html", "root.html", "a/b.html"]


def test_chapter_that_a_book_names_often_comes_once() -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="c" href="text/chapter%201.xhtml"'
        ' media-type="application/xhtml+xml"/></manifest><spine>' + '<itemref idref="c"/>' * 9 + "</spine></package>"
    )
    assert len(members(epub(**{"OEBPS__content.opf": opf}))) == 1


@pytest.mark.torture
def test_archive_with_a_million_members_is_refused_unread() -> None:
    entry = bytearray(zipped({"a.html": ""}))
    place = entry.index(b"PK\x01\x02")
    listed, end = bytes(entry[place : entry.index(b"PK\x05\x06")]), entry[entry.index(b"PK\x05\x06") :]
    end[12:16] = (len(listed) * 1_000_000).to_bytes(4, "little")
    start = time.process_time()
    with pytest.raises(InputError, match="more than 100,000 files"):
        newsclean.convert_all(bytes(entry[:place]) + listed * 1_000_000 + bytes(end))
    assert time.process_time() - start < 10


def test_member_without_a_name_is_passed_over() -> None:
    data = zipped({"x.html": html(), "b.html": html()}).replace(b"x.html", b"\0.html")
    assert [member.name for member in members(data) if member.data] == ["b.html"]


def test_damaged_archives_never_crash() -> None:
    chance = random.Random(3)
    for whole in (zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), lzma.compress(tarred(FILES)), epub()):
        for _ in range(40):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                found = open_container(bytes(data))
                assert found is None or list(found) is not None
            except InputError:
                continue
