"""What sentences of the report of 2024 state in lists, of two indicators together, and as aims."""

import pytest

# lists and their leads


def test_a_list_has_the_year_and_the_aim_of_the_words_before_it(read):
    assert read("Chỉ tiêu chủ yếu năm 2025:\n1. Tỷ lệ hộ nghèo dưới 1,2%.\n- Đàn lợn 360 con.") == [
        "poverty_rate 2025 upper=1.2 aim open",
        "pigs 2025 lower=360 aim",
    ]


def test_what_follows_a_list_is_no_part_of_it(read):
    assert read("Chỉ tiêu năm 2025:\n- Đàn lợn 360 con.\n\nĐàn chó có 300 con.")[-1] == (
        "dogs 2024 value=300"
    )


def test_one_number_of_a_list_of_indicators_is_of_each(read):
    assert read("Tiêm lao, tiêm sởi cùng đạt 84 cháu.") == [
        "vaccinated_bcg 2024 value=84",
        "vaccinated_measles 2024 value=84",
    ]


def test_changes_in_a_row_are_of_the_values_with_their_units(read):
    assert read(
        "Xã đạt 16/19 tiêu chí và 49/57 chỉ tiêu nông thôn mới, tăng 02 tiêu chí, 5 chỉ tiêu so "
        "với năm 2023."
    ) == [
        "new_rural_criteria_met 2024 value=16 change=2 up",
        "new_rural_norms_met 2024 value=49 change=5 up",
    ]


def test_a_percentage_after_a_count_is_of_the_words_that_follow_it(read):
    assert read("Còn 24 hộ nghèo, 96% hộ đạt gia đình văn hóa.") == [
        "poor_households 2024 value=24",
        "culture_family_rate 2024 value=96",
    ]


# plans


def test_what_a_resolution_set_is_the_plan(read):
    assert read("Nghị quyết HĐND xã đề ra đàn lợn đạt 340 con, thực hiện 350 con.") == [
        "pigs 2024 lower=340 aim",
        "pigs 2024 value=350",
    ]


def test_the_plan_of_the_year_is_a_value_where_an_indicator_is_a_plan(read):
    assert read("Dự toán thu ngân sách được giao 17,5 tỷ đồng, thực hiện 18,2 tỷ đồng.") == [
        "budget_revenue_plan 2024 value=17.5E9",
        "budget_revenue 2024 value=18.2E9",
    ]
    assert read("Dự toán thu ngân sách năm 2025: 18,2 tỷ đồng.") == [
        "budget_revenue 2025 lower=18.2E9 aim"
    ]


# units


def test_an_aim_or_a_change_in_another_unit_is_read_and_doubted(read):
    assert read("Có 214 người tham gia BHXH tự nguyện, tăng 38 người so với cuối năm 2023.") == [
        "voluntary_social_insurance_participants 2024 value=214 change=38 up ? another_unit"
    ]
    assert read("Phấn đấu năm 2025 có ít nhất 165 người tham gia BHXH tự nguyện.") == [
        "voluntary_social_insurance_participants 2025 lower=165 aim ? another_unit"
    ]


def test_a_number_of_cases_is_no_number_of_crops(read):
    assert read("Cháy, nổ trên địa bàn: 2 vụ, tăng 1 vụ so với năm 2023.") == [
        "fires_explosions 2024 value=2 change=1 up"
    ]
    assert read("Diện tích gieo trồng lúa cả 2 vụ đạt 454 ha.") == ["rice_sown_area 2024 value=454"]


def test_a_whole_village_is_not_the_commune(read):
    assert read("Cả thôn còn 3 hộ nghèo.") == []


def test_a_rank_can_stand_without_its_ordinal(read):
    assert read("Chỉ số cải cách hành chính xếp hạng 6 trong tổng số 21 xã, thị trấn.") == [
        "par_index_rank 2024 value=6",
        "par_index_units_ranked 2024 value=21",
    ]


