"""Documents in time: the newest states a figure, and a year is as its documents have it."""

import pandas as pd
import pytest
from helpers.statements import state

from caoan_stats import Dataset

REPORTS = [
    "poor_households 2021 bc2021 value=31",
    "poor_households 2022 bc2022 value=28 change=-3",
    "poor_households 2022 bc2023 value=30",
    "poor_households 2023 bc2023 value=25 change=-5",
]
TARGETS = [
    "poor_households 2023 bc2022 upper=27",
    "poor_households 2024 bc2023 upper=20",
    "poor_households 2025 nq2021 upper=10 base_year=2021",
]


@pytest.fixture
def folder(data):
    return state(data, *REPORTS, targets=TARGETS)


def row(ds: Dataset, year: int):
    return ds.scorecard(year, "welfare").loc["poor_households"]


def written(frame: pd.DataFrame, *columns: str) -> str:
    return frame[list(columns)].to_csv(index=False, lineterminator="\n")


def test_the_newest_document_states_a_figure_and_the_older_value_stays(folder):
    ds = Dataset.open(folder)
    assert row(ds, 2022)["value"] == 30
    assert written(ds.revisions(), "indicator", "year", "source", "date", "value") == (
        "indicator,year,source,date,value\n"
        "poor_households,2022,bc2022,2022-12,28.0\n"
        "poor_households,2022,bc2023,2023-12,30.0\n"
    )


def test_a_figure_that_two_documents_state_alike_is_no_revision(data):
    lines = [f"culture_family_rate 2022 {source} value={value}"
             for source, value in (("bc2022", "90"), ("bc2023", "90.0"))]  # fmt: skip
    assert Dataset.open(state(data, *lines)).revisions().empty


def test_a_revision_is_no_contradiction(folder):
    assert set(Dataset.open(folder).audit()["status"]) == {"holds"}


def test_a_revised_figure_is_marked_with_its_older_statements(folder):
    ds = Dataset.open(folder)
    assert [each["source"] for each in row(ds, 2022)["revised"]] == ["bc2022"]
    assert [each["date"] for each in row(ds, 2023)["previous_revised"]] == ["2022-12"]
    assert row(ds, 2023)["revised"] == ()


def test_a_change_of_a_value_that_was_corrected_is_computed_anew(folder):
    assert row(Dataset.open(folder), 2022)["change"] == -1
    assert row(Dataset.open(folder, as_of=2022), 2022)["change"] == -3


def test_figure_change_and_target_are_cited_with_their_own_documents(data):
    lines = [
        "poor_households 2022 bc2022 value=28",
        "poor_households 2023 bc2023 change=-3",
        "poor_households 2023 bc2024 value=25",
    ]
    found = row(Dataset.open(state(data, *lines, targets=TARGETS[:1])), 2023)
    names = ("source", "previous_source", "change_source", "target_source", "target_section")
    assert [found[name] for name in names] == ["bc2024", "bc2022", "bc2023", "bc2022", "II.I"]


@pytest.mark.parametrize(
    ("year", "known", "values"),
    [
        (2020, ["bc2021", "nq2021"], {2021: 31}),
        (2021, ["bc2021", "nq2021"], {2021: 31}),
        (2022, ["bc2021", "bc2022", "nq2021"], {2021: 31, 2022: 28}),
        (2023, ["bc2021", "bc2022", "bc2023", "nq2021"], {2021: 31, 2022: 30, 2023: 25}),
        (2024, ["bc2021", "bc2022", "bc2023", "nq2021"], {2021: 31, 2022: 30, 2023: 25}),
    ],
)
def test_a_year_knows_the_documents_up_to_its_report(folder, year, known, values):
    ds = Dataset.open(folder, as_of=year)
    assert sorted({*ds.facts["source"], *ds.targets["source"]}) == known
    assert ds.trend("poor_households")["value"].dropna().to_dict() == values


def test_a_year_can_be_given_in_digits(folder):
    assert row(Dataset.open(folder, as_of="2022"), 2022)["value"] == 28


def test_a_later_document_changes_nothing_of_a_year(data):
    first = Dataset.open(state(data, *REPORTS[:2], targets=TARGETS[::2]), as_of=2022)
    state(data, *REPORTS, targets=TARGETS, breaks=["poor_households 2023 Chuẩn mới"])
    second = Dataset.open(data, as_of=2022)
    for year in (2021, 2022, 2023, 2025):
        pd.testing.assert_frame_equal(row(second, year).to_frame(), row(first, year).to_frame())
    pd.testing.assert_frame_equal(second.audit(), first.audit())
    pd.testing.assert_frame_equal(second.trend("poor_households"), first.trend("poor_households"))
    assert second.years == first.years


def test_a_report_that_is_dated_after_its_year_belongs_to_its_year(data):
    folder = state(data, "pigs 2022 bc2023 value=300", "pigs 2023 bc2024 value=310")
    assert Dataset.open(folder, as_of=2022).years == [2022]


def test_a_document_of_a_plan_belongs_to_the_year_of_its_date(data):
    targets = ["pigs 2023 qd2022 lower=1", "pigs 2023 qd2023 lower=2"]
    folder = state(data, "pigs 2022 bc2022 value=9", "pigs 2023 bc2023 value=9", targets=targets)
    assert [row_of_pigs(folder, as_of)["lower"] for as_of in (2022, 2023)] == [1, 2]


def row_of_pigs(folder, as_of: int):
    return Dataset.open(folder, as_of=as_of).scorecard(2023, "livestock").loc["pigs"]


def test_a_break_of_a_later_year_is_not_known(folder):
    (folder / "breaks.csv").write_text("indicator,year,reason\n*,2023,x\n", encoding="utf-8")
    target = [Dataset.open(folder, as_of=year) for year in (2022, 2023)]
    assert [ds.trend("poor_households")["break_reason"].tolist() for ds in target] == [
        ["", "", "", "", ""],
        ["", "", "x", "", ""],
    ]


