import pickle

import pandas as pd
import pytest

from caoan_stats import Dataset
from caoan_stats.display.markup import strip_tags


@pytest.fixture
def card(shipped) -> pd.DataFrame:
    return shipped.scorecard(2023, "rice")


def shown(view: object) -> str:
    """Return the text of a value that a notebook displays."""
    return " ".join(strip_tags(view._repr_html_().replace("<", " <")).split())


def test_a_scorecard_is_a_table_in_vietnamese_words_and_numbers(card):
    words = shown(card)
    assert words.startswith("Số liệu và mục tiêu năm 2023 ")
    assert "Diện tích gieo trồng lúa (ha) khoảng 478,3 * 462,56" in words
    assert "rice_sown_area" not in words


def test_hovering_over_the_name_of_a_row_tells_its_definition(card):
    html = card.iloc[1:2]._repr_html_()
    assert 'title="Sản lượng lúa chia cho diện tích gieo trồng, số ước.' in html
    assert "Năng suất lúa trung bình" in html


def test_a_scorecard_without_rows_is_one_sentence(shipped):
    assert shown(shipped.scorecard(2030, "rice")) == "Chưa có số liệu và mục tiêu của năm 2030."


def test_selected_rows_of_a_scorecard_are_shown_the_same_way(card):
    words = shown(card[card["value"] > 1000])
    assert "Sản lượng lúa" in words
    assert "Diện tích gieo trồng lúa" not in words


def test_selected_columns_of_a_scorecard_are_shown_by_pandas(card):
    assert 'class="dataframe"' in card[["value", "unit"]]._repr_html_()


def test_a_scorecard_behaves_as_a_dataframe(card):
    assert isinstance(card, pd.DataFrame)
    assert repr(card) == repr(pd.DataFrame(card))
    assert type(card["value"]) is pd.Series
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(card)), card)
    assert card.attrs["year"] == 2023


def test_an_audit_shows_contradictions_and_folds_the_rest(shipped):
    html = shipped.audit(2023)._repr_html_()
    first, *folded = html.split("<details")
    assert "Mâu thuẫn năm 2023" in first
    assert "10,2%" in first
    assert ["Số liệu suy ra" in folded[0], "Quan hệ khớp" in folded[1]] == [True, True]


def test_an_audit_of_all_years_shows_each_year(shipped):
    words = shown(shipped.audit())
    assert words.index("Năm 2022: đã đối chiếu") < words.index("Năm 2023: đã đối chiếu")


def test_a_dataset_shows_its_tables_with_their_numbers_of_figures(shipped):
    words = shown(shipped)
    assert words.startswith("Số liệu kinh tế - xã hội xã Cao An: số chỉ tiêu Bảng Năm 2022")
    assert "Lúa (rice) 4 4 " in words


def test_text_from_data_cannot_become_markup(write_table, data):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("Năng suất lúa trung bình", "<b>Năng suất")
    path.write_text(text, encoding="utf-8")
    ds = Dataset.open(write_table("rice", "rice_yield,2023,115,,,bc2023,I,"))
    assert "&lt;b&gt;Năng suất" in ds.scorecard(2023, "rice")._repr_html_()
