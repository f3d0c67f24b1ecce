"""Executors that call functions in parallel: in forks, in processes or on a Dask cluster."""

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
    """Yield an executor; an error in the `with` block cancels its calls and ends all forks.

    `workers` is the number of parallel calls on this machine, None for one per processor;
    `cluster` is the address of a Dask scheduler to use instead. Raises `ClusterError` if Dask is
    not installed, or there is no scheduler at the address.
    """
    with _on_cluster(cluster) if cluster else _here(workers or os.cpu_count() or 1) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            forks.stop()
            raise


@contextmanager
def _here(workers: int) -> Iterator[Executor]:
    """Yield threads that each wait for a fork; on a system without forks, processes."""
    if forks.available():
        with ThreadPoolExecutor(workers) as threads:
            yield threads
        return
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"  # else a new process would import from the working folder
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _restore, (before,)) as processes:
            yield processes
    finally:
        _restore(before)


def _restore(before: str | None) -> None:
    """Restore the environment variable `SAFE`, which processes that a cell starts inherit."""
    if before is None:
        os.environ.pop(SAFE, None)
    else:
        os.environ[SAFE] = before


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
    with client, client.get_executor() as pool:
        yield pool
