"""Pictures of every page: `python tests/helpers/gallery.py EXPORTS FOLDER`."""

import sys
from pathlib import Path

from helpers.browser import CHROMIUM, MISSING, NAMES, Screen, chromium, open_page
from playwright.sync_api import Page

PAPER = Screen(794, media="print")
SCREENS = [Screen(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
TALLEST = 16_000  # px; the limit of one screenshot of Chromium


def draw(page: Page, path: Path) -> None:
    """Write a page as one picture, or as several if it is too tall."""
    width, height = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollHeight]"
    )
    tops = range(0, height, TALLEST)
    for number, top in enumerate(tops, start=1):
        part = f"-{number}" if len(tops) > 1 else ""
        clip = {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top)}
        page.screenshot(path=path.with_name(f"{path.name}{part}.png"), full_page=True, clip=clip)


def main(exports: Path, folder: Path) -> None:
    if not CHROMIUM.is_file():
        sys.exit(MISSING)
    with chromium() as browser:
        for screen in [*SCREENS, PAPER]:
            page = open_page(browser, screen)
            for name in NAMES:
                page.goto((exports / name).as_uri())
                path = folder / str(screen) / name.removesuffix(".html").replace("/", "-")
                draw(page, path)
                if screen == PAPER:
                    page.pdf(path=path.with_suffix(".pdf"), prefer_css_page_size=True)
            page.context.close()
    print(f"{len(NAMES)} pages on {len(SCREENS) + 1} screens: {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
