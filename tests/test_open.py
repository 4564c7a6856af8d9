"""Bytes become a page in one place, and what is no page is refused there with a reason and a remedy."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

import newsclean
from newsclean.errors import InputError, NewscleanError
from newsclean.model import Options, Record
from newsclean.page.open import MAX_UNPACKED, open_record
from newsclean.rules.evidence import read_evidence
from newsclean.runs.join import read_page_facts
from tests.saved import page, run


def zipped(*names: str, encrypted: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x" * 500)
    data = bytearray(file.getvalue())
    data[6] |= encrypted
    return bytes(data)


NOISE = random.Random(5).randbytes(4_000)
FOREIGN = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a PNG picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE,
    "a JPEG picture": b"\xff\xd8\xff\xe0\x00\x10JFIF" + NOISE,
    "an office program": zipped("[Content_Types].xml", "word/document.xml"),
    "an encrypted archive": zipped("page.html", encrypted=True),
    "an RTF document": b"{\\rtf1\\ansi Bridge}",
    "an old office program": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "a sound recording": b"ID3\x03\x00\x00\x00\x00\x0f\x76" + NOISE,
    "a film": b"\x00\x00\x00\x18ftypmp42" + NOISE,
    "a font": b"wOF2\x00\x01\x00\x00" + NOISE,
    "a program": b"\x7fELF\x02\x01\x01\x00" + NOISE,
    "a program, a Flash film": b"MZ\x90\x00\x03\x00" + NOISE,
    "a RAR archive": b"Rar!\x1a\x07\x00" + NOISE,
    "binary data": NOISE,
    "a pointer of Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
    "an index of a crawl (CDX)": b" CDX N b a m s k r M S V g\nexample,quay)/ 20240620080000 a",
    "an index of a crawl (CDXJ)": b'example,quay)/lamp?p=2 20240620080000 {"url": "https://quay.example/lamp?p=2"}\n',
    "JSON": b'{"title": "Bridge", "body": "Text"}',
    "a script or style sheet": b"body{margin:0;padding:0}.nav>li{float:left}",
    "empty": b" \n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_page_is_refused_by_name(name: str) -> None:
    for data in (FOREIGN[name], gzip.compress(FOREIGN[name]), zlib.compress(FOREIGN[name])):
        with pytest.raises(InputError) as caught:
            newsclean.convert(data)
        assert name in caught.value.message
        assert caught.value.remedy


@pytest.mark.parametrize("name", ["a PDF", "binary data", "a JPEG picture"])
def test_kind_or_encoding_asked_for_makes_no_text_of_signed_files(name: str) -> None:
    options = Options(input_kind="text")
    if name == "binary data":
        assert open_record(Record(FOREIGN[name]), options).text
        return
    with pytest.raises(InputError):
        newsclean.convert(FOREIGN[name], options=options)


def test_file_and_stdin_are_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(FOREIGN["a PDF"])
    for done in (run(path), run(input=FOREIGN["a PDF"])):
        assert (done.returncode, done.stdout) == (3, b"")
        assert b"is a PDF, not a saved page (try pdftotext" in done.stderr


def test_python_itself_is_a_program() -> None:
    with pytest.raises(InputError, match="a program"):
        newsclean.convert(Path(sys.executable).resolve().read_bytes()[:500_000])


@pytest.mark.parametrize(
    "text", ["MZ is a label of records.", "BM met on Tuesday.", "CWS 2 is over.", "RIFFs were played."]
)
def test_text_that_begins_like_a_signature_is_text(text: str) -> None:
    assert open_record(Record(text.encode()), Options()).kind == "text"


def test_everybody_opens_a_page_alike() -> None:
    url = "https://harbour.example/ferry/2"
    data = f"<!-- saved from url=({len(url):04}){url} -->{page()}".encode("utf-16")
    record = Record(gzip.compress(data), "ferry.html")
    opened = open_record(record, Options())
    assert (opened.kind, opened.encoding, opened.url) == ("html", "utf-16le", url)
    facts = read_page_facts(record)
    assert facts is not None
    assert facts.address is not None
    assert facts.address.number == 2
    assert read_evidence(record, Options()).host == "harbour.example"


@pytest.mark.torture
def test_limit_of_unpacked_bytes_holds_for_all() -> None:
    bomb = gzip.compress(b" " * (MAX_UNPACKED + 1), 9)
    for read in (
        lambda: newsclean.convert(bomb),
        lambda: read_page_facts(Record(bomb)),
        lambda: read_evidence(Record(bomb), Options()),
    ):
        with pytest.raises(NewscleanError, match="unpacks to more"):
            read()
