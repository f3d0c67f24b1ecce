"""A unit with a grammar of its own is one row of a table."""

import pytest

from caoan_stats import labels
from caoan_stats.concepts.units import UNITS, Unit
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import parse_quantity

PERMILLE = Unit(typed=("phần nghìn",), change="điểm ‰", is_joined=True, can_be_negative=True)


@pytest.fixture
def added(monkeypatch):
    """The table with one more unit, `‰`."""
    monkeypatch.setitem(UNITS, "‰", PERMILLE)


def test_a_new_unit_is_written_by_its_row(added):
    assert labels.quantity(9.5, "‰") == "9,5‰"
    assert labels.change(-0.5, "‰") == "−0,5 điểm ‰"


@pytest.mark.parametrize("text", ["9,5‰", "9,5 phần nghìn"])
def test_a_new_unit_is_typed_by_its_row(added, text):
    assert parse_quantity(text, Measure("‰", 1)).number == "9.5"


@pytest.mark.parametrize(
    ("unit", "can_be"),
    [("%", True), ("đồng", True), ("triệu đồng/ha", True), ("hợp đồng", False), ("con", False)],
)
def test_only_rates_and_money_can_be_negative(unit, can_be):
    assert Measure(unit, 0).can_be_negative is can_be
