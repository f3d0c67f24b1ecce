"""An import that cannot go on leaves a valid data folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.importing import raw_files

from caoan_stats.common.locks import hold
from caoan_stats.forms import review, undo


def killed_after(count: int) -> Callable[[dict[Path, bytes]], None]:
    """Write some files, as an import does that is then killed."""

    def write(contents_of: dict[Path, bytes]) -> None:
        for path, content in list(contents_of.items())[:count]:
            path.write_bytes(content)
        raise SystemExit(-9)

    return write


def test_an_import_exits_with_3_while_another_writes_in_the_folder(form, built, import_form):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    with hold([built / "raw"]):
        assert import_form("--write").exit_code == 3
    assert import_form("--write").exit_code == 0


@pytest.fixture
def two_figures(form):
    """Type figures of two tables into the workbook."""
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("poultry", 97000)


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made unwritable there")
@pytest.mark.parametrize("count", [1, 2])
def test_a_killed_import_leaves_valid_data_and_a_second_one_finishes_it(
    count, two_figures, built, import_form, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(review, "write_files", killed_after(count))
        import_form("--write")
    assert call("check", "--data", str(built)).exit_code == 0
    assert import_form("--write").stdout.splitlines()[-1] == (
        f"Đã thêm {3 - count} dòng, thay 0 dòng trong {3 - count} tệp; {count} dòng đã có."
    )


def test_answers_are_written_before_the_figures(form, built, import_form, monkeypatch):
    with filling(form) as typed:
        typed.type("chickens", 1_200_000)
    with monkeypatch.context() as patched:
        patched.setattr(review, "write_files", killed_after(2))
        import_form("--write", "--accept", "báo cáo nêu vậy")
    assert call("check", "--data", str(built)).exit_code == 0
    assert import_form("--write").exit_code == 0


def test_an_import_writes_no_file_when_one_cannot_be_written(form, built, import_form, monkeypatch):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("chickens", 96000)
    before, replace = raw_files(built), Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == "livestock.csv":
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    result = import_form("--write")
    assert result.exit_code == 2
    assert "livestock.csv: Permission denied" in result.stderr
    assert raw_files(built) == before


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_killed_import_can_be_taken_back(count, two_figures, built, import_form, monkeypatch):
    before = raw_files(built)
    with monkeypatch.context() as patched:
        patched.setattr(review, "write_files", killed_after(count))
        import_form("--write")
    assert call("import", "--undo", "--data", str(built)).exit_code == 0
    assert raw_files(built) == before


def test_an_import_is_not_begun_when_it_could_not_be_taken_back(
    form, built, import_form, monkeypatch
):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    before = raw_files(built)

    def full(path: Path, data: bytes, like: Path | None = None) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(undo, "write_file", full)
    assert import_form("--write").exit_code == 2
    assert raw_files(built) == before
