"""Passages in the words of many communes, each with its right reading: how much of them is read.

`benchmarks/reading.py` counts in the same way, and prints what was missed.
"""

from runpy import run_path
from types import SimpleNamespace

import pytest
from helpers.project import PROJECT
from helpers.reading import reading_of


@pytest.fixture(scope="module")
def score(known):
    benchmark = SimpleNamespace(**run_path(str(PROJECT / "benchmarks" / "reading.py")))
    counted = benchmark.Score()
    for _, text, rows, forms in benchmark.passages(benchmark.PASSAGES):
        counted.add(reading_of(text, known, benchmark.YEAR).statements, rows, forms)
    return counted


def test_certain_rows_are_right(score):
    right, wrong = score.rows["certain", True], score.rows["certain", False]
    assert right > 500
    assert right / (right + wrong) >= 0.99


def test_most_figures_are_found_and_most_of_these_are_certain(score):
    assert score.facts[True] / score.facts.total() >= 0.9
    assert score.certain_facts[True] / score.certain_facts.total() >= 0.8


def test_what_the_catalogue_has_no_figure_for_is_left_alone(score):
    assert score.alone[True] / score.alone.total() >= 0.95


def test_what_is_to_be_asked_is_not_certain(score):
    assert score.asks == 0
