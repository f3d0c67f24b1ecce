import pytest
from conftest import plan_of

from caoan_stats import finishing, run
from caoan_stats.plan import Plan


@pytest.fixture
def planned(project, add_notebook) -> Plan:
    """A plan whose pages, report and index are there."""
    add_notebook("one", "year")
    made = plan_of(project / "data", project / "out", [2023])
    run.finish([made], run.perform(made.asked))
    return made


def test_what_was_finished_is_done(planned):
    assert finishing.is_done(planned)


@pytest.mark.parametrize("name", ["index.html", "index.json", "2023/annual.html"])
def test_a_file_that_was_taken_away_is_made_again(planned, name):
    (planned.out / name).unlink()
    assert not finishing.is_done(planned)
    run.finish([planned], [])
    assert finishing.is_done(planned)
    assert (planned.out / name).is_file()


def test_a_page_that_failed_since_is_not_in_the_index_yet(planned):
    assert not finishing.is_done(planned, {planned.asked[0]})


def test_a_page_that_was_taken_away_is_not_in_the_index_any_more(planned):
    planned.asked[0].page.unlink()
    assert not finishing.is_done(planned)


def test_what_is_done_is_not_written_again(planned):
    before = planned.index.stat().st_mtime_ns
    run.finish([planned], [])
    assert planned.index.stat().st_mtime_ns == before
