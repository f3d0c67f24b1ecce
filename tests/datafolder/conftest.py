import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def change_descriptor(data: Path) -> Callable[[Callable[[Any], object]], None]:
    """Change the content of `datapackage.json` in the copy of the data folder."""

    def change(function: Callable[[Any], object]) -> None:
        path = data / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        function(package)
        path.write_text(json.dumps(package), encoding="utf-8")

    return change
