import pytest
from helpers.commands import call
from helpers.filling import filling


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


def test_new_year_reports_the_workbook_and_the_next_step(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("new-year", "2026", "--data", str(data), "--lang", "en")
    assert result.output == (
        "2026.xlsx written: 18 sheets, 227 indicators. Fill it in, then run "
        "caoan-stats import 2026.xlsx.\n"
    )


@pytest.mark.parametrize("year", ["1944", "2101", "nay"])
def test_an_impossible_year_is_refused(year, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("new-year", year, "--data", str(data)).exit_code == 2
    assert list(tmp_path.glob("*.xlsx")) == []
