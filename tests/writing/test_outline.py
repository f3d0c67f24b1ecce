"""The outline of a report: sections in order, numbers as they are cited, titles by content."""

from caoan_stats.writing.outline import Statement, make_outline

TITLES = {
    "rice": "Lúa", "livestock": "Chăn nuôi", "economy": "Kinh tế", "budget": "Ngân sách",
    "credit": "Tín dụng", "health": "Y tế", "security": "An ninh trật tự", "land": "Đất đai",
}  # fmt: skip


OTHERS = tuple(f"I.B.I.9 {table} {label}" for table in ("budget", "land") for label in "xyz")


def headings(*places: str) -> list[str]:
    """Return the headings of statements, each given as `section table label`."""
    statements = [
        Statement("code", table, section, label, "5 con")
        for section, table, label in (place.split(" ", 2) for place in places)
    ]
    return [section.heading for section in make_outline(statements, TITLES, 2023)]


def title(section: str, *rows: str) -> str:
    """Return the heading of a section with rows `table label`, among others of its field."""
    number = section.rpartition(".")[2]
    made = headings(*(f"{section} {row}" for row in rows), *OTHERS)
    return next(each for each in made if each.startswith(f"{number}. "))


def test_sections_are_in_order_with_those_that_they_are_part_of():
    made = headings("II.I.1 rice a", "I.DGC.3.1 rice b", "I.B.I.1.1 rice c", "I.A.10 rice d")
    assert [each for each in made if each not in ("I. LÚA", "1. Sản xuất nông nghiệp")] == [
        "Phần I\nKẾT QUẢ ĐẠT ĐƯỢC NĂM 2023",
        "A. KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU CHỦ YẾU",
        "10.",
        "B. KẾT QUẢ THỰC HIỆN TRÊN CÁC LĨNH VỰC",
        "1.1.",
        "ĐÁNH GIÁ CHUNG",
        "3. Nguyên nhân của hạn chế",
        "3.1. Nguyên nhân khách quan",
        "Phần II\nPHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP NĂM 2024",
        "I. CÁC CHỈ TIÊU CHỦ YẾU",
        "1.",
    ]


def test_a_section_of_one_table_has_its_title():
    assert title("I.B.I.1", "rice a", "rice b", "rice c") == "1. Lúa"


def test_a_section_of_two_indicators_has_their_names():
    assert title("I.B.I.1", "rice Năng suất", "rice Sản lượng") == "1. Năng suất; sản lượng"


def test_a_section_of_several_tables_has_the_title_of_their_field():
    assert title("I.B.I.1", "rice a", "livestock b") == "1. Sản xuất nông nghiệp"
    assert title("I.B.I.1", "credit a", "budget b") == "1. Tài chính, tín dụng"
    assert title("I.B.I", "rice a") == "I. LĨNH VỰC KINH TẾ"


def test_two_sections_of_one_field_have_two_titles():
    rows = ("budget a", "credit b", "land c", "economy d", "rice e")
    made = headings(*(f"I.B.{part} {row} {'dài ' * 6}" for part in ("I", "IV") for row in rows))
    assert made[-2:] == ["I. LĨNH VỰC KINH TẾ", "IV. NHIỆM VỤ TRỌNG TÂM VÀ CÔNG VIỆC ĐỘT PHÁ"]


def test_what_is_cited_in_other_ways_closes_the_first_part():
    assert headings("trang_3 rice a", "I.A.1 rice b", "II.I.1 rice c")[3:5] == [
        "NỘI DUNG KHÁC",
        "Phần II\nPHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP NĂM 2024",
    ]


def test_a_section_with_one_part_does_not_have_its_title():
    assert headings("I.B.I.2.1 land Hồ sơ", *OTHERS)[3:5] == ["2. Đất đai", "2.1."]


def test_a_section_of_several_parts_is_named_by_them():
    rows = [f"I.B.I.2.1 land {label}" for label in "xyz"]
    made = headings(*rows, "I.B.I.2.2 land Vệ sinh môi trường", "I.B.II.1 health a")
    assert made[3:5] == ["2. Đất đai; vệ sinh môi trường", "2.1. Đất đai"]
