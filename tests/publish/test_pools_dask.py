"""A Dask cluster of a scheduler and two workers makes the same pages."""

import filecmp
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers.project import PROJECT

pytestmark = pytest.mark.long

LIMIT = 60  # seconds until a cluster must have started


class Cluster(NamedTuple):
    """The address of a scheduler, and its workers."""

    address: str
    workers: list[subprocess.Popen]


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    """Start a scheduler or worker in a folder and in a process group of its own."""
    command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=folder, start_new_session=True, **silent)


def kill(process: subprocess.Popen) -> None:
    """End a scheduler or worker and all its child processes."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    limit = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    """Two workers of one thread, each the child of a nanny."""
    place = tmp_path / "scheduler.json"
    file = ("--scheduler-file", str(place))
    scheduler = start(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", *file)
    wait_until(place.is_file)
    folder = ("--local-directory", str(tmp_path))
    workers = [start(tmp_path, "worker", *file, *folder, "--nthreads", "1") for _ in range(2)]
    yield Cluster(json.loads(place.read_bytes())["address"], workers)
    for process in (*workers, scheduler):
        if process.poll() is None:
            kill(process)


@pytest.fixture
def running(cluster, tmp_path) -> Iterator[subprocess.Popen]:
    """A run of all pages on the cluster, whose workers are in another folder."""
    command = [sys.executable, "-m", "caoan_stats", "run", "--dask", cluster.address]
    command += ["--out", os.path.relpath(tmp_path / "out", PROJECT)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def same(first: Path, second: Path) -> bool:
    """Return whether two folders have the same files with the same bytes."""
    names = [
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
        for folder in (first, second)
    ]
    _, unlike, lost = filecmp.cmpfiles(first, second, names[0], shallow=False)
    return names[0] == names[1] and not unlike and not lost


def test_a_cluster_makes_the_same_bytes(running, exports, tmp_path):
    output, _ = running.communicate()
    assert running.returncode == 0, output
    assert same(tmp_path / "out", exports)


def test_a_killed_worker_costs_no_page(cluster, running, exports, tmp_path):
    assert "đã làm" in running.stdout.readline()
    kill(cluster.workers[0])
    output, _ = running.communicate()
    assert running.returncode == 0, output
    assert same(tmp_path / "out", exports)


def test_an_address_without_a_scheduler_is_reported(tmp_path):
    command = [sys.executable, "-m", "caoan_stats", "run", "--dask", "tcp://127.0.0.1:9"]
    command += ["--out", str(tmp_path), "--notebook", "audit", "--year", "2023"]
    soon = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = subprocess.run(command, cwd=PROJECT, env=soon, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().endswith("Không có cụm Dask nào ở tcp://127.0.0.1:9.\n")
