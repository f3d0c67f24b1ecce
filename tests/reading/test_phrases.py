"""Phrases of small tables: `must` stands near a figure, `context` anywhere, `must_not` not near."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.reading import reading_of

from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.phrases import make_phrases

Named = Callable[[str, str], list[str]]


@pytest.fixture
def named(known: Catalogue) -> Named:
    """Return the indicators whose values a text states, with the rows of a small phrase table."""

    def read(rows: str, text: str) -> list[str]:
        names = ("indicator", "must", "context", "must_not")
        table = make_phrases(
            dict(zip(names, row.split(","), strict=False)) for row in rows.split(" + ")
        )
        stated = reading_of(text, replace(known, phrases=table)).statements
        return [each.indicator for each in stated if each.value]

    return read


def test_one_alternative_of_must_stands_near_the_figure(named):
    assert named("pigs,lợn|heo", "Đàn heo có 350 con.") == ["pigs"]
    assert named("pigs,lợn|heo", "Đàn chó có 350 con.") == []


def test_every_group_of_must_stands_near_it(named):
    assert named("pigs,đàn;lợn", "Đàn lợn có 350 con.") == ["pigs"]
    assert named("pigs,đàn;lợn", "Số lợn có 350 con.") == []


def test_context_stands_anywhere_before_the_figure(named):
    row = "pigs,tổng,lợn"
    assert named(row, "Chăn nuôi lợn ổn định, tổng 350 con.") == ["pigs"]
    assert named(row, "Chăn nuôi lợn ổn định. Tổng 350 con.") == ["pigs"]
    assert named(row, "I. Nuôi lợn\nTổng 350 con.") == ["pigs"]
    assert named(row, "Chăn nuôi ổn định, tổng 350 con.") == []


def test_must_not_stands_nowhere_near_the_figure(named):
    row = "pigs,lợn,,giống"
    assert named(row, "Đàn lợn có 350 con.") == ["pigs"]
    assert named(row, "Đàn lợn giống có 350 con.") == []
    assert named(row, "Nhờ chọn giống, đàn lợn có 350 con.") == ["pigs"]


def test_more_words_name_an_indicator_better_than_fewer(named):
    rows = "rabbits,đàn + pigs,đàn;lợn"
    assert named(rows, "Đàn lợn có 350 con.") == ["pigs"]


def test_two_indicators_named_alike_are_refused(named):
    rows = "rabbits,lợn + pigs,lợn"
    assert named(rows, "Đàn lợn có 350 con.") == []


def test_an_indicator_named_nearly_as_well_is_told(known):
    rows = [
        {"indicator": "pigs", "must": "tổng đàn lợn"},
        {"indicator": "rabbits", "must": "đàn", "context": "gia súc"},
    ]
    table = replace(known, phrases=make_phrases(rows))
    [one] = reading_of("Chăn nuôi gia súc ổn định, tổng đàn lợn 350 con.", table).statements
    assert (one.indicator, one.doubt, one.others) == ("pigs", "tie", ("rabbits",))


def test_a_unit_decides_between_indicators_that_are_named_alike(named):
    rows = "rice_yield,lúa + rice_sown_area,lúa"
    assert named(rows, "Lúa đạt 450 ha.") == ["rice_sown_area"]
    assert named(rows, "Lúa đạt 118 tạ/ha.") == ["rice_yield"]


def test_signs_between_the_words_of_a_phrase_are_passed_over(named):
    assert named("pigs,đàn lợn", "Đàn “lợn” có 350 con.") == ["pigs"]
    assert named("pigs,đàn lợn", "Theo dõi đàn; lợn có 350 con.") == []


def test_an_abbreviation_is_the_words_that_it_stands_for(named):
    row = "health_insurance_participants,bảo hiểm y tế"
    assert named(row, "Có 1.500 người tham gia BHYT.") == ["health_insurance_participants"]
