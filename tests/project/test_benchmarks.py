import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.project import PROJECT

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def power() -> str:
    command = [sys.executable, str(PROJECT / "benchmarks/audit_power.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    return done.stdout


def test_the_audit_finds_more_than_three_of_five_wrong_digits(power):
    shares = [float(share) for share in re.findall(r"([\d.]+)%", power)]
    assert len(shares) == 2
    assert min(shares) > 60


def test_the_audit_gives_no_false_alarm(power):
    assert "false alarms on the untouched data: 0\n" in power


def test_the_method_shows_what_the_benchmark_prints(power):
    assert power in (PROJECT / "docs/method.md").read_text(encoding="utf-8")


def test_a_page_weighs_less_than_a_fifth_of_the_one_that_nbconvert_makes():
    command = [sys.executable, str(PROJECT / "benchmarks/page_size.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    assert ", 0 addresses loaded\n" in done.stdout
    assert float(re.search(r"ratio of bytes ([\d.]+)", done.stdout)[1]) > 5


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> tuple[str, Path]:
    """What the benchmark of runs prints, and where it keeps what it makes meanwhile."""
    folder = tmp_path_factory.mktemp("reports")
    command = [sys.executable, str(PROJECT / "benchmarks/reports.py"), "--quick"]
    env = os.environ | {"TMPDIR": str(folder), "TEMP": str(folder)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=PROJECT, env=env
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def rows(printed: str, head: str) -> dict[str, list[float]]:
    """Read the Markdown table of which the head begins so."""
    (table,) = (part for part in printed.split("\n\n") if part.startswith(f"| {head}"))
    cells = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {name: [float(cell.rstrip("%")) for cell in numbers] for name, *numbers in cells}


def test_the_pages_are_made_in_five_ways(reports):
    methods = rows(reports[0], "method")
    assert [name[:3] for name in methods] == ["(a)", "(b)", "(c)", "(d)", "(e)"]
    assert [pages for pages, *_ in methods.values()] == [2, 2, 11, 11, 11]
    assert all(number > 0 for numbers in methods.values() for number in numbers)


def test_the_ways_are_compared_with_a_run(reports):
    methods = rows(reports[0], "method").values()
    seconds, ratios = ([numbers[column] for numbers in methods] for column in (1, 3))
    assert ratios == pytest.approx([each / seconds[2] for each in seconds], rel=0.02, abs=0.002)


def test_a_run_is_weighed(reports):
    runs = rows(reports[0], "pages")
    assert [(pages, communes) for pages, (communes, *_) in runs.items()] == [("11", 1)]
    assert all(number > 0 for numbers in runs.values() for number in numbers)


def test_what_a_run_does_once_takes_time(reports):
    once = rows(reports[0], "once a run")
    assert len(once) == 7
    assert all(spent > 0 for (spent,) in once.values())


def test_the_steps_of_a_page_add_up_to_the_whole(reports):
    steps = {name: spent for name, (spent, _) in rows(reports[0], "step").items()}
    whole = steps.pop("all of it")
    assert sum(steps.values()) == pytest.approx(whole, abs=0.05 * (len(steps) + 1))
    assert all(steps[name] > 0 for name in steps if name.startswith("cells"))


def test_the_benchmark_of_runs_leaves_no_files(reports):
    assert not list(reports[1].iterdir())
