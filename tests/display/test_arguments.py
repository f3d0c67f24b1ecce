"""A function of `page` says what to pass instead of an argument of the wrong kind."""

import pytest

from caoan_stats import page


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda _: page.trend("rice_yield"),
            "page.trend: found the text 'rice_yield'; expected the trend of an indicator: "
            'pass ds.trend("rice_yield")',
        ),
        (
            lambda ds: page.table(ds.table("rice"), "Lúa"),
            "page.table: found DataFrame of \"rice\" without the column 'value'; expected rows of "
            'a scorecard: pass ds.scorecard(year, "rice"); page.frame shows any DataFrame',
        ),
        (
            lambda _: page.bars("rice", "lúa"),
            "page.bars: found the text 'rice'; expected rows of a scorecard: "
            'pass ds.scorecard(year, "rice")',
        ),
        (
            lambda ds: page.results(card=ds.scorecard(2023)["value"], subject="mục tiêu"),
            "page.results: found Series; expected rows of a scorecard: "
            "pass ds.scorecard(year, ...)",
        ),
        (
            lambda ds: page.trend(ds.scorecard(2023)),
            "page.trend: found Scorecard without .attrs['label']; expected the trend of an "
            "indicator: pass ds.trend(...); page.frame shows any DataFrame",
        ),
        (
            lambda ds: page.flow(ds, [], []),
            "page.flow: found Dataset; expected rows of a scorecard: pass ds.scorecard(year, ...)",
        ),
        (
            lambda _: page.lead("rice", 2023),
            "page.lead: found the text 'rice'; expected a Dataset: pass Dataset.open()",
        ),
        (
            lambda ds: page.notes(ds, ds.trend("rice_yield")),
            "page.notes: found DataFrame of \"rice_yield\" without the column 'previous'; expected "
            "rows of a scorecard: "
            'pass ds.scorecard(year, "rice_yield"); page.frame shows any DataFrame',
        ),
    ],
)
def test_an_argument_of_the_wrong_kind_is_refused(call, message, shipped):
    with pytest.raises(TypeError) as caught:
        call(shipped)
    assert str(caught.value) == message


def test_the_trend_of_a_whole_table_is_refused_without_wrong_advice(shipped):
    with pytest.raises(TypeError, match=r"pass ds\.trend\(\.\.\.\)"):
        page.trend(shipped.table("rice"))
