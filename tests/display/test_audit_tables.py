import pytest

from caoan_stats import Dataset
from caoan_stats.display import audit_tables


def test_contradictions_are_laid_out_with_gap_and_reason(shipped):
    audit = shipped.audit(2023)
    layout = audit_tables.contradictions(audit[audit["status"] == "broken"]).cells.iloc[[1, 3], :4]
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Nguồn nêu,Tính ra,Chênh lệch,Mục\n"
        "Số trẻ tiêm phòng lao không vượt số trẻ trong diện tiêm chủng,119 trẻ,"
        "không quá 102 trẻ,+17 trẻ,I.B.II.1\n"
        "Tỷ lệ đỗ cấp 3 = học sinh đỗ cấp 3 / học sinh thi hết cấp đạt,50%,"
        '"49,38%","+0,62 điểm %",I.B.II.2\n'
    )


def test_derivations_are_laid_out_with_the_interval_of_the_figure(shipped):
    audit = shipped.audit(2023)
    layout = audit_tables.derivations(audit[audit["status"] == "derived"]).cells
    assert layout.to_csv(lineterminator="\n") == (
        "Cách suy ra,Kết quả,Trong khoảng,Mục\n"
        'Năng suất lúa mỗi vụ = năng suất cả năm / 2 vụ,"ước 57,5 tạ/ha/vụ (giả định)",'
        '"từ 57,3 đến 57,8 tạ/ha/vụ",I.B.I.1.1\n'
        '"Kế hoạch thu ngân sách năm = mục tiêu thu, hoặc thực hiện / tỷ lệ so với kế hoạch",'
        '"khoảng 19,167 tỷ đồng",'
        '"từ 19,1663 tỷ đến 19,1683 tỷ đồng",I.A.3\n'
    )


def test_unchecked_relations_are_laid_out_with_the_reason(shipped):
    audit, names = shipped.audit(2022), shipped.indicators["label"].to_dict()
    layout = audit_tables.unchecked(audit[audit["status"] == "not_checkable"], names).cells.iloc[:2]
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Lý do,Mục\n"
        "Diện tích cấy máy không vượt diện tích gieo trồng lúa,"
        "Thiếu số liệu: Diện tích mô hình cấy máy vụ chiêm,I.B.I.1.1\n"
        "Tỷ lệ hao tải = hao tải / điện mua vào,Thiếu số liệu: Hao tải; Điện mua vào,I.B.I.6.2\n"
    )


def test_a_division_by_zero_and_a_missing_target_are_reasons(shipped):
    audit = (
        shipped.audit(2022)
        .iloc[:2]
        .assign(reason=["division by zero", "missing: clinic_visits.lower"], sections="")
    )
    names = {"clinic_visits": "Lượt khám"}
    assert list(audit_tables.unchecked(audit, names).cells["Lý do"]) == [
        "Chia cho 0",
        "Thiếu số liệu: Lượt khám (mục tiêu)",
    ]


def test_an_unacknowledged_contradiction_is_marked(shipped):
    audit = shipped.audit(2023).query("status == 'broken'").assign(acknowledged="")
    assert set(audit_tables.contradictions(audit).cells["Lý do giữ như nguồn"]) == {"Chưa xem xét"}


def test_checks_are_laid_out_with_the_computed_figure(shipped):
    audit = shipped.audit(2023)
    layout = audit_tables.checks(audit[audit["left"].isin(["rice_production", "ocop_stars"])]).cells
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Nguồn nêu,Tính ra,Mục\n"
        "Sản lượng lúa = diện tích gieo trồng × năng suất,ước 53.195 tạ,"
        "từ 52.960 đến 53.430 tạ,I.B.I.1.1\n"
        "Hạng sao OCOP cao nhất là 5,3 sao,không quá 5 sao,I.B.IV.3\n"
    )


def test_a_download_of_contradictions_has_their_numbers(shipped):
    audit = shipped.audit(2023)
    table = audit_tables.contradictions(audit[audit["status"] == "broken"]).data.iloc[[1]]
    assert table.drop(columns="Lý do giữ như nguồn").to_csv(lineterminator="\n", index=False) == (
        "Quan hệ,Năm,Đơn vị tính,Nguồn nêu,Tính ra,Chênh lệch,Mục\n"
        "Số trẻ tiêm phòng lao không vượt số trẻ trong diện tiêm chủng,2023,trẻ,119,102.0,17.0,"
        "I.B.II.1\n"
    )


