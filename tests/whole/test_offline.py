"""The command needs no network and uses none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from helpers.project import PROJECT

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's"),
]

NAMED = ("--year", "2023", "--notebook", "livestock", "--notebook", "audit")
WAYS = (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"])
NONE = "no way to a namespace without a network: unshare of util-linux is needed, and the right"
LISTEN = """
import os, sys

def note(what):
    log = os.open(os.environ["NETWORK_LOG"], os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(log, f"{what}\\n".encode())
    os.close(log)

def listen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        if arguments[0].family.name != "AF_UNIX":
            note(f"{event} {arguments[0].family.name}")
    elif event.startswith(("socket.getaddrinfo", "socket.gethostby", "urllib.", "http.client.")):
        note(event)

sys.addaudithook(listen)
note("listens " + ("server" if sys.orig_argv[1:2] == ["-c"] else "command"))
"""
CONNECT = """
import socket
socket.getaddrinfo("127.0.0.1", 9)
with socket.socket() as tried:
    tried.connect_ex(("127.0.0.1", 9))
"""


@pytest.fixture(scope="module")
def without_network() -> list[str]:
    """The words before a command that start it without a network, even without loopback."""
    for way in WAYS:
        if shutil.which(way[0]) and subprocess.run([*way, "true"], check=False).returncode == 0:
            return way
    return (pytest.fail if os.environ.get("CI") else pytest.skip)(NONE)


@pytest.fixture
def call(data):
    """Call the command on the data folder."""

    def caoan(
        *options: str | Path, start: Sequence[str] = (), cwd: Path = PROJECT, **environment: str
    ) -> str:
        done = subprocess.run(
            [*start, sys.executable, "-m", "caoan_stats", *options, "--data", data],
            cwd=cwd,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return caoan


def files(folder: Path) -> dict[Path, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in paths}


def test_the_namespace_has_no_network(without_network):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [*without_network, sys.executable, "-c", code], capture_output=True, check=False
    )
    assert b"Network is unreachable" in done.stderr


def test_a_run_without_a_network_makes_the_same_pages(without_network, call, data, tmp_path):
    call("run", *NAMED, "--out", tmp_path / "with")
    built = files(data / "processed")
    shutil.rmtree(data / "processed")
    call("run", *NAMED, "--out", tmp_path / "without", start=without_network)
    assert Path("2023/livestock.html") in files(tmp_path / "with")
    assert files(tmp_path / "without") == files(tmp_path / "with")
    assert files(data / "processed") == built


def test_data_is_checked_and_built_without_a_network(without_network, call, data):
    call("build")
    built = files(data / "processed")
    shutil.rmtree(data / "processed")
    call("check", start=without_network)
    call("build", start=without_network)
    assert files(data / "processed") == built


@pytest.fixture
def record_requests(call, tmp_path):
    """Run the command, and return each kind of network request of it, its server and its forks."""

    def listen(*options: str | Path, cwd: Path = PROJECT) -> set[str]:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(LISTEN, encoding="utf-8")
        paths = os.pathsep.join([str(tmp_path / "site"), str(PROJECT)])
        log = tmp_path / "log"
        call(*options, cwd=cwd, PYTHONPATH=paths, NETWORK_LOG=str(log))
        return set(log.read_text(encoding="utf-8").splitlines())

    return listen


def test_a_run_makes_no_network_request(record_requests, tmp_path):
    requests = record_requests("run", *NAMED, "--out", tmp_path / "out")
    assert requests == {"listens command", "listens server"}


def test_a_network_request_of_a_notebook_is_recorded(
    project, add_notebook, record_requests, tmp_path
):
    add_notebook("one", CONNECT)
    requests = record_requests("run", "--year", "2023", "--out", tmp_path / "out", cwd=project)
    assert requests == {
        "listens command",
        "listens server",
        "socket.connect AF_INET",
        "socket.getaddrinfo",
    }
