from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from helpers.cards import make_card, make_row, make_trend
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.transforms import Transform

from caoan_stats import Dataset, charts
from caoan_stats.display import marks

SOURCES = ["tthc_online", "tthc_in_person", "tthc_carried_in"]
OUTCOMES = ["tthc_early", "tthc_on_time", "tthc_in_progress"]


@pytest.fixture
def ax():
    return Figure().subplots()


def texts(ax) -> list[str]:
    """Return the labels of marks and rows."""
    held = ("data", ("axes fraction", "data"))
    return [text.get_text() for text in ax.texts if text.get_text() and text.xycoords in held]


def scale(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if isinstance(text.xycoords, Transform)]


def key(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.xycoords == "axes fraction"]


def bars(ax) -> list[Rectangle]:
    """Return the bars of a chart, without bands of targets and signs of the key."""
    return [bar for bar in ax.patches if bar.get_clip_on() and not bar.get_alpha()]


def test_a_trend_draws_each_year_and_the_coming_target(ax):
    rows = make_row(value=90, qualifier="about"), make_row(value=94), make_row(value=96)
    coming = make_row(lower=96.0, closed="neither")
    assert charts.trend(ax, make_trend(2021, *rows, coming, unit="%")) is ax
    assert [bar.get_height() for bar in bars(ax)] == [90, 94, 96]
    assert texts(ax) == ["khoảng 90%", "94%", "96%", "> 96"]
    assert scale(ax)[-4:] == ["2021", "2022", "2023", "2024"]


def test_two_figures_are_a_slope_with_both_numbers_and_no_scale(ax, shipped):
    charts.trend(ax, shipped.trend("culture_family_rate"))
    assert bars(ax) == []
    assert texts(ax) == ["khoảng 90%*", "96%", "> 96"]
    assert scale(ax) == ["2022", "2023", "2024"]


def test_a_slope_is_as_steep_as_the_change_is_large(ax, shipped):
    charts.trend(ax, shipped.trend("rice_yield"))
    assert ax.get_ylim()[0] == 0


def test_a_year_without_figure_and_target_is_left_out(ax, shipped):
    charts.trend(ax, shipped.trend("poor_households"))
    assert scale(ax)[-2:] == ["2022", "2023"]
    assert "2024" not in scale(ax)


def test_a_derived_figure_is_hatched_and_an_assumed_one_crossed(ax):
    kinds = {}, {"derived": True}, {"derived": True, "assumed": True}
    charts.trend(ax, make_trend(2021, *(make_row(value=9, **kind) for kind in kinds)))
    assert [bar.get_hatch() for bar in bars(ax)] == [None, marks.HATCH, "xxx"]
    assert key(ax) == ["Nguồn nêu", "Suy ra", "Giả định"]


def test_a_key_that_tells_nothing_is_left_out(ax):
    charts.trend(ax, make_trend(2021, *[make_row(value=9)] * 3))
    assert key(ax) == []


def test_a_figure_that_an_older_document_states_otherwise_has_a_sign_and_a_key(ax):
    rows = make_row(value=8), make_row(value=9, revised=({"value": 7},)), make_row(value=6)
    charts.trend(ax, make_trend(2021, *rows))
    assert texts(ax) == ["8", "9*", "6"]
    assert key(ax) == ["Nguồn nêu", "* Xem ghi chú"]


def test_a_key_of_many_signs_takes_two_lines_and_is_never_wider_than_the_chart(ax):
    revised = {"revised": ({"value": 7},)}
    kinds = {}, {"derived": True}, {"derived": True, "assumed": True}, revised, {"lower": 8.0}
    charts.trend(ax, make_trend(2020, *(make_row(value=9, **kind) for kind in kinds)))
    drawn = [text for text in ax.texts if text.xycoords == "axes fraction"]
    assert len(drawn) == 5
    assert len({text.xyann[1] for text in drawn}) == 2
    ends = [text.xyann[0] + marks.LEGEND_LETTER * len(text.get_text()) for text in drawn]
    assert max(ends) <= marks.LEGEND_WIDTH


@pytest.mark.parametrize(("most", "end"), [(96, 100), (104, 150)])
def test_the_scale_of_shares_ends_at_100_unless_one_is_larger(ax, most, end):
    card = make_card(*(make_row(value=value, unit="%") for value in (80, 90, most)))
    charts.bars(ax, card)
    [line] = [line for line in ax.lines if len(line.get_xdata()) > 2 and line.get_alpha() is None]
    assert line.get_xdata()[-1] == pytest.approx(end, rel=0.05)


def titles(ax) -> list[str]:
    """Return what a pointer over the marks of a chart shows."""
    shown = [mark.get_gid() for mark in (*ax.lines, *ax.patches) if mark.get_gid()]
    return [title.removeprefix(marks.TITLED) for title in shown]


