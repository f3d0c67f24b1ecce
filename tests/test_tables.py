from caoan_stats import tables


def test_results_are_laid_out_as_vietnamese_text(shipped):
    assert tables.results(shipped.scorecard(2023)).iloc[2:7].to_csv(lineterminator="\n") == (
        "Chỉ tiêu,Năm 2022,Năm 2023,\"Tăng, giảm\",Mục tiêu 2023,Kết quả,Mục\n"
        'Thu ngân sách so với kế hoạch năm (%),,"97,14",,từ 100% trở lên,'
        '"✗ Chưa đạt (97,14%)",I.A.3\n'
        "Hộ nghèo (hộ),31,28,−3,Giảm so với năm 2022,○ Không định lượng,I.B.II.4\n"
        "Hộ cận nghèo (hộ),40,20,−20,Giảm so với năm 2022,○ Không định lượng,I.B.II.4\n"
        "Số người có việc làm mới (người),,110,,từ 100 đến 150 người,✓ Đạt (110%),I.A.5\n"
        'Tỷ lệ phát triển dân số tự nhiên (%),"0,6","0,52","−0,08",'
        "Báo cáo không nêu mục tiêu bằng số,○ Không định lượng,I.A.6\n"
    )  # fmt: skip


def test_a_column_without_content_is_left_out(shipped):
    assert list(tables.results(shipped.scorecard(2023, "livestock"))) == ["Năm 2023", "Mục"]


def test_a_plan_is_laid_out_with_its_task_and_pace(shipped):
    layout = tables.plan(shipped.scorecard(2024)).iloc[[0, 2, 6]]
    assert layout.to_csv(lineterminator="\n") == (
        "Chỉ tiêu,Năm 2023,Mục tiêu 2024,Nhiệm vụ kế hoạch,Tiến độ,Mục\n"
        'Thu nhập bình quân đầu người một năm (triệu đồng),"ước 79,5",từ 81 triệu đồng trở lên,'
        '"101,89%",chưa đủ số liệu,II.I.1\n'
        'Tỷ lệ phát triển dân số tự nhiên (%),"0,52",dưới 1%,,đã ở mức này,II.I.3\n'
        "Chất lượng giáo dục của cả 3 cấp học,,Nâng cao chất lượng; duy trì sĩ số học sinh,,,"
        "II.I.6\n"
    )


def test_only_columns_of_numbers_are_numeric(shipped):
    layout = tables.results(shipped.scorecard(2023))
    numeric = [name for name in layout if tables.is_numeric(layout[name])]
    assert numeric == ["Năm 2022", "Năm 2023", "Tăng, giảm"]


def test_contradictions_are_laid_out_with_gap_and_reason(shipped):
    audit = shipped.audit(2023)
    layout = tables.contradictions(audit[audit["status"] == "broken"]).iloc[[1, 3], :4]
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Nguồn nêu,Tính ra,Chênh lệch,Mục\n"
        "Số trẻ tiêm phòng lao không vượt số trẻ trong diện tiêm chủng,119 trẻ,"
        "không quá 102 trẻ,+17 trẻ,I.B.II.1\n"
        "Tỷ lệ đỗ cấp 3 = học sinh đỗ cấp 3 / học sinh thi hết cấp đạt,50%,"
        '"49,38%","+0,62 điểm %",I.B.II.2\n'
    )


def test_derivations_are_laid_out_with_the_interval_where_the_figure_lies(shipped):
    audit = shipped.audit(2023)
    layout = tables.derivations(audit[audit["status"] == "derived"])
    assert layout.to_csv(lineterminator="\n") == (
        "Cách suy ra,Kết quả,Trong khoảng,Mục\n"
        'Năng suất lúa mỗi vụ = năng suất cả năm / 2 vụ,"57,5 tạ/ha/vụ",'
        '"từ 57,25 đến 57,75 tạ/ha/vụ",I.B.I.1.1\n'
        "Kế hoạch thu = thu ngân sách / tỷ lệ so với kế hoạch,19.167.324.679 đồng,"
        "từ 19.166.338.147 đến 19.168.311.312 đồng,I.A.3\n"
    )


def test_what_could_not_be_checked_is_laid_out_with_the_reason(shipped):
    audit, names = shipped.audit(2022), shipped.indicators["label"].to_dict()
    layout = tables.unchecked(audit[audit["status"] == "not_checkable"], names).iloc[:2]
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Lý do,Mục\n"
        "Diện tích cấy máy không vượt diện tích gieo trồng lúa,"
        "Thiếu số liệu: Mô hình cấy máy vụ chiêm,I.B.I.1.1\n"
        "Tỷ lệ hao tải = hao tải / điện mua vào,Thiếu số liệu: Hao tải; Điện mua vào,I.B.I.6.2\n"
    )


def test_a_division_by_zero_and_a_target_that_is_not_set_are_said(shipped):
    audit = (
        shipped.audit(2022)
        .iloc[:2]
        .assign(reason=["division by zero", "missing: clinic_visits.lower"], sections="")
    )
    names = {"clinic_visits": "Lượt khám"}
    assert list(tables.unchecked(audit, names)["Lý do"]) == [
        "Chia cho 0",
        "Thiếu số liệu: Lượt khám (mục tiêu)",
    ]


def test_a_contradiction_that_nobody_looked_at_says_so(shipped):
    audit = shipped.audit(2023).query("status == 'broken'").assign(acknowledged="")
    assert set(tables.contradictions(audit)["Lý do giữ như nguồn"]) == {"Chưa xem xét"}


def test_checks_are_laid_out_with_what_follows_from_the_other_figures(shipped):
    audit = shipped.audit(2023)
    layout = tables.checks(audit[audit["left"].isin(["rice_production", "ocop_stars"])])
    assert layout.to_csv(lineterminator="\n") == (
        "Quan hệ,Nguồn nêu,Tính ra,Mục\n"
        "Sản lượng lúa = diện tích gieo trồng × năng suất,53.195 tạ,"
        "từ 52.963 đến 53.426 tạ,I.B.I.1.1\n"
        "Hạng sao OCOP cao nhất là 5,3 sao,không quá 5 sao,I.B.IV.3\n"
    )
