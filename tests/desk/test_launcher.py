"""The launcher of each system, for folders with spaces, Vietnamese letters and signs."""

import configparser
import shlex
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from caoan_stats.desk.launcher import make_launcher

PYTHON, PROJECT = "/opt/Môi trường/bin/python", PurePosixPath("/home/xã Cao An")
DATA = PROJECT / "Số liệu 100% $x"


def text(*words: object) -> str:
    return make_launcher(*words)[1].decode()


def test_windows_gets_a_batch_file_in_the_code_page_of_its_letters():
    windows = PureWindowsPath("C:\\Xã Cao An")
    name, content = make_launcher("C:\\Py\\python.exe", windows, windows / "100%", "Windows")
    assert name == "Nhập liệu.bat"
    assert content.decode().split("\r\n") == [
        "@echo off",
        "chcp 65001 >nul",
        "title Nhập liệu",
        'pushd "C:\\Xã Cao An"',
        '"C:\\Py\\python.exe" -m caoan_stats desk --data "C:\\Xã Cao An\\100%%"',
        "if errorlevel 1 pause",
        "",
    ]


def test_macos_gets_a_script_that_a_shell_accepts(tmp_path):
    name, content = make_launcher(PYTHON, PROJECT, DATA, "Darwin")
    (tmp_path / name).write_bytes(content)
    assert name == "Nhập liệu.command"
    assert content.startswith(b"#!/bin/sh\n")
    subprocess.run(["sh", "-n", tmp_path / name], check=True)
    assert shlex.split(content.decode().splitlines()[1]) == [
        "cd", str(PROJECT), "&&", "exec", PYTHON, "-m", "caoan_stats", "desk", "--data", str(DATA),
    ]  # fmt: skip


def test_linux_gets_a_desktop_entry_that_escapes_signs():
    lines = text(PYTHON, PROJECT, DATA, "Linux").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert "Path=/home/xã Cao An" in lines
    assert (
        'Exec="/opt/Môi trường/bin/python" -m caoan_stats desk '
        '--data "/home/xã Cao An/Số liệu 100%% \\\\$x"'
    ) in lines


def test_the_launcher_of_linux_runs_the_command_in_its_folder(tmp_path):
    project = tmp_path / "xã Cao An"
    project.mkdir()
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(text(sys.executable, project, Path("nowhere"), "Linux"))
    entry = entry["Desktop Entry"]
    done = subprocess.run(
        shlex.split(entry["Exec"]), cwd=entry["Path"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "nowhere" in done.stderr.decode()


@pytest.mark.parametrize("system", ["FreeBSD", ""])
def test_another_system_gets_the_launcher_of_linux(system):
    assert make_launcher(PYTHON, PROJECT, DATA, system)[0] == "Nhập liệu.desktop"
