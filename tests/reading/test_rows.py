from caoan_stats.documents.document import Line
from caoan_stats.reading.rows import to_csv
from caoan_stats.reading.statement import Reading, Statement


def csv_of(*statements: Statement, file: str = "bc/a.txt") -> str:
    return to_csv([(file, Reading("a.txt", 2024, statements))]).decode()


def test_a_statement_is_a_row_below_the_header_of_the_contract():
    result = Statement(
        Line("", 7), "rice_yield", 2024, value="115.0", change="-12", pct_change="-9.4",
        pct_of_plan="101", direction="down", qualifier="estimate", section="I.B.1",
        certainty="certain", quote="năng suất ước đạt 115,0 tạ/ha",
    )  # fmt: skip
    aim = Statement(
        Line("", 9), "budget_revenue", 2025, upper="20.5E9", closed="neither", of="value"
    )
    assert csv_of(result, aim) == (
        "file,line,indicator,year,value,change,pct_change,pct_of_plan,direction,qualifier,"
        "lower,upper,closed,of,section,certainty,quote\n"
        "bc/a.txt,7,rice_yield,2024,115.0,-12,-9.4,101,down,estimate,,,,,I.B.1,certain,"
        '"năng suất ước đạt 115,0 tạ/ha"\n'
        "bc/a.txt,9,budget_revenue,2025,,,,,,,,20.5E9,neither,value,,unsure,\n"
    )


def test_a_power_of_ten_is_a_capital_and_a_minus_a_hyphen():
    row = csv_of(Statement(Line("", 1), "rice_production", 2024, value="5480e1", change="−16e1"))
    assert ",5480E1,-16E1," in row


def test_a_quote_is_on_one_line_and_names_nobody():
    row = csv_of(Statement(Line("", 1), "pigs", 2024, quote="hộ ông Trần Văn Mẫu\n nuôi 40 con"))
    assert row.endswith("hộ ông [tên] nuôi 40 con\n")
