import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from caoan_stats import charts
from caoan_stats.display import marks


@pytest.fixture
def ax():
    return Figure().subplots()


def texts(ax) -> list[str]:
    """The words beside marks and the names of rows."""
    held = ("data", ("axes fraction", "data"))
    return [text.get_text() for text in ax.texts if text.get_text() and text.xycoords in held]


def scale(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if isinstance(text.xycoords, Transform)]


def key(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.xycoords == "axes fraction"]


def bars(ax) -> list[Rectangle]:
    """The rectangles of a chart without the bands of targets and the signs of its key."""
    return [bar for bar in ax.patches if bar.get_clip_on() and not bar.get_alpha()]


def test_a_trend_draws_each_year_and_the_target_to_come(ax, shipped):
    drawn = charts.trend(ax, shipped.trend("culture_family_rate"))
    assert drawn is ax
    assert [bar.get_height() for bar in bars(ax)] == [90, 96]
    assert texts(ax) == ["90%", "96%", "> 96"]
    assert scale(ax)[-3:] == ["2022", "2023", "2024"]


def test_a_year_with_nothing_to_draw_has_no_place(ax, shipped):
    charts.trend(ax, shipped.trend("poor_households"))
    assert scale(ax)[-2:] == ["2022", "2023"]
    assert "2024" not in scale(ax)


def test_a_derived_figure_is_hatched(ax, shipped):
    charts.trend(ax, shipped.trend("rice_yield"))
    assert [bar.get_hatch() for bar in bars(ax)] == [marks.HATCH, None]
    assert key(ax) == ["Nguồn nêu", "Suy ra"]


def test_a_target_of_two_bounds_is_a_band(ax, shipped):
    charts.trend(ax, shipped.trend("new_jobs"))
    assert texts(ax) == ["110 người", "100–150", "130–150"]
    bands = [patch for patch in ax.patches if patch.get_alpha()]
    assert [(band.get_y(), band.get_height()) for band in bands] == [(100, 50), (130, 20)]


def years(count: int) -> pd.DataFrame:
    """A trend of so many years, each with a figure and a target."""
    frame = pd.DataFrame(
        {
            "value": 10.0,
            "lower": 9.0,
            "upper": float("nan"),
            "closed": "both",
            "qualifier": "about",
        },
        index=range(2001, 2001 + count),
    ).assign(derived=False, hidden="")
    frame.attrs["unit"] = "ha"
    return frame


def test_few_years_are_all_written_out(ax):
    charts.trend(ax, years(4))
    assert texts(ax) == ["khoảng 10 ha"] * 4 + ["≥ 9"] * 4


def test_a_long_unit_is_left_to_the_caption_where_the_years_are_several(ax):
    frame = years(3)
    frame.attrs["unit"] = "triệu đồng"
    charts.trend(ax, frame)
    assert texts(ax) == ["khoảng 10"] * 3 + ["≥ 9"] * 3


def test_of_many_years_the_ends_are_written_out(ax):
    charts.trend(ax, years(30))
    assert texts(ax) == ["10", "10", "≥ 9"]
    assert len([tick for tick in scale(ax) if tick.startswith("20")]) <= 8


def test_many_years_without_a_figure_are_drawn(ax):
    charts.trend(ax, years(6).assign(value=float("nan")))
    assert texts(ax) == ["≥ 9"]


def test_years_without_anything_are_drawn_as_an_empty_chart(ax):
    charts.trend(ax, years(2).assign(value=float("nan"), lower=float("nan")))
    assert texts(ax) == []
    assert scale(ax)[-2:] == ["2001", "2002"]


def test_bars_are_named_and_labelled_in_vietnamese(ax, shipped):
    card = shipped.scorecard(2023, "budget").loc[["budget_revenue", "budget_carry_over"]]
    charts.bars(ax, card)
    assert texts(ax) == [
        "18,62 tỷ đồng",
        "558,94 triệu đồng",
        "Thu ngân sách",
        "Chi chuyển nguồn",
    ]


def test_bars_keep_the_qualifier(ax, shipped):
    charts.bars(ax, shipped.scorecard(2023, "livestock").loc[["pigs", "dogs"]])
    assert texts(ax)[:2] == ["trên 300 con", "khoảng 420 con"]


