"""Files that a notebook reads, recorded by an audit hook in the process that runs its cells.

In a fork `start` is called. An ordinary kernel loads this module as an IPython extension, which
writes the record after each cell to the file that the environment variable `FILE_VARIABLE` names.
Not seen is what compiled code or another program opens by itself.
"""

import importlib
import json
import os
import sys
from contextlib import suppress
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from caoan_stats.common.files import stamp

FILE_VARIABLE = "CAOAN_STATS_READS"
_LISTINGS = ("os.listdir", "os.scandir")
_EVENTS = frozenset(("open", "import", "os.rename", "sqlite3.connect", *_LISTINGS))
_WRITES = os.O_WRONLY | os.O_RDWR

_seen: dict[str, str] = {}  # the stamp of each file when it was first opened to read
_written: set[str] = set()


def start() -> None:
    """Record from now on; this cannot be ended before the process ends."""
    sys.addaudithook(_hook)


def recorded() -> dict[str, str]:
    """Return the stamp that each file read, or folder listed, had when first opened, by its path.

    Those that this process has written are left out: they are what it makes, not what it is given.
    """
    return {path: seen for path, seen in _seen.items() if path not in _written}


def load_ipython_extension(shell: Any) -> None:
    """Record the files of a kernel, and write the record after each cell."""
    path = Path(os.environ[FILE_VARIABLE])
    _written.add(str(path))
    start()
    shell.events.register("post_run_cell", lambda _: path.write_text(json.dumps(recorded())))


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS:
        with suppress(Exception):  # the cell must get its own error, not one of this hook
            _note(event, arguments)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    """Note the path of an event as read or written."""
    path = arguments[0]
    if event == "os.rename":
        _written.add(_absolute(arguments[1]))
        return
    if event == "open" and arguments[2] & _WRITES:
        _written.add(_absolute(path))
        return
    if event == "import":
        path = arguments[1]  # None but for a module of machine code
    elif event == "sqlite3.connect":
        name = os.fsdecode(path).removeprefix("file:").partition("?")[0]
        path = None if name.startswith(":") else name  # `:memory:` is no file
    elif event in _LISTINGS:
        path = None if _is_import(sys._getframe(2).f_code.co_filename) else path or "."
    if path and not isinstance(path, int) and (path := _absolute(path)) not in _seen:
        _seen[path] = ""  # a listing by `stamp` comes here too
        _seen[path] = stamp(path)


def _absolute(path: str | bytes | os.PathLike[Any]) -> str:
    """Return the absolute path of a file; of compiled Python, that of its source."""
    found = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - links are kept
    return source_from_cache(found) if "__pycache__" in found else found


def _is_import(file: str) -> bool:
    return file.startswith(("<frozen importlib", *importlib.__path__))
