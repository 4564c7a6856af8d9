"""Crawls (WARC, ARC, WACZ) and HAR: each page that was fetched, and what is damaged named and passed over."""

from __future__ import annotations

import base64
import gzip
import http.server
import io
import json
import random
import re
import subprocess
import threading
import time
import tracemalloc
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import InputError
from newsclean.page.containers import open_container
from newsclean.page.containers.stream import CHUNK
from tests.container_pages import ENGLISH, LEGACY, PICTURE, PICTURE_URL, URL, expected, facts, html
from tests.saved import tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsclean.page.containers.member import Member


def record(
    body: bytes,
    *,
    url: str = URL,
    kind: str = "response",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    length: int | None = None,
    number: int = 1,
    http: bool = True,
) -> bytes:
    """Return a WARC record."""
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body if http else body
    content_type = "application/http; msgtype=response" if http else headers.strip().removeprefix("Content-Type: ")
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-20T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:08}>\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


INFO = record(
    b"software: invented\r\n", kind="warcinfo", url="", http=False, headers="Content-Type: application/warc-fields"
)
PAGE = html().encode()


def members(data: bytes) -> list[Member]:
    found = open_container(data)
    assert found is not None
    return list(found)


def pages(data: bytes) -> list[Member]:
    return [member for member in members(data) if member.data is not None]


def packed(*records: bytes) -> bytes:
    """Return records as crawlers pack them: each a gzip member."""
    return b"".join(map(gzip.compress, records))


def chunked(body: bytes, size: int = 700) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    "pack", [lambda *records: b"".join(records), packed, lambda *records: gzip.compress(b"".join(records))]
)
def test_warc_gives_what_the_page_gives(pack: object) -> None:
    article = newsclean.convert(pack(INFO, record(PAGE)))  # type: ignore[operator]
    assert facts(article) == expected()
    assert article.input.member == "<urn:uuid:00000001>"
    assert article.input.saved_at == "2024-06-20T08:00:00+00:00"


