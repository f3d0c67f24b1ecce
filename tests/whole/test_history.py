"""The invented history of 2019 to 2024 is what a second computation makes of it.

`helpers.oracle` has that computation; where it and the library define something differently, the
test says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from math import inf, isclose, isnan
from pathlib import Path

import pandas as pd
import pytest
from helpers import oracle
from helpers.history import make_history
from helpers.oracle import View

from caoan_stats import Dataset
from caoan_stats.concepts.facts import numbers

YEARS = range(2018, 2026)
EDITIONS = (2019, 2020, 2021, 2022, 2023, 2024)

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return make_history(tmp_path_factory.mktemp("history") / "data")


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request, folder) -> tuple[Dataset, View]:
    """What the documents of a year say, by the library and by the oracle."""
    view = oracle.as_of(folder, request.param)
    breaks = [row for row in view.breaks if int(row["year"]) <= request.param]  # known by then
    return Dataset.open(folder, as_of=request.param), replace(view, breaks=breaks)


@pytest.fixture(scope="module")
def card(edition):
    """Return the scorecard of all indicators in a year."""
    ds, _ = edition
    tables = list(ds.indicators["table"].unique())
    return cache(lambda year: ds.scorecard(year, tables))


def keys(edition: tuple[Dataset, View]) -> Iterator[tuple[str, int]]:
    """Yield every indicator with figures and year, without plans that are indicators themselves."""
    ds, view = edition
    plans = {row["left"] for row in view.relations if ".plan" in row["right"]}
    known = ds.indicators.index[ds.indicators["has_figures"]].difference(list(plans), sort=False)
    return product(known, YEARS)


def are_alike(found: tuple | None, expected: tuple | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return all(
        one == two or isclose(one, two, rel_tol=1e-9, abs_tol=1e-9)
        for one, two in zip(map(float, found), map(float, expected), strict=True)
    )


@pytest.mark.parametrize("kind", numbers())
def test_every_number_lies_in_the_same_interval(edition, kind):
    ds, view = edition
    different = {}
    for key in keys(edition):
        measure = ds._series.measure(*key, kind)
        expected = oracle.figure(view, key, kind)
        if measure and measure.status == "assumed":
            continue  # the oracle leaves assumptions out
        found = measure and (measure.interval.lower, measure.interval.upper)
        ends = {*map(abs, expected[:2])} if expected and kind != "value" else set()
        is_open = inf in ends or (kind == "pct_change" and expected and expected.low == -100)
        if is_open and found is None:
            continue  # a change between open figures is not shown
        if not are_alike(found, expected and expected[:2]):
            different[key] = found, expected
    assert different == {}


def test_every_previous_figure_is_the_same(edition, card):
    _, view = edition
    for key in keys(edition):
        code, year = key
        row, expected = card(year).loc[code], oracle.previous(view, key)
        if expected:
            assert is_inside(row["previous"], expected), key
        elif not row["break_reason"] and not row["previous_assumed"]:
            assert isnan(row["previous"]), key


def is_inside(number: float, interval: oracle.Interval, scale: int = 1) -> bool:
    low, high = (scale * float(end) for end in interval[:2])
    margin = 1e-9 * max(1, abs(number))
    return low - margin <= number * scale / scale <= high + margin


def test_every_plan_and_attainment_is_the_same(edition, card):
    _, view = edition
    for key in keys(edition):
        code, year = key
        row, expected = card(year).loc[code], oracle.plan(view, key)
        is_lower = view.indicators[code]["better"] == "lower"  # the library then has no plan
        assert isnan(row["plan"]) == (expected is None or is_lower), key
        assert expected is None or is_lower or is_inside(row["plan"], expected), key
        share = oracle.figure(view, key, "pct_of_plan")
        if share and inf not in share and not is_lower:
            assert is_near(100 * row["attainment"], share), key
        elif not share:
            assert isnan(row["attainment"]), key


def is_near(share: float, interval: oracle.Interval) -> bool:
    """Return whether a computed share agrees with a stated one, of which it can be more precise."""
    return float(interval[0]) - 1 <= share <= float(interval[1]) + 1


def test_every_status_is_the_same(edition, card):
    _, view = edition
    different = {}
    for key in keys(edition):
        row, expected = card(key[1]).loc[key[0]], oracle.status(view, key)
        if expected == "exceeded" and row["of"] != "value" and row["lower"] == 0:
            expected = "met"  # to keep or raise: more than to raise is not asked
        if expected == "no_target" and row["base_year"] == 2020:
            expected = "no_data"  # the aim of a five-year plan is due where a year has no own one
        if row["status"] != expected and not row["assumed"]:
            different[key] = row["status"], expected
    assert different == {}


def test_every_pace_is_the_same(edition, card):
    _, view = edition
    paces = {}
    for key in keys(edition):
        row = card(key[1]).loc[key[0]]
        due = [*view.own_targets(key), *(each for each in view.targets if each.get("base_year"))]
        target = next((each for each in due if oracle._key(each) == key), None)
        expected = oracle.pace(view, target) if target else None
        is_coming = row["status"] == "no_data" and isnan(row["value"])
        is_falling = expected is not None and expected < 0 and row["pace"] == 1
        if has_open_figure(view, key[0]) or (is_falling and is_kept(view, key)):
            continue
        if is_coming:
            assert (expected is None) == isnan(row["pace"]), key
        if is_coming and expected is not None:
            paces[key] = row["pace"], expected
    assert {key: round(found, 3) for key, (found, _) in paces.items()} == {
        key: round(expected, 3) for key, (_, expected) in paces.items()
    }


def has_open_figure(view: View, code: str) -> bool:
    """Return whether a figure such as "over 80" is known; the library leaves it out of a pace."""
    return any(inf in map(abs, known[:2]) for key, known in view.known.items() if key[0] == code)


def is_kept(view: View, key: tuple[str, int]) -> bool:
    """Return whether figures fall so slowly that they still reach the target when it is due."""
    figures = oracle.comparable(view, *key)
    (before, last), target = [figures[year] for year in sorted(figures)[-2:]], view.own_targets(key)
    aims, _ = oracle.aims(target[0], view.indicators[key[0]]["better"])
    return oracle.point(last + (last - before) * (key[1] - max(figures))).lies_in(aims)


def test_every_revision_is_the_same(edition):
    ds, view = edition
    names = ["indicator", "year", "source", "value"]
    found = [tuple(row) for row in ds.revisions()[names].itertuples(index=False)]
    expected = [(code, year, source, float(value)) for code, year, source, value
                in oracle.revisions(view)]  # fmt: skip
    assert found == expected


def test_five_year_targets_have_the_pace_of_open_sdg(folder):
    card = Dataset.open(folder).scorecard(2025)
    codes = ["income_per_capita", "culture_family_rate", "electricity_loss_rate"]
    assert card.loc[codes, "pace"].round(3).tolist() == [0.926, 1.037, 0.803]


def test_the_history_has_the_contradiction_that_is_meant(folder):
    rows = Dataset.open(folder).audit()
    broken = rows[rows["status"] == "broken"]
    assert list(zip(broken["left"], broken["year"], strict=True)) == [("poultry", 2021)]


def test_a_change_across_the_break_is_not_comparable(folder):
    rows = Dataset.open(folder).audit(2022).set_index("left")
    row = rows.loc["near_poor_households"]
    assert row["reason"].startswith("not comparable: Từ năm 2022")


@pytest.mark.parametrize("until", EDITIONS)
def test_what_is_typed_later_changes_nothing_of_a_year(folder, tmp_path, until):
    then = Dataset.open(make_history(tmp_path / "then", until=until), as_of=until)
    now = Dataset.open(folder, as_of=until)
    assert now.years == then.years
    for year in (until - 1, until, until + 1):
        pd.testing.assert_frame_equal(now.scorecard(year), then.scorecard(year))
    for table in now.indicators["table"].unique():
        card, known = now.scorecard(until, table), then.scorecard(until, table)
        pd.testing.assert_frame_equal(card.loc[known.index], known)
        assert set(card.drop(index=known.index)["status"]) <= {"no_target", "no_data"}
    for code in now.indicators.index:
        pd.testing.assert_frame_equal(now.trend(code), then.trend(code))
    pd.testing.assert_frame_equal(now.audit(until), then.audit(until))
    pd.testing.assert_frame_equal(now.revisions(), then.revisions())
