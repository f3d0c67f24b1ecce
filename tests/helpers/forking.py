"""A fork server that starts fast, and functions to call in its forks."""

import importlib
import os
from collections.abc import Callable, Iterator
from functools import partial

import psutil
import pytest

from caoan_stats.kernel import forks

LIGHT = "light"  # the preloaded module, which counts how often it is prepared
MODULE = """
import threading
prepared = []

def prepare():
    prepared.append(threading.active_count())
"""
FUNCTIONS = """
import os, signal, time
from caoan_stats.kernel import forkserver

def send(*values):
    for value in values:
        forkserver.send_to_parent(value)
    return len(values)

def send_and_wait(*values):
    send(*values)
    signal.pause()

def leave_a_process():
    child = os.fork()
    if not child:
        os.setsid()
        signal.pause()
    while os.getpgid(child) == os.getpgrp():
        time.sleep(0.01)
    return child

def outlive_the_server():
    os.kill(os.getppid(), signal.SIGKILL)
    return "here"
"""
ERRORS = """
class UnpicklableError(Exception):
    def __reduce__(self):
        raise TypeError

class UnreadableError(Exception):
    def __init__(self, one, two):
        super().__init__(one)

def raise_(name):
    raise UnpicklableError(name) if name == "unpicklable" else UnreadableError(name, name)
"""


def named(name: str) -> Callable[..., object]:
    """Return a function of the preloaded module."""
    return getattr(importlib.import_module(LIGHT), name)


def evaluate(words: str) -> Callable[[], object]:
    """Return a function that evaluates an expression and can be pickled."""
    return partial(eval, words, {})


def wait_for_end(*processes: psutil.Process) -> None:
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[str]:
    """The folder where the server finds its module; servers are stopped at the end."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / f"{LIGHT}.py").write_text(MODULE + FUNCTIONS + ERRORS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.syspath_prepend(folder)
        yield str(folder)
        forks.stop()


@pytest.fixture
def call(folder) -> Callable:
    return partial(forks.call, LIGHT)


@pytest.fixture
def spawn(folder) -> Callable:
    return partial(forks.spawn, LIGHT)


@pytest.fixture
def server(call) -> psutil.Process:
    return psutil.Process(call(os.getppid))
