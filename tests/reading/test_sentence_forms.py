"""What a sentence of the report of 2024 states."""

import pytest
from helpers.reading import reading_of

# values


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Đàn lợn có 350 con.", "pigs 2024 value=350"),
        ("Năng suất lúa cả năm đạt 118,0 tạ/ha.", "rice_yield 2024 value=118.0"),
        ("Có 350 con lợn trên địa bàn.", "pigs 2024 value=350"),
        ("ĐÀN LỢN CÓ 350 CON.", "pigs 2024 value=350"),
        ("98% hộ gia đình đạt danh hiệu gia đình văn hóa.", "culture_family_rate 2024 value=98"),
        ("Trên 1.500 người tham gia BHYT.", "health_insurance_participants 2024 value=1500 over"),
    ],
)
def test_a_figure_is_of_the_indicator_that_the_words_before_or_after_it_name(
    sentence, stated, read
):
    assert read(sentence) == [stated]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("ước đạt", " estimate"),
        ("khoảng", " about"),
        ("trên", " over"),
        ("không quá", " under"),
        ("gần", " almost"),
        ("đạt", ""),
    ],
)
def test_words_before_a_value_qualify_it(words, qualifier, read):
    assert read(f"Đàn lợn {words} 350 con.") == [f"pigs 2024 value=350{qualifier}"]


def test_of_two_qualifiers_the_one_that_gives_an_end_counts(read):
    assert read("Đàn lợn ước đạt gần 350 con.") == ["pigs 2024 value=350 almost"]
    assert read("Đàn lợn ước khoảng 350 con.") == ["pigs 2024 value=350 about"]


def test_a_value_keeps_the_digits_and_the_power_that_are_stated(read):
    assert read("Thu ngân sách 18,6 tỷ đồng.") == ["budget_revenue 2024 value=18.6E9"]
    assert read("Thu ngân sách 18.619.139.193 đồng.") == ["budget_revenue 2024 value=18619139193"]


def test_falling_units_are_one_amount(read):
    assert read("Tổng thu ngân sách là 21 tỷ 340 triệu đồng.") == [
        "budget_revenue 2024 value=21340E6"
    ]


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Có mười lăm thanh niên nhập ngũ.", "enlisted_youth 2024 value=15"),
        ("Số hộ nghèo còn ba mươi hai hộ.", "poor_households 2024 value=32"),
        ("Hàng trăm lượt tuần tra vũ trang.", "armed_patrols 2024 value=100 over"),
    ],
)
def test_numbers_in_words_are_read(sentence, stated, read):
    assert read(sentence) == [stated]


@pytest.mark.parametrize(
    "sentence",
    ["Không xảy ra cháy, nổ trên địa bàn.", "Trong năm không có vụ cháy, nổ nào."],
)
def test_what_did_not_happen_is_zero(sentence, read):
    assert read(sentence) == ["fires_explosions 2024 value=0"]


@pytest.mark.parametrize(
    "sentence",
    ["Đàn lợn có 350 con trừơng thành.", "Ðàn lợn có 350 con.", "Đàn lơṇ có 350 con."],
)
def test_a_typing_slip_in_a_mark_is_no_obstacle(sentence, read):
    assert read(sentence) == ["pigs 2024 value=350"]


@pytest.mark.parametrize("word", ["hoà giải", "hòa giải"])
def test_the_tone_mark_stands_wherever_an_office_sets_it(word, read):
    other = "thuỷ" if word == "hoà giải" else "thủy"
    assert read(f"Nhờ {word}, diện tích nuôi trồng {other} sản là 40 ha.") == [
        "aquaculture_area 2024 value=40"
    ]


# changes


def test_a_change_is_of_the_value_before_it(read):
    assert read("Đàn lợn có 350 con, tăng 40 con so với năm trước.") == [
        "pigs 2024 value=350 change=40 up"
    ]


