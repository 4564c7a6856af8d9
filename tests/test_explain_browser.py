"""The HTML report in a real browser: filters, keys, what hostile pages cannot do, contrast and width."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.explain.report import render_report
from newsclean.model import Options, Record
from newsclean.pipeline import examine
from tests.browser import Browser, needs_browser, open_browser
from tests.explained import HOSTILE, explained, hostile, unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_browser()

from selenium.webdriver.common.keys import Keys  # noqa: E402 - after the tests know that it is there

pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])]

INJECTED = "<script>window.pwned = 1</script><img src='data:,' onerror='window.pwned = 1'>"

LONG_PAGE, LONG_PAGE_SECONDS = 10_000, 15
"""Blocks, and the seconds they may take: 4 on a busy machine; work by the square of the blocks took 28."""

CONTRASTS = """
const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parts(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const found = [];
for (const element of document.querySelectorAll("body *")) {
  const shows = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!shows || !element.checkVisibility() || element.closest("script")) continue;
  const [one, two] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
  found.push([(Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05), element.outerHTML.slice(0, 80)]);
}
return found;
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def running(started: Browser) -> Browser:
    """Return the browser in a wide view, whichever test ran before: the outline is folded in a narrow one."""
    started.look()
    return started


@pytest.fixture
def browser(running: Browser, tmp_path: Path) -> Browser:
    """Return the browser with the report of the invented article."""
    running.open(written(tmp_path, render_report(explained())))
    return running


def written(folder: Path, report: str, name: str = "report.html") -> Path:
    path = folder / name
    path.write_text(report, encoding="utf-8")
    return path


def shown(browser: Browser) -> list[int]:
    found = browser.run("return [...document.querySelectorAll('.block')].filter(b => !b.hidden).map(b => b.id)")
    return [int(name.removeprefix("b")) for name in found]


def focused(browser: Browser) -> str:
    found: str = browser.run("return document.activeElement.id || document.activeElement.name || ''")
    return found


def choose(browser: Browser, name: str, value: str) -> None:
    browser.run(
        "const field = document.querySelector(`[name=${arguments[0]}]`); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def test_filters_by_decision(browser: Browser) -> None:
    assert shown(browser) == list(range(9))
    browser.click("[name=decision][value=kept] + span")
    assert shown(browser) == [2, 3, 4, 5, 6]
    assert browser.text("#shown") == "5 of 9 blocks"
    browser.click("[name=decision][value=dropped] + span")
    assert shown(browser) == [0, 1, 7, 8]


def test_filters_by_voter_role_and_doubt_at_once(browser: Browser) -> None:
    choose(browser, "voter", "scorer")
    assert shown(browser) == [0, 2, 4, 5, 6, 7]
    browser.click("[name=doubtful]")
    assert shown(browser) == [4, 7]
    choose(browser, "role", "related")
    assert shown(browser) == [7]
    browser.click("button[type=reset]")
    browser.run("return new Promise((done) => setTimeout(done, 50))")
    assert shown(browser) == list(range(9))


def test_filters_by_text_whatever_the_case_and_marks_what_was_found(browser: Browser) -> None:
    browser.click("[name=text]")
    browser.press(*"STORM")
    assert shown(browser) == [2, 7]
    assert browser.run("return CSS.highlights.get('found').size") == 2
    browser.press(*" nowhere")
    assert shown(browser) == []
    assert browser.text("#nothing") == "No block passes these filters."
    browser.press(Keys.ESCAPE)
    assert shown(browser) == list(range(9))


def test_letters_typed_into_the_search_are_no_commands(browser: Browser) -> None:
    browser.press("/")
    browser.press(*"jf?")
    assert focused(browser) == "text"
    assert not browser.run("return document.getElementById('help').open")


def test_keys_move_over_the_blocks_that_are_shown(browser: Browser) -> None:
    browser.press("j")
    assert focused(browser) == "b0"
    browser.press("j", "j", Keys.ARROW_DOWN, "k")
    assert focused(browser) == "b2"
    browser.press(Keys.END)
    assert focused(browser) == "b8"
    browser.press("j", Keys.ARROW_UP)
    assert focused(browser) == "b7"
    browser.press("f")
    assert shown(browser) == [2, 3, 4, 5, 6]
    browser.press("j", "k", Keys.HOME)
    assert focused(browser) == "b2"
    browser.press("u")
    assert focused(browser) == "b4"


def test_one_block_is_a_stop_of_the_tab_key(browser: Browser) -> None:
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press("j", "j", "j")
    assert browser.run("return [...document.querySelectorAll('.block[tabindex=\"0\"]')].map(b => b.id)") == ["b2"]
    assert browser.run("return document.querySelectorAll('#blocks [tabindex=\"0\"]').length") == 1


def test_reason_shows_by_keyboard_and_by_pointing(browser: Browser) -> None:
    browser.press("j")
    assert "dropped block 0" in browser.text("#inspector")
    assert "link density 1.00" in browser.text("#inspector")
    browser.hover("#b4 .text")
    assert "kept block 4" in browser.text("#inspector")
    assert "short text between paragraphs" in browser.text("#inspector")
    assert "heading 2" in browser.text("#inspector")


def test_reason_is_the_description_of_its_block(browser: Browser) -> None:
    described = browser.run(
        "return [...document.querySelectorAll('.block')].map(b =>"
        " document.getElementById(b.getAttribute('aria-describedby')).textContent)"
    )
    assert "link density 1.00" in described[0]
    browser.click("[name=reasons]")
    assert "link density 1.00" in browser.text("#b0")


def test_help_opens_by_its_key_and_closes(browser: Browser) -> None:
    browser.press("?")
    assert "previous block" in browser.text("#help")
    browser.press(Keys.ESCAPE)
    assert not browser.run("return document.getElementById('help').open")


def test_letter_keys_can_be_turned_off(browser: Browser) -> None:
    browser.press("?")
    browser.click("#single-keys")
    browser.press(Keys.ESCAPE)
    browser.run("document.activeElement.blur()")
    browser.press("j")
    assert focused(browser) == ""


def test_outline_leads_to_a_block_that_the_filters_hide(browser: Browser) -> None:
    browser.click("[name=decision][value=dropped] + span")
    browser.click("nav .heading a")
    browser.run("return new Promise((done) => setTimeout(done, 50))")
    assert focused(browser) == "b4"
    assert 4 in shown(browser)


def test_page_without_an_article_is_shown_with_its_filters(running: Browser, tmp_path: Path) -> None:
    running.open(written(tmp_path, render_report(unread())))
    assert "No article was found." in running.text(".summary")
    assert len(shown(running)) == 9


def test_hostile_text_runs_nothing_and_is_shown_as_it_is(running: Browser, tmp_path: Path) -> None:
    running.open(written(tmp_path, render_report(hostile())))
    for selector in (".block .text", "nav a", "#help-button"):
        running.hover(selector)
    running.press("j", "j", "k")
    running.press("f", "f", "f")
    running.run("for (const e of document.querySelectorAll('body *')) { e.dispatchEvent(new Event('mouseover')) }")
    running.run("return new Promise((done) => setTimeout(done, 200))")
    assert running.run("return window.pwned") is None
    assert running.run("return document.scripts.length") == 1
    assert running.run("return performance.getEntriesByType('resource').length") == 0
    assert running.run("return document.querySelectorAll('img, iframe, svg, object, base, link').length") == 0
    assert running.run("return [...document.links].every((a) => a.getAttribute('href').startsWith('#'))")
    texts = running.run("return [...document.querySelectorAll('.block .text')].map((p) => p.textContent)")
    assert texts[: len(HOSTILE) - 1] == list(HOSTILE[:-1])


def test_hostile_page_from_bytes_to_browser_runs_nothing(running: Browser, tmp_path: Path) -> None:
    escaped = "".join(
        f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}, said the harbour.</p>" for text in HOSTILE
    )
    head = f"<!doctype html><html><head><title>{escaped}</title></head>"
    source = f"{head}<body><article><h1>{HOSTILE[1]}</h1>{escaped * 3}{''.join(HOSTILE[:8])}</article></body></html>"
    record = Record(source.encode("utf-8", "replace"), "<img src=x onerror='window.pwned=1'>.html")
    running.open(written(tmp_path, render_report(examine(record, Options()))))
    running.press("j", "j")
    assert "window.pwned" in running.text("#blocks")
    assert running.run("return window.pwned") is None
    assert running.run("return document.scripts.length") == 1


