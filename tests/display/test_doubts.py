import pytest
from helpers.cards import make_card, make_row
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.concepts.doubts import DOUBTS
from caoan_stats.display import blocks, tables
from caoan_stats.display.doubts import linked, mark, spoken, without_dangling
from caoan_stats.display.notes import Note

MARKED = f"20 < 30{mark(make_row(value=20, doubts=('derived', 'annotated')))}"


def doubts(ds: Dataset, code: str, year: int) -> tuple[str, ...]:
    """Return the doubts of a figure as a trend has them; those of a scorecard are the same."""
    table = ds.indicators.at[code, "table"]
    now, later = (ds.scorecard(each, table).loc[code] for each in (year, year + 1))
    found = ds.trend(code).at[year, "doubts"]
    assert now["doubts"] == later["previous_doubts"] == found
    return found


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("rice_sown_area", 2023, ()),
        ("rice_sown_area", 2022, ("derived",)),
        ("rice_yield_per_crop", 2023, ("assumed",)),
        ("rice_yield", 2023, ("annotated",)),
    ],
)
def test_a_figure_is_doubtful_if_no_source_states_it_or_it_has_a_note(
    shipped, code, year, expected
):
    assert doubts(shipped, code, year) == expected


def test_a_figure_that_documents_state_differently_is_doubtful(hindsight):
    assert doubts(hindsight, "poor_households", 2023) == ("revised", "annotated")


def test_every_figure_of_a_contradiction_is_disputed_until_it_is_acknowledged(data):
    lines = ["poultry 2023 bc2023 value=100", "chickens 2023 bc2023 value=60"]
    lines += ["ducks 2023 bc2023 value=50", "pigs 2023 bc2023 value=9"]
    ds = Dataset.open(state(data, *lines, relations=["poultry,=,chickens + ducks"]))
    codes = ("poultry", "chickens", "ducks", "pigs")
    disputed = ("disputed",)
    assert [doubts(ds, code, 2023) for code in codes] == [disputed, disputed, disputed, ()]
    (data / "acknowledged.csv").write_text(
        "left,operator,right,year,reason\npoultry,=,chickens + ducks,2023,Giữ.\n", "utf-8"
    )
    assert [doubts(Dataset.open(data), code, 2023) for code in codes] == [()] * 4


def test_a_mark_is_a_link_on_a_page_and_words_elsewhere():
    assert linked(MARKED) == (
        '20 &lt; 30<a class="doubt" href="#ghi-chu-a" title="suy ra, có ghi chú" '
        'aria-label="(suy ra, có ghi chú)">*</a>'
    )
    assert spoken(MARKED) == "20 < 30 (suy ra, có ghi chú)"


def test_a_figure_that_is_not_public_has_no_mark():
    assert mark(make_row(hidden="<5", doubts=("derived",))) == ""


@pytest.mark.parametrize("code", DOUBTS)
def test_every_doubt_is_marked_in_a_table(code):
    block = blocks.table(tables.results(make_card(make_row(value=3, doubts=(code,)))), "Bảng")
    assert f'href="#ghi-chu-a" title="{DOUBTS[code]}"' in block.html
    assert ("3" if code == "annotated" else f"3 ({DOUBTS[code]})") in block.text


def test_the_first_note_on_an_indicator_is_where_its_marks_lead():
    block = blocks.notes([Note("Một.", ("a",)), Note("Hai.", ("a", "b")), Note("Nguồn.")])
    assert block.html.splitlines() == [
        '<ul class="notes">',
        '<li><span id="ghi-chu-a"></span>Một.</li>',
        '<li><span id="ghi-chu-b"></span>Hai.</li>',
        "<li>Nguồn.</li>",
        "</ul>",
    ]


def test_a_mark_without_a_note_on_its_page_is_no_link():
    html = str(linked(MARKED))
    assert without_dangling(f'{html}<span id="ghi-chu-a"></span>').startswith(html)
    assert without_dangling(html) == (
        '20 &lt; 30<span class="doubt" title="suy ra, có ghi chú">*</span>'
    )


def test_a_mark_leads_to_another_page_only_if_the_note_is_there():
    html = str(linked(f"3{mark(make_row(doubts=('derived',)), page='2023/a.html')}"))
    assert without_dangling(html, {"2023/a.html": '<span id="ghi-chu-a"></span>'}) == html
    assert without_dangling(html, {"2023/a.html": ""}).startswith('3<span class="doubt"')
