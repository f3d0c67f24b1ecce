import json
import os
import re
import signal
import subprocess
import sys

import psutil
import pytest
from helpers.commands import call
from typer.testing import CliRunner

from caoan_stats import __version__
from caoan_stats.command.cli import app


def test_check_says_that_the_data_is_valid(data):
    result = call("check", "--data", str(data))
    assert result.exit_code == 0
    assert result.output.startswith("Dữ liệu hợp lệ: 24 tệp, 461 dòng.\n")


def test_a_console_of_another_code_page_does_not_matter(data):
    command = [sys.executable, "-m", "caoan_stats", "check", "--data", str(data)]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().startswith("Dữ liệu hợp lệ: 24 tệp, 461 dòng.\n")


def test_check_says_every_error_in_vietnamese_and_ends_with_2(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,", "rice_yield,2022,,,,bc2023,I,")
    result = call("check", "--data", str(data))
    assert result.exit_code == 2
    assert result.stderr == (
        "rice.csv:2, cột value: thấy «x»; cần một số: "
        "viết số bằng chữ số, không kèm chữ hay đơn vị, như 79.5\n"
        "rice.csv:3: thấy cả value và change đều trống; cần ít nhất một trong hai: "
        "điền giá trị hoặc mức thay đổi, hoặc xóa dòng\n"
        "Số lỗi: 2, số tệp có lỗi: 1; chưa ghi gì.\n"
    )


@pytest.mark.parametrize("command", ["check", "build", "run"])
def test_every_command_speaks_english_too(write_table, command):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    result = call(command, "--data", str(data), "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "rice.csv:2, column value: found “x”; expected a number: "
        "write digits without words or unit, as in 79.5",
        "Errors: 1, files with errors: 1; nothing was written.",
    ]


def test_run_writes_nothing_where_data_is_bad(write_table, tmp_path):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    assert call("run", "--data", str(data), "--out", str(tmp_path / "out")).exit_code == 2
    assert not (tmp_path / "out").exists()
    assert not (data / "processed").exists()


def test_build_writes_the_processed_package(data):
    result = call("build", "--data", str(data))
    assert (result.exit_code, result.output) == (0, f"Đã lập gói dữ liệu: {data / 'processed'}\n")
    assert (data / "processed/observations.csv").is_file()


def test_a_folder_without_data_ends_with_2(tmp_path):
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
def test_an_unknown_year_or_notebook_ends_with_2(project, add_notebook, option, sentence):
    add_notebook("one", "1")
    result = call("run", *option)
    assert (result.exit_code, result.stderr) == (2, sentence)


def test_run_makes_the_pages_asked_for_and_says_how_many_how_long_and_where(project, add_notebook):
    add_notebook("one", "year")
    add_notebook("two", "year")
    result = call("run", "--year", "2023", "--notebook", "one", "--jobs", "1")
    assert result.exit_code == 0, result.output
    first, last = result.stdout.splitlines()
    assert re.fullmatch(r"2023/one: đã làm \([\d,]+ giây\)", first)
    assert re.fullmatch(
        r"1 trang \(1 mới, 0 không đổi, 0 lỗi\) trong [\d,]+ giây: exports/index\.html", last
    )
    assert (project / "exports/2023/one.html").is_file()
    assert call("run", "--year", "2023", "--notebook", "one").stdout.startswith(
        "2023/one: không đổi"
    )


def test_run_shows_a_bar_with_the_name_of_the_job_on_a_terminal(project, add_notebook):
    add_notebook("one", "year")
    result = CliRunner(env={"FORCE_COLOR": "1"}).invoke(app, ["run", "--year", "2023"])
    assert "━━━━" in result.stdout
    assert "2023/one" in result.stdout
    assert "đã làm" not in result.stdout


def test_run_ends_with_1_where_a_notebook_fails(project, add_notebook):
    add_notebook("one", "1 / 0")
    result = call("run", "--year", "2023")
    assert result.exit_code == 1
    assert "2023/one: LỖI: ZeroDivisionError: division by zero" in result.stdout


def test_run_says_that_there_are_contradictions_that_nobody_has_looked_at(project, add_notebook):
    add_notebook("one", "1")
    assert "mâu thuẫn" not in call("run", "--year", "2023").stdout
    path = project / "data/raw/dossiers.csv"
    text = path.read_text(encoding="utf-8").replace("in_progress,2023,1,", "in_progress,2023,3,")
    path.write_text(text, encoding="utf-8")
    result = call("run", "--year", "2023")
    assert result.exit_code == 0
    assert "Số liệu có 1 mâu thuẫn chưa xem xét: gõ caoan-stats check.\n" in result.stdout


def test_run_explains_why_each_page_is_made_or_not(project, add_notebook):
    add_notebook("one", "year")
    add_notebook("two", "year")
    call("run", "--year", "2023", "--notebook", "one")
    add_notebook("one", "year + 1")
    first, second, *_ = call("run", "--year", "2023", "--explain").stdout.splitlines()
    assert first == "2023/one: chạy, vì notebook đã đổi, các trang xung quanh đã đổi"
    assert second == "2023/two: chạy, vì chưa có trang"
    lines = call("run", "--year", "2023", "--explain", "--lang", "en").stdout.splitlines()
    assert lines[:2] == [
        "2023/one: does not run, for nothing has changed",
        "2023/two: does not run, for nothing has changed",
    ]
    forced = call("run", "--year", "2023", "--explain", "--force", "--lang", "en").stdout
    assert forced.startswith("2023/one: runs, for --force was given\n")


def test_a_run_with_nothing_to_do_imports_nothing_that_only_pages_need(project, add_notebook):
    add_notebook("one", "year")
    assert call("run").exit_code == 0
    code = (
        "import sys; from caoan_stats.command.cli import app\n"
        "try: app(['run'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print([name for name in sys.modules if name in ('pandas', 'nbconvert', 'jinja2', 'rich')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "(0 mới, 3 không đổi, 0 lỗi)" in done.stdout
    assert done.stdout.endswith("[]\n")


def test_a_public_run_with_nothing_to_do_imports_no_pandas_either(project, add_notebook):
    add_notebook("one", "year")
    assert call("run", "--public").exit_code == 0
    code = "import sys; from caoan_stats.command.cli import app\ntry: app(['run', '--public'])\n"
    code += "except SystemExit as end: print(end.code, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "(0 mới, 3 không đổi, 0 lỗi)" in done.stdout
    assert done.stdout.endswith("0 False\n")


def test_a_public_run_takes_full_pages_of_other_years_away(project, add_notebook):
    add_notebook("one", "year")
    call("run", "--public")
    call("run", "--year", "2022")
    assert call("run", "--public", "--year", "2023").exit_code == 0
    assert not (project / "exports/2022/one.html").exists()
    assert (project / "exports/2023/one.html").is_file()


def test_an_interrupted_run_keeps_what_is_done_and_leaves_nothing_half_done(project, add_notebook):
    add_notebook("quick", "year")
    add_notebook("slow", "import time\n\n\ntime.sleep(600)")
    command = [sys.executable, "-m", "caoan_stats", "run", "--year", "2023", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"2023/quick" in process.stdout.readline()
        started = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait() == 130
    assert said == "Đã dừng giữa chừng; các trang đã làm xong vẫn được giữ.\n"
    assert started
    assert psutil.wait_procs(started, timeout=30)[1] == []
    files = [path.name for path in (project / "exports").rglob("*") if path.is_file()]
    assert files == ["quick.html"]


def test_a_run_that_is_asked_to_end_says_so_logs_it_and_leaves_nothing_running(
    project, add_notebook
):
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
        said = process.stderr.read().decode()
        assert process.wait() == 143
    assert said == "Bị yêu cầu dừng (SIGTERM); các trang đã làm xong vẫn được giữ.\n"
    assert psutil.wait_procs(started, timeout=30)[1] == []
    lines = (project / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines[-2:]] == ["terminated", "exit"]
    assert json.loads(lines[-1])["code"] == 143


def test_run_says_where_it_cannot_write(project, add_notebook):
    add_notebook("one", "1")
    (project / "exports").write_text("a file in the way")
    result = call("run", "--year", "2023")
    assert (result.exit_code, result.stderr) == (2, "Không ghi được exports: File exists\n")


def test_a_run_in_a_folder_that_another_holds_ends_with_3_and_says_who_and_since_when(
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


def test_a_run_may_wait_for_another(project, add_notebook, busy):
    add_notebook("one", "1")
    busy("exports", 1)
    result = call("run", "--year", "2023", "--wait", "60", "--lang", "en")
    assert result.exit_code == 0
    assert result.stderr.startswith("exports: waiting for another run (process ")
    assert result.stdout.startswith("2023/one: made")


def test_a_run_waits_no_longer_than_it_was_told(project, add_notebook, busy):
    add_notebook("one", "1")
    busy("exports", 600)
    assert call("run", "--year", "2023", "--wait", "0.2").exit_code == 3


def test_a_notebook_that_takes_too_long_ends_with_1_and_the_rest_is_made(project, add_notebook):
    add_notebook("good", "year")
    add_notebook("slow", "import time\n\ntime.sleep(600)")
    result = call("run", "--year", "2023", "--timeout", "1.5")
    assert result.exit_code == 1
    assert "2023/good: đã làm" in result.stdout
    assert (
        "2023/slow: LỖI: một ô chạy quá 1,5 giây (--timeout) "
        "(bản đã chạy: exports/failed/2023/slow.ipynb)\n"
    ) in result.stdout
    assert "2 trang (1 mới, 0 không đổi, 1 lỗi)" in result.stdout.splitlines()[-1]


def test_a_notebook_that_takes_too_much_memory_ends_with_1(project, add_notebook):
    add_notebook("large", "large = bytearray(600 << 20)")
    result = call("run", "--year", "2023", "--memory", "600")
    assert (result.exit_code, "MemoryError" in result.stdout) == (1, True)
    assert call("run", "--year", "2023", "--memory", "1000").exit_code == 0


def test_the_version_is_that_of_the_package():
    assert call("--version").output == f"caoan-stats {__version__}\n"
