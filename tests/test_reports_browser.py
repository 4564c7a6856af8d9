"""The page of a run in headless Chromium: hostile text runs nothing, and nothing is too wide or too pale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.reports.lines import Line
from newsclean.reports.page import render_page
from newsclean.reports.summary import summary_of
from tests.browser import Browser, needs_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_browser()
pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]

HOSTILE = "</title></style><script>window.pwned=1</script><img src=x onerror='window.pwned=1'>" + "x" * 400
INJECTED = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


def page(inputs: int = 50) -> str:
    hostile = {"title": HOSTILE, "kind": HOSTILE, "language": HOSTILE, "warnings": (HOSTILE,), "confidence": 0.5}
    good = (Line(HOSTILE, "converted", seconds=1.0 + n, ended=1e9 + n, **hostile) for n in range(inputs))  # type: ignore[arg-type]
    return render_page(summary_of([*good, Line(HOSTILE, "failed", error=HOSTILE)], HOSTILE))


def written(folder: Path, content: str) -> Path:
    path = folder / "run.html"
    path.write_text(content, encoding="utf-8")
    return path


def test_hostile_text_runs_nothing_and_is_shown_as_it_is(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(tmp_path, page()))
    assert browser.run("return window.pwned") is None
    assert browser.run("return document.querySelectorAll('script, img, iframe, link, base').length") == 0
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    assert "<script>window.pwned=1</script>" in browser.text("main")


def test_policy_stops_script_even_where_escaping_would_fail(browser: Browser, tmp_path: Path) -> None:
    content = page().replace("<h1>", f"{INJECTED}<h1>")
    browser.open(written(tmp_path, content))
    browser.run("return new Promise((done) => setTimeout(done, 200))")
    assert browser.run("return document.scripts.length") == 1
    assert browser.run("return window.pwned") is None
    browser.open(written(tmp_path, content.replace("Content-Security-Policy", "X-Nothing")))
    assert browser.run("return window.pwned") == 1


@pytest.mark.parametrize("width", [320, 600, 1600])
def test_nothing_is_wider_than_the_view(browser: Browser, tmp_path: Path, width: int) -> None:
    browser.look(width)
    browser.open(written(tmp_path, page()))
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_first_stop_of_the_tab_key_leads_to_the_figures(browser: Browser, tmp_path: Path) -> None:
    browser.look()
    browser.open(written(tmp_path, page()))
    browser.press("\ue004")
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press("\ue007")
    assert browser.run("return location.hash") == "#main"
