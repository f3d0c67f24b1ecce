"""Imports without optional packages that are slow to import."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Import as if the named modules were not installed; those already imported stay available.

    Examples
    --------
    >>> with without("turtle"):
    ...     import turtle
    Traceback (most recent call last):
    ModuleNotFoundError: import of turtle halted; None in sys.modules
    """
    absent: dict[str, Any] = {name: None for name in names if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
