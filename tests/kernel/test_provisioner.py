"""Jupyter kernels that are forks behave as ordinary kernels for jupyter_client."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from helpers.cells import BESIDE, execute, notebook, same
from jupyter_client import AsyncKernelClient, AsyncKernelManager
from nbformat import NotebookNode

from caoan_stats.kernel import forks, provisioner

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")

KERNEL = "caoan_stats"
CELLS = (
    "print('Lúa')\nimport sys\nprint('a', file=sys.stderr)",
    "import pandas as pd\npd.DataFrame([range(40)] * 100)",
    "from matplotlib import pyplot as plt\nlines = plt.plot([1, 2])",
    "%matplotlib inline\n%who",
    "import beside\nbeside.NAME, __name__",
    "import asyncio\nawait asyncio.sleep(0, 1)",
    "!echo a",
    "sys.path",
    "def fail():\n    1 / 0\nfail()",
)


@pytest.fixture(scope="module", autouse=True)
def _stopped():
    yield
    forks.stop()


@dataclass(frozen=True)
class Asks:
    """Evaluates expressions in a kernel."""

    client: AsyncKernelClient

    async def __call__(self, expression: str) -> Any:
        reply = await self.client.execute_interactive(
            "", user_expressions={"value": expression}, timeout=60, allow_stdin=False
        )
        return eval(reply["content"]["user_expressions"]["value"]["data"]["text/plain"])

    async def begin(self, code: str) -> str:
        """Start a cell, and wait until it has printed something."""
        request = self.client.execute(code, stop_on_error=False)
        while (await self.client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
            pass
        return request

    async def reply(self, request: str) -> dict[str, Any]:
        while True:
            message = await self.client.get_shell_msg(timeout=60)
            if message["parent_header"]["msg_id"] == request:
                return message["content"]


@asynccontextmanager
async def kernel(**options: Any) -> AsyncIterator[tuple[AsyncKernelManager, Asks]]:
    """Start a kernel, and yield its manager and an `Asks` for it."""
    manager = AsyncKernelManager(kernel_name=KERNEL)
    await manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        yield manager, Asks(client)
    finally:
        client.stop_channels()
        if await manager.is_alive():
            await manager.shutdown_kernel(now=True)
        elif manager.provisioner:
            await manager.cleanup_resources()
        manager.context.destroy()


def with_kernel(test: Callable[..., Awaitable[Any]], **options: Any) -> Any:
    """Run a coroutine function with a kernel, and return its result."""

    async def run() -> Any:
        async with kernel(**options) as (manager, value):
            return await test(manager, value)

    return asyncio.run(run())


def process(manager: AsyncKernelManager) -> psutil.Process:
    return psutil.Process(manager.provisioner.pid)


def wait_for_end(*processes: psutil.Process) -> None:
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive


def test_cells_have_the_outputs_of_an_ordinary_kernel(tmp_path):
    (tmp_path / "beside.py").write_text(BESIDE, encoding="utf-8")
    given = notebook(*CELLS)

    def outputs(name: str) -> list:
        done: NotebookNode = execute(given, tmp_path, kernel_name=name)
        return [same(cell.outputs) for cell in done.cells if cell.cell_type == "code"]

    assert outputs(KERNEL) == outputs("python3")


def test_a_kernel_is_a_fork_with_its_imports_done():
    async def test(manager, value):
        assert (
            await value(
                "[name in __import__('sys').modules for name in "
                "('pandas', 'matplotlib.figure', 'caoan_stats.page')]"
            )
            == [True] * 3
        )
        async with kernel() as (other, other_value):
            assert await other_value("'pandas' in __import__('sys').modules")
            assert process(other).parent() == process(manager).parent()
            assert process(other).parent().parent() == psutil.Process()

    with_kernel(test)


def test_the_server_has_one_thread_when_it_forks():
    async def test(manager, value):
        assert process(manager).parent().num_threads() == 1

    with_kernel(test)


def test_a_kernel_has_no_open_port():
    async def test(manager, value):
        assert manager.get_connection_info()["transport"] == "ipc"
        listening = [
            each
            for each in process(manager).net_connections("inet")
            if each.status == psutil.CONN_LISTEN and each.laddr.ip != "127.0.0.1"
        ]
        assert listening == []

    with_kernel(test)


def test_the_sockets_are_in_a_private_folder_that_is_removed_with_the_kernel():
    async def test(manager, value):
        folder = Path(manager.ip).parent
        assert folder.stat().st_mode & 0o777 == 0o700
        assert all(path.is_socket() for path in folder.iterdir())
        await manager.shutdown_kernel()
        return folder

    assert not with_kernel(test).exists()


def test_a_kernel_starts_where_the_temporary_folder_has_a_long_path(tmp_path, monkeypatch):
    folder = tmp_path / ("a" * 100)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))

    async def test(manager, value):
        return await value("1 + 1"), manager.ip

    two, path = with_kernel(test)
    assert two == 2
    assert len(path) < provisioner.PATH_LIMIT


def test_a_kernel_that_cannot_start_says_why_and_leaves_no_folder(tmp_path, monkeypatch):
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/pandas.py").write_text("raise ImportError('no libfoo.so')")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    forks.stop()

    async def test(manager, value):
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path / "modules"), prepend=os.pathsep)
        with pytest.raises(forks.ForkDiedError, match=r"cannot start: ImportError: no libfoo\.so$"):
            with_kernel(test)
    assert list((tmp_path / "temporary").glob("caoan-*")) == []


def test_eight_kernels_at_once_do_not_disturb_each_other():
    async def one(number: int) -> tuple[int, int]:
        async with kernel() as (_, value):
            return await value(f"globals().setdefault('x', {number}) ** 2"), await value("x")

    async def all_of_them() -> list:
        return await asyncio.gather(*map(one, range(8)))

    assert asyncio.run(all_of_them()) == [(number**2, number) for number in range(8)]


def test_a_cell_can_be_interrupted():
    async def test(manager, value):
        request = await value.begin("import time\nprint('begun', flush=True)\ntime.sleep(600)")
        await manager.interrupt_kernel()
        return (await value.reply(request))["ename"], await value("1 + 1")

    assert with_kernel(test) == ("KeyboardInterrupt", 2)


def test_a_program_of_a_cell_is_interrupted_with_it():
    async def test(manager, value):
        request = await value.begin(
            "import subprocess\nprogram = subprocess.Popen(['sleep', '600'])\n"
            "print('begun', flush=True)\nprogram.wait()"
        )
        await manager.interrupt_kernel()
        await value.reply(request)
        return await value("program.wait()")

    # 0 if Python is interrupted just when the program ends
    assert with_kernel(test) in (-signal.SIGINT, 0)


def test_a_kernel_can_be_restarted():
    async def test(manager, value):
        before = process(manager)
        await value("globals().setdefault('x', 1)")
        folder = Path(manager.ip).parent
        await manager.restart_kernel()
        wait_for_end(before)
        await value.client.wait_for_ready(timeout=60)
        assert process(manager) != before
        assert Path(manager.ip).parent == folder
        return await value("'x' in globals()")

    assert with_kernel(test) is False


@pytest.mark.parametrize("now", [False, True])
def test_a_kernel_that_is_shut_down_ends_with_all_its_processes(now):
    async def test(manager, value):
        child = await value("__import__('subprocess').Popen(['sleep', '600']).pid")
        processes = [process(manager), psutil.Process(child)]
        await manager.shutdown_kernel(now=now)
        assert not await manager.is_alive()
        return processes

    wait_for_end(*with_kernel(test))


def test_a_kernel_that_dies_is_not_alive_for_its_manager():
    async def test(manager, value):
        process(manager).kill()
        await asyncio.wait_for(manager.provisioner.wait(), 30)
        return await manager.is_alive()

    assert with_kernel(test) is False


def test_a_kernel_has_the_folder_and_the_environment_that_its_manager_gives(tmp_path):
    async def test(manager, value):
        return await value("(__import__('os').getcwd(), __import__('os').environ['CAOAN_NOW'])")

    environment = os.environ | {"CAOAN_NOW": "xã"}
    assert with_kernel(test, cwd=str(tmp_path), env=environment) == (str(tmp_path), "xã")


def test_a_kernel_has_the_current_environment_by_default(monkeypatch):
    async def test(manager, value):
        return await value("__import__('os').environ['CAOAN_NOW']")

    monkeypatch.setenv("CAOAN_NOW", "1")
    assert with_kernel(test) == "1"


def test_a_kernel_can_be_debugged():
    async def test(manager, value):
        return (await value.reply(value.client.kernel_info()))["supported_features"]

    assert "debugger" in with_kernel(test)


def test_history_is_kept_in_memory():
    async def test(manager, value):
        return await value("get_ipython().history_manager.hist_file")

    assert with_kernel(test) == ":memory:"


def test_kernels_die_with_the_process_that_started_them(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # the sockets of a killed process stay
    program = (
        "from jupyter_client import KernelManager\n"
        f"manager = KernelManager(kernel_name={KERNEL!r})\nmanager.start_kernel()\n"
        "print(manager.provisioner.pid, manager.ip, flush=True)\n"
        "import signal\nsignal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as it:
        pid, _ = it.stdout.readline().split()
        processes = [psutil.Process(int(pid)), psutil.Process(int(pid)).parent()]
        it.kill()
    wait_for_end(*processes)


def test_a_kernel_dies_with_its_fork_server():
    async def test(manager, value):
        kernel = process(manager)
        kernel.parent().kill()
        wait_for_end(kernel)
        return await manager.is_alive()

    assert with_kernel(test) is False


def test_a_kernel_prints_nothing_on_the_terminal():
    program = (
        "from jupyter_client.manager import start_new_kernel\n"
        f"manager, client = start_new_kernel(kernel_name={KERNEL!r})\n"
        "client.stop_channels()\nmanager.shutdown_kernel()"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_without_forks_a_kernel_is_an_ordinary_one(monkeypatch):
    monkeypatch.setattr(forks, "available", lambda: False)

    async def test(manager, value):
        assert process(manager).parent() == psutil.Process()
        assert "ipykernel_launcher" in process(manager).cmdline()
        return manager.get_connection_info()["transport"], await value("1 + 1")

    assert with_kernel(test) == ("tcp", 2)
