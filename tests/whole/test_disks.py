"""Disks that are full, and folders that are read-only."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

RUN = f"{sys.executable} -m caoan_stats run --year 2023 --lang en"
LARGE = "from IPython.display import HTML\n\nHTML('<p>' + 'x' * 300_000 + '</p>')"


@pytest.fixture
def shell(project: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run a script in the project, with the right to mount file systems."""
    command = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    if subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], check=False).returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no file system may be mounted here")

    def shell(script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, "sh", "-c", script], cwd=project, capture_output=True, text=True, check=False
        )

    return shell


def test_on_a_full_disk_pages_fail_and_old_ones_stay_whole(project, add_notebook, shell):
    add_notebook("large", "year")
    add_notebook("small", "year")
    assert shell(RUN).returncode == 0
    before = {path: path.read_bytes() for path in (project / "exports").rglob("*.html")}
    add_notebook("large", LARGE)
    full = shell(
        "mkdir small && mount -t tmpfs -o size=400k none small && cp -r exports/* small"
        f" && {RUN} --out small; echo ended with $?; cp -r small kept"
    )
    assert "2023/large: FAILED: OSError: [Errno 28] No space left on device" in full.stdout
    assert "ended with 1" in full.stdout
    page = project / "exports/2023/large.html"
    assert (project / "kept/2023/large.html").read_bytes() == before[page]
    assert list((project / "kept").rglob(".*")) == []


def test_a_disk_without_room_gets_no_partial_files(project, add_notebook, shell):
    add_notebook("one", "year")
    full = shell(
        "mkdir small && mount -t tmpfs -o size=4k none small"
        f" && {RUN} --out small; echo ended with $?; cp -r small kept"
    )
    assert "ended with 2" in full.stdout
    assert full.stderr == "Cannot write small/index.json: No space left on device\n"
    assert [path for path in (project / "kept").rglob("*") if path.is_file()] == []


def test_a_read_only_exports_folder_is_reported_and_its_pages_stay(project, add_notebook, shell):
    add_notebook("one", "year")
    assert shell(RUN).returncode == 0
    pages = {path: path.read_bytes() for path in (project / "exports").rglob("*.*")}
    add_notebook("one", "year + 1")
    closed = shell(
        "mount --bind exports exports && mount -o remount,ro,bind exports exports"
        f" && {RUN}; echo ended with $?"
    )
    assert closed.stdout == "ended with 2\n"
    assert closed.stderr == (
        f"Cannot write {project}/exports/.caoan-stats.lock: Read-only file system\n"
    )
    assert {path: path.read_bytes() for path in pages} == pages


def test_a_read_only_data_folder_is_reported(project, add_notebook, shell):
    add_notebook("one", "year")
    closed = shell(
        f"mount --bind data data && mount -o remount,ro,bind data data && {RUN}; echo ended with $?"
    )
    assert closed.stdout == "ended with 2\n"
    assert closed.stderr == f"Cannot write {project}/data/processed: Read-only file system\n"
    assert not (project / "exports").exists()
