import json

import pytest

from caoan_stats import Dataset
from caoan_stats.datafolder import processed, processed_files
from caoan_stats.datafolder.processed_files import OutOfDateError


def test_what_is_built_says_title_years_and_contradictions_as_the_dataset_does(data):
    processed.build(data)
    found, ds = processed_files.read_built(data), Dataset.open(data)
    audit = ds.audit()
    new = audit[(audit["status"] == "broken") & (audit["acknowledged"] == "")]
    assert (found.title, found.years, found.unseen) == (ds.title, ds.years, len(new))


def test_a_contradiction_that_nobody_has_acknowledged_is_counted(data):
    path = data / "raw/dossiers.csv"
    text = path.read_text(encoding="utf-8").replace("in_progress,2023,1,", "in_progress,2023,3,")
    path.write_text(text, encoding="utf-8")
    processed.build(data)
    assert processed_files.read_built(data).unseen == 1


def spoil_raw(data):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def spoil_processed(data):
    with (data / "processed/observations.csv").open("a", encoding="utf-8") as file:
        file.write(" ")


def spoil_descriptor(data):
    (data / "processed/datapackage.json").write_text("{}", encoding="utf-8")


def take_away(data):
    (data / "processed/audit.csv").unlink()


@pytest.mark.parametrize("spoil", [spoil_raw, spoil_processed, spoil_descriptor, take_away])
def test_what_was_changed_since_is_out_of_date(data, spoil):
    processed.build(data)
    spoil(data)
    with pytest.raises(OutOfDateError):
        processed_files.read_built(data)


def test_what_was_never_built_is_out_of_date(data):
    with pytest.raises(OutOfDateError):
        processed_files.read_built(data)


def test_the_basis_of_the_full_edition_is_the_data(data):
    first = processed_files.edition_digest(data)
    spoil_raw(data)
    assert processed_files.edition_digest(data) != first


def test_the_basis_of_a_public_edition_is_kept_until_the_data_changes(data):
    with pytest.raises(OutOfDateError):
        processed_files.edition_digest(data, 5)
    processed.ensure_edition(data, 5)
    first = processed_files.edition_digest(data, 5)
    assert first not in (processed_files.edition_digest(data), "")
    spoil_raw(data)
    with pytest.raises(OutOfDateError):
        processed_files.edition_digest(data, 5)


def test_a_spoilt_file_of_a_basis_is_out_of_date(data):
    processed.ensure_edition(data, 5)
    processed_files.edition_file(data, 5).write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(OutOfDateError):
        processed_files.edition_digest(data, 5)
