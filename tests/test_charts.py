import pandas as pd
import pytest
from matplotlib.figure import Figure

from caoan_stats import charts


@pytest.fixture
def ax():
    return Figure().subplots()


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_a_trend_draws_each_year_and_the_target_to_come(ax, shipped):
    drawn = charts.trend(ax, shipped.trend("culture_family_rate"))
    assert drawn is ax
    assert [bar.get_height() for bar in ax.patches] == [90, 96]
    assert texts(ax) == ["90%", "96%", "> 96"]
    assert [int(tick) for tick in ax.get_xticks()] == [2022, 2023, 2024]


def test_a_derived_figure_is_hatched(ax, shipped):
    charts.trend(ax, shipped.trend("rice_yield"))
    assert [bar.get_hatch() for bar in ax.patches] == [charts.HATCH, None]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Nguồn nêu", "Suy ra"]


def test_a_target_of_two_bounds_is_a_band(ax, shipped):
    charts.trend(ax, shipped.trend("new_jobs"))
    assert texts(ax) == ["110 người", "100–150", "130–150"]
    bands = [each for each in ax.collections if each.get_alpha()]
    assert len(bands) == 2


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
    ).assign(derived=False)
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
    assert len(ax.get_xticks()) <= 8


def test_many_years_without_a_figure_are_drawn(ax):
    charts.trend(ax, years(6).assign(value=float("nan")))
    assert texts(ax) == ["≥ 9"]


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
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Năm 2022", "Năm 2023"]


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


def picture(frame: pd.DataFrame, description: str) -> str:
    return charts.svg(lambda ax: charts.trend(ax, frame), 3, description)


def test_a_picture_has_real_text_and_says_what_it_shows(shipped):
    svg = picture(shipped.trend("rice_yield"), 'Năng suất: "115" < 127')
    assert svg.startswith('<svg role="img" aria-label="Năng suất: &quot;115&quot; &lt; 127"')
    assert ">ước 115 tạ/ha</text>" in svg


def test_the_same_chart_is_the_same_picture(shipped):
    frame = shipped.trend("rice_yield")
    assert picture(frame, "x") == picture(frame, "x")


def test_a_picture_has_no_id_that_nothing_refers_to(shipped):
    svg = picture(shipped.trend("rice_yield"), "x")
    assert 'id="figure_1"' not in svg
    assert 'id="axes_1"' not in svg


def test_text_from_data_cannot_become_markup_or_mathematics(shipped):
    frame = shipped.trend("rice_yield")
    frame.attrs["unit"] = "<script>$x^2$"
    svg = picture(frame, "x")
    assert "<script>" not in svg
    assert "&lt;script&gt;$x^2$" in svg