def test_a_dot_and_a_bar_of_a_trend_show_year_value_and_target(ax):
    rows = make_row(value=7, derived=True), make_row(value=8), make_row(value=9, lower=8.0)
    charts.trend(ax, make_trend(2021, *rows))
    assert titles(ax)[::-1][:3] == [
        "Năm 2023, 9 hộ, mục tiêu: từ 8 hộ trở lên", "Năm 2022, 8 hộ", "Năm 2021, 7 hộ (suy ra)",
    ]  # fmt: skip


def test_a_bar_shows_the_whole_result(ax, shipped):
    charts.bars(ax, shipped.scorecard(2023, "economy").loc[["new_jobs"]])
    assert titles(ax) == [
        "Số người có việc làm mới: 110 người, đạt mục tiêu (từ 100 đến 150 người)."
    ]


def test_a_target_of_two_bounds_is_a_band(ax, shipped):
    charts.trend(ax, shipped.trend("new_jobs"))
    assert texts(ax) == ["110 người", "100–150", "130–150"]
    bands = [patch for patch in ax.patches if patch.get_alpha()]
    assert [(band.get_y(), band.get_height()) for band in bands] == [(100, 50), (130, 20)]


def years(count: int) -> pd.DataFrame:
    """Return a trend of the given number of years, each with a figure and a target."""
    row = make_row(value=10, lower=9.0, qualifier="about")
    return make_trend(2001, *[row] * count, unit="ha")


def test_every_year_of_a_short_trend_is_labelled(ax):
    charts.trend(ax, years(4))
    assert texts(ax) == ["khoảng 10"] * 4 + ["≥ 9"] * 4


def test_the_unit_is_left_to_the_caption_when_there_are_several_years(ax):
    charts.trend(ax, years(3))
    assert texts(ax) == ["khoảng 10"] * 3 + ["≥ 9"] * 3


def test_only_the_first_and_last_of_many_years_are_labelled(ax):
    charts.trend(ax, years(30))
    assert texts(ax) == ["10", "10", "≥ 9"]
    assert len([tick for tick in scale(ax) if tick.startswith("20")]) <= 8


def test_many_years_with_only_targets_are_drawn(ax):
    charts.trend(ax, years(6).assign(value=float("nan")))
    assert texts(ax) == ["≥ 9"]


def test_years_without_figures_and_targets_are_an_empty_chart(ax):
    charts.trend(ax, years(2).assign(value=float("nan"), lower=float("nan")))
    assert texts(ax) == []
    assert scale(ax)[-2:] == ["2001", "2002"]


def test_bars_are_named_and_labelled_in_vietnamese(ax, shipped):
    card = shipped.scorecard(2023, "budget").loc[["budget_revenue", "budget_carry_over"]]
    charts.bars(ax, card)
    assert texts(ax) == [
        "18,62 tỷ đồng",
        "0,56 tỷ đồng",
        "Thu ngân sách",
        "Chi chuyển nguồn",
    ]


def test_bars_keep_the_qualifier(ax, shipped):
    charts.bars(ax, shipped.scorecard(2023, "livestock").loc[["pigs", "dogs"]])
    assert texts(ax)[:2] == ["trên 300 con", "khoảng 420 con"]


def test_changes_show_both_years(ax, shipped):
    charts.changes(ax, shipped.scorecard(2023, "welfare").loc[["poor_households"]])
    assert texts(ax) == ["31*", "28", "Hộ nghèo: tốt hơn"]
    assert key(ax) == ["Năm 2022", "Năm 2023"]


