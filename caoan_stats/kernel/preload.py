"""Modules that notebooks need, imported once in a fork server so that no cell waits for them."""

import os
from collections.abc import Iterable
from importlib import import_module

from caoan_stats.common.imports import without
from caoan_stats.kernel.forkserver import INLINE

SLOW = ("debugpy", "rfc3987_syntax")  # optional imports of other packages that no cell needs
MODULES = (
    "caoan_stats.audit_page",
    "caoan_stats.display.svg",
    "caoan_stats.kernel.inprocess",
    "caoan_stats.page",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
)


def prepare() -> None:
    """Import the modules that cells need in a fork; the fork server calls this before it forks."""
    import_all(MODULES)


def import_all(names: Iterable[str]) -> None:
    """Import modules in this order, as if the packages in `SLOW` were not installed."""
    with without(*SLOW):
        for name in names:
            import_module(name)


def draw_inline() -> None:
    """Set the backend of a matplotlib that is already imported.

    The environment variable `MPLBACKEND` names it; if the variable is not set, it is set to the
    inline backend of notebooks.
    """
    import matplotlib as mpl

    backend = os.environ.setdefault("MPLBACKEND", INLINE)
    if mpl.get_backend(auto_select=False) != backend:
        mpl.rcParams["backend"] = backend
