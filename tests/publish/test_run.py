import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext

import pytest
from helpers.project import plan_of

from caoan_stats import InvalidDataError
from caoan_stats.publish import pools, run
from caoan_stats.publish.jobs import Result
from caoan_stats.publish.plan import Plan

SHOW = "from caoan_stats import Dataset\n\nDataset.open().table('rice').loc[year:year]"


def outcomes(planned: Plan, **options) -> dict[str, str]:
    return {
        result.job.name: result.outcome for result in run.perform_jobs(planned.requested, **options)
    }


def reasons(planned: Plan) -> list[str]:
    return [result.reason for result in run.perform_jobs(planned.requested)]


def test_a_page_is_made_once_and_again_after_a_change(project, add_notebook):
    add_notebook("one", SHOW)
    data, out = project / "data", project / "out"
    planned = plan_of(data, out, [2023])
    assert outcomes(planned) == {"2023/one": "made"}
    first = planned.requested[0].page.read_bytes()
    assert outcomes(planned) == {"2023/one": "fresh"}
    assert outcomes(planned, force=True) == {"2023/one": "made"}
    assert planned.requested[0].page.read_bytes() == first
    table = data / "raw/rice.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("53195", "53196"))
    assert outcomes(plan_of(data, out, [2023])) == {"2023/one": "made"}
    assert b"53196" in planned.requested[0].page.read_bytes()
    add_notebook("one", "year")
    assert outcomes(plan_of(data, out, [2023])) == {"2023/one": "made"}


def test_a_notebook_gets_the_year_and_reads_the_given_data(project, add_notebook):
    add_notebook("one", "from caoan_stats import Dataset\n\nDataset.open().years, year")
    planned = plan_of(project / "data", project / "out", [2022])
    assert outcomes(planned) == {"2022/one": "made"}
    html = planned.requested[0].page.read_text(encoding="utf-8")
    assert "([2022, 2023, 2024], 2022)" in html
    assert "<title>Trang one năm 2022 · Số liệu kinh tế - xã hội xã Cao An</title>" in html


def test_a_failing_notebook_fails_alone_and_its_last_good_page_stays(project, add_notebook):
    add_notebook("good", "year")
    add_notebook("bad", "year")
    data, out = project / "data", project / "out"
    run_once = plan_of(data, out, [2023])
    assert set(outcomes(run_once).values()) == {"made"}
    good_page = (out / "2023/bad.html").read_bytes()
    add_notebook("bad", "raise ValueError('lost')")
    planned = plan_of(data, out, [2023])
    results = {result.job.name: result for result in run.perform_jobs(planned.requested)}
    assert results["2023/bad"].outcome == "failed"
    assert results["2023/bad"].reason == "ValueError: lost"
    assert results["2023/good"].outcome == "fresh"
    assert (out / "2023/bad.html").read_bytes() == good_page
    assert b"ValueError" in (out / "failed/2023/bad.ipynb").read_bytes()
    add_notebook("bad", "year")
    assert outcomes(plan_of(data, out, [2023], ["bad"])) == {"2023/bad": "made"}
    assert not (out / "failed/2023/bad.ipynb").exists()


def test_a_notebook_that_declares_no_year_fails(project, add_notebook):
    add_notebook("one", "1", parameters="nam = 2023")
    planned = plan_of(project / "data", project / "out", [2023])
    assert reasons(planned) == [
        "ValueError: one.ipynb declares no parameter year in a parameters cell"
    ]
    assert not (project / "out").exists()


def test_a_file_that_is_not_a_notebook_fails_alone(project, add_notebook):
    add_notebook("good", "year")
    (project / "notebooks/broken.ipynb").write_text("{")
    assert outcomes(plan_of(project / "data", project / "out", [2023])) == {
        "2023/good": "made",
        "2023/broken": "failed",
    }


def test_a_run_ends_with_the_report_of_each_year_and_the_index(project, add_notebook):
    add_notebook("one", "year")
    data, out = project / "data", project / "out"
    planned = plan_of(data, out, [2023])
    assert run.finish_site([planned], run.perform_jobs(planned.requested)) == [out / "index.html"]
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
    assert made == ["2023/annual.html", "2023/one.html", "index.html", "index.json"]


@pytest.fixture
def cluster(monkeypatch) -> Callable[..., None]:
    """Replace the cluster by one that answers every job with the same result or error."""

    def answer(result: Result | Exception) -> None:
        class Calls(Executor):
            def submit(self, *_):
                future = Future()
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)
                return future

        monkeypatch.setattr(pools, "_on_cluster", lambda _: nullcontext(Calls()))

    return answer


def test_a_page_that_a_cluster_made_differently_or_elsewhere_is_failed(
    project, add_notebook, cluster
):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    cluster(Result(planned.requested[0], "made", 1.0))
    [result] = run.perform_jobs(planned.requested, cluster="tcp://there")
    assert result.outcome == "failed"
    assert result.reason == "what a worker made is not what this machine would make: missing"


def test_a_page_that_no_worker_survives_fails_alone(project, add_notebook, cluster):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    cluster(LookupError("killed"))
    [result] = run.perform_jobs(planned.requested, cluster="tcp://there")
    assert (result.outcome, result.reason) == ("failed", "LookupError: killed")


def test_a_page_that_failed_is_named_in_the_index(project, add_notebook):
    add_notebook("one", "1 / 0")
    planned = plan_of(project / "data", project / "out", [2023])
    [index] = run.finish_site([planned], run.perform_jobs(planned.requested))
    html = index.read_text(encoding="utf-8")
    assert "Có 1 trang lỗi:</strong> Trang one năm 2023." in html


@pytest.fixture
def finished(project, add_notebook) -> Plan:
    """A plan whose pages, report and index exist."""
    add_notebook("one", "year")
    made = plan_of(project / "data", project / "out", [2023])
    run.finish_site([made], run.perform_jobs(made.requested))
    return made


def test_a_site_is_finished_after_its_run(finished):
    assert run.is_finished(finished)


@pytest.mark.parametrize("name", ["index.html", "index.json", "2023/annual.html"])
def test_a_removed_file_is_made_again(finished, name):
    (finished.out / name).unlink()
    assert not run.is_finished(finished)
    run.finish_site([finished], [])
    assert run.is_finished(finished)
    assert (finished.out / name).is_file()


def test_a_site_is_not_finished_when_a_page_has_failed_since(finished):
    assert not run.is_finished(finished, {finished.requested[0]})


def test_a_site_is_not_finished_when_a_page_was_removed(finished):
    finished.requested[0].page.unlink()
    assert not run.is_finished(finished)


def test_the_index_is_not_written_again_when_nothing_has_changed(finished):
    before = finished.index.stat().st_mtime_ns
    run.finish_site([finished], [])
    assert finished.index.stat().st_mtime_ns == before


def test_a_page_that_is_gone_at_the_end_of_the_run_is_reported_and_no_index_written(
    project, add_notebook
):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    results = list(run.perform_jobs(planned.requested))
    shutil.rmtree(project / "out")
    with pytest.raises(FileNotFoundError):
        run.finish_site([planned], results)
    assert not (project / "out").exists()


def test_no_index_is_made_of_data_that_is_not_that_of_the_plan(finished):
    path = finished.data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53196"), encoding="utf-8")
    before = finished.index.read_bytes()
    with pytest.raises(InvalidDataError, match="changed while it was read"):
        run.write_site(finished)
    assert finished.index.read_bytes() == before
