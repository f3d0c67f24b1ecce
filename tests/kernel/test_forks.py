"""Functions called in forks of a process that has all imports done."""

import gc
import importlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from operator import truediv

import psutil
import pytest

from caoan_stats.kernel import forks, forkserver
from caoan_stats.kernel.forks import ForkDiedError

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")

LIGHT = "light"  # a module that imports nothing but notes that it was prepared
MODULE = """
import threading
prepared = []

def prepare():
    prepared.append(threading.active_count())
"""
TALES = """
import os, signal, time
from caoan_stats.kernel import forkserver

def tell(*values):
    for value in values:
        forkserver.send_to_parent(value)
    return len(values)

def tell_and_stay(*values):
    tell(*values)
    signal.pause()

def leave_one():
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
TROUBLE = """
class UnsaidError(Exception):
    def __reduce__(self):
        raise TypeError

class UnheardError(Exception):
    def __init__(self, one, two):
        super().__init__(one)

def raise_(name):
    raise UnsaidError(name) if name == "unsaid" else UnheardError(name, name)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[str]:
    """Where the server finds its modules."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / f"{LIGHT}.py").write_text(MODULE + TALES + TROUBLE, encoding="utf-8")
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


def named(name: str) -> Callable[..., object]:
    """Give a function of the module that the server has imported."""
    return getattr(importlib.import_module(LIGHT), name)


def evaluate(words: str) -> Callable[[], object]:
    """Make a function of a text, which any process can be sent."""
    return partial(eval, words, {})


def wait_for_end(*processes: psutil.Process) -> None:
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive


def test_a_call_gives_what_the_function_gives(call):
    assert call(truediv, 1, 4) == 0.25


def test_a_large_result_arrives_whole(call):
    assert call(bytes, 50_000_000) == bytes(50_000_000)


def test_a_large_argument_arrives_whole(call):
    assert call(len, bytes(50_000_000)) == 50_000_000


def test_a_call_raises_what_the_function_raises(call):
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        call(truediv, 1, 0)


@pytest.mark.parametrize("name", ["unsaid", "unheard"])
def test_an_error_that_cannot_be_told_is_told_by_its_text(call, name):
    import light

    with pytest.raises(RuntimeError, match=f"^light.Un.*Error: {name}$"):
        call(light.raise_, name)


def test_a_result_that_cannot_be_told_is_an_error(call):
    with pytest.raises(RuntimeError):
        call(threading.Lock)


def test_a_fork_that_ends_early_is_an_error_with_its_code(call):
    with pytest.raises(ForkDiedError, match="exit code 3") as caught:
        call(os._exit, 3)
    assert caught.value.code == 3


def test_a_fork_that_is_killed_is_an_error_with_the_signal(call):
    with pytest.raises(ForkDiedError) as caught:
        call(signal.raise_signal, signal.SIGKILL)
    assert caught.value.code == -signal.SIGKILL


def test_an_exit_asked_for_is_an_early_end(call):
    with pytest.raises(ForkDiedError) as caught:
        call(sys.exit, 3)
    assert caught.value.code == forkserver.FAILED


def test_each_call_is_a_process_of_its_own_of_one_server(call):
    assert call(os.getpid) != call(os.getpid)
    assert call(os.getppid) == call(os.getppid)


def test_what_is_imported_and_prepared_is_there(call):
    assert call(evaluate(f"__import__('sys').modules['{LIGHT}'].prepared")) == [1]


def test_there_is_one_thread_where_a_fork_begins(call, server):
    assert server.num_threads() == 1
    assert call(threading.active_count) == 1


def test_a_fork_knows_that_it_is_one(call):
    assert call(forkserver.is_fork)
    assert not forkserver.is_fork()


def test_a_fork_has_the_working_folder_of_the_caller(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call(os.getcwd) == str(tmp_path)


def test_a_fork_can_have_another_working_folder(spawn, tmp_path):
    assert spawn(os.getcwd, cwd=tmp_path).result() == str(tmp_path)


def test_a_fork_has_the_environment_of_the_caller_as_it_is_now(call, monkeypatch):
    call(os.getpid)
    monkeypatch.setenv("CAOAN_NOW", "xã")
    assert call(os.getenv, "CAOAN_NOW") == "xã"
    monkeypatch.delenv("CAOAN_NOW")
    assert call(os.getenv, "CAOAN_NOW") is None


def test_a_fork_can_have_another_environment(spawn):
    assert spawn(evaluate("dict(__import__('os').environ)"), env={"A": "1"}).result() == {"A": "1"}


def test_a_fork_reads_nothing_from_the_terminal(call):
    assert call(evaluate("__import__('sys').stdin.read()")) == ""


def test_random_numbers_differ_between_forks(call):
    number = evaluate("__import__('random').random()")
    assert call(number) != call(number)


def test_forks_run_at_the_same_time(spawn, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    forks_ = [spawn(evaluate(f"open('{tmp_path}/pipe', {mode!r}).close()")) for mode in "rw"]
    assert [fork.wait() for fork in forks_] == [0, 0]


def test_calls_from_many_threads_do_not_disturb_each_other(call):
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: call(abs, -number), range(40))) == list(range(40))


def test_a_running_fork_has_no_exit_code_and_can_be_waited_for(spawn):
    fork = spawn(signal.pause)
    assert fork.poll() is None
    fork.terminate()
    assert fork.wait() == fork.poll() == fork.returncode == -signal.SIGTERM


@pytest.mark.parametrize("end", ["terminate", "kill"])
def test_a_fork_that_is_ended_takes_its_children_with_it(spawn, tmp_path, end):
    os.mkfifo(tmp_path / "pid")
    program = f"echo $$ > '{tmp_path}/pid'; exec sleep 600"
    fork = spawn(subprocess.call, ["sh", "-c", program])
    child = psutil.Process(int((tmp_path / "pid").read_text()))
    getattr(fork, end)()
    fork.wait()
    wait_for_end(child)


def test_a_signal_after_the_end_does_nothing(spawn):
    fork = spawn(os.getpid)
    assert fork.wait() == 0
    fork.kill()
    assert fork.returncode == 0


def test_a_fork_that_nobody_waits_for_is_ended(spawn):
    fork = spawn(signal.pause)
    process = psutil.Process(fork.pid)
    fork.close()
    wait_for_end(process)


def test_an_interrupt_while_waiting_ends_the_fork(spawn, tmp_path):
    os.mkfifo(tmp_path / "waits")
    interrupt = f"__import__('os').kill({os.getpid()}, 2)"
    read = f"open('{tmp_path}/waits').close()"
    fork = spawn(evaluate(f"({read}, {interrupt}, __import__('signal').pause())"))
    process = psutil.Process(fork.pid)

    def wait() -> None:
        with closing(fork):
            (tmp_path / "waits").write_text("")
            fork.result()

    with pytest.raises(KeyboardInterrupt):
        wait()
    wait_for_end(process)


def test_what_a_fork_leaves_running_does_not_hold_its_result_up(call):
    left = call(named("leave_one"))
    os.kill(left, signal.SIGKILL)


def test_what_a_fork_leaves_running_in_its_group_is_ended(call):
    left = call(evaluate("__import__('os').fork() or __import__('signal').pause()"))
    wait_for_end(*[process for process in psutil.process_iter() if process.pid == left])


def test_a_fork_can_tell_things_before_its_answer(spawn):
    with closing(spawn(named("tell"), 1, "x" * 1_000_000, None)) as fork:
        assert fork.result() == 3
        assert fork.told == [1, "x" * 1_000_000, None]


def test_what_a_fork_tells_is_heard_while_it_runs(spawn):
    with closing(spawn(named("tell_and_stay"), 1, 2)) as fork:
        while len(fork.told) < 2:
            assert fork.listen(60)
        assert (fork.told, fork.poll()) == ([1, 2], None)
        assert not fork.listen(0.01)


def test_what_a_fork_tells_at_once_is_heard_without_waiting_for_more():
    ours, theirs = socket.socketpair()
    said = pickle.dumps("first")
    number = forkserver.NUMBER.pack
    theirs.sendall(number(os.getpid()) + number(len(said)) + said)
    with theirs, closing(forks.Fork(ours)) as fork:
        assert fork.told == ["first"]


def test_what_a_fork_was_telling_when_it_was_killed_is_left_out(spawn):
    with closing(spawn(named("tell_and_stay"), 1, "x" * 100_000_000)) as fork:
        fork.listen(60)
        fork.kill()
        with pytest.raises(ForkDiedError) as caught:
            fork.result()
        assert (caught.value.code, fork.told) == (-signal.SIGKILL, [1])


def test_telling_where_nobody_waits_does_nothing():
    forkserver.send_to_parent(1)


def test_a_fork_that_outlives_its_server_is_heard_to_its_end(call):
    assert call(named("outlive_the_server")) == "here"


def test_a_server_that_was_killed_is_started_anew(call, server):
    server.kill()
    wait_for_end(server)
    assert call(os.getppid) != server.pid


def test_a_fork_whose_server_is_killed_is_an_error(spawn, server):
    fork = spawn(signal.pause)
    server.kill()
    os.kill(fork.pid, signal.SIGKILL)
    wait_for_end(server)
    with pytest.raises(ForkDiedError):
        fork.result()


def test_a_request_that_breaks_off_leaves_the_server_as_it_is(call, server):
    ours, theirs = socket.socketpair()
    with theirs:
        forks._SERVERS[LIGHT].hand_over(theirs)
    ours.close()
    assert call(os.getppid) == server.pid


def test_a_server_that_cannot_begin_is_an_error(folder, capfd):
    with pytest.raises(ForkDiedError):
        forks.call("no_such_module", os.getpid)
    assert "No module named 'no_such_module'" in capfd.readouterr().err


def test_stop_ends_the_servers_and_every_fork(spawn, server):
    running = [spawn(signal.pause) for _ in range(3)]
    processes = [psutil.Process(fork.pid) for fork in running]
    forks.stop()
    wait_for_end(server, *processes)
    assert [fork.wait() for fork in running] == [-signal.SIGTERM] * 3


def test_stop_ends_a_fork_that_does_not_want_to(spawn, tmp_path):
    os.mkfifo(tmp_path / "ready")
    ignore = "(s := __import__('signal')).signal(s.SIGTERM, s.SIG_IGN)"
    fork = spawn(evaluate(f"({ignore}, open('{tmp_path}/ready', 'w').close(), s.pause())"))
    (tmp_path / "ready").read_text()
    forks.stop()
    assert fork.wait() == -signal.SIGKILL


def test_after_stop_the_next_call_starts_a_server(call, server):
    forks.stop()
    assert call(os.getppid) != server.pid


def test_warming_starts_the_server_of_the_next_call(call):
    forks.stop()
    forks.warm(LIGHT)
    [begun] = psutil.Process().children()
    assert call(os.getppid) == begun.pid


def test_after_a_change_of_the_library_forks_are_of_a_new_server(call, spawn, monkeypatch):
    first = call(os.getppid)
    with closing(spawn(signal.pause)) as older:
        forks.renew(LIGHT)
        assert call(os.getppid) == first
        monkeypatch.setattr(forks, "_library", lambda: ["changed"])
        forks.renew(LIGHT)
        assert call(os.getppid) != first
        assert older.poll() is None


def test_servers_end_with_the_process_that_started_them(folder):
    program = (
        "import os, signal; from caoan_stats.kernel import forks\n"
        f"fork = forks.spawn({LIGHT!r}, signal.pause)\n"
        f"print(fork.pid, forks.call({LIGHT!r}, os.getppid), flush=True)\nsignal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as it:
        processes = [psutil.Process(int(pid)) for pid in it.stdout.readline().split()]
        it.kill()
    wait_for_end(*processes)


def test_two_hundred_calls_leave_no_zombie_and_no_descriptor(call, server):
    def counts() -> list[int]:
        gc.collect()
        return [psutil.Process().num_fds(), server.num_fds(), len(server.children())]

    before = counts()
    for number in range(200):
        assert call(abs, -number) == number
    assert counts() == before


def test_a_fork_inherits_no_connection_of_another(spawn, call):
    paths = "map(__import__('os').path.realpath, __import__('glob').glob('/proc/self/fd/*'))"
    with closing(spawn(signal.pause)):
        held = call(evaluate(f"list({paths})"))
    assert len([path for path in held if "/socket:" in path]) == 1


def test_there_are_no_forks_on_macos(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not forks.available()


def test_there_are_no_forks_where_the_system_has_none(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert not forks.available()
