"""Targets: the interval in which a fact should lie, its status, and the pace towards it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import copysign, isnan, nan
from typing import Any

from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.outlooks import outlook_of
from caoan_stats.concepts.statuses import with_verdict
from caoan_stats.relations.intervals import Interval, is_infinite


@dataclass(frozen=True)
class Target:
    """The target of one indicator in one year.

    Parameters
    ----------
    lower, upper
        Bounds in the unit of the fact; NaN for none.
    closed
        Which bounds belong to the interval: `both`, `left`, `right` or `neither`, as in
        `pandas.Interval`; empty without a target.
    better
        Which side of the interval is better than the target: `higher`, `lower` or empty.
    of
        Fact that it bounds, a code of `caoan_stats.concepts.facts.FACTS`.
    base_year
        Year from which a target over several years is measured; None for the target of a year.
    """

    lower: float
    upper: float
    closed: str
    better: str
    of: str = VALUE
    base_year: int | None = None

    @classmethod
    def of_row(cls, row: Mapping[str, Any] | None, better: str) -> "Target":
        """Return the target in a row of the table of targets; for None, one without a target."""
        if row is None:
            return cls(nan, nan, "", better)
        lower, upper = (
            nan if row[bound] is None else float(row[bound]) for bound in ("lower", "upper")
        )
        fact, base_year = row["of"] or VALUE, row["base_year"]
        return cls(lower, upper, row["closed"] or "both", better, fact, base_year)

    def below(self, value: float | Fraction) -> bool:
        """Return whether a value lies below the interval."""
        return value < self.lower or (value == self.lower and self.closed in ("right", "neither"))

    def above(self, value: float | Fraction) -> bool:
        """Return whether a value lies above the interval."""
        return value > self.upper or (value == self.upper and self.closed in ("left", "neither"))

    def status(self, value: float | Fraction) -> str:
        """Return the status of a figure that is known exactly.

        Parameters
        ----------
        value
            Figure in the unit of the fact; NaN for none.

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

    def judge(self, value: Fraction, interval: Interval, qualifier: str = "") -> str:
        """Return the status of a figure that is known as an interval.

        Parameters
        ----------
        value
            Figure as it is written, in the unit of the fact.
        interval
            Interval in which the true figure lies.
        qualifier
            Code of `caoan_stats.concepts.qualifiers.QUALIFIERS`; empty for a figure that is written
            as it is.

        Returns
        -------
        str
            The status of every number of the interval: `met` if some exceed the target and others
            meet it, `undecided` if some reach it and others miss it. A figure without a qualifier
            that is written like a bound is at that bound.

        Examples
        --------
        >>> rate = Target(85, float("nan"), "both", "higher")
        >>> rate.judge(Fraction(80), Interval(Fraction(80), float("inf")), "over")
        'undecided'
        """
        bounds = [_exact(bound) for bound in (self.lower, self.upper) if not isnan(bound)]
        exact = self._exact()
        if not qualifier and value in bounds and not (exact.below(value) or exact.above(value)):
            return exact.status(value)
        statuses = {exact.status(point) for point in _samples(interval, bounds)}
        if len(statuses) == 1:
            return statuses.pop()
        reached = statuses & {*with_verdict("reached")}
        return "met" if reached == statuses else "undecided" if reached else "missed"

    def _exact(self) -> "Target":
        """Return the target with bounds that compare exactly with fractions."""
        lower, upper = (
            bound if isnan(bound) else _exact(bound) for bound in (self.lower, self.upper)
        )
        return Target(lower, upper, self.closed, self.better, self.of)  # type: ignore[arg-type]

    def _exceeds_minimum(self, value: float | Fraction) -> bool:
        is_sign = self.of != VALUE and self.lower == 0  # "duy trì và tăng"
        return (
            isnan(self.upper)
            and self.closed in ("both", "left")
            and self.better == "higher"
            and value > self.lower
            and not is_sign
        )


