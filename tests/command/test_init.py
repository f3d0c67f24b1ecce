"""`caoan-stats init` makes a data folder with the shipped catalogue and without figures."""

import csv
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.project import PROJECT

from caoan_stats import Dataset
from caoan_stats.datafolder import package

# the commune of the shipped data, its district and provinces
HERE = re.compile(r"cao[ -]an\b(?!_)|cẩm giàng|hải dương|hải phòng", re.IGNORECASE)

OBSERVATIONS = "indicator,year,value,change,qualifier,source,section,note"
HEADERS = {
    "targets": "indicator,year,lower,upper,closed,source,section,note,of",
    "sources": "source,title,issuer,date",
    "acknowledged": "left,operator,right,year,reason",
    "breaks": "indicator,year,reason",
}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert call("init", "binh-an/data", "--name", "xã Bình An").exit_code == 0
    return tmp_path / "binh-an/data"


def test_a_new_folder_is_valid_and_has_no_figures(folder):
    assert call("check", "--data", str(folder)).exit_code == 0
    assert repr(Dataset.open(folder)) == (
        "<Dataset Số liệu kinh tế - xã hội xã Bình An: 0 observations, no year>"
    )


@pytest.mark.parametrize("name", ["indicators", "units", "unit_words", "phrases"])
def test_a_new_folder_has_the_shipped_catalogue_and_units(name, folder):
    assert (folder / f"{name}.csv").read_bytes() == (PROJECT / f"data/{name}.csv").read_bytes()


def test_relations_that_hold_in_one_commune_alone_are_not_handed_out(folder):
    shipped, handed_out = (
        {f"{row['left']} {row['operator']} {row['right']}": row["kind"] for row in rows}
        for rows in map(_relations, (PROJECT / "data", folder))
    )
    kept = {relation: kind for relation, kind in shipped.items() if relation not in handed_out}
    assert kept == {
        "rice_yield_per_crop = rice_yield / 2": "assumption",
        "poultry = chickens + ducks": "convention",
        "budget_expenditure = budget_recurrent_expenditure + budget_investment_expenditure": (
            "convention"
        ),
        "budget_carry_over = budget_revenue - budget_expenditure": "convention",
        "upper_secondary_admission_rate = 100 * upper_secondary_admitted "
        "/ lower_secondary_graduates": "convention",
        "welfare_files = funeral_social_protection + funeral_emergency + elderly_allowance_new "
        "+ disability_assessments + social_assistance_requests + severe_disability_care_households "
        "+ assistance_terminations + funeral_merit": "convention",
        "prescreen_eligible = district_exam_attended + district_exam_absent": "convention",
        "district_exam_attendance_rate = 100 * district_exam_attended / prescreen_eligible": (
            "convention"
        ),
    }
    assert {*handed_out.values()} == {""}


def _relations(data: Path) -> list[dict[str, str]]:
    with (data / "relations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_other_table_has_only_its_header(folder):
    for resource in package.load_package(folder).resources:
        if resource.name not in ("indicators", "units", "unit_words", "phrases", "relations"):
            rows = list(csv.reader(resource.path.read_text(encoding="utf-8").splitlines()))
            assert rows == [HEADERS.get(resource.name, OBSERVATIONS).split(",")]


def test_a_new_folder_names_no_other_commune(folder):
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.*")}
    assert [path for path, text in texts.items() if HERE.search(text)] == []


def test_a_commune_without_a_name_is_named_after_its_folder(tmp_path):
    call("init", str(tmp_path / "xa-moi/data"))
    assert package.load_package(tmp_path / "xa-moi/data").title == "Số liệu kinh tế - xã hội xa-moi"


def test_init_reports_the_next_step(tmp_path):
    output = call("init", str(tmp_path / "x"), "--name", "xã X", "--lang", "en").stdout
    assert output == (
        f"{tmp_path / 'x'} is ready: Số liệu kinh tế - xã hội xã X (as datapackage.json has it). "
        f"Next: caoan-stats new-year <year> --data {tmp_path / 'x'}\n"
    )


def test_a_name_with_json_characters_is_kept(tmp_path):
    call("init", str(tmp_path / "x"), "--name", 'xã "A"\\B')
    assert package.load_package(tmp_path / "x").title == 'Số liệu kinh tế - xã hội xã "A"\\B'


def test_an_empty_folder_is_filled(tmp_path):
    assert call("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "datapackage.json").is_file()


@pytest.mark.parametrize("there", ["folder", "file"])
def test_an_existing_file_or_folder_is_left_unchanged(there, tmp_path):
    path = tmp_path / "data"
    path.mkdir() if there == "folder" else path.touch()
    if there == "folder":
        (path / "mine.txt").touch()
    result = call("init", str(path))
    assert result.exit_code == 2
    assert "đã có và không trống; không ghi gì" in result.stderr
    assert [each.name for each in tmp_path.rglob("*")] in (["data", "mine.txt"], ["data"])


def test_a_run_without_figures_names_the_first_step(folder):
    result = call("run", "--data", str(folder))
    assert result.exit_code == 0
    assert "bắt đầu bằng caoan-stats new-year" in result.stdout


@pytest.mark.long
def test_the_pages_of_a_new_commune_have_its_name(folder):
    (folder / "raw/sources.csv").write_text(
        "source,title,issuer,date\nbc2024,Báo cáo năm 2024,UBND xã Bình An,2024-12\n", "utf-8"
    )
    (folder / "raw/rice.csv").write_text(
        "indicator,year,value,change,qualifier,source,section,note\n"
        "rice_sown_area,2024,512.3,-3.1,,bc2024,I,\n",
        "utf-8",
    )
    shutil.copytree(PROJECT / "notebooks", folder.parent / "notebooks")
    assert call("run", "--data", str(folder), "--out", "exports").exit_code == 0
    pages = {path: path.read_text(encoding="utf-8") for path in Path("exports").rglob("*.html")}
    assert len(pages) == 4 + 1  # rice, overview, audit and the report of 2024; the index
    assert [path for path, text in pages.items() if "xã Bình An" not in text] == []
    assert [path for path, text in pages.items() if HERE.search(text)] == []


@pytest.mark.parametrize("part", ["caoan_stats", "notebooks", "kernelspec"])
def test_the_program_names_no_single_commune(part):
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (PROJECT / part).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".ipynb_checkpoints" not in path.parts
    }
    assert [path for path, text in texts.items() if HERE.search(text)] == []


@pytest.mark.long
def test_an_installed_package_includes_the_catalogue(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(PROJECT)], check=True)
    [wheel] = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = "from caoan_stats.command.cli import main; main()"
    command = [sys.executable, "-c", code, "init", str(tmp_path / "new")]
    env = {"PATH": "/usr/bin", "PYTHONPATH": str(tmp_path / "installed")}
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
    known = (PROJECT / "data/indicators.csv").read_bytes()
    assert (tmp_path / "new/indicators.csv").read_bytes() == known
