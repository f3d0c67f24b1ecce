import os
from collections.abc import Iterator

import pytest
from helpers.browser import CHROMIUM, MISSING, chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with chromium() as browser:
        yield browser
