from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document as Word
from helpers.history import make_history
from helpers.project import PROJECT
from helpers.words import opened

from caoan_stats import Dataset
from caoan_stats.writing.report import write_report

MARK = "Bản đầy đủ, lưu hành nội bộ"


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("history") / "data")


@pytest.fixture(scope="session")
def written() -> bytes:
    """The report of the shipped data."""
    return write_report(Dataset.open(PROJECT / "data", as_of=2023), 2023, MARK)


@pytest.fixture(scope="session")
def report(written: bytes) -> Word:
    return opened(written)


@pytest.fixture(scope="session")
def latest(history: Path) -> Word:
    """The report of the last year of the invented history."""
    return opened(write_report(Dataset.open(history, as_of=2024), 2024, MARK))


@pytest.fixture
def write(data: Path) -> Callable[..., Word]:
    """Return the report of the shipped data after changes of its files."""

    def written(*lines: tuple[str, str], year: int = 2023, below: int = 0) -> Word:
        for name, line in lines:
            path = data / name
            path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
        ds = Dataset.open(data, as_of=year, public_below=below)
        return opened(write_report(ds, year, MARK))

    return written