def test_an_open_end_is_an_empty_cell_in_a_download(write_table):
    folder = write_table("livestock", "chickens,2023,90,,over,bc2023,I,")
    with (folder / "raw/livestock.csv").open("a", encoding="utf-8") as file:
        file.write("ducks,2023,8,,,bc2023,I,\n")
    audit = Dataset.open(folder).audit(2023)
    derived = audit_tables.derivations(audit[audit["status"] == "derived"]).data
    assert derived[["Kết quả", "Từ", "Đến"]].to_csv(lineterminator="\n", index=False) == (
        "Kết quả,Từ,Đến\n98.0,98.0,\n"
    )


def test_an_assumed_figure_is_marked_among_the_derived_ones(history):
    audit = history(2023).audit(2023)
    figures = audit_tables.derivations(audit[audit["status"] == "derived"]).cells["Kết quả"]
    assert list(figures) == [
        "khoảng 31,45 tạ/ha/vụ (giả định)", "18.500.000.000 đồng", "khoảng 930 nghìn kWh"
    ]  # fmt: skip


def test_a_relation_to_an_assumed_figure_is_not_checked(history):
    ds = history(2024)
    audit, names = ds.audit(2024), ds.indicators["label"].to_dict()
    reasons = audit_tables.unchecked(audit[audit["status"] == "not_checkable"], names).cells[
        "Lý do"
    ]
    assert reasons.iloc[0] == "Quan hệ hoặc số liệu là giả định"


def test_a_change_across_a_break_is_not_comparable(history):
    ds = history(2022)
    audit, names = ds.audit(2022), ds.indicators["label"].to_dict()
    reasons = audit_tables.unchecked(audit[audit["status"] == "not_checkable"], names).cells[
        "Lý do"
    ]
    assert reasons["Hộ cận nghèo = năm trước + mức tăng, giảm"] == (
        "Không so được: từ năm 2022 rà soát theo chuẩn nghèo đa chiều mới"
    )


@pytest.mark.parametrize(
    ("indicator", "cells"),
    [
        ("electricity_loss_rate", ["giảm", "−0,4 điểm %"]),
        ("production_value_per_ha", ["tăng", "+11 triệu đồng/ha"]),
        ("vegetable_area", ["giữ ổn định", "0 ha"]),
    ],
)
def test_a_stated_direction_stands_beside_the_change(history, indicator, cells):
    audit = history(2024).audit(2024)
    rows = audit[(audit["left"] == indicator) & (audit["right"] == "direction")]
    assert list(audit_tables.checks(rows).cells.iloc[0])[:2] == cells


def test_a_contradiction_has_the_digits_and_the_qualifiers_of_its_figures(write_table):
    data = write_table(
        "budget",
        "budget_revenue,2023,18.6e9,,about,bc2023,I,",
        "budget_expenditure,2023,18.06e9,,,bc2023,I,",
    )
    (data / "relations.csv").write_text(
        "left,operator,right,label_vi\nbudget_revenue,=,budget_expenditure,Thu = chi\n"
    )
    (data / "acknowledged.csv").write_text("left,operator,right,year,reason\n")
    audit = Dataset.open(data).audit(2023)
    assert audit_tables.contradictions(audit).cells.iloc[0, :3].tolist() == [
        "khoảng 18,6 tỷ đồng",
        "khoảng 18,06 tỷ đồng",
        "+540 triệu đồng",
    ]


def test_a_relative_change_against_a_direction_is_in_percent(write_table):
    line = "poor_households,2023,,,over,bc2023,I,,12.0,down"
    audit = Dataset.open(write_table("welfare", line, more="pct_change,direction")).audit(2023)
    cells = audit_tables.contradictions(audit[audit["status"] == "broken"]).cells
    assert cells.iloc[0, :2].tolist() == ["giảm", "trên +12,0%"]


def test_an_exact_result_is_not_called_approximate(write_table):
    lines = (
        "chickens,2023,60,,,bc2023,I,",
        "ducks,2023,39,,,bc2023,I,",
        "poultry,2023,100,,,bc2023,I,",
    )
    audit = Dataset.open(write_table("livestock", *lines)).audit(2023)
    cells = audit_tables.contradictions(audit[audit["status"] == "broken"]).cells
    assert cells["Tính ra"].iloc[0] == "99 con"


def test_a_derived_bound_is_written_so_that_it_is_true(write_table):
    line = "credit_vbsp_amount,2025,30,,over,bc2023,I,,7.0"
    audit = Dataset.open(write_table("credit", line, more="pct_change")).audit()
    derived = audit_tables.derivations(audit[audit["status"] == "derived"]).cells
    assert list(derived["Kết quả"]) == ["trên 28,02 tỷ đồng"]