def test_changes_show_both_years(ax, shipped):
    charts.changes(ax, shipped.scorecard(2023, "welfare").loc[["poor_households"]])
    assert texts(ax) == ["31", "28", "Hộ nghèo"]
    assert key(ax) == ["Năm 2022", "Năm 2023"]


def test_negative_figures_stay_in_sight(ax, shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs"]].assign(value=[-300.0, 420.0])
    charts.bars(ax, card)
    left, right = ax.get_xlim()
    assert left < -300 < 420 < right


def test_a_trend_below_zero_stays_in_sight(ax):
    charts.trend(ax, years(2).assign(value=[-5.0, 5.0]))
    assert ax.get_ylim()[0] < -5


def test_figures_of_different_units_are_refused(ax, shipped):
    card = shipped.scorecard(2023, "rice").loc[["rice_sown_area", "rice_yield"]]
    with pytest.raises(ValueError, match="different units cannot share an axis: ha, tạ/ha"):
        charts.bars(ax, card)


def test_zeros_alone_are_drawn(ax, shipped):
    charts.bars(ax, shipped.scorecard(2023, "dossiers").loc[["tthc_overdue"]])
    assert texts(ax) == ["0 hồ sơ", "Hồ sơ quá hạn"]


def test_growth_is_told_by_sign_words_and_side(ax, shipped):
    cards = shipped.scorecard(2023, ["rice", "culture"])
    card = cards.loc[["rice_yield", "culture_family_rate"]].assign(pct_change=[-0.0945, 0.5])
    charts.growth(ax, card)
    assert texts(ax)[:2] == ["▼ −9,45%", "▲ +50%"]
    assert [bar.get_width() for bar in bars(ax)] == [-9.45, 50]
    assert [bar.get_hatch() for bar in bars(ax)] == [marks.HATCH, None]


def test_a_result_stands_as_a_share_of_what_was_planned(ax, shipped):
    card = shipped.scorecard(2023).loc[["budget_revenue_pct_of_plan", "new_jobs"]]
    charts.bullets(ax, card)
    assert [bar.get_width() for bar in bars(ax)] == [97.14, 110]
    assert texts(ax) == [
        "Thu ngân sách so với kế hoạch năm\n✗ 97,14%, mục tiêu ≥ 100",
        "Số người có việc làm mới\n✓ 110 người, mục tiêu 100–150",
    ]


def test_a_missed_target_is_hollow(ax, shipped):
    card = shipped.scorecard(2023).loc[["budget_revenue_pct_of_plan", "new_jobs"]]
    charts.bullets(ax, card)
    assert [to_hex(bar.get_facecolor()) for bar in bars(ax)] == [marks.PAPER, marks.BLUE]


def test_a_ceiling_is_a_plan_too(ax, shipped):
    card = shipped.scorecard(2023).loc[["new_jobs"]].assign(lower=float("nan"), upper=100.0)
    charts.bullets(ax, card)
    assert [bar.get_width() for bar in bars(ax)] == [110]


def test_what_is_not_public_is_written_and_not_drawn(ax, shipped):
    card = shipped.scorecard(2023, "welfare").loc[["poor_households", "near_poor_households"]]
    hidden = card.assign(value=[float("nan"), 20.0], hidden=["<5", ""])
    charts.bars(ax, hidden)
    assert texts(ax)[:2] == ["<5", "20 hộ"]
    assert [bar.get_width() for bar in bars(ax)] == [0, 20]


def test_a_year_that_is_not_public_is_written_and_not_drawn(ax):
    frame = years(2).assign(value=[float("nan"), 7.0], hidden=["<5", ""], lower=float("nan"))
    charts.trend(ax, frame)
    assert texts(ax) == ["<5", "khoảng 7 ha"]
    assert [bar.get_height() for bar in bars(ax)] == [7]


def test_a_scale_has_round_numbers_in_vietnamese(ax, shipped):
    charts.trend(ax, shipped.trend("rice_production"))
    assert scale(ax)[:5] == ["0", "15 nghìn", "30 nghìn", "45 nghìn", "60 nghìn"]
    charts.bars(other := Figure().subplots(), shipped.scorecard(2023, "budget").iloc[:1])
    assert scale(other)[0] == "0"
