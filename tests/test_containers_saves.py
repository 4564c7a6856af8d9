"""Saves of a page with its pictures in one file: MHTML and web archives give what the plain page gives."""

from __future__ import annotations

import ast
import plistlib
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

import newsclean
from newsclean.errors import InputError, NoArticleError
from newsclean.page.containers import open_container
from tests.container_pages import (
    ENGLISH,
    LEGACY,
    PICTURE,
    PICTURE_URL,
    URL,
    expected,
    facts,
    html,
    mhtml,
    pictures_of,
    transfer,
)
from tests.saved import EMPTY_PAGE, environment, run

if TYPE_CHECKING:
    from pathlib import Path


def webarchive(page: bytes, encoding: str = "UTF-8", binary: bool = True, **more: Any) -> bytes:
    main = {
        "WebResourceData": page,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": encoding,
        "WebResourceURL": URL,
        "WebResourceFrameName": "",
    }
    picture = {"WebResourceData": PICTURE, "WebResourceMIMEType": "image/png", "WebResourceURL": PICTURE_URL}
    archive = {"WebMainResource": main, "WebSubresources": [picture]} | more
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
def test_mhtml_gives_what_the_page_gives(encoding: str) -> None:
    article = newsclean.convert(mhtml(html().encode(), encoding=encoding))
    assert facts(article) == expected()
    assert article.input.saved_at == "2024-06-20T08:00:00+00:00"


def test_mhtml_is_told_by_its_content(tmp_path: Path) -> None:
    for name in ("a.mhtml", "a.html", "a"):
        (tmp_path / name).write_bytes(mhtml(html().encode()))
        assert facts(newsclean.convert(tmp_path / name)) == expected()
    done = run(input=mhtml(html().encode()))
    assert done.returncode == 0
    assert ENGLISH[3][0] in done.stdout.decode()
    assert b"=3D" not in done.stdout


@pytest.mark.parametrize("codec", LEGACY)
@pytest.mark.parametrize("declared", ["by the transport", "by the page"])
def test_mhtml_in_a_legacy_charset(codec: str, declared: str) -> None:
    story = LEGACY[codec]
    by_transport = declared == "by the transport"
    page = html(story, charset="iso-8859-1" if by_transport else codec).encode(codec)
    article = newsclean.convert(mhtml(page, codec if by_transport else None))
    assert facts(article) == expected(story)


def test_byte_order_mark_and_valid_utf8_outrank_the_transport() -> None:
    marked = mhtml(html().encode("utf-16"), "windows-1252", "base64")
    assert newsclean.convert(marked).input.encoding == "utf-16le"
    assert facts(newsclean.convert(mhtml(html().encode(), "windows-1251"))) == expected()


def test_mhtml_of_internet_explorer_has_no_address_but_that_of_its_page() -> None:
    headers = {"Snapshot-Content-Location": "", "From": '"Saved by Windows Internet Explorer 8"', "X-MimeOLE": "V6.1"}
    assert facts(newsclean.convert(mhtml(html().encode(), headers=headers))) == expected()


def test_mhtml_of_internet_explorer_without_pictures_is_no_mail() -> None:
    """It is a single part, from "Saved by …" to nobody."""
    top = (
        "From: <Saved by Microsoft Internet Explorer 5>\r\nSubject: Lamp\r\nDate: Thu, 20 Jun 2024 08:00:00 +0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n'
        f"Content-Location: {URL}\r\nX-MimeOLE: Produced By Microsoft MimeOLE V6.00.2900\r\n\r\n"
    )
    assert facts(newsclean.convert(top.encode() + transfer(html().encode(), "base64"))) == expected()


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\xef\xbb\xbf\n"])
def test_mhtml_that_an_editor_saved_again_is_told(start: bytes) -> None:
    data = mhtml(html().encode())
    assert facts(newsclean.convert(start + data)) == expected()
    assert facts(newsclean.convert(start + data.replace(b"\r\n", b"\n"))) == expected()


def test_mhtml_of_word_has_no_address_of_the_web_and_relative_pictures(tmp_path: Path) -> None:
    place = "file:///C:/D14A1B7F/lamp.htm"
    picture = "file:///C:/D14A1B7F/lamp_files/image001.png"
    page = html(picture="lamp_files/image001.png").encode()
    headers = {"Snapshot-Content-Location": "", "From": "", "Subject": "", "Date": ""}
    data = mhtml(page, "us-ascii", url=place, headers=headers, others=(("image/png", picture, PICTURE),))
    article = newsclean.convert(data)
    assert article.metadata.source is None
    assert facts(article)[:4] == expected()[:4]
    (tmp_path / "a.mht").write_bytes(data)
    assert pictures_of(tmp_path / "a.mht") == [PICTURE]


def test_mhtml_brings_its_pictures_by_address_and_by_identifier(tmp_path: Path) -> None:
    by_address = mhtml(html().encode())
    by_identifier = mhtml(html(picture="cid:lamp@x").encode(), others=(("image/png", "cid:lamp@x", PICTURE),))
    for number, data in enumerate((by_address, by_identifier)):
        path = tmp_path / f"{number}.mhtml"
        path.write_bytes(data)
        assert pictures_of(path) == [PICTURE]
        done = run(path, "--extract-media", tmp_path / "m", "-o", tmp_path / f"{number}.md")
        assert done.returncode == 0, done.stderr
        assert "![The lamp](m/" in (tmp_path / f"{number}.md").read_text("utf-8")


