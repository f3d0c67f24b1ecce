"""A page is made of what its key says: data, notebook, and what the notebook reads besides."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.project import plan_of

from caoan_stats.publish import run, worker
from caoan_stats.publish.jobs import LIMITS, Result, read_key


@pytest.fixture
def make(project) -> Callable[..., Result]:
    """Make the page of the notebook `one` for 2023, and return the result."""

    def make(below: int = 0) -> Result:
        planned = plan_of(project / "data", project / "out", [2023], ["one"], below=below)
        [result] = run.perform_jobs(planned.requested)
        return result

    return make


def reasons(result: Result, project: Path) -> list[str]:
    """Return why the page of a result would be made again."""
    [job] = plan_of(project / "data", project / "out", [2023], ["one"]).requested
    return job.reasons


def add_row(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("create table if not exists a (b)")
        database.execute("insert into a values (1)")


READ = {
    "a module": ("import tienich", "tienich.py", lambda path: path.write_text("X = 22")),
    "a table": (
        "import pandas as pd\n\npd.read_csv('số liệu.csv')",
        "số liệu.csv",
        lambda path: path.write_text("a,b\n1,3\n"),
    ),
    "a file in another folder": (
        "from pathlib import Path\n\nPath('../khác.txt').read_bytes()",
        "../khác.txt",
        lambda path: path.write_text("other"),
    ),
    "a database": (
        "import sqlite3\n\nsqlite3.connect('d.db').execute('select * from a').fetchall()",
        "d.db",
        add_row,
    ),
    "a file opened by its descriptor": (
        "import os\n\nos.open('d.bin', os.O_RDONLY)",
        "d.bin",
        lambda path: path.write_text("other"),
    ),
    "the names in a folder": (
        "from pathlib import Path\n\nsorted(Path('lib').glob('*.txt'))",
        "lib",
        lambda path: (path / "b.txt").touch(),
    ),
    "a picture": (
        "from IPython.display import Markdown\n\nMarkdown('![Ruộng lúa](d.bin)')",
        "d.bin",
        lambda path: path.write_bytes(b"GIF89a"),
    ),
    "a picture that is not there": (
        'from IPython.display import HTML\n\nHTML(\'<img src="e.gif" alt="Ruộng lúa">\')',
        "e.gif",
        lambda path: path.write_bytes(b"GIF89a"),
    ),
    "a file that is not there": (
        "import os\n\ntry:\n    open('a.json')\nexcept OSError:\n    pass",
        "a.json",
        lambda path: path.write_text("{}"),
    ),
}


@pytest.mark.parametrize(("code", "name", "change"), READ.values(), ids=READ)
def test_a_page_is_stale_after_a_change_of_what_its_notebook_read(
    make, add_notebook, project, code, name, change
):
    path = project / "notebooks" / name
    for each, text in (("tienich.py", "X = 1"), ("số liệu.csv", "a,b\n1,2\n"), ("d.bin", "1")):
        (path.parent / each).write_text(text)
    (project / "khác.txt").touch()
    (project / "notebooks/lib").mkdir()
    add_row(project / "notebooks/d.db")
    add_notebook("one", code)
    made = make()
    assert made.outcome == "made", made.reason
    assert reasons(made, project) == []
    change(path)
    assert reasons(made, project) == [f"read:{name}"]


UNREAD = {
    "the data": "from caoan_stats import Dataset\n\nDataset.open().table('rice')",
    "installed packages": "import smtplib, email.policy, matplotlib.pyplot as plt\n\nplt.plot([1])",
    "the versions of packages": "from importlib.metadata import version\n\nversion('pandas')",
    "what the notebook writes": "open('a', 'w').write('1')\n\nopen('a').read()",
    "what the system has": "open('/etc/hosts').read()",
}


@pytest.mark.parametrize("code", UNREAD.values(), ids=UNREAD)
def test_a_page_records_nothing_else(make, add_notebook, code):
    add_notebook("one", code)
    made = make()
    assert made.outcome == "made", made.reason
    assert read_key(made.job.page) == made.job.key


def test_a_file_that_changed_while_the_notebook_ran_makes_the_page_stale(
    make, add_notebook, project
):
    (project / "notebooks/a").write_text("1")
    code = "import os\n\nopen('a').read()\nos.system('echo 2 > a; echo 1 > a')"
    add_notebook("one", code)
    assert reasons(make(), project) == ["read:a"]


DATA = "data/raw/rice.csv"


@pytest.mark.parametrize("name", [DATA, "notebooks/one.ipynb"])
def test_a_page_is_not_made_of_what_was_changed_and_changed_back(make, add_notebook, project, name):
    edit = (
        "import os, pathlib, subprocess\n\n"
        f"place = pathlib.Path('../{name}')\nbefore, times = place.read_bytes(), os.stat(place)\n"
        "place.write_bytes(before + b' ')\n\n"
        "place.write_bytes(before)\nos.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))"
    )
    add_notebook("one", edit)
    made = make()
    assert (made.outcome, str(made.reason)) == (
        "failed",
        "data or notebook changed during the run; run it again",
    )
    assert not made.job.page.exists()


def test_a_page_is_not_made_of_data_that_changed_after_the_plan(add_notebook, project):
    add_notebook("one", "year")
    planned = plan_of(project / "data", project / "out", [2023])
    path = project / DATA
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53196"), encoding="utf-8")
    [result] = run.perform_jobs(planned.requested)
    assert result.outcome == "failed"


def test_digests_of_a_public_page_cannot_be_recomputed_from_a_guess(make, add_notebook, project):
    (project / "notebooks/a").write_text("3")
    add_notebook("one", "open('a').read()")
    full, public = (read_key(make(below).job.page).split()[-1] for below in (0, 5))
    assert full.endswith(":a")
    assert public.endswith(":a")
    assert full != public
    stored = json.loads((project / "data/processed/edition-5.json").read_bytes())
    assert len(stored["salt"]) == 32


def test_a_job_does_not_publish_after_its_run_has_ended(add_notebook, project):
    add_notebook("one", "year")
    [job] = plan_of(project / "data", project / "out", [2023]).requested
    late = worker.make_page(replace(job, token="of a run that has ended"), LIMITS)
    assert str(late.reason) == "the run does not hold the folder of exports any more"
    assert not any(project.glob("out/**/one.*"))
