"""Targets: the interval in which a figure should lie, its status, and the pace towards it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign, isnan, nan
from typing import Any

from caoan_stats.concepts.outlooks import outlook_of
from caoan_stats.concepts.statuses import with_verdict


@dataclass(frozen=True)
class Target:
    """The target of one indicator in one year.

    Parameters
    ----------
    lower, upper
        Bounds in the unit of the indicator; NaN for none.
    closed
        Which bounds belong to the interval: `both`, `left`, `right` or `neither`, as in
        `pandas.Interval`; empty without a target.
    better
        Which side of the interval is better than the target: `higher`, `lower` or empty.
    """

    lower: float
    upper: float
    closed: str
    better: str

    @classmethod
    def of(cls, row: Mapping[str, Any] | None, better: str) -> "Target":
        """Return the target in a row of the table of targets; for None, one without a target."""
        if row is None:
            return cls(nan, nan, "", better)
        lower, upper = (
            nan if row[bound] is None else float(row[bound]) for bound in ("lower", "upper")
        )
        return cls(lower, upper, row["closed"] or "both", better)

    @property
    def plan(self) -> float:
        """The number that is 100% of attainment: the lower bound; NaN where lower is better."""
        return nan if self.better == "lower" else self.lower

    def below(self, value: float) -> bool:
        """Return whether a value lies below the interval."""
        return value < self.lower or (value == self.lower and self.closed in ("right", "neither"))

    def above(self, value: float) -> bool:
        """Return whether a value lies above the interval."""
        return value > self.upper or (value == self.upper and self.closed in ("left", "neither"))

    def status(self, value: float) -> str:
        """Return the status of a figure.

        Parameters
        ----------
        value
            Figure in the unit of the indicator; NaN for none.

        Returns
        -------
        str
            Code of `caoan_stats.concepts.statuses.STATUSES`, the first that applies: `no_target`;
            `in_words` without bounds; `no_data` for NaN; `exceeded` outside the interval on the
            better side; `missed` outside it otherwise; `exceeded` above a closed lower bound
            without an upper one, where higher is better ("từ 81 triệu trở lên"); `met`.

        Examples
        --------
        >>> jobs = Target(100, 150, "both", "higher")
        >>> jobs.status(99), jobs.status(110), jobs.status(160)
        ('missed', 'met', 'exceeded')
        >>> Target(81, float("nan"), "both", "higher").status(82)
        'exceeded'
        >>> Target(float("nan"), 1, "neither", "lower").status(0.52)
        'met'
        """
        if not self.closed:
            return "no_target"
        if isnan(self.lower) and isnan(self.upper):
            return "in_words"
        if isnan(value):
            return "no_data"
        outside = "lower" if self.below(value) else "higher" if self.above(value) else ""
        if outside:
            return "exceeded" if outside == self.better else "missed"
        return "exceeded" if self._exceeds_minimum(value) else "met"

    def _exceeds_minimum(self, value: float) -> bool:
        return (
            isnan(self.upper)
            and self.closed in ("both", "left")
            and self.better == "higher"
            and value > self.lower
        )


def pace(known: Mapping[int, float], target: Target, year: int) -> float:
    """Return observed growth / growth needed to reach a target.

    Both are compound annual growth rates, as in the methods of Eurostat and Open SDG. If a figure
    or the bound is 0 or less, both are mean differences per year.

    Parameters
    ----------
    known
        Figures by year, all before `year`; NaN for none. Growth is observed between the last two.
    target
        Target of `year`.
    year
        Year of the target.

    Returns
    -------
    float
        1 if the last figure already reaches the target. If it equals an open bound, the needed
        growth is 0 and the result is 1 for growth towards the target, -1 for growth away from it
        and 0 for none. NaN without bounds or without two figures.

    Examples
    --------
    >>> grain = Target(121, float("nan"), "both", "higher")
    >>> round(pace({2021: 100, 2022: 105}, grain, 2025), 2)
    1.03
    """
    figures = sorted((past, value) for past, value in known.items() if not isnan(value))
    if not figures or target.status(figures[-1][1]) in ("in_words", "no_target"):
        return nan
    last_year, last = figures[-1]
    if target.status(last) in with_verdict("reached"):
        return 1.0
    if len(figures) == 1:
        return nan
    first_year, first = figures[-2]
    bound = target.lower if target.below(last) else target.upper
    is_compound = min(first, last, bound) > 0
    observed = _growth(first, last, last_year - first_year, is_compound)
    needed = _growth(last, bound, year - last_year, is_compound)
    if needed == 0:
        direction = 1 if target.below(last) else -1
        return copysign(1.0, observed * direction) if observed else 0.0
    return observed / needed


def _growth(start: float, end: float, years: int, is_compound: bool) -> float:
    """Return the compound annual growth rate, or the mean difference per year."""
    return float((end / start) ** (1 / years) - 1 if is_compound else (end - start) / years)


def outlook(pace: float) -> str:
    """Return the code of the outlook of a pace; empty for NaN.

    Examples
    --------
    >>> outlook(0.7)
    'fair'
    """
    row = outlook_of(pace)
    return row.code if row else ""
