"""jupyter-scheduler runs the notebooks outside the project."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.labs import Lab, lab

from caoan_stats.publish.export import ReportExporter

pytestmark = pytest.mark.long
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("scheduler")) as running:
        yield running


def job(server: Lab, name: str, year: str) -> dict[str, Any]:
    """Create a job through the REST API, and wait until it has ended."""
    request = {
        "name": name,
        "input_uri": f"{name}.ipynb",
        "runtime_environment_name": server.ask("/scheduler/runtime_environments")[0]["name"],
        "parameters": {"year": year},
        "output_formats": ["ipynb", "html"],
    }
    code = server.ask("/scheduler/jobs", request)["job_id"]
    return wait(lambda: _ended(server.ask(f"/scheduler/jobs/{code}")))


def _ended(job: dict[str, Any]) -> dict[str, Any] | None:
    return job if job["status"] in ("COMPLETED", "FAILED") else None


def outputs(server: Lab, job: dict[str, Any]) -> dict[str, Path]:
    """Download the files of a job, and return their paths by format."""
    server.ask(f"/scheduler/jobs/{job['job_id']}/download_files")
    places = {each["file_format"]: each for each in _files(server, job)}
    return {kind: server.folder / each["file_path"] for kind, each in places.items()}


def _files(server: Lab, job: dict[str, Any]) -> list[dict[str, Any]]:
    def there() -> list[dict[str, Any]] | None:
        files = server.ask(f"/scheduler/jobs/{job['job_id']}")["job_files"]
        return files if all(each["file_path"] for each in files) else None

    return wait(there)


def wait(ask: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while (found := ask()) is None:
        assert time.monotonic() < end
        time.sleep(0.2)
    return found


def test_a_job_with_a_year_gives_the_page_of_the_year(server):
    done = job(server, "rice", "2022")
    assert (done["status"], done["status_message"]) == ("COMPLETED", None)
    made = outputs(server, done)
    html = made["html"].read_text(encoding="utf-8")
    assert "Sản xuất lúa năm 2022" in html
    assert "<svg" in html
    page, _ = ReportExporter().from_filename(str(made["ipynb"]))
    assert "<title>Sản xuất lúa năm 2022" in page


def test_a_job_reads_the_data_folder_of_the_environment(tmp_path, data):
    path = data / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("xã Cao An", "xã Khác"), "utf-8")
    rice = data / "raw/rice.csv"
    rice.write_text(rice.read_text(encoding="utf-8").replace("462.56", "399.11"), "utf-8")
    with lab(tmp_path / "lab", CAOAN_STATS_DATA=str(data)) as server:
        made = outputs(server, job(server, "rice", "2023"))
    assert "399,11" in made["html"].read_text(encoding="utf-8")
