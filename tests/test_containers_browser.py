"""What a real browser saves as one file gives what its page gives."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

import newsclean
from tests.browser import BROWSERS, needs_browser, open_browser
from tests.container_pages import ENGLISH, LEGACY, PICTURE, Story, expected, facts, html, pictures_of
from tests.saved import tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser import Browser

needs_browser()
pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The page on a server of this machine."""
    folder = tmp_path / "site"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "lamp.png").write_bytes(PICTURE)
    (folder / "page.html").write_text(html(), "utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html"
    server.shutdown()
    server.server_close()


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "flags",
    [[], ["--compress-content"], ["--compress-content", "--self-extracting-archive=false"]],
    ids=["plain", "unpacks itself", "zip"],
)
def test_save_of_single_file(site: str, tmp_path: Path, flags: list[str]) -> None:
    single_file = tool("single-file", "npm install -g single-file-cli")
    path = tmp_path / "saved"
    chromium = next(found for found in map(shutil.which, BROWSERS) if found)
    browser = [f"--browser-executable-path={chromium}", "--browser-arg=--no-sandbox"]
    subprocess.run([single_file, *browser, *flags, site, str(path)], check=True, timeout=120)
    article = newsclean.convert(path)
    text = (
        article.text if flags else article.text.replace("The lamp\n\n", "")
    )  # stands for a picture in the page itself
    assert (text, *facts(article)[1:4]) == expected()[:4]
    assert article.metadata.source == site
    assert article.input.saved_at is not None
    assert pictures_of(path) == [PICTURE]


@pytest.mark.parametrize(("codec", "story"), [("utf-8", ENGLISH), *LEGACY.items()])
def test_single_file_save_of_chromium(browser: Browser, tmp_path: Path, codec: str, story: Story) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "lamp.png").write_bytes(PICTURE)
    page = tmp_path / "page.html"
    page.write_bytes(html(story, charset=codec).encode(codec))
    browser.open(page)
    saved = tmp_path / "saved.mhtml"
    saved.write_bytes(browser.save_as_mhtml())
    found, plain = facts(newsclean.convert(saved)), expected(story, None)
    assert found[:4] == plain[:4]
    assert pictures_of(saved) == [PICTURE]
