"""JupyterLab on one document, which has run before a browser opens it.

The server listens on the loopback address alone, has its own token, and neither reads nor writes
the settings, extensions and workspaces of another JupyterLab.
"""

import asyncio
import json
import os
import secrets
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyterlab.labapp import LabApp
from nbclient import NotebookClient
from tornado.web import StaticFileHandler
from traitlets.config import Config

from caoan_stats.datafolder.find import find_project
from caoan_stats.desk.making import exports_folder

LAB = Path(__file__).with_name("lab")  # the document, and the settings of JupyterLab
DOCUMENT = "nhap-lieu.ipynb"
KERNEL = "caoan_stats"
WIDGETS = "@jupyter-widgets/jupyterlab-manager"  # the only extension that the document needs
MESSAGE_LIMIT = 500_000_000  # bytes; a file that is too large for an import is refused in words
SILENT = 50  # log level of what nobody can repair


class PageHandler(StaticFileHandler):
    """Serves the pages that were made; a browser asks each time whether one has changed."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado calls it so
        """Let a browser keep a page, but not use it without asking."""
        self.set_header("Cache-Control", "no-cache")


def serve(data: Path, on_ready: Callable[[str], object]) -> None:
    """Serve the desk of a data folder until the process is interrupted.

    `on_ready` is called with the address of the document when it can be opened.
    """
    with TemporaryDirectory(prefix="caoan-desk-") as folder:
        server = _make_server(Path(folder))
        failures: list[Exception] = []

        async def begin() -> None:
            try:
                await _run_document(server, data)
                _stop_on_signals(server)
                token = server.identity_provider.token
                on_ready(f"{server.connection_url}doc/tree/{DOCUMENT}?token={token}")
            except Exception as error:
                failures.append(error)
                server.stop()

        server.io_loop.add_callback(begin)
        server.start()
        end_tasks(server.io_loop.asyncio_loop)
        shutil.rmtree(server.config_dir, ignore_errors=True)
        if failures:
            raise failures[0]


def end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what is unfinished on a loop that has stopped, as `asyncio.run` does.

    A thread that works for a request ends with it; else the process would wait for it forever. A
    task that awaits an interrupted one raises that interrupt again.
    """
    while tasks := asyncio.all_tasks(loop):
        for task in tasks:
            task.cancel()
        with suppress(KeyboardInterrupt):
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


def _stop_on_signals(server: Any) -> None:
    """Stop on Ctrl-C and SIGTERM, which nbclient sets back, and when the terminal is closed."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: server.stop(from_signal=True))


def _make_server(folder: Path) -> Any:
    """Return a server that keeps everything in a folder and has a free port."""
    os.environ |= {"JUPYTER_NO_CONFIG": "1", "JUPYTER_DATA_DIR": str(folder / "jupyter")}
    root, settings = folder / "root", folder / "settings"
    for each in (root, settings):
        each.mkdir()
    shutil.copy(LAB / "overrides.json", settings)
    options = {
        "Application": {"log_level": SILENT},
        "IdentityProvider": {"token": secrets.token_urlsafe()},
        "LabApp": {"app_settings_dir": str(settings), "custom_css": True},
        "ServerApp": {
            "allow_root": True,
            "answer_yes": True,  # Ctrl-C asks nothing
            "ip": "127.0.0.1",
            "open_browser": False,
            "port": 0,
            "root_dir": str(root),
            "tornado_settings": {"websocket_max_message_size": MESSAGE_LIMIT},
        },
    }
    LabApp.load_other_extensions = False
    server = LabApp.initialize_server(config=Config(options), static_custom_path=[str(LAB)])
    disabled = json.loads((LAB / "disabled.json").read_bytes())
    page_config = {"disabledExtensions": [*disabled, *_other_extensions(server)]}
    (settings / "page_config.json").write_text(json.dumps(page_config), encoding="utf-8")
    return server


def _other_extensions(server: Any) -> list[str]:
    """Return the names of the extensions of JupyterLab that the document does not need."""
    [lab] = server.extension_manager.extension_apps["jupyterlab"]
    paths = [
        path
        for folder in lab.labextensions_path
        for pattern in ("[!@]*/package.json", "@*/*/package.json")
        for path in Path(folder).glob(pattern)
    ]
    return sorted({json.loads(path.read_bytes())["name"] for path in paths} - {WIDGETS})


async def _run_document(server: Any, data: Path) -> None:
    """Run the document in the kernel that its page will find, and save it as trusted."""
    address = f"/pages/{secrets.token_urlsafe()}"
    pages = {"path": str(exports_folder(data))}
    server.web_app.add_handlers(".*$", [(f"{address}/(.*)", PageHandler, pages)])
    document = nbformat.read(LAB / DOCUMENT, as_version=4)
    parameters = {"data": str(data), "project": str(find_project(data)), "address": address}
    document.cells[0].source = "\n".join(f"{name} = {each!r}" for name, each in parameters.items())
    opened = {"path": DOCUMENT, "name": DOCUMENT, "type": "notebook", "kernel_name": KERNEL}
    session = await server.session_manager.create_session(**opened)
    kernel = server.kernel_manager.get_kernel(session["kernel"]["id"])
    client = NotebookClient(document, km=kernel, store_widget_state=False)
    await client.async_execute()
    server.contents_manager.notary.sign(document)
    nbformat.write(document, Path(server.root_dir) / DOCUMENT)