def test_a_change_can_stand_before_its_value(read):
    assert read("Đàn thỏ so với cùng kỳ giảm 20 con, còn 180 con.") == [
        "rabbits 2024 value=180 change=-20 down"
    ]


def test_a_change_can_stand_without_a_value(read):
    assert read("Số hộ nghèo giảm 4 hộ.") == ["poor_households 2024 change=-4 down"]


def test_to_fall_to_is_a_level_and_to_fall_by_a_change(read):
    assert read("Tỷ lệ hộ nghèo giảm còn 1,2%.") == ["poverty_rate 2024 value=1.2 down"]
    assert read("Tỷ lệ hộ nghèo giảm 1,2%.") == ["poverty_rate 2024 change=-1.2 down"]


def test_a_percentage_of_a_count_is_a_relative_change_and_that_of_a_rate_is_points(read):
    assert read("Đàn lợn tăng 5% so với năm trước.") == ["pigs 2024 pct_change=5 up"]
    assert read("Tỷ lệ hộ nghèo là 0,86%, giảm 0,14 điểm phần trăm so với năm trước.") == [
        "poverty_rate 2024 value=0.86 change=-0.14 down"
    ]


def test_a_share_of_last_year_is_a_relative_change(read):
    assert read("Tổng thu ngân sách bằng 108% cùng kỳ.") == ["budget_revenue 2024 pct_change=8 up"]
    assert read("Đàn lợn bằng 95% so với năm 2023.") == ["pigs 2024 pct_change=-5 down"]


def test_a_qualifier_of_a_change_is_not_that_of_the_value(read):
    assert read("Đàn lợn có 350 con, tăng khoảng 40 con.") == ["pigs 2024 value=350 change=40 up"]


def test_a_direction_is_a_fact_without_a_number(read):
    assert read("Số vụ vi phạm đốt pháo nổ giảm so với cùng kỳ năm trước.") == [
        "firecracker_violations 2024 down"
    ]
    assert read("Đàn chó giữ ổn định so với năm trước.") == ["dogs 2024 steady"]


def test_what_equals_last_year_has_changed_by_zero(read):
    assert read("Năng suất lúa cả năm đạt 118 tạ/ha, bằng năm 2023.") == [
        "rice_yield 2024 value=118 change=0 steady"
    ]


@pytest.mark.parametrize("base", ["đầu nhiệm kỳ", "năm 2020", "toàn huyện"])
def test_what_is_compared_with_anything_but_last_year_or_the_plan_is_left_alone(base, read, left):
    sentence = f"Diện tích lúa 450 ha, giảm 5 ha so với {base}."
    assert read(sentence) == ["rice_sown_area 2024 value=450"]
    assert left(sentence) == ["5 ha"]


# the plan of the year


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("đạt 97% kế hoạch", "97"),
        ("bằng 112,5% dự toán", "112.5"),
        ("vượt 12,5% kế hoạch", "112.5"),
        ("thấp hơn 3% so với kế hoạch", "97"),
    ],
)
def test_a_share_of_the_plan_is_what_it_reached_of_it(words, share, read):
    assert read(f"Thu ngân sách {words}.") == [f"budget_revenue 2024 pct_of_plan={share}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Năng suất lúa đạt 120 tạ/ha (KH 118 tạ/ha).",
        "Năng suất lúa đạt 120 tạ/ha, kế hoạch là 118 tạ/ha.",
    ],
)
def test_the_plan_beside_a_value_is_a_target_of_the_year(sentence, read):
    assert read(sentence) == ["rice_yield 2024 value=120", "rice_yield 2024 lower=118 aim"]


# two numbers


def test_a_slash_parts_a_value_from_its_plan(read):
    assert read("Đàn chó có 330/300 con, vượt 10% kế hoạch.") == [
        "dogs 2024 value=330 pct_of_plan=110",
        "dogs 2024 lower=300 aim",
    ]


