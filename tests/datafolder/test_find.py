import shutil

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.common.library import PACKAGE
from caoan_stats.datafolder.find import find_data, find_project


@pytest.fixture
def elsewhere(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CAOAN_STATS_DATA", raising=False)
    return folder


def test_the_argument_comes_first(data, project, elsewhere, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(elsewhere))
    assert find_data(data) == data


def test_the_environment_variable_comes_next(data, elsewhere, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(data))
    assert find_data() == data


def test_the_nearest_project_upwards_comes_next(project, monkeypatch):
    below = project / "notebooks" / "deep"
    below.mkdir()
    monkeypatch.chdir(below)
    assert find_data() == project / "data"
    assert find_project() == project


def test_nothing_in_the_data_of_a_project_is_a_project(project, monkeypatch):
    planted = project / "data" / "planted"
    shutil.copytree(project / "data", planted / "data")
    monkeypatch.chdir(planted)
    assert find_project() == project


def test_nothing_in_the_data_that_is_read_is_a_project(project, monkeypatch):
    monkeypatch.chdir(project)
    assert find_project(project) == PACKAGE.parent


def test_the_data_beside_the_package_comes_last(elsewhere):
    assert find_data() == PACKAGE.parent / "data"


def test_a_folder_that_holds_no_data_is_refused(elsewhere):
    with pytest.raises(InvalidDataError) as caught:
        find_data(elsewhere)
    assert str(caught.value) == (
        f"{elsewhere}: found no datapackage.json in it; expected a data folder: name the right one "
        "by argument or in the environment variable CAOAN_STATS_DATA"
    )


def test_a_notebook_copied_away_finds_the_data_beside_the_package(elsewhere):
    shutil.copy(PACKAGE.parent / "notebooks" / "rice.ipynb", elsewhere)
    assert find_data() == PACKAGE.parent / "data"
