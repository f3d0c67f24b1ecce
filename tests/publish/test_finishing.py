import pytest
from helpers.project import plan_of

from caoan_stats.publish import run
from caoan_stats.publish.plan import Plan


@pytest.fixture
def planned(project, add_notebook) -> Plan:
    """A plan whose pages, report and index are there."""
    add_notebook("one", "year")
    made = plan_of(project / "data", project / "out", [2023])
    run.finish_site([made], run.perform_jobs(made.asked))
    return made


def test_what_was_finished_is_done(planned):
    assert run.is_finished(planned)


@pytest.mark.parametrize("name", ["index.html", "index.json", "2023/annual.html"])
def test_a_file_that_was_taken_away_is_made_again(planned, name):
    (planned.out / name).unlink()
    assert not run.is_finished(planned)
    run.finish_site([planned], [])
    assert run.is_finished(planned)
    assert (planned.out / name).is_file()


def test_a_page_that_failed_since_is_not_in_the_index_yet(planned):
    assert not run.is_finished(planned, {planned.asked[0]})


def test_a_page_that_was_taken_away_is_not_in_the_index_any_more(planned):
    planned.asked[0].page.unlink()
    assert not run.is_finished(planned)


def test_what_is_done_is_not_written_again(planned):
    before = planned.index.stat().st_mtime_ns
    run.finish_site([planned], [])
    assert planned.index.stat().st_mtime_ns == before
