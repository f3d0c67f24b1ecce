import pytest
from openpyxl import load_workbook

from caoan_stats.datafolder import package
from caoan_stats.forms import layout

pytestmark = pytest.mark.all_tables


def test_each_table_has_a_sheet_in_the_order_of_the_report(form, data):
    names = load_workbook(form).sheetnames
    assert names[:4] == ["Hướng dẫn", "Kinh tế", "Ngân sách", "Lúa"]
    assert len(names) == 1 + len(package.load_package(data).observation_tables) + 1
    assert names[-1] == "Mục tiêu năm sau"


def test_a_sheet_name_is_cut_to_31_characters(data):
    names = layout.sheet_names(package.load_package(data))
    assert names["infrastructure"] == "Giao thông, thủy lợi và nông…"
    assert max(map(len, names.values())) <= 31


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Lúa", "lúa"], ["Lúa", "budget"]),
        (["A/B: [C]?*\\", "'x'"], ["A B C", "x"]),
        (["Hướng dẫn", ""], ["economy", "budget"]),
        (["D" * 40, "E"], ["D" * 30 + "…", "E"]),
    ],
)
def test_every_table_gets_a_valid_sheet_name(titles, names, data):
    text = (data / "datapackage.json").read_text(encoding="utf-8")
    for old, new in zip(("Kinh tế", "Ngân sách"), titles, strict=True):
        shown = new.replace("\\", "\\\\")
        text = text.replace(f'"title": "{old}"', f'"title": "{shown}"')
    (data / "datapackage.json").write_text(text, encoding="utf-8")
    assert list(layout.sheet_names(package.load_package(data)).values())[:2] == names
