import pytest

from caoan_stats.publish.site import Head, PageRef, make_head

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
def test_a_page_is_called_by_subject_year_and_site(given, name):
    assert given.name == name


def test_a_head_knows_where_its_page_is():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).path == "2023/rice.html"


def test_a_head_knows_the_same_subject_in_every_year():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).years == (PLACES[0], PLACES[1])


def test_a_head_knows_every_subject_of_its_year():
    assert make_head(PLACES[1], "Xã Cao An", PLACES).subjects == (PLACES[1], PLACES[2])


def test_a_head_keeps_from_which_number_on_counts_are_shown():
    assert make_head(PLACES[0], "Xã Cao An", iter(PLACES), below=5).below == 5