def test_facts_have_a_row_for_each_fact_of_a_document(data):
    folder = state(
        data, "poor_households 2023 bc2023 value=25 change=-5 qualifier=about",
        "poor_households 2023 bc2024 direction=down words=Giảm mạnh",
    )  # fmt: skip
    facts = Dataset.open(folder).facts
    columns = ("year", "fact", "value", "text", "qualifier", "source", "section")
    assert written(facts, *columns) == (
        "year,fact,value,text,qualifier,source,section\n"
        "2023,value,25.0,,about,bc2023,I.B\n"
        "2023,change,-5.0,,,bc2023,I.B\n"
        "2023,direction,,down,,bc2024,I.B\n"
        "2023,words,,Giảm mạnh,,bc2024,I.B\n"
    )


def test_the_public_edition_has_no_fact_of_a_hidden_figure(data):
    lines = [
        "drug_use_cases 2022 bc2022 value=7",
        "drug_use_cases 2023 bc2023 value=4 change=-3 pct_change=-42.9 direction=down",
        "drug_use_cases 2024 bc2024 value=9 change=5",
    ]
    ds = Dataset.open(state(data, *lines), public_below=5)
    assert written(ds.facts, "year", "fact", "value") == (
        "year,fact,value\n2022,value,7.0\n2024,value,9.0\n"
    )
    card = ds.scorecard(2024, "security").loc["drug_use_cases"]
    assert card[["previous", "change", "pct_change"]].isna().all()


def test_the_public_edition_has_no_older_statement_of_a_sensitive_figure(data):
    lines = ["drug_use_cases 2023 bc2023 value=4 change=-3", "drug_use_cases 2023 bc2024 value=6",
             "drug_use_cases 2022 bc2022 value=7"]  # fmt: skip
    ds = Dataset.open(state(data, *lines), public_below=5)
    assert list(ds.facts["value"]) == [7, 6]
    assert ds.revisions().empty
    assert ds.scorecard(2023, "security").at["drug_use_cases", "revised"] == ()


def test_the_public_edition_has_no_older_total_of_a_hidden_part(data):
    lines = [
        "prescreen_absent 2023 bc2023 value=3",
        "prescreen_attended 2023 bc2023 value=41",
        "draft_ready_pool 2023 bc2023 value=44",
        "draft_ready_pool 2023 bc2024 value=45",
    ]
    relations = ["draft_ready_pool,=,prescreen_attended + prescreen_absent"]
    ds = Dataset.open(state(data, *lines, relations=relations), public_below=5)
    assert 44 not in set(ds.facts["value"])


def test_the_public_edition_has_only_the_newest_statement_of_a_figure(data):
    lines = ["drug_use_cases 2023 bc2023 value=4", "drug_use_cases 2023 bc2024 value=6"]
    folder = state(data, *lines, "fires_explosions 2024 bc2024 value=1")
    marks = [
        Dataset.open(folder, as_of=year, public_below=5).scorecard(2023, "security")
        .at["drug_use_cases", "hidden"]
        for year in (2023, 2024)
    ]  # fmt: skip
    assert marks == ["", ""]


def test_a_contradiction_of_a_hidden_figure_has_no_acknowledged_gap(data):
    lines = ["prescreen_absent 2023 bc2023 value=3", "prescreen_attended 2023 bc2023 value=41"]
    folder = state(data, *lines, relations=["prescreen_attended,=,prescreen_absent + 40"])
    row = "prescreen_attended,=,prescreen_absent + 40,2023,đã hỏi,-2\n"
    (folder / "acknowledged.csv").write_text(f"left,operator,right,year,reason,gap\n{row}")
    full, public = (Dataset.open(folder, public_below=below) for below in (0, 5))
    assert list(full.audit()["acknowledged"]) == ["đã hỏi"]
    assert public.tables["acknowledged"].empty


def test_a_report_that_states_a_figure_of_the_next_year_belongs_to_its_own(data):
    ds = Dataset.open(
        state(
            data,
            "births 2023 bc2023 value=100",
            "poor_households 2023 bc2023 value=28",
            "enlisted_youth 2024 bc2023 value=13",
            "births 2023 bc2024 value=99",
            "births 2024 bc2024 value=104",
        ),
        as_of=2023,
    )
    assert ds.table("population")["births"].to_dict() == {2023: 100}


def test_a_figure_that_rounding_reconciles_is_no_revision(data):
    lines = (
        "budget_revenue 2022 bc2022 value=12345678900", "budget_revenue 2022 bc2023 value=12.35e9",
        "births 2022 bc2022 value=100", "births 2022 bc2023 value=101",
    )  # fmt: skip
    assert set(Dataset.open(state(data, *lines)).revisions()["indicator"]) == {"births"}


def test_a_comparison_with_an_open_figure_ends_when_a_later_document_states_it(data):
    lines = (
        "births 2021 bc2021 value=90", "births 2022 bc2022 value=100 change=10 qualifier=over",
        "births 2022 bc2023 value=120",
    )  # fmt: skip
    assert Dataset.open(state(data, *lines)).audit(2022).query("status == 'broken'").empty


def test_a_change_whose_own_value_a_later_document_replaces_is_outdated(data):
    lines = (
        "births 2021 bc2021 value=6", "births 2022 bc2022 change=-3",
        "births 2022 bc2023 value=7",
    )  # fmt: skip
    ds = Dataset.open(state(data, *lines))
    assert ds.audit(2022).query("status == 'broken'").empty
    row = ds.scorecard(2022, "population").loc["births"]
    assert (row["value"], row["change"]) == (7, 1)
