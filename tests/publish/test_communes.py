"""A run of several data folders, each a commune."""

import re
import shutil

import pytest
from typer.testing import CliRunner, Result

from caoan_stats.command.cli import app
from caoan_stats.publish.site import SameNameError, export_folders


@pytest.fixture
def communes(project, data, add_notebook):
    """Two data folders beside a project of one notebook."""
    add_notebook("one", "from caoan_stats import Dataset\n\nDataset.open().title")
    return [shutil.copytree(data, project / name) for name in ("xa-a", "xa-b")]


def run(*folders, **options: str) -> Result:
    arguments = [part for folder in folders for part in ("--data", str(folder))]
    arguments += [part for name, value in options.items() for part in (f"--{name}", value)]
    return CliRunner().invoke(app, ["run", *arguments])


def pages(project) -> list[str]:
    return sorted(path.relative_to(project).as_posix() for path in project.glob("exports/**/*.*"))


def test_each_commune_has_a_folder_of_its_own(project, communes):
    result = run(*communes, year="2023")
    assert result.exit_code == 0, result.output
    names = ("2023/annual.html", "2023/one.html", "index.html", "index.json")
    each = [f"exports/{commune}/{name}" for commune in ("xa-a", "xa-b") for name in names]
    assert pages(project) == ["exports/index.html", *each]


def test_the_front_page_of_the_full_edition_says_that_it_is_internal(project, communes):
    assert run(*communes, year="2023").exit_code == 0
    html = (project / "exports/index.html").read_text(encoding="utf-8")
    assert "<strong>Bản đầy đủ, lưu hành nội bộ</strong>" in html


def test_each_page_has_the_data_of_its_commune(project, communes):
    path = communes[1] / "datapackage.json"
    text = path.read_text(encoding="utf-8").replace("xã Cao An", "xã Khác")
    path.write_text(text, encoding="utf-8")
    assert run(*communes, year="2023").exit_code == 0
    for name, expected in (("xa-a", "xã Cao An"), ("xa-b", "xã Khác")):
        html = (project / f"exports/{name}/2023/one.html").read_text(encoding="utf-8")
        assert f"{expected}</title>" in html
        assert f"{expected}&#39;</pre>" in html


def test_a_page_is_reported_with_its_commune(communes):
    lines = run(*communes, year="2023").stdout.splitlines()
    assert sorted(line.partition(":")[0] for line in lines[:2]) == [
        "xa-a/2023/one",
        "xa-b/2023/one",
    ]
    assert lines[2].endswith(": exports/index.html")


def test_invalid_data_of_one_commune_does_not_stop_the_other(project, communes):
    path = communes[0] / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",53195,", ",x,"), encoding="utf-8")
    result = run(*communes, year="2023")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Thư mục dữ liệu {communes[0]}:\nrice.csv:")
    assert pages(project)[:2] == ["exports/index.html", "exports/xa-b/2023/annual.html"]


def test_a_year_that_one_commune_lacks_does_not_stop_the_other(project, communes):
    path = communes[0] / "raw/targets.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if ",2024," not in line), encoding="utf-8")
    result = run(*communes, year="2024")
    assert result.exit_code == 2
    expected = f"Thư mục dữ liệu {communes[0]}:\nKhông có 2024; chỉ có: 2022, 2023.\n"
    assert result.stderr == expected
    assert (project / "exports/xa-b/2024/one.html").is_file()


def test_the_front_page_links_each_commune_and_marks_invalid_data(project, communes):
    assert run(*communes, year="2023").exit_code == 0
    path = communes[1] / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",53195,", ",x,"), encoding="utf-8")
    run(*communes, year="2023")
    html = (project / "exports/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="(xa-[^"]*)"', html) == ["xa-a/index.html", "xa-b/index.html"]
    assert re.findall(r'data-label="Tình trạng">(.*?)</td>', html) == [
        "",
        "số liệu có lỗi, các trang nếu có là của lần trước",
    ]


def test_the_front_page_compares_the_figures_and_leads_to_each(project, communes):
    path = communes[1] / "datapackage.json"
    text = path.read_text(encoding="utf-8").replace("xã Cao An", "xã Khác")
    path.write_text(text, encoding="utf-8")
    run(*communes, year="2023")
    html = (project / "exports/index.html").read_text(encoding="utf-8")
    [row] = re.findall(r'<tr id="rice_yield".*?</tr>', html, re.DOTALL)
    assert re.findall(r'data-label="([^"]*)"><span><a href="([^"]*)">([^<]*)', row) == [
        ("Cao An", "xa-a/index.html#rice_yield", "ước 115"),
        ("Khác", "xa-b/index.html#rice_yield", "ước 115"),
    ]


def test_the_front_page_is_written_again_when_figures_have_changed(project, communes):
    run(*communes, year="2023")
    path = communes[1] / "raw/cooperative.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("rat_poison,2023,26,", "rat_poison,2023,27,"), encoding="utf-8")
    before = (project / "exports/index.html").read_bytes()
    run(*communes, year="2023")
    assert (project / "exports/index.html").read_bytes() != before


def test_the_front_page_is_not_written_again_when_nothing_has_changed(project, communes):
    run(*communes, year="2023")
    before = (project / "exports/index.html").stat().st_mtime_ns
    run(*communes, year="2023")
    assert (project / "exports/index.html").stat().st_mtime_ns == before


def test_a_folder_given_twice_is_one_commune(project, communes):
    assert run(communes[0], communes[0], year="2023").exit_code == 0
    assert "exports/2023/one.html" in pages(project)


def test_communes_of_the_same_name_are_refused(project, communes):
    other = shutil.copytree(communes[0], project / "other/xa-a")
    result = run(communes[0], other)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Các thư mục dữ liệu trùng tên, trang sẽ ghi đè lên nhau: {communes[0]}, {other}.\n"
    )
    assert not (project / "exports").exists()
    with pytest.raises(SameNameError, match="xa-a"):
        export_folders([communes[0], other], project)
