"""`caoan-stats write` writes the report of a year, or of one subject, as a Word document."""

import shutil
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.project import PROJECT
from helpers.words import opened


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*options: str) -> tuple[int, str]:
    result = call("write", *options, "--lang", "en")
    return result.exit_code, result.output


def test_the_report_is_written_to_the_working_folder(data, here):
    code, said = write("2023", "--data", str(data))
    assert (code, said.split(".")[0]) == (0, "Draft report written: Báo cáo 2023")
    assert opened((here / "Báo cáo 2023.docx").read_bytes()).paragraphs[0].text == "BÁO CÁO"


def test_a_file_is_never_overwritten(data, here):
    path = here / "a.docx"
    path.write_text("mine")
    code, said = write("2023", "--data", str(data), "--out", str(path))
    assert (code, path.read_text()) == (2, "mine")
    assert "already exists" in said


def test_a_year_without_a_report_is_refused_in_words(data, here):
    assert write("2024", "--data", str(data)) == (
        2,
        "The data has no report of 2024; nothing was written. There are figures of: 2022, 2023.\n",
    )
    assert not list(here.glob("*.docx"))


def test_an_unknown_notebook_is_refused_with_those_that_there_are(add_notebook):
    add_notebook("lua", "1")
    assert write("2023", "--notebook", "hoa") == (2, "There is no hoa; there are: lua.\n")


def test_an_unknown_year_of_a_notebook_is_refused(add_notebook):
    add_notebook("lua", "1")
    assert write("1999", "--notebook", "lua")[0] == 2


def test_the_public_edition_says_so(data, here, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_PUBLIC_BELOW", "5")
    assert write("2023", "--data", str(data))[0] == 0
    document = opened((here / "Báo cáo 2023.docx").read_bytes())
    assert document.sections[0].footer.paragraphs[0].text == "Bản công khai"


@pytest.mark.long
def test_a_subject_is_written_with_the_content_of_its_page(project):
    shutil.copy(PROJECT / "notebooks/rice.ipynb", project / "notebooks")
    code, said = write("2023", "--notebook", "rice")
    assert (code, said.split(":")[0]) == (0, "Written")  # nothing to fill in
    document = opened((project / "Sản xuất lúa 2023.docx").read_bytes())
    assert document.paragraphs[0].text == "Sản xuất lúa năm 2023"
    assert document.tables[0].cell(0, 0).text == "Chỉ tiêu"
    assert document.sections[0].footer.paragraphs[0].text == "Bản đầy đủ, lưu hành nội bộ"


@pytest.mark.long
def test_a_notebook_that_fails_is_told_and_nothing_is_written(add_notebook, project):
    add_notebook("lua", "raise ValueError('hỏng')")
    code, said = write("2023", "--notebook", "lua")
    assert (code, "hỏng" in said) == (1, True)
    assert not list(project.glob("*.docx"))
