import subprocess
import sys

import pandas as pd
import pytest

from caoan_stats import Dataset, InvalidDataError


def test_a_table_is_years_by_indicators_with_units(shipped):
    rice = shipped.table("rice")
    assert rice.to_csv(lineterminator="\n") == (
        "year,rice_sown_area,rice_yield,rice_production,rice_planting_rate,rice_yield_per_crop\n"
        "2022,478.26,127.0,60739.0,,63.5\n"
        "2023,462.56,115.0,53195.0,,57.5\n"
    )
    assert rice.attrs["units"]["rice_yield"] == "ta_per_ha"
    assert rice.attrs["labels"]["rice_yield"] == "Năng suất lúa trung bình"


def test_a_table_without_figures_is_empty(write_table):
    ds = Dataset.open(write_table("rice"))
    assert ds.table("education").empty


def test_money_is_exact(shipped):
    assert shipped.table("budget").loc[2023, "budget_revenue"] == 18_619_139_193


def test_observations_have_the_columns_of_the_processed_file(shipped):
    assert list(shipped.observations.columns) == [
        "indicator", "table", "year", "value", "unit", "status", "qualifier", "source", "section",
    ]  # fmt: skip
    assert shipped.observations["value"].dtype == "float64"
    assert shipped.observations["year"].dtype == "int64"


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("rice_sown_area", 478.26),
        ("rice_yield", 127),
        ("natural_population_growth_rate", 0.6),
        ("culture_family_rate", 90),
        ("poor_households", 31),
        ("near_poor_households", 40),
        ("average_living_farm_households", 26),
    ],
)
def test_the_year_before_is_derived_from_the_stated_change(shipped, indicator, value):
    observations = shipped.observations.set_index(["indicator", "year"])
    row = observations.loc[(indicator, 2022)]
    assert (row["value"], row["status"]) == (value, "derived")


def test_the_years_are_those_with_a_figure_or_a_target(shipped):
    assert shipped.years == [2022, 2023, 2024]


def test_raw_and_processed_data_give_the_same(data):
    from_raw = Dataset.open(data)
    subprocess.run([sys.executable, "-m", "caoan_stats", "build", "--data", str(data)], check=True)
    from_processed = Dataset.open(data)
    for name in ("observations", "targets", "indicators", "sources"):
        pd.testing.assert_frame_equal(getattr(from_raw, name), getattr(from_processed, name))
    pd.testing.assert_frame_equal(from_raw.audit(), from_processed.audit())


def test_an_unknown_table_is_refused_with_the_known_ones(shipped):
    with pytest.raises(KeyError, match="no table 'fish'; did you mean one of: budget, cooperative"):
        shipped.table("fish")


def test_an_unknown_indicator_is_refused_with_the_nearest_one(shipped):
    with pytest.raises(KeyError, match="did you mean one of: rice_yield"):
        shipped.trend("rice_yeld")


def test_invalid_data_is_refused_with_all_its_errors(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,", "rice_yield,2022,y,,,bc2023,I,")
    with pytest.raises(InvalidDataError) as caught:
        Dataset.open(data)
    assert str(caught.value).count("\n") == 1


def test_the_repr_of_a_dataset_has_its_title_and_size(shipped):
    assert repr(shipped) == (
        "<Dataset Số liệu kinh tế - xã hội xã Cao An: 179 observations, 2022-2024>"
    )


def test_a_scorecard_has_its_year_its_documents_and_the_parts_of_totals(shipped):
    known = shipped.scorecard(2023, "livestock").attrs
    assert known["year"] == 2023
    assert known["parts"]["poultry"] == ("chickens", "ducks")
    assert known["sources"]["bc2023"].endswith(", UBND xã Cao An, tháng 12/2023")


def test_importing_the_package_loads_no_heavy_library():
    code = "import sys, caoan_stats; print([m for m in sys.modules if m in %r])"
    heavy = ("papermill", "nbconvert", "matplotlib", "frictionless", "IPython")
    done = subprocess.run(
        [sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_catalogue_tells_which_indicators_have_a_figure_or_a_target(write_table):
    data = write_table("livestock", "pigs,2023,300,15,,bc2023,I,", "dogs,2022,5,,,bc2023,I,")
    targets = data / "raw" / "targets.csv"
    targets.write_text(targets.read_text() + "rabbits,2024,9,,,bc2023,I,\n")
    for as_of in (None, 2023):
        livestock = Dataset.open(data, as_of=as_of).indicators.query("table == 'livestock'")
        known = livestock.index[livestock["has_figures"]]
        assert list(known) == ["pigs", "dogs", "rabbits"]
