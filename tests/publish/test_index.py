import json
import re

import pytest
from helpers.project import plan_of

from caoan_stats import Dataset
from caoan_stats.common.files import write_file
from caoan_stats.publish import index

TABLE = "<main id='x'><table></table></main>"
WORDS = "<main id='x'><p>Chưa có số liệu.</p></main>"


@pytest.fixture
def planned(project, add_notebook):
    """A plan of one notebook that has no page yet."""
    add_notebook("one", "1")
    return plan_of(project / "data", project / "out")


def write(planned, *, ds=None, below: int = 0, **states: str) -> tuple[str, dict]:
    """Return the index as HTML and as JSON; `y2023` is the state of the page of 2023."""
    given = {job: states.get(f"y{job.year}", "missing") for job in planned.jobs}
    path = index.write_index(ds or planned.dataset, planned.out, given, below)
    html = path.read_text(encoding="utf-8")
    return html, json.loads(path.with_suffix(".json").read_bytes())


def put(planned, year: int, html: str) -> None:
    [job] = [job for job in planned.jobs if job.year == year]
    write_file(job.page, html.encode())


def cell(html: str, year: int) -> str:
    """Return the text of a cell in the table of pages."""
    [row] = re.findall(r"<tr role=\"row\"><th scope=\"row\"[^>]*>Trang one</th>(.*?)</tr>", html)
    [found] = re.findall(rf'data-label="Năm {year}">(.*?)</td>', row)
    return re.sub("<[^>]*>", "", found)


@pytest.mark.parametrize(
    ("state", "body", "text"),
    [
        ("current", TABLE, "Xem trang"),
        ("current", WORDS, "Xem trang chưa có số liệu"),
        ("stale", TABLE, "Xem trang ↻ cũ"),
        ("failed", TABLE, "Xem trang ✗ lỗi, bản cũ"),
    ],
)
def test_a_page_is_linked_with_its_state(planned, state, body, text):
    put(planned, 2023, body)
    html, _ = write(planned, y2023=state)
    assert cell(html, 2023) == text
    assert '<a href="2023/one.html" aria-label="Trang one, năm 2023">' in html


@pytest.mark.parametrize(("state", "text"), [("missing", "chưa có trang"), ("failed", "✗ lỗi")])
def test_a_missing_page_is_marked_and_not_linked(planned, state, text):
    html, _ = write(planned, y2023=state)
    assert cell(html, 2023) == text
    assert 'href="2023' not in html


@pytest.mark.parametrize(
    ("state", "body", "path", "empty"),
    [
        ("current", TABLE, "2023/one.html", False),
        ("current", WORDS, "2023/one.html", True),
        ("stale", TABLE, "2023/one.html", False),
        ("failed", TABLE, "2023/one.html", False),
        ("failed", "", None, False),
        ("missing", "", None, False),
    ],
)
def test_the_json_names_the_state_of_every_page(planned, state, body, path, empty):
    if body:
        put(planned, 2023, body)
    _, content = write(planned, y2023=state)
    assert [page["year"] for page in content["pages"]] == [2022, 2023, 2024]
    assert content["pages"][1] == {
        "year": 2023,
        "notebook": "one",
        "title": "Trang one",
        "path": path,
        "state": state,
        "empty": empty,
    }


def test_failed_pages_are_counted_and_named(planned):
    html, _ = write(planned, y2022="failed", y2023="failed")
    assert "Có 2 trang lỗi:</strong> Trang one năm 2022, Trang one năm 2023." in html


def test_an_index_without_failures_has_no_warning(planned):
    assert 'class="alarm"' not in write(planned)[0]


def test_the_report_of_a_year_is_linked_when_it_exists(planned):
    write_file(planned.out / "2023/annual.html", TABLE.encode())
    html, content = write(planned)
    assert 'href="2023/annual.html" aria-label="Báo cáo cả năm, năm 2023"' in html
    assert [page["path"] for page in content["pages"] if page["notebook"] == "annual"] == [
        "2023/annual.html"
    ]


def test_the_json_has_the_scorecard_of_the_last_year_that_has_figures(planned):
    _, content = write(planned)
    assert content["title"] == "Số liệu kinh tế - xã hội xã Cao An"
    assert content["years"] == [2022, 2023, 2024]
    assert content["scorecard"]["year"] == 2023
    assert content["scorecard"]["indicators"][2] == {
        "indicator": "budget_revenue",
        "value": 18619139193.0,
        "of": "pct_of_plan",
        "lower": 100.0,
        "closed": "both",
        "attainment": 0.9714,
        "status": "missed",
        "label": "Thu ngân sách",
        "unit": "đồng",
        "qualifier": "",
        "hidden": "",
        "source": "bc2023",
        "section": "I.A.3",
    }


def test_the_scorecard_is_above_the_pages(planned):
    html, _ = write(planned)
    assert "Năm 2023, báo cáo nêu kết quả của 10 mục tiêu chủ yếu; 5 chỉ tiêu" in html
    captions = re.findall(r"<caption>(.*?)</caption>", html)
    assert captions == ["Mục tiêu và kết quả năm 2023", "Các trang theo chuyên đề và năm"]


def test_data_without_figures_has_no_scorecard(planned, write_table):
    html, content = write(planned, ds=Dataset.open(write_table("rice")))
    assert "<p>Chưa có số liệu của năm nào.</p>" in html
    assert content["scorecard"] is None


def test_a_public_index_states_the_threshold_of_small_counts(planned):
    html, content = write(planned, below=5)
    assert "Bản công khai" in html
    assert content["public_below"] == 5
    assert write(planned)[1]["public_below"] is None


def test_the_same_pages_give_the_same_bytes(planned):
    put(planned, 2023, TABLE)
    paths = [planned.out / name for name in ("index.html", "index.json")]
    write(planned, y2023="current")
    first = [path.read_bytes() for path in paths]
    write(planned, y2023="current")
    assert [path.read_bytes() for path in paths] == first


def test_a_title_cannot_become_markup(planned):
    ds = planned.dataset
    vars(ds)["title"] = "<script>x</script>"
    html, _ = write(planned, ds=ds)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