def test_negative_figures_are_within_the_axis(ax, shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs"]].assign(value=[-300.0, 420.0])
    charts.bars(ax, card)
    left, right = ax.get_xlim()
    assert left < -300 < 420 < right


def test_a_trend_below_zero_is_within_the_axis(ax):
    charts.trend(ax, years(2).assign(value=[-5.0, 5.0]))
    assert ax.get_ylim()[0] < -5


@pytest.mark.parametrize(
    ("column", "shown"), [("assumed", ["31,5", "61,5*"]), ("previous_assumed", ["31,5*", "61,5"])]
)
def test_a_doubtful_figure_of_a_change_is_marked(ax, column, shown):
    charts.changes(ax, make_card(make_row(value=61.5, previous=31.5, **{column: True})))
    assert texts(ax)[:2] == shown


@pytest.mark.parametrize(
    ("better", "name", "colour"),
    [
        ("lower", "Hộ nghèo: tốt hơn", marks.GREEN),
        ("higher", "Hộ nghèo: kém hơn", marks.RED),
        ("", "Hộ nghèo", marks.BLUE),
    ],
)
def test_a_change_for_better_or_worse_is_named_and_coloured(ax, better, name, colour):
    fall = {"value": 18, "previous": 20, "change": -2, "better": better}
    charts.changes(ax, make_card(make_row(**fall)))
    [arrow] = [text.arrow_patch for text in ax.texts if text.arrow_patch]
    assert (texts(ax)[-1], to_hex(arrow.get_edgecolor())) == (name, colour)


def test_an_assumed_figure_is_marked_in_bars(ax):
    charts.bars(ax, make_card(make_row(value=57.5, assumed=True)))
    assert texts(ax) == ["57,5 hộ*", "Hộ nghèo"]


def test_changes_have_no_more_digits_than_their_figures(ax):
    figures = {"previous": 31.237, "previous_shown": Decimal("31.2"), "value": 25}
    charts.changes(ax, make_card(make_row(**figures)))
    assert texts(ax)[:2] == ["31,2", "25"]


def test_figures_of_different_units_are_refused(ax, shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_sown_area", "rice_yield"]]
    with pytest.raises(ValueError, match="different units cannot share an axis: ha, tạ/ha"):
        charts.bars(ax, card)


def test_bars_of_zero_are_drawn(ax, shipped):
    charts.bars(ax, shipped.scorecard(2023, "dossiers").loc[["tthc_overdue"]])
    assert texts(ax) == ["0 hồ sơ*", "Hồ sơ quá hạn"]


def test_a_figure_that_is_not_public_is_written_and_not_drawn(ax, shipped):
    card = shipped.scorecard(2023, "welfare").loc[["poor_households", "near_poor_households"]]
    hidden = card.assign(value=[float("nan"), 20.0], hidden=["<5", ""])
    charts.bars(ax, hidden)
    assert texts(ax)[:2] == ["<5", "20 hộ"]
    assert [bar.get_width() for bar in bars(ax)] == [0, 20]


def test_a_year_that_is_not_public_is_written_and_not_drawn(ax):
    rows = make_row(hidden="<5"), make_row(value=7, qualifier="about")
    charts.trend(ax, make_trend(2001, *rows, unit="ha"))
    assert texts(ax) == ["<5", "khoảng 7 ha"]
    assert [bar.get_height() for bar in bars(ax)] == [7]


def test_a_scale_has_round_numbers_in_vietnamese(ax, shipped):
    charts.trend(ax, make_trend(2021, *(make_row(value=each) for each in (60739, 57000, 53195))))
    assert scale(ax)[:5] == ["0", "15 nghìn", "30 nghìn", "45 nghìn", "60 nghìn"]
    charts.bars(other := Figure().subplots(), shipped.scorecard(2023, "budget").iloc[:1])
    assert scale(other)[0] == "0"


@pytest.fixture
def poultry(shipped: Dataset) -> pd.DataFrame:
    return shipped.scorecard(2023, "livestock").loc[["chickens", "ducks"]]


@pytest.fixture
def dossiers(shipped: Dataset) -> pd.DataFrame:
    return shipped.scorecard(2023, "dossiers")


def all_texts(ax) -> list[str]:
    """Return every text, including the names of parts and bands."""
    return [text.get_text() for text in ax.texts]


def parts(ax) -> list[Rectangle]:
    """Return the parts of the bar of a composition."""
    return [patch for patch in ax.patches if patch.get_y() == 0]


def bands(ax) -> list[PathPatch]:
    return [patch for patch in ax.patches if isinstance(patch, PathPatch)]


def thickness(band: PathPatch) -> float:
    """Return the height of a band at its left edge."""
    points = band.get_path().vertices
    left = points[points[:, 0] == points[:, 0].min()]
    return float(left[:, 1].max() - left[:, 1].min())


def test_a_composition_names_each_part_with_figure_and_share(ax, poultry):
    assert charts.composition(ax, poultry, 105_000) is ax
    assert all_texts(ax) == [
        "Đàn gà\nkhoảng 97.000 con (92,4%)",
        "Đàn vịt thịt và vịt đẻ trứng\nkhoảng 8.000 con (7,6%)",
    ]


def test_the_parts_of_a_composition_fill_one_bar_side_by_side(ax, shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs", "rabbits"]]
    charts.composition(ax, card.assign(value=[50.0, 30.0, 20.0]), 100)
    assert [patch.get_x() for patch in parts(ax)] == pytest.approx([0, 0.5, 0.8])
    assert [patch.get_width() for patch in parts(ax)] == pytest.approx([0.5, 0.3, 0.2])


def test_shares_are_of_the_whole_that_is_stated(ax, poultry):
    charts.composition(ax, poultry.assign(value=[60.0, 20.0]), 100)
    assert [patch.get_width() for patch in parts(ax)] == pytest.approx([0.6, 0.2])
    assert [text.rpartition("(")[2] for text in all_texts(ax)] == ["60%)", "20%)"]


def test_parts_of_more_than_their_whole_stay_within_the_bar(ax, poultry):
    charts.composition(ax, poultry.assign(value=[90.0, 30.0]), 100)
    assert [patch.get_width() for patch in parts(ax)] == pytest.approx([0.75, 0.25])


def test_parts_of_different_units_are_refused(ax, shipped):
    card = shipped.scorecard(2023, "welfare")
    with pytest.raises(ValueError, match="different units cannot share an axis"):
        charts.composition(ax, card.loc[list(card.attrs["parts"]["welfare_files"])], 147)


def test_no_two_parts_have_the_same_colour_and_hatch(ax):
    charts.composition(ax, make_card(*[make_row(value=1)] * 8), 8)
    looks = [(patch.get_facecolor(), patch.get_hatch()) for patch in parts(ax)]
    assert len(looks) == len({*looks}) == 8


def test_a_part_of_zero_is_named_and_has_no_width(ax, poultry):
    charts.composition(ax, poultry.assign(value=[97_000.0, 0.0], shown=[97_000, 0]), 97_000)
    assert all_texts(ax)[1].endswith("0 con (0%)")
    assert [patch.get_width() for patch in parts(ax)] == [1, 0]


def test_a_composition_is_as_high_as_its_labels_need(poultry):
    longer = poultry.assign(label=["Đàn gà", "Đàn vịt thịt và vịt đẻ trứng của cả xã " * 3])
    assert (
        charts.composition_height(poultry.iloc[:1])
        < charts.composition_height(poultry)
        < charts.composition_height(longer)
    )


def test_a_flow_names_its_inputs_and_its_outcomes(ax, dossiers):
    assert charts.flow(ax, dossiers.loc[SOURCES[:2]], dossiers.loc[OUTCOMES[:1]]) is ax
    assert all_texts(ax) == [
        "Hồ sơ trực tuyến\n7.344 hồ sơ*",
        "Hồ sơ trực tiếp\n33 hồ sơ*",
        "Hồ sơ giải quyết\ntrước hạn\n7.373 hồ sơ*",
    ]


def test_a_flow_has_a_band_for_every_figure(ax, dossiers):
    charts.flow(ax, dossiers.loc[SOURCES], dossiers.loc[OUTCOMES])
    assert len(bands(ax)) == 6


def test_bands_are_as_thick_as_their_share(ax, dossiers):
    sources = dossiers.loc[SOURCES[:2]].assign(value=[75.0, 25.0])
    outcomes = dossiers.loc[OUTCOMES[:2]].assign(value=[99.0, 1.0])
    charts.flow(ax, sources, outcomes)
    assert [thickness(band) for band in bands(ax)] == pytest.approx([0.75, 0.25, 0.99, 0.01])


def test_small_figures_of_a_large_whole_are_told_apart(ax, dossiers):
    sources = dossiers.loc[SOURCES].assign(value=[7334.0, 33.0, 10.0])
    charts.flow(ax, sources, dossiers.loc[OUTCOMES].assign(value=[7363.0, 13.0, 1.0]))
    thin = [thickness(band) for band in bands(ax)]
    assert thin[1:3] + thin[4:5] == pytest.approx([33 / 7377, 10 / 7377, 13 / 7377])
    assert thin[5] == pytest.approx(charts.THINNEST_BAND)
    assert charts.WHOLE_HEIGHT * 72 * charts.THINNEST_BAND > 0.1  # points


def test_names_of_small_figures_do_not_overlap(ax, dossiers):
    outcomes = dossiers.loc[OUTCOMES].assign(value=[7_373.0, 1.0, 1.0])
    charts.flow(ax, dossiers.loc[SOURCES[:1]], outcomes)
    heights = [text.xy[1] for text in ax.texts[1:]]
    gaps = [below - above for above, below in pairwise(heights)]
    assert min(gaps) > 3 * charts.LINE_HEIGHT / charts.WHOLE_HEIGHT


def test_a_flow_is_as_high_as_its_labels_need(dossiers):
    few, many = dossiers.loc[OUTCOMES[:2]], dossiers.loc[[*OUTCOMES, *SOURCES]]
    assert charts.flow_height(few, few) < charts.flow_height(few, many)


def test_a_flow_of_different_units_is_refused(ax, dossiers):
    with pytest.raises(ValueError, match="different units cannot share an axis: hồ sơ, %"):
        charts.flow(ax, dossiers.loc[SOURCES], dossiers.loc[["tthc_online_rate"]])
