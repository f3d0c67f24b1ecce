import pytest

from caoan_stats import Dataset
from caoan_stats.display.doubts import linked, spoken
from caoan_stats.publish import explorer

LINKS = {"rice": {2023: "2023/rice.html"}, "security": {2023: "2023/security.html"}}


@pytest.fixture
def line(shipped):
    """Returns the line of an indicator, by default of the shipped data."""

    def find(code: str, ds: Dataset = shipped) -> dict:
        found = explorer.subjects(ds, LINKS)
        [line] = [each for subject in found for each in subject["lines"] if each["code"] == code]
        return line

    return find


@pytest.fixture
def rice(write_table, line):
    """Returns the line of `rice_yield` for some lines of the table `rice`."""
    return lambda *lines: line("rice_yield", Dataset.open(write_table("rice", *lines)))


def test_every_indicator_with_figures_has_a_line_in_the_order_of_the_catalogue(shipped):
    found = explorer.subjects(shipped, LINKS)
    known = shipped.indicators[shipped.indicators["has_figures"]]
    assert [each["title"] for each in found] == list(shipped.titles.values())
    for each in found:
        codes = list(known.index[known["table"] == each["name"]])
        assert [line["code"] for line in each["lines"]] == codes


def test_a_line_has_the_last_figure_its_change_and_the_page_that_shows_it(line):
    found = line("rice_yield")
    assert spoken(found["value"]) == "ước 115 tạ/ha"
    assert (found["year"], found["page"]) == (2023, "2023/rice.html")
    assert (found["sign"], found["move"], found["colour"]) == ("▼", "giảm 9,4%", "bad")
    assert found["data"] == {"status": "", "move": "bad", "change": "-9.4", "share": ""}


def test_a_line_has_its_target_and_how_the_figure_compares_with_it(line):
    found = line("budget_revenue")
    assert found["status"].label == "✗ Chưa đạt"
    assert found["share"] == "97,14% kế hoạch"
    assert found["target"] == "từ 100% trở lên so với kế hoạch"
    assert found["data"]["status"] == "missed"
    assert found["data"]["share"] == "97.14"


def test_a_result_in_words_is_newer_than_none_and_a_coming_target_is_no_result(line):
    found = line("administrative_reform")
    assert (found["value"], found["year"]) == ("đảm bảo theo kế hoạch", 2023)


def test_an_indicator_with_a_target_alone_is_without_figure(line):
    found = line("rice_planting_rate")
    assert (found["value"], found["move"], found["year"]) == ("", "", 2024)
    assert found["status"].label == "… Chưa có số liệu"
    assert found["target"] == "từ 100% trở lên"
    assert found["data"]["status"] == "open"


def test_the_years_of_a_line_are_its_figures_and_coming_targets_the_newest_first(line):
    assert line("new_jobs")["values"] == [
        (2024, "Mục tiêu: từ 130 đến 150 người"),
        (2023, "110"),
    ]


def test_a_derived_figure_is_marked_among_the_years(line):
    values = [(year, spoken(text)) for year, text in line("rice_yield")["values"]]
    assert values == [(2023, "ước 115"), (2022, "ước 127 (suy ra)")]


def test_a_mark_leads_to_the_page_of_its_year(line):
    found = line("rice_yield")
    assert 'href="2023/rice.html#ghi-chu-rice_yield"' in linked(found["value"])
    [_, (year, before)] = found["values"]  # a year without a page is on that of the next
    assert year == 2022
    assert 'href="2023/rice.html#ghi-chu-rice_yield"' in linked(before)


def test_four_figures_have_a_small_line_and_three_none(rice):
    lines = [f"rice_yield,{year},{year - 1900},,,bc2023,I," for year in range(2020, 2024)]
    assert rice(*lines)["line"] == "0,24 32,16 64,8 96,0"
    assert rice(*lines[1:])["line"] == ""


def test_a_change_in_percent_is_compared_in_points(line):
    assert line("culture_family_rate")["data"]["change"] == "6"


def test_what_the_public_edition_hides_is_hidden(line, data):
    public = Dataset.open(data, public_below=5)
    found = line("drug_organising_cases", public)
    assert found["value"] == "<5 trường hợp"
    assert found["values"] == [(2023, "<5")]
    assert found["data"] == {"status": "", "move": "", "change": "", "share": ""}


def test_the_first_option_of_every_menu_leaves_all_as_it_is(shipped):
    menus = explorer.choices(explorer.subjects(shipped, LINKS))
    assert {name: next(iter(options.items())) for name, options in menus.items()} == {
        "subject": ("", "tất cả"),
        "status": ("", "tất cả"),
        "move": ("", "tất cả"),
        "order": ("", "theo báo cáo"),
    }
    assert menus["subject"]["rice"] == "Lúa"
