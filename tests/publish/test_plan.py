import json

import pytest
from helpers.project import plan_of

from caoan_stats.publish import run
from caoan_stats.publish.plan import (
    NoNotebooksError,
    NotOursError,
    Plan,
    UnknownJobError,
    prepare_folder,
)


def names(planned: Plan) -> list[str]:
    return [job.name for job in planned.requested]


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


def test_the_plan_has_every_page_beside_the_requested_ones(project, add_notebook):
    add_notebook("two", "1")
    add_notebook("one", "1")
    planned = plan_of(project / "data", project / "out", [2023], ["one"])
    assert names(planned) == ["2023/one"]
    assert len(planned.jobs) == 6


@pytest.mark.parametrize(("years", "notebooks"), [([1999], []), ([], ["fish"])])
def test_an_unknown_year_or_notebook_is_refused(project, add_notebook, years, notebooks):
    add_notebook("one", "1")
    with pytest.raises(UnknownJobError):
        plan_of(project / "data", project / "out", years, notebooks)


def test_a_page_links_the_years_that_exist_or_are_planned(project, add_notebook):
    add_notebook("one", "year")
    data, out = project / "data", project / "out"
    [result] = run.perform_jobs(plan_of(data, out, [2022]).requested)
    assert (result.job.name, result.outcome) == ("2022/one", "made")
    [job] = plan_of(data, out, [2023]).requested
    assert [place.path for place in job.head.years] == ["2022/one.html", "2023/one.html"]


def test_a_notebook_has_a_page_for_the_years_of_which_its_tables_state_figures(
    project, add_notebook
):
    add_notebook("rice", 'ds.scorecard(year, "rice")')
    add_notebook("budget", 'ds.scorecard(year, "budget")')
    add_notebook("both", 'ds.scorecard(year, ["rice", "budget"])')
    planned = plan_of(project / "data", project / "out")
    assert names(planned) == ["2023/both", "2023/budget", "2023/rice"]


def test_a_notebook_has_no_page_for_a_year_of_which_its_figures_are_only_derived(
    project, add_notebook
):
    add_notebook("rice", 'ds.scorecard(year, "rice")')
    planned = plan_of(project / "data", project / "out")
    derived = planned.dataset.observations.query("table == 'rice' and year == 2022")
    assert set(derived["status"]) == {"derived", "assumed"}
    assert names(planned) == ["2023/rice"]


def test_a_notebook_that_needs_figures_has_no_page_for_a_year_with_targets_alone(
    project, add_notebook
):
    path = add_notebook("audit", "ds.audit(year)")
    content = json.loads(path.read_bytes())
    content["metadata"]["caoan_stats"] = {"needs_figures": True}
    path.write_text(json.dumps(content))
    assert names(plan_of(project / "data", project / "out")) == ["2022/audit", "2023/audit"]


def test_a_page_of_a_year_without_figures_is_deleted(project, add_notebook):
    add_notebook("budget", 'ds.scorecard(year, "budget")')
    out = project / "out"
    (out / "2024").mkdir(parents=True)
    (out / "2024/budget.html").write_text('<meta name="caoan-stats-key" content="x">')
    (out / "2024/own.html").write_text("<p>of the commune</p>")
    prepare_folder(plan_of(project / "data", out))
    assert [path.name for path in (out / "2024").iterdir()] == ["own.html"]


def test_a_project_without_notebooks_is_refused(project):
    with pytest.raises(NoNotebooksError) as caught:
        plan_of(project / "data", project / "out")
    assert caught.value.folder == project / "notebooks"


def test_a_notebook_that_cannot_be_read_has_pages_that_fail_alone(project, add_notebook):
    add_notebook("one", "year")
    (project / "notebooks/two.ipynb").symlink_to("lost.ipynb")
    planned = plan_of(project / "data", project / "out", [2023])
    outcomes = {each.job.name: each.outcome for each in run.perform_jobs(planned.requested)}
    assert outcomes == {"2023/one": "made", "2023/two": "failed"}


@pytest.mark.parametrize("name", ["index.html", "index.json", "2023/annual.html", "2023/one.html"])
@pytest.mark.parametrize("below", [0, 5])
def test_a_file_that_this_program_has_not_made_is_not_overwritten(
    project, add_notebook, name, below
):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023], below=below)
    path = project / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("of the commune")
    with pytest.raises(NotOursError) as caught:
        prepare_folder(planned)
    assert caught.value.path == path
    assert path.read_text() == "of the commune"
