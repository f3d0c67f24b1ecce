"""A target: the interval that a figure should be in, how it is judged, and the pace towards it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign, isnan, nan
from typing import Any

OUTLOOKS = ((0.95, "on_track"), (0.6, "fair"), (0.0, "slow"))


@dataclass(frozen=True)
class Target:
    """What one indicator should be in one year.

    Parameters
    ----------
    lower, upper
        Bounds in the indicator's unit, NaN where there is none.
    closed
        `both`, `left`, `right` or `neither`, as in `pandas.Interval`; empty without a target.
    better
        `higher`, `lower` or empty: which side of the interval is better than the target.
    """

    lower: float
    upper: float
    closed: str
    better: str

    @classmethod
    def of(cls, row: Mapping[str, Any] | None, better: str) -> "Target":
        """Read a row of the table of targets; None is no target."""
        if row is None:
            return cls(nan, nan, "", better)
        lower, upper = (
            nan if row[bound] is None else float(row[bound]) for bound in ("lower", "upper")
        )
        return cls(lower, upper, row["closed"] or "both", better)

    @property
    def plan(self) -> float:
        """The number that attainment is measured by: the lower bound of what should not fall."""
        return nan if self.better == "lower" else self.lower

    def below(self, value: float) -> bool:
        """Whether a value is under the interval."""
        return value < self.lower or (value == self.lower and self.closed in ("right", "neither"))

    def above(self, value: float) -> bool:
        """Whether a value is over the interval."""
        return value > self.upper or (value == self.upper and self.closed in ("left", "neither"))

    def status(self, value: float) -> str:
        """Judge a figure.

        Parameters
        ----------
        value
            The figure, NaN where there is none.

        Returns
        -------
        str
            `no_target`; `in_words` without a bound; `no_data`; else `missed` outside the interval
            on the worse side, `exceeded` beyond it on the better side, or beyond a single closed
            bound that was to be reached ("81 triệu"), `met` otherwise.

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
        return "exceeded" if self._surpassed(value) else "met"

    def _surpassed(self, value: float) -> bool:
        return (
            isnan(self.upper)
            and self.closed in ("both", "left")
            and self.better == "higher"
            and value > self.lower
        )


def pace(known: Mapping[int, float], target: Target, year: int) -> float:
    """Compare the growth that was last observed with the growth that a target needs.

    Both are compound annual growth rates, as Eurostat and Open SDG compare them; where a figure or
    the bound is not above zero, yearly differences take their place.

    Parameters
    ----------
    known
        Figures by year, all before `year`; NaN where there is none.
    target
        The target of `year`.
    year
        When it is due.

    Returns
    -------
    float
        Observed / needed; 1 where the last figure already reaches the target; 1, 0 or -1 by
        direction where it touches an open bound, which any growth would pass; NaN without a bound
        or without two figures to see a growth between.

    Examples
    --------
    >>> grain = Target(121, float("nan"), "both", "higher")
    >>> round(pace({2021: 100, 2022: 105}, grain, 2025), 2)
    1.03
    """
    observed = sorted((past, value) for past, value in known.items() if not isnan(value))
    if not observed or target.status(observed[-1][1]) in ("in_words", "no_target"):
        return nan
    last_year, last = observed[-1]
    if target.status(last) in ("met", "exceeded"):
        return 1.0
    if len(observed) == 1:
        return nan
    first_year, first = observed[-2]
    bound = target.lower if target.below(last) else target.upper
    compound = min(first, last, bound) > 0
    seen = _yearly(first, last, last_year - first_year, compound)
    needed = _yearly(last, bound, year - last_year, compound)
    if needed == 0:
        towards = 1 if target.below(last) else -1
        return copysign(1.0, seen * towards) if seen else 0.0
    return seen / needed


def _yearly(start: float, end: float, years: int, compound: bool) -> float:
    return float((end / start) ** (1 / years) - 1 if compound else (end - start) / years)


def outlook(pace: float) -> str:
    """Name a pace by the thresholds of Open SDG and Eurostat.

    Returns
    -------
    str
        `on_track` from 0.95, `fair` from 0.6, `slow` from 0, else `moving_away`; empty for NaN.

    Examples
    --------
    >>> outlook(0.7)
    'fair'
    """
    if isnan(pace):
        return ""
    return next((name for limit, name in OUTLOOKS if pace >= limit), "moving_away")
