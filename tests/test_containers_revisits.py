"""Revisit records of crawls: a capture that a crawler did not store again gives what it refers to."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.page.containers import captures, open_container
from tests.container_pages import ENGLISH, URL, html
from tests.saved import run
from tests.test_containers_crawls import INFO, PAGE, chunked, members, packed, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIGEST = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
LATER = "2024-07-01T09:00:00Z"
NAME = "<urn:uuid:00000001>"
SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def told(data: bytes, *fields: str) -> bytes:
    """Return a record with more fields in its header."""
    first, rest = data.split(b"\r\n", 1)
    return first + b"".join(b"\r\n" + field.encode() for field in fields) + b"\r\n" + rest


def first(number: int = 1, page: bytes = PAGE, url: str = URL, digest: str = DIGEST) -> bytes:
    return told(record(page, number=number, url=url), f"WARC-Payload-Digest: {digest}")


def again(*fields: str, status: str = "200 OK", number: int = 9, profile: str = SAME_BYTES, url: str = URL) -> bytes:
    data = record(b"", kind="revisit", status=status, number=number, url=url)
    return told(data.replace(b"2024-06-20T08:00:00Z", LATER.encode()), f"WARC-Profile: {profile}", *fields)


REFERENCES = [
    pytest.param((f"WARC-Payload-Digest: {DIGEST}",), "200 OK", SAME_BYTES, id="by digest"),
    pytest.param((f"WARC-Refers-To: {NAME}",), "200 OK", SAME_BYTES, id="by identifier"),
    pytest.param(
        (f"WARC-Refers-To-Target-URI: {URL}", "WARC-Refers-To-Date: 2024-06-20T08:00:00Z"),
        "304 Not Modified",
        NOT_MODIFIED,
        id="by address and time",
    ),
]
PACKS = [
    pytest.param(lambda *records: b"".join(records), id="plain"),
    pytest.param(packed, id="gzip"),
    pytest.param(
        lambda *records: b"".join(map(pytest.importorskip("zstandard").compress, records)),
        id="zstd",
    ),
]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(("fields", "status", "profile"), REFERENCES)
def test_revisit_gives_what_it_refers_to(
    pack: Callable[..., bytes], fields: tuple[str, ...], status: str, profile: str
) -> None:
    others = [
        first(number, html().replace("Keepers", "Others").encode(), f"{URL}?{number}", "sha1:X") for number in (2, 3)
    ]
    data = pack(
        INFO, others[0], first(), others[1], again(*fields, status=status, profile=profile), first(4, url=f"{URL}?4")
    )
    found = members(data)
    assert [member.name[-3:-1] for member in found if member.data] == ["02", "01", "03", "09", "04"]
    (revisit,) = [member for member in found if member.name[-3:-1] == "09"]
    assert (revisit.data, revisit.url, revisit.saved_at) == (PAGE, URL, "2024-07-01T09:00:00+00:00")
    assert newsclean.convert_all(data)[3].title == ENGLISH[1]


def test_revisit_has_its_own_address() -> None:
    data = packed(first(), again(f"WARC-Payload-Digest: {DIGEST}", url="https://mole.example/lamp.html"))
    assert [article.metadata.source for article in newsclean.convert_all(data)] == [
        URL,
        "https://mole.example/lamp.html",
    ]


def test_revisit_of_a_packed_body_is_unpacked() -> None:
    headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    original = told(record(chunked(gzip.compress(PAGE)), headers=headers), f"WARC-Payload-Digest: {DIGEST}")
    assert [member.data for member in members(packed(original, again(f"WARC-Payload-Digest: {DIGEST}")))] == [
        PAGE,
        PAGE,
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(packed(first(), again("WARC-Payload-Digest: sha1:OTHER")), id="not here"),
        pytest.param(packed(first(), again()), id="says nothing"),
        pytest.param(packed(again(f"WARC-Payload-Digest: {DIGEST}"), first()), id="only behind it"),
        pytest.param(gzip.compress(INFO + first() + again(f"WARC-Payload-Digest: {DIGEST}")), id="packed as a whole"),
        pytest.param(packed(first(), again(f"WARC-Refers-To: {NAME[:-3]}09>")), id="refers to itself"),
    ],
)
def test_revisit_of_what_cannot_be_read_is_named(data: bytes) -> None:
    (revisit,) = [member for member in members(data) if member.name[-3:-1] == "09"]
    assert revisit.data is None
    assert revisit.left_out == "is the same as a capture that is not in this crawl"


def test_revisits_are_counted_in_a_run(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    lost = [again("WARC-Payload-Digest: sha1:OTHER", number=number) for number in (7, 8)]
    path.write_bytes(packed(first(), first(2, url=f"{URL}?2"), *lost))
    done = run(path, "-o", tmp_path / "out", "--report", tmp_path / "report.jsonl")
    assert done.returncode == 0, done.stderr
    assert "2 is the same as a capture that is not in this crawl" in (tmp_path / "report.jsonl").read_text("utf-8")


def test_revisit_of_a_picture_or_an_error_is_none() -> None:
    picture = again(f"WARC-Payload-Digest: {DIGEST}").replace(b"text/html; charset=utf-8", b"image/png; charset=utf-8")
    gone = again(f"WARC-Payload-Digest: {DIGEST}", status="404 Gone")
    found = members(packed(first(), picture, gone))
    assert [member.left_out for member in found] == [None, "is image/png", "has HTTP status 404"]


def test_original_that_is_damaged_costs_its_revisit_too() -> None:
    original = bytearray(gzip.compress(first()))
    original[300:309] = b"\xff" * 9
    found = members(bytes(original) + packed(again(f"WARC-Payload-Digest: {DIGEST}"), first(3)))
    assert [member.data is not None for member in found] == [False, False, True]


def test_revisits_in_a_wacz_refer_to_its_other_crawls_too() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/a.warc.gz", packed(INFO, first(), again(f"WARC-Payload-Digest: {DIGEST}")))
        archive.writestr("archive/b.warc.gz", packed(INFO, again(f"WARC-Payload-Digest: {DIGEST}", number=8), first(3)))
    found = members(file.getvalue())
    assert [(member.name[-3:-1], member.data == PAGE) for member in found] == [
        ("01", True),
        ("09", True),
        ("08", True),
        ("03", True),
    ]


def test_what_is_noted_for_revisits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "MAX_PLACES", 10)
    many = [first(number, url=f"{URL}?{number}", digest=f"sha1:{number}") for number in range(2, 40)]
    ends = [again(f"WARC-Payload-Digest: sha1:{number}", number=100 + number) for number in (2, 39)]
    found = members(packed(again(), *many, *ends))
    assert [member.data is not None for member in found][-2:] == [False, True]


def test_revisits_give_no_more_than_a_crawl_of_their_size_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes each would give a large page a million times."""
    monkeypatch.setattr(captures, "ROOM", 3 * len(PAGE))
    monkeypatch.setattr(captures, "MAX_REPETITION", 0)
    data = packed(first(), *(again(f"WARC-Payload-Digest: {DIGEST}", number=number) for number in range(10, 20)))
    found = members(data)
    assert [member.left_out for member in found] == [None] * 4 + ["repeats what was captured too often"] * 7


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves temporary files open
def test_revisit_of_warcio(tmp_path: Path) -> None:
    writer = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders")
    with (tmp_path / "a.warc.gz").open("wb") as file:
        warc = writer.WARCWriter(file, gzip=True)
        sent = headers.StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        original = warc.create_warc_record(URL, "response", payload=io.BytesIO(PAGE), http_headers=sent)
        warc.write_record(original)
        digest = original.rec_headers.get_header("WARC-Payload-Digest")
        date = original.rec_headers.get_header("WARC-Date")
        warc.write_record(warc.create_revisit_record(f"{URL}?again", digest, URL, date, http_headers=sent))
    with (tmp_path / "a.warc.gz").open("rb") as file:
        found = list(open_container(file) or ())
    assert [(member.url, member.data) for member in found] == [(URL, PAGE), (f"{URL}?again", PAGE)]
