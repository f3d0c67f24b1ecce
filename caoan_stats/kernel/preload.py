"""What notebooks need, imported once in a fork server so that no cell waits for it."""

import os
from collections.abc import Iterable
from importlib import import_module

from caoan_stats.common.imports import without
from caoan_stats.kernel.forkserver import INLINE

SLOW = (
    "debugpy",
    "rfc3987_syntax",
)  # other packages import them where installed; no cell needs them
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
    """Import what cells need when they run in a fork, without sockets."""
    import_all(MODULES)


def import_all(names: Iterable[str]) -> None:
    """Import modules, without the slow packages that nothing here needs."""
    with without(*SLOW):
        for name in names:
            import_module(name)


def draw_inline() -> None:
    """Set matplotlib, already imported, to the backend that the environment or a notebook wants."""
    import matplotlib as mpl

    backend = os.environ.setdefault("MPLBACKEND", INLINE)
    if mpl.get_backend(auto_select=False) != backend:
        mpl.rcParams["backend"] = backend
