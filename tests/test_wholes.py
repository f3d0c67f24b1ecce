from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

from caoan_stats import Dataset, charts

EXPENDITURE = ["budget_recurrent_expenditure", "budget_investment_expenditure"]
SOURCES = ["tthc_online", "tthc_in_person", "tthc_carried_in"]
OUTCOMES = ["tthc_early", "tthc_on_time", "tthc_in_progress"]


@pytest.fixture
def ax():
    return Figure().subplots()


@pytest.fixture
def poultry(shipped: Dataset) -> pd.DataFrame:
    return shipped.scorecard(2023, "livestock").loc[["chickens", "ducks"]]


@pytest.fixture
def dossiers(shipped: Dataset) -> pd.DataFrame:
    return shipped.scorecard(2023, "dossiers")


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def bar(ax) -> list[Rectangle]:
    """The parts of the bar of a composition."""
    return [patch for patch in ax.patches if patch.get_y() == 0]


def bands(ax) -> list[PathPatch]:
    return [patch for patch in ax.patches if isinstance(patch, PathPatch)]


def thickness(band: PathPatch) -> float:
    """How high a band is at its left edge."""
    points = band.get_path().vertices
    left = points[points[:, 0] == points[:, 0].min()]
    return float(left[:, 1].max() - left[:, 1].min())


def test_a_composition_names_each_part_with_figure_and_share(ax, poultry):
    assert charts.composition(ax, poultry) is ax
    assert texts(ax) == [
        "Đàn gà\nkhoảng 97 nghìn con (92,38%)",
        "Đàn vịt thịt và vịt đẻ trứng\nkhoảng 8.000 con (7,62%)",
    ]


def test_the_parts_of_a_composition_fill_one_bar_side_by_side(ax, shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs", "rabbits"]]
    charts.composition(ax, card.assign(value=[50.0, 30.0, 20.0]))
    assert [patch.get_x() for patch in bar(ax)] == pytest.approx([0, 0.5, 0.8])
    assert [patch.get_width() for patch in bar(ax)] == pytest.approx([0.5, 0.3, 0.2])


def test_no_two_parts_have_the_same_colour_and_hatch(ax, shipped):
    card = shipped.scorecard(2023, "welfare")
    charts.composition(ax, card.loc[list(card.attrs["parts"]["welfare_files"])])
    looks = [(patch.get_facecolor(), patch.get_hatch()) for patch in bar(ax)]
    assert len(looks) == len({*looks}) == 8


def test_a_part_of_zero_is_named_and_not_seen(ax, poultry):
    charts.composition(ax, poultry.assign(value=[97_000.0, 0.0]))
    assert texts(ax)[1].endswith("0 con (0%)")
    assert [patch.get_width() for patch in bar(ax)] == [1, 0]


def test_a_composition_is_higher_the_more_lines_it_names(poultry):
    longer = poultry.assign(label=["Đàn gà", "Đàn vịt thịt và vịt đẻ trứng của cả xã " * 3])
    assert (
        charts.composition_height(poultry.iloc[:1])
        < charts.composition_height(poultry)
        < charts.composition_height(longer)
    )


def test_a_flow_names_what_came_in_and_what_became_of_it(ax, dossiers):
    assert charts.flow(ax, dossiers.loc[SOURCES[:2]], dossiers.loc[OUTCOMES[:1]]) is ax
    assert texts(ax) == [
        "Hồ sơ trực tuyến\n7.344 hồ sơ",
        "Hồ sơ trực tiếp\n33 hồ sơ",
        "Hồ sơ giải quyết\ntrước hạn\n7.373 hồ sơ",
    ]


def test_a_flow_has_a_band_for_every_figure(ax, dossiers):
    charts.flow(ax, dossiers.loc[SOURCES], dossiers.loc[OUTCOMES])
    assert len(bands(ax)) == 6


def test_bands_are_as_thick_as_their_share_and_never_too_thin_to_see(ax, dossiers):
    sources = dossiers.loc[SOURCES[:2]].assign(value=[75.0, 25.0])
    outcomes = dossiers.loc[OUTCOMES[:2]].assign(value=[99.0, 1.0])
    charts.flow(ax, sources, outcomes)
    assert [thickness(band) for band in bands(ax)] == pytest.approx(
        [0.75, 0.25, 0.99, charts.THINNEST]
    )


def test_names_of_small_figures_do_not_overlap(ax, dossiers):
    outcomes = dossiers.loc[OUTCOMES].assign(value=[7_373.0, 1.0, 1.0])
    charts.flow(ax, dossiers.loc[SOURCES[:1]], outcomes)
    heights = [text.xy[1] for text in ax.texts[1:]]
    gaps = [below - above for above, below in pairwise(heights)]
    assert min(gaps) > 0.99 * charts.SLOT


def test_a_figure_of_zero_is_drawn_as_thin_as_can_be_seen(ax, dossiers):
    outcomes = dossiers.loc[OUTCOMES[:2]].assign(value=[10.0, 0.0])
    charts.flow(ax, dossiers.loc[SOURCES[:1]].assign(value=10.0), outcomes)
    assert thickness(bands(ax)[-1]) == pytest.approx(charts.THINNEST)


def test_a_flow_of_different_units_is_refused(ax, dossiers):
    with pytest.raises(ValueError, match="different units cannot share an axis: hồ sơ, %"):
        charts.flow(ax, dossiers.loc[SOURCES], dossiers.loc[["tthc_online_rate"]])
