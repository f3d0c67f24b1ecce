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
YEARS = (2022, 2023, 2024)
FIGURES_OF_2023 = ("budget", "governance", "livestock", "security")  # subjects of one year
PAGES = [
    f"{year}/{subject}.html"
    for year in YEARS
    for subject in SUBJECTS
    if year == 2023
    or subject in ("overview", "audit")
    or (year == 2022 and subject not in FIGURES_OF_2023)
]
ANNUAL = [f"{year}/annual.html" for year in YEARS]


def plan_of(data: Path, out: Path, *selected: list, below: int = 0) -> Plan:
    """Build a data folder, and return the plan of its pages."""
    assert worker.build_data(data, below) is None
    return make_plan(data, out, *selected, below=below)
