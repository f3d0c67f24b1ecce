"""Indicators of which a commune has no figure and no target are nowhere but in the catalogue."""

import re
import shutil
from pathlib import Path

import pytest
from helpers.commands import call
from helpers.project import HEADER, PROJECT

from caoan_stats import Dataset, explore, page
from caoan_stats.publish import explorer

FIGURES = {
    "economy": ["maize_area,120", "maize_yield,45", "maize_output,5400", "production_value,500"],
    "livestock": ["buffaloes,120", "cattle,300", "pigs,2500"],
    "population": ["households,2000"],
    "welfare": ["poor_households,30", "poverty_rate,1.5"],
}
KNOWN = [
    "production_value", "maize_area", "maize_yield", "maize_output", "pigs", "buffalo_cattle",
    "buffaloes", "cattle", "natural_population_growth_rate", "households", "poor_households",
    "poverty_rate",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a commune that knows some indicators, and one of them from a target alone."""
    data = tmp_path_factory.mktemp("commune") / "data"
    assert call("init", str(data), "--name", "xã Bình An").exit_code == 0
    (data / "raw/sources.csv").write_text(
        "source,title,issuer,date\nbc2024,Báo cáo năm 2024,UBND xã Bình An,2024-12\n", "utf-8"
    )
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as targets:
        targets.write("natural_population_growth_rate,2025,,1,neither,bc2024,II.I.1,,\n")
    for table, figures in FIGURES.items():
        rows = (each.replace(",", ",2024,") + ",,,bc2024,I.1,\n" for each in figures)
        (data / f"raw/{table}.csv").write_text(HEADER + "".join(rows), "utf-8")
    return data


@pytest.fixture(scope="module")
def ds(folder: Path) -> Dataset:
    return Dataset.open(folder)


def test_the_catalogue_and_a_search_have_every_indicator_and_tell_which_has_figures(ds):
    found = ds.find("ngô")["has_figures"].to_dict()
    assert found == {"maize_area": True, "maize_yield": True, "maize_output": True}
    assert ds.find("sắn")["has_figures"].to_dict() == {
        "cassava_area": False, "cassava_yield": False, "cassava_output": False,
    }  # fmt: skip
    assert list(ds.indicators.index[ds.indicators["has_figures"]]) == KNOWN


def test_a_scorecard_has_the_others_only(ds):
    assert list(ds.scorecard(2024, list(ds.titles)).index) == KNOWN


def test_a_table_has_the_others_only(ds):
    assert list(ds.table("livestock")) == ["pigs", "buffalo_cattle", "buffaloes", "cattle"]


def test_the_widgets_offer_only_subjects_and_indicators_with_figures(ds):
    table, indicator, *_ = explore.trends(ds).children
    assert [name for _, name in table.options] == [
        "economy", "livestock", "population", "welfare",
    ]  # fmt: skip
    assert [code for _, code in indicator.options] == KNOWN[:4]


def test_the_front_page_lists_the_others_only(ds):
    lines = [line["code"] for subject in explorer.subjects(ds, {}) for line in subject["lines"]]
    assert lines == KNOWN


def test_the_audit_has_only_relations_between_the_others(ds):
    audit = ds.audit(2024)
    assert dict(zip(audit["left"], audit["status"], strict=True)) == {
        "maize_output": "holds", "buffalo_cattle": "derived", "poverty_rate": "holds",
    }  # fmt: skip


def test_a_total_that_no_relation_gives_is_told_alone(ds):
    card = ds.scorecard(2024, "livestock")
    assert page.composition(card, "pigs").text == "Đàn lợn: 2.500 con."


def test_a_total_that_has_no_row_is_a_sentence_that_an_export_leaves_out(ds):
    block = page.composition(ds.scorecard(2024, "livestock"), "poultry")
    assert block.html == '<p class="nothing">Chưa có số liệu năm 2024.</p>'


def test_parts_of_which_one_has_no_row_are_told_without_shares(ds):
    card = ds.scorecard(2024, "livestock").drop(index="cattle")
    assert page.composition(card, "buffalo_cattle").text.splitlines() == [
        "Đàn trâu bò: 420 con (suy ra).", "Đàn trâu: 120 con.",
    ]  # fmt: skip


def test_a_flow_without_one_of_its_figures_is_not_drawn(ds):
    card = ds.scorecard(2024, "livestock")
    block = page.flow(card, ["pigs", "goats"], ["cattle"])
    assert block.text.splitlines() == ["Đàn lợn: 2.500 con.", "Đàn bò: 300 con."]


def test_bars_of_no_row_are_a_sentence_that_an_export_leaves_out(ds):
    card = ds.scorecard(2024, "livestock")
    assert page.bars(card.loc[[]], "gia cầm").html == (
        '<p class="nothing">Chưa có số liệu năm 2024 về gia cầm.</p>'
    )


def test_no_page_names_another_indicator(folder, ds, monkeypatch):
    monkeypatch.chdir(folder.parent)
    shutil.copytree(PROJECT / "notebooks", "notebooks")
    assert call("run", "--data", "data", "--out", "exports").exit_code == 0
    pages = [path.read_text("utf-8") for path in Path("exports").rglob("*.html")]
    names = re.findall(
        r'(?:scope="row" role="rowheader">|<dt>)(?:<a [^>]*>)?([^<]+)', "".join(pages)
    )
    known = {*ds.indicators["label"][ds.indicators["has_figures"]]}
    assert {"Sản lượng ngô", "Tỷ lệ hộ nghèo (%)"} <= {*names}
    absent = {*ds.indicators["label"]} - known
    assert {name.partition(" (")[0] for name in names} & absent == set()