def bodies() -> Iterator[tuple[str, bytes, str]]:
    raw = zlib.compressobj(wbits=-15)
    yield "chunked", chunked(PAGE), "Transfer-Encoding: chunked\r\n"
    yield "gzip", gzip.compress(PAGE), "Content-Encoding: gzip\r\n"
    yield "deflate", zlib.compress(PAGE), "Content-Encoding: deflate\r\n"
    yield "raw deflate", raw.compress(PAGE) + raw.flush(), "Content-Encoding: deflate\r\n"
    yield "chunked gzip", chunked(gzip.compress(PAGE)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    yield "said to be packed", PAGE, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("body", "headers"), [pytest.param(body, headers, id=name) for name, body, headers in bodies()]
)
def test_body_is_unpacked(body: bytes, headers: str) -> None:
    assert facts(newsclean.convert(record(body, headers=f"Content-Type: text/html\r\n{headers}"))) == expected()


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_body_in_a_packing_of_the_extra(coding: str) -> None:
    module = pytest.importorskip({"br": "brotli", "zstd": "zstandard"}[coding])
    body = module.compress(PAGE)
    headers = f"Content-Type: text/html\r\nContent-Encoding: {coding}\r\n"
    assert facts(newsclean.convert(record(body, headers=headers))) == expected()
    for broken in (body[: len(body) // 2], body[:5] + b"\xff" * 50):
        (member,) = members(record(broken, headers=headers))
        assert member.is_damaged or not member.data


def test_warc_in_zstd() -> None:
    zstandard = pytest.importorskip("zstandard")
    data = b"".join(zstandard.compress(one) for one in (INFO, record(PAGE), record(PAGE, number=2)))
    assert [member.name for member in pages(data)] == ["<urn:uuid:00000001>", "<urn:uuid:00000002>"]


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("padding", [0, 100_000])
def test_warc_in_zstd_with_its_dictionary(is_packed: bool, padding: int) -> None:
    zstandard = pytest.importorskip("zstandard")
    dictionary = random.Random(1).randbytes(padding) + INFO + record(PAGE)
    known = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
    front = zstandard.compress(dictionary) if is_packed else dictionary
    records = (INFO, record(PAGE), record(PAGE, number=2))
    data = b"\x5d\x2a\x4d\x18" + len(front).to_bytes(4, "little") + front + b"".join(map(known.compress, records))
    assert [member.name for member in pages(data)] == ["<urn:uuid:00000001>", "<urn:uuid:00000002>"]
    assert facts(newsclean.convert_all(data)[0]) == expected()
    with pytest.raises(InputError, match="dictionary that is too large"):
        members(data[:4] + b"\xff\xff\xff\x7f" + data[8:])


@pytest.mark.parametrize("codec", LEGACY)
def test_charset_of_the_transport_outranks_that_of_the_page(codec: str) -> None:
    page = html(LEGACY[codec], charset="iso-8859-1").encode(codec)
    article = newsclean.convert(record(page, headers=f"Content-Type: text/html; charset={codec}\r\n"))
    assert facts(article) == expected(LEGACY[codec])


def test_what_is_no_page_is_left_out_with_its_reason() -> None:
    data = b"".join(
        [
            record(PAGE, status="404 Not Found", url=f"{URL}?a"),
            record(PICTURE, headers="Content-Type: image/png\r\n", url=PICTURE_URL),
            record(
                b"User-agent: *\nDisallow: /a\n",
                headers="Content-Type: text/plain\r\n",
                url="https://a.example/robots.txt",
            ),
            record(b"", kind="revisit"),
            record(b"", url=f"{URL}?b"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(PAGE, kind="resource", http=False, headers="Content-Type: text/html\r\n"),
            record(
                " ".join(ENGLISH[3]).encode(), kind="conversion", http=False, headers="Content-Type: text/plain\r\n"
            ),
        ]
    )
    assert [member.left_out for member in members(data)] == [
        "has HTTP status 404",
        "is image/png",
        "is a file for robots",
        "is the same as a capture that is not in this crawl",
        "is empty",
        None,
        None,
    ]


@pytest.mark.parametrize("media_type", ["application/xml", "text/xml"])
def test_page_that_is_sent_as_xml_is_told_from_data(media_type: str) -> None:
    headers = f"Content-Type: {media_type}; charset=utf-8\r\n"
    assert facts(newsclean.convert(record(PAGE, headers=headers))) == expected()
    packed_page = record(gzip.compress(PAGE), headers=f"{headers}Content-Encoding: gzip\r\n")
    assert facts(newsclean.convert(packed_page)) == expected()
    (data,) = members(record(b"<?xml version='1.0'?><sitemap><url/></sitemap>", headers=headers))
    assert data.left_out == f"is {media_type}"


def test_page_that_the_crawler_cut_off_is_named() -> None:
    def truncated(page: bytes) -> bytes:
        return record(page).replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date")

    (cut,) = members(truncated(PAGE[: len(PAGE) * 2 // 3]))
    assert (cut.data, cut.left_out, cut.is_damaged) == (None, "was cut off by the crawler (length)", True)
    assert facts(newsclean.convert(truncated(PAGE))) == expected()


def test_arc_is_read() -> None:
    block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 0 Invented\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20130307194300 text/plain %d\n%s\n" % (len(version), version)
    line = b"%s 192.0.2.1 20130307194348 text/html %d\n" % (URL.encode(), len(block))
    for pack in (b"".join, lambda parts: packed(*parts)):
        article = newsclean.convert(pack([head, line + block + b"\n"]))
        assert facts(article) == expected()
        assert article.input.saved_at == "2013-03-07T19:43:48+00:00"


def test_members_have_places_of_their_own() -> None:
    urls = [
        "https://a.example/",
        "https://a.example/news/?p=2",
        "http://a.example/../../etc/passwd",
        "https://a.example/%2e%2e/x",
    ]
    places = [member.place for url in urls for member in members(record(PAGE, url=url))]
    assert places == ["a.example/index", "a.example/news/index_p=2", "a.example/etc/passwd", "a.example/x"]
    (long,) = members(record(PAGE, url=f"https://a.example/{'x' * 3000}.html"))
    assert max(map(len, long.place.split("/"))) <= 120


def numbered(count: int) -> list[bytes]:
    return [record(PAGE.replace(b"Keepers", b"Keepers %d" % number), number=number) for number in range(count)]


def test_damaged_record_costs_itself_alone() -> None:
    records = numbered(6)
    data = bytearray(packed(*records))
    place = len(packed(*records[:2])) + 300
    data[place : place + 9] = b"\xff" * 9
    found = members(bytes(data))
    assert [member.name[-3:-1] for member in found if member.data] == ["00", "01", "03", "04", "05"]
    assert [member.is_damaged for member in found] == [False, False, True, False, False, False]


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed])
@pytest.mark.parametrize("length", [9, 10**6, 99_999_999_999, 10**18])
def test_wrong_length_costs_its_record_alone(pack: object, length: int) -> None:
    records = numbered(5)
    records[2] = record(PAGE, number=2, length=length)
    found = members(pack(*records))  # type: ignore[operator]
    assert [member.name[-3:-1] for member in found if member.data] == ["00", "01", "03", "04"]
    assert sum(member.is_damaged for member in found) == 1


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed])
def test_file_that_is_cut_off_gives_what_is_whole(pack: object) -> None:
    data: bytes = pack(*numbered(5))  # type: ignore[operator]
    found = members(data[:-400])
    assert [member.data is not None for member in found] == [True, True, True, True, False]
    assert found[-1].is_damaged


@pytest.mark.torture
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            record(
                b"ffffffff\r\n" + b"x" * 2_000_000, headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
            ),
            id="endless chunk",
        ),
        pytest.param(
            record(b"1\r\nx\r\n" * 1_000_000, headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
            id="tiny chunks",
        ),
        pytest.param(
            record(gzip.compress(b"<p>" * 60_000_000), headers="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
            id="bomb",
        ),
        pytest.param(b"WARC/1.0\r\n" + b"A: b\r\n" * 2_000_000, id="endless header"),
        pytest.param(b"WARC/1.0\r\n" + b"A" * 30_000_000, id="endless line"),
        pytest.param(b"WARC/1.0\r\n\r\n" * 200_000, id="records without length"),
        pytest.param(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 50_000, id="empty records"),
    ],
)
def test_hostile_crawls_take_bounded_time_and_give_no_page(data: bytes) -> None:
    start = time.process_time()
    assert not pages(data)
    assert time.process_time() - start < 8


@pytest.mark.torture
def test_gzip_bomb_is_refused_while_it_unfolds() -> None:
    bomb = gzip.compress(record(b"", length=10**12) + b"x" * 100_000_000)
    start = time.process_time()
    with pytest.raises(InputError, match="times its size"):
        pages(bomb)
    assert time.process_time() - start < 10


@pytest.mark.torture
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        for number in range(3_000):
            file.write(gzip.compress(record(PAGE, number=number), 1))
    with path.open("rb") as file:
        found = open_container(file)
        assert found is not None
        peaks = []
        tracemalloc.start()
        for number, _ in enumerate(found):
            if number % 1_000 == 999:
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()
        tracemalloc.stop()
    assert len(peaks) == 3
    assert peaks[2] < peaks[0] * 1.1
    assert peaks[2] < 60 * CHUNK


def test_wacz_gives_the_pages_of_its_crawls() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.warc.gz", packed(INFO, *numbered(3)))
        archive.writestr("indexes/index.cdx", "invented")
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr("datapackage.json", "{}")
    assert [member.name for member in pages(file.getvalue())] == [f"<urn:uuid:{number:08}>" for number in range(3)]


def test_several_pages_are_named_where_one_was_wanted() -> None:
    with pytest.raises(InputError, match=r"holds several pages.*#<urn:uuid:00000001>") as caught:
        newsclean.convert(b"".join(numbered(9)))
    assert caught.value.remedy
    articles = newsclean.convert_all(b"".join(numbered(3)))
    assert [article.title for article in articles] == [f"Keepers {number} relight the old lamp" for number in range(3)]
    assert [article.input.member for article in articles] == [f"<urn:uuid:{number:08}>" for number in range(3)]


def test_har_gives_its_documents() -> None:
    def entry(url: str, mime: str, body: bytes, status: int = 200, packed: bool = False) -> dict[str, object]:
        content = {
            "mimeType": mime,
            "size": len(body),
            "text": body.decode("latin-1") if not packed else base64.b64encode(body).decode(),
        }
        content |= {"encoding": "base64"} if packed else {"text": body.decode("utf-8", "replace")}
        return {
            "startedDateTime": "2024-06-20T08:00:00.123Z",
            "request": {"url": url},
            "response": {"status": status, "content": content},
        }

    entries = [
        entry("http://quay-gazette.example/", "text/html", b"", 301),
        entry(URL, "text/html; charset=utf-8", PAGE),
        entry(PICTURE_URL, "image/png", PICTURE, packed=True),
        entry("https://quay-gazette.example/a.js", "text/javascript", b"var a;"),
    ]
    data = json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()
    article = newsclean.convert(data)
    assert facts(article) == expected()
    assert article.input.saved_at == "2024-06-20T08:00:00+00:00"
    assert [member.left_out for member in members(data)] == ["has HTTP status 301", None]
    with pytest.raises(InputError, match="HAR"):
        newsclean.convert(data[:-50])
    legacy = entry(
        URL, "text/html; charset=windows-1251", html(LEGACY["windows-1251"], charset="x").encode("cp1251"), packed=True
    )
    article = newsclean.convert(json.dumps({"log": {"entries": [legacy]}}).encode())
    assert facts(article) == expected(LEGACY["windows-1251"])


# --- what the real tools write --------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves temporary files open
def test_warc_of_warcio(tmp_path: Path) -> None:
    writer = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders")
    for gzipped in (True, False):
        file = io.BytesIO()
        warc = writer.WARCWriter(file, gzip=gzipped)
        sent = headers.StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        warc.write_record(warc.create_warcinfo_record("a.warc.gz", {"software": "invented"}))
        warc.write_record(warc.create_warc_record(URL, "response", payload=io.BytesIO(PAGE), http_headers=sent))
        (tmp_path / "a").write_bytes(file.getvalue())
        assert facts(newsclean.convert(tmp_path / "a")) == expected()


def test_wacz_of_its_tool(tmp_path: Path) -> None:
    wacz = tool("wacz", "pip install wacz")
    (tmp_path / "a.warc.gz").write_bytes(packed(INFO, record(PAGE), record(PAGE, url=f"{URL}?2", number=2)))
    command = [wacz, "create", "-o", str(tmp_path / "a.wacz"), str(tmp_path / "a.warc.gz")]
    subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=tmp_path)
    found = newsclean.convert_all(tmp_path / "a.wacz")
    assert [facts(article) for article in found] == [expected(), expected(url=f"{URL}?2")]


class Server(http.server.BaseHTTPRequestHandler):
    """The invented site, on this machine."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        is_page = self.path == "/lamp.html"
        body = chunked(PAGE) if is_page else b"gone"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(*(("Transfer-Encoding", "chunked") if is_page else ("Content-Length", "4")))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def lamp_server() -> Iterator[str]:
    """Give the address of the page on a server of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/lamp.html"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.enable_socket
def test_warc_of_wget(tmp_path: Path) -> None:
    wget = tool("wget", "of the system")
    with lamp_server() as url:
        command = [wget, "-q", "--no-proxy", f"--warc-file={tmp_path / 'a'}", "-O", "/dev/null", url, f"{url}.gone"]
        subprocess.run(command, check=False, timeout=60)
    data = (tmp_path / "a.warc.gz").read_bytes()
    found = members(data)
    assert [member.left_out for member in found if not member.url or "127.0.0.1" in member.url][:2] == [
        None,
        "has HTTP status 404",
    ]
    article = newsclean.convert(data)
    assert facts(article)[:4] == expected()[:4]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/lamp\.html", article.metadata.source or "")
