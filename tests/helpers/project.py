"""Constants of the project: its folder, the headers of its tables, its pages."""

from pathlib import Path

from caoan_stats.publish import worker
from caoan_stats.publish.plan import Plan, make_plan

PROJECT = Path(__file__).parent.parent.parent
HEADER = "indicator,year,value,change,qualifier,source,section,note\n"
TARGETS_HEADER = "indicator,year,lower,upper,closed,source,section,note\n"
SUBJECTS = [
    "audit", "budget", "dossiers", "economy", "governance", "livestock", "overview", "rice",
    "security", "society", "welfare",
]  # fmt: skip
SUBJECTS_OF = {2022: ["audit", "dossiers", "overview"], 2023: SUBJECTS, 2024: ["overview"]}
PAGES = [f"{year}/{subject}.html" for year, subjects in SUBJECTS_OF.items() for subject in subjects]
ANNUAL = [f"{year}/annual.html" for year in SUBJECTS_OF]


def plan_of(data: Path, out: Path, *selected: list, below: int = 0) -> Plan:
    """Build a data folder, and return the plan of its pages."""
    assert worker.build_data(data, below) is None
    return make_plan(data, out, *selected, below=below)
