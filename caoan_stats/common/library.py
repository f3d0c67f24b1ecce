"""The installed package: its files, its digest, and the versions of packages that render pages."""

import os
import platform
import re
import sys
from functools import cache
from pathlib import Path

from caoan_stats.common.files import fingerprint

PACKAGE = Path(__file__).resolve().parent.parent
RENDERERS = (
    "babel", "ipykernel", "ipython", "jinja2", "latex2mathml", "matplotlib", "mistune", "nbclient",
    "nbconvert", "numpy", "pandas", "papermill",
)  # fmt: skip
_DISTRIBUTION = re.compile(r"([\w.]+)-([^-]+)\.dist-info")


def files() -> list[Path]:
    """Return the files of the package, sorted by path, without those in `__pycache__`."""
    return sorted(
        path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


@cache
def digest() -> str:
    """Return the fingerprint of the files, computed once per process."""
    return fingerprint(PACKAGE, files())


@cache
def versions() -> str:
    """Return the versions of Python and of the packages that a page depends on.

    They are read from the names of `.dist-info` folders: `importlib.metadata` is slow to import.
    """
    found = {}
    for folder in reversed([path or "." for path in sys.path]):
        for entry in os.scandir(folder) if Path(folder).is_dir() else ():
            if match := _DISTRIBUTION.fullmatch(entry.name):
                found[match[1].lower()] = match[2]
    pairs = (f"{name} {found.get(name, '?')}" for name in RENDERERS)
    return ", ".join((f"python {platform.python_version()}", *pairs))