def _exact(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def _samples(interval: Interval, bounds: list[Fraction]) -> Iterator[Fraction]:
    """Yield numbers of an interval, one for each part into which bounds divide it.

    An end opposite an infinite one does not belong to the interval: "over 80" is not 80.
    """
    ends = [Fraction(end) for end in (interval.lower, interval.upper) if not is_infinite(end)]
    inside = {bound for bound in bounds if interval.lower <= bound <= interval.upper}
    cuts = sorted({*ends, *inside})
    yield from (cut for cut in cuts if interval.is_bounded or cut not in ends)
    yield from ((one + two) / 2 for one, two in pairwise(cuts))
    if is_infinite(interval.lower):
        yield cuts[0] - 1 if cuts else Fraction(0)
    if is_infinite(interval.upper):
        yield cuts[-1] + 1 if cuts else Fraction(0)


def pace(known: Mapping[int, float], target: Target, year: int) -> float:
    """Return observed growth / growth needed to reach a target.

    Both are compound annual growth rates. For a target with a base year, both are measured from
    the figure of that year, as Open SDG does (`measure_progress` of sdg-build). Otherwise the
    growth between the last two figures is compared with the growth that is needed from the last
    one. If a figure or the bound is 0 or less, both are mean differences per year.

    Parameters
    ----------
    known
        Figures by year, all before `year` and comparable with it; NaN for none.
    target
        Target of `year`, of values.
    year
        Year of the target.

    Returns
    -------
    float
        1 if the last figure already reaches the target, unless at the present growth it will have
        left it by `year`: then the negative ratio of the observed growth to the one that keeps it.
        If the last figure equals an open bound, the needed growth is 0 and the result is 1 for
        growth towards the target, -1 for growth away from it and 0 for none. NaN without bounds or
        without two figures.

    Examples
    --------
    >>> grain = Target(121, float("nan"), "both", "higher")
    >>> round(pace({2021: 100, 2022: 105}, grain, 2025), 2)
    1.03
    >>> income = Target(90, float("nan"), "both", "higher", base_year=2020)
    >>> round(pace({2020: 61.5, 2024: 81.6}, income, 2025), 3)
    0.926
    """
    figures = {past: value for past, value in sorted(known.items()) if not isnan(value)}
    if not figures or target.of != VALUE or target.status(nan) != "no_data":
        return nan
    last_year, start = max(figures), span_start(figures, target)
    last = figures[last_year]
    is_reached = target.status(last) in with_verdict("reached")
    if start is None:
        return 1.0 if is_reached else nan
    first = figures[start]
    if is_reached:
        return _kept((start, first), (last_year, last), target, year)
    bound = target.lower if target.below(last) else target.upper
    is_compound = min(first, last, bound) > 0
    origin, since = (last, last_year) if target.base_year is None else (first, start)
    observed = _growth(first, last, last_year - start, is_compound)
    needed = _growth(origin, bound, year - since, is_compound)
    if needed == 0:
        direction = 1 if target.below(last) else -1
        return copysign(1.0, observed * direction) if observed else 0.0
    return observed / needed


def span_start(years: Iterable[int], target: Target) -> int | None:
    """Return the first year of the growth that a pace observes; None without two figures.

    Parameters
    ----------
    years
        Years that have a figure, ascending.
    target
        Target with or without a base year.
    """
    earlier = list(years)[:-1]
    if target.base_year is not None:
        return target.base_year if target.base_year in earlier else None
    return earlier[-1] if earlier else None


def _kept(first: tuple[int, float], last: tuple[int, float], target: Target, year: int) -> float:
    """Return the pace of a figure that reaches its target, and may leave it."""
    side, bound = ("lower", target.lower) if last[1] < first[1] else ("higher", target.upper)
    is_compound = min(first[1], last[1], bound) > 0
    observed = _growth(first[1], last[1], last[0] - first[0], is_compound)
    if isnan(bound) or observed == 0 or side == target.better:
        return 1.0
    allowed = _growth(last[1], bound, year - last[0], is_compound)
    if abs(observed) <= abs(allowed):
        return 1.0
    return -observed / allowed if allowed else -1.0


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
