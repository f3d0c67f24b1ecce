"""What a whole report states: repeated and contradicting figures, and what settles a doubt."""

from helpers.reading import reading_of

# the same figure twice


def test_a_figure_stated_twice_is_one_with_the_facts_of_both(read):
    assert read("Đàn lợn có 350 con. Toàn xã nuôi 350 con lợn, tăng 40 con so với năm trước.") == [
        "pigs 2024 value=350 change=40 up"
    ]


def test_a_qualifier_stated_once_is_kept(read):
    assert read("Đàn lợn có 350 con. Tổng đàn lợn là trên 350 con.") == ["pigs 2024 value=350 over"]


def test_a_figure_and_the_same_one_rounded_are_one_with_all_digits(read):
    assert read("Thu ngân sách 18.073 triệu đồng; thu ngân sách là 18.073.060.000 đồng.") == [
        "budget_revenue 2024 value=18073060000"
    ]
    assert len(read("Diện tích lúa 5 ha. Diện tích lúa là 5,3 ha.")) == 2


def test_a_figure_has_the_section_where_it_is_stated_first(known):
    table = "PHỤ LỤC\n| Chỉ tiêu | TH 2024 |\n| Đàn lợn | 350 |"
    [pigs] = reading_of(f"I. KINH TẾ\nĐàn lợn có 350 con.\n{table}", known).statements
    assert pigs.section == "I"


def test_what_only_a_doubtful_row_states_is_no_part_of_a_certain_figure(read, left):
    text = "Đàn lợn có 350 con.\n\nĐàn lợn (con)    340    350    102,9"
    assert read(text) == ["pigs 2024 value=350"]
    assert left(text) == ["350"]


def test_a_certain_change_of_a_doubtful_value_is_doubted_with_it(read):
    text = "Năng suất lúa giảm 2,1 tạ/ha, còn 59,4 tạ/ha."
    assert read(text) == ["rice_yield 2024 value=59.4 change=-2.1 down ? far_from_last_year"]


def test_two_values_of_one_figure_are_both_doubted(known):
    one, other = reading_of("Đàn lợn có 350 con. Đàn lợn là 360 con.", known).statements
    assert [one.value, other.value] == ["350", "360"]
    assert {one.doubt, other.doubt} == {"two_values"}
    assert one.others == other.others == ("350", "360")


def test_of_a_certain_and_a_doubtful_value_the_certain_one_is_kept(read, left):
    text = "Đàn lợn của xã Bình Minh có 900 con. Đàn lợn có 350 con."
    assert read(text) == ["pigs 2024 value=350"]
    assert left(text) == ["900"]


def test_a_result_and_an_aim_do_not_contradict_each_other(read):
    assert read("Đàn lợn có 350 con. Phấn đấu năm 2025 đàn lợn đạt 360 con.") == [
        "pigs 2024 value=350",
        "pigs 2025 lower=360 aim",
    ]


# what settles a doubt


def test_of_two_readings_the_one_with_which_a_relation_holds_is_certain(read):
    text = "Thu ngân sách 17,852 tỷ đồng, chi ngân sách 16,5 tỷ đồng, chi chuyển nguồn {}."
    assert read(text.format("1,3 tỷ đồng"))[0] == "budget_revenue 2024 value=17.852E9"
    assert read(text.format("2,6 tỷ đồng"))[0].endswith("? two_readings")


def test_of_two_readings_the_one_that_its_change_leads_to_from_last_year_is_certain(read):
    text = "Thu ngân sách 18,919 tỷ đồng, tăng {} triệu đồng so với năm trước."
    assert read(text.format(300)) == ["budget_revenue 2024 value=18.919E9 change=300E6 up"]
    assert read(text.format(700))[0].endswith("? two_readings")


def test_a_figure_far_from_its_words_is_certain_where_it_adds_up(read):
    text = "Cây ngô được gieo {} ha, sản lượng ngô 60 tấn. Năng suất đạt 50 tạ/ha."
    assert "maize_yield 2024 value=50" in read(text.format(12))
    assert "maize_yield 2024 value=50 ? from_afar" in read(text.format(14))


def test_what_last_year_had_is_certain_of_last_year(read):
    assert read("Đàn thỏ năm 2023 có 220 con.") == ["rabbits 2023 value=220"]
    assert read("Đàn thỏ năm 2023 có 230 con.") == ["rabbits 2023 value=230 ? other_year"]
