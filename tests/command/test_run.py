"""What `caoan-stats run` makes and reports."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from helpers.commands import call
from typer.testing import CliRunner

from caoan_stats.command.cli import app


def test_run_makes_the_requested_pages_and_reports_their_number_time_and_place(
    project, add_notebook
):
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


@pytest.mark.parametrize("name", ["one.ipynb", "notebooks/one.ipynb"])
def test_a_notebook_can_be_named_by_its_file(project, add_notebook, name):
    add_notebook("one", "year")
    add_notebook("two", "year")
    result = call("run", "--year", "2023", "--notebook", name)
    assert re.match(r"2023/one: đã làm .*\n1 trang ", result.stdout)


@pytest.mark.parametrize("folder", ["notebooks", "data", "data/raw"])
def test_a_run_inside_a_folder_of_the_project_makes_the_pages_of_the_project(
    project, add_notebook, monkeypatch, folder
):
    add_notebook("one", "year")
    monkeypatch.chdir(project / folder)
    result = call("run", "--year", "2023")
    assert result.exit_code == 0, result.output
    assert (project / "exports/2023/one.html").is_file()
    assert not (project / folder / "exports").exists()


def test_a_run_inside_the_data_of_another_leaves_the_pages_of_the_project(
    project, add_notebook, monkeypatch
):
    add_notebook("one", "year")
    other = shutil.copytree(project / "data", project / "other")
    monkeypatch.chdir(other)
    assert call("run", "--year", "2023").exit_code == 0
    assert (other / "exports/2023/one.html").is_file()
    assert not (project / "exports").exists()


def test_run_shows_a_progress_bar_with_the_job_on_a_terminal(project, add_notebook):
    add_notebook("one", "year")
    result = CliRunner(env={"FORCE_COLOR": "1"}).invoke(app, ["run", "--year", "2023"])
    assert "━━━━" in result.stdout
    assert "2023/one" in result.stdout
    assert "đã làm" not in result.stdout


def test_run_exits_with_1_when_a_notebook_fails(project, add_notebook):
    add_notebook("one", "1 / 0")
    result = call("run", "--year", "2023")
    assert result.exit_code == 1
    assert "2023/one: LỖI: ZeroDivisionError: division by zero" in result.stdout


def test_run_exits_with_1_when_a_notebook_takes_too_long_and_makes_the_others(
    project, add_notebook
):
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


def test_run_exits_with_1_when_a_notebook_takes_too_much_memory(project, add_notebook):
    add_notebook("large", "large = bytearray(600 << 20)")
    result = call("run", "--year", "2023", "--memory", "600")
    assert (result.exit_code, "MemoryError" in result.stdout) == (1, True)
    assert call("run", "--year", "2023", "--memory", "1000").exit_code == 0


def test_run_reports_contradictions_that_are_not_acknowledged(project, add_notebook):
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
        "2023/one: up to date",
        "2023/two: up to date",
    ]
    forced = call("run", "--year", "2023", "--explain", "--force", "--lang", "en").stdout
    assert forced.startswith("2023/one: will run: --force\n")


def test_a_run_with_nothing_to_do_imports_no_library_for_pages(project, add_notebook):
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


@pytest.mark.long
def test_a_public_run_with_nothing_to_do_imports_no_pandas(project, add_notebook):
    add_notebook("one", "year")
    assert call("run", "--public").exit_code == 0
    code = "import sys; from caoan_stats.command.cli import app\ntry: app(['run', '--public'])\n"
    code += "except SystemExit as end: print(end.code, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "(0 mới, 3 không đổi, 0 lỗi)" in done.stdout
    assert done.stdout.endswith("0 False\n")


@pytest.mark.long
def test_a_public_run_removes_full_pages_of_other_years(project, add_notebook):
    add_notebook("one", "year")
    call("run", "--public")
    call("run", "--year", "2022")
    assert call("run", "--public", "--year", "2023").exit_code == 0
    assert not (project / "exports/2022/one.html").exists()
    assert (project / "exports/2023/one.html").is_file()


def test_a_run_with_wait_waits_for_another_run(project, add_notebook, busy):
    add_notebook("one", "1")
    busy("exports", 1)
    result = call("run", "--year", "2023", "--wait", "60", "--lang", "en")
    assert result.exit_code == 0
    assert result.stderr.startswith("exports: waiting for another run (process ")
    assert result.stdout.startswith("2023/one: made")


def test_a_run_waits_no_longer_than_the_given_time(project, add_notebook, busy):
    add_notebook("one", "1")
    busy("exports", 600)
    assert call("run", "--year", "2023", "--wait", "0.2").exit_code == 3


SHOWS = """import sys

from IPython.display import display

print("/srv/x.py: UserWarning", file=sys.stderr)
display({"application/vnd.plotly.v1+json": {}}, raw=True)
"""


def test_run_warns_of_what_a_page_does_not_show_and_logs_what_it_leaves_out(project, add_notebook):
    add_notebook("one", SHOWS)
    result = call("run", "--year", "2023", "--log-json", "log.jsonl")
    assert result.exit_code == 0
    assert result.stderr == "2023/one, ô 3 «import sys»: không hiển thị được: plotly\n"
    html = (project / "exports/2023/one.html").read_text(encoding="utf-8")
    assert "(không hiển thị được: plotly)" in html
    assert "UserWarning" not in html.partition("<footer>")[0]
    lines = map(json.loads, (project / "log.jsonl").read_text(encoding="utf-8").splitlines())
    logged = {line["event"]: (line.get("cell"), line.get("what")) for line in lines}
    assert logged["remark"] == (3, "plotly")
    assert logged["left_out"] == (3, "/srv/x.py: UserWarning\n")


@pytest.mark.parametrize(
    "option",
    ["--memory=99999999999999999999", "--jobs=0", "--jobs=9999", "--timeout=nan", "--timeout=inf",
     "--timeout-notebook=1e308", "--wait=-1", "--public-below=101"],
)  # fmt: skip
def test_a_number_that_no_run_can_use_is_refused(project, option):
    result = call("run", option)
    assert (result.exit_code, option.partition("=")[0] in result.output) == (2, True)


@pytest.mark.parametrize(("below", "code"), [("0", 0), ("2", 2), ("x", 2)])
def test_the_threshold_of_the_environment_has_the_rule_of_dataset(
    project, add_notebook, monkeypatch, below, code
):
    add_notebook("one", "year")
    monkeypatch.setenv("CAOAN_STATS_PUBLIC_BELOW", below)
    result = call("run", "--year", "2023")
    assert (result.exit_code, "cần 0, hoặc một số từ 3 đến 100" in result.output) == (
        code,
        code == 2,
    )
