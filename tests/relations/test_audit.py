import pandas as pd
import pytest

from caoan_stats import Dataset


def about(ds: Dataset, left: str) -> dict[int, dict[str, object]]:
    """Return the rows of the audit with the given left side, by year."""
    rows = ds.audit()
    return rows[rows["left"] == left].set_index("year").to_dict("index")


def written(rows: pd.DataFrame, *columns: str) -> str:
    return rows[list(columns)].to_csv(index=False, lineterminator="\n")


def test_the_report_has_these_contradictions(shipped):
    rows = shipped.audit()
    assert written(rows[rows["status"] == "broken"], "left", "year", "stated", "gap") == (
        "left,year,stated,gap\n"
        "electricity_loss_rate,2023,10.2,0.063644\n"
        "vaccinated_bcg,2023,119.0,17.0\n"
        "vaccinated_hib_dose3,2023,118.0,16.0\n"
        "upper_secondary_admission_rate,2023,50.0,0.617284\n"
        "district_exam_attended,2023,35.0,-1.0\n"
    )


def test_every_contradiction_of_the_report_is_acknowledged(shipped):
    rows = shipped.audit()
    assert (rows.loc[rows["status"] == "broken", "acknowledged"] != "").all()
    assert (rows.loc[rows["status"] != "broken", "acknowledged"] == "").all()


def test_the_output_of_rice_holds_because_the_yield_is_rounded(shipped):
    row = about(shipped, "rice_production")[2023]
    assert row["holds"] is True
    assert (row["stated"], row["computed"], row["gap"]) == (53195, 53194.4, 0)
    assert (row["lower"], row["upper"]) == (52962.5475, 53426.2575)


def test_the_flow_of_dossiers_adds_up_exactly(shipped):
    row = about(shipped, "tthc_received + tthc_carried_in")[2023]
    assert (row["status"], row["stated"], row["lower"], row["upper"]) == ("holds", *[7387] * 3)


def test_the_share_of_early_dossiers_is_of_finished_ones(shipped):
    row = about(shipped, "tthc_early_rate")[2023]
    assert row["right"] == "100 * tthc_early / (tthc_early + tthc_on_time + tthc_overdue)"
    assert row["holds"] is True


@pytest.mark.parametrize(
    ("left", "year", "value", "right"),
    [
        ("rice_sown_area", 2022, 478.26, "next - change"),
        ("rice_yield_per_crop", 2023, 57.5, "rice_yield / 2"),
        ("budget_revenue_plan", 2023, 19167324679, "budget_revenue.plan"),
    ],
)
def test_a_derived_figure_is_listed_with_its_formula(shipped, left, year, value, right):
    row = about(shipped, left)[year]
    assert (row["status"], row["right"]) == ("derived", right)
    assert row["computed"] == pytest.approx(value)
    assert pd.isna(row["holds"])
    assert row["lower"] < value < row["upper"]


def test_no_relation_has_the_numbers_of_poor_households(shipped):
    poverty = {"poor_households", "near_poor_households", "average_living_farm_households"}
    sums = shipped.audit().query("right != 'next - change'")["indicators"].str.split(", ")
    assert not any(set(codes) & poverty for codes in sums)


def test_the_audit_of_one_year_has_only_that_year(shipped):
    assert set(shipped.audit("2022")["year"]) == {2022}
    assert shipped.audit(2022).attrs == {"year": 2022}
    assert shipped.audit(2024).empty


def test_a_row_names_its_indicators_and_sections(shipped):
    row = about(shipped, "budget_carry_over")[2023]
    assert row["indicators"] == "budget_carry_over, budget_revenue, budget_expenditure"
    assert (row["sections"], row["unit"]) == ("I.B.I.4.2; I.A.3", "đồng")


@pytest.mark.parametrize(
    ("loss", "status"),
    [("10.1", "holds"), ("10.10", "broken"), ("10.14", "holds"), ("10", "holds")],
)
def test_a_figure_is_as_precise_as_its_decimals(audited, loss, status):
    rows = audited(
        ["electricity_loss_rate,=,100 * electricity_loss / electricity_purchased"],
        "electricity",
        f"electricity_loss_rate,2023,{loss},,,bc2023,I,",
        "electricity_loss,2023,956247,,,bc2023,I,",
        "electricity_purchased,2023,9433834,,,bc2023,I,",
    )
    assert list(rows["status"]) == [status]


@pytest.mark.parametrize(
    ("chickens", "qualifier", "status"),
    [
        ("97000", "", "holds"),
        ("97001", "", "broken"),
        ("97400", "about", "broken"),
        ("97500", "about", "broken"),
        ("96000", "over", "holds"),
        ("98000", "over", "broken"),
        ("98000", "under", "holds"),
    ],
)
def test_a_qualifier_widens_the_interval_of_a_count(audited, chickens, qualifier, status):
    rows = audited(
        ["poultry,=,chickens + ducks"],
        "livestock",
        "poultry,2023,105000,,,bc2023,I,",
        f"chickens,2023,{chickens},,{qualifier},bc2023,I,",
        "ducks,2023,8000,,,bc2023,I,",
    )
    assert list(rows["status"]) == [status]


