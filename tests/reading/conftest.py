"""Fixtures of drafts, a data folder and the import into it; and of reading, what a reader knows."""

import pytest
from helpers.importing import built, new_lines
from helpers.project import PROJECT
from helpers.reading import Read, reading_of, short

from caoan_stats import Dataset
from caoan_stats.reading.catalogue import Catalogue, make_reader_catalogue

__all__ = ["built", "new_lines"]


@pytest.fixture(scope="session")
def known() -> Catalogue:
    """What a reader knows of the shipped data folder."""
    return make_reader_catalogue(Dataset.open(PROJECT / "data", public_below=0))


@pytest.fixture(scope="session")
def read(known: Catalogue) -> Read:
    """Read a text, as the report of a year, into short strings."""
    return lambda text, year=2024: [
        short(each) for each in reading_of(text, known, year).statements
    ]


@pytest.fixture(scope="session")
def left(known: Catalogue) -> Read:
    """Return the numbers of a text that are not read."""
    return lambda text, year=2024: [each.number for each in reading_of(text, known, year).unread]
