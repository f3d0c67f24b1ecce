"""The three lists of dependencies name the same packages."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from caoan_stats.places import library_files

PROJECT = Path(__file__).parent.parent


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(extras: bool) -> dict[str, str]:
    """Lower bounds by name in pyproject.toml."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"]]
    if extras:
        lists += project["optional-dependencies"].values()
    lines = [line for each in lists for line in each if not line.startswith("caoan_stats[")]
    pairs = [line.partition(";")[0].split(">=") for line in lines]
    return {canonical(name): bound for name, bound in pairs}


def locked() -> dict[str, list[str]]:
    """Versions by name in requirements.lock."""
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, flags=re.MULTILINE):
        versions.setdefault(canonical(name), []).append(version)
    return versions


def conda() -> dict[str, str]:
    """Lower bounds by name in environment.yml."""
    text = (PROJECT / "environment.yml").read_text(encoding="utf-8")
    return {
        canonical(name): bound
        for name, bound in re.findall(r"^ +- ([\w.-]+)>=([\w.]+)", text, flags=re.MULTILINE)
    }


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def test_conda_has_what_pyproject_has():
    assert conda() == {**declared(extras=True), "python": "3.11"}


def test_every_dependency_is_locked_at_or_above_its_lower_bound():
    versions = locked()
    for name, bound in declared(extras=True).items():
        assert all(numbers(version) >= numbers(bound) for version in versions[name]), name


def test_every_lock_has_hashes_and_no_address():
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[\w.-]+==)", text)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_python_is_the_same_everywhere():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert "sys.version_info < (3, 11)" in (PROJECT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The package as pip installs it."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", out]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    [path] = out.glob("*.whl")
    return path


def test_an_installed_package_has_every_file_of_the_library(wheel):
    with ZipFile(wheel) as archive:
        packed = {PROJECT / name for name in archive.namelist() if name.startswith("caoan_stats/")}
    assert packed == set(library_files())


def test_an_installed_package_has_a_kernelspec(wheel):
    with ZipFile(wheel) as archive:
        [spec] = [name for name in archive.namelist() if name.endswith("kernel.json")]
    assert spec.endswith(".data/data/share/jupyter/kernels/caoan_stats/kernel.json")