def test_article_in_a_frame_of_a_short_page_is_found() -> None:
    around = b'<html><body><h1>Gazette</h1><iframe src="cid:frame-2@mhtml.blink"></iframe></body></html>'
    others = (("text/html", "cid:frame-2@mhtml.blink", html().encode()),)
    assert ENGLISH[3][0] in newsclean.convert(mhtml(around, others=others)).text
    advert = b"<html><body><p>Buy a boat now</p></body></html>"
    data = mhtml(html().encode(), others=(("text/html", "cid:frame-2@mhtml.blink", advert),))
    assert facts(newsclean.convert(data)) == expected()


def test_page_that_is_called_the_start_comes_first_wherever_it_stands() -> None:
    kind = 'multipart/related; start="<main@x>"; boundary="----Edge--x----"'
    others = (("text/html", "cid:main@x", html().encode()),)
    page = html(title_of("Another page")).encode()
    assert newsclean.convert(mhtml(page, headers={"Content-Type": kind}, others=others)).title == ENGLISH[1]


def title_of(title: str) -> tuple[str, str, str, tuple[str, ...]]:
    return (ENGLISH[0], title, *ENGLISH[2:])


def test_page_without_a_title_has_that_of_the_save() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH[3])
    article = newsclean.convert(mhtml(f"<html><body>{paragraphs}</body></html>".encode()))
    assert article.title == "Keepers relight"
    assert ("title", "container") in article.metadata.found_in


def test_saved_page_without_an_article_is_no_article() -> None:
    with pytest.raises(NoArticleError):
        newsclean.convert(mhtml(EMPTY_PAGE.encode()))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mhtml(html().encode(), others=(), close=False)[:1500], "cut off"),
        (mhtml(b"", headers={"Content-Type": "multipart/related; boundary=other"}), "without a page"),
        (webarchive(html().encode())[:-300], "broken or cut off"),
        (webarchive(html().encode(), binary=False)[:-300], "broken or cut off"),
        (webarchive(b"", WebMainResource=[]), "without a page"),
    ],
)
def test_broken_save_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        newsclean.convert(data)
    assert caught.value.remedy


def test_pictures_that_are_cut_off_cost_no_article() -> None:
    assert facts(newsclean.convert(mhtml(html().encode(), close=False)[:-200])) == expected()


def test_mail_like_text_is_no_save() -> None:
    text = f"Subject: Lamp\nDate: Tuesday\nContent-Type: multipart/related\n\n{' '.join(ENGLISH[3])}".encode()
    assert open_container(text) is None
    assert open_container(b"Title: The lamp\nURL: https://a.example/\n\nText") is None


@pytest.mark.parametrize("binary", [True, False])
def test_web_archive_gives_what_the_page_gives(tmp_path: Path, binary: bool) -> None:
    path = tmp_path / "a.webarchive"
    path.write_bytes(webarchive(html().encode(), binary=binary))
    assert facts(newsclean.convert(path)) == expected()
    assert pictures_of(path) == [PICTURE]


@pytest.mark.parametrize("codec", LEGACY)
def test_web_archive_in_a_legacy_charset(codec: str) -> None:
    page = html(LEGACY[codec], charset="iso-8859-1").encode(codec)
    assert facts(newsclean.convert(webarchive(page, codec))) == expected(LEGACY[codec])


def test_article_in_a_frame_of_a_web_archive_is_found() -> None:
    frames = [plistlib.loads(webarchive(html().encode()))]
    data = webarchive(b"<html><body>Gazette</body></html>", WebSubframeArchives=frames)
    assert facts(newsclean.convert(data)) == expected()


@pytest.mark.torture
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(mhtml(b"", others=()) + b"------Edge--x----\r\n\r\n" * 300_000, id="parts"),
        pytest.param(mhtml(b"").partition(b"\r\n\r\n")[0] + b"\r\nA: b" * 200_000, id="headers"),
        pytest.param(
            mhtml(b"", headers={"Content-Type": "multipart/related; boundary=a"})
            + b'--a\nContent-Type: multipart/mixed; boundary="a"\n\n' * 50_000,
            id="nested",
        ),
        pytest.param(
            mhtml(b"<script" * 1_000_000, encoding="binary", others=(("text/html", "x", b"<p>"),)), id="scripts"
        ),
        pytest.param(webarchive(b"<p>", WebSubframeArchives=[{}] * 200_000), id="frames"),
    ],
)
def test_hostile_saves_take_bounded_time(data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(newsclean.NewscleanError):
        newsclean.convert(data)
    assert time.process_time() - start < 10


def test_damaged_saves_never_crash() -> None:
    import random

    chance = random.Random(3)
    for whole in (mhtml(html().encode()), webarchive(html().encode()), webarchive(html().encode(), binary=False)):
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                newsclean.convert(bytes(data))
            except newsclean.NewscleanError:
                continue


def test_plain_page_waits_for_no_container(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html(), "utf-8")
    script = (
        "import sys, newsclean, pathlib; newsclean.convert(pathlib.Path(sys.argv[1])); "
        "print([name for name in sys.modules if name in ('email', 'plistlib', 'tarfile', 'brotli') "
        "or name.startswith('newsclean.page.containers.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.html")], env=environment(), capture_output=True, check=True
    )
    assert ast.literal_eval(done.stdout.decode()) == []
