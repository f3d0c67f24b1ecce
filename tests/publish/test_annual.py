import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.project import plan_of
from nbformat import NotebookNode, v4

from caoan_stats.common.files import write_file
from caoan_stats.display import blocks
from caoan_stats.display.notes import Note
from caoan_stats.publish import annual, export
from caoan_stats.publish.jobs import Job, State, page_key
from caoan_stats.publish.site import PageRef, annual_pages

BODY = "## Kết quả\n\n[xem](#nguon)\n\n### Vụ chiêm\n\n## Nguồn"


@pytest.fixture
def jobs(project, add_notebook) -> list[Job]:
    """The jobs of two notebooks for one year."""
    add_notebook("one", "1")
    add_notebook("two", "1")
    planned = plan_of(project / "data", project / "out", [2023])
    return [job for job in planned.jobs if job.year == 2023]


@pytest.fixture
def publish_page() -> Callable[..., None]:
    """Write the page of a job to its place."""

    def make(job: Job, *cells: NotebookNode) -> None:
        notebook = v4.new_notebook(cells=cells or [v4.new_markdown_cell(BODY)])
        head = replace(job.head, key=page_key({"notebook": repr(notebook.cells)}))
        write_file(job.page, export.export_page(notebook, head)[0].encode())

    return make


@pytest.fixture
def report(jobs, publish_page) -> Callable[..., str]:
    """Return the report of a year whose pages exist, in the given states."""

    def write(**states: State) -> str:
        for job in jobs:
            publish_page(job)
        given = {job: states.get(job.notebook.name, "current") for job in jobs}
        return annual.write_annual(2023, given).read_text(encoding="utf-8")

    return write


def html_output(note: str) -> NotebookNode:
    notes = [Note(note, ("a",)), Note("Nguồn")]
    return v4.new_output("display_data", {"text/html": blocks.notes(notes).html})


def written(jobs: list[Job]) -> Path:
    path = annual.write_annual(2023, dict.fromkeys(jobs, "current"))
    assert path is not None
    return path


def test_every_year_with_a_page_can_have_a_report():
    there = [
        PageRef("rice", "Lúa", 2022),
        PageRef("rice", "Lúa", 2023),
        PageRef("two", "Hai", 2023),
    ]
    assert [place.path for place in annual_pages(there)] == [
        "2022/annual.html",
        "2023/annual.html",
    ]


def test_a_part_is_the_content_of_a_page_with_headings_one_level_down():
    page = "<h1>Lúa</h1><main id='x'><h2>Kết quả</h2><h3>Vụ</h3><p>h2</p></main><footer></footer>"
    assert annual.embedded_content(page, "rice") == "<h3>Kết quả</h3><h4>Vụ</h4><p>h2</p>"


@pytest.mark.parametrize(
    ("own", "anchored"),
    [
        ('<p id="nguon">', '<p id="rice--nguon">'),
        ('<a href="#nguon">', '<a href="#rice--nguon">'),
        ('<use xlink:href="#c1-m"/>', '<use xlink:href="#rice--c1-m"/>'),
        ('<g clip-path="url(#c1-p)">', '<g clip-path="url(#rice--c1-p)">'),
        ('<ul aria-labelledby="nguon">', '<ul aria-labelledby="rice--nguon">'),
        ('<a href="https://example.org#x">', '<a href="https://example.org#x">'),
        ("<p>id = #5</p>", "<p>id = #5</p>"),
    ],
)
def test_the_anchors_of_a_part_begin_with_the_name_of_its_page(own, anchored):
    assert annual.embedded_content(f'<main id="noi-dung">{own}</main>', "rice") == anchored


def test_a_section_that_is_for_its_page_only_is_left_out():
    own = '<h2 class="page-only" id="b">B</h2><p>b</p>'
    html = f'<main id="x"><h2>A</h2><p>a</p>{own}<h2>C</h2></main>'
    assert annual.embedded_content(html, "rice") == "<h3>A</h3><p>a</p><h3>C</h3>"


def test_a_table_is_downloaded_from_its_page_alone():
    html = '<main id="x"><p>a <a class="download" href="data:text/csv,a">Tải</a></p></main>'
    assert annual.embedded_content(html, "rice") == "<p>a </p>"


def test_definitions_are_on_the_page_of_their_subject_alone():
    page = '<main id="x"><p>a</p><details class="definitions"><dl></dl></details></main>'
    assert annual.embedded_content(page, "rice") == "<p>a</p>"


def test_the_notes_of_all_pages_are_one_list_at_the_end(jobs, publish_page):
    for job, own in zip(jobs, ("Gà", "Lúa"), strict=True):
        code = v4.new_code_cell("x", outputs=[html_output(own)])
        publish_page(job, v4.new_markdown_cell("## Ghi chú"), code)
    html = written(jobs).read_text("utf-8")
    assert re.findall(r"<h[2-6][^>]*>(.*?)</h", html) == [
        "Trang one",
        "Trang two",
        "Ghi chú và nguồn",
    ]
    assert html.partition('<ul class="notes">')[2].partition("</ul>")[0].split("\n")[1:-1] == [
        '<li><span id="one--ghi-chu-a"></span>Gà</li>',
        '<li><span id="two--ghi-chu-a"></span>Lúa</li>',
        "<li>Nguồn</li>",
    ]


