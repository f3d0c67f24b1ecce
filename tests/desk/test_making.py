import pytest

from caoan_stats.desk.making import made_pages, make_pages


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


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([], []),
        (
            ["index.html", "2022/annual.html", "2023/annual.html", "2023/rice.html"],
            ["index.html", "2023/annual.html", "2022/annual.html"],
        ),
    ],
)
def test_the_front_page_and_the_report_of_each_year_are_found(tmp_path, files, found):
    for name in files:
        path = tmp_path / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert made_pages(tmp_path / "data") == found
