"""Sentences of last year's report, whose figures the data has, tell what this year's are of."""

from dataclasses import replace

import pytest
from helpers.reading import document_of

from caoan_stats.reading.alike import patterns
from caoan_stats.reading.phrases import make_phrases
from caoan_stats.reading.report import read_document

LAST = "Nhìn chung bà con trong các thôn hiện đang nuôi được 220 con thỏ thịt."


@pytest.fixture
def read_like(known):
    """Read this year's sentence without phrases, with last year's report as a pattern."""
    alone = replace(
        known, phrases=make_phrases([]), sections={**known.sections, ("rabbits", 2023): ""}
    )

    def read(last: str, now: str) -> list[tuple[str, str]]:
        learned = patterns(document_of(last), alone, 2023)
        stated = read_document(document_of(now), alone, 2024, learned).statements
        return [(each.indicator, each.value) for each in stated]

    return read


def test_a_sentence_like_last_years_has_its_indicators(read_like):
    now = "Nhìn chung bà con trong các thôn hiện đang nuôi được 180 con thỏ thịt."
    assert read_like(LAST, now) == [("rabbits", "180")]


def test_a_few_other_words_do_not_matter(read_like):
    now = "Nhìn chung bà con ở khắp các thôn đang nuôi được khoảng 180 con thỏ thịt."
    assert read_like(LAST, now) == [("rabbits", "180")]


def test_another_sentence_tells_nothing(read_like):
    assert read_like(LAST, "Hội Nông dân tặng 180 con giống cho hội viên.") == []


def test_a_figure_that_the_data_does_not_have_tells_nothing(read_like):
    last = LAST.replace("220", "221")
    assert read_like(last, LAST.replace("220", "180")) == []


def test_each_figure_of_a_sentence_is_told_at_its_place(read_like):
    last = "Trong 95 hộ chăn nuôi, bà con hiện đang giữ được tổng cộng 220 con thỏ thịt."
    now = "Trong 90 hộ chăn nuôi, bà con hiện đang giữ được tổng cộng 180 con thỏ thịt."
    assert read_like(last, now) == [("rabbits", "180")]


def test_a_unit_that_is_not_of_the_indicator_is_not_read(read_like):
    now = "Nhìn chung bà con trong các thôn hiện đang nuôi được 180 ha thỏ thịt."
    assert read_like(LAST, now) == []
