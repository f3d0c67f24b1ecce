"""Every indicator of the catalogue has a definition that says more than its label."""

import re
import unicodedata

import pytest
from helpers.project import PROJECT

from caoan_stats import Dataset

LONGEST = 200  # characters
STANDARDS = re.compile(r"ISO 9001:2015|Đề án 06|Nghị định 131|5 sao|là 0 khi")


@pytest.fixture(scope="module")
def catalogue():
    """Label and definition of each indicator, by code."""
    rows = Dataset.open(PROJECT / "data").indicators
    return {row.Index: (row.label, row.definition) for row in rows.itertuples()}


def test_a_definition_is_one_or_two_short_sentences(catalogue):
    for code, (_, definition) in catalogue.items():
        assert 1 <= len(re.findall(r"\.(?: |$)", definition)) <= 2, code
        assert definition.endswith("."), code
        assert len(definition) <= LONGEST, code


def test_a_definition_does_not_begin_by_repeating_the_label(catalogue):
    for code, (label, definition) in catalogue.items():
        assert not definition.casefold().startswith(label.casefold()), code


def test_a_definition_has_no_figure_of_a_report(catalogue):
    for code, (label, definition) in catalogue.items():
        numbers = re.findall(r"\d+", STANDARDS.sub("", definition))
        assert {*numbers} <= {*re.findall(r"\d+", label)}, code


def test_a_definition_is_composed_unicode(catalogue):
    for code, (_, definition) in catalogue.items():
        assert unicodedata.is_normalized("NFC", definition), code


def test_no_two_indicators_have_the_same_definition(catalogue):
    codes = {definition: code for code, (_, definition) in catalogue.items()}
    assert [code for code in catalogue if code not in codes.values()] == []
