"""Fixtures of imports: a data folder, an empty workbook, and the command on both."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.commands import call
from typer.testing import Result

from caoan_stats.datafolder.package import load_package
from caoan_stats.forms.review import review


def raw_files(data: Path) -> dict[str, bytes]:
    """Return the bytes of each file that an import can change, by name."""
    paths = [data / "acknowledged.csv", *(data / "raw").iterdir()]
    return {path.name: path.read_bytes() for path in paths}


def last_lines(data: Path, table: str, count: int) -> list[str]:
    return (data / f"raw/{table}.csv").read_text(encoding="utf-8").splitlines()[-count:]


@pytest.fixture
def built(empty_project: Path, tmp_path: Path) -> Path:
    """A copy of the data folder with `processed/`, to import into."""
    return Path(shutil.copytree(empty_project / "data", tmp_path / "data"))


@pytest.fixture
def form(empty_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workbook of 2024, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(empty_project / "2024.xlsx", tmp_path))


@pytest.fixture
def import_form(form: Path, built: Path) -> Callable[..., Result]:
    """Import the workbook into the data folder."""

    def run(*options: str, file: str = form.name) -> Result:
        return call("import", file, "--data", str(built), *options)

    return run


@pytest.fixture
def import_copy(built: Path) -> Callable[..., Result]:
    """Import the marked copy of the workbook."""
    return lambda *options: call("import", "2024 - cần sửa.xlsx", "--data", str(built), *options)


@pytest.fixture
def new_lines(built: Path, form: Path) -> Callable[..., str]:
    """Return the lines of CSV that the import of a file adds or puts in place of others."""

    def run(name: str = form.name) -> str:
        drafts = review(Path(name), load_package(built)).prepared.drafts
        return "".join(
            "".join(draft.text.splitlines(keepends=True)[change.line - 1 :][:1])
            for draft in drafts
            for change in draft.changes
        )

    return run


@pytest.fixture
def import_csv(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Import a CSV of the given text into the data folder."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str) -> Result:
        Path("2024.csv").write_text(text, encoding="utf-8")
        return call("import", "2024.csv", "--data", str(built), *options)

    return run


@pytest.fixture
def refusal(import_form: Callable[..., Result], built: Path) -> Callable[[], list[str]]:
    """Import a workbook that is refused, and return the lines of its errors; no data changes."""

    def run() -> list[str]:
        before = raw_files(built)
        result = import_form("--write")
        assert result.exit_code == 2
        assert raw_files(built) == before
        assert result.stdout == ""
        return [line for line in result.stderr.splitlines() if " - cần sửa.xlsx" not in line]

    return run
