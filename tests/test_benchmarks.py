import re
import subprocess
import sys

import pytest
from conftest import PROJECT


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


def test_the_readme_shows_what_the_benchmark_prints(power):
    assert power in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_a_page_weighs_less_than_a_fifth_of_the_one_that_nbconvert_makes():
    command = [sys.executable, str(PROJECT / "benchmarks/page_size.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    assert ", 0 addresses loaded\n" in done.stdout
    assert float(re.search(r"ratio of bytes ([\d.]+)", done.stdout)[1]) > 5
