from collections.abc import Callable
from functools import cache

import pytest
from helpers.history import make_history

from caoan_stats import Dataset


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Dataset]:
    """The invented history of 2019 to 2024, as the documents of a year say it."""
    folder = make_history(tmp_path_factory.mktemp("history") / "data")
    return cache(lambda year: Dataset.open(folder, as_of=year))


@pytest.fixture(scope="session")
def hindsight(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same history as all documents say it, later ones included."""
    return Dataset.open(make_history(tmp_path_factory.mktemp("hindsight") / "data"))
