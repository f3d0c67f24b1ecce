"""What the figures of a year say of it as a whole, in the general assessment of its report."""

from collections.abc import Iterable, Mapping

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.statuses import with_verdict
from caoan_stats.dataset import Dataset
from caoan_stats.display import sentences

MERITS, LIMITS = "I.DGC.1", "I.DGC.2"  # sections of the assessment


def assessment(ds: Dataset, year: int) -> dict[str, list[str]]:
    """Return sentences by section: what was reached, missed, better, worse, and is disputed.

    They name indicators without their figures, which have their own sections. A section without
    any has a bracket to fill in.
    """
    card = [row for row in records(ds.scorecard(year, [*ds.titles])) if not row["assumed"]]
    found = records(ds.findings(year))
    disputed: list[Row] = [row for row in found if row["kind"] == "disputed"]
    left = {row["indicator"] for row in found} - {row["indicator"] for row in disputed}
    kinds: dict[str, list[Row]] = {
        kind: [row for row in card if row["status"] in with_verdict(verdict)]  # type: ignore[arg-type]
        for kind, verdict in (("reached", "reached"), ("missed", "missed"))
    }
    judged = {row["indicator"] for rows in kinds.values() for row in rows}
    rest = [row for row in card if row["indicator"] in left - judged]
    for kind, outcome in (("better", "good"), ("worse", "bad")):
        kinds[kind] = [row for row in rest if sentences.outcome(row) == outcome]
    kinds["disputed"] = disputed
    sections = {MERITS: ("reached", "better"), LIMITS: ("missed", "worse", "disputed")}
    return {code: _lines(kinds, names, year) for code, names in sections.items()}


def _lines(kinds: Mapping[str, list[Row]], names: Iterable[str], year: int) -> list[str]:
    lines = [
        phrase(f"report.found_{kind}", before=year - 1, names=_listed(kinds[kind]))
        for kind in names
        if kinds[kind]
    ]
    return lines or [phrase("report.to_assess")]


def _listed(rows: Iterable[Row]) -> str:
    return "; ".join(labels.inside(row["label"]) for row in rows)
