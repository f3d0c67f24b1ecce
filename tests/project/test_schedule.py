"""The files for schedulers are accepted by the schedulers and by the command."""

import ast
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from helpers.commands import accept
from helpers.project import PROJECT

SCHEDULE = PROJECT / "schedule"
HOME = "/srv/caoan_stats"  # the folder of the project in these files


def text(name: str) -> str:
    return (SCHEDULE / name).read_text(encoding="utf-8")


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text(name))
    return parser


# systemd


def test_systemd_accepts_the_service_and_the_timer(tmp_path):
    for name in ("caoan-stats.service", "caoan-stats.timer"):
        here = text(name).replace(f"{HOME}/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / name).write_text(here, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", "caoan-stats.service", "caoan-stats.timer"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_parses_the_time_of_the_timer():
    moment = unit("caoan-stats.timer")["Timer"]["OnCalendar"]
    command = ["systemd-analyze", "calendar", moment]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"Normalized form: {moment}" in output


def test_the_service_runs_a_valid_command_and_accepts_a_run_under_way():
    service = unit("caoan-stats.service")["Service"]
    accept(service["ExecStart"])
    assert service["SuccessExitStatus"] == "3"


def test_the_service_may_write_only_where_a_run_writes():
    service = unit("caoan-stats.service")["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == f"{HOME}/exports {HOME}/data/processed"


# cron


def test_the_line_of_cron_runs_a_valid_command_every_night():
    [line] = [each for each in text("caoan-stats.cron").splitlines() if each[:1].isdigit()]
    minute, hour, day, month, weekday, user, command = line.split(maxsplit=6)
    assert (int(minute) in range(60), int(hour) in range(24)) == (True, True)
    assert (day, month, weekday, user) == ("*", "*", "*", "caoan")
    accept(re.search(r"caoan-stats .*?(?= 2>)", command)[0])


def test_cron_mails_the_output_of_a_run_only_after_a_failure(tmp_path):
    line = text("caoan-stats.cron").splitlines()[-1].split(maxsplit=6)[-1]
    for code, output in ((0, ""), (1, "oops\n")):
        program = tmp_path / ".venv/bin/caoan-stats"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\necho oops\nexit {code}\n")
        program.chmod(0o755)
        command = ["/bin/sh", "-c", line.replace(HOME, str(tmp_path))]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == output


# GitHub Actions


@pytest.fixture
def workflow() -> dict:
    return yaml.safe_load(text("publish.yml"))


def test_the_workflow_publishes_the_public_edition_of_checked_data(workflow):
    steps = workflow["jobs"]["reports"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == [
        "make .venv/.ready",
        ".venv/bin/caoan-stats check",
        ".venv/bin/caoan-stats run --public --out public",
    ]
    for command in commands[1:]:
        accept(command)
    [uploaded] = [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")]
    assert uploaded == "public"


def test_only_the_job_that_publishes_may_write(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["reports"]
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["publish"]["needs"] == "reports"


def test_every_action_has_a_version(workflow):
    used = [
        step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", each) for each in used)


def test_the_workflow_watches_files_that_exist(workflow):
    paths = workflow[True]["push"]["paths"]  # YAML 1.1 reads “on” as true
    assert all((PROJECT / path.removesuffix("/**")).exists() for path in paths)


# Airflow


def test_the_dag_is_eleven_lines_that_execute_a_notebook_of_the_project():
    source = text("caoan_stats_dag.py")
    tree = ast.parse(source)
    code = source.split('"""')[2].split("\n")
    assert len([line for line in code if line.strip()]) == 11
    [call] = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "PapermillOperator"
    ]
    given = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    assert Path(given["input_nb"].replace(HOME, str(PROJECT))).is_file()
    assert "render_template_as_native_obj=True" in source  # so the year is a number
    assert given["parameters"] == {"year": "{{ data_interval_end.year - 1 }}"}
    assert given["kernel_name"] == "caoan-stats"


LOAD = """
import sys
from airflow.dag_processing.dagbag import DagBag
found = DagBag(sys.argv[1])
print(found.import_errors, [(name, dag.task_ids) for name, dag in found.dags.items()])
"""


@pytest.mark.long
def test_a_real_airflow_loads_the_dag(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv/bin/python"
    packages = ["apache-airflow==3.3.2", "apache-airflow-providers-papermill==3.13.3"]
    install = [python, "-m", "pip", "install", "--quiet", "--no-compile", *packages]
    subprocess.run(install, check=True, capture_output=True)
    done = subprocess.run(
        [python, "-c", LOAD, str(SCHEDULE / "caoan_stats_dag.py")],
        env={"PATH": "/usr/bin", "AIRFLOW_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "{} [('caoan_stats', ['overview'])]"