def test_a_slash_parts_a_part_from_its_whole(read):
    assert read("Đã đấu giá thành công 31/46 lô đất.") == [
        "auction_lots_sold 2024 value=31",
        "auction_lots_total 2024 value=46",
    ]


def test_a_rank_is_read_with_the_number_of_those_ranked(read):
    assert read("Chỉ số cải cách hành chính xếp thứ nhất trên 17 xã, thị trấn.") == [
        "par_index_rank 2024 value=1",
        "par_index_units_ranked 2024 value=17",
    ]


def test_respectively_gives_each_label_the_number_at_its_place(read):
    stated = read("Diện tích, năng suất và sản lượng ngô lần lượt là 12 ha, 50 tạ/ha và 60 tấn.")
    assert [each.removesuffix(" ? from_afar") for each in stated] == [
        "maize_area 2024 value=12",
        "maize_yield 2024 value=50",
        "maize_output 2024 value=60E1",
    ]


def test_from_and_to_state_last_years_value_and_this_years(read):
    assert read("Tỷ lệ hộ nghèo giảm từ 1,2% năm 2023 xuống 0,9% năm 2024.") == [
        "poverty_rate 2023 value=1.2 ? other_year",
        "poverty_rate 2024 value=0.9",
    ]


def test_figures_in_brackets_are_of_what_they_name(read):
    assert read("Đàn gia cầm có 97.000 con (gà 90.000 con, vịt 7.000 con).") == [
        "poultry 2024 value=97000",
        "chickens 2024 value=90000",
        "ducks 2024 value=7000",
    ]


def test_a_percentage_after_a_count_is_its_rate(read):
    assert read("Toàn xã còn 24 hộ nghèo, chiếm 0,86%.") == [
        "poor_households 2024 value=24",
        "poverty_rate 2024 value=0.86",
    ]


# what is not of the commune's whole year


@pytest.mark.parametrize(
    "sentence",
    [
        "Trong 6 tháng đầu năm, đàn lợn có 300 con.",
        "Quý I tiếp nhận 1.200 hồ sơ.",
        "Tính đến ngày 30/6/2024, UBND xã tiếp nhận 2.120 hồ sơ.",
        "Diện tích gieo cấy lúa vụ chiêm 229 ha.",
        "Từ đầu nhiệm kỳ đến nay có 60 thanh niên nhập ngũ.",
        "Thôn Đông có 120 con lợn.",
        "Đàn lợn toàn huyện có 9.000 con.",
        "Nếu giữ được đà này, đàn lợn sẽ có 500 con.",
        "Mưa lớn làm 12 ha lúa bị ngập.",
    ],
)
def test_what_is_not_of_the_communes_whole_year_is_left_alone(sentence, read, left):
    assert read(sentence) == []
    assert left(sentence)


def test_a_day_late_in_the_year_stands_for_the_year(read):
    assert read("Tính đến ngày 15/12/2024, UBND xã tiếp nhận 5.120 hồ sơ.") == [
        "tthc_received 2024 value=5120"
    ]


def test_words_of_the_whole_year_end_a_season(read, left):
    sentence = "Lúa vụ mùa cấy 225 ha; cả năm diện tích lúa là 454 ha."
    assert read(sentence) == ["rice_sown_area 2024 value=454"]
    assert left(sentence) == ["225 ha"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Nghị quyết số 12/2024/NQ-HĐND ngày 15/4/2024, xã đạt nhiều kết quả.",
        "Học sinh lớp 9 học tại tầng 2 từ 7 giờ 30.",
        "Thực hiện mô hình 5 trong 1 theo Chỉ thị 16.",
    ],
)
def test_a_number_that_counts_nothing_is_neither_read_nor_left(sentence, read, left):
    assert (read(sentence), left(sentence)) == ([], [])