def test_a_number_right_after_the_name_of_a_village_is_of_that(read, left):
    text = "Có 412 hộ hiến đất, nhiều nhất là thôn Trại Sen 64 hộ, kế đến thôn Hạ Bì 52 hộ."
    assert read(text) == ["land_donor_households 2024 value=412"]
    assert left(text) == ["64 hộ", "52 hộ"]


@pytest.mark.parametrize(
    "aim", ["Giảm số hộ cận nghèo so với năm 2024.", "Hộ cận nghèo giảm so với năm 2024."]
)
def test_a_direction_against_the_year_of_the_report_is_an_aim(aim, read):
    assert read(f"Chỉ tiêu năm 2025:\n- {aim}") == [
        "near_poor_households 2025 upper=0 aim of change open"
    ]


# two indicators together


@pytest.mark.parametrize(
    "sentence",
    [
        "Số hộ nghèo, cận nghèo là 40 hộ.",
        "Hộ nghèo và hộ cận nghèo còn 40 hộ.",
        "Đàn gà, vịt có 105.000 con.",
        "Chứng thực bản sao và chữ ký 6.300 trường hợp.",
    ],
)
def test_a_number_of_two_indicators_together_is_of_neither(sentence, read, left):
    assert read(sentence) == []
    assert len(left(sentence)) == 1


def test_an_indicator_whose_name_joins_two_words_is_one(read):
    assert read("Đàn lợn có 340 con, đàn trâu, bò 80 con.") == [
        "pigs 2024 value=340",
        "buffalo_cattle 2024 value=80",
    ]


def test_a_part_after_its_whole_is_not_together_with_it(read):
    assert read("Đàn gia cầm, riêng đàn gà có 97.000 con.") == ["chickens 2024 value=97000"]


def test_a_sum_of_money_for_two_numbers_is_of_neither(read, left):
    text = "Phạt 04 vụ về kinh tế và 03 vụ về môi trường với tổng tiền phạt 11 triệu đồng."
    assert read(text) == [
        "economic_violations 2024 value=4",
        "environment_violations 2024 value=3",
    ]
    assert left(text) == ["11 triệu đồng"]


def test_of_all_is_the_whole(read):
    assert read("Đấu giá đất bán được 8 lô trong tổng số 12 lô.") == [
        "auction_lots_sold 2024 value=8",
        "auction_lots_total 2024 value=12",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Riêng bản Nà Mẫu có 9 hộ nghèo.",
        "Tại bản Nà Mẫu thu nhập bình quân 23 triệu đồng/người.",
        "Tỷ lệ hộ nghèo của huyện 3,6%.",
    ],
)
def test_hamlets_and_the_district_are_not_the_commune(sentence, read):
    assert read(sentence) == []


def test_the_year_of_the_report_compares_with_nothing(read):
    assert read("Năm 2024 giảm được 6 hộ cận nghèo; cuối năm còn 44 hộ cận nghèo.") == [
        "near_poor_households 2024 value=44 change=-6 down"
    ]


def test_the_name_of_a_kindergarten_is_no_qualifier(read):
    assert read("Trường Mầm non: 100% trẻ được học 2 buổi/ngày.") == [
        "preschool_two_sessions_rate 2024 value=100"
    ]


@pytest.mark.parametrize(
    ("aim", "stated"),
    [
        ("đàn lợn tăng trên 5% so với năm 2024", "pigs 2025 lower=5 aim of pct_change open"),
        (
            "giảm tỷ lệ hộ cận nghèo từ 0,5% trở lên so với năm 2024",
            "near_poverty_rate 2025 upper=-0.5 aim of change",
        ),
    ],
)
def test_an_aim_against_the_year_of_the_report_is_one_of_a_change(aim, stated, read):
    assert read(f"Chỉ tiêu năm 2025: {aim}.") == [stated]


def test_two_directions_with_one_base_are_two_aims(read):
    aims = "giảm số vụ vi phạm đất đai, tăng số người tham gia BHXH tự nguyện so với năm 2024"
    assert read(f"Năm 2025: {aims}.") == [
        "land_violations 2025 upper=0 aim of change open",
        "voluntary_social_insurance_participants 2025 lower=0 aim of change open",
    ]
