import pytest
from helpers.project import PROJECT
from helpers.statements import state

from caoan_stats import Dataset


@pytest.fixture
def ranked(data):
    def read(*lines: str, year: int = 2023, **more) -> list[tuple[str, str]]:
        frame = Dataset.open(state(data, *lines, **more)).findings(year)
        return list(zip(frame["kind"], frame["indicator"], strict=True))

    return read


def yearly(code: str, *values: object) -> list[str]:
    """Return lines of an indicator for the years up to 2023."""
    first = 2024 - len(values)
    return [
        f"{code} {first + place} bc{first + place} value={value}"
        for place, value in enumerate(values)
    ]


def test_the_kinds_of_findings_follow_each_other(ranked):
    found = ranked(
        *yearly("new_jobs", 90, 95),
        *yearly("pigs", 300, 360),
        *yearly("income_per_capita", 70, 75, 80, 85),
        *yearly("ocop_products", 2, 3, 2),
        *yearly("poor_households", 30, 33),
        *yearly("near_poor_households", 40, 30),
        *yearly("clinic_visits", 5500),
        *yearly("tthc_online", 60),
        *yearly("tthc_received", 50),
        targets=["new_jobs 2023 bc2022 lower=100", "clinic_visits 2023 bc2022 lower=5000"],
        relations=["tthc_online,=,tthc_received"],
    )
    assert found == [
        ("missed", "new_jobs"),
        ("disputed", "tthc_online"),
        ("reversal", "ocop_products"),
        ("record", "income_per_capita"),
        ("worse", "poor_households"),
        ("better", "near_poor_households"),
        ("reached", "clinic_visits"),
        ("change", "pigs"),
    ]


def test_within_a_kind_the_largest_change_comes_first(ranked):
    lines = [*yearly("poor_households", 30, 33), *yearly("near_poor_households", 40, 48)]
    assert ranked(*lines) == [("worse", "near_poor_households"), ("worse", "poor_households")]


def test_within_a_kind_an_indicator_with_a_target_comes_first(ranked):
    lines = [*yearly("poor_households", 30, 27), *yearly("near_poor_households", 40, 10)]
    target = "poor_households 2023 bc2022 upper=0 closed=neither of=change"
    assert ranked(*lines, targets=[target])[0] == ("better", "poor_households")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((3, 2, 3), "sau khi giảm ở năm trước."),
        ((2, 3, 2), "sau khi tăng ở năm trước."),
        ((1, 2, 3, 4), "cao nhất kể từ năm 2020."),
        ((4, 3, 2, 1), "thấp nhất kể từ năm 2020."),
    ],
)
def test_a_sentence_says_what_makes_a_figure_a_finding(data, values, words):
    frame = Dataset.open(state(data, *yearly("ocop_products", *values))).findings(2023)
    assert frame.at[1, "sentence"].endswith(words)


def test_three_years_make_no_record(ranked):
    assert ranked(*yearly("ocop_products", 1, 2, 3)) == [("better", "ocop_products")]


def test_a_figure_that_may_equal_another_one_is_no_record(ranked):
    lines = yearly("income_per_capita", 70, 75, "80.4", 80)
    assert ("record", "income_per_capita") not in ranked(*lines)


def test_a_break_ends_reversals_and_records(ranked):
    lines = yearly("ocop_products", 1, 2, 3, 4)
    assert ranked(*lines, breaks=["* 2022 Sáp nhập"]) == [("better", "ocop_products")]
    assert ranked(*yearly("ocop_products", 1, 3, 2), breaks=["* 2023 Sáp nhập"]) == []


def test_a_finding_has_its_numbers_and_its_reason(shipped):
    frame = shipped.findings(2023, "budget")
    assert frame.loc[1, ["kind", "indicator", "value", "reason"]].tolist() == [
        "missed", "budget_revenue", 18619139193, "chưa đạt mục tiêu",
    ]  # fmt: skip


def test_an_acknowledged_contradiction_comes_last(shipped):
    kinds = list(shipped.findings(2023)["kind"])
    assert kinds[-4:] == ["acknowledged"] * 4
    assert "disputed" not in kinds


def test_a_figure_that_is_not_public_is_no_finding():
    ds = Dataset.open(PROJECT / "data", public_below=5)
    hidden = ds.observations.query("hidden != '' and year == 2023")["indicator"]
    assert not set(hidden) & set(ds.findings(2023)["indicator"])


def test_a_figure_beside_a_hidden_one_is_no_record(data):
    folder = state(data, *yearly("lower_secondary_lawbreakers", 9, 8, 3, 7, 6, 5))
    kinds = Dataset.open(folder, public_below=5).findings(2023)["kind"]
    assert "record" not in set(kinds)
