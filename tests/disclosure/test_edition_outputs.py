"""No output of the public edition depends on a hidden count: a reader sees the same for any.

Data folders differ in hidden counts alone, and in what their documents say of these: changes,
words, notes, older statements, contradictions. All that the program tells of them is equal:

- `Dataset`: its tables and frames, scorecards, trends, trajectories, findings, explanations,
  ratios, revisions, audits, what is found, and how each is shown in a notebook;
- `page`, `audit_page` and `explore`: sentences, charts, tables with their downloads, notes;
- the run: pages, annual reports, index as HTML and JSON, front page of communes, its log.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.outputs import files_of, told_by
from helpers.project import PROJECT, plan_of
from helpers.statements import state

from caoan_stats import Dataset

BELOW = 5
COUNTS = [
    {"a": 1, "b": 4, "c": 2, "d": 3},
    {"a": 3, "b": 1, "c": 4, "d": 2},
    {"a": 2, "b": 2, "c": 2, "d": 2},
]
LINES = (
    "compulsory_rehab 2019 bc2019 value=12",
    "compulsory_rehab 2020 bc2020 value={a} change={a_12} direction=down words=Còn {a} người",
    "compulsory_rehab 2020 bc2021 value={d} note=Năm 2020 đúng là {d}",
    "compulsory_rehab 2021 bc2021 value=9 change={9_d} note=Tăng từ {d} người năm 2020",
    "compulsory_rehab 2021 bc2022 value=10 words=Tăng {10_a} người so với hai năm trước",
    "compulsory_rehab 2022 bc2022 value=7 pct_change=-30 note=Gấp {a} lần năm 2020",
    "compulsory_rehab 2023 bc2023 value={b} change=-3 pct_of_plan={of_plan} words={words}",
    "compulsory_rehab 2024 bc2024 value=6 change=2 direction=up note=Tăng từ {word_b} người",
    "drug_use_cases 2022 bc2022 value={c} words=Bằng năm trước",
    "drug_use_cases 2023 bc2023 value={d} direction=down note=Giảm từ {c} vụ xuống còn {d} vụ",
    "drug_use_cases 2024 bc2024 value={a} direction=up",
    "war_invalid_reviews 2023 bc2023 value=5",
    "war_invalid_reviews 2024 bc2024 value={c} change=-1",
    "poor_households 2022 bc2022 value=14",
    "poor_households 2023 bc2023 value=8 change=-5",
    "poor_households 2024 bc2024 value={b} pct_change={pct}",
    "households 2023 bc2023 value=200",
    "households 2024 bc2024 value=200",
    "poverty_rate 2023 bc2023 value=4",
    "poverty_rate 2024 bc2024 value={rate} words=Giảm so với {word_b} hộ",
    "gambling_cases 2022 bc2022 value=9",
    "gambling_cases 2023 bc2023 value=7 words=Trong đó {d} vụ sử dụng ma túy",
    "gambling_cases 2024 bc2024 value=11 change=4 note=Nhiều hơn {b} vụ",
    "par_index_rank 2023 bc2023 value=1 words=Trong {d} đơn vị",
    "par_index_units_ranked 2023 bc2023 value={d}",
    "residents 2023 bc2023 value=9000 note=Có {b} người cai nghiện bắt buộc",
    "rice_yield 2023 bc2023 value=115 note=Năng suất hai vụ",
    "pigs 2022 bc2022 value=300",
    "pigs 2023 bc2023 value=250 change=-60",
    "poultry 2022 bc2022 value=900",
    "chickens 2022 bc2022 value=700",
    "ducks 2022 bc2022 value=200",
    "poultry 2023 bc2023 value=1000",
    "chickens 2023 bc2023 value=780 note=Của {word_b} hộ nghèo",
)  # fmt: skip
TARGETS = (
    "compulsory_rehab 2023 nq2023 upper=2 note=Không quá {b} người",
    "compulsory_rehab 2025 nq2020 upper=2 base_year=2020 note=Giảm còn một nửa của {d}",
    "drug_use_cases 2023 nq2023 upper=0 of=change closed=left note=Giảm so với {c} vụ",
    "drug_use_cases 2024 nq2024 note=Từ {d} vụ giảm hẳn",
    "poor_households 2024 nq2024 upper=3",
    "gambling_cases 2024 nq2024 upper=10",
)
BREAKS = (
    "compulsory_rehab 2022 Không tính {d} người nơi khác đến",
    "* 2020 Thêm {a} hộ nghèo từ xã khác",
)
RELATIONS = (
    "poverty_rate,=,100 * poor_households / households",
    "pigs,<=,livestock_total",
    "poultry,=,chickens + ducks",
    "drug_use_cases,<=,gambling_cases",
    "par_index_rank,<=,par_index_units_ranked",
)
ACKNOWLEDGED = (
    "poor_households,=,previous + change,2023,Đã trừ {b} hộ chuyển đi",
    "pigs,=,previous + change,2023,Chuồng của {word_b} hộ nghèo",
)
NUMERALS = ("một", "hai", "ba", "bốn")


def folder_of(folder: Path, counts: dict[str, int]) -> Path:
    """State a history with counts in the place of letters in a copy of the shipped folder."""
    a, b, d = counts["a"], counts["b"], counts["d"]
    places = {
        **counts,
        "a_12": a - 12,
        "9_d": 9 - d,
        "10_a": 10 - a,
        "of_plan": 50 * b,
        "pct": round(100 * (b - 8) / 8),
        "rate": b / 2,
        "words": f"Còn {NUMERALS[b - 1]} người",
        "word_b": NUMERALS[b - 1],
    }
    lines, targets, breaks = (
        [line.format_map(places) for line in each] for each in (LINES, TARGETS, BREAKS)
    )
    state(folder, *lines, targets=targets, breaks=breaks, relations=RELATIONS)
    catalogue = folder / "indicators.csv"
    text = catalogue.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(par_index_units_ranked,.*),false,", r"\1,true,", text)
    catalogue.write_text(text, encoding="utf-8")
    with (folder / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line.format_map(places)}\n" for line in ACKNOWLEDGED)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> list[Path]:
    made = []
    for counts in COUNTS:
        folder = tmp_path_factory.mktemp("data") / "xa-an"
        shutil.copytree(PROJECT / "data", folder, ignore=shutil.ignore_patterns("processed"))
        made.append(folder_of(folder, counts))
    return made


def differing(one: dict, other: dict) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def test_no_plan_of_public_pages_depends_on_a_hidden_count(folders, tmp_path):
    plans = [plan_of(each, tmp_path, below=BELOW) for each in folders]
    assert {plan.unacknowledged for plan in plans} == {0}
    assert len({plan.edition.digest for plan in plans}) == 1
    assert plan_of(folders[0], tmp_path).unacknowledged == 3


@pytest.mark.long
def test_the_folders_are_not_alike_and_hide_the_same_figures(folders):
    full = [told_by(Dataset.open(each, public_below=0)) for each in folders[:2]]
    assert len(differing(*full)) > 100
    hidden = [Dataset.open(each, public_below=BELOW).observations for each in folders]
    marks = [each.set_index(["indicator", "year"])["hidden"].to_dict() for each in hidden]
    assert marks[0] == marks[1] == marks[2]
    assert sum(mark == "<5" for mark in marks[0].values()) == 8


def test_no_table_depends_on_a_hidden_count(folders):
    first, *others = (Dataset.open(each, public_below=BELOW).tables for each in folders)
    for other in others:
        assert [name for name in first if not first[name].equals(other[name])] == []


@pytest.mark.long
def test_no_output_of_a_dataset_depends_on_a_hidden_count(folders):
    first, *others = (told_by(Dataset.open(each, public_below=BELOW)) for each in folders)
    assert [differing(first, each) for each in others] == [[], []]


@pytest.fixture(scope="module")
def communes(folders, tmp_path_factory) -> list[Path]:
    """Two projects of two communes each, which differ in hidden counts."""
    made = []
    for folder in folders[:2]:
        project = tmp_path_factory.mktemp("project")
        for name in ("xa-an", "xa-binh"):
            shutil.copytree(folder, project / name, ignore=shutil.ignore_patterns("processed"))
        made.append(project)
    return made


def run(project: Path, *communes: str) -> tuple[dict[str, bytes], str]:
    """Return the files that a public run makes, and what it prints but for times."""
    command = [sys.executable, "-m", "caoan_stats", "run", "--public", "--out", project / "out"]
    folders = [part for name in communes for part in ("--data", project / name)]
    subjects = ("security", "welfare", "livestock", "dossiers", "overview", "audit")
    chosen = [part for name in subjects for part in ("--notebook", name)]
    years = [part for year in (2023, 2024) for part in ("--year", str(year))]
    done = subprocess.run(
        [*command, *folders, *chosen, *years, "--explain"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = re.sub(r"[0-9,.]+ (giây|s)\b", "", f"{done.stdout}{done.stderr}")
    return files_of(project / "out"), said.replace(str(project), "")


@pytest.mark.long
def test_no_file_and_no_message_of_a_run_depends_on_a_hidden_count(communes):
    (files, said), (others, also_said) = (run(each, "xa-an", "xa-binh") for each in communes)
    assert "index.html" in files
    assert "xa-an/index.json" in files
    assert differing(files, others) == []
    assert sorted(said.splitlines()) == sorted(also_said.splitlines())
