import pytest

from caoan_stats import targets
from caoan_stats.concepts.outlooks import OUTLOOKS, Outlook, outlook_of


@pytest.mark.parametrize(
    ("pace", "code"),
    [(1.2, "on_track"), (0.95, "on_track"), (0.6, "fair"), (0, "slow"), (-1, "moving_away")],
)
def test_the_first_threshold_that_a_pace_reaches_names_its_outlook(pace, code):
    assert outlook_of(pace).code == code


def test_a_new_outlook_is_one_row(monkeypatch):
    rows = (Outlook("ahead", 1.5, "vượt tiến độ"), *OUTLOOKS)
    monkeypatch.setattr("caoan_stats.concepts.outlooks.OUTLOOKS", rows)
    assert targets.outlook(2.0) == "ahead"
