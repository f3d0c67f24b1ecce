"""The key of a page: digests of all that it was made from, by name, carried in its head.

A page whose key is that of its job is not made again; where they differ, the names say why it is.
"""

import os
import platform
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from caoan_stats.files import fingerprint, sha256
from caoan_stats.places import PACKAGE, library_files

MARK = "caoan-stats-key"  # the name under which a page carries its key
HEAD = 4096  # the key stands in the first bytes of a page
RENDERERS = (
    "babel", "ipykernel", "ipython", "jinja2", "matplotlib", "mistune", "nbclient", "nbconvert",
    "numpy", "pandas", "papermill",
)  # fmt: skip
LENGTH = 12
_CARRIED = re.compile(rf'<meta name="{MARK}" content="([^"]*)">')
_DISTRIBUTION = re.compile(r"([\w.]+)-([^-]+)\.dist-info")


def key(parts: Mapping[str, str]) -> str:
    """Write a key.

    Parameters
    ----------
    parts
        What the page is made from, by name; a text of any length each.

    Examples
    --------
    >>> key({"data": "", "notebook": "1"})
    'data:e3b0c44298fc notebook:6b86b273ff34'
    """
    return " ".join(f"{name}:{digest(text)}" for name, text in parts.items())


def digest(text: str) -> str:
    """Give a short checksum of a text."""
    return sha256(text.encode()).partition(":")[2][:LENGTH]


def changed(before: str, now: str) -> list[str]:
    """Name the parts of a key that are not as in another.

    Examples
    --------
    >>> changed("data:1 notebook:2", "data:1 notebook:3")
    ['notebook']
    """
    return [part.partition(":")[0] for part in now.split() if part not in before.split()]


def carried(page: Path) -> str | None:
    """Read the key that a page carries; empty where it has none, None where there is no page."""
    try:
        with page.open("rb") as file:
            head = file.read(HEAD).decode(errors="replace")
    except OSError:
        return None
    found = _CARRIED.search(head)
    return found[1] if found else ""


@cache
def library() -> str:
    """Give the fingerprint of this library, as it was when this process first asked."""
    return fingerprint(PACKAGE, library_files())


@cache
def versions() -> str:
    """Name Python and the packages that a page depends on, each with its version.

    The names of their folders say it; `importlib.metadata` takes longer to import than a run with
    nothing to do.
    """
    known = {}
    for folder in reversed([path or "." for path in sys.path]):
        for entry in os.scandir(folder) if Path(folder).is_dir() else ():
            if found := _DISTRIBUTION.fullmatch(entry.name):
                known[found[1].lower()] = found[2]
    pairs = (f"{name} {known.get(name, '?')}" for name in RENDERERS)
    return ", ".join((f"python {platform.python_version()}", *pairs))
