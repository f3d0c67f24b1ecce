from itertools import pairwise

import pytest
from helpers.cards import make_row, make_trend
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from caoan_stats import charts
from caoan_stats.display import marks

REASON = "Từ năm 2022 rà soát theo chuẩn nghèo đa chiều mới"


@pytest.fixture
def ax():
    return Figure().subplots()


def all_texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def places(ax) -> list[float]:
    """Return the middles of the bars."""
    bars = [bar for bar in ax.patches if bar.get_clip_on() and not bar.get_alpha()]
    return [round(bar.get_x() + bar.get_width() / 2, 6) for bar in bars]


def dotted(ax) -> list[float]:
    return [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"]


def test_a_break_is_a_gap_with_a_dotted_line(ax, history):
    charts.trend(ax, history(2023).trend("poor_households").loc[2019:2023])
    gaps = [round(after - before, 6) for before, after in pairwise(places(ax))]
    assert gaps == [1, 1, 1.6, 1]
    assert places(ax)[2] < dotted(ax)[0] < places(ax)[3]


def test_the_reason_for_a_break_is_written_above_all_bars(ax, history):
    charts.trend(ax, history(2023).trend("poor_households"))
    [reason] = [text for text in ax.texts if "không so được" in text.get_text()]
    assert " ".join(reason.get_text().split()) == (
        "Từ năm 2022 không so được với trước: từ năm 2022 rà soát theo chuẩn nghèo đa chiều mới"
    )
    renderer = FigureCanvasAgg(ax.figure).get_renderer()
    highest = max(bar.get_window_extent(renderer).y1 for bar in ax.patches if bar.get_clip_on())
    assert reason.get_window_extent(renderer).y0 > highest


def test_two_breaks_have_two_gaps_and_two_reasons(ax):
    rows = [make_row(value=1), make_row(value=2, break_reason="Tách xã.")]
    charts.trend(ax, make_trend(2022, *rows, make_row(value=3, break_reason="Sáp nhập xã.")))
    assert places(ax) == [2022, 2023.6, 2025.2]
    [words] = [text for text in all_texts(ax) if "Tách" in text or "tách" in text]
    assert words.splitlines() == [
        "Từ năm 2023 không so được với trước:",
        "tách xã",
        "Từ năm 2024 không so được với trước:",
        "sáp nhập xã",
    ]


def test_a_break_before_the_first_year_is_not_drawn(ax):
    rows = [make_row(value=1, break_reason=REASON), make_row(value=2), make_row(value=3)]
    charts.trend(ax, make_trend(2022, *rows))
    assert dotted(ax) == []
    assert places(ax) == [2022, 2023, 2024]


def test_every_year_is_named_at_its_own_bar(ax, history):
    charts.trend(ax, history(2022).trend("near_poor_households").loc[2020:2022])
    names = {text.get_text(): text.xy[0] for text in ax.texts}
    named = {year: names[year] for year in ("2020", "2021", "2022")}
    assert named == dict(zip(named, places(ax), strict=True))


def test_an_assumed_figure_has_its_own_dot_and_key(ax, shipped):
    charts.trend(ax, shipped.trend("rice_yield_per_crop"))
    assert [line.get_marker() for line in ax.lines if line.get_marker() == "X"] == ["X"] * 3
    assert {"Giả định", "Mục tiêu"} <= {*all_texts(ax)}
    assert not {"Suy ra", "Nguồn nêu"} & {*all_texts(ax)}


def test_a_target_of_another_fact_than_the_value_is_not_drawn(ax, shipped):
    charts.trend(ax, shipped.trend("budget_revenue"))
    assert "Mục tiêu" not in all_texts(ax)


def test_a_label_has_no_more_digits_than_its_figure(ax, history):
    charts.trend(ax, history(2021).trend("budget_revenue").loc[2019:2021])
    assert all_texts(ax)[:3] == ["12,4 tỷ", "13,65 tỷ", "ước 14,1 tỷ"]


def dots(ax) -> list[tuple[float, str]]:
    """Return the year and the fill of each dot on a line; not the marks of the legend."""
    lines = [line for line in ax.lines if line.get_marker() == "o"]
    years = [(line.get_xdata()[0], line.get_markerfacecolor()) for line in lines]
    return [(year, fill) for year, fill in years if year > 1000]


def rise(*values: float, **last: object):
    rows = [make_row(value=value) for value in values[:-1]]
    return make_trend(2018, *rows, make_row(value=values[-1], **last))


def test_six_figures_are_a_line_with_hollow_dots_for_derived_ones(ax):
    charts.trend(ax, rise(5, 6, 4, 7, 8, 9, derived=True))
    assert places(ax) == []
    assert dots(ax)[-1] == (2023, marks.PAPER)
    assert {fill for _, fill in dots(ax)[:-1]} == {marks.BLUE}


@pytest.mark.parametrize(("count", "drawn"), [(2, "dots"), (3, "bars"), (5, "bars"), (6, "dots")])
def test_three_to_five_figures_are_bars_fewer_and_more_are_a_line(ax, count, drawn):
    charts.trend(ax, rise(*range(4, 4 + count)))
    assert (len(places(ax)), len(dots(ax))) == ((count, 0) if drawn == "bars" else (0, count))


def test_a_line_names_its_last_first_highest_and_lowest_figure(ax):
    charts.trend(ax, rise(5.1, 7.1, 2.1, 6.1, 12.1, 8.1, 9.1))
    named = [text for text in all_texts(ax) if text.endswith(",1")]
    assert named == ["9,1", "5,1", "12,1", "2,1"]


def test_a_line_has_a_gap_at_a_break(ax):
    rows = [make_row(value=value) for value in (1, 2, 3, 4, 5)]
    charts.trend(ax, make_trend(2018, *rows, make_row(value=9, break_reason="Sáp nhập")))
    runs = [line.get_xydata().tolist() for line in ax.lines if line.get_linewidth() == 1.8]
    assert runs == [[[2018, 1], [2019, 2], [2020, 3], [2021, 4], [2022, 5]], [[2023.6, 9]]]
