import pytest
from helpers.exports import add_exports, change

from caoan_stats.desk.making import are_current, made_pages, make_pages


@pytest.mark.long
def test_the_pages_are_made_beside_the_data_and_each_is_told(project, add_notebook, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as a kernel does
    add_notebook("one", "1")
    lines: list[str] = []
    assert make_pages(project / "data", project, lines.append)
    assert any(line.startswith("2023/one: đã làm") for line in lines)
    assert (project / "exports/2023/one.html").is_file()


@pytest.mark.long
def test_a_page_that_fails_is_told(project, add_notebook):
    add_notebook("one", "1 / 0")
    lines: list[str] = []
    assert not make_pages(project / "data", project, lines.append)
    assert any("ZeroDivisionError" in line for line in lines)


def test_the_reports_that_the_index_lists_are_found_the_latest_first(tmp_path):
    add_exports(tmp_path / "data", years=(2022, 2023))
    gone = tmp_path / "exports/2024/annual.html"
    gone.parent.mkdir()
    gone.touch()
    assert [page.path for page in made_pages(tmp_path / "data")] == [
        "2023/annual.html", "2022/annual.html",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [None, "", "[]", '{"pages": [1]}', '{"pages": [{}]}'])
def test_without_an_index_that_can_be_read_no_report_is_found(tmp_path, content):
    if content is not None:
        (tmp_path / "exports").mkdir()
        (tmp_path / "exports/index.json").write_text(content)
    assert made_pages(tmp_path / "data") == []


def test_pages_are_current_until_the_data_changes(built):
    assert not are_current(built)
    add_exports(built)
    assert are_current(built)
    change(built)
    assert not are_current(built)
