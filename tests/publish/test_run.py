import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext

import pytest
from helpers.project import plan_of

from caoan_stats.publish import pools, run
from caoan_stats.publish.jobs import Result
from caoan_stats.publish.plan import Plan, UnknownJobError

SHOW = "from caoan_stats import Dataset\n\nDataset.open().table('rice').loc[year:year]"


def outcomes(planned: Plan, **options) -> dict[str, str]:
    return {
        result.job.name: result.outcome for result in run.perform_jobs(planned.asked, **options)
    }


def reasons(planned: Plan) -> list[str]:
    return [result.reason for result in run.perform_jobs(planned.asked)]


def names(planned: Plan) -> list[str]:
    return [job.name for job in planned.asked]


def test_the_plan_is_every_notebook_for_every_year(project, add_notebook):
    add_notebook("two", "1")
    add_notebook("one", "1")
    assert names(plan_of(project / "data", project / "out")) == [
        "2022/one",
        "2022/two",
        "2023/one",
        "2023/two",
        "2024/one",
        "2024/two",
    ]


def test_notebooks_come_in_the_order_that_they_name(project, add_notebook):
    path = add_notebook("two", "1")
    add_notebook("one", "1")
    content = json.loads(path.read_bytes())
    content["metadata"]["caoan_stats"] = {"order": 1}
    path.write_text(json.dumps(content))
    assert names(plan_of(project / "data", project / "out", [2023])) == ["2023/two", "2023/one"]


def test_what_an_editor_hides_is_no_notebook(project, add_notebook):
    path = add_notebook("one", "1")
    (path.parent / ".#one.ipynb").symlink_to("nowhere")
    assert names(plan_of(project / "data", project / "out", [2023])) == ["2023/one"]


def test_the_plan_knows_every_page_beside_those_asked_for(project, add_notebook):
    add_notebook("two", "1")
    add_notebook("one", "1")
    planned = plan_of(project / "data", project / "out", [2023], ["one"])
    assert names(planned) == ["2023/one"]
    assert len(planned.every) == 6


@pytest.mark.parametrize(("years", "notebooks"), [([1999], []), ([], ["fish"])])
def test_an_unknown_year_or_notebook_is_refused(project, add_notebook, years, notebooks):
    add_notebook("one", "1")
    with pytest.raises(UnknownJobError):
        plan_of(project / "data", project / "out", years, notebooks)


def test_a_page_is_made_once_and_again_when_something_changes(project, add_notebook):
    add_notebook("one", SHOW)
    data, out = project / "data", project / "out"
    planned = plan_of(data, out, [2023])
    assert outcomes(planned) == {"2023/one": "made"}
    first = planned.asked[0].page.read_bytes()
    assert outcomes(planned) == {"2023/one": "fresh"}
    assert outcomes(planned, force=True) == {"2023/one": "made"}
    assert planned.asked[0].page.read_bytes() == first
    table = data / "raw/rice.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("53195", "53196"))
    assert outcomes(plan_of(data, out, [2023])) == {"2023/one": "made"}
    assert b"53196" in planned.asked[0].page.read_bytes()
    add_notebook("one", "year")
    assert outcomes(plan_of(data, out, [2023])) == {"2023/one": "made"}


def test_the_parameter_reaches_the_notebook_and_it_reads_the_named_data(project, add_notebook):
    add_notebook("one", SHOW)
    planned = plan_of(project / "data", project / "out", [2022])
    assert outcomes(planned) == {"2022/one": "made"}
    html = planned.asked[0].page.read_text(encoding="utf-8")
    assert "478.26" in html
    assert "462.56" not in html
    assert "<title>Trang one năm 2022 · Số liệu kinh tế - xã hội xã Cao An</title>" in html


def test_one_failing_notebook_fails_alone_and_its_last_good_page_stays(project, add_notebook):
    add_notebook("good", "year")
    add_notebook("bad", "year")
    data, out = project / "data", project / "out"
    run_once = plan_of(data, out, [2023])
    assert set(outcomes(run_once).values()) == {"made"}
    good_page = (out / "2023/bad.html").read_bytes()
    add_notebook("bad", "raise ValueError('lost')")
    planned = plan_of(data, out, [2023])
    results = {result.job.name: result for result in run.perform_jobs(planned.asked)}
    assert results["2023/bad"].outcome == "failed"
    assert results["2023/bad"].reason == "ValueError: lost"
    assert results["2023/good"].outcome == "fresh"
    assert (out / "2023/bad.html").read_bytes() == good_page
    assert b"ValueError" in (out / "failed/2023/bad.ipynb").read_bytes()
    add_notebook("bad", "year")
    assert outcomes(plan_of(data, out, [2023], ["bad"])) == {"2023/bad": "made"}
    assert not (out / "failed/2023/bad.ipynb").exists()


def test_a_parameter_that_the_notebook_does_not_declare_is_an_error(project, add_notebook):
    add_notebook("one", "1", parameters="nam = 2023")
    planned = plan_of(project / "data", project / "out", [2023])
    assert reasons(planned) == [
        "ValueError: one.ipynb declares no parameter year in a parameters cell"
    ]
    assert not (project / "out").exists()


def test_a_file_that_is_no_notebook_fails_alone(project, add_notebook):
    add_notebook("good", "year")
    (project / "notebooks/broken.ipynb").write_text("{")
    assert outcomes(plan_of(project / "data", project / "out", [2023])) == {
        "2023/good": "made",
        "2023/broken": "failed",
    }


def test_a_page_links_those_of_other_years_that_are_there_or_to_be(project, add_notebook):
    add_notebook("one", "year")
    data, out = project / "data", project / "out"
    assert outcomes(plan_of(data, out, [2022])) == {"2022/one": "made"}
    [job] = plan_of(data, out, [2023]).asked
    assert [place.path for place in job.head.years] == ["2022/one.html", "2023/one.html"]


def test_a_run_ends_with_the_report_of_each_year_and_the_index(project, add_notebook):
    add_notebook("one", "year")
    data, out = project / "data", project / "out"
    planned = plan_of(data, out, [2023])
    assert run.finish_site([planned], run.perform_jobs(planned.asked)) == [out / "index.html"]
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
    assert made == ["2023/annual.html", "2023/one.html", "index.html", "index.json"]


@pytest.fixture
def cluster(monkeypatch) -> Callable[..., None]:
    """Let a cluster answer every job in the same way."""

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


def test_a_page_that_a_cluster_made_otherwise_or_elsewhere_is_failed(
    project, add_notebook, cluster
):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    cluster(Result(planned.asked[0], "made", 1.0))
    [result] = run.perform_jobs(planned.asked, cluster="tcp://there")
    assert result.outcome == "failed"
    assert result.reason == "what a worker made is not what this machine would make: missing"


def test_a_page_that_no_worker_survives_fails_alone(project, add_notebook, cluster):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    cluster(LookupError("killed"))
    [result] = run.perform_jobs(planned.asked, cluster="tcp://there")
    assert (result.outcome, result.reason) == ("failed", "LookupError: killed")


def test_a_page_that_failed_is_named_in_the_index(project, add_notebook):
    add_notebook("one", "1 / 0")
    planned = plan_of(project / "data", project / "out", [2023])
    [index] = run.finish_site([planned], run.perform_jobs(planned.asked))
    html = index.read_text(encoding="utf-8")
    assert "Có 1 trang lỗi:</strong> Trang one năm 2023." in html