def test_a_figure_from_an_open_one_has_no_upper_end(audited):
    rows = audited(
        ["poultry,=,chickens + ducks"],
        "livestock",
        "chickens,2023,97000,,over,bc2023,I,",
        "ducks,2023,8000,,,bc2023,I,",
    )
    assert written(rows, "status", "computed", "lower", "upper") == (
        "status,computed,lower,upper\nderived,105000.0,105000.0,inf\n"
    )


@pytest.mark.parametrize(
    ("previous", "change", "status"), [("31", "-3", "holds"), ("31", "-4", "broken")]
)
def test_a_stated_change_is_checked_when_both_years_are_stated(audited, previous, change, status):
    rows = audited(
        [],
        "welfare",
        f"poor_households,2022,{previous},,,bc2023,I,",
        f"poor_households,2023,28,{change},,bc2023,I,",
    )
    gap = 0 if status == "holds" else 1
    assert written(rows, "right", "year", "status", "stated", "computed", "gap") == (
        "right,year,status,stated,computed,gap\n"
        f"previous + change,2023,{status},28.0,{28.0 - gap},{float(gap)}\n"
    )


@pytest.mark.parametrize(
    ("previous", "status"), [("0.60", "holds"), ("0.61", "holds"), ("0.62", "broken")]
)
def test_the_rounding_of_a_change_widens_its_interval(audited, previous, status):
    code = "natural_population_growth_rate"
    rows = audited(
        [],
        "population",
        f"{code},2022,{previous},,,bc2023,I,",
        f"{code},2023,0.52,-0.08,,bc2023,I,",
    )
    assert list(rows["status"]) == [status]


def test_a_derived_figure_of_last_year_is_checked_against_stated_ones(audited):
    rows = audited(
        ["births_third_child_plus,<=,births"],
        "population",
        "births_third_child_plus,2023,17,-80,,bc2023,I,",
        "births,2022,92,,,bc2023,I,",
    )
    assert written(rows[rows["operator"] == "<="], "year", "status", "stated") == (
        "year,status,stated\n2022,broken,97.0\n2023,not_checkable,\n"
    )


def test_a_result_larger_than_any_figure_is_not_checkable(audited):
    product = " * ".join(["poultry"] * 9)
    rows = audited([f"chickens,=,{product}"], "livestock", *(
        f"{code},2023,{value},,,bc2023,I,"
        for code, value in (("poultry", 10**7), ("chickens", 1))
    ))  # fmt: skip
    assert written(rows, "status", "computed", "reason") == (
        "status,computed,reason\nnot_checkable,,too large\n"
    )


def test_a_result_of_more_digits_than_any_figure_is_not_derived(audited):
    rows = audited(
        ["chickens,=,poultry * poultry"],
        "livestock",
        "poultry,2023,100000000,,,bc2023,I,",
        "chickens,2022,5,,,bc2023,I,",
    )
    assert written(rows[rows["year"] == 2023], "status", "reason") == (
        "status,reason\nnot_checkable,missing: chickens\n"
    )


def test_a_division_by_zero_makes_only_its_year_not_checkable(audited):
    rows = audited(
        ["tthc_online_rate,=,100 * tthc_online / tthc_received"],
        "dossiers",
        *(
            f"{code},{year},{value},,,bc2023,I,"
            for year, received in ((2022, 0), (2023, 10))
            for code, value in (
                ("tthc_online_rate", 50),
                ("tthc_online", 5 if received else 0),
                ("tthc_received", received),
            )
        ),
    )
    assert written(rows, "year", "status", "computed", "reason") == (
        "year,status,computed,reason\n2022,not_checkable,,division by zero\n2023,holds,50.0,\n"
    )


def test_missing_indicators_are_named(audited):
    rows = audited(
        ["birth_registrations,=,birth_re_registrations + birth_new_registrations"],
        "justice",
        "birth_registrations,2023,193,,,bc2023,I,",
        "birth_re_registrations,2022,70,,,bc2023,I,",
        "birth_new_registrations,2022,120,,,bc2023,I,",
    )
    assert list(rows.loc[rows["year"] == 2023, "reason"]) == [
        "missing: birth_re_registrations, birth_new_registrations"
    ]


def test_a_relation_with_an_indicator_that_no_year_has_is_no_row(audited):
    rows = audited(
        ["poultry,=,chickens + ducks", "chickens,<=,poultry"],
        "livestock",
        "poultry,2023,9,,,bc2023,I,",
        "chickens,2023,5,,,bc2023,I,",
    )
    assert written(rows, "left", "status") == "left,status\nchickens,holds\n"


def test_an_acknowledged_contradiction_has_its_reason_however_it_is_spaced(audited):
    lines = (
        "poultry,2023,9,,,bc2023,I,",
        "chickens,2023,5,,,bc2023,I,",
        "ducks,2023,5,,,bc2023,I,",
    )
    rows = audited(
        ["poultry,=,chickens + ducks"],
        "livestock",
        *lines,
        acknowledged="poultry,=,chickens+ducks,2023,đếm hai lần,\n",
    )
    assert list(rows["acknowledged"]) == ["đếm hai lần"]


def test_a_figure_with_a_wrong_digit_is_a_contradiction(data):
    path = data / "raw/dossiers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("7377", "7317"), encoding="utf-8")
    rows = Dataset.open(data).audit().query("status == 'broken' and acknowledged == ''")
    assert {"tthc_received", "tthc_received + tthc_carried_in"} <= set(rows["left"])
