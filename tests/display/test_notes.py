import pandas as pd
import pytest
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.display.notes import audit_summary, figure_notes

SOURCE = (
    "Nguồn: Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2023 và phương "
    "hướng, nhiệm vụ, giải pháp năm 2024, UBND xã Cao An, tháng 12/2023."
)


def notes(ds: Dataset, year: int, table: str) -> list[str]:
    card = ds.scorecard(year, table)
    return texts(ds, card)


def texts(ds: Dataset, *cards: pd.DataFrame) -> list[str]:
    found = figure_notes(cards, ds.observations, ds.notes, ds.audit(), ds.sources)
    return [note.text for note in found]


def test_notes_list_derived_figures_with_their_formulas_and_the_source(shipped):
    lines = notes(shipped, 2023, "rice")
    assert lines[0].startswith(
        "Năng suất lúa trung bình năm 2023: Giảm do chuyển sang lúa chất lượng cao. Có thể là "
    )
    assert lines[1:] == [
        "Suy ra từ mức tăng, giảm mà nguồn nêu: Diện tích gieo trồng lúa (năm 2022); "
        "Năng suất lúa trung bình (năm 2022).",
        "Tính từ các số khác: Sản lượng lúa = diện tích gieo trồng × năng suất (năm 2022).",
        "Tính theo giả định: Năng suất lúa mỗi vụ = năng suất cả năm / 2 vụ (năm 2022, năm 2023).",
        SOURCE,
    ]


def test_notes_describe_a_contradiction(shipped):
    assert notes(shipped, 2023, "electricity")[0] == (
        "Mâu thuẫn năm 2023: Tỷ lệ hao tải = hao tải / điện mua vào; nguồn nêu 10,2%, tính ra "
        "10,14%. Nguồn có thể đã làm tròn lên; số kWh mua vào và bán ra khớp với hao tải nên giữ "
        "tỷ lệ như nguồn nêu."
    )


def test_notes_describe_a_contradiction_in_the_table_of_each_of_its_figures(write_table, data):
    write_table("culture", "culture_family_rate,2023,96,,,bc2023,I,")
    (data / "raw/rice.csv").write_text(
        "indicator,year,value,change,qualifier,source,section,note\n"
        "rice_planting_rate,2023,98,,,bc2023,I,\n"
    )
    (data / "relations.csv").write_text(
        "left,operator,right,label_vi\nrice_planting_rate,<=,culture_family_rate,thử\n", "utf-8"
    )
    (data / "acknowledged.csv").write_text("left,operator,right,year,reason\n")
    ds = Dataset.open(data)
    contradiction = "Mâu thuẫn năm 2023: thử; nguồn nêu 98%, tính ra không quá 96%."
    assert notes(ds, 2023, "rice")[0] == notes(ds, 2023, "culture")[0] == contradiction


def test_a_table_without_remarks_names_only_its_source(shipped):
    assert notes(shipped, 2023, "credit") == [SOURCE]


def test_a_year_without_figures_has_no_source(shipped):
    assert notes(shipped, 2030, "rice") == ["Chưa có nguồn nào cho năm 2030."]


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (
            2023,
            [
                "Năm 2023: đã đối chiếu 49 quan hệ, 44 quan hệ khớp.",
                "Có 5 mâu thuẫn; 5 đã được xem xét và giữ như nguồn.",
                "Suy ra được 2 số mà nguồn không nêu.",
            ],
        ),
        (
            2022,
            [
                "Năm 2022: đã đối chiếu 3 quan hệ, 3 quan hệ khớp.",
                "Suy ra được 11 số mà nguồn không nêu.",
                "Còn 3 quan hệ chưa đối chiếu được, vì thiếu số liệu hoặc chia cho 0.",
            ],
        ),
        (2024, ["Chưa có số liệu năm 2024 để đối chiếu."]),
    ],
)
def test_the_audit_of_a_year_is_summarized_in_numbers(shipped, year, lines):
    assert audit_summary(shipped.audit(year)) == lines


def test_figures_share_a_note_and_are_all_named_if_they_are_few(shipped):
    assert (
        "Lô đất đấu giá bán được; Tổng số lô đất đấu giá năm 2023: Khu Phú Quý, thôn Phú An."
        in (notes(shipped, 2023, "land"))
    )


