from dataclasses import replace

import pytest
from helpers.project import plan_of

from caoan_stats.common import library
from caoan_stats.common.files import write_file
from caoan_stats.publish import jobs


@pytest.fixture
def job(project, add_notebook):
    add_notebook("one", "1")
    [planned] = plan_of(project / "data", project / "out", [2023]).requested
    return planned


def put(job, key: str, before: str = "<html>") -> None:
    """Write a page with a key."""
    write_file(job.page, f'{before}<meta name="{jobs.KEY_NAME}" content="{key}">'.encode())


def test_a_page_that_was_never_made_is_missing(job):
    assert jobs.page_state(job) == "missing"
    assert job.reasons == ["missing"]


def test_a_page_with_the_key_of_its_job_is_current(job):
    put(job, job.key)
    assert jobs.page_state(job) == "current"
    assert job.reasons == []


def test_a_page_with_its_key_far_from_its_beginning_is_stale(job):
    put(job, job.key, before=" " * jobs.KEY_WITHIN)
    assert jobs.page_state(job) == "stale"


def test_a_page_without_a_key_is_stale(job):
    write_file(job.page, b"<html>")
    assert jobs.page_state(job) == "stale"
    assert job.reasons == ["notebook", "data", "library", "versions", "links"]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("notebook", lambda job: replace(job, notebook=replace(job.notebook, digest="other"))),
        ("data", lambda job: replace(job, data_digest="other")),
        ("links", lambda job: replace(job, head=replace(job.head, site="Xã khác"))),
    ],
)
def test_the_reason_of_a_stale_page_is_the_part_that_has_changed(job, part, change):
    put(job, job.key)
    assert change(job).reasons == [part]


@pytest.mark.parametrize("part", ["library", "versions"])
def test_another_library_and_other_versions_are_reasons(job, part, monkeypatch):
    put(job, job.key)
    function = {"library": "digest", "versions": "versions"}[part]
    monkeypatch.setattr(library, function, lambda: "other")
    assert job.reasons == [part]


def test_a_page_whose_job_has_just_failed_is_failed(job):
    put(job, job.key)
    assert jobs.page_state(job, {job}) == "failed"


def test_a_page_with_a_kept_failure_is_failed_and_made_again(job):
    put(job, job.key)
    write_file(job.failure, b'{"metadata": {"papermill": {}}}')
    assert jobs.page_state(job) == "failed"
    assert job.reasons == ["failed"]


def test_a_job_is_named_from_a_folder_above_its_exports(job, project):
    assert job.below(job.out) == "2023/one"
    assert job.below(project) == "out/2023/one"


def test_a_key_has_the_name_and_a_digest_of_each_part():
    assert (
        jobs.page_key({"data": "a", "notebook": "b"}) == "data:ca978112ca1b notebook:3e23e8160039"
    )


def test_changed_parts_are_in_the_order_of_the_key():
    assert jobs.changed_parts("a:1 b:2 c:3", "a:1 b:0 c:0") == ["b", "c"]
    assert jobs.changed_parts("", "a:1 b:0") == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('<html><meta name="caoan-stats-key" content="a:1 b:2">', "a:1 b:2"),
        ("<html>", ""),
        ('<html><meta name="caoan-stats-key" content="a:', ""),
        (" " * jobs.KEY_WITHIN + '<meta name="caoan-stats-key" content="a:1">', ""),
    ],
)
def test_the_key_of_a_page_is_read_from_its_head(tmp_path, content, key):
    path = tmp_path / "page.html"
    path.write_text(content, encoding="utf-8")
    assert jobs.read_key(path) == key


def test_a_long_key_is_read_whole(job):
    put(job, key := f"{job.key} " + " ".join(f"read:{number}:x" for number in range(1000)))
    assert jobs.read_key(job.page) == key


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", "<html>"),
        ("index.json", '{"pages": []}'),
        ("failed/2023/one.ipynb", '{"metadata": {}}'),
        ("index.php", ""),
    ],
)
def test_a_file_without_our_mark_is_not_ours(tmp_path, name, content):
    write_file(tmp_path / name, content.encode())
    assert not jobs.is_ours(tmp_path / name)


def test_a_missing_page_has_no_key(tmp_path):
    assert jobs.read_key(tmp_path / "page.html") is None
