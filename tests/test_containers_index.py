"""A page of a crawl that is asked for by its address or identifier is gone to where an index beside the crawl says."""

from __future__ import annotations

import gzip
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from newsclean.errors import InputError
from newsclean.runs import read
from newsclean.runs.read import read_record
from tests.container_pages import html
from tests.saved import tool
from tests.test_containers_archives import titled
from tests.test_containers_crawls import INFO, lamp_server, record

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://quay.example/news"


def crawl(path: Path, count: int = 4) -> list[int]:
    """Write a crawl and return where its pages begin."""
    pages = [
        gzip.compress(record(html(titled(f"Lamp {number}")).encode(), url=f"{SITE}/{number}.html", number=number))
        for number in range(count)
    ]
    head = gzip.compress(INFO)
    path.write_bytes(head + b"".join(pages))
    return [len(head) + sum(map(len, pages[:number])) for number in range(count)]


def cdxj(places: list[int], name: str = "big.warc.gz") -> str:
    return "!meta 0 {}\n" + "".join(
        f"example,quay)/news/{number}.html 20240620080000 "
        + json.dumps({"url": f"{SITE}/{number}.html", "status": "200", "offset": str(place), "filename": name})
        + "\n"
        for number, place in enumerate(places)
    )


def cdx(places: list[int], name: str = "big.warc.gz") -> str:
    return " CDX N b a m s k r M S V g\n" + "".join(
        f"example,quay)/{number} 20240620080000 {SITE}/{number}.html text/html 200 AB - - 900 {place} {name}\n"
        for number, place in enumerate(places)
    )


@pytest.fixture
def only_by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("was read from the front")

    monkeypatch.setattr(read, "_stream_records", fail)


@pytest.mark.usefixtures("only_by_index")
@pytest.mark.parametrize("name", ["big.cdxj", "big.warc.gz.cdxj", "index.cdxj", "big.cdxj.gz", "../indexes/index.cdxj"])
def test_page_is_gone_to_by_a_cdxj(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = folder / "big.warc.gz"
    content = cdxj(crawl(path)).encode()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    found = read_record(f"{path}#{SITE}/2.html")
    assert (found.member, found.url, b"Lamp 2" in found.data) == ("<urn:uuid:00000002>", f"{SITE}/2.html", True)


@pytest.mark.usefixtures("only_by_index")
def test_page_is_gone_to_by_a_cdx(tmp_path: Path) -> None:
    path = tmp_path / "big.warc.gz"
    (tmp_path / "big.cdx").write_text(cdx(crawl(path)))
    assert read_record(f"{path}#{SITE}/3.html").member == "<urn:uuid:00000003>"


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(lambda places: cdxj([place + 5 for place in places]), id="stale"),
        pytest.param(lambda places: cdxj(places[::-1]), id="wrong"),
        pytest.param(lambda places: cdxj(places, "other.warc.gz"), id="of another crawl"),
        pytest.param(lambda places: cdxj([10**15 for _ in places]), id="beyond the end"),
        pytest.param(lambda places: cdxj(places[:1]), id="without the page"),
        pytest.param(lambda _: "no index", id="no index"),
        pytest.param(lambda _: "!meta 0 {}\n" + '{"url' * 9_000, id="broken"),
        pytest.param(lambda _: " CDX\n" + SITE * 99, id="without fields"),
    ],
)
def test_index_that_is_wrong_does_no_harm(tmp_path: Path, index: object) -> None:
    path = tmp_path / "big.warc.gz"
    (tmp_path / "big.cdxj").write_text(index(crawl(path)))  # type: ignore[operator]
    assert read_record(f"{path}#{SITE}/2.html").member == "<urn:uuid:00000002>"
    with pytest.raises(InputError, match="holds no page"):
        read_record(f"{path}#{SITE}/9.html")


@pytest.mark.usefixtures("only_by_index")
def test_index_of_its_tool(tmp_path: Path) -> None:
    indexer = tool("cdxj-indexer", "pip install cdxj-indexer")
    path = tmp_path / "big.warc.gz"
    crawl(path)
    done = subprocess.run([indexer, str(path)], check=True, capture_output=True, timeout=60, cwd=tmp_path)
    (tmp_path / "big.cdxj").write_bytes(done.stdout)
    assert read_record(f"{path}#{SITE}/2.html").member == "<urn:uuid:00000002>"


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.enable_socket
@pytest.mark.usefixtures("only_by_index")
def test_index_of_wget_has_identifiers_too(tmp_path: Path) -> None:
    wget = tool("wget", "of the system")
    with lamp_server() as address:
        command = [wget, "-q", "--no-proxy", "--warc-cdx", f"--warc-file={tmp_path / 'a'}", "-O", "/dev/null", address]
        subprocess.run(command, check=False, timeout=60)
    path = tmp_path / "a.warc.gz"
    by_address = read_record(f"{path}#{address}")
    assert read_record(f"{path}#{by_address.member}").url == address
