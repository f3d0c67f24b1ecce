"""A JupyterLab server on a copy of the notebooks, outside the project."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.project import PROJECT

WAIT = 60  # seconds until a server must answer, on a busy machine


@dataclass(frozen=True)
class Lab:
    """A running server."""

    address: str
    token: str
    folder: Path

    def url(self, path: str) -> str:
        return f"{self.address}{path}?token={self.token}"

    def ask(self, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """Call the REST API, by POST if there is content, else by GET."""
        request = urllib.request.Request(self.address + path)
        request.add_header("Authorization", f"token {self.token}")
        data = None if content is None else json.dumps(content).encode()
        with urllib.request.urlopen(request, data) as answer:
            content = answer.read()
        return json.loads(content) if content else None


@contextmanager
def lab(folder: Path, **variables: str) -> Iterator[Lab]:
    """Start JupyterLab on copied notebooks, with its own settings."""
    notebooks, home = folder / "notebooks", folder / "home"
    folder.mkdir(exist_ok=True)
    ignored = shutil.ignore_patterns(".*")
    shutil.copytree(PROJECT / "notebooks", notebooks, ignore=ignored)
    kept = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime"}
    kept |= {"JUPYTER_DATA_DIR": "data", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    own = {name: str(home / place) for name, place in kept.items()}
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    options = ["--ServerApp.port=0", "--SchedulerApp.db_url=sqlite:///../jobs.db"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=notebooks, env={**os.environ, **own, **variables},
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield _running(process, home / "runtime", notebooks)
    finally:
        process.terminate()
        process.wait(WAIT)


def _running(process: subprocess.Popen, runtime: Path, folder: Path) -> Lab:
    """Wait for the file with the address of the server, and for its first answer."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end and process.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            content = json.loads(path.read_text() or "{}")
            found = Lab(content.get("url", "").rstrip("/"), content.get("token", ""), folder)
            with suppress(OSError, ValueError):  # not listening yet
                found.ask("/api/status")
                return found
        time.sleep(0.1)
    raise AssertionError((folder.parent / "log").read_text())
