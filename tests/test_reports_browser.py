"""The page of a run in headless Chromium: hostile text runs nothing, and nothing is too wide or too pale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsclean.reports.compare import Comparison, Weightiest
from newsclean.reports.page import render_comparison, render_summary
from newsclean.reports.summary import summary_of
from newsclean.runs.report import Outcome
from tests.browser import Browser, needs_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_browser()
pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]

HOSTILE = "</title></style><script>window.pwned=1</script><img src=x onerror='window.pwned=1'>" + "x" * 400
INJECTED = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"


PALE = """
const light = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (it) => {
  for (; it; it = it.parentElement) {
    const colour = getComputedStyle(it).backgroundColor;
    if (!colour.endsWith(", 0)")) return light(colour);
  }
  return 1;
};
const contrast = (it) => {
  const [a, b] = [light(getComputedStyle(it).color), ground(it)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
};
return [...document.querySelectorAll("h1, h2, p, th, td, code")].filter((it) => contrast(it) < 4.5)
  .map((it) => it.outerHTML.slice(0, 80));
"""
"""Returns what is paler than WCAG's level AA allows."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


def outcomes(inputs: int, **more: Any) -> Iterator[Outcome]:
    hostile: dict[str, Any] = {
        "title": HOSTILE,
        "kind": HOSTILE,
        "language": HOSTILE,
        "warnings": (HOSTILE,),
        "confidence": 0.5,
    }
    for n in range(inputs):
        ended = f"2024-06-18T10:00:{n % 60:02}+00:00"
        yield Outcome(f"{HOSTILE} {n}", "converted", seconds=1.0 + n, ended=ended, **(hostile | more))


def page(inputs: int = 50) -> str:
    return render_summary(summary_of([*outcomes(inputs), Outcome(HOSTILE, "failed", error=HOSTILE)], HOSTILE))


def compared(folder: Path, inputs: int = 50) -> str:
    """Return the page of two runs that differ in all inputs."""
    folder.mkdir(exist_ok=True)
    before = [*outcomes(inputs), Outcome("lost", "converted", title=HOSTILE, words=1), Outcome("gone", "failed")]
    after = [*outcomes(inputs, title=HOSTILE[::-1], words=7), Outcome("lost", "no_article", error=HOSTILE)]
    for name, found in (("a", before), ("b", after)):
        (folder / name).write_bytes(b"".join(one.to_json() for one in found))
    comparison, shown = Comparison(str(folder / "a"), str(folder / "b")), Weightiest()
    for change in comparison.changes():
        shown.add(change)
    return render_comparison(comparison, shown)


@pytest.fixture(params=["one run", "two runs"])
def content(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return page() if request.param == "one run" else compared(tmp_path / "reports")


def written(folder: Path, content: str) -> Path:
    path = folder / "run.html"
    path.write_text(content, encoding="utf-8")
    return path


def test_hostile_text_runs_nothing_and_is_shown_as_it_is(browser: Browser, tmp_path: Path, content: str) -> None:
    browser.open(written(tmp_path, content))
    assert browser.run("return window.pwned") is None
    assert browser.run("return document.querySelectorAll('script, img, iframe, link, base').length") == 0
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    assert "<script>window.pwned=1</script>" in browser.text("main")


def test_policy_stops_script_even_where_escaping_would_fail(browser: Browser, tmp_path: Path, content: str) -> None:
    content = content.replace("<h1>", f"{INJECTED}<h1>")
    browser.open(written(tmp_path, content))
    browser.run("return new Promise((done) => setTimeout(done, 200))")
    assert browser.run("return document.scripts.length") == 1
    assert browser.run("return window.pwned") is None
    browser.open(written(tmp_path, content.replace("Content-Security-Policy", "X-Nothing")))
    assert browser.run("return window.pwned") == 1


@pytest.mark.parametrize("width", [320, 600, 1600])
def test_nothing_is_wider_than_the_view(browser: Browser, tmp_path: Path, content: str, width: int) -> None:
    browser.look(width)
    browser.open(written(tmp_path, content))
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_first_stop_of_the_tab_key_leads_to_the_figures(browser: Browser, tmp_path: Path, content: str) -> None:
    browser.look()
    browser.open(written(tmp_path, content))
    browser.press("\ue004")
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press("\ue007")
    assert browser.run("return location.hash") == "#main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, tmp_path: Path, content: str, scheme: str) -> None:
    browser.look(scheme=scheme)
    browser.open(written(tmp_path, content))
    assert browser.run(PALE) == []
