"""Pools that call functions side by side: forks of this machine, processes, a Dask cluster."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from caoan_stats.common.errors import ClusterError
from caoan_stats.kernel import forks

SAFE = "PYTHONSAFEPATH"


@contextmanager
def open_pool(workers: int | None = None, cluster: str | None = None) -> Iterator[Executor]:
    """Give what calls functions side by side; if it is left by an error, nothing goes on.

    Parameters
    ----------
    workers
        How many at once; as many as there are processors, without.
    cluster
        The address of a Dask scheduler; without it, this machine.

    Raises
    ------
    ClusterError
        There is no Dask here, or no scheduler there.
    """
    with _on_cluster(cluster) if cluster else _here(workers or os.cpu_count() or 1) as calls:
        try:
            yield calls
        except BaseException:
            calls.shutdown(wait=False, cancel_futures=True)
            forks.stop()
            raise


@contextmanager
def _here(workers: int) -> Iterator[Executor]:
    """Each thread waits for a fork; where there are none, each process makes pages itself."""
    if forks.available():
        with ThreadPoolExecutor(workers) as threads:
            yield threads
        return
    known = os.environ.get(SAFE)
    os.environ[SAFE] = "1"  # else a new process would import from the working folder
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _restore, (known,)) as processes:
            yield processes
    finally:
        _restore(known)


def _restore(known: str | None) -> None:
    """Let what is started from here on, by a cell too, import as it would without a pool."""
    if known is None:
        os.environ.pop(SAFE, None)
    else:
        os.environ[SAFE] = known


@contextmanager
def _on_cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("no_dask", address) from None
    try:
        client = Client(address)
    except (OSError, ValueError):
        raise ClusterError("no_cluster", address) from None
    with client, client.get_executor() as calls:
        yield calls
