import json
import re

import pytest
from helpers.project import HEADER, plan_of

from caoan_stats import Dataset
from caoan_stats.common.files import write_file
from caoan_stats.publish import index
from caoan_stats.publish.render import page_script

PAGE = "<main id='x'></main>"


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
    for job in planned.jobs:
        if job.year == year:
            write_file(job.page, html.encode())


def years_of(html: str, title: str = "Trang one") -> str:
    """Return the text of the line of a subject, without its title."""
    [line] = re.findall(rf'<li><span class="name">{title}</span>(.*?)</li>', html, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", "", line).split())


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("current", "2023"),
        ("stale", "2023 ↻ cũ"),
        ("failed", "2023 ✗ lỗi, bản cũ"),
    ],
)
def test_a_page_is_linked_with_its_state(planned, state, text):
    put(planned, 2023, PAGE)
    html, _ = write(planned, y2023=state)
    assert f" {text} " in f"{years_of(html)} "
    assert '<a href="2023/one.html" aria-label="Trang one, năm 2023">2023</a>' in html


@pytest.mark.parametrize(
    ("state", "text"), [("missing", "2023 chưa có trang"), ("failed", "2023 ✗ lỗi")]
)
def test_a_missing_page_is_marked_and_not_linked(planned, state, text):
    html, _ = write(planned, y2023=state)
    assert f" {text} " in f"{years_of(html)} "
    assert 'href="2023' not in html


def test_years_are_in_one_line_with_the_newest_first_and_old_ones_folded(planned, monkeypatch):
    monkeypatch.setattr(index, "RECENT", 2)
    for year in (2022, 2023, 2024):
        put(planned, year, PAGE)
    html, _ = write(planned, y2022="current", y2023="current", y2024="current")
    assert years_of(html) == "2024 kế hoạch 2023 cũ hơn 2022"


def test_a_year_without_a_page_is_named_and_not_linked(planned, add_notebook):
    add_notebook("rice", 'ds.scorecard(year, "rice")')
    known = plan_of(planned.data, planned.out)
    put(known, 2023, PAGE)
    html, content = write(known, y2023="current")
    assert years_of(html, "Trang rice") == "2023 chưa có 2022, 2024"
    assert [page["year"] for page in content["pages"] if page["notebook"] == "rice"] == [2023]


@pytest.mark.parametrize(
    ("state", "body", "path"),
    [
        ("current", PAGE, "2023/one.html"),
        ("stale", PAGE, "2023/one.html"),
        ("failed", PAGE, "2023/one.html"),
        ("failed", "", None),
        ("missing", "", None),
    ],
)
def test_the_json_names_the_state_of_every_page(planned, state, body, path):
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
    }


def test_failed_pages_are_counted_and_named(planned):
    html, _ = write(planned, y2022="failed", y2023="failed")
    assert "Có 2 trang lỗi:</strong> Trang one năm 2022, Trang one năm 2023." in html


def test_an_index_without_failures_has_no_warning(planned):
    assert 'class="alarm"' not in write(planned)[0]


def test_the_report_of_a_year_is_linked_when_it_exists(planned):
    write_file(planned.out / "2023/annual.html", PAGE.encode())
    html, content = write(planned)
    assert years_of(html, "Báo cáo cả năm") == "2023 chưa có 2022, 2024"
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


def test_the_first_sentence_is_the_result_of_the_year_and_the_next_what_was_missed(planned):
    html, _ = write(planned)
    lead, missed = re.findall(r"<p[^>]*>(.*?)</p>", html.partition("</header>")[2])[:2]
    assert lead.startswith("Năm 2023, báo cáo nêu kết quả của 10 mục tiêu chủ yếu; 9 chỉ tiêu")
    assert missed == (
        '<strong class="bad">Chưa đạt mục tiêu:</strong> <a href="#budget_revenue">thu ngân sách '
        "18,62 tỷ đồng, còn thiếu 2,86 điểm % so với mục tiêu</a>."
    )


def test_the_result_is_that_of_the_last_year_with_a_stated_figure(planned, write_table):
    folder = write_table("targets", "rice_yield,2025,120,,,bc2023,I,")
    (folder / "raw/rice.csv").write_text(f"{HEADER}rice_yield,2023,115,-12,,bc2023,I,\n")
    _, content = write(planned, ds=Dataset.open(folder))
    assert content["scorecard"]["year"] == 2023


def test_an_indicator_leads_to_the_page_of_the_notebook_that_names_its_table(planned, add_notebook):
    add_notebook("rice", 'ds.scorecard(year, "rice")')
    known = plan_of(planned.data, planned.out)
    put(known, 2023, PAGE)
    html, _ = write(known, y2023="current")
    assert '<b>462,56 ha</b> <a href="2023/rice.html">2023</a>' in html
    assert "<b>18,62 tỷ đồng</b> 2023" in html


def test_the_policy_of_the_index_allows_its_one_script_and_no_other(planned):
    html, _ = write(planned)
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert script == page_script("explorer")["text"]
    assert f"script-src '{page_script('explorer')['hash']}';" in html


def test_data_without_figures_has_no_scorecard(planned, write_table):
    html, content = write(planned, ds=Dataset.open(write_table("rice")))
    assert '<p class="lead">Chưa có số liệu của năm nào.</p>' in html
    assert "<script" not in html
    assert content["scorecard"] is None


def test_a_public_index_states_the_threshold_of_small_counts(planned):
    html, content = write(planned, below=5)
    assert "Bản công khai" in html
    assert content["public_below"] == 5


def test_a_full_index_says_that_it_is_internal(planned):
    html, content = write(planned)
    assert "<strong>Bản đầy đủ, lưu hành nội bộ</strong>" in html
    assert content["public_below"] is None


def test_the_same_pages_give_the_same_bytes(planned):
    put(planned, 2023, PAGE)
    paths = [planned.out / name for name in ("index.html", "index.json")]
    write(planned, y2023="current")
    first = [path.read_bytes() for path in paths]
    write(planned, y2023="current")
    assert [path.read_bytes() for path in paths] == first


def test_a_title_cannot_become_markup(planned):
    ds = planned.dataset
    vars(ds)["title"] = "<script>x</script>"
    html, _ = write(planned, ds=ds)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
