"""The command `new-notebook`: a notebook about one table, in the project, which makes a page."""

import json
import re
from pathlib import Path

from caoan_stats.command.exits import INVALID
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.files import write_file
from caoan_stats.datafolder import package
from caoan_stats.datafolder.find import find_project
from caoan_stats.publish.notebooks import LAST, find_notebooks
from caoan_stats.publish.site import ANNUAL

TEMPLATE = Path(__file__).with_name("templates") / "notebook.ipynb"
NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def write_notebook(data: Path, name: str, table: str, title: str, speaker: Speaker) -> int:
    """Write `notebooks/<name>.ipynb` of the project, and return the exit code: 2 if it is refused.

    An empty `table` is the one called `name`, an empty `title` that of the table.
    """
    titles = package.load_package(data).titles
    path, table = find_project(data) / f"notebooks/{name}.ipynb", table or name
    others = find_notebooks(path.parent)
    title = title or titles.get(table, "")
    refused = {
        "notebook_name": not NAME.fullmatch(name) or name == ANNUAL,
        "notebook_exists": path.exists(),
        "notebook_table": table not in titles,
        "notebook_title": any(each.title == title for each in others),
    }
    if event := next((event for event, is_so in refused.items() if is_so), ""):
        known = ", ".join(titles)
        speaker.say(event, err=True, name=name, file=path, table=table, title=title, known=known)
        return INVALID
    place = max((each.order for each in others if each.order < LAST), default=0) + 1
    path.parent.mkdir(exist_ok=True)
    write_file(path, _filled(table, title, place).encode())
    speaker.say("notebook_written", file=path, name=name)
    return 0


def _filled(table: str, title: str, place: int) -> str:
    """Return the template as a notebook about a table, at a place of the report."""
    notebook = json.loads(TEMPLATE.read_bytes())
    notebook["cells"][0]["source"] = [f"# {title}"]
    notebook["metadata"]["caoan_stats"]["order"] = place
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    return text.replace(r"table = \"rice\"", rf"table = \"{table}\"") + "\n"
