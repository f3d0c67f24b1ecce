"""The fork server: started by the first call, restarted if killed, ended with its process."""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing

import psutil
import pytest
from helpers.forking import LIGHT, evaluate, named, wait_for_end

from caoan_stats.kernel import forks, forkserver
from caoan_stats.kernel.forks import ForkDiedError

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")


def test_each_call_is_a_process_of_its_own_from_one_server(call):
    assert call(os.getpid) != call(os.getpid)
    assert call(os.getppid) == call(os.getppid)


def test_a_fork_has_the_preloaded_module_prepared_once(call):
    assert call(evaluate(f"__import__('sys').modules['{LIGHT}'].prepared")) == [1]


def test_a_fork_begins_with_one_thread(call, server):
    assert server.num_threads() == 1
    assert call(threading.active_count) == 1


def test_is_fork_is_true_only_in_a_fork(call):
    assert call(forkserver.is_fork)
    assert not forkserver.is_fork()


def test_send_to_parent_does_nothing_outside_a_fork():
    forkserver.send_to_parent(1)


def test_a_fork_that_outlives_its_server_returns_its_result(call):
    assert call(named("outlive_the_server")) == "here"


def test_a_killed_server_is_started_again(call, server):
    server.kill()
    wait_for_end(server)
    assert call(os.getppid) != server.pid


def test_a_killed_server_whose_end_cannot_be_seen_yet_is_started_again(call, server, monkeypatch):
    process = forks._SERVERS[LIGHT].process
    monkeypatch.setattr(process, "poll", lambda: process.returncode)  # of what `wait` has seen
    process.kill()
    assert call(os.getppid) != server.pid


def test_a_server_that_stop_has_ended_during_a_call_is_not_started_again(call, server, monkeypatch):
    monkeypatch.setattr(forks._Server, "hand_over", lambda *_: forks.stop())
    with pytest.raises(ForkDiedError):
        call(os.getppid)
    assert forks._SERVERS == {}


def test_a_fork_that_is_killed_with_its_server_is_an_error(spawn, server):
    fork = spawn(signal.pause)
    server.kill()
    os.kill(fork.pid, signal.SIGKILL)
    wait_for_end(server)
    with pytest.raises(ForkDiedError):
        fork.result()


def test_a_broken_request_leaves_the_server_running(call, server):
    ours, theirs = socket.socketpair()
    with theirs:
        forks._SERVERS[LIGHT].hand_over(theirs)
    ours.close()
    assert call(os.getppid) == server.pid


def test_a_server_that_cannot_start_is_an_error(folder, capfd):
    reason = "ModuleNotFoundError: No module named 'no_such_module'"
    for _ in range(2):
        with pytest.raises(ForkDiedError, match=f"^the fork server cannot start: {reason}$"):
            forks.call("no_such_module", os.getpid)
    assert reason in capfd.readouterr().err


def test_stop_ends_the_servers_and_every_fork(spawn, server):
    running = [spawn(signal.pause) for _ in range(3)]
    processes = [psutil.Process(fork.pid) for fork in running]
    forks.stop()
    wait_for_end(server, *processes)
    assert [fork.wait() for fork in running] == [-signal.SIGTERM] * 3


def test_stop_ends_the_forks_of_a_server_that_was_killed(spawn, server):
    first = spawn(signal.pause)
    server.kill()
    wait_for_end(server)
    second = spawn(signal.pause)
    processes = [psutil.Process(fork.pid) for fork in (first, second)]
    assert first.poll() is None
    forks.stop()
    wait_for_end(*processes)
    for fork in (first, second):
        with pytest.raises(forks.StoppedError):
            fork.result()


def test_stop_ends_a_fork_that_ignores_sigterm(spawn, tmp_path):
    os.mkfifo(tmp_path / "ready")
    ignore = "(s := __import__('signal')).signal(s.SIGTERM, s.SIG_IGN)"
    fork = spawn(evaluate(f"({ignore}, open('{tmp_path}/ready', 'w').close(), s.pause())"))
    (tmp_path / "ready").read_text()
    forks.stop()
    assert fork.wait() == -signal.SIGKILL


def test_after_stop_the_next_call_starts_a_server(call, server):
    forks.stop()
    assert call(os.getppid) != server.pid


def test_warm_starts_the_server_of_the_next_call(call):
    forks.stop()
    forks.warm(LIGHT)
    [begun] = psutil.Process().children()
    assert call(os.getppid) == begun.pid


def test_after_a_change_of_the_library_forks_come_from_a_new_server(call, spawn, monkeypatch):
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


def test_two_hundred_calls_leave_no_zombie_and_no_open_descriptor(call, server):
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
