"""The browser of the tests and of the gallery: Debian's Chromium, driven by Playwright."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.project import ANNUAL, PAGES
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is needed to open the pages; on Debian: apt-get install chromium"
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
    page.emulate_media(media=screen.media)
    return page
