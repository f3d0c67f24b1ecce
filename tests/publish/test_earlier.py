"""What a public edition has hidden stays hidden in the next one that is published there."""

import shutil
from dataclasses import replace

import pytest
from helpers.commands import call
from helpers.project import plan_of

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.datafolder.editions import Edition
from caoan_stats.disclosure import edition
from caoan_stats.publish.earlier import NAME, DamagedError, hidden_before, keep_hidden

BIRTHS, RICE, OLD = ("births", 2023), ("rice_yield", 2023), ("gone", 2012)


@pytest.fixture
def planned(project, add_notebook):
    """A plan of one commune in `out`, whose edition hides one figure."""
    add_notebook("one", "year")
    full = plan_of(project / "data", project / "out")
    return replace(full, below=5, edition=Edition("", hidden={BIRTHS: "<5"}, earlier=frozenset()))


def before(planned, root=None) -> frozenset:
    found = hidden_before({planned.data: planned.out}, root or planned.out)
    return found[planned.data]


def test_a_new_folder_has_hidden_nothing(planned):
    assert before(planned) == frozenset()


def test_what_an_edition_hides_is_kept(planned):
    keep_hidden(planned, [])
    assert before(planned) == {BIRTHS}


def test_what_was_hidden_once_is_kept_for_ever(planned):
    keep_hidden(planned, [])
    later = replace(planned, edition=Edition("", hidden={RICE: "<9"}, earlier={BIRTHS}))
    keep_hidden(later, before(planned))
    assert before(planned) == {BIRTHS, RICE}


def test_an_edition_that_shows_what_was_hidden_is_refused(planned):
    with pytest.raises(InvalidDataError):
        keep_hidden(planned, [RICE])
    assert not (planned.out / NAME).exists()


@pytest.mark.parametrize("title", ["", "xã Khác"])
def test_an_edition_of_other_data_in_the_same_folder_counts(planned, title):
    keep_hidden(replace(planned, title=title or planned.title), [])
    assert before(planned) == {BIRTHS}


@pytest.mark.parametrize("name", ["xa-a", "xa-b"])
def test_a_run_of_one_commune_takes_over_what_a_run_of_several_hid(planned, name):
    keep_hidden(replace(planned, out=planned.out / name), [])
    keep_hidden(replace(planned, out=planned.out / "xa-c", title="xã Khác"), [])
    assert before(planned) == {BIRTHS}


def test_a_run_of_several_communes_takes_over_what_a_run_of_one_hid(planned):
    keep_hidden(planned, [])
    other = replace(planned, out=planned.out / "xa-a")
    assert before(other, planned.out) == {BIRTHS}


def test_another_commune_does_not_hide_what_the_first_hid(planned):
    keep_hidden(replace(planned, title="xã Khác", out=planned.out / "xa-b"), [])
    assert before(replace(planned, out=planned.out / "xa-a"), planned.out) == frozenset()


@pytest.mark.parametrize(
    ("old", "new"), [("}", ""), ("births", "deaths"), ('["births", 2023]', ""), ("{", "[{")]
)
def test_a_damaged_or_foreign_file_refuses_the_run(planned, old, new):
    keep_hidden(planned, [])
    path = planned.out / NAME
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DamagedError):
        before(planned)


@pytest.mark.long
def test_a_second_edition_hides_what_the_first_hid(project, add_notebook, monkeypatch):
    """With other data and another threshold, and after a run that requests one page."""
    add_notebook("one", "year")
    calls = []

    def choose(tables, below, earlier=()):
        calls.append({*earlier})
        first = {BIRTHS: "<5"} if below == 5 else {RICE: "<9"}
        return dict.fromkeys(earlier, "ẩn") | first

    monkeypatch.setattr(edition, "choose_hidden", choose)
    assert call("run", "--public", "--year", "2022").exit_code == 0
    path = project / "data/raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert call("run", "--public-below", "9", "--year", "2022").exit_code == 0
    shutil.rmtree(project / "data/processed")
    assert call("run", "--public", "--year", "2022").exit_code == 0
    assert call("run", "--public", "--year", "2022").exit_code == 0
    assert calls == [set(), {BIRTHS}, {BIRTHS, RICE}]
