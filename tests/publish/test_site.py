from pathlib import Path

import pytest

from caoan_stats.publish.site import Head, PageRef, SameNameError, export_folders, make_head

RICE, WELFARE = "Sản xuất lúa", "An sinh xã hội"
PLACES = [
    PageRef("rice", RICE, 2022),
    PageRef("rice", RICE, 2023),
    PageRef("welfare", WELFARE, 2023),
    PageRef("welfare", WELFARE, 2024),
]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (Head(RICE, 2023, "Xã Cao An"), "Sản xuất lúa năm 2023 · Xã Cao An"),
        (Head(RICE, 2023), "Sản xuất lúa năm 2023"),
        (Head("Xã Cao An"), "Xã Cao An"),
    ],
)
def test_a_page_is_named_by_subject_year_and_site(given, name):
    assert given.name == name


def test_a_head_has_the_path_of_its_page():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).path == "2023/rice.html"


def test_a_head_lists_its_subject_in_every_year():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).years == (PLACES[0], PLACES[1])


def test_a_head_lists_every_subject_of_its_year():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).subjects == (PLACES[1], PLACES[2])


def test_a_head_has_the_threshold_of_the_public_edition():
    assert make_head(PLACES[0], "Xã Cao An", iter(PLACES), below=5).below == 5


def test_a_folder_named_data_takes_the_name_of_its_parent(tmp_path):
    folders = [tmp_path / "xa-a/data", tmp_path / "xa-b/data"]
    places = export_folders(folders, tmp_path)
    assert [place.name for place in places.values()] == ["xa-a", "xa-b"]


@pytest.mark.parametrize("name", ["a<b>&\"'", "a b", "a\nb", "Xã Cao An", "-n", "a%2fb", "#?"])
def test_the_pages_of_a_commune_stay_below_the_exports_folder(name):
    out = Path("exports")
    places = export_folders([Path("/x") / name, Path("/y/b")], out)
    assert [place.relative_to(out).parts for place in places.values()] == [(name,), ("b",)]


@pytest.mark.parametrize("folder", ["/data", "/"])
def test_a_data_folder_at_the_root_of_the_disk_has_a_folder_of_its_own(folder):
    places = export_folders([Path(folder), Path("/b")], Path("exports"))
    assert list(places.values()) == [Path("exports/data"), Path("exports/b")]


@pytest.mark.parametrize("other", ["/y/XA-A", "/y/xa-a/data"])
def test_names_that_some_disks_confuse_are_refused(other):
    with pytest.raises(SameNameError):
        export_folders([Path("/x/xa-a"), Path(other)], Path("exports"))


def test_one_name_in_two_forms_of_unicode_is_refused():
    with pytest.raises(SameNameError):
        export_folders([Path("/x/x\u00e3"), Path("/y/xa\u0303")], Path("exports"))
