from pathlib import Path

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.project import PROJECT
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def test_an_existing_workbook_is_not_overwritten(form, data):
    with filling(form) as typed:
        typed.type("rice_yield", 118)
    before = form.read_bytes()
    result = call("new-year", "2024", "--data", str(data))
    assert result.exit_code == 2
    assert result.stderr == (
        "2024.xlsx đã có; không ghi đè. Đổi tên hoặc chuyển tệp đó đi rồi lập lại.\n"
    )
    assert form.read_bytes() == before


def test_new_year_reports_the_workbook_and_the_next_step(project, monkeypatch):
    monkeypatch.chdir(project)
    result = call("new-year", "2026", "--lang", "en")
    assert result.output == (
        "2026.xlsx written: 18 sheets, 227 indicators. Fill it in, then run "
        "caoan-stats import 2026.xlsx.\n"
    )


@pytest.mark.parametrize(("name", "option"), [("xa-b", " --data xa-b"), ("xã B", ' --data "xã B"')])
def test_the_next_step_repeats_the_data_folder_in_the_message_and_on_the_cover(
    name, option, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    call("init", name)
    result = call("new-year", "2024", "--data", name)
    assert result.output.endswith(f"gõ caoan-stats import 2024.xlsx{option}.\n")
    assert f"gõ: caoan-stats import 2024.xlsx{option}. Xem" in str(cover()["B13"].value)
    assert cover()["A2"].value == f"Số liệu kinh tế - xã hội {name}"


def test_inside_a_data_folder_the_workbook_is_that_of_its_commune(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("init", "xa-b")
    monkeypatch.chdir("xa-b")
    assert call("new-year", "2024").stderr == ""
    assert cover()["A2"].value == "Số liệu kinh tế - xã hội xa-b"


def test_the_data_beside_the_package_is_not_used_without_a_word(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("new-year", "2024").stderr == (
        f"Không nêu --data, thư mục hiện tại không có dữ liệu: dùng {PROJECT / 'data'}.\n"
    )


def cover() -> Worksheet:
    return load_workbook("2024.xlsx")["Hướng dẫn"]


@pytest.fixture
def with_fishery(data, tmp_path, monkeypatch):
    """The working folder beside a data folder whose catalogue has an indicator without figures."""
    monkeypatch.chdir(tmp_path)
    with (data / "indicators.csv").open("a", encoding="utf-8") as file:
        file.write("fish_caught,rice,Sản lượng cá,Fish caught,ta,higher,2,false,\n")
    return data


def codes(sheet: str) -> list[object]:
    return [cell.value for [cell] in load_workbook("2024.xlsx")[sheet]["A2:A9"] if cell.value]


def test_an_indicator_that_never_had_a_figure_is_left_out_and_the_cover_says_so(with_fishery):
    result = call("new-year", "2024", "--data", str(with_fishery))
    assert ", 227 chỉ tiêu." in result.output
    assert "fish_caught" not in codes("Lúa")
    texts = [row[1] for row in load_workbook("2024.xlsx")["Hướng dẫn"].values]
    assert (
        "Phiếu không có 41 chỉ tiêu trong danh mục mà địa phương chưa từng có số liệu hay "
        "mục tiêu. Cần điền chúng thì lập phiếu đủ mọi chỉ tiêu: "
        f"caoan-stats new-year 2024 --all --data {with_fishery}."
    ) in texts


def test_all_puts_the_whole_catalogue_into_the_workbook_which_an_import_reads(with_fishery):
    result = call("new-year", "2024", "--data", str(with_fishery), "--all")
    assert ", 268 chỉ tiêu." in result.output
    texts = [row[1] for row in load_workbook("2024.xlsx")["Hướng dẫn"].values]
    assert not [text for text in texts if "--all" in str(text)]
    with filling(Path("2024.xlsx")) as typed:
        typed.type("fish_caught", 12)
        typed.aim("", label="Sản lượng cá", lower="từ 15 tạ trở lên")
    result = call("import", "2024.xlsx", "--data", str(with_fishery))
    assert "+ Sản lượng cá, 2024: 12 tạ\n" in result.stdout
    assert "+ Sản lượng cá, 2025, " in result.stdout


def test_an_indicator_has_its_row_once_it_has_a_target(with_fishery):
    with (with_fishery / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("fish_caught,2024,15,,,bc2023,II.I.1,,\n")
    call("new-year", "2024", "--data", str(with_fishery))
    assert "fish_caught" in codes("Lúa")


def test_a_data_folder_without_figures_gets_the_whole_catalogue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("init", "data")
    result = call("new-year", "2024", "--data", "data")
    count = len((tmp_path / "data/indicators.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert f", {count} chỉ tiêu." in result.output


@pytest.mark.parametrize("year", ["1944", "2101", "nay"])
def test_an_impossible_year_is_refused(year, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("new-year", year, "--data", str(data)).exit_code == 2
    assert list(tmp_path.glob("*.xlsx")) == []