def test_of_many_figures_that_share_a_note_the_first_and_the_last_are_named(shipped):
    assert notes(shipped, 2023, "dossiers")[0] == (
        "15 chỉ tiêu, từ hồ sơ tiếp nhận và xử lý đến tỷ lệ thanh toán trực tuyến, năm 2023: "
        "Tính đến ngày 14/12/2023."
    )


def test_many_figures_that_share_a_note_are_all_named_if_others_are_between_them(shipped):
    card = shipped.scorecard(2023, "dossiers")
    apart = card.loc[[*card.index[:4], "par_index_rank", *card.index[4:6]]]
    [line] = [line for line in texts(shipped, apart) if line.endswith("14/12/2023.")]
    assert line.count("; ") == 5


def test_figures_that_are_not_comparable_share_a_note_of_the_reason(history):
    assert (
        "Không so được với các năm trước 2022, vì từ năm 2022 rà soát theo chuẩn nghèo đa chiều "
        "mới: Hộ nghèo; Hộ cận nghèo."
    ) in notes(history(2022), 2022, "welfare")


def test_a_break_of_all_figures_is_one_note(shipped):
    card = shipped.scorecard(2023, "rice").assign(break_reason="Sáp nhập xã.")
    lines = [line for line in texts(shipped, card) if "không so được" in line]
    assert lines == ["Số liệu năm 2023 không so được với các năm trước, vì sáp nhập xã."]


def test_a_revised_figure_of_last_year_is_noted_with_what_the_older_document_states(history):
    assert "Hộ nghèo năm 2023 là số điều chỉnh: báo cáo 2023 nêu 28 hộ." in notes(
        history(2024), 2024, "welfare"
    )


def test_a_figure_that_documents_state_alike_is_no_revision(history):
    assert not any("số điều chỉnh" in line for line in notes(history(2022), 2022, "culture"))


def test_other_targets_of_a_year_are_noted_with_their_documents(history):
    lines = notes(history(2023), 2023, "economy")
    assert (
        "Mục tiêu khác năm 2023 của số người có việc làm mới: từ 130 đến 150 người "
        "(báo cáo 2022, mục II.I.7)."
    ) in lines


def test_every_document_that_notes_cite_is_a_source(history):
    lines = notes(history(2023), 2023, "economy")
    dates = {line.rpartition(", ")[2] for line in lines if line.startswith("Nguồn: ")}
    assert dates == {"tháng 12/2022.", "tháng 07/2023.", "ngày 19/12/2023."}


def test_the_document_of_another_target_is_a_source(history):
    ds = history(2023)
    card = ds.scorecard(2023).loc[["new_jobs"]]
    cited = card.assign(source="", target_source="", change_source="")
    notes = figure_notes([cited], ds.observations[:0], ds.notes, ds.audit(), ds.sources)
    assert notes[-1].text.endswith("nhiệm vụ năm 2023, UBND xã Minh Họa, tháng 12/2022.")


def test_a_contradiction_of_a_direction_names_it_in_words(write_table):
    data = write_table("welfare")
    path = data / "raw/welfare.csv"
    header = path.read_text(encoding="utf-8").rstrip() + ",direction\n"
    rows = "poor_households,2022,31,,,bc2023,I,,\npoor_households,2023,28,,,bc2023,I,,up\n"
    path.write_text(header + rows, encoding="utf-8")
    assert notes(Dataset.open(data), 2023, "welfare")[0] == (
        "Mâu thuẫn năm 2023: Hộ nghèo tăng so với năm trước; nguồn nêu tăng, tính ra −3 hộ."
    )


def test_the_note_of_a_target_with_bounds_is_shown(data):
    target = "pigs 2023 bc2022 lower=300 note=Theo nghị quyết của huyện"
    ds = Dataset.open(state(data, "pigs 2023 bc2023 value=310", targets=[target]))
    lines = texts(ds, ds.scorecard(2023, "livestock").loc[["pigs"]])
    assert lines[0] == "Mục tiêu năm 2023 của đàn lợn: Theo nghị quyết của huyện."
