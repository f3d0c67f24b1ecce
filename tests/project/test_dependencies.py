"""All lists of dependencies name the same packages, and the code imports exactly those."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from helpers.project import PROJECT

from caoan_stats.common import library

BUILD = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(extras: bool) -> dict[str, str]:
    """Return the lower bounds of pyproject.toml, by name."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"]]
    if extras:
        lists += project["optional-dependencies"].values()
    lines = [line for each in lists for line in each if not line.startswith("caoan_stats[")]
    pairs = [line.partition(";")[0].split(">=") for line in lines]
    return {canonical(name): bound for name, bound in pairs}


class Needed(NamedTuple):
    """A line of the table in CONTRIBUTING.md."""

    package: str
    kind: str
    purpose: str
    called: str


def table() -> list[Needed]:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    cells = r"`(.+)` \| (use|dask|dev) \| (.+) \| `(.+)`"
    return [Needed(*found) for found in re.findall(rf"^\| {cells} \|$", text, re.MULTILINE)]


@cache
def imported(*folders: str) -> set[str]:
    """Return the packages that the files of folders import, by a statement or in `MODULES`."""
    modules = set()
    for path in (path for folder in folders for path in PROJECT.glob(f"{folder}/**/*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                modules |= {each.name for each in node.names}
            if isinstance(node, ast.ImportFrom):
                modules.add(node.module)
            if (
                isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == "MODULES"
                and "*" not in ast.unparse(node.value)
            ):
                modules |= set(ast.literal_eval(node.value))
    return {module.partition(".")[0] for module in modules}


def locked() -> dict[str, list[str]]:
    """Return the versions of requirements.lock, by name."""
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, flags=re.MULTILINE):
        versions.setdefault(canonical(name), []).append(version)
    return versions


def conda() -> dict[str, str]:
    """Return the lower bounds of environment.yml, by name."""
    text = (PROJECT / "environment.yml").read_text(encoding="utf-8")
    return {
        canonical(name): bound
        for name, bound in re.findall(r"^ +- ([\w.-]+)>=([\w.]+)", text, flags=re.MULTILINE)
    }


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def test_conda_has_the_dependencies_of_pyproject():
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


def test_every_dependency_has_a_line_with_its_purpose():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = {"use": project["dependencies"], **project["optional-dependencies"]}
    names = [
        (kind, re.match(r"[\w-]+", line)[0])
        for kind, lines in lists.items()
        for line in lines
        if not line.startswith("caoan_stats[")
    ]
    assert sorted((each.kind, each.package) for each in table()) == sorted(names)


@pytest.mark.parametrize("needed", table(), ids=lambda needed: needed.package)
def test_every_dependency_is_used_as_its_line_states(needed):
    folders = ("tests", "docs", "benchmarks") if needed.kind == "dev" else ("caoan_stats",)
    modules = imported(*folders)
    tools = [PROJECT / "Makefile", PROJECT / "docs/scheduler.md"]
    words = [BUILD["build-backend"], *(path.read_text(encoding="utf-8") for path in tools)]
    assert needed.called in modules or any(needed.called in each for each in words)


def test_every_imported_package_is_declared():
    modules = imported("caoan_stats")
    others = modules - set(sys.stdlib_module_names) - {"caoan_stats"}
    brought = packages_distributions()
    packages = {canonical(name) for module in others for name in brought[module]}
    assert packages == {
        canonical(each.package) for each in table() if each.kind != "dev" and each.called in modules
    }


def test_make_installs_only_packages_with_hashes_in_the_lock():
    lines = (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines()
    lock, package = (line.split() for line in lines if "pip install" in line and "uv" not in line)
    assert "--require-hashes" in lock
    assert lock[lock.index("--requirement") + 1] == "requirements.lock"
    assert {"--no-deps", "--no-build-isolation"} <= set(package)


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
    catalogue = PROJECT / "caoan_stats/catalogue"
    assert {path for path in packed if path.parent != catalogue} == set(library.files())


def test_an_installed_package_has_a_kernelspec(wheel):
    with ZipFile(wheel) as archive:
        [spec] = [name for name in archive.namelist() if name.endswith("kernel.json")]
    assert spec.endswith(".data/data/share/jupyter/kernels/caoan_stats/kernel.json")
