"""What a real browser saves as one file gives what its page gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import newsclean
from tests.browser import needs_browser, open_browser
from tests.container_pages import ENGLISH, LEGACY, PICTURE, Story, expected, facts, html, pictures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser import Browser

needs_browser()
pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


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
