import pytest

from caoan_stats import Dataset
from caoan_stats.datafolder import processed, processed_files
from caoan_stats.datafolder.processed_files import OutOfDateError


def test_processed_files_have_the_title_years_and_contradictions_of_the_dataset(data):
    processed.build(data)
    found, ds = processed_files.read_processed(data), Dataset.open(data)
    audit = ds.audit()
    new = audit[(audit["status"] == "broken") & (audit["acknowledged"] == "")]
    assert (found.title, found.years, found.unacknowledged) == (ds.title, ds.years, len(new))


def test_an_unacknowledged_contradiction_is_counted(data):
    path = data / "raw/dossiers.csv"
    text = path.read_text(encoding="utf-8").replace("in_progress,2023,1,", "in_progress,2023,3,")
    path.write_text(text, encoding="utf-8")
    processed.build(data)
    assert processed_files.read_processed(data).unacknowledged == 1


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
def test_processed_data_is_out_of_date_after_a_change(data, spoil):
    processed.build(data)
    spoil(data)
    with pytest.raises(OutOfDateError):
        processed_files.read_processed(data)


def test_data_without_processed_files_is_out_of_date(data):
    with pytest.raises(OutOfDateError):
        processed_files.read_processed(data)
