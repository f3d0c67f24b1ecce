import pytest
from helpers.statements import state

from caoan_stats import Dataset

COLUMNS = ("part", "value", "previous", "effect", "share_of_change", "share", "method")


def rows(frame, *columns: str) -> str:
    return frame[list(columns or COLUMNS)].round(6).to_csv(index=False, lineterminator="\n")


def test_a_product_is_explained_by_the_effects_of_its_factors(shipped):
    frame = shipped.explain("rice_production", 2023)
    assert rows(frame, "part", "value", "previous", "effect", "method") == (
        "part,value,previous,effect,method\n"
        "rice_sown_area,462.56,478.26,-1993.9,chain\n"  # -15.70 * 127
        "rice_yield,115.0,127.0,-5550.72,chain\n"  # 462.56 * -12
    )
    assert frame["share_of_change"].round(3).tolist() == [0.264, 0.736]


def test_the_attributes_of_an_explanation_describe_the_whole(shipped):
    frame = shipped.explain("Sản lượng lúa", "2023")
    names = ("indicator", "unit", "formula", "value", "previous", "change")
    assert [frame.attrs[name] for name in names] == [
        "rice_production", "tạ", "rice_sown_area * rice_yield", 53194.4, 60739.02, -7544.62,
    ]  # fmt: skip


def test_the_growth_of_the_whole_is_the_product_of_those_of_its_factors(shipped):
    frame = shipped.explain("rice_production", 2023)
    assert frame["growth"].round(4).tolist() == [0.9672, 0.9055]
    whole = frame.attrs["value"] / frame.attrs["previous"]
    assert whole == pytest.approx(frame["growth"].prod())


def test_the_interval_of_an_effect_follows_from_those_of_the_figures(shipped):
    frame = shipped.explain("rice_production", 2023)
    assert rows(frame, "part", "lower", "upper") == (
        "part,lower,upper\n"
        "rice_sown_area,-2017.28,-1970.64\n"  # -15.71 * 127.5 .. -15.69 * 126.5, with rounding
        "rice_yield,-6244.6275,-4856.8275\n"
    )


def test_the_parts_of_a_sum_have_shares_without_a_year_before(shipped):
    frame = shipped.explain("budget_expenditure", 2023)
    assert frame["share"].round(4).tolist() == [0.3160, 0.6840]
    assert frame["effect"].isna().all()
    assert frame.attrs["share"] == 1


def test_the_parts_of_a_difference_have_shares_of_what_it_is_taken_from(shipped):
    frame = shipped.explain("budget_carry_over", 2023)
    assert frame["share"].round(4).tolist() == [1, 0.9700]
    assert round(frame.attrs["share"], 4) == 0.03


def test_a_ratio_is_what_its_parts_give(shipped):
    assert round(shipped.explain("electricity_loss_rate", 2023).attrs["value"], 3) == 10.136


@pytest.fixture
def flocks(data):
    def explain(*lines: str, **more):
        folder = state(data, *lines, relations=["poultry,=,chickens + ducks"], **more)
        return Dataset.open(folder).explain("poultry", 2023)

    return explain


FLOCKS = (
    "chickens 2022 bc2022 value=90000", "chickens 2023 bc2023 value=97000",
    "ducks 2022 bc2022 value=9000", "ducks 2023 bc2023 value=8000",
)  # fmt: skip


def test_the_parts_of_a_sum_contribute_their_own_changes(flocks):
    assert rows(flocks(*FLOCKS)) == (
        "part,value,previous,effect,share_of_change,share,method\n"
        "chickens,97000.0,90000.0,7000.0,1.166667,0.92381,sum\n"
        "ducks,8000.0,9000.0,-1000.0,-0.166667,0.07619,sum\n"
    )


def test_a_missing_part_leaves_the_effects_open(flocks):
    frame = flocks(*FLOCKS[1:])
    assert frame["effect"].isna().all()
    assert frame["value"].tolist() == [97000, 8000]


def test_nothing_is_explained_across_a_break(flocks):
    frame = flocks(*FLOCKS, breaks=["* 2023 Sáp nhập"])
    assert frame.attrs["break_reason"] == "Sáp nhập"
    assert frame[["previous", "effect"]].isna().all(axis=None)


def test_an_indicator_that_no_relation_gives_is_refused_with_those_that_one_gives(shipped):
    with pytest.raises(KeyError, match="no relation gives 'pigs'; one gives: birth_registrations"):
        shipped.explain("pigs", 2023)


def test_an_assumption_explains_nothing(shipped):
    with pytest.raises(KeyError, match="no relation gives 'rice_yield_per_crop'"):
        shipped.explain("rice_yield_per_crop", 2023)


def test_the_indicators_that_a_relation_gives_are_listed(shipped):
    assert shipped.explained(2023)[:3] == ["rice_production", "poultry", "budget_expenditure"]
    assert "rice_yield_per_crop" not in shipped.explained(2023)
