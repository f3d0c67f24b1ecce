from dataclasses import replace

import pytest
from conftest import plan_of

from caoan_stats import jobs, keys
from caoan_stats.files import publish


@pytest.fixture
def job(project, add_notebook):
    add_notebook("one", "1")
    [planned] = plan_of(project / "data", project / "out", [2023]).asked
    return planned


def put(job, key: str, before: str = "<html>") -> None:
    """Publish a page that carries a key."""
    publish(job.page, f'{before}<meta name="{keys.MARK}" content="{key}">'.encode())


def test_a_page_that_was_never_made_is_missing(job):
    assert jobs.state(job) == "missing"
    assert job.reasons == ["missing"]


def test_a_page_with_the_key_of_its_job_is_current(job):
    put(job, job.key)
    assert jobs.state(job) == "current"
    assert job.reasons == []


def test_a_page_that_carries_its_key_far_from_its_beginning_is_stale(job):
    put(job, job.key, before=" " * keys.HEAD)
    assert jobs.state(job) == "stale"


def test_a_page_without_a_key_is_stale(job):
    publish(job.page, b"<html>")
    assert jobs.state(job) == "stale"
    assert job.reasons == ["notebook", "data", "library", "versions", "links"]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("notebook", lambda job: replace(job, notebook=replace(job.notebook, digest="other"))),
        ("data", lambda job: replace(job, basis="other")),
        ("links", lambda job: replace(job, head=replace(job.head, site="Xã khác"))),
    ],
)
def test_the_reason_why_a_page_is_stale_is_what_has_changed(job, part, change):
    put(job, job.key)
    assert change(job).reasons == [part]


@pytest.mark.parametrize("part", ["library", "versions"])
def test_another_library_and_other_versions_are_reasons_too(job, part, monkeypatch):
    put(job, job.key)
    monkeypatch.setattr(keys, part, lambda: "other")
    assert job.reasons == [part]


def test_a_page_whose_job_has_just_failed_is_failed(job):
    put(job, job.key)
    assert jobs.state(job, {job}) == "failed"


def test_a_page_whose_notebook_was_kept_as_it_failed_is_failed_and_made_again(job):
    put(job, job.key)
    publish(job.failure, b"{}")
    assert jobs.state(job) == "failed"
    assert job.reasons == ["failed"]


def test_a_job_is_named_from_a_folder_above_its_exports(job, project):
    assert job.below(job.out) == "2023/one"
    assert job.below(project) == "out/2023/one"
