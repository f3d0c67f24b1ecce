"""Whatever stands in place of a data file is refused, or read, in bounded time and memory."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.bad_files import READ, REFUSED

from caoan_stats import InvalidDataError
from caoan_stats.common import files
from caoan_stats.datafolder import csvfile

MEMORY = 2 << 30
SECONDS = 120  # far more than any of them takes; a machine may be busy


def run(data: Path, command: str = "check") -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder, with 2 GiB of memory and two minutes."""
    out = [f"--out={data.parent / 'exports'}"] if command == "run" else []
    return subprocess.run(
        [sys.executable, "-m", "caoan_stats", command, "--data", str(data), "--lang", "en", *out],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        cwd=data.parent,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.mark.long
@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_each_kind_of_bad_input_is_refused_with_its_sentence(data, spoil, sentence):
    spoil(data)
    done = run(data)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr[:2000]
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) < 6000


@pytest.mark.long
@pytest.mark.parametrize("spoil", READ.values(), ids=READ)
def test_what_only_looks_bad_is_read(data, spoil):
    spoil(data)
    done = run(data)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize(
    "kind", ["a file of 1 TB", "a pipe", "a device", "5,000 tables that nobody reads"]
)
def test_a_run_refuses_what_came_after_the_last_one(data, kind):
    spoil, sentence = REFUSED[kind]
    assert run(data, "build").returncode == 0
    (data.parent / "notebooks").mkdir()
    spoil(data)
    done = run(data, "run")
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr[:2000]
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_processed_data_without_end_is_made_anew(data):
    assert run(data, "build").returncode == 0
    path = data / "processed/observations.csv"
    size = path.stat().st_size
    os.truncate(path, 10**12)
    (data.parent / "notebooks").mkdir()
    run(data, "run")
    assert path.stat().st_size == size


def test_no_more_of_a_file_is_read_than_the_limit(tmp_path, monkeypatch):
    path = tmp_path / "rice.csv"
    path.touch()
    os.truncate(path, 10**12)
    for read in (
        lambda: files.read_file(path),
        lambda: csvfile.read_cells(path, "a,b"),
        lambda: files.fingerprint(tmp_path, [path]),
    ):
        with pytest.raises(InvalidDataError, match=r"^rice\.csv: found a file of more than 4 MB"):
            read()


def test_a_file_of_just_the_limit_is_read(tmp_path):
    (tmp_path / "x").write_bytes(b"12")
    assert files.read_file(tmp_path / "x", 2) == b"12"
    with pytest.raises(InvalidDataError):
        files.read_file(tmp_path / "x", 1)


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "rice.csv").write_bytes(b"a,b\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidDataError) as caught:
        files.read_file(tmp_path / "rice.csv")
    assert str(caught.value) == (
        "rice.csv: found a file that cannot be opened (Permission denied); expected a readable "
        "CSV file: close it elsewhere and check the permission to read it"
    )


def test_a_file_that_grows_while_it_is_read_is_out_of_date_at_once(data, monkeypatch):
    from caoan_stats.datafolder import processed, processed_files, raw

    read = raw.read_tables

    def grow(folder: Path) -> object:
        tables = read(folder)
        with (folder / "raw/rice.csv").open("a", encoding="utf-8") as file:
            file.write("rice_yield,2019,115,,,bc2023,I,\n")
        return tables

    monkeypatch.setattr(raw, "read_tables", grow)
    processed.build(data)
    with pytest.raises(processed_files.OutOfDateError):
        processed_files.read_built(data)


def test_data_that_always_changes_is_told(data, monkeypatch):
    from caoan_stats.datafolder import processed, raw

    read = raw.read_tables

    def grow(folder: Path) -> object:
        tables = read(folder)
        shutil.copy(folder / "units.csv", folder / "raw/units2.csv")
        return tables

    monkeypatch.setattr(raw, "read_tables", grow)
    with pytest.raises(InvalidDataError, match=r"^data: found data that changed while it was read"):
        processed.ensure_built(data)
