import os
import subprocess
import sys

from helpers.commands import call

from caoan_stats import __version__


def test_check_reports_valid_data(data):
    result = call("check", "--data", str(data))
    assert result.exit_code == 0
    assert result.output.startswith("Dữ liệu hợp lệ: 27 tệp, ")


def test_output_is_utf_8_on_a_console_of_another_code_page(data):
    command = [sys.executable, "-m", "caoan_stats", "check", "--data", str(data)]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().startswith("Dữ liệu hợp lệ: 27 tệp, ")


def test_build_writes_the_processed_package(data):
    result = call("build", "--data", str(data))
    assert (result.exit_code, result.output) == (0, f"Đã lập gói dữ liệu: {data / 'processed'}\n")
    assert (data / "processed/observations.csv").is_file()


def test_the_version_is_that_of_the_package():
    assert call("--version").output == f"caoan-stats {__version__}\n"
