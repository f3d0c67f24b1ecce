import pytest
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.common.errors import InvalidDataError
from caoan_stats.disclosure.solver import Effort
from caoan_stats.display.notes import audit_summary

BELOW = 5


@pytest.fixture(scope="module")
def public(shipped) -> Dataset:
    return Dataset.open(shipped.folder, public_below=BELOW)


def test_the_full_edition_hides_nothing(shipped):
    assert "hidden" not in shipped.observations


def test_a_hidden_figure_has_a_mark_and_no_value(public):
    rows = public.observations.set_index(["indicator", "year"])
    assert rows.loc[("drug_use_cases", 2023), "hidden"] == "<5"
    assert rows.loc[("district_exam_attended", 2023), "hidden"] == "ẩn"
    assert rows.loc[rows["hidden"] != "", "value"].isna().all()


def test_every_other_figure_is_the_same(public, shipped):
    shown = public.observations["hidden"] == ""
    assert public.observations[shown].drop(columns="hidden").equals(shipped.observations[shown])


def test_a_share_of_a_hidden_part_is_hidden(public):
    card = public.scorecard(2023, "military")
    assert card.at["district_exam_attendance_rate", "hidden"] == "ẩn"


def test_a_check_with_a_hidden_figure_has_no_numbers(public):
    audit = public.audit(2023)
    rows = audit[audit["reason"] == "hidden"]
    assert "district_exam_attended" in set(rows["left"])
    assert set(rows["status"]) == {"not_checkable"}
    assert rows[["stated", "computed", "lower", "upper", "gap"]].isna().all(axis=None)
    assert set(rows["acknowledged"]) == {""}


def test_notes_on_a_hidden_figure_are_left_out(public, shipped):
    hidden = public.observations.loc[public.observations["hidden"] != "", "indicator"]
    assert set(public.notes["indicator"]).isdisjoint(hidden)
    assert len(public.notes) < len(shipped.notes) or not set(shipped.notes["indicator"]) & set(
        hidden
    )


@pytest.mark.long
def test_a_higher_threshold_hides_more(public, shipped):
    more = Dataset.open(shipped.folder, public_below=10).observations
    assert (public.observations["hidden"] != "").sum() < (more["hidden"] != "").sum()


def test_a_change_from_or_to_a_hidden_figure_is_not_shown(data):
    path = data / "raw" / "welfare.csv"
    text = path.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("poor_households,2023"))
    path.write_text(text.replace(line, "poor_households,2023,6,2,,bc2023,I.B.II.4,,"), "utf-8")
    card = Dataset.open(data, public_below=BELOW).scorecard(2023, "welfare")
    row = card.loc["poor_households"]
    assert (row["value"], row["previous_hidden"]) == (6, "<5")
    assert row[["previous", "change", "pct_change", "growth"]].isna().all()


def test_the_environment_can_select_the_public_edition(shipped, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_PUBLIC_BELOW", "5")
    assert "hidden" in Dataset.open(shipped.folder).observations


@pytest.mark.parametrize("below", [2, -5, 101])
def test_a_threshold_that_leaves_one_number_or_takes_too_long_is_refused(shipped, below):
    with pytest.raises(ValueError, match=f"edition is 0, or 3 to 100, not {below}"):
        Dataset.open(shipped.folder, public_below=below)


def test_the_summary_of_the_audit_states_that_figures_are_hidden(public):
    assert audit_summary(public.audit(2023))[-1] == (
        "Còn 5 quan hệ chưa đối chiếu được, vì thiếu số liệu, có số không công bố hoặc chia cho 0."
    )


DRAFT = [
    "prescreen_attended 2023 bc2023 value=41",
    "prescreen_eligible 2023 bc2023 value=38",
    "prescreen_rejected 2023 bc2023 value=3",
]
SUM = "prescreen_attended,=,prescreen_eligible + prescreen_rejected"


def hidden_codes(folder) -> set[str]:
    rows = Dataset.open(folder, public_below=BELOW).observations
    return set(rows.loc[rows["hidden"] != "", "indicator"])


@pytest.mark.parametrize(
    ("relation", "count"),
    [(SUM, 2), (f"{SUM},,2023-", 2), (f"{SUM},,-2022", 1), (f"{SUM},assumption,", 1)],
)
def test_only_a_relation_that_holds_in_the_year_discloses(data, relation, count):
    hidden = hidden_codes(state(data, *DRAFT, relations=[relation]))
    assert "prescreen_rejected" in hidden
    assert len(hidden) == count


def test_an_assumption_that_is_computed_from_a_hidden_figure_is_hidden(data):
    relation = "prescreen_absent,=,2 * prescreen_rejected,assumption"
    assert hidden_codes(state(data, *DRAFT[2:], relations=[relation])) == {
        "prescreen_rejected",
        "prescreen_absent",
    }


def test_a_plan_that_an_older_sensitive_count_gives_is_not_public(data):
    folder = state(
        data,
        "compulsory_rehab 2022 bc2022 value=5",
        "compulsory_rehab 2023 bc2023 value=3 pct_of_plan=75",
        "compulsory_rehab 2023 bc2024 value=9",
    )
    tables = Dataset.open(folder, public_below=BELOW).tables
    assert "compulsory_rehab.plan" not in set(tables["figures"]["indicator"])
    assert "compulsory_rehab.plan" not in set(tables["audit"]["left"])


def test_an_older_total_beside_a_restated_sensitive_part_is_not_public(data):
    parts = ("assistance_terminations", "funeral_merit", "disability_assessments")
    lines = [
        f"{code} 2022 bc2022 value={value}" for code, value in zip(parts, (10, 20, 3), strict=True)
    ]
    total = f"welfare_files,=,{' + '.join(parts)}"
    restated = ["disability_assessments 2022 bc2023 value=13", "welfare_files 2022 bc2023 value=43"]
    folder = state(data, *lines, "welfare_files 2022 bc2022 value=33", *restated, relations=[total])
    public = Dataset.open(folder, public_below=BELOW)
    assert "welfare_files" not in set(public.revisions()["indicator"])


def test_relations_that_no_figures_satisfy_are_an_error_that_names_them(data):
    relations = ["prescreen_rejected,=,prescreen_absent + 9", "prescreen_absent,<=,births"]
    folder = state(data, "prescreen_rejected 2023 bc2023 value=3", relations=relations)
    with pytest.raises(InvalidDataError) as caught:
        Dataset.open(folder, public_below=BELOW)
    (error,) = caught.value.errors
    assert (error.kind, error.file) == ("infeasible", "relations.csv")
    assert "2023" in error.found
    assert "+ 9" in error.found
    assert "<=" not in error.found


def test_a_search_that_takes_too_long_hides_all_that_is_connected_and_says_so(
    data, monkeypatch, caplog
):
    folder = state(data, *DRAFT, relations=[SUM])
    monkeypatch.setattr(Effort, "is_spent", True)
    assert hidden_codes(folder) >= {code.split(" ", 1)[0] for code in DRAFT}
    assert "Năm 2023" in caplog.text


@pytest.mark.parametrize(("code", "is_hidden"), [("compulsory_rehab", True), ("pigs", False)])
def test_a_figure_that_only_an_older_statement_of_a_sensitive_one_gives_is_hidden(
    data, code, is_hidden
):
    lines = [f"{code} 2023 bc2023 value=30 change=6", f"{code} 2023 bc2024 value=40"]
    rows = Dataset.open(state(data, *lines), public_below=BELOW).observations
    marks = rows.set_index(["indicator", "year"])["hidden"]
    assert (marks[code, 2022] == "ẩn") == is_hidden
