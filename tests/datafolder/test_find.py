import shutil
import unicodedata

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


def test_the_argument_is_used_first(data, project, elsewhere, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(elsewhere))
    assert find_data(data) == data


def test_the_environment_variable_is_used_second(data, elsewhere, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(data))
    assert find_data() == data


def test_the_nearest_project_above_is_used_third(project, monkeypatch):
    below = project / "notebooks" / "deep"
    below.mkdir()
    monkeypatch.chdir(below)
    assert find_data() == project / "data"
    assert find_project() == project


@pytest.mark.parametrize("below", ["", "raw"])
def test_a_data_folder_of_any_name_is_found_from_inside_it(below, project, monkeypatch):
    commune = shutil.copytree(project / "data", project / "xa-b")
    monkeypatch.chdir(commune / below)
    assert find_data() == commune


def test_a_data_folder_inside_another_is_ignored(project, monkeypatch):
    planted = project / "data" / "planted"
    shutil.copytree(project / "data", planted / "data")
    monkeypatch.chdir(planted)
    assert find_data() == project / "data"


def test_a_project_inside_the_data_of_another_is_ignored(project, monkeypatch):
    planted = project / "data" / "planted"
    shutil.copytree(project / "data", planted / "data")
    monkeypatch.chdir(planted)
    assert find_project() == project


def test_a_project_inside_the_data_that_is_read_is_ignored(project, monkeypatch):
    monkeypatch.chdir(project)
    assert find_project(project) == PACKAGE.parent


def test_a_working_folder_with_notebooks_is_the_project_of_data_folders_of_other_names(
    project, elsewhere
):
    commune = shutil.copytree(project / "data", elsewhere / "xa-b")
    shutil.copytree(project / "notebooks", elsewhere / "notebooks")
    assert find_project(commune) == elsewhere


def test_the_data_beside_the_package_is_used_last(elsewhere):
    assert find_data() == PACKAGE.parent / "data"


def test_a_folder_without_data_is_refused(elsewhere):
    with pytest.raises(InvalidDataError) as caught:
        find_data(elsewhere)
    assert str(caught.value) == (
        f"{elsewhere}: found no datapackage.json in it; expected a data folder: name the right one "
        "by argument or in the environment variable CAOAN_STATS_DATA"
    )


def test_a_notebook_outside_any_project_uses_the_data_beside_the_package(elsewhere):
    shutil.copy(PACKAGE.parent / "notebooks" / "rice.ipynb", elsewhere)
    assert find_data() == PACKAGE.parent / "data"


def test_a_folder_name_in_decomposed_unicode_is_the_same_name(data):
    folder = data.rename(data.with_name(unicodedata.normalize("NFD", "số liệu")))
    assert find_data(data.with_name("số liệu")) == folder