def test_a_page_without_content_gives_an_empty_part():
    assert annual.embedded_content("", "rice") == ""


def test_a_report_has_its_subjects_in_order(report):
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h", report())
    assert headings == [
        ("1", 'Báo cáo cả năm <span class="year">2023</span>'),
        *[("2", "Trang one"), ("3", "Kết quả"), ("4", "Vụ chiêm"), ("3", "Nguồn")],
        *[("2", "Trang two"), ("3", "Kết quả"), ("4", "Vụ chiêm"), ("3", "Nguồn")],
    ]


def test_the_contents_of_a_report_list_its_subjects(report):
    [contents] = re.findall(r'<nav class="contents".*?</nav>', report(), flags=re.DOTALL)
    assert re.findall(r'<a href="#(.*?)">(.*?)</a>', contents) == [
        ("one", "Trang one"),
        ("two", "Trang two"),
    ]


def test_every_anchor_of_a_report_is_unique_and_every_link_finds_one(report):
    html = report()
    anchors = re.findall(r' id="(.*?)"', html)
    assert len(anchors) == len({*anchors})
    assert {*re.findall(r'href="#(.*?)"', html)} <= {*anchors}


def test_a_report_of_current_pages_has_no_warning(report):
    assert 'class="alarm"' not in report()


@pytest.mark.parametrize(
    ("state", "warning"),
    [
        ("stale", "Phần lấy từ lần chạy trước, có thể chưa theo số liệu mới nhất: “Trang two”."),
        ("failed", "Phần bị lỗi trong lần chạy cuối, đây là bản tốt gần nhất: “Trang two”."),
    ],
)
def test_a_report_names_a_stale_or_failed_subject(report, state, warning):
    html = report(two=state)
    assert re.findall(r'<p class="alarm">(.*?)</p>', html) == [warning]
    assert '<h2 id="two">Trang two</h2>' in html


@pytest.mark.parametrize("state", ["missing", "failed"])
def test_a_report_names_a_missing_subject(jobs, publish_page, state):
    publish_page(jobs[0])
    html = annual.write_annual(2023, dict(zip(jobs, ("current", state), strict=True))).read_text(
        "utf-8"
    )
    assert re.findall(r'<p class="alarm">(.*?)</p>', html) == ["Chưa có phần: “Trang two”."]
    assert '<h2 id="two"' not in html


def test_a_report_links_those_of_other_years(project, jobs, publish_page):
    planned = plan_of(project / "data", project / "out")
    publish_page(jobs[0])
    html = annual.write_annual(2023, dict.fromkeys(planned.jobs, "current")).read_text("utf-8")
    assert re.findall(r'href="../(\d+/annual.html)"', html) == [
        "2022/annual.html",
        "2024/annual.html",
    ]


def test_the_style_of_a_table_of_pandas_is_that_of_its_cells():
    styled = '<style>#T_a, #T_b { color: #fff; }\n#T_c { top: 0 }</style><td id="T_a">'
    html = annual.embedded_content(f'<main id="noi-dung">{styled}</main>', "rice")
    assert "<style>#rice--T_a, #rice--T_b { color: #fff; }\n#rice--T_c { top: 0 }</style>" in html
    assert 'id="rice--T_a"' in html


def test_the_title_of_a_notebook_cannot_become_markup(project, add_notebook, publish_page):
    add_notebook(r"one & \<b>", "1")
    planned = plan_of(project / "data", project / "out", [2023])
    publish_page(planned.requested[0])
    html = annual.write_annual(2023, dict.fromkeys(planned.jobs, "current")).read_text("utf-8")
    assert '<h2 id="one-b">Trang one &amp; &lt;b&gt;</h2>' in html


def test_a_notebook_named_annual_replaces_the_report(project, add_notebook, publish_page):
    add_notebook("annual", "1")
    planned = plan_of(project / "data", project / "out", [2023])
    publish_page(planned.requested[0])
    before = planned.requested[0].page.read_bytes()
    assert annual.write_annual(2023, dict.fromkeys(planned.jobs, "current")) is None
    assert planned.requested[0].page.read_bytes() == before


def test_a_year_without_a_page_has_no_report(jobs):
    assert annual.write_annual(2023, dict.fromkeys(jobs, "missing")) is None
    assert not (jobs[0].out / "2023").exists()


def test_a_report_is_not_written_again_when_nothing_has_changed(report, jobs):
    report()
    path = written(jobs)
    first = path.stat().st_mtime_ns
    assert written(jobs).stat().st_mtime_ns == first


def test_a_report_is_made_again_when_a_page_has_changed(report, jobs, publish_page):
    report()
    publish_page(jobs[1], v4.new_markdown_cell("## Mới"))
    assert '<h3 id="two--moi">Mới</h3>' in written(jobs).read_text(encoding="utf-8")


def test_a_report_is_made_again_when_a_warning_is_over(report, jobs):
    assert 'class="alarm"' in report(two="stale")
    assert 'class="alarm"' not in written(jobs).read_text(encoding="utf-8")
