"""Questions to HiGHS: which values an unknown can have, and what moves with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf

import highspy
import numpy as np

from caoan_stats.disclosure.reader import Puzzle, Row, Unknown
from caoan_stats.relations.intervals import Bound, is_infinite

NODE_LIMIT = 1000  # of the search for one solution
_FOUND, _NONE = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible
SMALLEST_STEP = Fraction(1, 10**5)  # in a row whose largest factor is 1; the tolerance is 1e-6
MOVED = 1e-7  # what moves by less does not move

Bounds = tuple[float, float]


@dataclass
class Effort:
    """What may still be asked of HiGHS, in steps of the simplex algorithm and tens of rows.

    A limit in seconds would hide other figures on another machine.
    """

    left: int = 100_000

    @property
    def is_spent(self) -> bool:
        """Whether no more questions are answered."""
        return self.left <= 0

    def run(self, model: highspy.Highs) -> bool:
        """Run a model and return whether that ended by a result; not where no effort is left."""
        if self.is_spent:
            return False
        model.run()
        self.left -= model.getInfo().simplex_iteration_count + 1 + model.getNumRow() // 10
        return model.getModelStatus() in (_FOUND, _NONE)


class _Silent(highspy.Highs):
    """HiGHS without its greeting, which it prints when callbacks are enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()


class Solver:
    """A puzzle that is asked for one solution after another."""

    def __init__(self, puzzle: Puzzle, effort: Effort) -> None:
        self._effort = effort
        self._bounds = {name: _bounds(each) for name, each in puzzle.unknowns.items()}
        self._places = {name: place for place, name in enumerate(puzzle.unknowns)}
        self._model = _model(self._bounds, puzzle.rows)
        self._is_precise = all(_is_precise(row, puzzle.unknowns) for row in puzzle.rows)
        whole = [self._places[name] for name, each in puzzle.unknowns.items() if each.is_whole]
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(len(whole), np.array(whole, dtype=np.int32), kinds)

    def solution(self, name: str, lower: float, upper: float) -> Mapping[str, float] | None:
        """Return numbers of which that of one unknown is between two ends, in place of its bounds.

        The result is None if there are none. It is empty if none is found with limited effort, or
        if floats are not precise enough.
        """
        if not self._is_precise:
            return {}
        self._model.changeColBounds(self._places[name], lower, upper)
        has_result, found = self._effort.run(self._model), self._model.getSolution()
        is_found = has_result and self._model.getModelStatus() == _FOUND
        self._model.changeColBounds(self._places[name], *self._bounds[name])
        if is_found:
            return dict(zip(self._places, found.col_value, strict=True))
        return None if has_result else {}

    def can_be(self, name: str, lower: float, upper: float) -> bool:
        """Return whether it is found that an unknown can be between two ends, within its bounds."""
        least, most = self._bounds[name]
        ends = max(lower, least), min(upper, most)
        return ends[0] <= ends[1] and bool(self.solution(name, *ends))


def excluded_values(
    puzzle: Puzzle,
    wanted: Mapping[str, Collection[int]],
    effort: Effort,
    *,
    is_proven: bool = False,
) -> Iterator[tuple[str, int]]:
    """Yield each unknown with each of the `wanted` values that it is not found to have.

    If `is_proven`, only those are yielded that it cannot have. The bounds of an unknown do not
    count for its own values.
    """
    for part in puzzle.parts:
        names = wanted.keys() & part.unknowns.keys()
        if not names or not part.rows:
            continue
        solver, seen = Solver(part, effort), set[tuple[str, int]]()
        for name in sorted(names):
            for value in wanted[name]:
                if (name, value) in seen:
                    continue
                solution = solver.solution(name, value, value)
                if solution is None or not (solution or is_proven):
                    yield name, value
                if solution:
                    seen |= {(each, round(solution[each])) for each in names}


def cheapest_move(
    rows: Sequence[Row],
    costs: Mapping[str, float],
    name: str,
    still: Collection[str],
    effort: Effort,
) -> set[str]:
    """Return what moves where `name` moves by 1, all rows stay true and `still` does not move.

    It is what costs least: the sum of moves times their costs. Empty where nothing can move.
    """
    bounds = {
        f"{way}{each}": (0.0, 0.0 if each in still else inf) for each in costs for way in "+-"
    }
    bounds |= {f"+{name}": (1.0, 1.0), f"-{name}": (0.0, 0.0)}
    signs = {"+": 1, "-": -1}
    moves = [
        Row(
            {
                f"{way}{each}": sign * factor
                for each, factor in row.factors.items()
                for way, sign in signs.items()
            },
            0,
            0,
        )
        for row in rows
    ]
    model = _model(bounds, moves)
    prices = np.array([costs[each[1:]] for each in bounds])
    model.changeColsCost(len(bounds), np.arange(len(bounds), dtype=np.int32), prices)
    if not effort.run(model) or model.getModelStatus() != _FOUND:
        return set()
    found = zip(bounds, model.getSolution().col_value, strict=True)
    return {each[1:] for each, move in found if move > MOVED} - {name}


def _model(bounds: Mapping[str, Bounds], rows: Iterable[Row]) -> highspy.Highs:
    """Return a model of HiGHS; each row is divided by its largest factor."""
    model = _Silent()  # type: ignore[no-untyped-call]
    for option, value in (("threads", 1), ("mip_max_nodes", NODE_LIMIT)):
        model.setOptionValue(option, value)
    lower, upper = np.array([*bounds.values()]).reshape(-1, 2).T
    model.addVars(len(bounds), lower, upper)
    places = {name: place for place, name in enumerate(bounds)}
    for row in rows:
        scale = max(abs(factor) for factor in row.factors.values())
        index = np.array([places[name] for name in row.factors], dtype=np.int32)
        factors = np.array([float(factor / scale) for factor in row.factors.values()])
        ends = _number(row.lower, scale), _number(row.upper, scale)
        model.addRow(*ends, len(index), index, factors)
    return model


def _bounds(unknown: Unknown) -> Bounds:
    """Return the bounds as floats; those of a whole unknown are whole, as HiGHS expects."""
    lower, upper = unknown.bounds.lower, unknown.bounds.upper
    if unknown.is_whole:
        lower = lower if is_infinite(lower) else Fraction(ceil(lower))
        upper = upper if is_infinite(upper) else Fraction(floor(upper))
    return _number(lower), _number(upper)


def _is_precise(row: Row, unknowns: Mapping[str, Unknown]) -> bool:
    """Return whether a step of each whole unknown is more than the tolerance of HiGHS."""
    largest = max(abs(factor) for factor in row.factors.values())
    steps = [abs(factor) for name, factor in row.factors.items() if unknowns[name].is_whole]
    return all(step >= largest * SMALLEST_STEP for step in steps)


def _number(bound: Bound, scale: Bound = Fraction(1)) -> float:
    return float(bound) if is_infinite(bound) else float(bound / scale)