def test_a_figure_that_the_catalogue_does_not_have_is_left(read, left):
    sentence = "Trạm y tế có 7 cán bộ và 12 giường bệnh."
    assert read(sentence) == []
    assert left(sentence) == ["7 cán bộ", "12"]


# aims


@pytest.mark.parametrize(
    ("sentence", "aim"),
    [
        ("Phấn đấu năm 2025 đàn lợn đạt trên 400 con.", "pigs 2025 lower=400 aim open"),
        ("Năm 2025: tỷ lệ hộ nghèo dưới 1%.", "poverty_rate 2025 upper=1 aim open"),
        ("Năm 2025 phấn đấu đàn lợn không quá 400 con.", "pigs 2025 upper=400 aim"),
        ("Năm 2025 phấn đấu đàn lợn 400 con trở lên.", "pigs 2025 lower=400 aim"),
        ("Phấn đấu đến năm 2026 đàn lợn đạt 400 con.", "pigs 2026 lower=400 aim"),
        (
            "Phấn đấu năm 2025 thu nhập bình quân từ 80 đến 85 triệu đồng.",
            "income_per_capita 2025 lower=80 upper=85 aim",
        ),
        ("Năm 2025 phấn đấu tăng ít nhất 20 con lợn.", "pigs 2025 lower=20 aim of change"),
        (
            "Năm 2025 phấn đấu thu ngân sách vượt 10% kế hoạch.",
            "budget_revenue 2025 lower=10 aim of pct_of_plan",
        ),
        (
            "Giảm số hộ nghèo so với năm 2024.",
            "poor_households 2025 upper=0 aim of change open",
        ),
    ],
)
def test_an_aim_bounds_a_fact_of_a_later_year(sentence, aim, read):
    assert read(sentence) == [aim]


# doubts


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Đàn lợn của xã Bình Minh có 900 con.", "pigs 2024 value=900 ? other_commune"),
        ("Đàn lợn năm 2022 có 280 con.", "pigs 2022 value=280 ? other_year"),
        ("Thu ngân sách 17,852 tỷ đồng.", "budget_revenue 2024 value=17.852E9 ? two_readings"),
        ("Thu ngân sách 186 đồng.", "budget_revenue 2024 value=186 ? too_small"),
        ("Đạt 25/19 tiêu chí nông thôn mới.", "new_rural_criteria_met 2024 value=25 ? too_large"),
        ("Năng suất lúa đạt 250 tạ/ha.", "rice_yield 2024 value=250 ? far_from_last_year"),
        (
            "Cấp giấy chứng nhận quyền sử dụng đất lần đầu cho 15 hộ.",
            "first_time_land_certificates 2024 value=15 ? another_unit",
        ),
        (
            "Năm 2025 phấn đấu giảm dưới 5 hộ nghèo.",
            "poor_households 2025 upper=5 aim open ? unclear_change",
        ),
        (
            "Đàn lợn có 350 con, tăng 40 con so với năm trước, tăng 50 con so với cùng kỳ.",
            "pigs 2024 value=350 change=40 up ? two_facts",
        ),
    ],
)
def test_what_may_be_something_else_says_why(sentence, stated, read):
    assert read(sentence) == [stated]


def test_the_other_reading_of_a_number_is_kept(known):
    [one] = reading_of("Thu ngân sách 17,852 tỷ đồng.", known).statements
    assert one.others == ("17852E9",)


# sentences before, and places


def test_a_sentence_refers_to_what_the_one_before_it_is_about(read):
    assert read("Cây ngô được gieo trồng đúng lịch. Năng suất đạt 50 tạ/ha.")[:1] == [
        "maize_yield 2024 value=50 ? from_afar"
    ]


def test_the_year_of_the_report_decides_what_is_last_year(read):
    assert read("Đàn lợn tăng 5% so với năm 2021.", year=2022) == ["pigs 2022 pct_change=5 up"]
    assert read("Đàn lợn tăng 5% so với năm 2021.", year=2024) == []