def test_policy_stops_script_even_where_escaping_would_fail(running: Browser, tmp_path: Path) -> None:
    report = render_report(explained()).replace("News Sport", INJECTED)
    running.open(written(tmp_path, report))
    running.run("return new Promise((done) => setTimeout(done, 200))")
    assert running.run("return document.scripts.length") == 2
    assert running.run("return window.pwned") is None
    without = report.replace("Content-Security-Policy", "X-Nothing")
    running.open(written(tmp_path, without, "without.html"))
    assert running.run("return window.pwned") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_all_text_has_contrast_enough(browser: Browser, scheme: str, width: int) -> None:
    browser.look(width, scheme=scheme)
    browser.click("[name=reasons]")
    browser.press("?")
    found = browser.run(CONTRASTS)
    assert len(found) > 60
    assert [text for ratio, text in found if ratio < 4.5] == []


@pytest.mark.parametrize("width", [320, 600, 1000, 1600])
def test_nothing_is_wider_than_the_view(running: Browser, tmp_path: Path, width: int) -> None:
    running.look(width)
    wide = render_report(hostile()).replace("javascript:window", "x" * 500)
    running.open(written(tmp_path, wide))
    assert running.run("return document.documentElement.scrollWidth") <= width


def test_focus_is_not_hidden_by_what_is_fixed(running: Browser, tmp_path: Path) -> None:
    running.look(1200, 500)
    source = "".join(f"<p>Paragraph {n} of a long page about the ferry and its harbour.</p>" for n in range(60))
    running.open(written(tmp_path, render_report(newsclean.convert(f"<article>{source}</article>"))))
    for _ in range(25):
        running.press("j")
    covered = running.run(
        "const box = document.activeElement.getBoundingClientRect();"
        "const top = document.querySelector('main form').getBoundingClientRect().bottom;"
        "const bottom = document.getElementById('inspector').getBoundingClientRect().top;"
        "return box.top < top - 1 || box.bottom > bottom + 1"
    )
    assert covered is False


def test_report_on_a_very_long_page_stays_quick(running: Browser, tmp_path: Path) -> None:
    source = "".join(f"<p>Paragraph {n} of a long page about the ferry.</p>" for n in range(LONG_PAGE))
    path = written(tmp_path, render_report(newsclean.convert(f"<article>{source}</article>")))
    start = perf_counter()
    running.open(path)
    running.press("j", "j", "f", "f")
    assert running.text("#shown").endswith(f"of {LONG_PAGE:d} blocks")
    assert perf_counter() - start < LONG_PAGE_SECONDS
