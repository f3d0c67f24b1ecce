"""The browser of the tests and of the gallery: Debian's Chromium, driven by Playwright."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from helpers.project import ANNUAL, PAGES
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is needed to open the pages; on Debian: apt-get install chromium"
PATIENCE = 120_000  # milliseconds until an action or an expectation fails, for a busy machine
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NAMES = ["index.html", *ANNUAL, *PAGES]


@dataclass(frozen=True)
class Screen:
    """The size and colours of a screen; paper is a screen with the medium print."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"

    def __str__(self) -> str:
        return f"{self.width} px, {'print' if self.media == 'print' else self.scheme}"


@contextmanager
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_page(browser: Browser, screen: Screen, *, scripts: bool = True) -> Page:
    """Open an empty page on a screen; closing its context closes it."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": 900},
        color_scheme=screen.scheme,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.emulate_media(media=screen.media)
    return page


def violations(page: Page) -> dict[str, list[str]]:
    """Return the rules of WCAG 2.2 AA that a page breaks, each with the elements."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return {each["id"]: [node["html"][:200] for node in each["nodes"]] for each in found}
