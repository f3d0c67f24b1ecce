"""Functions are called in forks of a process that has done all imports."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from operator import truediv

import psutil
import pytest
from helpers.forking import evaluate, named, wait_for_end

from caoan_stats.kernel import forks, forkserver
from caoan_stats.kernel.forks import ForkDiedError

pytestmark = pytest.mark.skipif(not forks.available(), reason="needs forks")


def test_a_call_returns_the_result_of_its_function(call):
    assert call(truediv, 1, 4) == 0.25


def test_a_large_result_arrives_whole(call):
    assert call(bytes, 50_000_000) == bytes(50_000_000)


def test_a_large_argument_arrives_whole(call):
    assert call(len, bytes(50_000_000)) == 50_000_000


def test_a_call_raises_the_error_of_its_function(call):
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        call(truediv, 1, 0)


@pytest.mark.parametrize("name", ["unpicklable", "unreadable"])
def test_an_error_that_cannot_be_pickled_is_raised_with_its_text(call, name):
    import light

    with pytest.raises(RuntimeError, match=f"^light.Un.*Error: {name}$"):
        call(light.raise_, name)


def test_a_result_that_cannot_be_pickled_is_an_error(call):
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


def test_sys_exit_is_an_early_end(call):
    with pytest.raises(ForkDiedError) as caught:
        call(sys.exit, 3)
    assert caught.value.code == forkserver.NO_ANSWER


def test_a_fork_has_the_working_folder_of_the_caller(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call(os.getcwd) == str(tmp_path)


def test_a_fork_can_have_another_working_folder(spawn, tmp_path):
    assert spawn(os.getcwd, cwd=tmp_path).result() == str(tmp_path)


def test_a_fork_has_the_current_environment_of_the_caller(call, monkeypatch):
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


def test_a_fork_ends_when_its_connection_is_closed(spawn):
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


def test_a_process_outside_the_group_of_a_fork_does_not_delay_its_result(call):
    left = call(named("leave_a_process"))
    os.kill(left, signal.SIGKILL)


def test_a_process_in_the_group_of_a_fork_ends_with_it(call):
    left = call(evaluate("__import__('os').fork() or __import__('signal').pause()"))
    wait_for_end(*[process for process in psutil.process_iter() if process.pid == left])


def test_a_fork_can_send_messages_before_its_result(spawn):
    with closing(spawn(named("send"), 1, "x" * 1_000_000, None)) as fork:
        assert fork.result() == 3
        assert fork.messages == [1, "x" * 1_000_000, None]


def test_messages_of_a_fork_arrive_while_it_runs(spawn):
    with closing(spawn(named("send_and_wait"), 1, 2)) as fork:
        while len(fork.messages) < 2:
            assert fork.listen(60)
        assert (fork.messages, fork.poll()) == ([1, 2], None)
        assert not fork.listen(0.01)


def test_a_message_that_arrives_with_the_process_id_is_read_at_once():
    ours, theirs = socket.socketpair()
    message = pickle.dumps("first")
    number = forkserver.NUMBER.pack
    theirs.sendall(number(os.getpid()) + number(len(message)) + message)
    with theirs, closing(forks.Fork(ours)) as fork:
        assert fork.messages == ["first"]


def test_a_message_that_a_kill_cuts_short_is_left_out(spawn):
    with closing(spawn(named("send_and_wait"), 1, "x" * 100_000_000)) as fork:
        fork.listen(60)
        fork.kill()
        with pytest.raises(ForkDiedError) as caught:
            fork.result()
        assert (caught.value.code, fork.messages) == (-signal.SIGKILL, [1])


def test_there_are_no_forks_on_macos(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not forks.available()


def test_there_are_no_forks_on_a_system_without_os_fork(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert not forks.available()
