"""The three lists of dependencies name the same packages."""

import re
import tomllib
from pathlib import Path

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
    pairs = [line.split(">=") for lines in lists for line in lines]
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


def test_an_installed_package_has_every_file_of_the_library():
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    folder = PROJECT / "caoan_stats"
    patterns = ["*.py", *settings["setuptools"]["package-data"]["caoan_stats"]]
    packed = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    assert packed == set(library_files())
