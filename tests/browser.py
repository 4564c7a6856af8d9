"""A headless Chromium for tests of the HTML report; such tests are skipped by name where there is none."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def needs_browser() -> None:
    """Skip the tests, and say which of selenium, Chromium and its driver is missing."""
    pytest.importorskip("selenium", reason='selenium is not installed: pip install "newsclean[browser]"')
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip(f"there is no browser: none of {', '.join(BROWSERS)} is on PATH", allow_module_level=True)
    if not shutil.which("chromedriver"):
        pytest.skip("there is no chromedriver on PATH", allow_module_level=True)


@contextmanager
def open_browser(profile: Path) -> Iterator[Browser]:
    """Start the browser with a new profile, and end it."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = next(path for path in map(shutil.which, BROWSERS) if path)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("no_proxy", "localhost,127.0.0.1")  # the driver is here, whatever else is behind a proxy
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            yield Browser(driver)
        finally:
            driver.quit()


class Browser:
    """What the tests do with a browser."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def open(self, path: Path) -> None:
        """Load a file anew, also after one of its fragments."""
        self._driver.get("about:blank")
        self._driver.get(path.as_uri())

    def look(self, width: int = 1200, height: int = 800, scheme: str = "light") -> None:
        """Set the size of the view and the colour scheme that the user prefers."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def save_as_mhtml(self) -> bytes:
        """Return what "Save as, web page, single file" writes."""
        data: str = self._driver.execute_cdp_cmd("Page.captureSnapshot", {"format": "mhtml"})["data"]
        return data.encode("utf-8")

    def run(self, script: str, *arguments: object) -> Any:
        """Return what a script returns that runs in the page, for the driver and not for the page's policy."""
        return self._driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        """Press keys one by one, wherever the focus is."""
        for key in keys:
            self._driver.switch_to.active_element.send_keys(key)

    def click(self, selector: str) -> None:
        """Scroll to the first element that matches, and click it."""
        element = self._driver.find_element("css selector", selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def hover(self, selector: str) -> None:
        """Point at the first element that matches."""
        from selenium.webdriver.common.action_chains import ActionChains

        element = self._driver.find_element("css selector", selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self._driver).move_to_element(element).perform()

    def text(self, selector: str) -> str:
        """Return the text that the first element that matches shows."""
        found: str = self._driver.find_element("css selector", selector).text
        return found
