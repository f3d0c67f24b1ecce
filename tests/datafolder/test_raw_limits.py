"""Whatever is in place of a data file is refused or read in bounded time and memory."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.bad_files import READ, REFUSED

from caoan_stats import InvalidDataError
from caoan_stats.common import files
from caoan_stats.datafolder import csvfile

MEMORY = 2 << 30
SECONDS = 120  # much more than needed, for a busy machine


def run(data: Path, command: str = "check") -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder, limited to 2 GiB of memory and two minutes."""
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
def test_each_kind_of_bad_file_is_refused_with_its_sentence(data, spoil, sentence):
    spoil(data)
    done = run(data)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr[:2000]
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) < 6000


@pytest.mark.long
@pytest.mark.parametrize("spoil", READ.values(), ids=READ)
def test_a_file_that_only_looks_bad_is_read(data, spoil):
    spoil(data)
    done = run(data)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("kind", ["a file of 1 TB", "a pipe", "a device", "5,000 unlisted tables"])
def test_a_run_refuses_a_bad_file_that_appeared_since_the_last_run(data, kind):
    spoil, sentence = REFUSED[kind]
    assert run(data, "build").returncode == 0
    (data.parent / "notebooks").mkdir()
    spoil(data)
    done = run(data, "run")
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr[:2000]
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_an_oversized_processed_file_is_rebuilt(data):
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
