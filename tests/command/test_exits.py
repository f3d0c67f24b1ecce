"""The command that cannot go on ends with a sentence and an exit code."""

import json
import os
import re
import signal
import subprocess
import sys

import psutil
import pytest
from helpers.commands import call


def test_check_reports_every_error_in_vietnamese_and_exits_with_2(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,", "rice_yield,2022,,,,bc2023,I,")
    result = call("check", "--data", str(data))
    assert result.exit_code == 2
    assert result.stderr == (
        "rice.csv:2, cột value: thấy «x»; cần một số: "
        "viết số bằng chữ số, không kèm chữ hay đơn vị, như 79.5\n"
        "rice.csv:3: thấy một dòng không nêu gì; cần ít nhất một con số, "
        "xu hướng hoặc kết quả bằng lời: điền điều nguồn nêu, hoặc xóa những gì đã ghi ở dòng này\n"
        "Số lỗi: 2, số tệp có lỗi: 1; chưa ghi gì.\n"
    )


@pytest.mark.parametrize("command", ["check", "build", "run"])
def test_every_command_reports_errors_in_english_on_request(write_table, command):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    result = call(command, "--data", str(data), "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "rice.csv:2, column value: found “x”; expected a number: "
        "write digits without words or unit, as in 79.5",
        "Errors: 1, files with errors: 1; nothing was written.",
    ]


def test_run_writes_nothing_when_the_data_is_invalid(write_table, tmp_path):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    assert call("run", "--data", str(data), "--out", str(tmp_path / "out")).exit_code == 2
    assert not (tmp_path / "out").exists()
    assert not (data / "processed").exists()


def test_a_folder_without_data_exits_with_2(tmp_path):
    result = call("check", "--data", str(tmp_path))
    assert result.exit_code == 2
    assert f"{tmp_path}: thấy không có datapackage.json trong đó" in result.stderr


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--year", "1999"), "Không có 1999; chỉ có: 2022, 2023, 2024.\n"),
        (("--notebook", "fish"), "Không có fish; chỉ có: one.\n"),
        (("--notebook", "../notebooks/one"), "Không có ../notebooks/one; chỉ có: one.\n"),
    ],
)
def test_an_unknown_year_or_notebook_is_named_and_exits_with_2(
    project, add_notebook, option, sentence
):
    add_notebook("one", "1")
    result = call("run", *option)
    assert (result.exit_code, result.stderr) == (2, sentence)


def test_run_names_the_folder_that_it_cannot_write(project, add_notebook):
    add_notebook("one", "1")
    (project / "exports").write_text("a file in the way")
    result = call("run", "--year", "2023")
    assert (result.exit_code, result.stderr) == (2, "Không ghi được exports: File exists\n")


def test_a_run_in_a_locked_folder_exits_with_3_and_names_the_process_and_the_time(
    project, add_notebook, busy
):
    add_notebook("one", "1")
    other = busy("exports", 600)
    result = call("run", "--year", "2023")
    assert result.exit_code == 3
    assert re.fullmatch(
        rf"exports: một lần chạy khác đang dùng \(tiến trình {other.pid} trên máy .+, từ "
        r"\d\d:\d\d:\d\d ngày \d\d/\d\d/\d{4}\)\. Chạy lại sau, hoặc chờ bằng --wait\.\n",
        result.stderr,
    )


@pytest.mark.long
def test_a_run_whose_processes_cannot_start_says_why(project, add_notebook):
    add_notebook("one", "year")
    (project / "matplotlib.py").write_text("raise ImportError('no libfoo.so')")
    path = os.pathsep.join(filter(None, [str(project), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "caoan_stats", "run", "--year", "2023"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "the fork server cannot start: ImportError: no libfoo.so" in done.stdout
    assert done.stderr.endswith("Không khởi động được tiến trình con: ImportError: no libfoo.so\n")


@pytest.mark.parametrize("is_killed", [False, pytest.param(True, marks=pytest.mark.long)])
def test_an_interrupted_run_keeps_finished_pages_and_leaves_no_partial_ones(
    project, add_notebook, is_killed
):
    add_notebook("quick", "year")
    add_notebook("slow", "import time\n\n\ntime.sleep(600)")
    command = [sys.executable, "-m", "caoan_stats", "run", "--year", "2023", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"2023/quick" in process.stdout.readline()
        started = psutil.Process(process.pid).children(recursive=True)
        if is_killed:
            [server] = psutil.Process(process.pid).children()
            server.kill()
        process.send_signal(signal.SIGINT)
        message = process.stderr.read().decode()
        assert process.wait() == 130
    assert message == "Đã dừng giữa chừng; các trang đã làm xong vẫn được giữ.\n"
    assert started
    assert psutil.wait_procs(started, timeout=30)[1] == []
    files = [path.name for path in (project / "exports").rglob("*") if path.is_file()]
    assert files == ["quick.html"]


def test_a_run_that_gets_sigterm_reports_and_logs_it_and_leaves_no_process(project, add_notebook):
    add_notebook("quick", "year")
    add_notebook("slow", "import time\n\n\ntime.sleep(600)")
    command = [sys.executable, "-m", "caoan_stats", "run", "--year", "2023", "--jobs", "2"]
    with subprocess.Popen(
        [*command, "--log-json", "log.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"2023/quick" in process.stdout.readline()
        started = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        message = process.stderr.read().decode()
        assert process.wait() == 143
    assert message == "Bị yêu cầu dừng (SIGTERM); các trang đã làm xong vẫn được giữ.\n"
    assert psutil.wait_procs(started, timeout=30)[1] == []
    lines = (project / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines[-2:]] == ["terminated", "exit"]
    assert json.loads(lines[-1])["code"] == 143
