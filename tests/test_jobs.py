import pytest

from caoan_stats import jobs, run
from caoan_stats.files import publish


@pytest.fixture
def job(project, add_notebook):
    add_notebook("one", "1")
    [planned] = run.plan(project / "data", project / "out", [2023]).asked
    return planned


def test_a_page_that_was_never_made_is_missing(job):
    assert jobs.state(job) == "missing"


def test_a_page_with_the_key_of_its_job_is_current(job):
    publish(job.page, f"<html>{job.key}".encode())
    assert jobs.state(job) == "current"


@pytest.mark.parametrize("page", ["<html>", " " * jobs.HEAD + "{key}"])
def test_a_page_without_the_key_of_its_job_in_its_head_is_stale(job, page):
    publish(job.page, page.format(key=job.key).encode())
    assert jobs.state(job) == "stale"


def test_a_page_whose_job_has_just_failed_is_failed(job):
    publish(job.page, f"<html>{job.key}".encode())
    assert jobs.state(job, {job}) == "failed"


def test_a_page_whose_notebook_was_kept_as_it_failed_is_failed(job):
    publish(job.failure, b"{}")
    assert jobs.state(job) == "failed"
