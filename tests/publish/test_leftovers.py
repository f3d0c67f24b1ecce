"""In a public folder only pages of the public edition are left."""

import json
from pathlib import Path

import pytest
from helpers.project import plan_of

from caoan_stats.publish import run
from caoan_stats.publish.leftovers import LeftoverError, clear_public

BELOW = 5
KEY = '<meta name="caoan-stats-key" content="data:1">'
FULL, PUBLIC, LOWER = (
    f'<meta name="caoan-stats-edition" content="{below}">' for below in (0, BELOW, 3)
)
EXECUTED = json.dumps({"metadata": {"papermill": {}}, "cells": []})
INDEX = json.dumps(dict.fromkeys(("title", "public_below", "years", "scorecard", "pages")))
PUBLIC_INDEX = json.dumps({**json.loads(INDEX), "public_below": BELOW})
FOREIGN = {
    "index.php": "", "2023/own.html": "<p>", "failed/2023/own.ipynb": "{}", "failed/2023/x": "",
    "map.json": '{"title": "x"}', "list.json": "[]", "spoilt.json": "[" * 100_000, "own.ipynb": "",
    "so-lieu.csv": "a", "noi-bo/so-lieu.csv": "a", "hinh.svg": "<svg/>",
    "rice-2023-cong-khai.csv": "a", "alone.html": PUBLIC,
}  # fmt: skip


def write(folder: Path, contents: dict[str, str]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def planned(project, add_notebook):
    """The plan of one page."""
    add_notebook("one", "year")
    return plan_of(project / "data", project / "out", [2023])


def clear(planned, unplanned=()) -> list[str]:
    """Return the names of the files for which the run is refused."""
    try:
        clear_public(planned.out, [planned], BELOW, unplanned)
    except LeftoverError as error:
        return [path.relative_to(planned.out).as_posix() for path in error.paths]
    return []


@pytest.mark.parametrize("edition", ["", FULL, LOWER, PUBLIC])
@pytest.mark.parametrize("folder", ["", "xa-a/"])
def test_what_a_run_of_other_data_or_of_another_edition_has_made_is_deleted(
    planned, folder, edition
):
    places = ("index.html", "2022/rice.html", "2023/one.html", "2023/annual.html")
    write(planned.out, dict.fromkeys([folder + place for place in places], edition + KEY))
    write(planned.out, {f"{folder}index.json": INDEX, f"{folder}failed/2022/one.ipynb": EXECUTED})
    assert clear(planned) == []
    assert names(planned.out) == set()


def test_what_this_program_has_not_made_stays(planned):
    write(planned.out, FOREIGN)
    assert clear(planned) == []
    assert names(planned.out) == {*FOREIGN}


def test_the_pages_of_the_present_edition_stay(planned):
    run.finish_site([planned], run.perform_jobs(planned.requested))
    made = names(planned.out)
    assert clear(planned) == []
    assert names(planned.out) == made == {
        "2023/one.html", "2023/annual.html", "index.html", "index.json",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("archive/xa-a/2023/rice.html", KEY),
        ("archive/xa-a/2023/rice.html", LOWER + KEY),
        ("archive/xa-a/2023/rice.html", PUBLIC + KEY),
        ("2023/old/rice.htm", KEY),
        ("2023/alone.html", FULL),
        ("alone.HTML", LOWER),
        ("rice.html", FULL + KEY),
        ("copy/of/index.json", INDEX),
        ("index (1).json", INDEX),
        ("old/xa-a/failed/2023/one.ipynb", EXECUTED),
        ("nang-suat-2023-noi-bo.csv", "a"),
        ("a/b/nang-suat-2023-noi-bo (1).svg", "<svg/>"),
    ],
)
def test_a_run_is_refused_for_a_file_of_another_edition_that_it_does_not_delete(
    planned, name, content
):
    write(planned.out, {name: content})
    assert clear(planned) == [name]
    assert names(planned.out) == {name}


def test_a_run_is_refused_for_a_file_that_it_cannot_delete(planned, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    write(planned.out, {"2022/rice.html": KEY, "index.json": INDEX})
    monkeypatch.setattr(Path, "unlink", refuse)
    assert clear(planned) == ["2022/rice.html", "index.json"]


def test_a_run_is_refused_for_a_file_that_it_cannot_read(planned, monkeypatch):
    write(planned.out, {"2022/rice.html": KEY})
    open_file = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "rice.html":
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert clear(planned) == ["2022/rice.html"]


def test_a_run_is_refused_for_a_folder_that_it_cannot_read(planned, monkeypatch):
    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(top / "secret")))
        return iter(())

    monkeypatch.setattr("os.walk", walk)
    assert clear(planned) == ["secret"]


def test_nothing_is_deleted_through_a_link_to_a_folder(planned, tmp_path):
    elsewhere = {"2022/rice.html": KEY, "index.html": KEY}
    write(tmp_path / "full", elsewhere)
    planned.out.mkdir()
    (planned.out / "xa-a").symlink_to(tmp_path / "full")
    (planned.out / "2022").symlink_to(tmp_path / "full/2022")
    assert clear(planned) == []
    assert names(tmp_path / "full") == {*elsewhere}


def test_a_run_is_refused_for_an_old_page_of_its_own_in_a_linked_folder(planned, tmp_path):
    write(tmp_path / "full", {"one.html": KEY})
    planned.out.mkdir()
    (planned.out / "2022").symlink_to(tmp_path / "full")
    assert clear(planned) == ["2022/one.html"]
    assert names(tmp_path / "full") == {"one.html"}


def test_a_link_to_a_page_is_deleted_and_the_page_stays(planned, tmp_path):
    write(tmp_path / "full", {"rice.html": KEY})
    (planned.out / "2022").mkdir(parents=True)
    (planned.out / "2022/rice.html").symlink_to(tmp_path / "full/rice.html")
    assert clear(planned) == []
    assert names(planned.out) == set()
    assert names(tmp_path / "full") == {"rice.html"}


def test_a_commune_whose_data_is_not_valid_keeps_public_pages_of_the_same_threshold(planned):
    kept = {"xa-b/2023/one.html": PUBLIC + KEY, "xa-b/index.json": PUBLIC_INDEX}
    gone = {
        "xa-b/2022/one.html": LOWER + KEY, "xa-b/2024/one.html": FULL + KEY,
        "xa-b/index.html": KEY, "xa-b/failed/2023/one.ipynb": EXECUTED,
    }  # fmt: skip
    write(planned.out, kept | gone)
    assert clear(planned, [planned.out / "xa-b"]) == []
    assert names(planned.out) == {*kept}
